"""What slides remark beside the figures: where these come from, and whose verdict a person set and why."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.briefing import facts
from zyb.briefing.model import Briefing, RegionLine, Section
from zyb.deck import measuring
from zyb.numerals import value_number, value_text

ADJUSTED = "人工调整"
# Reasons on a slide are cut to one of these numbers of letters, the longest that fits.
REASON_LENGTHS = (500, 120, 80, 50, 30, 16, 8)
MOST_SOURCES = 3


def source(briefing: Briefing, section: Section | None) -> str:
    """As the report itself names it, otherwise the ledgers that the figures come from."""
    told = [section] if section else briefing.sections
    named = [origin for one in told if (origin := one.origin)]
    named = named or [f"《{found.ledger}》" for one in told for found in one.sources]
    each = list(dict.fromkeys(named))
    more = "等" if len(each) > MOST_SOURCES else ""
    return f"数据来源：{'、'.join(each[:MOST_SOURCES])}{more}" if each else ""


def described(section: Section, line: RegionLine) -> str:
    """For screen readers: “西安市：完成率58.2%，达到序时”."""
    known = line.value is not None
    rate = f"{section.short_title}{value_text(line.value, section.kind)}，" if known else ""
    return f"{line.name}：{rate}{line.judgement.title}{told_beside(line)}"


def on_map(section: Section, line: RegionLine) -> str:
    """“54.8”, of a growth “+12.3”: places for labels were measured without “%”; the caption has it."""
    if line.value is None:
        return line.judgement.title
    return value_number(line.value, section.kind)


# --- verdicts that a person set ----------------------------------------------------------------------


def adjusted(section: Section) -> list[RegionLine]:
    """Whose verdict is a person's; in a report on one region that region."""
    return [line for line in facts.told_of(section) if line.judgement.proposed]


def told_beside(line: RegionLine) -> str:
    """Behind a verdict in words."""
    return f"（{ADJUSTED}）" if line.judgement.proposed else ""


def footnote(sections: Sequence[Section], width: float, size: float, most: int) -> str:
    """人工调整 on a slide: region, the rule's own verdict and the reason, in no more than `most` lines.

    `width` in inches, `size` in points. Reasons that would take more are cut; all of them stand in the notes.
    Of several measures each is named.
    """
    found = [(_measure(section, sections), line) for section in sections for line in adjusted(section)]
    if not found:
        return ""
    texts = [
        f"{facts.MARK} {ADJUSTED}　{'　'.join(facts.adjustment(line, about, n) for about, line in found)}"
        for n in REASON_LENGTHS
    ]
    fits = (text for text in texts if measuring.lines(text, width, size) <= most)
    return next(fits, _names_only(found))


def _measure(section: Section, sections: Sequence[Section]) -> str:
    return section.title if len(sections) > 1 else ""


def _names_only(found: Sequence[tuple[str, RegionLine]]) -> str:
    each = (f"{line.name}{about}（按规则为“{line.judgement.proposed}”）" for about, line in found)
    return f"{facts.MARK} {ADJUSTED}　{'、'.join(each)}，理由见备注。"
