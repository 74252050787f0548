"""The lines of a summary and what each of them is: a row, 合计, 其中, a note, numbers of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells import values
from zyb.intake.cells.answers import Context
from zyb.intake.cells.choices import choice
from zyb.intake.context import Place
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.intake.tables.notes import asks_for_a_number, is_note
from zyb.reading import Sheet
from zyb.rulebook.columns import FIGURES, Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.places.divisions import Division
from zyb.rulebook.places.placenames import LONGEST_WRITTEN
from zyb.rulebook.problems import Problem, cell_name, problem
from zyb.rulebook.regions import Region, Roster
from zyb.rulebook.sheets import is_page_sum

MOST_MERGED = 50
PART, PARTIAL_SUM = "其中", ("小计", "合计")
# Behind the name of a sheet whose regions stand across: its lines are counted from the left.
ACROSS = "（按列）"
COLUMN_MARKS = {"甲", "乙", "丙", "丁", "栏次", "序号", "栏目", "列次"}
COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\]]?(?:=.{1,20})?")
# Beside or below the regions, and of none: what the figures amount to.
DERIVED = re.compile(
    r"(?:平均[数值]?|均值|较上[年月季周期]度?(?:增减|增加|减少|新增|增长|变化)?数?|(?:同比|环比)(?:增减|增长|增加|变化)?|增减数?|占比"
    r"|完成率|序时进度|排名)(?:\(%\))?"
)
A_NUMBER_WITHIN = re.compile(r"\d\s*(?:家|户|个|件|人|所)")


@dataclass(frozen=True, kw_only=True)
class AdoptedRow:
    """One row as adopted. `line` counts as Excel does; `cells` names the cell of each value."""

    line: int
    region: Region
    year: int
    values: dict[str, int | str | None]
    cells: dict[str, str]
    sheet: str = ""
    named: str = ""
    """The cell in which its region stands."""


@dataclass(frozen=True)
class SummaryLine:
    row: int
    text: str
    cells: list[str]

    @cached_property
    def plain(self) -> str:
        """Enough of the text to tell a region or 合计 by."""
        return values.narrow(self.text[:LONGEST_WRITTEN])

    @property
    def part(self) -> bool:
        """其中：府谷县."""
        return self.plain.startswith(PART)


@dataclass(kw_only=True)
class Reader:
    """The state of reading one table's body; its problems gather here."""

    table: TableFound
    roster: Roster
    year: int | None
    place: Place
    problems: list[Problem] = field(default_factory=list)
    faulty_cells: set[str] = field(default_factory=set)
    unreported: list[Region] = field(default_factory=list)
    blank: list[tuple[int, Region]] = field(default_factory=list)
    within: list[tuple[SummaryLine, Region]] = field(default_factory=list)
    """Lines of counties, with the city below which they stand."""
    joint: set[int] = field(default_factory=set)
    """Lines below the first over which one figure is merged: they are not blank to whoever wrote them."""

    @cached_property
    def faults(self) -> dict[tuple[int, int], str]:
        return {(row, column): text for row, column, text in self.sheet.faults}

    @cached_property
    def filled(self) -> np.ndarray:
        """The numbers of the lines of the body that hold anything, be it an error value."""
        first, rows = self.table.body_row, self.sheet.table
        filled = np.zeros(len(rows), bool)
        for column in rows.columns:
            filled |= pc.is_valid(column).to_numpy()
        filled[[row for row, _ in self.faults if row < len(filled)]] = True
        return first + np.flatnonzero(filled[first:])

    @property
    def sheet(self) -> Sheet:
        return self.table.sheet

    @property
    def ledger(self) -> Ledger:
        return self.table.ledger

    def report(self, code: str, row: int, column: int, value: str = "", /, **words: object) -> None:
        self.add(problem(code, self.sheet.name, self.table.cell(row, column), value, **words))

    def add(self, found: Problem) -> None:
        self.problems.append(found)
        self.faulty_cells.add(found.cell)

    def row_of(self, line: SummaryLine, region: Region, year: int) -> AdoptedRow:
        """The line as a row that nothing has been taken over into yet."""
        row, column = self.sheet.place(line.row, self.region_index())
        turned = self.sheet.turned
        return AdoptedRow(
            line=(column if turned else row) + 1, region=region, year=year, values={}, cells={},
            sheet=self.sheet.name + (ACROSS if turned else ""), named=cell_name(row, column),
        )  # fmt: skip

    def region_index(self) -> int:
        """Where a line's region stands; where none does, its first figure."""
        for _, found in (*self.fields("region"), *self.figures()):
            return found.index
        return 0

    def fields(self, kind: str) -> Iterator[tuple[Column, ColumnFound]]:
        for column in self.ledger.columns:
            if column.type == kind:
                for found in self.table.fields.get(column.name, ()):
                    yield column, found

    def counts(self) -> Iterator[tuple[Column, ColumnFound]]:
        return self.fields("count")

    def figures(self) -> Iterator[tuple[Column, ColumnFound]]:
        """Counts and percentages: all that a line reports in numbers."""
        for kind in FIGURES:
            yield from self.fields(kind)

    def known(self, line: SummaryLine) -> bool:
        """Whether the line speaks of a region of the roster or of all of them."""
        return bool(self.roster.find(line.text)) or self.roster.is_total(line.text)

    def holds(self, line: SummaryLine, what: Callable[[str], bool]) -> bool:
        """Whether a figure of the line (or a fault in its place) is as asked; a percentage is as good as a count."""
        return any(
            (line.row, found.index) in self.faults or what(_as_a_count(column, line.cells[found.index]))
            for column, found in self.figures()
        )

    def number(self, row: int, column: Column, found: ColumnFound, text: str) -> int | None:
        """The cell's number; what had to be understood or refused is reported."""
        fault = self.faults.get((row, found.index))
        if fault:
            self.report("cell_fault", row, found.index, fault)
            return None
        if column.type == "percent":
            return self._percentage(row, column, found, text)
        read = values.count(text, column.counts_people)
        if read.fault:
            self.report(read.fault, row, found.index, text, column=column.title)
        elif read.approximate:
            self.report("approximate_number", row, found.index, text, column=column.title, number=read.number)
        elif read.adopted:
            self.report("number_adopted", row, found.index, text, number=read.number)
        return read.number

    def _percentage(self, row: int, column: Column, found: ColumnFound, text: str) -> int | None:
        shown = (row, found.index) in self._shown_as_percent
        read = values.percentage(text, shown_as_percent=shown)
        if read.fault:
            # What Excel shows as 150% it keeps as 1.5.
            written = f"{text.strip()}（显示为百分数）" if shown else text
            self.report(read.fault, row, found.index, written, column=column.title)
        return read.units

    @cached_property
    def _shown_as_percent(self) -> frozenset[tuple[int, int]]:
        return frozenset((row, at) for row, at, text in self.sheet.doubts.shown if text == "1%")


def _as_a_count(column: Column, text: str) -> str:
    """A cell of percentages as a count would say it: anything, nothing, or what is no figure."""
    if column.type != "percent":
        return text
    read = values.percentage(text, shown_as_percent=True)
    return "1" if read.units is not None else text if read.fault else ""


def _region_cell(reader: Reader, cells: list[str]) -> str:
    """The region's text; 合计 may stand in a column to the left (序号) of an empty region cell."""
    if reader.table.placeless:
        return next((text for text in cells if reader.roster.is_total(text)), "")
    index = reader.region_index()
    if cells[index].strip():
        return cells[index]
    return next((text for text in cells[:index] if reader.roster.is_total(text)), "")


def lines(reader: Reader) -> tuple[list[SummaryLine], list[SummaryLine]]:
    """The body's lines with figures, and its 合计 lines; notes, blanks and 其中 lines fall away."""
    headings = _headings(reader)
    read = [line for line in _filled_lines(reader) if line.cells != headings]
    if read and read[0].row == reader.table.body_row and _numbers_the_columns(read[0]):
        read = read[1:]
    if reader.table.placeless:
        read = _of_one_region(reader, read)
    elif reader.ledger.item:
        read = _named_once(read)
    else:
        read = _named_by_merged_cells(reader, read)
    if not reader.table.placeless and not reader.ledger.item:
        read = _without_counties(reader, read)
    last = max((n for n, line in enumerate(read) if reader.known(line)), default=len(read))
    lines: tuple[list[SummaryLine], list[SummaryLine]] = [], []
    named = [line for line in read if not line.part]
    own = {region for line in named if (region := reader.roster.find(line.text))}
    for n, line in enumerate(read):
        if _speaks(reader, line, own, below=n > last):
            lines[_is_sum(reader, line)].append(line)
    return lines


def _without_counties(reader: Reader, lines: list[SummaryLine]) -> list[SummaryLine]:
    """Without the lines of counties below the line of their own city, which are kept apart."""
    kept, above = [], None
    for line in lines:
        if above and county_within(reader, line, above) and reader.holds(line, is_number):
            reader.within.append((line, above))
            continue
        above = None if reader.roster.is_total(line.text) else reader.roster.find(line.text) or above
        kept.append(line)
    return kept


def county_within(reader: Reader, line: SummaryLine, region: Region) -> Division | None:
    """The county of the region that a line is about; what is a region itself is none."""
    if reader.roster.find(line.text) or len(region.members) < 2:
        return None
    text = line.plain.removeprefix(PART).lstrip(":、") if line.part else line.text
    county = reader.roster.county_read(text, region).county
    return county if county and county.code in region.members else None


def _is_sum(reader: Reader, line: SummaryLine) -> bool:
    """合计, or 关中小计: the sum of some regions that are listed themselves."""
    if reader.roster.is_total(line.text) or is_page_sum(line.plain):
        return True
    return line.plain.endswith(PARTIAL_SUM) and not reader.roster.find(line.text)


def _headings(reader: Reader) -> list[str]:
    """As they stand; over every page once more they are no line."""
    row = reader.table.heading_row
    return reader.sheet.rows(row, row + 1)[0]


def _filled_lines(reader: Reader) -> list[SummaryLine]:
    filled = Sheet("", False, reader.sheet.table.take(pa.array(reader.filled)))
    cells = zip(reader.filled.tolist(), filled.rows(), strict=True)
    return [SummaryLine(row, _region_cell(reader, texts), texts) for row, texts in cells]


def _named_once(lines: list[SummaryLine]) -> list[SummaryLine]:
    """Where a region has a line for each item its name may stand over them once, merged or not."""
    named: list[SummaryLine] = []
    for line in lines:
        blank = not line.text.strip() and any(cell.strip() for cell in line.cells)
        follows = bool(named) and named[-1].row == line.row - 1
        named.append(SummaryLine(line.row, named[-1].text, line.cells) if blank and follows else line)
    return named


def _named_by_merged_cells(reader: Reader, lines: list[SummaryLine]) -> list[SummaryLine]:
    """A region's cell merged over several lines (its years, 小计 and counties) names each of them."""
    index = reader.region_index()
    over = {
        row: top
        for top, left, bottom, right in reader.sheet.merged
        if left <= index <= right and bottom > top >= reader.table.body_row
        for row in range(top + 1, min(bottom, top + MOST_MERGED) + 1)
    }
    texts = {line.row: line.text for line in lines}
    return [
        replace(line, text=texts.get(over[line.row], ""))
        if line.row in over and not line.text.strip() and any(cell.strip() for cell in line.cells)
        else line
        for line in lines
    ]


def _of_one_region(reader: Reader, lines: list[SummaryLine]) -> list[SummaryLine]:
    """Without a column for it the lines, down to the last that says something, are about the region around the table."""
    name = reader.place.region.name if reader.place.region else ""
    own = [
        n for n, line in enumerate(lines) if not line.text and not _is_note(reader, line, _first_text(line))
    ]
    figures = [n for n in own if reader.holds(lines[n], is_number) or _names_an_item(reader, lines[n])]
    last = (figures or own or [0])[-1]
    kept = {n for n in own if n <= last and _first_text(lines[n])}
    return [replace(line, text=name) if n in kept else line for n, line in enumerate(lines)]


def _first_text(line: SummaryLine) -> str:
    return next((cell for cell in line.cells if cell.strip()), "")


def _names_an_item(reader: Reader, line: SummaryLine) -> bool:
    items = [(column, at) for column, at in reader.fields("choice") if column.name == reader.ledger.item]
    return any(choice(column, line.cells[at.index], Context(date.max)).value for column, at in items)


def _numbers_the_columns(line: SummaryLine) -> bool:
    """“甲 1 2”, “栏次 （1） （2）”, “甲 1 2 3=2/1”: the line below the headings that gives the columns numbers."""
    said = [text for text in map(values.narrow, line.cells) if text]
    numbers = [found[1] for text in said if (found := COLUMN_NUMBER.fullmatch(text))]
    others = [text for text in said if not COLUMN_NUMBER.fullmatch(text)]
    counted = numbers == [str(n + 1) for n in range(len(numbers))]
    return len(numbers) > 1 and set(others) <= COLUMN_MARKS and counted


def _speaks(reader: Reader, line: SummaryLine, own: set[Region], below: bool) -> bool:
    """Whether a line belongs to the table. `below` the last known region stand signatures as well.

    其中 tells of a part, unless it is a region that has no line of its `own`: then somebody has to say which.
    """
    if line.part:
        region = reader.roster.find(line.plain.removeprefix(PART))
        return region is not None and region not in own and reader.holds(line, is_number)
    if _is_note(reader, line, line.text):
        return False
    if reader.roster.find(line.text):
        return True
    if DERIVED.fullmatch(line.plain):
        return False
    return reader.holds(line, _may_be_a_figure if below else lambda text: bool(text.strip()))


def _is_note(reader: Reader, line: SummaryLine, text: str) -> bool:
    """A line with a figure where figures are counted is none: “*韩城市”, “1.西安市”, “统计中的地区”.

    But a label may ask for a number: “联系电话 87654321”.
    """
    if not is_note(text) or reader.known(line):
        return False
    return asks_for_a_number(text) or not reader.holds(line, is_number)


def _may_be_a_figure(text: str) -> bool:
    """各3家 is none that can be counted, and whoever wrote it meant one."""
    return is_number(text) or A_NUMBER_WITHIN.search(text[: values.LONGEST_ANSWER]) is not None


def is_number(text: str) -> bool:
    return values.count(text).number is not None


def numbers_of(reader: Reader, line: SummaryLine) -> dict[ColumnFound, int | None]:
    return {
        found: reader.number(line.row, c, found, line.cells[found.index]) for c, found in reader.figures()
    }
