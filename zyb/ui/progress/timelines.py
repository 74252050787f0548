"""工作阶段 on one axis of time: a row a document, its stages as segments, a line for the day of the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zyb.periods import months_later
from zyb.rulebook.stages import Stage, Timeline
from zyb.ui import look
from zyb.ui.look import Html

# A state is word and shape; colour only helps.
SHAPES = {"已结束": "●", "进行中": "▶", "未开始": "○"}
KINDS = {"已结束": "past", "进行中": "running", "未开始": "coming"}
# From this many months on only every other one is named.
CROWDED = 14
# What a name takes of the axis.
NAME_WIDTH = 0.11
# Beyond this share of the axis the words for the day stand to its left.
NEAR_THE_END = 0.85


@dataclass(frozen=True)
class Axis:
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


def axis_of(timelines: Sequence[Timeline], day: date) -> Axis:
    first = min(day, *(timeline.start for timeline in timelines)).replace(day=1)
    last = max(day, *(timeline.end for timeline in timelines))
    return Axis(first, months_later(last.replace(day=1), 1))


def lanes(stages: Iterable[Stage], room: timedelta = timedelta(0)) -> list[list[Stage]]:
    """Stages below one another where they overlap; each takes at least the room that its name needs."""
    found: list[list[Stage]] = []
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


def chart(timelines: Sequence[Timeline], day: date, what: str) -> Html:
    """`what` says what the day is: 数据截至 or 今天."""
    axis = axis_of(timelines, day)
    line = look.at("z-day", axis.at(day))
    rows = [_row(axis, timeline, day, line) for timeline in timelines]
    return look.box("z-stages", _head(axis, day, what), *rows)


def _head(axis: Axis, day: date, what: str) -> Html:
    step = 2 if len(axis.months) > CROWDED else 1
    named = axis.months[::step]
    ticks = [
        look.at("z-month", axis.at(month), _month(month, before))
        for before, month in zip([None, *named], named, strict=False)
    ]
    side = "z-now z-late" if axis.at(day) > NEAR_THE_END else "z-now"
    told = look.at(side, axis.at(day), f"{what} {day.year}年{day.month}月{day.day}日")
    return look.box("z-line", look.box("z-place"), look.box("z-axis", *ticks, told))


def _month(month: date, before: date | None) -> str:
    """With its year where that begins on the axis."""
    new = before is None or before.year != month.year
    return f"{month.year}年{month.month}月" if new else f"{month.month}月"


def _row(axis: Axis, timeline: Timeline, day: date, line: Html) -> Html:
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


def _segment(axis: Axis, stage: Stage, day: date) -> Html:
    state = stage.state_on(day)
    told = f"{stage.name}：{stage.start} 至 {stage.end}，{state}"
    start, end = axis.at(stage.start), axis.at(stage.end + timedelta(days=1))
    return look.segment(KINDS[state], start, end, f"{SHAPES[state]} {stage.name}", told)


def key_words() -> str:
    return "　".join(f"{shape} {state}" for state, shape in SHAPES.items())
