"""A summary held against itself: sums of rows, totals, years, lines that say the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zyb.intake.cells import values
from zyb.intake.summaries.lines import AdoptedRow, Reader, SummaryLine
from zyb.intake.tables.found import ColumnFound
from zyb.intake.tables.telling import hidden_clue
from zyb.numerals import signed_count
from zyb.records import NO_YEAR
from zyb.rulebook.problems import problem
from zyb.rulebook.regions import Region


def check_missing(
    reader: Reader, line: SummaryLine, region: Region, numbers: dict[ColumnFound, int | None]
) -> None:
    """A required cell that is empty; a cell with a fault of its own has been reported already."""
    for column, found in reader.figures():
        cell = reader.table.cell(line.row, found.index)
        if found.item and not_told(found.item, numbers):
            continue
        if column.required and numbers[found] is None and cell not in reader.faulty_cells:
            reader.report("missing_value", line.row, found.index, region=region.name, column=column.title)


def not_told(item: str, numbers: dict[ColumnFound, int | None]) -> bool:
    """Whether all figures of an item that stands across are blank: the region has nothing of it."""
    return all(number is None for found, number in numbers.items() if found.item == item)


def check_merged_figures(reader: Reader, body: Sequence[SummaryLine]) -> None:
    """A figure merged over the lines of two regions (or items, or years) belongs to both of them together."""
    figures = {found.index: column for column, found in reader.figures()}
    for top, left, bottom, right in reader.sheet.merged:
        within = [line for line in body if top <= line.row <= bottom] if bottom > top else []
        column = next((figures[at] for at in range(left, right + 1) if at in figures), None)
        if column is None or len({_whose(reader, line) for line in within}) < 2:
            continue
        named = "、".join(dict.fromkeys(line.text.strip() for line in within))
        cells = f"{reader.table.cell(top, left)}:{reader.table.cell(bottom, right)}"
        first = min(line.row for line in within)
        words = {"column": column.title, "cells": cells, "regions": named}
        reader.report("merged_figure", top, left, "", **words)
        for line in within:
            reader.faulty_cells.update(reader.table.cell(line.row, at) for at in range(left, right + 1))
        reader.joint.update(line.row for line in within if line.row > first)


def _whose(reader: Reader, line: SummaryLine) -> tuple[str, int | None, str]:
    item = next((line.cells[at.index] for at in reader.table.fields.get(reader.ledger.item, ())), "")
    return line.text.strip(), said_year(reader, line), item.strip()


def unreported(reader: Reader, line: SummaryLine) -> bool:
    """A region listed without a single figure has not reported; that is no zero, and no error."""
    return not reader.holds(line, lambda text: values.count(text) != values.Count(None))


def note_unreported(reader: Reader, line: SummaryLine, region: Region) -> None:
    """A warning a region; of the many items that a region may be asked for, all the blank ones at once."""
    reader.unreported.append(region)
    if reader.ledger.item:
        reader.blank.append((line.row, region))
    else:
        reader.report("unreported", line.row, reader.region_index(), line.text.strip(), region=region.name)


def note_blank_items(reader: Reader, rows: list[AdoptedRow]) -> None:
    if not reader.blank or not rows:
        return
    spoken = {row.region for row in rows}
    silent = dict.fromkeys(region.name for _, region in reader.blank if region not in spoken)
    regions = f"；其中{'、'.join(silent)}各项都没有填写" if silent else ""
    first, _ = reader.blank[0]
    reader.report(
        "items_unreported", first, reader.region_index(), row=first + 1, count=len(reader.blank), regions=regions,
    )  # fmt: skip


def check_row(reader: Reader, rows: list[AdoptedRow], region: Region) -> None:
    for row in rows:
        for rule in reader.ledger.at_most:
            smaller, larger = row.values.get(rule.smaller), row.values.get(rule.larger)
            if isinstance(smaller, int) and isinstance(larger, int) and smaller > larger:
                words = {"smaller": reader.ledger.column(rule.smaller).title, "limit": larger}
                words["larger"] = reader.ledger.column(rule.larger).title
                found = problem(
                    "exceeds", reader.sheet.name, row.cells[rule.smaller], str(smaller), region=region.name,
                    **words,
                )  # fmt: skip
                reader.add(found)


def check_row_sums(
    reader: Reader, line: SummaryLine, place: str, numbers: dict[ColumnFound, int | None]
) -> None:
    for rule in reader.ledger.row_sums:
        parts = [numbers[found] for c, found in reader.counts() if c.name == rule.of]
        known = [number for number in parts if number is not None]
        for column, found in reader.counts():
            said = numbers[found]
            if column.name == rule.column and said is not None and known and sum(known) != said:
                words = {"region": place, "column": column.title, "sum": sum(known)}
                reader.report("row_sum_differs", line.row, found.index, str(said), **words)


def said_year(reader: Reader, line: SummaryLine) -> int | None:
    """The year in the line's own 年度 cell."""
    return next(
        (values.year(line.cells[column.index]) for column in reader.table.fields.get("year", ())), None
    )


@dataclass
class _Sum:
    """What has been added up of a column; `known` when there was anything, `whole` when nothing was blank."""

    total: int = 0
    known: bool = False
    whole: bool = True

    def add(self, number: int | None) -> None:
        self.total += number or 0
        self.known = True
        self.whole &= number is not None


Sums = dict[tuple[ColumnFound, int | None], _Sum]
"""By column and by the year that the lines say; the sum over all years stands at `ALL_YEARS`."""
ALL_YEARS = -1


def add_up(sums: Sums, numbers: dict[ColumnFound, int | None], year: int | None) -> None:
    for found, number in numbers.items():
        for key in {(found, year), (found, ALL_YEARS)}:
            sums.setdefault(key, _Sum()).add(number)


def sums_up_all(reader: Reader, line: SummaryLine) -> bool:
    """小计 and 关中合计 sum up some of the regions only."""
    return "小计" not in line.plain and reader.roster.is_total(line.text)


def check_totals(
    reader: Reader, totals: list[tuple[SummaryLine, dict[ColumnFound, int | None]]], sums: Sums
) -> None:
    """合计 against the sum of all rows (of its year) as written, those of an unknown region included."""
    unseen = hidden_clue(reader.table)
    for line, numbers in totals:
        check_row_sums(reader, line, "合计行", numbers)
        year = said_year(reader, line)
        for column, found in reader.counts():
            said, of_rows = numbers[found], sums.get((found, ALL_YEARS if year is None else year), _Sum())
            if said is None or not of_rows.known or (column.required and not of_rows.whole):
                continue
            if (total := of_rows.total) != said:
                words = {"column": found.heading, "sum": total, "difference": signed_count(said - total)}
                words |= {"how": "各地区相加", "parts": f"各地区数{unseen}"}
                reader.report("total_differs", line.row, found.index, str(said), **words)


def check_sum(
    reader: Reader,
    line: SummaryLine,
    numbers: dict[ColumnFound, int | None],
    block: Sequence[dict[ColumnFound, int | None]],
    parts: str,
) -> None:
    """A sum of some lines, number by number."""
    for _, column in reader.counts():
        said, total = numbers[column], sum(one[column] or 0 for one in block)
        if said is not None and said != total:
            words = {"column": column.heading, "sum": total, "difference": signed_count(said - total)}
            words |= {"how": f"{parts}相加", "parts": f"{parts}的数"}
            reader.report("total_differs", line.row, column.index, str(said), **words)


def check_duplicates(reader: Reader, rows: list[AdoptedRow]) -> None:
    """One line a region (and year, and item); two years of one line are no repetition."""
    seen: dict[tuple[object, ...], str] = {}
    told: set[str] = set()
    if reader.table.placeless:
        return  # has been told as a missing column
    for row in rows:
        key = (row.region.code, row.year, row.values.get(reader.ledger.item))
        first = seen.setdefault(key, row.named)
        if first != row.named and row.named not in told:
            told.add(row.named)
            sheet = reader.sheet.name
            reader.add(problem("duplicate_region", sheet, row.named, row.region.name, other=first))


def note_alias(reader: Reader, line: SummaryLine, region: Region) -> None:
    """Only a name that means something else elsewhere is worth a word: 杨陵区 → 杨凌示范区, not 西安 → 西安市."""
    if former := reader.roster.county_read(line.text, region).former:
        words = {"present": region.name, "year": former.year, "times": ""}
        reader.report("former_name", line.row, reader.region_index(), line.text.strip(), **words)
    elif region.short not in line.plain:
        reader.report(
            "region_changed",
            line.row,
            reader.region_index(),
            line.text.strip(),
            region=region.name,
            times="",
        )


def check_years(reader: Reader, rows: list[AdoptedRow]) -> None:
    unsaid = reader.ledger.yearly and any(row.year == NO_YEAR for row in rows)
    if unsaid and not any(p.code == "unclear_year" for p in reader.problems):
        reader.add(problem("year_unknown", reader.sheet.name, ledger=reader.ledger.title))


def same_twice(reader: Reader, body: list[SummaryLine]) -> bool:
    """Two lines of one year and item: of more than one region, then, in a column that has no heading."""
    items = [at.index for column, at in reader.fields("choice") if column.name == reader.ledger.item]
    keys = [(said_year(reader, line), *(line.cells[n].strip() for n in items)) for line in body]
    return len(set(keys)) < len(keys)
