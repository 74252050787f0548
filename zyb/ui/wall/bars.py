"""Bars with the tick of the pace, and verdicts, as slides of the full-screen briefing share them."""

from __future__ import annotations

from fractions import Fraction

from zyb.briefing.model import RegionLine, Section
from zyb.deck import remarks
from zyb.deck.legend import ground
from zyb.html import NOTHING, Markup, joined, tag
from zyb.numerals import value_text
from zyb.ui import look


def judged(line: RegionLine) -> Markup:
    mark = tag("span", remarks.ADJUSTED, classes="z-adjusted-mark") if line.judgement.proposed else NOTHING
    return joined(look.badge(line.judgement.title, line.judgement.tone), mark)


def full_scale(section: Section) -> float:
    """The end of the axis that all bars of a measure share."""
    known = [abs(float(v)) for line in section.lines for v in (line.value, line.pace) if v is not None]
    whole = 0.0 if section.counts else abs(float(section.whole.value or 0))
    most = max([*known, whole])
    return max(1.0, most) if section.kind in ("ratio", "survey") else (most * 1.1 or 1.0)


def bar(section: Section, line: RegionLine, full: float) -> Markup:
    value = None if line.value is None else float(line.value)
    pace = None if line.pace is None else float(line.pace)
    # Hatched means that nothing was reported; what has no pace to be judged by is a plain bar.
    is_unjudged = value is not None and (line.judgement.tone == "missing" or not section.judges)
    colour = ground(section, line).colour if is_unjudged and line in section.lines else ""
    return look.bullet(value, pace, "plain" if is_unjudged else line.judgement.tone, full=full, colour=colour)


def _at(share: Fraction, full: float) -> str:
    return f"{100 * min(max(float(share) / full, 0.0), 1.0):.2f}%"


def tick_words(section: Section, pace: Fraction, full: float) -> Markup:
    """Over the tick of the pace, on the side where there is room."""
    side = "z-before" if float(pace) / full > 0.6 else "z-after"
    words = f"{section.yardstick} {value_text(pace, section.kind)}{section.gap_unit}"
    return tag("div", words, classes=f"z-tick-words {side}", style=f"left:{_at(pace, full)}")
