"""The content of a report as plain data: figures, ranks, verdicts and sentences computed once for every writer."""

from __future__ import annotations

from zyb.briefing.model import told_rules
from zyb.briefing.remarks import (
    both_targets,
    carried_words,
    deadline_sentence,
    done_words,
    expected_sentence,
    few_speak,
    few_words,
    forecast_sentence,
    in_months,
    newly_words,
    not_begun,
    pace_words,
    partly_rolled,
    partly_told,
    remainder_words,
    rolled_note,
    rolled_words,
    short_day,
    silence_words,
    two_targets,
    verdict_rules,
)
from zyb.briefing.sections import short_title

__all__ = [
    "both_targets",
    "carried_words",
    "deadline_sentence",
    "done_words",
    "expected_sentence",
    "few_speak",
    "few_words",
    "forecast_sentence",
    "in_months",
    "newly_words",
    "not_begun",
    "pace_words",
    "partly_rolled",
    "partly_told",
    "remainder_words",
    "rolled_note",
    "rolled_words",
    "short_day",
    "short_title",
    "silence_words",
    "told_rules",
    "two_targets",
    "verdict_rules",
]
