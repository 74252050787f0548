"""What the slides say: PowerPoint and the full-screen briefing show the same ones in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zyb.briefing import facts, tables
from zyb.briefing.model import AlertLine, RegionLine, Section, Slide
from zyb.briefing.remarks import silent_words
from zyb.briefing.text.calling import deadline, deadline_facts
from zyb.briefing.text.phrases import listed
from zyb.briefing.text.standing import change_facts, rate
from zyb.briefing.text.telling import Telling
from zyb.numerals import percent, value_text
from zyb.standing.alert_course import AlertRules

# Beside a map there is room for so many regions; in a title for so many names.
PRESSED = 6
NAMES = 4
TALK = "进展情况汇报"


def cover(subject: str) -> Slide:
    return Slide("cover", f"{subject}{TALK}", lines=(subject, TALK))


def slides_of(t: Telling, number: int) -> list[Slide]:
    """One measure: headline, map, league table, trend, 倒排工期. A report on one region has no map or league."""
    section = t.section
    found = [_headline(t, number)]
    if facts.reported(section):
        found += [_map(t, number), _league(t, number)]
    if len(section.trend) > 1:
        found.append(_trend(t, number))
    if section.due and section.lines and section.whole.remaining is not None and not section.closed:
        found.append(_schedule(t, number))
    return found


def _say(t: Telling, rule: str, said: dict[str, object]) -> str:
    return t.say(rule, said).text


def _headline(t: Telling, number: int) -> Slide:
    section, late = t.section, facts.behind(t.section)
    said: dict[str, object] = {
        "范围": t.scope, "指标值": rate(t, section),
        "快慢": facts.against_pace(section, section.whole), "落后数": len(late) if section.under_way else 0,
        "零进展数": 0 if section.under_way else len(late), "称谓": facts.called(section) if section.lines else "",
    }  # fmt: skip
    return Slide("headline", _say(t, "slide_headline", said), number, tuple(_points(t)))


def _points(t: Telling) -> list[str]:
    """The findings beside the trend, short enough to be read from the back of the room."""
    section = t.section
    points = []
    if section.silent_from:
        points.append(silent_words(section.silent_from))
    elif facts.few_speak(section):
        speaking = [line.name for line in facts.speaking(section)]
        points.append(f"{len(facts.owing(section))}个地区中仅{_some(speaking)}报送本期数据，不作评价")
    first, last = facts.leaders(section), facts.trailers(section)
    if first and not set(first) & set(last):
        points.append(f"{section.short_title}居前：{listed([line.name for line in first])}")
        points.append(f"{section.short_title}居后：{listed([line.name for line in last])}")
    left = f"{section.left_title}的" if section.falls else "剩余任务"
    if holders := facts.main_holders(section):
        share = Fraction(facts.held(holders), facts.regional_remainder(section))
        points.append(f"{left}集中在{listed([line.name for line in holders])}，占{t.whole}{percent(share)}")
    elif only := facts.only_holder(section):
        points.append(f"{left}均在{only.name}")
    if still := facts.stalled(section):
        points.append(f"{t.kind.compared.now}{_some([line.name for line in still])}无新增")
    if absent := facts.absent(section):
        points.append(f"{_some([line.name for line in absent])}未报送")
    if carried := facts.carried(section):
        points.append(carried)
    if section.whole.remaining and (when := deadline(t)):
        points.append(when.point)
    return points


def _some(names: Sequence[str]) -> str:
    return listed(names) if len(names) <= NAMES else f"{names[0]}等{len(names)}地"


def _map(t: Telling, number: int) -> Slide:
    section, late = t.section, facts.behind(t.section)
    names = _some([line.name for line in late])
    said: dict[str, object] = {
        "落后": names if section.under_way else "",
        "零进展": names if not section.under_way else "",
        "序时": section.under_way,
        "指标": section.title,
        "无滞后": facts.nobody_behind(section),
        "对照": section.yardstick,
    }
    title = _say(t, "slide_map", said)
    return Slide("map", title, number, table=tables.pressed_table(t.section, PRESSED))


def _league(t: Telling, number: int) -> Slide:
    section = t.section
    known = [line for line in section.ranked() if line.rank is not None] or facts.reported(section)
    first, last = (_sharing(known, end) for end in (known[0], known[-1]))
    said: dict[str, object] = {
        "序时": section.under_way, "达标数": len(facts.at_pace(section)), "称谓": facts.called(section),
        "首位": first, "末位": last if last != first else "",
        "末位值": value_text(known[-1].value, section.kind), "对照": section.yardstick,
    }  # fmt: skip
    return Slide("league", _say(t, "slide_league", said), number)


def _sharing(known: Sequence[RegionLine], end: RegionLine) -> str:
    """Everybody with the first or the last value."""
    return _some([line.name for line in known if line.value == end.value])


def _trend(t: Telling, number: int) -> Slide:
    section = t.section
    said = change_facts(t) | {"范围": t.scope, "指标简称": section.short_title, "单位": section.unit}
    return Slide("trend", _say(t, "slide_trend", said), number)


def _schedule(t: Telling, number: int) -> Slide:
    title = _say(t, "slide_schedule", deadline_facts(t.section))
    return Slide("schedule", title, number, table=tables.schedule_table(t.section, number))


def matrix(t: Telling, sections: Sequence[Section]) -> Slide:
    """The measure furthest below what is due, by name."""
    late = [section for section in sections if (section.lead(section.whole) or 0) < 0]
    worst = min(late, key=lambda section: section.lead(section.whole) or 0, default=None)
    said: dict[str, object] = {
        "落后指标": rate(t, worst) if worst else "",
        "有要求": any(section.whole.gap is not None for section in sections),
    }
    title = _say(t, "slide_matrix", said)
    return Slide("matrix", title, table=tables.matrix_table(sections))


def alerts(t: Telling, lines: Sequence[AlertLine], rules: AlertRules) -> Slide:
    lowest = rules.levels[0].title
    raised = sum(bool(line.level) and line.level != lowest for line in lines)
    said: dict[str, object] = {"预警数": len(lines), "督办数": raised}
    return Slide("alerts", _say(t, "slide_alerts", said), table=tables.alerts_table(lines))
