"""Pages of a workbook that explain and hold no figures: 填表说明, lists of options, 问题清单."""

from __future__ import annotations

from collections.abc import Iterable

from zyb.intake.cells.values import LONGEST_LINE
from zyb.intake.tables.found import TableFound
from zyb.reading import Sheet, Workbook

# Whatever the sheet is called: officials have lists of their own named 问题清单.
NOT_READ = "本页供查看，上报时不读取"
ROWS_LOOKED_AT = 3
# An official's own 填表说明 is a page of lines.
LONGEST_PAGE, WIDEST_PAGE = 80, 12


def is_guidance(sheet: Sheet) -> bool:
    """Whether the sheet says about itself that it is not to be read."""
    return any(NOT_READ in cell for row in sheet.rows(0, ROWS_LOOKED_AT) for cell in row)


def told_on_pages(workbook: Workbook, tables: Iterable[TableFound]) -> tuple[str, ...]:
    """The lines of the workbook's short sheets without a whole table: some explain how tables are filled in. What a sheet
    with a table of its own says, it says of that."""
    with_tables = {table.sheet.name for table in tables if not table.missing}
    pages = [
        sheet
        for sheet in workbook.sheets
        if sheet.name not in with_tables and sheet.n_rows <= LONGEST_PAGE and sheet.n_cols <= WIDEST_PAGE
    ]
    return tuple(" ".join(filter(None, cells))[:LONGEST_LINE] for sheet in pages for cells in sheet.rows())
