"""指标: what is measured, against which plan, and which document says so."""

from __future__ import annotations

from zyb.rulebook.campaigns import campaigns
from zyb.rulebook.measures.loading import measures, parse_measures
from zyb.rulebook.measures.model import (
    COUNTIES,
    INSTITUTIONS,
    TARGET_NUMBER,
    Breakdown,
    Caveat,
    Measure,
    Operand,
    Plan,
    Sides,
)
from zyb.rulebook.measures.national import booked_by_day, measure_ids, survey_ids

__all__ = [
    "COUNTIES",
    "INSTITUTIONS",
    "TARGET_NUMBER",
    "Breakdown",
    "Caveat",
    "Measure",
    "Operand",
    "Plan",
    "Sides",
    "booked_by_day",
    "campaigns",
    "measure_ids",
    "measures",
    "parse_measures",
    "survey_ids",
]
