"""Maps and trends: judged standings → Plotly figures. What colour a region has, the caller decides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import escape
from itertools import pairwise
from typing import Any, Literal

import plotly.graph_objects as go

from zyb import palette
from zyb.boundaries import Bounds, GeoJson, Label, Point, ProvinceMap

JADE_WASH = "rgba(18,118,109,0.08)"
Figure = go.Figure
CLEAR = "rgba(0,0,0,0)"

FADED = 0.45  # share of white mixed into the regions that are not selected
LABEL_SIZE, MARK_SIZE = 12.5, 8.5
WHITE_RIM = ",".join(f"{x}px {y}px 2px #fff" for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)
# Shares of a trend's width: for the figure left of the last point, for the larger one right of it, at the edges.
LEFT_ROOM, RIGHT_ROOM, EDGE = 0.28, 0.4, 0.03
LABEL_TARGET = 34  # pixels around a label that answer to a click

CONFIG: dict[str, Any] = {
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {
                "Autoscale": "自动缩放",
                "Box Select": "矩形框选",
                "Compare data on hover": "悬停时比较数据",
                "Double-click to zoom back out": "双击返回缩小",
                "Download plot": "下载图表",
                "Download plot as a PNG": "下载图表为 PNG 格式",
                "Lasso Select": "套索选择",
                "Pan": "平移",
                "Reset": "重置",
                "Reset axes": "重置坐标轴",
                "Reset view": "重置视图",
                "Show closest data on hover": "悬停时显示最近的数据",
                "Zoom": "缩放",
                "Zoom in": "放大",
                "Zoom out": "缩小",
            },
            "format": {
                "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
                "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
                "months": [f"{month}月" for month in range(1, 13)],
                "shortMonths": [f"{month}月" for month in range(1, 13)],
                "date": "%Y年%-m月%-d日",
            },
        }
    },
    # The plotting library fetches a base map even for our own polygons: ours is empty and local.
    "topojsonURL": "/zyb-assets/topojson/",
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "showTips": False,
}


@dataclass(frozen=True)
class MapPlace:
    """How one region is shown: `text` is the second line of its label, `hover` plain lines of text.

    `mark` is the shape of its state before the text, for who sees or prints no colours.
    `emphasis` says which lettering stands out on `colour`; a hatched region has not reported.
    """

    code: str
    name: str
    colour: str
    text: str = ""
    hover: tuple[str, ...] = ()
    emphasis: Literal["light", "dark"] = "dark"
    hatched: bool = False
    mark: str = ""


@dataclass(frozen=True)
class TrendPoint:
    """A cumulative count on a day; `hover` replaces the sentence shown for it.

    `after_silence`: nobody reported in between, so no line leads here from the point before.
    """

    day: date
    value: float
    hover: str = ""
    after_silence: bool = False


@dataclass(frozen=True)
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


# --- map -------------------------------------------------------------------------------------------


def choropleth(
    shapes: ProvinceMap, places: Sequence[MapPlace], selected: str | None = None, height: int = 400
) -> go.Figure:
    """A map whose regions and labels carry the region code in `customdata[0]`."""
    by_code = {place.code: place for place in places}
    chosen = selected if selected in by_code else None
    colours = {place.code: _shown_colour(place, chosen) for place in places}
    traces = [
        _regions(shapes, places, colours),
        *_hatch(shapes, places),
        *_outline(shapes, chosen),
        *_leaders([label.callout for label in shapes.labels if label.callout and label.code in by_code]),
        *_labels(shapes, by_code, chosen),
    ]
    return go.Figure(traces, _map_layout(shapes.bounds, height))


def county_choropleth(
    shapes: ProvinceMap, places: Sequence[MapPlace], borders: GeoJson, height: int = 400
) -> go.Figure:
    """Counties in their colours, the borders and names of the regions over them; a click gives the county."""
    colours = {place.code: place.colour for place in places}
    rings = [ring for feature in borders["features"] for ring in _exterior_rings(feature["geometry"])]
    traces = [
        _regions(shapes, places, colours, 0.7),
        *_hatch(shapes, places),
        _lines(rings, palette.CARD, 3.4),
        _lines(rings, palette.INK, 1.3),
        *_leaders([label.callout for label in shapes.labels if label.callout]),
        _names(shapes.labels),
    ]
    return go.Figure(traces, _map_layout(shapes.bounds, height))


def _names(labels: Sequence[Label]) -> go.Scattergeo:
    """Names over many colours: ink with a white rim. The county beneath answers to the pointer."""
    return go.Scattergeo(
        lon=[label.x for label in labels],
        lat=[label.y for label in labels],
        mode="text",
        text=[f"<b>{escape(label.name)}</b>" for label in labels],
        textposition="middle center",
        textfont={
            "family": palette.SCREEN_FONT, "size": LABEL_SIZE, "color": palette.INK, "shadow": WHITE_RIM,
        },
        hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def _map_layout(bounds: Bounds, height: int) -> dict[str, Any]:
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    clicks = {"clickmode": "event+select", "dragmode": False}
    return {**_layout(height), **clicks, "margin": margin, "geo": _frame(bounds)}


def _frame(bounds: Bounds) -> dict[str, Any]:
    west, south, east, north = bounds
    return {
        "visible": False,
        "bgcolor": CLEAR,
        "projection": {"type": "mercator"},
        "center": {"lon": (west + east) / 2, "lat": _mercator_middle(south, north)},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
        "fitbounds": False,
    }


def _mercator_middle(south: float, north: float) -> float:
    """The latitude half-way up the drawing; the plain mean lies below and would cut the north off."""
    heights = [math.asinh(math.tan(math.radians(latitude))) for latitude in (south, north)]
    return math.degrees(math.atan(math.sinh(sum(heights) / 2)))


def selected_code(selection: Mapping[str, Any] | None) -> str | None:
    """The region that was clicked, from a selection of the chart ({"points": [...]})."""
    for point in (selection or {}).get("points") or ():
        data = point.get("customdata")
        if data:
            return str(data[0])
    return None


def selected_day(selection: Mapping[str, Any] | None) -> date | None:
    """The day of the report that was clicked in a trend."""
    for point in (selection or {}).get("points") or ():
        try:
            return date.fromisoformat(str(point.get("x"))[:10])
        except ValueError:
            continue
    return None


def _shown_colour(place: MapPlace, chosen: str | None) -> str:
    return place.colour if chosen in (None, place.code) else _blend(place.colour, FADED)


def _regions(
    shapes: ProvinceMap, places: Sequence[MapPlace], colours: Mapping[str, str], line: float = 1.4
) -> go.Choropleth:
    shades = sorted(set(colours.values()))
    steps = [[(index + edge) / len(shades), colour] for index, colour in enumerate(shades) for edge in (0, 1)]
    return go.Choropleth(
        geojson=shapes.regions,
        locations=[place.code for place in places],
        z=[shades.index(colours[place.code]) + 0.5 for place in places],
        zmin=0,
        zmax=max(len(shades), 1),
        colorscale=steps or None,
        showscale=False,
        marker={"line": {"color": palette.CARD, "width": line}},
        **_unmoved_by_clicks({"opacity": 1}),
        customdata=[[place.code] for place in places],
        text=[_hover(place) for place in places],
        hovertemplate="%{text}<extra></extra>",
    )


def _unmoved_by_clicks(marker: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A click fades everything else in the browser unless told not to; we fade by ourselves, evenly."""
    return {"selected": {"marker": marker, **more}, "unselected": {"marker": marker, **more}}


def _hover(place: MapPlace) -> str:
    return "<br>".join([f"<b>{escape(place.name)}</b>", *(escape(line) for line in place.hover)])


def _hatch(shapes: ProvinceMap, places: Sequence[MapPlace]) -> list[go.Scattergeo]:
    lines = [line for place in places if place.hatched for line in shapes.hatches.get(place.code, ())]
    return [_lines(lines, palette.HATCH, 1.0)] if lines else []


def _outline(shapes: ProvinceMap, chosen: str | None) -> list[go.Scattergeo]:
    rings = [
        ring
        for feature in shapes.regions["features"]
        if feature["id"] == chosen
        for ring in _exterior_rings(feature["geometry"])
    ]
    return [_lines(rings, palette.INK, 2.8)] if rings else []


def _exterior_rings(geometry: Mapping[str, Any]) -> list[Any]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _lines(lines: Sequence[Sequence[Sequence[float]]], colour: str, width: float) -> go.Scattergeo:
    """Many lines as one trace, with gaps between them."""
    return go.Scattergeo(
        lon=[value for line in lines for value in (*(point[0] for point in line), None)],
        lat=[value for line in lines for value in (*(point[1] for point in line), None)],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        showlegend=False,
    )


def _labels(shapes: ProvinceMap, places: Mapping[str, MapPlace], chosen: str | None) -> list[go.Scattergeo]:
    by_colour: dict[str, list[Label]] = {}
    for label in (label for label in shapes.labels if label.code in places):
        by_colour.setdefault(_lettering(label, places[label.code], chosen), []).append(label)
    return [_texts(labels, places, colour) for colour, labels in sorted(by_colour.items())]


def _leaders(leaders: Sequence[tuple[Point, Point]]) -> list[go.Scattergeo]:
    """Thin lines with a white rim, so that they show on every colour, from a dot in the region."""
    if not leaders:
        return []
    dots = go.Scattergeo(
        lon=[start[0] for start, _ in leaders],
        lat=[start[1] for start, _ in leaders],
        mode="markers",
        marker={"size": 5, "color": palette.INK, "opacity": 1, "line": {"color": palette.CARD, "width": 1}},
        hoverinfo="skip",
        showlegend=False,
    )
    return [_lines(leaders, palette.CARD, 3.0), _lines(leaders, palette.INK, 1.1), dots]


def _lettering(label: Label, place: MapPlace, chosen: str | None) -> str:
    if label.callout:
        return palette.INK
    if chosen in (None, place.code):
        return palette.CARD if place.emphasis == "light" else palette.INK
    faded = _blend(place.colour, FADED)
    return max((palette.INK, palette.CARD), key=lambda lettering: _contrast(lettering, faded))


def _texts(labels: Sequence[Label], places: Mapping[str, MapPlace], colour: str) -> go.Scattergeo:
    shown = [places[label.code] for label in labels]
    return go.Scattergeo(
        lon=[label.x for label in labels],
        lat=[label.y for label in labels],
        mode="markers+text",
        marker={"size": LABEL_TARGET, "color": colour, "opacity": 0},
        text=[_label_text(label, place) for label, place in zip(labels, shown, strict=True)],
        textposition="middle center",
        textfont={"family": palette.SCREEN_FONT, "size": LABEL_SIZE, "color": colour},
        **_unmoved_by_clicks({"opacity": 0}, textfont={"color": colour}),
        customdata=[[label.code] for label in labels],
        hovertext=[_hover(place) for place in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def _label_text(label: Label, place: MapPlace) -> str:
    mark = f'<span style="font-size:{MARK_SIZE}px">{escape(place.mark)}</span>' if place.mark else ""
    below = mark + escape(place.text)
    return f"<b>{escape(label.name)}</b>" + (f"<br>{below}" if below else "")


# --- colours ---------------------------------------------------------------------------------------


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _blend(colour: str, white: float) -> str:
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in _rgb(colour))


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.03928 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# --- trend -----------------------------------------------------------------------------------------


def trend(
    points: Sequence[TrendPoint],
    pace_points: Sequence[TrendPoint] = (),
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
    figure = go.Figure(lines, {**_layout(height), **axes, **plain, "margin": margin, "annotations": notes})
    return _with_bars(figure, bars, note) if bars else figure


def clipped(pace_points: Sequence[TrendPoint], first: date, last: date) -> list[TrendPoint]:
    """The pace between two days, with its figures on both of them where it has any."""
    inner = [point for point in pace_points if first < point.day < last]
    ends = [(day, pace_on(pace_points, day)) for day in (first, last)]
    drawn = [*inner, *(TrendPoint(day, value) for day, value in ends if value is not None)]
    return sorted(drawn, key=_day)


def pace_on(pace_points: Sequence[TrendPoint], day: date) -> float | None:
    """The pace on a day, straight between the points around it; None outside them."""
    for before, after in pairwise(pace_points):
        if before.day <= day <= after.day:
            elapsed = (day - before.day) / max(after.day - before.day, timedelta(days=1))
            return before.value + (after.value - before.value) * elapsed
    return None


def _day(point: TrendPoint) -> date:
    return point.day


def _said(point: TrendPoint, name: str, unit: str) -> str:
    sentence = point.hover or f"{name} {point.value:,.0f} {unit}"
    return f"{_chinese_day(point.day)}<br>{escape(sentence)}"


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _completed_line(points: Sequence[TrendPoint], name: str, unit: str) -> go.Scatter:
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
        y=[None if math.isnan(point.value) else point.value for point in drawn],
        name=name,
        mode="lines+markers",
        line={"color": palette.JADE, "width": 2.6},
        marker=marker,
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        fill="tozeroy" if len(points) > 1 and len(drawn) == len(points) else "none",
        fillcolor=JADE_WASH,
        hovertext=[_said(point, name, unit) for point in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _with_gaps(points: Sequence[TrendPoint]) -> list[TrendPoint]:
    """A point without a value breaks the line where nobody reported."""
    drawn: list[TrendPoint] = []
    for point in points:
        if point.after_silence and drawn:
            drawn.append(TrendPoint(drawn[-1].day, math.nan, " "))
        drawn.append(point)
    return drawn


def _dot(drawn: Sequence[TrendPoint], place: int) -> int:
    """A point that no line reaches has to be seen by itself."""
    beside = drawn[max(place - 1, 0) : place + 2]
    alone = all(math.isnan(point.value) for point in beside if point is not drawn[place])
    return 7 if alone else 4


def _pace_line(points: Sequence[TrendPoint], name: str, unit: str) -> go.Scatter:
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
    points: Sequence[TrendPoint], pace_points: Sequence[TrendPoint], value_name: str, pace_name: str
) -> list[dict[str, Any]]:
    """The two figures of the last day: the higher one above to the left, the lower one below to the right.

    Both lines rise, so the figures stand clear of them.
    """
    if not points:
        return []
    last, pace = points[-1], pace_on(pace_points, points[-1].day)
    above = pace is None or last.value >= pace
    top = _top([*points, *pace_points])
    text = f"<b>{escape(value_name)} {last.value:,.0f}</b>"
    notes = [_note(last, text, _position(last.value / top, above), {"size": 14, "color": palette.JADE})]
    if pace is not None:
        text = f"{escape(pace_name)} {pace:,.0f}"
        font = {"size": 12, "color": palette.SECONDARY}
        notes.append(_note(TrendPoint(last.day, pace), text, _position(pace / top, not above), font))
    return notes


def _position(height: float, above: bool) -> dict[str, Any]:
    """Near the bottom there is no room below: the lower figure then stands beside its point."""
    if above:
        return {"xanchor": "right", "yanchor": "bottom", "xshift": -4, "yshift": 4}
    if height > 0.12:
        return {"xanchor": "left", "yanchor": "top", "xshift": 6, "yshift": -4}
    return {"xanchor": "left", "yanchor": "bottom", "xshift": 8, "yshift": -2}


def _note(point: TrendPoint, text: str, position: dict[str, Any], font: dict[str, Any]) -> dict[str, Any]:
    place = {"x": point.day.isoformat(), "y": point.value, "showarrow": False}
    return {**place, **position, "text": text, "font": {"family": palette.SCREEN_FONT, **font}}


def _time_axis(points: Sequence[TrendPoint], days: Sequence[date]) -> dict[str, Any]:
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


def _time_range(days: Sequence[date], points: Sequence[TrendPoint]) -> tuple[date, date]:
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
        f"{day.month}月<br>{day.year}年" if day.year != year else f"{day.month}月"
        for day, year in zip(ticks, years, strict=False)
    ]


def _count_axis(points: Sequence[TrendPoint]) -> dict[str, Any]:
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


def _top(points: Sequence[TrendPoint]) -> float:
    return max((point.value for point in points), default=0) * 1.12 or 1


# --- what each period brought, below the line ------------------------------------------------------

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
    return {"x": 0, "y": BARS_TO + 0.01, "text": escape(note), "font": font}


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
        x=[_left(bar, share) for bar in bars],
        y=list(heights[: len(bars)]),
        width=[number * DAY_IN_MS * share for number in days],
        offset=0,
        yaxis="y2",
        marker=dict(marker),
        unselected={"marker": {"opacity": 1}},
        text=[""] * len(bars),
        hovertext=["<br>".join(escape(line) for line in bar.hover) for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


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


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "font": {"family": palette.SCREEN_FONT, "size": 12, "color": palette.SECONDARY},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "hoverlabel": {
            "bgcolor": palette.CARD,
            "bordercolor": palette.HAIRLINE,
            "align": "left",
            "font": {"family": palette.SCREEN_FONT, "size": 13, "color": palette.INK},
        },
        "template": "none",
    }
