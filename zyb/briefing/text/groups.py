"""Several measures of one kind told in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.briefing import facts
from zyb.briefing.model import RegionLine, Section, Sentence
from zyb.briefing.outlines import MeasureGroup
from zyb.briefing.text.phrases import (
    listed,
)
from zyb.briefing.text.standing import target
from zyb.briefing.text.telling import Telling, sides, value
from zyb.numerals import count, value_text
from zyb.periods import chinese_day

# So many names can stand in a subordinate clause.
FEW = 3


def group(t: Telling, wanted: MeasureGroup) -> Sentence | None:
    """“四率方面，申报率为98.2%（…），…”; measures that nobody reported are left out."""
    known = [t.others[name] for name in wanted.measures if name in t.others]
    told = [section for section in known if section.whole.value is not None]
    if not told:
        return None
    reservations = {_reservation(section) for section in told}
    shared = reservations.pop() if len(reservations) == 1 else ""
    said = {
        "组名": wanted.title,
        "各项": "；".join(_member(t, section, shared) for section in told),
        "说明": shared,
    }
    text = t.wording.say("group", said)
    return Sentence("group", text, tuple(value(section, section.whole) for section in told))


def _reservation(section: Section) -> str:
    """Whose figures are not in the sum, whose are old, and what could not be placed."""
    absent = [line.name for line in facts.absent(section)]
    said = "未报送的{}按尚未完成计" if section.together else "不含未报送的{}"
    without = said.format(listed(absent)) if absent else ""
    return "；".join(filter(None, (without, facts.carried(section), *section.caveats)))


def _member(t: Telling, section: Section, said_for_all: str) -> str:
    """Whatever is not said once for the whole group is said here in brackets."""
    known = facts.comparable(section)
    said = sides(section, section.whole) | {
        "指标": section.title_in_group,
        "剩余": count(section.whole.remaining) if section.whole.remaining else "",
        "目标": target(section),
        "最低": "" if section.together else _lowest(section, known),
    }
    text = t.wording.say("member", said, *section.variants)
    other_day = f"截至{chinese_day(section.as_of)}" if section.as_of != t.section.as_of else ""
    own = "" if said_for_all else _reservation(section)
    aside = "；".join(filter(None, (other_day, own)))
    return f"{text}（{aside}）" if aside else text


def _lowest(section: Section, known: Sequence[RegionLine]) -> str:
    """Who is last, all of them; nobody where all are equal. The wording says whether that is the lowest or the highest."""
    values = {line.value for line in known if line.value is not None}
    if len(values) < 2:
        return ""
    weakest = max(values) if section.falls else min(values)
    last = [line for line in known if line.value == weakest]
    names = f"有{len(last)}地" if len(last) > FEW else f"是{'、'.join(line.name for line in last)}"
    return f"{names}（{value_text(last[0].value, section.kind)}）"
