"""A file that cannot be edited (.xls, .csv, .ods, or an .xlsx that openpyxl cannot read) as a new .xlsx.

Its cells are the texts that the reading process understood; formats and formulas are gone.
"""

from __future__ import annotations

import io
import re

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.exports.marked.marks import clean
from zyb.exports.plain import letters, theme
from zyb.palette import OFFICE_FONT
from zyb.reading import Sheet, Workbook

# Longer numbers are codes; a zero in front is part of a code.
WHOLE_NUMBER = re.compile(r"0|-?[1-9]\d{0,10}")
ERROR_VALUES = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ROWS_MEASURED = 200
NARROWEST, WIDEST = 8, 40


def rebuilt(workbook: Workbook) -> tuple[bytes, dict[str, str]]:
    """The new file, and the name that each sheet got: Excel refuses some that other programs allow."""
    stream = io.BytesIO()
    titles: dict[str, str] = {}
    with xlsxwriter.Workbook(stream, {**PLAIN, "default_format_properties": letters()}) as book:
        book.use_custom_theme(theme(OFFICE_FONT))
        look = book.add_format({"font_name": "宋体", "font_size": 11})
        for number, sheet in enumerate(workbook.sheets, 1):
            titles[sheet.name] = _free_title(sheet.name, number, set(titles.values()))
            _copy(book.add_worksheet(titles[sheet.name]), sheet, look)
    return stream.getvalue(), titles


def _free_title(name: str, number: int, taken: set[str]) -> str:
    title = re.sub(r"[\[\]:*?/\\]", "、", clean(name)).strip("'")[:31]
    usable = title and title.lower() not in {other.lower() for other in taken}
    return title if usable else f"工作表{number}"


def _copy(page: Worksheet, sheet: Sheet, look: Format) -> None:
    if sheet.hidden:
        page.hide()
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width, look)
    for row, cells in enumerate(sheet.rows()):
        for column, text in enumerate(cells):
            if text:
                _write(page, row, column, text, look)
    for row, column, fault in sheet.faults:
        value = fault if fault in ERROR_VALUES else "#N/A"
        page.write_formula(row, column, f"={value}", look, value)
    for top, left, bottom, right in sheet.merged:
        if (top, left) != (bottom, right):
            _merge(page, sheet, (top, left, bottom, right), look)


def _merge(page: Worksheet, sheet: Sheet, area: tuple[int, int, int, int], look: Format) -> None:
    """Merging writes blanks over the cells, so the first is written once more."""
    row, column = area[:2]
    page.merge_range(*area, "", look)
    text = sheet.rows(row, row + 1)[0][column] if row < sheet.n_rows and column < sheet.n_cols else ""
    if text:
        _write(page, row, column, text, look)


def _write(page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Numbers as numbers, everything else as text, whatever it begins with."""
    if WHOLE_NUMBER.fullmatch(text):
        page.write_number(row, column, int(text), look)
    else:
        page.write_string(row, column, clean(text), look)


def _widths(sheet: Sheet) -> list[int]:
    """So that nine in ten of the first texts can be read."""
    columns = zip(*sheet.rows(0, ROWS_MEASURED), strict=True)
    longest = (sorted(2 * len(text) for text in column)[int(0.9 * len(column))] for column in columns)
    return [min(max(width + 2, NARROWEST), WIDEST) for width in longest]
