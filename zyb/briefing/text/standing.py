"""Where the measure stands: lead, overall, change, ranking, average, who is behind, who stands still."""

from __future__ import annotations

from collections.abc import Sequence

from zyb.briefing import facts
from zyb.briefing.model import Figure, RegionLine, Section, Sentence
from zyb.briefing.outlines import KindOfReport, rhythm
from zyb.briefing.text.phrases import (
    LONGEST_TIE,
    change_in_points,
    listed,
    ordinal,
    placed,
    task_of,
)
from zyb.briefing.text.telling import MONTHS_A_YEAR, Telling, amounts, gap, sides, value
from zyb.numerals import absolute_points, percent, short_percent_number, value_text, worded
from zyb.periods import chinese_day
from zyb.rulebook.verdicts import OPEN
from zyb.standing import yardsticks


def lead(t: Telling, *, supervised: bool = True) -> Sentence:
    """`supervised`: a 督办单 names something that is, and not only what is watched."""
    said = {
        "督办": supervised,
        "未报送": t.silent,
        "要求": rhythm(t.province, t.campaign.id),
        "范围": t.scope,
        "专项": task_of(t.campaign.subject),
        "来源": t.campaign.source,
        "截至": chinese_day(t.section.as_of),
    }
    return Sentence("lead", t.wording.say("lead", said, t.kind.id))


def overall(t: Telling) -> Sentence | None:
    """The whole first, then each region that reported, in roster order."""
    section = t.section
    if not (_has_figures(section, section.whole) or (section.surveys and facts.reported(section))):
        return None
    told = [line for line in section.lines if _has_figures(section, line)]
    regions = [_of_region(t, line) for line in told]
    said = sides(section, section.whole) | {
        "范围": t.scope,
        "年度": section.as_of.year,
        "目标": target(section),
        "指标值": rate(t, section),
        "各地": "；".join(regions),
    }
    known = [section.whole] if section.whole.value is not None or not section.surveys else []
    figures = [figure for line in known for figure in (*amounts(section, line), value(section, line))]
    for line in told:
        figures += [value(section, line)] if section.surveys else amounts(section, line)
    return t.say("overall", said, figures)


def _has_figures(section: Section, line: RegionLine) -> bool:
    if section.surveys:
        return line.value is not None
    return line.numerator is not None and (section.counts or bool(line.denominator))


def _of_region(t: Telling, line: RegionLine) -> str:
    """Old figures beside new ones say of when they are."""
    text = t.wording.say("region", sides(t.section, line) | {"地区": line.name}, *t.variants)
    beside = [f"截至{chinese_day(line.as_of)}"] if line.stale and line.as_of else []
    beside += [line.partly] if line.partly else []
    return f"{text}（{'，'.join(beside)}）" if beside else text


def rate(t: Telling, section: Section) -> str:
    """“完成率54.8%”, “帮扶不少于20家的县区占26.2%”: a title that names no rate has its own words."""
    words, number = worded(
        section.before_value or section.title, section.fallen, section.whole.value, section.kind
    )
    number += section.gap_unit
    if section.surveys and section.whole.value is None:
        number = ""  # of the whole nothing is known, whatever its regions report
    return t.wording.say("rate", {"指标": words, "比率": number}, *section.variants)


def target(section: Section) -> str:
    """“30%”: a target in whole percents is written so."""
    if section.target is None:
        return ""
    if section.counts:
        each = "" if section.together or not section.lines else "每个地区"
        return f"{each}{value_text(section.target, section.kind)}{section.unit}"
    return f"{short_percent_number(section.target)}%"


def quiet(t: Telling) -> Sentence | None:
    """Said before anything: that for a whole period nobody has reported, and of when the figures are."""
    section = t.section
    if section.silent_from is None:
        return None
    judged = not facts.few_speak(section)
    said = {
        "起": chinese_day(section.silent_from),
        "截至": chinese_day(section.as_of),
        "范围": t.scope,
        "评价": judged,
    }
    return t.say("quiet", said)


def few(t: Telling) -> Sentence | None:
    """Said before anything of the whole: so few have reported this time that it is not judged."""
    section = t.section
    if not facts.few_speak(section) or section.silent_from:
        return None
    speaking, owing = facts.speaking(section), facts.owing(section)
    said = {
        "截至": chinese_day(section.as_of),
        "应报": len(owing),
        "地区": named(speaking),
        "部分": "、".join(f"{line.name}{line.partly}" for line in speaking if line.alone),
        "范围": t.scope,
        "有任务": section.target is not None,
    }
    return t.say("few", said)


def missing(t: Telling) -> Sentence | None:
    if t.silent:
        return None  # told of all its measures at once
    absent, carried = facts.absent(t.section), facts.carried(t.section)
    beside = "；".join(t.section.caveats)
    if not (absent or carried or beside):
        return None
    everybody = len(absent) == len(facts.told_of(t.section))
    return t.say(
        "missing",
        {
            "截至": chinese_day(t.section.as_of),
            "地区": listed([line.name for line in absent]),
            "全部": everybody,
            "沿用": carried,
            "放不下": beside,
        },
    )


def change(t: Telling) -> Sentence | None:
    section, moved = t.section, facts.change(t.section)
    pace = facts.against_pace(section, section.whole)
    if moved is None and not pace:
        return None
    said = change_facts(t) | {
        "范围": t.scope,
        "序时": value_text(section.pace, section.kind) + section.gap_unit
        if section.under_way and section.paced
        else "",
        "快慢": pace,
        "指标简称": section.short_title,
        "分子": section.added_title,
        "单位": section.unit,
    }
    figures = [gap(section, section.whole)] if pace else []
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
        "变化": change_in_points(moved.moved)
        if moved and moved.moved is not None and not t.section.counts and not t.section.whole.newly
        else "",
        "首次": t.section.whole.newly if moved else 0,
    }


def ranking(t: Telling) -> Sentence | None:
    section, known = t.section, facts.comparable(t.section)
    if len(known) < 2:
        return None
    first, last = facts.leaders(section), facts.trailers(section)
    equal = {line.value for line in known}
    overlapping = not first or bool(set(first) & set(last))
    said = {
        "各地": facts.everybody(section),
        "指标简称": section.short_title,
        "位数": ordinal(facts.places(section)),
        "居前": placed(first, section.kind),
        "居后": _trailing(section, first, last, known),
        "全部排名": placed([line for line in section.ranked() if line.rank is not None], section.kind)
        if overlapping
        else "",
        "并列值": value_text(known[0].value, section.kind) if len(equal) == 1 else "",
    }
    named = known if overlapping else [*first, *last]
    return t.say("ranking", said, (value(section, line) for line in named))


def _trailing(
    section: Section, first: Sequence[RegionLine], last: Sequence[RegionLine], known: Sequence[RegionLine]
) -> str:
    """The last places; when all others share them they are not listed."""
    equal = len({line.value for line in last}) == 1 and len(last) > LONGEST_TIE
    if equal and len(first) + len(last) == len(known):
        return f"其余{len(last)}地并列（{value_text(last[0].value, section.kind)}）"
    return placed(last, section.kind)


def average(t: Telling) -> Sentence | None:
    section, known = t.section, facts.comparable(t.section)
    # Of counts the whole is the sum, and what a survey found of the whole need be no mean of its regions.
    mean = None if section.counts or section.surveys else section.whole.value
    if section.whole.judgement.id in OPEN:
        return None
    if mean is None or facts.few_speak(section) or len(known) < 2 or len({line.value for line in known}) == 1:
        return None
    above = [line for line in known if line.value is not None and line.value > mean]
    below = [line for line in known if line.value is not None and line.value < mean]
    said = {
        "高于": len(above),
        "低于": len(below),
        "等于": len(known) - len(above) - len(below),
        "称谓": facts.called(section),
        "全省": t.whole,
    }
    return t.say("average", said, [value(section, section.whole)])


def annual(t: Telling) -> Sentence | None:
    """How far the yearly task is; in a report by year, at the year's end, who kept it."""
    section = t.annual
    if section is None or section.whole.denominator is None or not section.lines:
        return None
    if judged_by_year(t.kind, t.annual):
        return _kept(t, section)
    text = t.wording.say("annual", _year_facts(t, section), "running")
    return Sentence("annual", text, amounts(section, section.whole))


def judged_by_year(kind: KindOfReport, annual: Section | None) -> bool:
    return kind.by_year and annual is not None and annual.as_of.month == MONTHS_A_YEAR


def _kept(t: Telling, section: Section) -> Sentence:
    text = t.wording.say("annual", _year_facts(t, section))
    return Sentence("annual", text, tuple(value(section, line) for line in section.lines))


def _year_facts(t: Telling, section: Section) -> dict[str, object]:
    done = [line for line in section.lines if line.judgement.id == "finished"]
    owed = [line for line in section.lines if line.denominator]
    right = _set_right(t, section)
    late = [line for line in facts.behind(section) if line not in right]
    everybody = len(done) + len(right) + len(late) == len(owed)
    return sides(section, section.whole) | {
        "年度": section.as_of.year,
        "完成地区": named(done),
        "全部完成": len(done) == len(owed),
        "无一完成": not done and everybody and not right,
        "认定地区": named(right),
        "其余": "其余各地" if everybody else named(late),
        "缓慢": "、".join(line.name for line in slow_in_year(t, section)),
        "放不下": "；".join(section.caveats),
    }


def _set_right(t: Telling, section: Section) -> list[RegionLine]:
    """Who missed the yearly task, but keeps pace in the whole task by a person's verdict."""
    right = {line.code for line in facts.at_pace(t.section) if line.judgement.proposed}
    return [line for line in facts.behind(section) if line.code in right]


def slow_in_year(t: Telling, section: Section) -> list[RegionLine]:
    right = _set_right(t, section)
    return [line for line in facts.judged(section, "slow", "nothing_done") if line not in right]


def behind(t: Telling) -> Sentence | None:
    """By the pace, unless the year was the basis. A verdict that a person set counts as set."""
    section = t.section
    if not section.under_way or not facts.reported(section) or judged_by_year(t.kind, t.annual):
        return None
    late = facts.behind(section)
    said = {
        "规则": "" if t.rules_said or not section.paced or section.counts else t.verdict_rules,
        "对照": section.yardstick,
        "无滞后": "" if late else facts.nobody_behind(section),
        "评价": "；".join(_late_groups(section)),
    }
    return t.say("behind", said, (gap(section, line) for line in late))


def _late_groups(section: Section) -> list[str]:
    """“安康市进展相对滞后；杨凌示范区、延安市进展缓慢，分别低于序时进度44.6、35.4个百分点；…尚为零进展”."""
    lagging, slow, nothing = (
        facts.judged(section, verdict) for verdict in ("lagging", "slow", "nothing_done")
    )
    groups = []
    if lagging:
        groups.append(f"{named(lagging)}进展相对滞后{_below(section, lagging)}")
    if slow:
        groups.append(f"{named(slow)}进展缓慢{_below(section, slow)}")
    if nothing:
        groups.append(f"{named(nothing)}尚为零进展")
    return groups


def named(lines: Sequence[RegionLine]) -> str:
    return listed([line.name for line in lines])


def _below(section: Section, lines: Sequence[RegionLine]) -> str:
    """How far below, or above what is allowed; only where all of them are (a person may have named one who is not)."""
    gaps = [line.gap for line in lines if line.gap is not None and (section.lead(line) or 0) < 0]
    shown = [value_text(abs(gap), "count") if section.counts else absolute_points(gap) for gap in gaps]
    if len(gaps) < len(lines) or any(text in ("0", "0.0") for text in shown):
        return ""
    beyond, unit = yardsticks.beyond(not section.falls), section.gap_unit or "个百分点"
    if len(set(shown)) == 1:
        return f"，{'均' if len(shown) > 1 else ''}{beyond}{section.yardstick}{shown[0]}{unit}"
    return f"，分别{beyond}{section.yardstick}{'、'.join(shown)}{unit}"


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
        "分子": t.section.added_title,
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


def place(t: Telling) -> Sentence | None:
    """Of a report on one region: its place in the province."""
    line = t.section.whole
    if line.rank is None:
        return None
    share = percent(line.share_of_remaining) if line.share_of_remaining else ""
    said = {
        "指标简称": t.section.short_title,
        "位次": line.rank,
        "并列": line.tied,
        "占比": share,
        "全省": t.whole,
    }
    return t.say("place", said, [value(t.section, line)])
