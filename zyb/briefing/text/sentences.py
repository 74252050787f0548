"""The sentences of a report, by rule: what is said when, with the figures that each rests on."""

from __future__ import annotations

from collections.abc import Mapping

from zyb.briefing.text.alerting import overdue, unheard
from zyb.briefing.text.calling import deadline, focus, forecast, press, remainder, reply, schedule_note
from zyb.briefing.text.standing import (
    annual,
    average,
    behind,
    change,
    few,
    lead,
    missing,
    overall,
    place,
    quiet,
    ranking,
    stalled,
)
from zyb.briefing.text.telling import SentenceRule
from zyb.errors import RulesError

RULES: Mapping[str, SentenceRule] = {
    "lead": lead, "quiet": quiet, "few": few, "overall": overall, "missing": missing, "change": change, "ranking": ranking,
    "average": average, "annual": annual, "behind": behind, "stalled": stalled, "remainder": remainder,
    "deadline": deadline, "forecast": forecast, "schedule": schedule_note, "focus": focus, "press": press,
    "place": place, "reply": reply, "overdue": overdue, "unheard": unheard,
}  # fmt: skip

# These are about all measures of a campaign, and stand in a paragraph of their own.
OF_CAMPAIGN = ("unheard", "overdue")


def rule_of(name: str) -> SentenceRule:
    """The rule of a sentence that an outline names."""
    if name not in RULES:
        raise RulesError(
            "briefing.toml", f"sentences “{name}”", f"没有这个句子。可用的句子：{'、'.join(RULES)}。"
        )
    return RULES[name]
