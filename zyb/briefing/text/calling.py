"""What is to be done: the remainder, the deadline, the forecast, whom to press and by how much a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from zyb.briefing import facts
from zyb.briefing.model import RegionLine, Section, Sentence
from zyb.briefing.text.phrases import (
    listed,
)
from zyb.briefing.text.standing import judged_by_year, named, slow_in_year
from zyb.briefing.text.telling import Telling, remaining
from zyb.numerals import percent
from zyb.periods import Schedule, schedule
from zyb.wording.schedules import scheduled, task_of


def remainder(t: Telling) -> Sentence | None:
    section = t.section
    if section.whole.value is None or section.whole.remaining is None:
        return None
    if section.whole.remaining == 0 and section.lines and (section.under_way or facts.few_speak(section)):
        return None  # said already by who is behind: nobody; and what is not judged is not called done
    left, regional = section.whole.remaining, facts.regional_remainder(section)
    holders, only = facts.main_holders(section), facts.only_holder(section)
    plain = left == regional and not (holders or only or _surplus(section))
    if plain and len(facts.reported(section)) > 1 and deadline_facts(section):
        return None  # the number alone stands in what the deadline demands
    share = Fraction(facts.held(holders), regional) if regional else None
    several = "合计" if len(holders) > 1 else ""
    said = {
        "范围": t.scope if left else _who_is_done(t),
        "累计": judged_by_year(t.kind, t.annual),
        "全部完成": left == 0,
        "剩余": left,
        "各地剩余": regional if regional != left else "",
        "超额": _surplus(section),
        "单位": section.unit,
        "主要地区": listed([line.name for line in holders]) + several if holders else "",
        "主要剩余": facts.held(holders),
        "主要占比": percent(share),
        "唯一地区": only.name if only else "",
    }
    figures = [remaining(section, line) for line in (section.whole, *holders, *([only] if only else []))]
    return t.say("remainder", said, figures)


def _who_is_done(t: Telling) -> str:
    """The whole has done all only where all have spoken."""
    if facts.everybody_spoke(t.section):
        return t.scope
    return "已报送的地区合计" if t.section.together else "已报送的地区均"


def _surplus(section: Section) -> int:
    """What some regions did beyond their own task, which does not do another's."""
    done, due = section.whole.numerator, section.whole.denominator
    if section.kind != "ratio" or section.falls or done is None or due is None or not section.lines:
        return 0
    return max(facts.regional_remainder(section) - (due - done), 0) if section.target in (None, 1) else 0


def deadline(t: Telling) -> Sentence | None:
    said = deadline_facts(t.section) if t.section.whole.remaining else {}
    return t.say("deadline", said, [remaining(t.section, t.section.whole)]) if said else None


def deadline_facts(section: Section) -> dict[str, object]:
    """Empty where no document sets a deadline, and once the campaign is closed."""
    if section.due is None or section.whole.remaining is None or section.closed:
        return {}
    return _schedule_facts(section, section.due, section.whole.remaining)


def _schedule_facts(section: Section, due: date, left: int) -> dict[str, object]:
    return scheduled(_schedule(section, due, left))


def _schedule(section: Section, due: date, left: int) -> Schedule:
    return schedule(left, due, section.counted_from, section.unit, section.always)


def forecast(t: Telling) -> Sentence | None:
    """Nothing from fewer than two reports, and nothing when nothing is left."""
    told = t.section.whole.forecast
    return t.say("forecast", {"预测": told}) if told else None


def schedule_note(t: Telling) -> Sentence | None:
    wanted = t.section.due and t.section.whole.remaining and t.schedule_annexes and not t.section.closed
    return t.say("schedule", {"附件号": "、".join(map(str, t.schedule_annexes))}) if wanted else None


def focus(t: Telling) -> Sentence | None:
    """What each region that is far behind has to bring."""
    section = t.section
    late = [line for line in _far_behind(t) if line.remaining and line.demand]
    if not late:
        late = [line for line in facts.judged(section, "lagging") if line.remaining and line.demand]
    if not late:
        return None
    parts = _demands(t, section.due, late) if section.due else []
    return t.say("focus", {"各地": "；".join(parts)}, (remaining(section, line) for line in late))


def _far_behind(t: Telling) -> list[RegionLine]:
    """By the yearly task where that is what the report judges by."""
    if t.annual is None or not judged_by_year(t.kind, t.annual):
        return facts.judged(t.section, "slow", "nothing_done")
    own = {line.code: line for line in t.section.lines}
    return [own[line.code] for line in slow_in_year(t, t.annual) if line.code in own]


# Regions with the same demand are named together.
SAME_DEMAND = ("每周", "每月", "超时", "当日")


def _demands(t: Telling, due: date, late: Sequence[RegionLine]) -> list[str]:
    groups: dict[tuple[object, ...], list[RegionLine]] = {}
    for line in late:
        said = _schedule_facts(t.section, due, line.remaining or 0)
        groups.setdefault(tuple(said[name] for name in SAME_DEMAND), []).append(line)
    return [_demand(t, due, equal) for equal in groups.values()]


def _demand(t: Telling, due: date, equal: Sequence[RegionLine]) -> str:
    """“邢台、廊坊两市分别剩余92、37家，均须在时限前全部完成”."""
    left = [line.remaining or 0 for line in equal]
    apart = len(set(left)) > 1
    said = _schedule_facts(t.section, due, left[0]) | {
        "地区": named(equal),
        "剩余": "、".join(map(str, left if apart else left[:1])),
        "分别": "分别" if apart else "各" if len(equal) > 1 else "",
        "均": "均" if len(equal) > 1 else "",
        "要求": task_of(
            _schedule(t.section, due, left[0]),
            *t.section.variants,
        ),
    }
    return t.say("demand", said).text


def press(t: Telling) -> Sentence | None:
    return t.say("press", {}) if focus(t) else None


def reply(t: Telling) -> Sentence:
    return t.say("reply", {"地区": t.scope})
