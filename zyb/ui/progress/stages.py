"""工作阶段 on one axis of time: a row a document, its stages as segments, a line for the day of the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from zyb.html import HtmlCell, HtmlRow, Markup
from zyb.periods import months_later, today
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.rulebook.stages import CampaignStage, Timeline, timelines_for
from zyb.ui import look
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.scene import Scene

# A state is word and shape; colour only helps.
SHAPES = {"已结束": "●", "进行中": "▶", "未开始": "○"}
KINDS = {"已结束": "past", "进行中": "running", "未开始": "coming"}
# More months than this are not all named, but every second, third, …
CROWDED = 14
STEPS = (1, 2, 3, 6, 12)
# What a name takes of the axis.
NAME_WIDTH = 0.11
# Beyond this share of the axis the words for the day stand to its left.
NEAR_THE_END = 0.85


@dataclass(frozen=True)
class MonthAxis:
    """Whole months, from the first stage (or the day itself) to the last."""

    first: date
    end: date
    """The first day after the last month."""

    def at(self, day: date) -> float:
        return (day - self.first).days / (self.end - self.first).days

    @property
    def months(self) -> list[date]:
        count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
        return [months_later(self.first, n) for n in range(count)]


def axis_of(timelines: Sequence[Timeline], day: date) -> MonthAxis:
    first = min(day, *(timeline.start for timeline in timelines)).replace(day=1)
    last = max(day, *(timeline.end for timeline in timelines))
    return MonthAxis(first, months_later(last.replace(day=1), 1))


def lanes(stages: Iterable[CampaignStage], room: timedelta = timedelta(0)) -> list[list[CampaignStage]]:
    """Stages below one another where they overlap; each takes at least the room that its name needs."""
    found: list[list[CampaignStage]] = []
    for stage in sorted(stages, key=lambda stage: stage.start):
        free = next((lane for lane in found if max(lane[-1].end, lane[-1].start + room) < stage.start), None)
        if free is None:
            found.append([stage])
        else:
            free.append(stage)
    return found


def named(timeline: Timeline) -> str:
    """“江苏省海陵区”: a place is told with its province."""
    own = timeline.place.startswith(timeline.province)
    return timeline.place if own else f"{timeline.province}{timeline.place}"


def chart(timelines: Sequence[Timeline], day: date, what: str) -> Markup:
    """`what` says what the day is: 数据截至 or 今天."""
    axis = axis_of(timelines, day)
    line = look.at("z-day", axis.at(day))
    rows = [_row(axis, timeline, day, line) for timeline in timelines]
    return look.box("z-stages", _head(axis, day, what), *rows)


def _head(axis: MonthAxis, day: date, what: str) -> Markup:
    named = named_months(axis)
    ticks = [
        look.at("z-month", axis.at(month), _month(month, before))
        for before, month in zip([None, *named], named, strict=False)
    ]
    side = "z-now z-late" if axis.at(day) > NEAR_THE_END else "z-now"
    told = look.at(side, axis.at(day), f"{what} {day.year}年{day.month}月{day.day}日")
    return look.box("z-line", look.box("z-place"), look.box("z-axis", *ticks, told))


def named_months(axis: MonthAxis) -> list[date]:
    """As many as have room beside one another."""
    step = next((step for step in STEPS if len(axis.months) <= step * CROWDED), STEPS[-1])
    return axis.months[::step]


def _month(month: date, before: date | None) -> str:
    """With its year where that begins on the axis."""
    new = before is None or before.year != month.year
    return f"{month.year}年{month.month}月" if new else f"{month.month}月"


def _row(axis: MonthAxis, timeline: Timeline, day: date, line: Markup) -> Markup:
    place = look.box("z-place", look.strong(named(timeline)), look.below(_now(timeline, day)))
    room = (axis.end - axis.first) * NAME_WIDTH
    drawn = [
        look.box("z-lane", *(_segment(axis, stage, day) for stage in lane))
        for lane in lanes(timeline.stages, room)
    ]
    return look.box("z-line", place, look.box("z-lanes", *drawn, line))


def _now(timeline: Timeline, day: date) -> str:
    """What runs on the day, or what is next."""
    running = timeline.running(day)
    if running:
        return f"进行中：{'、'.join(stage.name for stage in running)}"
    following = timeline.following(day)
    return f"下一阶段：{following.name}" if following else "各阶段均已结束"


def _segment(axis: MonthAxis, stage: CampaignStage, day: date) -> Markup:
    state = stage.state_on(day)
    told = f"{stage.name}：{stage.start} 至 {stage.end}，{state}"
    start, end = axis.at(stage.start), axis.at(stage.end + timedelta(days=1))
    return look.segment(KINDS[state], start, end, f"{SHAPES[state]} {stage.name}", told)


def key_words() -> str:
    return "　".join(f"{shape} {state}" for state, shape in SHAPES.items())


def stage_table(timeline: Timeline, day: date) -> Markup:
    """The stages of a local plan, and where the day stands in them."""
    headings = [
        HtmlCell("阶段", "left"),
        HtmlCell("起止", "left"),
        HtmlCell("", "bar"),
        HtmlCell("状态"),
        HtmlCell("说明", "wrap"),
    ]
    rows = [
        HtmlRow([
            HtmlCell(stage.name, "name"),
            HtmlCell(f"{stage.start} 至 {stage.end}", "left"),
            HtmlCell(look.bullet(float(stage.elapsed(day)), tone="good"), "bar"),
            HtmlCell(stage.state_on(day)),
            HtmlCell(stage.note or stage.basis, "wrap"),
        ], "chosen" if stage in timeline.running(day) else "")
        for stage in timeline.stages
    ]  # fmt: skip
    return look.league(headings, rows)


def stages_card(scene: Scene, campaign: str) -> None:
    """The dated stages of the province's plans at the day of the figures; nothing where no document dates any."""
    _stages(scene.roster, campaign, scene.found.as_of or scene.view.on, "数据截至")


def planned_stages(campaign: str) -> Callable[[Roster], None]:
    """The same before any figures, as of today."""
    return lambda roster: _stages(roster, campaign, today(), "今天")


@keeps_its_place
def _stages(roster: Roster, campaign: str, day: date, called: str) -> None:
    known = timelines_for(campaign, roster.province)
    if not known:
        return
    own = all(timeline.province == roster.province for timeline in known)
    with st.container(border=True, key="card_stages"):
        aside = "" if own else f"{level_words(roster.province).documents}没有单独的阶段安排，供参照"
        look.show(look.card_title("工作阶段" if own else f"工作阶段（参照：{_whose(known)}方案）", aside))
        look.show(chart(known, day, called))
        look.show(look.source(key_words()))
        with st.expander("各阶段起止和依据"):
            for timeline in known:
                look.show(look.card_title(named(timeline), f"依据：{timeline.basis}"))
                look.show(stage_table(timeline, day))


def _whose(known: Sequence[Timeline]) -> str:
    return "、".join(named(timeline) for timeline in known)
