"""Hostile bytes in, plain cells out. Knows files, not ledgers.

`read_workbook` is the door in: it looks at the bytes, lets a child process with limits parse them and
returns a `Workbook`, or raises `UnreadableFile` with a sentence and a remedy; `opened_workbook` lets another
process map the same cells. `edit_workbook` lets the same
kind of process change a workbook that is given back. `sweep_leftovers` tidies up after a program that was killed.
"""

from .archives import Packed, packed_in, unpacked, workbooks_in
from .folders import sweep_leftovers
from .limits import BULK_LIMITS, LIMITS, Allowance, Limits
from .reader import Opened, cells_in, edit_workbook, opened_workbook, read_workbook
from .refusals import UnreadableFile
from .workbook import CellPlace, CellText, Doubts, Moved, Range, RearrangedSheet, Sheet, Workbook

__all__ = [
    "BULK_LIMITS",
    "LIMITS",
    "Allowance",
    "CellPlace",
    "CellText",
    "Doubts",
    "Limits",
    "Moved",
    "Opened",
    "Packed",
    "Range",
    "RearrangedSheet",
    "Sheet",
    "UnreadableFile",
    "Workbook",
    "cells_in",
    "edit_workbook",
    "opened_workbook",
    "packed_in",
    "read_workbook",
    "sweep_leftovers",
    "unpacked",
    "workbooks_in",
]
