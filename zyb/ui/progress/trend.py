"""趋势: the cumulative line, its pace, and what each week, month or quarter brought."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import streamlit as st

from zyb import briefing
from zyb.briefing.sections import report_point
from zyb.exports.inquiries.cards import CardDrawing, CardTable, value_kind
from zyb.exports.inquiries.table import TakenRow
from zyb.html import Markup
from zyb.maps import trend_chart
from zyb.maps.trend_chart import PlottedPoint, TrendBar
from zyb.numerals import (
    NO_VALUE,
    count,
    rounded,
    signed_count,
)
from zyb.periods import Window, chinese_day
from zyb.rulebook.measures import Measure
from zyb.standing.arithmetic import value_of
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings
from zyb.standing.trends import MONTH, STEPS, TrendPeriod, TrendStep, coming, course, trend
from zyb.ui import look
from zyb.ui.filtered.taking import picture_config, take
from zyb.ui.frame.grids import as_number, grid, share_columns
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import (
    DAY,
    choose,
    on_picked,
    settled,
)
from zyb.ui.progress.scene import Scene
from zyb.ui.progress.sources import point_row
from zyb.ui.wall.pictures import TrendSeries, trend_sheet


def trend_points(found: Standings, periods: Sequence[TrendPeriod]) -> list[PlottedPoint]:
    """The last report of each period; after silence the line begins anew."""
    spoken = [period for period in periods if period.completed is not None]
    return [
        PlottedPoint(
            period.reported or period.last,
            period.completed or 0,
            _told_period(found, period),
            after_silence=place > 0 and period.covers > 1,
        )
        for place, period in enumerate(spoken)
    ]


def _told_period(found: Standings, period: TrendPeriod) -> str:
    said = f"累计{found.measure.numerator.title} {count(period.completed)} {found.measure.unit}"
    if period.pace is None:
        return said
    return f"{said}，{period.name}末序时目标 {count(round(period.pace))} {found.measure.unit}"


def trend_bars(found: Standings, step: TrendStep, periods: Sequence[TrendPeriod]) -> list[TrendBar]:
    return [
        TrendBar(
            first=period.first,
            last=period.last,
            added=None if period.rate is None else float(period.rate),
            needed=period.needed,
            hover=tuple(_told_bar(found, step, period)),
            silent=period.silent and period.first <= found.on,
            covers_silence=period.covers > 1,
        )
        for period in periods
    ]


def _told_bar(found: Standings, step: TrendStep, period: TrendPeriod) -> list[str]:
    unit, lines = found.measure.unit, [period.name]
    if period.added is not None:
        lines += _told_gain(found, step, period)
    elif period.silent and period.first <= found.on:
        lines.append("未报送")
    elif not period.silent:
        lines.append("首次报送，此前没有数据")
    if period.needed is not None:
        lines.append(f"需完成 {count(period.needed)} {unit}（期初剩余按剩余{step.title}数平均）")
    return lines


def _told_gain(found: Standings, step: TrendStep, period: TrendPeriod) -> list[str]:
    """Of several periods together the sum, and the average that the bar shows."""
    unit, fresh = found.measure.unit, f"新增 {signed_count(period.added)} {found.measure.unit}"
    if period.covers == 1:
        return [fresh]
    return [
        f"{_together(step, period)}{fresh}（此前 {period.covers - 1} {_counted(step)}未报送）",
        f"{_each(step)} {_average(period)} {unit}，柱高为平均数",
    ]


def _together(step: TrendStep, period: TrendPeriod) -> str:
    return f"{period.covers} {_counted(step)}合计"


def _each(step: TrendStep) -> str:
    return f"平均每{_named_step(step)}"


def _average(period: TrendPeriod) -> str:
    return str(rounded(period.rate)) if period.rate is not None else NO_VALUE


def _counted(step: TrendStep) -> str:
    return {"周": "周", "月": "个月", "季": "个季度"}[step.title]


def _named_step(step: TrendStep) -> str:
    return {"周": "周", "月": "月", "季": "季度"}[step.title]


def trend_frame(found: Standings, step: TrendStep, bars: Sequence[TrendBar]) -> tuple[date, date] | None:
    """The periods that have bars, and on to the due day where that is not too far."""
    if not bars:
        return None
    first, last = bars[0].first, bars[-1].last
    horizon = step.last_day(step.number(last) + step.shown // 2)
    due = found.plan.window.due if found.plan else last
    return first, max(last, due) if due <= horizon else last


def trend_heading(
    found: Standings, step: TrendStep, periods: Sequence[TrendPeriod], following: TrendPeriod | None
) -> str:
    """“本月新增 111 家，需完成 156 家；下月需完成 167 家”: what the lower part of the chart says."""
    named, unit = _named_step(step), found.measure.unit
    said = []
    if periods:
        last = periods[-1]
        said.append(_told_last(found, step, last))
        due = f"本{named}需完成" if last.covers > 1 else "需完成"
        said += [f"{due} {count(last.needed)} {unit}"] if last.needed is not None else []
    now = "，".join(said)
    return "；".join([now, f"下{named}需完成 {count(following.needed)} {unit}"] if following else [now])


def _told_last(found: Standings, step: TrendStep, last: TrendPeriod) -> str:
    unit, named = found.measure.unit, _named_step(step)
    if last.silent:
        return f"本{named}未报送"
    if last.added is None:
        return f"本{named}暂无法计算新增"
    if last.covers == 1:
        return f"本{named}新增 {count(last.added)} {unit}"
    return f"{_together(step, last)}新增 {count(last.added)} {unit}，{_each(step)} {_average(last)} {unit}"


def trend_legend(found: Standings, step: TrendStep, bars: Sequence[TrendBar]) -> Markup:
    """Only what is drawn."""
    marks = [("line", f"累计{found.measure.numerator.title}")]
    if has_goal_line(found):
        marks.append(("dots", goal_name(found)))
    marks.append(("bar", f"本{step.title}新增"))
    if any(bar.needed for bar in bars):
        marks.append(("tick", f"每{step.title}需完成"))
    if any(bar.covers_silence for bar in bars):
        marks.append(("striped", f"{_each(step)}（含未报送期间）"))
    if any(bar.silent for bar in bars):
        marks.append(("hatched", "未报送"))
    return look.marks(marks)


def has_pace_line(found: Standings) -> bool:
    """A growth and a measure without pace have no count that is due on a day."""
    return found.plan is not None and found.measure.kind != "growth" and found.measure.paced


def has_goal_line(found: Standings) -> bool:
    return found.plan is not None and not found.measure.shown_only


def goal_name(found: Standings) -> str:
    """序时目标 rises with time; where no pace runs there is the target alone."""
    return "序时目标" if has_pace_line(found) else "目标"


def trend_title(found: Standings, standing: Standing) -> str:
    what = f"累计与{goal_name(found)}" if has_goal_line(found) else f"累计{found.measure.numerator.title}"
    return f"{standing.short}：{what}（{found.measure.unit}）"


def pace_points(found: Standings, standing: Standing) -> list[PlottedPoint]:
    """The pace in 家: the plan's knots times what is enrolled today; without pace the target, a level line."""
    if found.plan is None or not standing.denominator or not has_goal_line(found):
        return []
    goal, window = course(found.measure, found.plan).goal(standing.denominator), found.plan.window
    assert goal is not None
    if not has_pace_line(found):
        return [PlottedPoint(day, math.ceil(goal)) for day in (window.start, max(window.due, found.on))]
    return [PlottedPoint(day, float(goal * share)) for day, share in _until_closed(found, window)]


def _until_closed(found: Standings, window: Window) -> list[tuple[date, Fraction]]:
    """The knots of the pace, up to the day on which the campaign was closed."""
    end = min(found.closing.day, window.due) if found.closing else window.due
    last = window.pace(end)
    before = [(day, share) for day, share in window.knots() if day < end]
    return [] if last is None else [*before, (end, last)]


TREND_HEIGHT = 330


def trend_card(scene: Scene) -> None:
    with st.container(border=True, key="card_trend", height="stretch"):
        if scene.found.measure.surveys:
            _surveys(scene)
        else:
            _trend(scene)


def trend_taken(scene: Scene, step: TrendStep, periods: Sequence[TrendPeriod]) -> CardTable:
    """A row a period, as it is drawn: what had been reported by its end, what it brought, what was due."""
    found, measure = scene.found, scene.found.measure
    columns = [
        ("期间", "text"), ("起", "date"), ("止", "date"), ("报送日期", "date"), (f"累计{measure.numerator.title}", "count"),
        (measure.denominator.title, "count"), (measure.title, value_kind(measure)), (f"期末{goal_name(found)}（{measure.unit}）", "number"),
        ("新增", "count"), ("新增所含期数", "count"), ("需完成", "count"),
    ]  # fmt: skip
    reported = {point.day: point for point in scene.history}
    rows = [_period_row(measure, period, reported) for period in periods]
    return scene.card(f"{measure.title}按{step.title}趋势", columns, rows, _placed(scene))


def _drawing(scene: Scene) -> CardDrawing | None:
    """The rate against its pace, report by report, as the full screen draws it; a count has no share to draw."""
    found, measure = scene.found, scene.found.measure
    points = [report_point(measure, found.plan, point) for point in scene.history]
    if measure.counts or not any(point.value is not None for point in points):
        return None
    title = f"{_placed(scene)}{measure.title}（数据截至{chinese_day(found.as_of or scene.view.on)}）"
    series = TrendSeries(points, measure.kind, found.yardstick)
    return lambda *notes: trend_sheet(title, series, *notes)


def _placed(scene: Scene) -> str:
    return scene.roster.province + ("" if scene.region_code is None else scene.standing.region)


def _period_row(measure: Measure, period: TrendPeriod, reported: Mapping[date, Point]) -> TakenRow:
    point = reported.get(period.reported) if period.reported else None
    base = point.enrolled if point and not measure.counts else None
    value = value_of(measure, point.completed, point.enrolled) if point else None
    covers = None if period.added is None else period.covers
    return (
        period.name, period.first, period.last, period.reported, period.completed, base, value, period.pace, period.added, covers,
        period.needed,
    )  # fmt: skip


def surveys_taken(scene: Scene) -> CardTable:
    measure = scene.found.measure
    rows = [(one.day, value_of(measure, one.completed, one.enrolled)) for one in reversed(scene.history)]
    columns = [("数据截至", "date"), (measure.title, value_kind(measure))]
    return scene.card(f"{measure.title}历次调查", columns, rows, _placed(scene))


def _surveys(scene: Scene) -> None:
    """What each survey found: between two of them nothing runs, so there is no line."""
    look.show(look.card_title(f"{scene.standing.region}：历次调查", "最近的在前"))
    rows = [point_row(scene.found, point) for point in reversed(scene.history)]
    if rows:
        title, taken = scene.found.measure.title, surveys_taken(scene)
        drawn = [
            row | {title: as_number(cells[1] and cells[1] * 100)}
            for row, cells in zip(rows, taken.rows, strict=True)
        ]
        grid(
            drawn,
            hide_index=True,
            alt="历次调查",
            key="surveys",
            placeholder=look.NO_VALUE,
            column_config=share_columns(title),
        )
        look.show(look.on_paper(rows))
        take(taken, "trend")
    else:
        look.show(
            look.empty("没有数据", "；".join(scene.found.caveats_of(scene.standing)) or _not_reported(scene))
        )


def _not_reported(scene: Scene) -> str:
    return f"尚未报送。{scene.over}" if scene.over else "尚未报送，请督促上报。"


def _follow_trend(scene: Scene, selection: Mapping[str, Any]) -> None:
    """A click on a report opens the page on its day, where its files and rows are told."""
    days = {edition.on for edition in scene.view.history} - {scene.view.on}
    day = trend_chart.selected_day(selection)
    if day in days:
        choose(DAY, day.isoformat())
        st.rerun()


def _pick_step() -> TrendStep:
    """周, 月 or 季 of a trend; months unless chosen."""
    titles, first = list(STEPS), MONTH.title
    chosen = settled("step", titles, first)
    st.session_state["step"] = chosen
    st.segmented_control(
        "步长", titles, format_func=literal, key="step", required=True, on_change=on_picked, args=("step", first),
        label_visibility="collapsed",
    )  # fmt: skip
    return STEPS[chosen]


@st.fragment
def _trend(scene: Scene) -> None:
    """By week, month or quarter; another step draws this card anew and nothing else."""
    found, standing = scene.found, scene.standing
    title, steps = st.columns([6, 4], vertical_alignment="center", gap="small")
    look.show(look.card_title(trend_title(found, standing)), title)
    with steps:
        step = _pick_step()
    run = course(found.measure, found.plan)
    periods = trend(scene.history, step, run, scene.view.on)[-step.shown :]
    following = None if scene.over else coming(scene.history, step, run, scene.view.on)
    bars = trend_bars(found, step, [*periods, *([following] if following else [])])
    look.show(trend_legend(found, step, bars))
    figure = trend_chart.trend(
        trend_points(found, periods),
        pace_points(found, standing),
        bars,
        frame=trend_frame(found, step, bars),
        value_name=found.measure.numerator.title,
        note=trend_heading(found, step, periods, following),
        unit=found.measure.unit,
        pace_name=goal_name(found),
        height=TREND_HEIGHT,
    )
    taken = trend_taken(scene, step, periods)
    # Named by its day: what was clicked on the chart of another day must not follow.
    clicked = st.plotly_chart(
        figure, key=f"trend_{scene.view.on}", config=picture_config(figure, taken), alt=f"{standing.region}按{step.title}趋势",
        on_select="rerun", selection_mode="points",
    )  # fmt: skip
    _follow_trend(scene, clicked["selection"])
    take(taken, "trend", drawing=_drawing(scene))
    look.show(
        look.source(_told_below(scene) + ("点击折线上的点，查看该次报送。" if len(periods) > 1 else ""))
    )


def _told_below(scene: Scene) -> str:
    """Until when what is left is to be done, and when it would be; of a closed campaign that it is over."""
    found, standing = scene.found, scene.standing
    coming_to = "" if scene.over else briefing.expected_sentence(found, standing, scene.history)
    return briefing.deadline_sentence(found, standing) + coming_to + scene.over
