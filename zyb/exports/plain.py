"""Tables as a bare workbook, a sheet each: every cell as it is given, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.theme import THEME_XML_2007  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.exports.drawingml.ink import theme_in
from zyb.palette import OFFICE_FONT

CELLS_ARE_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Written into the file in place of the clock, so that equal tables are equal files.
NO_PARTICULAR_DAY = datetime(2000, 1, 1)


def letters() -> dict[str, object]:
    """Anew for every workbook: the writer keeps its own notes in it."""
    return {"font_name": OFFICE_FONT, "font_size": 11}


def theme(font: str) -> io.StringIO:
    """Excel's own theme in one font, without those for thirty other scripts."""
    return io.StringIO(theme_in(font, str(THEME_XML_2007)))


def plain_workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    stream = io.BytesIO()
    options = {"in_memory": True, **CELLS_ARE_TEXT, "default_format_properties": letters()}
    with xlsxwriter.Workbook(stream, options) as book:
        book.use_custom_theme(theme(OFFICE_FONT))
        book.set_properties({"created": NO_PARTICULAR_DAY})
        for name, rows in sheets.items():
            _fill(book.add_worksheet(name), rows)
    return stream.getvalue()


def _fill(page: Worksheet, rows: Iterable[Sequence[object]]) -> None:
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            if cell not in (None, ""):
                page.write(n, m, cell)
