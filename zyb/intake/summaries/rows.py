"""Summary tables, read line by line: every line has a role (a region, 合计, 其中, a note), and all are short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells import values
from zyb.intake.cells.words import Context, choice
from zyb.intake.context import Place, is_note
from zyb.intake.lists.columns import ARROW
from zyb.intake.tables.finding import Field, TableFound
from zyb.numerals import signed_count
from zyb.reading import Sheet
from zyb.records import NO_YEAR
from zyb.rulebook.ledgers import Column, Ledger
from zyb.rulebook.problems import Problem, cell_name, problem
from zyb.rulebook.regions import LONGEST_WRITTEN, Region, Roster

NOWHERE = Place()
WHOLE = Region("", "全省", "全省", ())
# Where regions stand in a column without a heading, one of the first lines tells.
LINES_LOOKED_AT = 500
# A province has two hundred counties; with all items and years they take a tenth of it. More is a list of firms.
MOST_LINES = 10_000
COLUMN_MARKS = {"甲", "乙", "丙", "栏次", "序号", "栏目"}


@dataclass(frozen=True)
class Row:
    """One row as adopted. `line` counts as Excel does; `cells` names the cell of each value."""

    line: int
    region: Region
    year: int
    values: dict[str, int | str | None]
    cells: dict[str, str]
    sheet: str = ""


@dataclass(frozen=True)
class SummaryBody:
    """`unreported`: the regions that are listed without a figure."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    unreported: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Line:
    row: int
    text: str
    cells: list[str]

    @cached_property
    def plain(self) -> str:
        """Enough of the text to tell a region or 合计 by."""
        return values.narrow(self.text[:LONGEST_WRITTEN])


@dataclass
class _Reader:
    """The state of reading one table's body; its problems gather here."""

    table: TableFound
    roster: Roster
    year: int | None
    place: Place
    problems: list[Problem] = field(default_factory=list)
    faulty_cells: set[str] = field(default_factory=set)
    unreported: list[Region] = field(default_factory=list)
    blank: list[tuple[int, Region]] = field(default_factory=list)

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
        self.add(problem(code, self.sheet.name, cell_name(row, column), value, **words))

    def add(self, found: Problem) -> None:
        self.problems.append(found)
        self.faulty_cells.add(found.cell)

    def region_index(self) -> int:
        """Where a line's region stands; where none does, its first figure."""
        for _, found in (*self.fields("region"), *self.counts()):
            return found.index
        return 0

    def fields(self, kind: str) -> Iterator[tuple[Column, Field]]:
        for column in self.ledger.columns:
            if column.type == kind:
                for found in self.table.fields.get(column.name, ()):
                    yield column, found

    def counts(self) -> Iterator[tuple[Column, Field]]:
        return self.fields("count")

    def known(self, line: _Line) -> bool:
        """Whether the line speaks of a region of the roster or of all of them."""
        return bool(self.roster.find(line.text)) or self.roster.is_total(line.text)

    def holds(self, line: _Line, what: Callable[[str], bool]) -> bool:
        """Whether a count of the line (or a fault in its place) is as asked."""
        used = [found.index for _, found in self.counts()]
        return any((line.row, index) in self.faults or what(line.cells[index]) for index in used)

    def number(self, row: int, column: Column, found: Field, text: str) -> int | None:
        """The cell's number; what had to be understood or refused is reported."""
        fault = self.faults.get((row, found.index))
        if fault:
            self.report("cell_fault", row, found.index, fault)
            return None
        read = values.count(text)
        if read.fault:
            self.report(read.fault, row, found.index, text, column=column.title)
        elif read.approximate:
            self.report("approximate_number", row, found.index, text, column=column.title, number=read.number)
        elif read.adopted:
            self.report("number_adopted", row, found.index, text, number=read.number)
        return read.number


def _region_cell(reader: _Reader, cells: list[str]) -> str:
    """The region's text; 合计 may stand in a column to the left (序号) of an empty region cell."""
    if reader.table.placeless:
        return next((text for text in cells if reader.roster.is_total(text)), "")
    index = reader.region_index()
    if cells[index].strip():
        return cells[index]
    return next((text for text in cells[:index] if reader.roster.is_total(text)), "")


def _lines(reader: _Reader) -> tuple[list[_Line], list[_Line]]:
    """The body's lines with figures, and its 合计 lines; notes, blanks and 其中 lines fall away."""
    read = _filled_lines(reader)
    if read and read[0].row == reader.table.body_row and _numbers_the_columns(read[0]):
        read = read[1:]
    if reader.table.placeless:
        read = _of_one_region(reader, read)
    elif reader.ledger.item:
        read = _named_once(read)
    last = max((n for n, line in enumerate(read) if reader.known(line)), default=len(read))
    lines: tuple[list[_Line], list[_Line]] = [], []
    for n, line in enumerate(read):
        if _speaks(reader, line, below=n > last):
            lines[reader.roster.is_total(line.text)].append(line)
    return lines


def _filled_lines(reader: _Reader) -> list[_Line]:
    filled = Sheet("", False, reader.sheet.table.take(pa.array(reader.filled)))
    cells = zip(reader.filled.tolist(), filled.rows(), strict=True)
    return [_Line(row, _region_cell(reader, texts), texts) for row, texts in cells]


def _named_once(lines: list[_Line]) -> list[_Line]:
    """Where a region has a line for each item its name may stand over them once, merged or not."""
    named: list[_Line] = []
    for line in lines:
        blank = not line.text.strip() and any(cell.strip() for cell in line.cells)
        follows = bool(named) and named[-1].row == line.row - 1
        named.append(_Line(line.row, named[-1].text, line.cells) if blank and follows else line)
    return named


def _of_one_region(reader: _Reader, lines: list[_Line]) -> list[_Line]:
    """Without a column for it the lines, down to the last that says something, are about the region around the table."""
    name = reader.place.region.name if reader.place.region else ""
    own = [n for n, line in enumerate(lines) if not line.text and not is_note(_first_text(line))]
    figures = [n for n in own if reader.holds(lines[n], _is_number) or _names_an_item(reader, lines[n])]
    last = (figures or own or [0])[-1]
    kept = {n for n in own if n <= last and _first_text(lines[n])}
    return [replace(line, text=name) if n in kept else line for n, line in enumerate(lines)]


def _first_text(line: _Line) -> str:
    return next((cell for cell in line.cells if cell.strip()), "")


def _names_an_item(reader: _Reader, line: _Line) -> bool:
    items = [(column, at) for column, at in reader.fields("choice") if column.name == reader.ledger.item]
    return any(choice(column, line.cells[at.index], Context(date.max)).value for column, at in items)


def _numbers_the_columns(line: _Line) -> bool:
    """“甲 1 2”, “栏次 1 2”: the line below the headings that gives the columns numbers."""
    said = [text for text in map(values.narrow, line.cells) if text]
    numbers = [text for text in said if text.isdigit()]
    others = set(said) - set(numbers)
    return bool(numbers) and others <= COLUMN_MARKS and numbers == [str(n + 1) for n in range(len(numbers))]


def _speaks(reader: _Reader, line: _Line, below: bool) -> bool:
    """Whether a line belongs to the table. `below` the last known region stand signatures as well."""
    if line.plain.startswith("其中") or (is_note(line.text) and not reader.known(line)):
        return False
    if reader.roster.find(line.text):
        return True
    return reader.holds(line, lambda text: _is_number(text) if below else bool(text.strip()))


def _is_number(text: str) -> bool:
    return values.count(text).number is not None


def _suggestion(roster: Roster, text: str) -> str:
    near = roster.nearest(text)
    listed = "、".join(region.name for region in roster.regions)
    if near:
        return f"您是否要填“{near.name}”？请改正后重新上报。"
    return f"请改为名册中的地区：{listed}。" if len(roster.regions) <= 20 else "请改为名册中的地区名称。"


def _region(reader: _Reader, line: _Line) -> Region | None:
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
        suggestion = _suggestion(reader.roster, line.text)
        words = {"province": reader.roster.province, "suggestion": suggestion}
        reader.report("unknown_region", line.row, index, line.text.strip(), **words)
    return region


def _numbers(reader: _Reader, line: _Line) -> dict[Field, int | None]:
    return {found: reader.number(line.row, c, found, line.cells[found.index]) for c, found in reader.counts()}


def _row_year(reader: _Reader, line: _Line, found: Field) -> int | None:
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


def _rows_of(reader: _Reader, line: _Line, region: Region, numbers: dict[Field, int | None]) -> list[Row]:
    """One row, or one a year where the headings carry years."""
    summed = {rule.column for rule in reader.ledger.row_sums}
    by_year: dict[int, Row] = {}
    for column, found in reader.counts():
        if column.name in summed:
            continue
        year = (_row_year(reader, line, found) or NO_YEAR) if reader.ledger.yearly else NO_YEAR
        row = by_year.setdefault(year, Row(line.row + 1, region, year, {}, {}, reader.sheet.name))
        row.values[column.name] = numbers[found]
        row.cells[column.name] = cell_name(line.row, found.index)
    for column, found in (*reader.fields("text"), *reader.fields("choice")):
        for row in by_year.values():
            row.values[column.name] = _words(reader, line, column, found)
            row.cells[column.name] = cell_name(line.row, found.index)
    return list(by_year.values())


def _words(reader: _Reader, line: _Line, column: Column, found: Field) -> str | None:
    text = line.cells[found.index].strip()
    if column.type == "text" or not text:
        return text or None
    word = choice(column, text, Context(date.max))
    if word.code:
        options = "、".join(column.options)
        reader.report(word.code, line.row, found.index, text, column=column.title, options=options)
    return str(word.value) if word.value else None


def _check_missing(reader: _Reader, line: _Line, region: Region, numbers: dict[Field, int | None]) -> None:
    """A required cell that is empty; a cell with a fault of its own has been reported already."""
    for column, found in reader.counts():
        cell = cell_name(line.row, found.index)
        if column.required and numbers[found] is None and cell not in reader.faulty_cells:
            reader.report("missing_value", line.row, found.index, region=region.name, column=column.title)


def _unreported(reader: _Reader, line: _Line) -> bool:
    """A region listed without a single figure has not reported; that is no zero, and no error."""
    return not reader.holds(line, lambda text: values.count(text) != values.Count(None))


def _note_unreported(reader: _Reader, line: _Line, region: Region) -> None:
    """A warning a region; of the many items that a region may be asked for, all the blank ones at once."""
    reader.unreported.append(region)
    if reader.ledger.item:
        reader.blank.append((line.row, region))
    else:
        reader.report("unreported", line.row, reader.region_index(), line.text.strip(), region=region.name)


def _note_blank_items(reader: _Reader, rows: list[Row]) -> None:
    if not reader.blank or not rows:
        return
    spoken = {row.region for row in rows}
    silent = dict.fromkeys(region.name for _, region in reader.blank if region not in spoken)
    regions = f"；其中{'、'.join(silent)}各项都没有填写" if silent else ""
    first, _ = reader.blank[0]
    reader.report(
        "items_unreported",
        first,
        reader.region_index(),
        row=first + 1,
        count=len(reader.blank),
        regions=regions,
    )


def _check_row(reader: _Reader, rows: list[Row], region: Region) -> None:
    for row in rows:
        for rule in reader.ledger.at_most:
            smaller, larger = row.values.get(rule.smaller), row.values.get(rule.larger)
            if isinstance(smaller, int) and isinstance(larger, int) and smaller > larger:
                words = {"smaller": reader.ledger.column(rule.smaller).title, "limit": larger}
                words["larger"] = reader.ledger.column(rule.larger).title
                found = problem(
                    "exceeds",
                    reader.sheet.name,
                    row.cells[rule.smaller],
                    str(smaller),
                    region=region.name,
                    **words,
                )
                reader.add(found)


def _check_row_sums(reader: _Reader, line: _Line, place: str, numbers: dict[Field, int | None]) -> None:
    for rule in reader.ledger.row_sums:
        parts = [numbers[found] for c, found in reader.counts() if c.name == rule.of]
        known = [number for number in parts if number is not None]
        for column, found in reader.counts():
            said = numbers[found]
            if column.name == rule.column and said is not None and known and sum(known) != said:
                words = {"region": place, "column": column.title, "sum": sum(known)}
                reader.report("row_sum_differs", line.row, found.index, str(said), **words)


def _said_year(reader: _Reader, line: _Line) -> int | None:
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


_Sums = dict[tuple[Field, int | None], _Sum]
"""By column and by the year that the lines say; the sum over all years stands at `ALL_YEARS`."""
ALL_YEARS = -1


def _add_up(sums: _Sums, numbers: dict[Field, int | None], year: int | None) -> None:
    for found, number in numbers.items():
        for key in {(found, year), (found, ALL_YEARS)}:
            sums.setdefault(key, _Sum()).add(number)


def _check_totals(reader: _Reader, totals: list[_Line], sums: _Sums) -> None:
    """合计 against the sum of all rows (of its year) as written, those of an unknown region included."""
    for line in totals:
        if "小计" in line.plain:
            continue
        numbers = _numbers(reader, line)
        _check_row_sums(reader, line, "合计行", numbers)
        year = _said_year(reader, line)
        for column, found in reader.counts():
            said, of_rows = numbers[found], sums.get((found, ALL_YEARS if year is None else year), _Sum())
            if said is None or not of_rows.known or (column.required and not of_rows.whole):
                continue
            if (total := of_rows.total) != said:
                words = {"column": found.heading, "sum": total, "difference": signed_count(said - total)}
                words |= {"how": "各地区相加", "parts": "各地区数"}
                reader.report("total_differs", line.row, found.index, str(said), **words)


def _check_duplicates(reader: _Reader, rows: list[Row]) -> None:
    """One line a region (and year, and item); two years of one line are no repetition."""
    seen: dict[tuple[object, ...], int] = {}
    told: set[int] = set()
    index = reader.region_index()
    if reader.table.placeless:
        return  # has been told as a missing column
    for row in rows:
        key = (row.region.code, row.year, row.values.get(reader.ledger.item))
        first = seen.setdefault(key, row.line)
        if first != row.line and row.line not in told:
            told.add(row.line)
            other = cell_name(first - 1, index)
            reader.report("duplicate_region", row.line - 1, index, row.region.name, other=other)


def _note_alias(reader: _Reader, line: _Line, region: Region) -> None:
    """Only a name that means something else elsewhere is worth a word: 杨陵区 → 杨凌示范区, not 西安 → 西安市."""
    if region.short not in line.plain:
        reader.report(
            "region_changed",
            line.row,
            reader.region_index(),
            line.text.strip(),
            region=region.name,
            times="",
        )


def _read_body(reader: _Reader) -> list[Row]:
    body, totals = _lines(reader)
    if reader.table.placeless and _same_twice(reader, body):
        reader.add(_region_column_missing(reader))
    rows: list[Row] = []
    sums: _Sums = {}
    for line in body:
        region = _region(reader, line)
        if region and _unreported(reader, line):
            _note_unreported(reader, line, region)
            continue
        numbers = _numbers(reader, line)
        _add_up(sums, numbers, _said_year(reader, line))
        if region is None:
            continue
        _note_alias(reader, line, region)
        _check_missing(reader, line, region, numbers)
        _check_row_sums(reader, line, region.name, numbers)
        found_rows = _rows_of(reader, line, region, numbers)
        _check_row(reader, found_rows, region)
        rows += found_rows
    if not rows and len(body) == len(reader.unreported):
        reader.add(problem("empty_table", reader.sheet.name))
    _note_blank_items(reader, rows)
    if not reader.ledger.item:
        _check_totals(reader, totals, sums)
    _check_duplicates(reader, rows)
    return rows


def _check_years(reader: _Reader, rows: list[Row]) -> None:
    unsaid = reader.ledger.yearly and any(row.year == NO_YEAR for row in rows)
    if unsaid and not any(p.code == "unclear_year" for p in reader.problems):
        reader.add(problem("year_unknown", reader.sheet.name, ledger=reader.ledger.title))


def _place_fault(reader: _Reader) -> Problem | None:
    """Why figures that have no column for their region cannot be filed under the place around the table."""
    place, sheet, ledger = reader.place, reader.sheet.name, reader.ledger.title
    if _names_other_places(reader):
        return _region_column_missing(reader)
    if place.region is None:
        return problem("region_unknown", sheet)
    if place.county and len(place.region.members) > 1:
        words = {"county": place.county.name, "region": place.region.name, "ledger": ledger}
        return problem("county_alone", sheet, "", place.text, where=place.where, **words)
    return None


def _say_where_from(reader: _Reader) -> None:
    place = reader.place
    if place.region and place.where and not any(p.code == "missing_column" for p in reader.problems):
        words = {"where": place.where, "region": place.region.name}
        reader.problems.insert(0, problem("region_around", reader.sheet.name, "", place.text, **words))


def _names_other_places(reader: _Reader) -> bool:
    """Cells beside the figures that are regions or counties: a column of places without its heading."""
    used = {found.index for fields in reader.table.fields.values() for found in fields}
    beside = {
        cell
        for cells in reader.sheet.rows(reader.table.body_row, reader.table.body_row + LINES_LOOKED_AT)
        for index, cell in enumerate(cells)
        if index not in used and cell.strip()
    }
    return any(reader.roster.find(cell) or reader.roster.county(cell) for cell in beside)


def _same_twice(reader: _Reader, body: list[_Line]) -> bool:
    """Two lines of one year and item: of more than one region, then, in a column that has no heading."""
    items = [at.index for column, at in reader.fields("choice") if column.name == reader.ledger.item]
    keys = [(_said_year(reader, line), *(line.cells[n].strip() for n in items)) for line in body]
    return len(set(keys)) < len(keys)


def _region_column_missing(reader: _Reader) -> Problem:
    column = next(column for column in reader.ledger.columns if column.type == "region")
    return problem("missing_column", reader.sheet.name, ledger=reader.ledger.title, column=column.title)


def read_summary(table: TableFound, roster: Roster, year: int | None, place: Place = NOWHERE) -> SummaryBody:
    """Every row of the table and everything that is wrong with it. `place` is what the table as a whole is about."""
    reader = _Reader(table, roster, year, place)
    if (lines := len(reader.filled)) > MOST_LINES:
        words = {"limit": MOST_LINES, "ledger": table.ledger.title}
        return SummaryBody((), (problem("too_many_lines", table.sheet.name, "", str(lines), **words),))
    if table.placeless and (fault := _place_fault(reader)):
        return SummaryBody((), (fault,))
    rows = _read_body(reader)
    _check_years(reader, rows)
    if table.placeless:
        _say_where_from(reader)
    silent = frozenset(region.code for region in reader.unreported)
    return SummaryBody(tuple(rows), tuple(reader.problems), silent)


def read_sums(table: TableFound, roster: Roster, year: int | None) -> tuple[Row, ...]:
    """What a table without a region's line states of all of them; what is wrong in its cells is not asked."""
    reader = _Reader(table, roster, year, NOWHERE)
    if len(reader.filled) > MOST_LINES:
        return ()
    body, totals = _lines(reader)
    if body and not table.placeless:
        return ()
    stated = [line for line in totals or body if "小计" not in line.plain]
    return tuple(row for line in stated for row in _rows_of(reader, line, WHOLE, _numbers(reader, line)))


def body_table(ledger: Ledger, sheet: str, rows: Sequence[Row]) -> pa.Table:
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
