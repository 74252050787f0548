"""Pages of a workbook that explain and hold no figures: 填表说明, lists of options, 问题清单."""

from __future__ import annotations

from zyb.reading import Sheet

# Whatever the sheet is called: officials have lists of their own named 问题清单.
NOT_READ = "本页供查看，上报时不读取"
ROWS_LOOKED_AT = 3


def is_guidance(sheet: Sheet) -> bool:
    """Whether the sheet says about itself that it is not to be read."""
    return any(NOT_READ in cell for row in sheet.rows(0, ROWS_LOOKED_AT) for cell in row)
