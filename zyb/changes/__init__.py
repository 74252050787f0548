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
from zyb.changes.words import change_sentence, kind_words, known_words

__all__ = [
    "KIND_TITLES",
    "ChangeKind",
    "ChangeSplit",
    "ChangeTerm",
    "LookedThen",
    "PlaceChange",
    "ReportLog",
    "before_anything_newer",
    "change_sentence",
    "change_split",
    "kind_words",
    "known_words",
    "refusal",
]
