"""What a report compares its figures with: the report before, or the last one before its quarter or year began."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zyb.answers.progress import View
from zyb.briefing.outlines import Comparison

MONTHS_A_QUARTER = 3


def compared(seen: View, comparison: Comparison) -> View:
    """The view with the edition that this kind of report looks back to; none where nothing was reported then."""
    begun = _beginning(comparison, seen.on)
    if begun is None:
        return seen
    earlier = [edition for edition in seen.history if edition.on < begun]
    return replace(seen, previous=earlier[-1] if earlier else None)


def _beginning(comparison: Comparison, day: date) -> date | None:
    """The first day of the quarter or year that the report is about."""
    if comparison.id == "year":
        return date(day.year, 1, 1)
    if comparison.id == "quarter":
        return date(day.year, day.month - (day.month - 1) % MONTHS_A_QUARTER, 1)
    return None
