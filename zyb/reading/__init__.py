"""Hostile bytes in, plain cells out. Knows files, not ledgers.

`read_workbook` is the only door in: it looks at the bytes, lets a child process with limits parse them and
returns a `Workbook`, or raises `UnreadableFile` with a sentence and a remedy. `edit_workbook` lets the same
kind of process change a workbook that is given back. `sweep_leftovers` tidies up after a program that was killed.
"""

from .archives import Packed, packed_in, unpacked, workbooks_in
from .folders import sweep_leftovers
from .limits import BULK_LIMITS, LIMITS, Limits
from .reader import edit_workbook, read_workbook
from .refusals import UnreadableFile
from .workbook import Range, Sheet, Workbook

__all__ = [
    "BULK_LIMITS",
    "LIMITS",
    "Limits",
    "Packed",
    "Range",
    "Sheet",
    "UnreadableFile",
    "Workbook",
    "edit_workbook",
    "packed_in",
    "read_workbook",
    "sweep_leftovers",
    "unpacked",
    "workbooks_in",
]
