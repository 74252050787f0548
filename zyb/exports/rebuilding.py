"""A file that cannot be edited (.xls, .csv, .ods, or an .xlsx that openpyxl cannot read) as a new workbook.

Its cells are the texts that the reading process understood; formats and formulas are gone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from zyb.exports.marking import mark, set_text
from zyb.exports.marks import Marks
from zyb.reading import Sheet, Workbook

# Longer numbers are codes; a zero in front is part of a code.
WHOLE_NUMBER = re.compile(r"0|-?[1-9]\d{0,10}")
ROWS_MEASURED = 200
NARROWEST, WIDEST = 8, 40


def rebuilt(workbook: Workbook, marks: Marks) -> Any:
    """The marked workbook; sheets whose names Excel refuses are renamed, in the marks as well."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    titles = {sheet.name: _copy(book, sheet) for sheet in workbook.sheets}
    mark(book, _retitled(marks, titles))
    return book


def _retitled(marks: Marks, titles: dict[str, str]) -> Marks:
    cells = tuple(replace(one, sheet=titles.get(one.sheet, one.sheet)) for one in marks.cells)
    lines = tuple(replace(one, sheet=titles.get(one.sheet, one.sheet)) for one in marks.lines)
    return replace(marks, cells=cells, lines=lines)


def _copy(book: Any, sheet: Sheet) -> str:
    """Copies the cells; returns the name that the sheet got."""
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", "、", sheet.name)[:31] or "工作表")
    page.sheet_state = "hidden" if sheet.hidden else "visible"
    for row, cells in enumerate(sheet.rows(), 1):
        for column, text in enumerate(cells, 1):
            if text:
                _write(page.cell(row, column), text)
    for row, column, fault in sheet.faults:
        page.cell(row + 1, column + 1).value = fault
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top + 1, end_row=bottom + 1, start_column=left + 1, end_column=right + 1)
    for column, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(column)].width = width
    return str(page.title)


def _write(cell: Any, text: str) -> None:
    """Numbers as numbers, everything else as text, whatever it begins with."""
    if WHOLE_NUMBER.fullmatch(text):
        cell.value = int(text)
    else:
        set_text(cell, text)


def _widths(sheet: Sheet) -> list[int]:
    columns = zip(*sheet.rows(0, ROWS_MEASURED), strict=True)
    longest = (sorted(2 * len(text) for text in column)[int(0.9 * len(column))] for column in columns)
    return [min(max(width + 2, NARROWEST), WIDEST) for width in longest]
