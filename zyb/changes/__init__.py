"""变化原因: why a figure is another than it was, report by report, and row by row what a report changed."""

from __future__ import annotations

from zyb.changes.model import (
    KIND_TITLES,
    ChangeKind,
    ChangeSplit,
    ChangeTerm,
    LookedThen,
    PlaceChange,
)
from zyb.changes.report_log import ReportLog
from zyb.changes.splitting import before_anything_newer, change_split, refusal

__all__ = [
    "KIND_TITLES",
    "ChangeKind",
    "ChangeSplit",
    "ChangeTerm",
    "LookedThen",
    "PlaceChange",
    "ReportLog",
    "before_anything_newer",
    "change_split",
    "refusal",
]
