"""The sentences of a report, by rule: what is said when, with the figures that each rests on.

A rule returns None when it has nothing to say; the words are in data/rules/wording.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zyb.briefing import facts
from zyb.briefing.model import Figure, Line, Section, Sentence
from zyb.briefing.outlines import CampaignText, Group, KindOfReport, rhythm
from zyb.briefing.text.phrases import (
    LONGEST_TIE,
    change_in_points,
    grown,
    listed,
    ordinal,
    placed,
    task_of,
    valued,
)
from zyb.briefing.text.wording import Wording
from zyb.errors import RulesError
from zyb.numerals import absolute_points, percent
from zyb.periods import chinese_day, schedule

MONTHS_A_YEAR = 12
# So many names can stand in a subordinate clause.
FEW = 3


@dataclass(frozen=True)
class Telling:
    """What the rules may speak of: one measure in full, and beside it the campaign's other measures."""

    kind: KindOfReport
    campaign: CampaignText
    wording: Wording
    scope: str
    """“全省” or the region's name."""
    section: Section
    annual: Section | None
    others: Mapping[str, Section]
    rules_said: bool
    """Whether the rule behind the verdicts was already given: it stands in brackets at its first use."""
    verdict_rules: str
    schedule_annexes: tuple[int, ...]
    """The numbers of the annexes with the 倒排工期 of all measures that are told in full."""

    @property
    def variants(self) -> tuple[str, str]:
        """A wording for this very measure comes before one for its kind."""
        return (self.section.measure_id, self.section.kind)

    def say(self, rule: str, said: Mapping[str, object], figures: Iterable[Figure] = ()) -> Sentence:
        return Sentence(rule, self.wording.say(rule, said, *self.variants), tuple(figures))


Rule = Callable[[Telling], Sentence | None]


# -- figures and common facts ----------------------------------------------------------------


def _amounts(section: Section, line: Line) -> tuple[Figure, ...]:
    """Both sides of a region's value."""
    return (
        Figure(f"{line.name}{section.denominator_title}", f"{line.denominator}{section.unit}", section.measure_id, line.code),
        Figure(f"{line.name}{section.numerator_title}", f"{line.numerator}{section.unit}", section.measure_id, line.code),
    )  # fmt: skip


def _value(section: Section, line: Line) -> Figure:
    shown = valued(line.value, section.kind)
    return Figure(f"{line.name}{section.title}", shown, section.measure_id, line.code)


def _remaining(section: Section, line: Line) -> Figure:
    return Figure(f"{line.name}还差", f"{line.remaining}{section.unit}", section.measure_id, line.code)


def _gap(section: Section, line: Line) -> Figure:
    return Figure(
        f"{line.name}{section.title}", facts.against_pace(section, line), section.measure_id, line.code
    )


def _sides(section: Section, line: Line) -> dict[str, object]:
    return {
        "指标": section.title,
        "分母": section.denominator_title,
        "总数": line.denominator,
        "分子": section.numerator_title,
        "完成数": line.numerator,
        "单位": section.unit,
        "比率": percent(line.value),
        "增减": grown(line.value) if line.value is not None else "",
    }


# -- rules -----------------------------------------------------------------------------------


def lead(t: Telling, *, supervised: bool = True) -> Sentence:
    """`supervised`: a 督办单 names something that is, and not only what is watched."""
    said = {
        "督办": supervised,
        "要求": rhythm(t.section.whole.code, t.campaign.id),
        "范围": t.scope,
        "专项": task_of(t.campaign.subject),
        "来源": t.campaign.source,
        "截至": chinese_day(t.section.as_of),
    }
    return Sentence("lead", t.wording.say("lead", said, t.kind.id))


def overall(t: Telling) -> Sentence | None:
    """The whole first, then each region that reported, in roster order."""
    section = t.section
    if section.whole.numerator is None or not section.whole.denominator:
        return None
    told = [line for line in section.lines if line.numerator is not None and line.denominator]
    regions = [_of_region(t, line) for line in told]
    said = _sides(section, section.whole) | {
        "范围": t.scope,
        "年度": section.as_of.year,
        "目标": _target(section),
        "指标值": rate(t, section),
        "各地": "；".join(regions),
    }
    figures = [*_amounts(section, section.whole), _value(section, section.whole)]
    for line in told:
        figures += _amounts(section, line)
    return t.say("overall", said, figures)


def _of_region(t: Telling, line: Line) -> str:
    """Old figures beside new ones say of when they are."""
    text = t.wording.say("region", _sides(t.section, line) | {"地区": line.name}, *t.variants)
    return f"{text}（截至{chinese_day(line.as_of)}）" if line.stale and line.as_of else text


def rate(t: Telling, section: Section) -> str:
    """“完成率54.8%”, “帮扶不少于20家的县区占26.2%”: a title that names no rate has its own words."""
    said = {"指标": section.before_value or section.title, "比率": valued(section.whole.value, section.kind)}
    return t.wording.say("rate", said, section.measure_id, section.kind)


def _target(section: Section) -> str:
    """“30%”: a target in whole percents is written so."""
    if section.target is None:
        return ""
    return percent(section.target).replace(".0%", "%")


def missing(t: Telling) -> Sentence | None:
    absent, carried = facts.absent(t.section), facts.carried(t.section)
    if not absent and not carried:
        return None
    everybody = len(absent) == len(facts.told_of(t.section))
    return t.say(
        "missing",
        {
            "截至": chinese_day(t.section.as_of),
            "地区": listed([line.name for line in absent]),
            "全部": everybody,
            "沿用": carried,
        },
    )


def change(t: Telling) -> Sentence | None:
    section, moved = t.section, facts.change(t.section)
    pace = facts.against_pace(section, section.whole)
    if moved is None and not pace:
        return None
    said = change_facts(t) | {
        "范围": t.scope,
        "序时": percent(section.pace) if section.under_way and section.paced else "",
        "快慢": pace,
        "指标简称": section.short_title,
        "分子": facts.told(section.numerator_title),
        "单位": section.unit,
    }
    figures = [_gap(section, section.whole)] if pace else []
    if moved:
        title = f"较{t.kind.compared.earlier}新增"
        figures.append(Figure(title, f"{moved.added}{section.unit}", section.measure_id, section.whole.code))
    return t.say("change", said, figures)


def change_facts(t: Telling) -> dict[str, object]:
    moved, previous = facts.change(t.section), t.section.previous_as_of
    return {
        "上期称": t.kind.compared.earlier,
        "上期": chinese_day(previous) if moved and previous else "",
        "新增": max(moved.added, 0) if moved else 0,
        "减少": max(-moved.added, 0) if moved else 0,
        "变化": change_in_points(moved.moved) if moved and moved.moved is not None else "",
    }


def ranking(t: Telling) -> Sentence | None:
    section, known = t.section, facts.reported(t.section)
    if len(known) < 2:
        return None
    first, last = facts.leaders(section), facts.trailers(section)
    equal = {line.value for line in known}
    overlapping = not first or bool(set(first) & set(last))
    said = {
        "指标简称": section.short_title,
        "位数": ordinal(facts.places(section)),
        "居前": placed(first, section.kind),
        "居后": _trailing(section, first, last, known),
        "全部排名": placed([line for line in section.ranked() if line.value is not None], section.kind)
        if overlapping
        else "",
        "并列值": valued(known[0].value, section.kind) if len(equal) == 1 else "",
    }
    named = known if overlapping else [*first, *last]
    return t.say("ranking", said, (_value(section, line) for line in named))


def _trailing(section: Section, first: Sequence[Line], last: Sequence[Line], known: Sequence[Line]) -> str:
    """The last places; when all others share them they are not listed."""
    equal = len({line.value for line in last}) == 1 and len(last) > LONGEST_TIE
    if equal and len(first) + len(last) == len(known):
        return f"其余{len(last)}地并列（{valued(last[0].value, section.kind)}）"
    return placed(last, section.kind)


def average(t: Telling) -> Sentence | None:
    section, known = t.section, facts.reported(t.section)
    mean = section.whole.value
    if mean is None or len(known) < 2 or len({line.value for line in known}) == 1:
        return None
    above = [line for line in known if line.value is not None and line.value > mean]
    below = [line for line in known if line.value is not None and line.value < mean]
    said = {
        "高于": len(above),
        "低于": len(below),
        "等于": len(known) - len(above) - len(below),
        "称谓": facts.called(section),
    }
    return t.say("average", said, [_value(section, section.whole)])


def annual(t: Telling) -> Sentence | None:
    """How far the yearly task is; in a report by year, at the year's end, who kept it."""
    section = t.annual
    if section is None or section.whole.denominator is None or not section.lines:
        return None
    if judged_by_year(t.kind, t.annual):
        return _kept(t, section)
    said = _sides(section, section.whole) | {"年度": section.as_of.year}
    text = t.wording.say("annual", said, "running")
    return Sentence("annual", text, _amounts(section, section.whole))


def judged_by_year(kind: KindOfReport, annual: Section | None) -> bool:
    return kind.by_year and annual is not None and annual.as_of.month == MONTHS_A_YEAR


def _kept(t: Telling, section: Section) -> Sentence:
    done = [line for line in section.lines if line.judgement.id == "finished"]
    owed = [line for line in section.lines if line.denominator]
    right = _set_right(t, section)
    late = [line for line in facts.behind(section) if line not in right]
    everybody = len(done) + len(right) + len(late) == len(owed)
    said = _sides(section, section.whole) | {
        "年度": section.as_of.year,
        "完成地区": _named(done),
        "全部完成": len(done) == len(owed),
        "无一完成": not done and everybody and not right,
        "认定地区": _named(right),
        "其余": "其余各地" if everybody else _named(late),
        "缓慢": "、".join(line.name for line in _slow_in_year(t, section)),
    }
    return Sentence(
        "annual", t.wording.say("annual", said), tuple(_value(section, line) for line in section.lines)
    )


def _set_right(t: Telling, section: Section) -> list[Line]:
    """Who missed the yearly task, but keeps pace in the whole task by a person's verdict."""
    right = {line.code for line in facts.at_pace(t.section) if line.judgement.proposed}
    return [line for line in facts.behind(section) if line.code in right]


def _slow_in_year(t: Telling, section: Section) -> list[Line]:
    right = _set_right(t, section)
    return [line for line in facts.judged(section, "slow", "nothing_done") if line not in right]


def behind(t: Telling) -> Sentence | None:
    """By the pace, unless the year was the basis. A verdict that a person set counts as set."""
    section = t.section
    if not section.under_way or not facts.reported(section) or judged_by_year(t.kind, t.annual):
        return None
    late = facts.behind(section)
    said = {
        "规则": "" if t.rules_said or not section.paced else t.verdict_rules,
        "对照": section.yardstick,
        "无滞后": "" if late else facts.nobody_behind(section),
        "评价": "；".join(_late_groups(section)),
    }
    return t.say("behind", said, (_gap(section, line) for line in late))


def _late_groups(section: Section) -> list[str]:
    """“安康市进展相对滞后；杨凌示范区、延安市进展缓慢，分别低于序时进度44.6、35.4个百分点；…尚为零进展”."""
    lagging, slow, nothing = (
        facts.judged(section, verdict) for verdict in ("lagging", "slow", "nothing_done")
    )
    groups = []
    if lagging:
        groups.append(f"{_named(lagging)}进展相对滞后{_below(section, lagging)}")
    if slow:
        groups.append(f"{_named(slow)}进展缓慢{_below(section, slow)}")
    if nothing:
        groups.append(f"{_named(nothing)}尚为零进展")
    return groups


def _named(lines: Sequence[Line]) -> str:
    return listed([line.name for line in lines])


def _below(section: Section, lines: Sequence[Line]) -> str:
    """How far below; only where all of them are (a person may have named one who is not)."""
    gaps = [line.gap for line in lines if line.gap is not None and line.gap < 0]
    if len(gaps) < len(lines) or any(absolute_points(gap) == "0.0" for gap in gaps):
        return ""
    shown = [absolute_points(gap) for gap in gaps]
    if len(set(shown)) == 1:
        return f"，{'均' if len(shown) > 1 else ''}低于{section.yardstick}{shown[0]}个百分点"
    return f"，分别低于{section.yardstick}{'、'.join(shown)}个百分点"


def stalled(t: Telling) -> Sentence | None:
    standing_still = facts.stalled(t.section)
    if not standing_still:
        return None
    moving = [line.name for line in t.section.lines if line.added]
    everybody = facts.everybody_told(t.section)
    changed = facts.change(t.section)
    if not moving and everybody and changed and changed.added == 0:
        return None  # said already of the whole
    said = {
        "本期称": t.kind.compared.now,
        "地区": listed([line.name for line in standing_still]),
        "分子": facts.told(t.section.numerator_title),
        "除外": listed(moving) if 0 < len(moving) < len(standing_still) and everybody else "",
        "全部": not moving and everybody,
    }
    return t.say(
        "stalled",
        said,
        (
            Figure(f"{line.name}较{t.kind.compared.earlier}新增", "0", t.section.measure_id, line.code)
            for line in standing_still
        ),
    )


def remainder(t: Telling) -> Sentence | None:
    section = t.section
    if section.whole.value is None or section.whole.remaining is None:
        return None
    if section.whole.remaining == 0 and section.under_way and section.lines:
        return None  # said already by who is behind: nobody
    left, regional = section.whole.remaining, facts.regional_remainder(section)
    holders, only = facts.main_holders(section), facts.only_holder(section)
    plain = left == regional and not (holders or only or _surplus(section))
    if plain and len(facts.reported(section)) > 1 and deadline_facts(section):
        return None  # the number alone stands in what the deadline demands
    share = Fraction(facts.held(holders), regional) if regional else None
    several = "合计" if len(holders) > 1 else ""
    said = {
        "范围": t.scope,
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
    figures = [_remaining(section, line) for line in (section.whole, *holders, *([only] if only else []))]
    return t.say("remainder", said, figures)


def _surplus(section: Section) -> int:
    """What some regions did beyond their own task, which does not do another's."""
    done, due = section.whole.numerator, section.whole.denominator
    if section.kind != "ratio" or done is None or due is None or not section.lines:
        return 0
    return max(facts.regional_remainder(section) - (due - done), 0) if section.target in (None, 1) else 0


def deadline(t: Telling) -> Sentence | None:
    said = deadline_facts(t.section) if t.section.whole.remaining else {}
    return t.say("deadline", said, [_remaining(t.section, t.section.whole)]) if said else None


def deadline_facts(section: Section) -> dict[str, object]:
    """Empty where no document sets a deadline."""
    if section.due is None or section.whole.remaining is None:
        return {}
    return _schedule_facts(section, section.due, section.whole.remaining)


def _schedule_facts(section: Section, due: date, left: int) -> dict[str, object]:
    plan = schedule(left, due, section.as_of, section.unit)
    return {
        "时限": chinese_day(due),
        "周数": plan.weeks_left,
        "剩余": plan.remaining,
        "单位": section.unit,
        "每周": plan.per_week or "",
        "每月": plan.per_month or "",
        "超时": plan.overdue,
        "当日": plan.days_left == 0,
        "全部完成": plan.remaining == 0,
    }


def forecast(t: Telling) -> Sentence | None:
    """Nothing from fewer than two reports, and nothing when nothing is left."""
    told = t.section.whole.forecast
    return t.say("forecast", {"预测": told}) if told else None


def schedule_note(t: Telling) -> Sentence | None:
    wanted = t.section.due and t.section.whole.remaining and t.schedule_annexes
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
    return t.say("focus", {"各地": "；".join(parts)}, (_remaining(section, line) for line in late))


def _far_behind(t: Telling) -> list[Line]:
    """By the yearly task where that is what the report judges by."""
    if t.annual is None or not judged_by_year(t.kind, t.annual):
        return facts.judged(t.section, "slow", "nothing_done")
    own = {line.code: line for line in t.section.lines}
    return [own[line.code] for line in _slow_in_year(t, t.annual) if line.code in own]


# Regions with the same demand are named together.
SAME_DEMAND = ("每周", "每月", "超时", "当日")


def _demands(t: Telling, due: date, late: Sequence[Line]) -> list[str]:
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in late:
        said = _schedule_facts(t.section, due, line.remaining or 0)
        groups.setdefault(tuple(said[name] for name in SAME_DEMAND), []).append(line)
    return [_demand(t, due, equal) for equal in groups.values()]


def _demand(t: Telling, due: date, equal: Sequence[Line]) -> str:
    """“邢台、廊坊两市分别剩余92、37家，均须在时限前全部完成”."""
    left = [line.remaining or 0 for line in equal]
    apart = len(set(left)) > 1
    said = _schedule_facts(t.section, due, left[0]) | {
        "地区": _named(equal),
        "剩余": "、".join(map(str, left if apart else left[:1])),
        "分别": "分别" if apart else "各" if len(equal) > 1 else "",
        "均": "均" if len(equal) > 1 else "",
    }
    return t.say("demand", said).text


def press(t: Telling) -> Sentence | None:
    return t.say("press", {}) if focus(t) else None


def place(t: Telling) -> Sentence | None:
    """Of a report on one region: its place in the province."""
    line = t.section.whole
    if line.rank is None:
        return None
    share = percent(line.share_of_remaining) if line.share_of_remaining else ""
    said = {"指标简称": t.section.short_title, "位次": line.rank, "并列": line.tied, "占比": share}
    return t.say("place", said, [_value(t.section, line)])


def reply(t: Telling) -> Sentence:
    return t.say("reply", {"地区": t.scope})


RULES: Mapping[str, Rule] = {
    "lead": lead, "overall": overall, "missing": missing, "change": change, "ranking": ranking,
    "average": average, "annual": annual, "behind": behind, "stalled": stalled, "remainder": remainder,
    "deadline": deadline, "forecast": forecast, "schedule": schedule_note, "focus": focus, "press": press,
    "place": place, "reply": reply,
}  # fmt: skip


def rule_of(name: str) -> Rule:
    """The rule of a sentence that an outline names."""
    if name not in RULES:
        raise RulesError(
            "briefing.toml", f"sentences “{name}”", f"没有这个句子。可用的句子：{'、'.join(RULES)}。"
        )
    return RULES[name]


# -- groups of measures ------------------------------------------------------------------------


def group(t: Telling, wanted: Group) -> Sentence | None:
    """“四率方面，申报率为98.2%（…），…”; measures that nobody reported are left out."""
    known = [t.others[name] for name in wanted.measures if name in t.others]
    told = [section for section in known if section.whole.value is not None]
    if not told:
        return None
    reservations = {_reservation(section) for section in told}
    shared = reservations.pop() if len(reservations) == 1 else ""
    said = {
        "组名": wanted.title,
        "各项": "；".join(_member(t, wanted, section, shared) for section in told),
        "说明": shared,
    }
    text = t.wording.say("group", said)
    return Sentence("group", text, tuple(_value(section, section.whole) for section in told))


def _reservation(section: Section) -> str:
    """Whose figures are not in the sum, and whose are old."""
    absent = [line.name for line in facts.absent(section)]
    without = f"不含未报送的{listed(absent)}" if absent else ""
    return "；".join(filter(None, (without, facts.carried(section))))


def _member(t: Telling, wanted: Group, section: Section, said_for_all: str) -> str:
    """Whatever is not said once for the whole group is said here in brackets."""
    known = facts.reported(section)
    said = _sides(section, section.whole) | {
        "指标": section.title.removeprefix(wanted.leave_out),
        "目标": _target(section),
        "最低": _lowest(section, known),
    }
    text = t.wording.say("member", said, section.measure_id, section.kind)
    other_day = f"截至{chinese_day(section.as_of)}" if section.as_of != t.section.as_of else ""
    own = "" if said_for_all else _reservation(section)
    aside = "；".join(filter(None, (other_day, own)))
    return f"{text}（{aside}）" if aside else text


def _lowest(section: Section, known: Sequence[Line]) -> str:
    """Who is last, all of them; nobody where all are equal."""
    values = {line.value for line in known if line.value is not None}
    if len(values) < 2:
        return ""
    last = [line for line in known if line.value == min(values)]
    names = f"有{len(last)}地" if len(last) > FEW else f"是{'、'.join(line.name for line in last)}"
    return f"{names}（{valued(last[0].value, section.kind)}）"
