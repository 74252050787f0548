"""One sheet in the official look: merged title, 统计截至 and unit, table, notes; ready for A4 landscape."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.exports.marked.marks import clean
from zyb.exports.statistics import house
from zyb.exports.statistics.grid import Grid, GridRow, GridValue, Placed, SheetColumn, written
from zyb.exports.statistics.house import House, lines, width_of
from zyb.numerals import column_letters
from zyb.palette import LAGGING, OFFICE_FONT, PALE_JADE
from zyb.rulebook.verdicts import Tone

HEAD_ROW = 3
A4 = 9
MARGIN = 0.5  # inches
LONGEST_SHEET_NAME, LONGEST_HEADER = 31, 60
WIDTH_OF_PAPER = 235  # column widths that still read well on one sheet of A4 across
PAPER_WIDTH, PAPER_HEIGHT, POINTS_A_UNIT = 770, 500, 5.6
LEEWAY, WITH_CHART = 1.4, 2.4
SMALL = f'&"{OFFICE_FONT},常规"&9'
LONG_WORDS = 16
NOTE_LETTERS = 1.08  # notes are set smaller than the table


@dataclass
class Names:
    """Names of sheets: what Excel allows, and no name twice."""

    taken: set[str] = field(default_factory=set)

    def name(self, wanted: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\']", "", wanted).strip() or "表"
        found, number = plain[:LONGEST_SHEET_NAME], 2
        while found.lower() in self.taken:
            end = f"（{number}）"
            found, number = plain[: LONGEST_SHEET_NAME - len(end)] + end, number + 1
        self.taken.add(found.lower())
        return found


@dataclass(frozen=True)
class SheetSurround:
    """What stands around a table; `mark` is 附件1 and the like, in the print's corner."""

    title: str
    aside: str = ""
    unit: str = ""
    mark: str = ""


class StatisticsPage:
    """A sheet under construction. Rows are counted from 0."""

    def __init__(self, book: xlsxwriter.Workbook, look: House, name: str, warning: str) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.book, self.look, self.name, self.warning = book, look, name, warning
        self.widths: list[float] = []
        self.long: set[str] = set()
        self.height = 0.0  # of all rows so far, in points
        self.sheet.hide_gridlines(2)

    # -- cells --------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, look: object) -> None:
        """Always text: nothing that stands in data becomes a formula, a link or a number."""
        self.sheet.write_string(row, column, clean(text), look)

    def across(self, row: int, first: int, last: int, text: str, look: object) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", look)
        self.text(row, first, text, look)

    def put(
        self, row: int, column: int, value: float | int | str | date, look: object, formula: str | None
    ) -> None:
        if formula:
            self.sheet.write_formula(row, column, formula, look, value)
        elif isinstance(value, str):
            self.text(row, column, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, look)
        else:
            self.sheet.write_number(row, column, value, look)

    def tall(self, row: int, height: float) -> None:
        self.sheet.set_row(row, height)
        self.height += height

    # -- the official look ----------------------------------------------------------------------

    def set_widths(self, widths: Sequence[float]) -> None:
        self.widths = list(widths)
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)

    @property
    def last_column(self) -> int:
        return len(self.widths) - 1

    @property
    def papers(self) -> int:
        """Sheets of A4 side by side."""
        return max(1, math.ceil(sum(self.widths) / WIDTH_OF_PAPER))

    def _first_paper(self) -> int:
        """The last column that is printed on the first of them: a title across two could not be read."""
        room = sum(self.widths) / self.papers
        return max(sum(reached <= room for reached in accumulate(self.widths)) - 1, 0)

    def opening(self, heading: SheetSurround) -> None:
        """Title, the line below it, and where the data are invented the warning."""
        last = self._first_paper()
        self.across(0, 0, last, heading.title, self.look.title)
        self.tall(0, house.TITLE_HEIGHT * lines(heading.title, sum(self.widths[: last + 1]) / 1.7))
        middle = max(last - 2, last * 2 // 3) if heading.unit else last
        self.across(1, 0, middle, heading.aside, self.look.aside("left"))
        if heading.unit and last > middle:
            self.across(1, middle + 1, last, heading.unit, self.look.aside("right"))
        self.tall(1, house.ROW_HEIGHT)
        if self.warning:
            self.across(2, 0, last, self.warning, self.look.warning)
        self.tall(2, house.ROW_HEIGHT if self.warning else 4)

    def table(self, grid: Grid, *, sortable: bool = True) -> Placed:
        """Heads, rows and the total; the total stays outside of the filter, so that sorting leaves it alone."""
        placed = Placed(grid, HEAD_ROW + 1)
        self.long = {column.key for column in grid.fields if _is_long(grid, column)}
        self._heads(grid)
        for number, row in enumerate(grid.rows):
            self._row(placed, number, row)
        if grid.total is not None:
            self._total(placed, grid.total)
        if grid.rows and sortable:
            self.sheet.autofilter(HEAD_ROW, 0, placed.last, self.last_column)
        self.sheet.freeze_panes(HEAD_ROW + 1, 1 + min(grid.of("name", "day"), default=-1))
        return placed

    def _heads(self, grid: Grid) -> None:
        # The arrow of the filter takes room at the right.
        tallest = max(
            lines(column.title, width - 1.5) for column, width in zip(grid.fields, self.widths, strict=True)
        )
        for place, column in enumerate(grid.fields):
            self.text(HEAD_ROW, place, column.title, self.look.head)
        self.tall(HEAD_ROW, max(tallest, 2) * house.LINE_HEIGHT + 6)

    def _row(self, placed: Placed, number: int, row: GridRow) -> None:
        at = placed.first + number
        tallest = 1
        for place, column in enumerate(placed.grid.fields):
            value = written(row[column.key], column.kind)
            left = column.key in self.long
            look = self.look.cell(column.kind, left=left)
            self.put(at, place, value, look, placed.formula(column, number))
            if column.kind in ("words", "name") and isinstance(value, str):
                tallest = max(tallest, lines(value, self.widths[place]))
        self.tall(at, max(house.ROW_HEIGHT, tallest * house.LINE_HEIGHT + 5))

    def _total(self, placed: Placed, total: GridRow) -> None:
        for place, column in enumerate(placed.grid.fields):
            value = written(total[column.key], column.kind)
            self.put(
                placed.total_row,
                place,
                value,
                self.look.cell(column.kind, total=True),
                placed.total_formula(column),
            )
        self.tall(placed.total_row, house.ROW_HEIGHT + 2)

    def notes(self, row: int, texts: Iterable[str]) -> int:
        """Numbered notes across the sheet; the first row below them."""
        last = self._first_paper()
        for number, text in enumerate(texts, 1):
            said = f"注：{number}．{text}" if number == 1 else f"　　{number}．{text}"
            self.across(row, 0, last, said, self.look.note)
            self.tall(row, lines(said, sum(self.widths[: last + 1]) * NOTE_LETTERS) * 15 + 3)
            row += 1
        return row

    # -- colours ----------------------------------------------------------------------------------

    def bars(self, placed: Placed, keys: Collection[str]) -> None:
        """A bar in each cell of a rate, all on the scale from nothing to everything; counts have none."""
        there = {column.key for column in placed.grid.fields}
        for place in (placed.grid.place(key) for key in keys if key in there):
            if placed.grid.rows:
                self.sheet.conditional_format(
                    placed.first, place, placed.last, place,
                    {"type": "data_bar", "bar_color": PALE_JADE, "bar_solid": True, "min_type": "num", "min_value": 0,
                     "max_type": "num", "max_value": 1, "bar_negative_color": LAGGING},
                )  # fmt: skip

    def verdicts(self, placed: Placed, tones: Iterable[tuple[str, Tone]]) -> None:
        """The ground of a verdict follows its words, whoever changes them; the words have their shape."""
        # The words become part of a formula here: none with a quotation mark, which would end them.
        safe = [(words, tone) for words, tone in tones if '"' not in words]
        for place in placed.grid.of("verdict") if placed.grid.rows else ():
            for words, tone in safe:
                self.sheet.conditional_format(
                    placed.first, place, placed.last, place,
                    {"type": "text", "criteria": "containing", "value": words, "format": self.look.tinted(tone)},
                )  # fmt: skip

    def slower(self, placed: Placed, done: str, needed: str) -> None:
        """Who does less a week than is needed."""
        if not placed.grid.rows:
            return
        column, at = placed.grid.place(done), placed.first + 1
        mine, theirs = (_letter(placed.grid, key) for key in (done, needed))
        rule = f"AND(ISNUMBER(${mine}{at}),ISNUMBER(${theirs}{at}),${mine}{at}<${theirs}{at})"
        look = self.look.over(font_color=LAGGING, bold=True)
        self.sheet.conditional_format(
            placed.first,
            column,
            placed.last,
            column,
            {"type": "formula", "criteria": f"={rule}", "format": look},
        )

    # -- paper --------------------------------------------------------------------------------------

    def paper(
        self, last_row: int, mark: str, footer: str, *, drawn: bool = False, headed: bool = True
    ) -> None:
        """A4 across, head repeated, as many sheets as needed; what is just too long for one is set smaller.

        `drawn` sheets end in a chart, which is not to be cut in two.
        """
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(MARGIN, MARGIN, 0.7, 0.6)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(self.papers, 1 if self._nearly_fits(WITH_CHART if drawn else LEEWAY) else 0)
        self._repeat(headed)
        if self.papers > 1:
            self.sheet.repeat_columns(0)
        self.sheet.print_area(0, 0, last_row, self.last_column)
        self.sheet.set_header(f"&L{SMALL}{_plain(mark)}&R{SMALL}{_plain(self.warning)}", {"margin": 0.35})
        told = f"&L{SMALL}{_plain(self.warning)}&C{SMALL}{_plain(footer)}&R{SMALL}第 &P 页　共 &N 页"
        self.sheet.set_footer(told, {"margin": 0.3})

    def _nearly_fits(self, leeway: float) -> bool:
        """On one sheet of A4, if need be a little smaller than its width asks for."""
        across = sum(self.widths) / self.papers * POINTS_A_UNIT
        return self.height * min(1, PAPER_WIDTH / across) <= PAPER_HEIGHT * leeway

    def _repeat(self, headed: bool) -> None:
        """The table's head on every page, and the warning with it."""
        first, last = (2 if self.warning else HEAD_ROW), (HEAD_ROW if headed else 2)
        if first <= last:
            self.sheet.repeat_rows(first, last)


def widths_of(grid: Grid) -> list[float]:
    return [width_of(column, _column(grid, column)) for column in grid.fields]


def _column(grid: Grid, column: SheetColumn) -> list[GridValue]:
    return [row[column.key] for row in (*grid.rows, *([grid.total] if grid.total else []))]


def _is_long(grid: Grid, column: SheetColumn) -> bool:
    """Columns with sentences begin at the left, all others stand in the middle."""
    return column.kind == "words" and any(len(str(value)) > LONG_WORDS for value in _column(grid, column))


def _letter(grid: Grid, key: str) -> str:
    return column_letters(grid.place(key))


def _plain(text: str) -> str:
    """In a header & begins a command."""
    return text[:LONGEST_HEADER].replace("&", "&&")
