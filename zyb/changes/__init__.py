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
from zyb.changes.rows import (
    ROW_KINDS,
    RowChange,
    RowQuestionOfTwo,
    RowsCompared,
    changes_page,
    compared,
    of_days,
    of_snapshots,
)
from zyb.changes.splitting import change_split, refusal
from zyb.changes.uploads import UploadChange, by_upload, known_days, shown_then
from zyb.changes.words import change_sentence, kind_words, known_words

__all__ = [
    "KIND_TITLES",
    "ROW_KINDS",
    "ChangeKind",
    "ChangeSplit",
    "ChangeTerm",
    "LookedThen",
    "PlaceChange",
    "ReportLog",
    "RowChange",
    "RowQuestionOfTwo",
    "RowsCompared",
    "UploadChange",
    "by_upload",
    "change_sentence",
    "change_split",
    "changes_page",
    "compared",
    "kind_words",
    "known_days",
    "known_words",
    "of_days",
    "of_snapshots",
    "refusal",
    "shown_then",
]
