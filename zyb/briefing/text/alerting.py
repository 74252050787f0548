"""What the alerts know of a campaign: which deadlines were missed, and what was due and has never come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from zyb.alerting import MissedDeadline, Unheard
from zyb.briefing.model import Sentence
from zyb.briefing.text.phrases import listed
from zyb.briefing.text.standing import target
from zyb.briefing.text.telling import Telling
from zyb.numerals import value_text
from zyb.periods import chinese_day

# So many names can stand in a bracket.
FEW = 3


def overdue(t: Telling) -> Sentence | None:
    """“……已过时限仍未达到目标”: first the day that was missed, then the present one, as the alerts have them."""
    never = {one.measure.id for one in t.unheard}
    late = [one for one in t.overdue if one.measure.id not in never or one.behind or one.unsettled]
    if not late:
        return None
    measures = (list(own) for _, own in groupby(late, key=lambda one: one.measure.id))
    said = {"截至": chinese_day(t.on), "各项": "、".join(_member(t, own) for own in measures)}
    return Sentence("overdue", t.wording.say("overdue", said))


def _member(t: Telling, deadlines: Sequence[MissedDeadline]) -> str:
    """A measure is named once. Figures that go on over the years may have missed several days by the same."""
    same = [list(alike) for _, alike in groupby(deadlines, key=_what_is_left)]
    said = {"指标": deadlines[0].measure.title, "各时限": "；".join(_late(t, alike) for alike in same)}
    return t.wording.say("overdue_member", said)


def _what_is_left(one: MissedDeadline) -> tuple[object, ...]:
    return one.claimed, *((by.region, by.missed.remaining, by.missed.unsettled) for by in one.by)


def _late(t: Telling, alike: Sequence[MissedDeadline]) -> str:
    """Value and target only where they are those of the deadline itself, and not of another year."""
    one = alike[-1]
    section = t.section_of(one.measure.id)
    own = section if section and section.due == one.due and section.whole.value is not None else None
    of_whole = one.measure.whole
    said = {
        "比率": value_text(own.whole.value, own.kind) + own.gap_unit if own else "",
        "目标": target(own) if own else "",
        "时限": "、".join(chinese_day(each.due) for each in alike),
        "认领": one.claimed,
        "地区": "" if of_whole else _names(one.behind),
        "还差": _left(one),
        "待核实": t.whole if of_whole and one.unsettled else _names(one.unsettled),
        "未报送": t.whole if of_whole and one.unheard else _names(one.unheard),
    }
    return t.wording.say("overdue_deadline", said)


def _left(one: MissedDeadline) -> str:
    """“还差45家”; of a survey nobody knows how many that is."""
    if one.measure.surveys or not one.remaining:
        return ""
    return f"{one.measure.lacking}{one.remaining}{one.measure.unit}"


def _names(regions: Sequence[str]) -> str:
    return listed(regions) if len(regions) <= FEW else f"{len(regions)}个地区"


def unheard(t: Telling) -> Sentence | None:
    """What was due and nobody has ever reported; of a silent campaign with the demand to do so."""
    if not t.unheard:
        return None
    said = {
        "截至": chinese_day(t.on),
        "各项": "、".join(t.wording.say("unheard_member", _unheard(one)) for one in t.unheard),
        "全部": t.silent,
    }
    return Sentence("unheard", t.wording.say("unheard", said))


def _unheard(one: Unheard) -> dict[str, object]:
    return {
        "指标": one.measure.title,
        "起": f"{one.since.year}年{one.since.month}月",
        "时限": chinese_day(one.due) if one.due else "",
    }
