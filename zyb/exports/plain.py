"""A table as a bare workbook: title, headings, rows, every cell as it is given, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]

CELLS_ARE_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Written into the file in place of the clock, so that equal tables are equal files.
NO_PARTICULAR_DAY = datetime(2000, 1, 1)


def plain_workbook(rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **CELLS_ARE_TEXT}) as book:
        book.set_properties({"created": NO_PARTICULAR_DAY})
        page = book.add_worksheet("Sheet1")
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                if cell not in (None, ""):
                    page.write(n, m, cell)
    return stream.getvalue()
