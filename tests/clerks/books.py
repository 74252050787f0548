"""A workbook before it is a file: sheets of cells, what is merged and hidden; and the file of it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter
import xlwt
from xlsxwriter.utility import xl_col_to_name

FORMATS = ("xlsx", "xls", "csv", "csv gbk")


@dataclass(frozen=True)
class Shown:
    """A number with the format that it is shown in."""

    value: float | int
    form: str


@dataclass(frozen=True)
class Formula:
    """The sum of so many cells above, with its saved result."""

    above: int
    value: float | int


@dataclass
class Sheet:
    """A sheet's cells from its first row and column."""

    name: str
    rows: list[list[object]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(first row, first column, last row, last column), from 0."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    listed: tuple[int, int, int, int] | None = None
    """An Excel table: its heading row to its last row of entries."""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def moved(self, down: int, right: int) -> None:
        """Blank rows above and blank columns to the left."""
        self.rows = [[] for _ in range(down)] + [[None] * right + row for row in self.rows]
        self.merged = [(a + down, b + right, c + down, d + right) for a, b, c, d in self.merged]
        self.hidden_rows = {row + down for row in self.hidden_rows}
        if self.listed:
            a, b, c, d = self.listed
            self.listed = (a + down, b + right, c + down, d + right)


@dataclass
class Book:
    """What a clerk sends."""

    name: str
    sheets: list[Sheet]
    form: str = "xlsx"

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.form.split()[0]}"

    def content(self) -> bytes:
        return {"xlsx": _xlsx, "xls": _xls}.get(self.form, _csv)(self)


def _name_of(sheet: Sheet, taken: set[str]) -> str:
    name = "".join(letter for letter in sheet.name if letter not in "[]:*?/\\")[:31] or "Sheet1"
    while name.casefold() in taken:
        name = f"{name[:27]}({len(taken) + 1})"
    taken.add(name.casefold())
    return name


def _xlsx(book: Book) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    taken: set[str] = set()
    for sheet in book.sheets:
        page = workbook.add_worksheet(_name_of(sheet, taken))
        covered = {
            (row, column)
            for a, b, c, d in sheet.merged
            for row in range(a, c + 1)
            for column in range(b, d + 1)
        }
        for a, b, c, d in sheet.merged:
            page.merge_range(a, b, c, d, "")
            covered.discard((a, b))
        for at, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value is not None and (at, column) not in covered:
                    _xlsx_cell(workbook, page, at, column, value)
        for at in sheet.hidden_rows:
            page.set_row(at, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
        if sheet.listed and not book.form.startswith("csv"):
            a, b, c, d = sheet.listed
            headings = [{"header": str(sheet.rows[a][column])} for column in range(b, d + 1)]
            page.add_table(a, b, c, d, {"columns": headings})
    workbook.close()
    return buffer.getvalue()


def _xlsx_cell(workbook: Any, page: Any, at: int, column: int, value: object) -> None:
    if isinstance(value, Formula):
        letter = xl_col_to_name(column)
        text = f"=SUM({letter}{at - value.above + 1}:{letter}{at})"
        page.write_formula(at, column, text, None, value.value)
    elif isinstance(value, Shown):
        page.write_number(at, column, value.value, workbook.add_format({"num_format": value.form}))
    elif isinstance(value, date):
        day = datetime(value.year, value.month, value.day)
        page.write_datetime(at, column, day, workbook.add_format({"num_format": "yyyy-mm-dd"}))
    elif isinstance(value, int | float):
        page.write_number(at, column, value)
    else:
        page.write_string(at, column, str(value))


def _xls(book: Book) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    day_style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    taken: set[str] = set()
    for sheet in book.sheets:
        page = workbook.add_sheet(_name_of(sheet, taken), cell_overwrite_ok=True)
        page.visibility = int(sheet.hidden)
        for a, b, c, d in sheet.merged:
            page.merge(a, c, b, d)
        for at, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, Shown):
                    page.write(at, column, value.value, xlwt.easyxf(num_format_str=value.form))
                elif isinstance(value, date):
                    page.write(at, column, value, day_style)
                else:
                    page.write(at, column, value.value if isinstance(value, Formula) else value)
        for at in sheet.hidden_rows:
            page.row(at).hidden = True
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _csv(book: Book) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    width = book.sheets[0].width
    for row in book.sheets[0].rows:
        texts = [_text(value) for value in row]
        writer.writerow(texts + [""] * (width - len(texts)))
    encoding = "gb18030" if book.form == "csv gbk" else "utf-8-sig"
    return buffer.getvalue().encode(encoding)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Shown):
        return f"{value.value:.1%}" if value.form.endswith("%") else str(value.value)
    if isinstance(value, Formula):
        return str(value.value)
    return f"{value.year}/{value.month}/{value.day}" if isinstance(value, date) else str(value)
