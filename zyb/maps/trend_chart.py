"""Reports as a trend: the cumulative line, its pace, and what each period brought, as a Plotly figure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from zyb import palette
from zyb.html import BREAK, Markup, joined, tag
from zyb.maps.plotted import JADE_WASH, plain_layout

# Shares of a trend's width: for the figure left of the last point, for the larger one right of it, at the edges.
LEFT_ROOM, RIGHT_ROOM, EDGE = 0.28, 0.4, 0.03


@dataclass(frozen=True)
class PlottedPoint:
    """A cumulative count on a day; `hover` replaces the sentence shown for it.

    `after_silence`: nobody reported in between, so no line leads here from the point before.
    """

    day: date
    value: float
    hover: str = ""
    after_silence: bool = False


@dataclass(frozen=True, kw_only=True)
class TrendBar:
    """A period below the line: what was new in it, and what it had to bring (None: not known).

    A silent period is hatched over; a bar that `covers_silence` is the average of more than its own period.
    """

    first: date
    last: date
    added: float | None
    needed: int | None
    hover: tuple[str, ...] = ()
    silent: bool = False
    covers_silence: bool = False


def selected_day(selection: Mapping[str, Any] | None) -> date | None:
    """The day of the report that was clicked in a trend."""
    for point in (selection or {}).get("points") or ():
        try:
            return date.fromisoformat(str(point.get("x"))[:10])
        except ValueError:
            continue
    return None


def trend(
    points: Sequence[PlottedPoint],
    pace_points: Sequence[PlottedPoint] = (),
    bars: Sequence[TrendBar] = (),
    *,
    frame: tuple[date, date] | None = None,
    unit: str = "家",
    value_name: str = "完成",
    pace_name: str = "序时目标",
    note: str = "",
    height: int = 250,
) -> go.Figure:
    """What was completed up to each day, beside the straight pace from window start to deadline.

    One point is a lone dot with its figure; none leaves the pace alone. With `bars` there is a second
    part below, headed by `note`: what each period brought, with a tick at what it had to bring.
    `frame` cuts the time that is shown.
    """
    points, pace_points = sorted(points, key=_day), sorted(pace_points, key=_day)
    if frame:
        points = [point for point in points if frame[0] <= point.day <= frame[1]]
        pace_points = clipped(pace_points, *frame)
    lines = [
        *([_pace_line(pace_points, pace_name, unit)] if pace_points else []),
        *([_completed_line(points, value_name, unit)] if points else []),
    ]
    everything = [*points, *pace_points]
    days = [*(point.day for point in everything), *(frame or ())]
    axes = {"xaxis": _time_axis(points, days), "yaxis": _count_axis(everything)}
    plain = {"hovermode": "closest", "showlegend": False, "dragmode": False}
    notes = _notes(points, pace_points, value_name, pace_name)
    margin = {"l": 4, "r": 14, "t": 26, "b": 4}
    figure = go.Figure(
        lines, {**plain_layout(height), **axes, **plain, "margin": margin, "annotations": notes}
    )
    return _with_bars(figure, bars, note) if bars else figure


def clipped(pace_points: Sequence[PlottedPoint], first: date, last: date) -> list[PlottedPoint]:
    """The pace between two days, with its figures on both of them where it has any."""
    inner = [point for point in pace_points if first < point.day < last]
    ends = [(day, pace_on(pace_points, day)) for day in (first, last)]
    drawn = [*inner, *(PlottedPoint(day, value) for day, value in ends if value is not None)]
    return sorted(drawn, key=_day)


def pace_on(pace_points: Sequence[PlottedPoint], day: date) -> float | None:
    """The pace on a day, straight between the points around it; None outside them."""
    for before, after in pairwise(pace_points):
        if before.day <= day <= after.day:
            elapsed = (day - before.day) / max(after.day - before.day, timedelta(days=1))
            return before.value + (after.value - before.value) * elapsed
    return None


def _day(point: PlottedPoint) -> date:
    return point.day


def _said(point: PlottedPoint, name: str, unit: str) -> Markup:
    sentence = point.hover or f"{name} {point.value:,.0f} {unit}"
    return joined(_chinese_day(point.day), sentence, between=BREAK)


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _completed_line(points: Sequence[PlottedPoint], name: str, unit: str) -> go.Scatter:
    drawn = _with_gaps(points)
    before = len(drawn) - 1
    marker = {
        "color": palette.JADE,
        "opacity": 1,
        "size": [_dot(drawn, place) for place in range(before)] + [10],
        "line": {"color": palette.CARD, "width": [0] * before + [1.5]},
    }
    return go.Scatter(
        x=[point.day.isoformat() for point in drawn],
        y=[None if math.isnan(point.value) else point.value for point in drawn], name=name, mode="lines+markers",
        line={"color": palette.JADE, "width": 2.6}, marker=marker, unselected={"marker": {"opacity": 1}},
        cliponaxis=False, fill="tozeroy" if len(points) > 1 and len(drawn) == len(points) else "none",
        fillcolor=JADE_WASH, hovertext=[_said(point, name, unit) for point in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _with_gaps(points: Sequence[PlottedPoint]) -> list[PlottedPoint]:
    """A point without a value breaks the line where nobody reported."""
    drawn: list[PlottedPoint] = []
    for point in points:
        if point.after_silence and drawn:
            drawn.append(PlottedPoint(drawn[-1].day, math.nan, " "))
        drawn.append(point)
    return drawn


def _dot(drawn: Sequence[PlottedPoint], place: int) -> int:
    """A point that no line reaches has to be seen by itself."""
    beside = drawn[max(place - 1, 0) : place + 2]
    alone = all(math.isnan(point.value) for point in beside if point is not drawn[place])
    return 7 if alone else 4


def _pace_line(points: Sequence[PlottedPoint], name: str, unit: str) -> go.Scatter:
    return go.Scatter(
        x=[point.day.isoformat() for point in points],
        y=[point.value for point in points],
        name=name,
        mode="lines+markers",
        line={"color": palette.TERTIARY, "width": 1.6, "dash": "dot"},
        marker={"color": palette.TERTIARY, "size": 4},
        hovertext=[_said(point, name, unit) for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _notes(
    points: Sequence[PlottedPoint], pace_points: Sequence[PlottedPoint], value_name: str, pace_name: str
) -> list[dict[str, Any]]:
    """The two figures of the last day: the higher one above to the left, the lower one below to the right.

    Both lines rise, so the figures stand clear of them.
    """
    if not points:
        return []
    last, pace = points[-1], pace_on(pace_points, points[-1].day)
    above = pace is None or last.value >= pace
    top = _top([*points, *pace_points])
    text = tag("b", f"{value_name} {last.value:,.0f}")
    notes = [_note(last, text, _position(last.value / top, above), {"size": 14, "color": palette.JADE})]
    if pace is not None:
        text = joined(f"{pace_name} {pace:,.0f}")
        font = {"size": 12, "color": palette.SECONDARY}
        notes.append(_note(PlottedPoint(last.day, pace), text, _position(pace / top, not above), font))
    return notes


def _position(height: float, above: bool) -> dict[str, Any]:
    """Near the bottom there is no room below: the lower figure then stands beside its point."""
    if above:
        return {"xanchor": "right", "yanchor": "bottom", "xshift": -4, "yshift": 4}
    if height > 0.12:
        return {"xanchor": "left", "yanchor": "top", "xshift": 6, "yshift": -4}
    return {"xanchor": "left", "yanchor": "bottom", "xshift": 8, "yshift": -2}


def _note(point: PlottedPoint, text: str, position: dict[str, Any], font: dict[str, Any]) -> dict[str, Any]:
    place = {"x": point.day.isoformat(), "y": point.value, "showarrow": False}
    return {**place, **position, "text": text, "font": {"family": palette.SCREEN_FONT, **font}}


def _time_axis(points: Sequence[PlottedPoint], days: Sequence[date]) -> dict[str, Any]:
    axis = {"type": "date", "showgrid": False, "linecolor": palette.HAIRLINE, "automargin": True}
    if not days:
        return axis
    ticks = _month_ticks(min(days), max(days))
    texts = _tick_texts(ticks)
    if len(ticks) < 2:
        ticks = sorted({min(days), max(days)})
        texts = [_chinese_day(day) for day in ticks]
    return {
        **axis,
        "range": [day.isoformat() for day in _time_range(days, points)],
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": texts,
        "tickfont": {"size": 12, "color": palette.TERTIARY},
    }


def _time_range(days: Sequence[date], points: Sequence[PlottedPoint]) -> tuple[date, date]:
    """All days, and room for the figures on both sides of the last point."""
    first, last = min(days), max(days)
    span = max(last - first, timedelta(days=2))
    share = (points[-1].day - first) / span if points else 0.5
    left, right = max(LEFT_ROOM - share, EDGE), max(RIGHT_ROOM - (1 - share), EDGE)
    day = timedelta(days=1)
    return first - max(span * left, day), last + max(span * right, day)


def _month_ticks(first: date, last: date) -> list[date]:
    """At most seven firsts of a month, the same number of months apart."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 1200) if months / step <= 7)
    start = first.year * 12 + first.month - 1
    starts = range(start - start % step, start + months, step)
    return [day for index in starts if first <= (day := date(index // 12, index % 12 + 1, 1)) <= last]


def _tick_texts(ticks: Sequence[date]) -> list[str]:
    """The year stands at the first tick and where it changes."""
    years = [None, *(day.year for day in ticks)]
    return [
        joined(f"{day.month}月", *([f"{day.year}年"] if day.year != year else []), between=BREAK)
        for day, year in zip(ticks, years, strict=False)
    ]


def _count_axis(points: Sequence[PlottedPoint]) -> dict[str, Any]:
    return {
        "range": [0, _top(points)],
        "gridcolor": palette.GRID,
        "zeroline": False,
        "tickformat": ",d",
        **_ticks(_top(points), 5),
        "automargin": True,
        "tickfont": {"size": 12, "color": palette.TERTIARY},
    }


def _ticks(top: float, most: int) -> dict[str, Any]:
    """So many at most; of few only whole ones, which would be rounded to the same number twice."""
    return {"tickmode": "linear", "tick0": 0, "dtick": 1} if top < most else {"nticks": most}


def _top(points: Sequence[PlottedPoint]) -> float:
    return max((point.value for point in points), default=0) * 1.12 or 1


LINE_FROM, BARS_TO = 0.42, 0.27  # the upper part begins here and the lower part ends there, of the height
FILLED, BEHIND = 0.62, 0.9  # shares of a period's width
DAY_IN_MS = 86_400_000


def _with_bars(figure: go.Figure, bars: Sequence[TrendBar], note: str) -> go.Figure:
    top = max((number for bar in bars for number in (bar.added, bar.needed) if number), default=1) * 1.3
    low = min((bar.added for bar in bars if bar.added), default=0)
    figure.add_traces(
        [
            _period_bars([bar for bar in bars if bar.silent], [top] * len(bars), BEHIND, _hatched()),
            _period_bars(
                [bar for bar in bars if bar.needed],
                [bar.needed or 0 for bar in bars if bar.needed],
                BEHIND,
                {"color": palette.GRID},
            ),
            _added_bars([bar for bar in bars if bar.added is not None]),
            _needed_ticks([bar for bar in bars if bar.needed]),
        ]
    )
    plain = {
        name: value for name, value in _count_axis([]).items() if name not in ("tickmode", "tick0", "dtick")
    }
    counts = {**plain, "range": [min(low * 1.3, 0), top], **_ticks(top - min(low * 1.3, 0), 3)}
    figure.update_layout(
        barmode="overlay",
        xaxis_anchor="y2",
        yaxis_domain=[LINE_FROM, 1],
        yaxis2={**counts, "domain": [0, BARS_TO], "zeroline": True, "zerolinecolor": palette.HAIRLINE},
    )
    figure.add_annotation(
        **_heading(note), xref="paper", yref="paper", xanchor="left", yanchor="bottom", showarrow=False
    )
    return figure


def _heading(note: str) -> dict[str, Any]:
    font = {"family": palette.SCREEN_FONT, "size": 12, "color": palette.SECONDARY}
    return {"x": 0, "y": BARS_TO + 0.01, "text": joined(note), "font": font}


def _hatched() -> dict[str, Any]:
    pattern = {"shape": "/", "fgcolor": palette.MISSING, "bgcolor": "#f6f7f8", "size": 6, "solidity": 0.25}
    return {"pattern": pattern, "line": {"width": 0}}


def _added_bars(bars: Sequence[TrendBar]) -> go.Bar:
    """The average of more than its own period is striped."""
    shapes = ["/" if bar.covers_silence else "" for bar in bars]
    pattern = {
        "shape": shapes, "fillmode": "overlay", "fgcolor": palette.CARD, "fgopacity": 1, "size": 5, "solidity": 0.25,
    }  # fmt: skip
    marker = {"color": palette.JADE, "pattern": pattern, "line": {"width": 0}}
    return _period_bars(bars, [bar.added or 0 for bar in bars], FILLED, marker)


def _period_bars(
    bars: Sequence[TrendBar], heights: Sequence[float], share: float, marker: Mapping[str, Any]
) -> go.Bar:
    days = [(bar.last - bar.first).days + 1 for bar in bars]
    return go.Bar(
        x=[_left(bar, share) for bar in bars], y=list(heights[: len(bars)]),
        width=[number * DAY_IN_MS * share for number in days], offset=0, yaxis="y2", marker=dict(marker),
        unselected={"marker": {"opacity": 1}}, text=[""] * len(bars),
        hovertext=[joined(*bar.hover, between=BREAK) for bar in bars], hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )  # fmt: skip


def _left(bar: TrendBar, share: float) -> str:
    """Where a bar of this share of the period begins, so that it stands in its middle."""
    begin = datetime.combine(bar.first, time())
    span = datetime.combine(bar.last, time()) + timedelta(days=1) - begin
    return (begin + span * (1 - share) / 2).isoformat()


def _needed_ticks(bars: Sequence[TrendBar]) -> go.Scatter:
    """The same tick as in the league table, across each bar."""
    return go.Scatter(
        x=[
            day
            for bar in bars
            for day in (bar.first.isoformat(), (bar.last + timedelta(days=1)).isoformat(), None)
        ],
        y=[number for bar in bars for number in (bar.needed, bar.needed, None)],
        yaxis="y2",
        mode="lines",
        line={"color": palette.INK, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
