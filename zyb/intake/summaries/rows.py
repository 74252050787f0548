"""Summary tables, read line by line: every line has a role (a region, 合计, 其中, a note), and all are shared out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from zyb.intake.cells import values
from zyb.intake.cells.answers import Context
from zyb.intake.cells.choices import choice
from zyb.intake.context import Place
from zyb.intake.lists.columns import ARROW
from zyb.intake.remedies import unknown_place
from zyb.intake.summaries.checks import (
    Sums,
    add_up,
    check_duplicates,
    check_merged_figures,
    check_missing,
    check_row,
    check_row_sums,
    check_sum,
    check_totals,
    check_years,
    not_told,
    note_alias,
    note_blank_items,
    note_unreported,
    said_year,
    same_twice,
    sums_up_all,
    unreported,
)
from zyb.intake.summaries.derived import Numbers, check_derived
from zyb.intake.summaries.lines import AdoptedRow, Reader, SummaryLine, lines, numbers_of
from zyb.intake.summaries.within import by_county, check_within, tell_by_county
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.records import NO_YEAR
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.regions import Region, Roster
from zyb.rulebook.sheets import is_page_sum

NOWHERE = Place()
WHOLE = Region("", "全省", "全省", ())
# Where regions stand in a column without a heading, one of the first lines tells.
LINES_LOOKED_AT = 500
# A province has two hundred counties; with all items and years they take a tenth of it. More is a list of firms.
MOST_LINES = 10_000


@dataclass(frozen=True)
class SummaryBody:
    """`unreported`: the regions that are listed without a figure."""

    rows: tuple[AdoptedRow, ...]
    problems: tuple[Problem, ...]
    unreported: frozenset[str] = frozenset()


def _region(reader: Reader, line: SummaryLine) -> Region | None:
    if reader.table.placeless:
        return reader.place.region
    index = reader.region_index()
    if fault := reader.faults.get((line.row, index)):
        reader.report("cell_fault", line.row, index, fault)
        return None
    if not line.text.strip():
        reader.report("missing_region", line.row, index, row=line.row + 1)
        return None
    region = reader.roster.find(line.text)
    if region is None:
        suggestion = unknown_place(reader.roster, line.text)
        words = {"province": reader.roster.province, "suggestion": suggestion}
        reader.report("unknown_region", line.row, index, line.text.strip(), **words)
    return region


def _row_year(reader: Reader, line: SummaryLine, found: ColumnFound) -> int | None:
    """The year of a value: in its heading, in the row's 年度 cell, in the title."""
    if found.year:
        return found.year
    for column in reader.table.fields.get("year", ()):
        text = line.cells[column.index]
        if year := values.year(text):
            return year
        if text.strip():
            reader.report("unclear_year", line.row, column.index, text)
            return NO_YEAR
    return reader.year


def _rows_of(
    reader: Reader, line: SummaryLine, region: Region, numbers: dict[ColumnFound, int | None]
) -> list[AdoptedRow]:
    """One row, or one a year and item where the headings carry years or items; an item of which nothing is told, none."""
    summed = {rule.column for rule in reader.ledger.row_sums}
    rows: dict[tuple[int, str], AdoptedRow] = {}
    for column, found in reader.figures():
        if column.name in summed or (found.item and not_told(found.item, numbers)):
            continue
        year = (_row_year(reader, line, found) or NO_YEAR) if reader.ledger.yearly else NO_YEAR
        row = rows.setdefault((year, found.item), reader.row_of(line, region, year))
        row.values[column.name] = numbers[found]
        row.cells[column.name] = reader.table.cell(line.row, found.index)
        if found.item:
            row.values[reader.ledger.item] = found.item
    for column, found in (*reader.fields("text"), *reader.fields("choice")):
        for row in rows.values():
            row.values[column.name] = _words(reader, line, column, found)
            row.cells[column.name] = reader.table.cell(line.row, found.index)
    return list(rows.values())


def _words(reader: Reader, line: SummaryLine, column: Column, found: ColumnFound) -> str | None:
    text = line.cells[found.index].strip()
    if column.type == "text" or not text:
        return text or None
    word = choice(column, text, Context(date.max))
    if word.code:
        options = "、".join(column.options)
        reader.report(word.code, line.row, found.index, text, column=column.title, options=options)
    return str(word.value) if word.value else None


def _read_body(reader: Reader) -> list[AdoptedRow]:
    body, totals = lines(reader)
    if counties := by_county(reader, body, totals):
        body = [counties.line] if counties.line else []
        totals = [line for line in totals if not sums_up_all(reader, line)]
    if reader.table.placeless and same_twice(reader, body):
        reader.add(_region_column_missing(reader))
    check_merged_figures(reader, body)
    rows: list[AdoptedRow] = []
    sums: Sums = {}
    told = []
    for line in body:
        region = _region(reader, line)
        if region and unreported(reader, line):
            if line.row not in reader.joint:
                note_unreported(reader, line, region)
            continue
        numbers = numbers_of(reader, line)
        told.append((line, numbers))
        add_up(sums, numbers, said_year(reader, line))
        if region is None:
            continue
        note_alias(reader, line, region)
        check_missing(reader, line, region, numbers)
        check_row_sums(reader, line, region.name, numbers)
        found_rows = _rows_of(reader, line, region, numbers)
        check_row(reader, found_rows, region)
        rows += found_rows
    if counties:
        for line, numbers in counties.counties:
            check_row(reader, _rows_of(reader, line, counties.region, numbers), counties.region)
        tell_by_county(reader, counties, told)
    elif not rows and not reader.within and len(body) == len(reader.unreported):
        reader.add(problem("empty_table", reader.sheet.name))
    note_blank_items(reader, rows)
    _tell_strange_sums(reader, totals, counties.counties if counties else told)
    whole = [] if reader.ledger.item else [line for line in totals if sums_up_all(reader, line)]
    stated = [(line, numbers_of(reader, line)) for line in whole]
    check_totals(reader, stated, sums)
    check_within(reader, told, bool(stated))
    check_derived(reader, [*told, *stated])
    rows += of_the_province(reader, stated, body)
    check_duplicates(reader, rows)
    return rows


def of_the_province(
    reader: Reader, stated: Sequence[tuple[SummaryLine, Numbers]], body: Sequence[SummaryLine]
) -> list[AdoptedRow]:
    """The percentages that the table's 合计 line reports of the whole province, which nobody can add up. 全省 says so; 合计
    does where the table lists every region: below some of them it is theirs."""
    percentages = [found for _, found in reader.fields("percent")]
    roster = reader.roster
    listed = {region.code for line in body if (region := roster.find(line.text))}
    whole = Region(roster.province_code, level_words(roster.province).whole, "", ())
    rows = []
    for line, numbers in stated:
        if all(numbers[found] is None for found in percentages):
            continue
        named = whole.name in line.plain or roster.province in line.plain
        if len(listed) < (2 if named else len(roster.regions)):
            reader.report(
                "total_not_taken", line.row, percentages[0].index, line.text.strip(), whole=whole.name
            )
            continue
        own = {found: number if found in percentages else None for found, number in numbers.items()}
        rows += _rows_of(reader, line, whole, own)
    return rows


def _tell_strange_sums(
    reader: Reader, sums: list[SummaryLine], told: Sequence[tuple[SummaryLine, Numbers]]
) -> None:
    """关中小计 is the sum of the regions above it, or below, down to the next sum; 陕北小计 that is of none of them holds
    figures that would be lost."""
    ends = sorted(line.row for line in sums)
    for line in sums:
        if reader.roster.is_total(line.text):
            continue
        at = ends.index(line.row)
        above, below = (
            (ends[at - 1] if at else -1),
            (ends[at + 1] if at + 1 < len(ends) else reader.sheet.n_rows),
        )
        numbers = _counts_alone(reader, numbers_of(reader, line))
        blocks = [
            [n for one, n in told if above < one.row < line.row],
            [n for one, n in told if line.row < one.row < below],
        ]
        if is_page_sum(line.plain):
            blocks.append([n for one, n in told if one.row < line.row])
        if any(block and _adds_up(numbers, block) for block in blocks):
            continue
        if is_page_sum(line.plain):
            check_sum(reader, line, numbers, blocks[0], "本页各地区")
        else:
            _region(reader, line)  # which says that nobody knows it


def _adds_up(numbers: Numbers, block: list[Numbers]) -> bool:
    return all(
        number is None or number == sum(one[at] or 0 for one in block) for at, number in numbers.items()
    )


def _counts_alone(reader: Reader, numbers: Numbers) -> Numbers:
    """Without percentages, of which there are no sums."""
    return {found: numbers[found] for _, found in reader.counts()}


def _place_fault(reader: Reader) -> Problem | None:
    """Why figures that have no column for their region cannot be filed under the place around the table."""
    place, sheet, ledger = reader.place, reader.sheet.name, reader.ledger.title
    if _names_other_places(reader):
        return _region_column_missing(reader)
    if place.region is None:
        return problem("region_unknown", sheet)
    if place.other:
        return problem(place.contradicted, sheet, "", place.text, where=place.where, other=place.other)
    if place.county and len(place.region.members) > 1:
        words = {"county": place.county.name, "region": place.region.name, "ledger": ledger}
        return problem("county_alone", sheet, "", place.text, where=place.where, **words)
    return None


def _say_where_from(reader: Reader) -> None:
    place = reader.place
    if place.region and place.where and not any(p.code == "missing_column" for p in reader.problems):
        words = {"where": place.where, "region": place.region.name}
        reader.problems.insert(0, problem("region_around", reader.sheet.name, "", place.text, **words))


def _names_other_places(reader: Reader) -> bool:
    """Cells beside the figures that are regions or counties: a column of places without its heading."""
    used = {found.index for fields in reader.table.fields.values() for found in fields}
    beside = {
        cell
        for cells in reader.sheet.rows(reader.table.body_row, reader.table.body_row + LINES_LOOKED_AT)
        for index, cell in enumerate(cells)
        if index not in used and cell.strip()
    }
    return any(reader.roster.find(cell) or reader.roster.county(cell) for cell in beside)


def _region_column_missing(reader: Reader) -> Problem:
    column = next(column for column in reader.ledger.columns if column.type == "region")
    return problem("missing_column", reader.sheet.name, ledger=reader.ledger.title, column=column.title)


def read_summary(table: TableFound, roster: Roster, year: int | None, place: Place = NOWHERE) -> SummaryBody:
    """Every row of the table and everything that is wrong with it. `place` is what the table as a whole is about."""
    reader = Reader(table=table, roster=roster, year=year, place=place)
    if (lines := len(reader.filled)) > MOST_LINES:
        words = {"limit": MOST_LINES, "ledger": table.ledger.title}
        return SummaryBody((), (problem("too_many_lines", table.sheet.name, "", str(lines), **words),))
    if table.placeless and (fault := _place_fault(reader)):
        return SummaryBody((), (fault,))
    rows = _read_body(reader)
    check_years(reader, rows)
    if table.placeless:
        _say_where_from(reader)
    silent = frozenset(region.code for region in reader.unreported)
    return SummaryBody(tuple(rows), tuple(reader.problems), silent)


def read_sums(table: TableFound, roster: Roster, year: int | None) -> tuple[AdoptedRow, ...]:
    """What a table without a region's line states of all of them; what is wrong in its cells is not asked."""
    reader = Reader(table=table, roster=roster, year=year, place=NOWHERE)
    if len(reader.filled) > MOST_LINES:
        return ()
    body, totals = lines(reader)
    if body and not table.placeless:
        return ()
    stated = [line for line in totals or body if "小计" not in line.plain]
    return tuple(row for line in stated for row in _rows_of(reader, line, WHOLE, numbers_of(reader, line)))


def body_table(ledger: Ledger, sheet: str, rows: Sequence[AdoptedRow]) -> pa.Table:
    """The rows as typed columns, as a list has them."""
    head = {
        "sheet": pa.array([row.sheet or sheet for row in rows], pa.string()),
        "line": pa.array([row.line for row in rows], pa.int32()),
        "region_code": pa.array([row.region.code for row in rows], pa.string()),
        "county_code": pa.array([""] * len(rows), pa.string()),
        "year": pa.array([row.year for row in rows], pa.int32()),
    }
    own = {
        column.name: pa.array([row.values.get(column.name) for row in rows], ARROW[column.type])
        for column in ledger.stored
    }
    return pa.table(head | own)
