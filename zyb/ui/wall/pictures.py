"""Maps and trends of the full-screen briefing as vector pictures.

They grow with the projector and need no script: one page carries every slide, and turning it over
asks nobody for anything. Letters are part of the picture, sized for ten metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from urllib.parse import quote

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import RegionLine, ReportPoint, Section
from zyb.deck import remarks
from zyb.deck.legend import Ground, ground
from zyb.html import Markup, joined, tag
from zyb.maps.drawing import HATCHING, LETTER, area, dot, drawing_file, leader, lettering, line, path
from zyb.maps.labels import FRAME, Label
from zyb.maps.polygons import ProvinceMap
from zyb.maps.projection import Coordinates, Projection, Rings, fitted
from zyb.numerals import short_percent_number, value_number, value_text


def picture(drawing: Markup, width: float, height: float, told: str, classes: str) -> Markup:
    """A drawing as an image, since st.html drops inline <svg>; `told` is its alternative text."""
    svg = tag(
        "svg", drawing, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:g} {height:g}",
        font_family=palette.SCREEN_FONT,
    )  # fmt: skip
    return tag("img", classes=classes, alt=told, src=f"data:image/svg+xml,{quote(svg)}")


# --- map -------------------------------------------------------------------------------------------


def region_map(shapes: ProvinceMap, section: Section) -> Markup:
    """Every region in the colour of its verdict, with name, shape and figure."""
    seen, lines = fitted(shapes.bounds, *FRAME), {line.code: line for line in section.lines}
    labels = [label for label in shapes.labels if label.code in lines]
    parts = [
        tag("defs", HATCHING),
        *_uncounted(shapes, seen),
        *(
            _area(rings, ground(section, lines[code]))
            for code, rings in seen.areas(shapes.regions["features"], lines)
        ),
        *(leader(label, seen) for label in labels if label.callout),
        *(_label(label, seen, section, lines[label.code]) for label in labels),
    ]
    told = "；".join(remarks.described(section, line) for line in section.lines)
    return picture(joined(*parts), seen.width, seen.height, f"{section.title}分布图：{told}", "z-map")


def _uncounted(shapes: ProvinceMap, seen: Projection) -> Iterator[Markup]:
    """台湾, 香港 and 澳门 in a picture of the whole country: a pale tile with its name."""
    for _, rings in seen.areas(shapes.regions["features"], shapes.uncounted):
        yield tag("path", d=path(rings), fill=palette.GRID, stroke=palette.HAIRLINE, stroke_width=".8")
    for label in (label for label in shapes.labels if label.code in shapes.uncounted):
        x, y = seen.place((label.x, label.y))
        yield tag(
            "text", label.name, x=f"{x:.1f}", y=f"{y + 4:.1f}", font_size=f"{LETTER:.1f}", text_anchor="middle",
            fill=palette.TERTIARY,
        )  # fmt: skip


def silhouette(shapes: ProvinceMap) -> Markup:
    """The province without figures, for the dark ground of the cover."""
    seen = fitted(shapes.bounds, *FRAME)
    areas = (
        tag("path", d=path(seen.rings(feature)), fill="#17434a", stroke="#2b626a")
        for feature in shapes.regions["features"]
    )
    return picture(joined(*areas), seen.width, seen.height, "示意图", "z-map")


def _area(rings: Rings, below: Ground) -> Markup:
    return area(rings, "url(#h)" if below.hatched else below.colour)


def _label(label: Label, seen: Projection, section: Section, line: RegionLine) -> Markup:
    is_light = not label.callout and ground(section, line).light
    figure = remarks.on_map(section, line) + facts.mark(line)
    return lettering(label, seen, line.short, line.judgement.shape, figure, light=is_light)


# --- trend -----------------------------------------------------------------------------------------

WIDE, HIGH = 1760.0, 760.0
LEFT, RIGHT, TOP, BOTTOM = 110.0, 1560.0, 40.0, 690.0
FIRST = LEFT + 56  # the first report stands clear of the axis
AXIS, FIGURE, LAST = 26, 28, 44
STEPS = (Fraction(1, 100), Fraction(2, 100), Fraction(5, 100), Fraction(1, 10), Fraction(1, 5), Fraction(1, 2), Fraction(1))  # fmt: skip
# Figures stay readable where they cross a line.
RIMMED = {"text_anchor": "middle", "stroke": palette.GROUND, "stroke_width": "9", "paint_order": "stroke"}
MOST_GRID_LINES = 6
# Pixels that a figure, and the date of a report, take beside the next.
FIGURE_ROOM, DATE_ROOM = 96.0, 190.0


@dataclass(frozen=True)
class Scale:
    """Days and shares → places in the drawing."""

    first: date
    last: date
    low: Fraction
    high: Fraction
    step: Fraction

    def x(self, day: date) -> float:
        span = (self.last - self.first).days
        return FIRST + (RIGHT - FIRST) * ((day - self.first).days / span if span else 1.0)

    def y(self, value: Fraction) -> float:
        return BOTTOM - (BOTTOM - TOP) * float((value - self.low) / (self.high - self.low))

    def place(self, day: date, value: Fraction) -> Coordinates:
        return self.x(day), self.y(value)


@dataclass(frozen=True)
class TrendSeries:
    """Reports in their order, how their values are written, and what they are held against."""

    points: Sequence[ReportPoint]
    kind: str
    yardstick: str


def trend(section: Section) -> Markup:
    """What the province reported, day by day, against the pace; the last report in large letters."""
    told = "；".join(
        f"{p.day.year}年{p.day.month}月{p.day.day}日{value_text(p.value, section.kind)}"
        for p in section.trend
    )
    drawn = _trend_drawn(TrendSeries(section.trend, section.kind, section.yardstick))
    return picture(joined(*drawn), WIDE, HIGH, f"{section.title}趋势：{told}", "z-trend")


def trend_sheet(title: str, series: TrendSeries, *notes: str) -> Markup:
    """The same drawing as a file, with its title above and what has to be said below."""
    above, below = 90.0, 44.0 * len(notes)
    heading = _text(LEFT - 80, 62, title, LAST, palette.INK, font_weight="700")
    foot = (
        _text(LEFT - 80, above + HIGH + 44 * n + 20, note, AXIS, palette.SECONDARY)
        for n, note in enumerate(notes)
    )
    size = (WIDE, above + HIGH + below)
    return drawing_file(
        heading, tag("g", *_trend_drawn(series), transform=f"translate(0 {above:g})"), *foot, size=size
    )


def _trend_drawn(series: TrendSeries) -> Iterator[Markup]:
    scale = _scale(series)
    yield from _grid(scale)
    yield from _dates(scale, series.points)
    yield from _course([(p.day, p.pace) for p in series.points], scale, palette.SECONDARY, "10 9", "3.5")
    yield from _course([(p.day, p.value) for p in series.points], scale, palette.JADE, "", "6")
    yield from _figures(series, scale)
    yield from _ends(series, scale)


def _scale(series: TrendSeries) -> Scale:
    shares = [v for point in series.points for v in (point.value, point.pace) if v is not None]
    low, high = min([*shares, Fraction(0)]), max(shares, default=Fraction(1))
    span = (high - low) or Fraction(1)
    step = next(
        (step for step in STEPS if span / step <= MOST_GRID_LINES),
        Fraction(math.ceil(span / MOST_GRID_LINES)),
    )
    days = [point.day for point in series.points]
    return Scale(
        min(days), max(days), math.floor(low / step) * step, math.ceil(high / step) * step or step, step
    )


def _text(x: float, y: float, words: str, size: int, colour: str, **drawn: str) -> Markup:
    return tag("text", words, x=f"{x:.0f}", y=f"{y:.0f}", font_size=size, fill=colour, **drawn)


def _grid(scale: Scale) -> Iterator[Markup]:
    for number in range(round((scale.high - scale.low) / scale.step) + 1):
        share = scale.low + number * scale.step
        y = scale.y(share)
        colour = palette.TERTIARY if share == 0 else palette.HAIRLINE
        yield line((LEFT, y), (RIGHT, y), stroke=colour, stroke_width="2")
        whole = short_percent_number(share)
        yield _text(LEFT - 16, y + 9, f"{whole}%", AXIS, palette.SECONDARY, text_anchor="end")


def _spread(places: Sequence[float], room: float) -> list[int]:
    """Of many the last, and before it those that do not touch."""
    kept: list[int] = []
    for number in reversed(range(len(places))):
        if not kept or places[kept[-1]] - places[number] >= room:
            kept.append(number)
    return kept


def _dates(scale: Scale, points: Sequence[ReportPoint]) -> Iterator[Markup]:
    for number in _spread([scale.x(point.day) for point in points], DATE_ROOM):
        day = points[number].day
        words = f"{day.year}.{day.month}.{day.day}"
        yield _text(scale.x(day), BOTTOM + 46, words, AXIS, palette.SECONDARY, text_anchor="middle")


def _course(
    course: Sequence[tuple[date, Fraction | None]], scale: Scale, colour: str, dash: str, width: str
) -> Iterator[Markup]:
    """A line through what is known; it breaks where nothing is."""
    drawn = {"stroke": colour, "stroke_width": width, "stroke_dasharray": dash, "stroke_linecap": "round"}
    for (day, value), (next_day, following) in pairwise(course):
        if value is not None and following is not None:
            yield line(scale.place(day, value), scale.place(next_day, following), **drawn)


def _figures(series: TrendSeries, scale: Scale) -> Iterator[Markup]:
    """A dot for every report and its figure where there is room, on the side away from the pace."""
    known = [point for point in series.points if point.value is not None]
    named = _spread([scale.x(point.day) for point in known[:-1]], FIGURE_ROOM)
    for number, point in enumerate(known):
        value = point.value or Fraction(0)
        x, y = scale.place(point.day, value)
        size = "9" if number + 1 == len(known) else "6"
        yield dot((x, y), r=size, fill=palette.JADE, stroke="#fff", stroke_width="3")
        if number in named and RIGHT - x >= FIGURE_ROOM:
            below = point.pace is not None and value < point.pace
            words = value_number(value, series.kind)
            yield _text(x, y + (42 if below else -20), words, FIGURE, palette.INK, **RIMMED)


def _ends(series: TrendSeries, scale: Scale) -> Iterator[Markup]:
    """At the right what both lines have come to, never one over the other."""
    last = series.points[-1]
    if last.value is None:
        return
    y, other = scale.y(last.value), None if last.pace is None else scale.y(last.pace)
    if other is not None and abs(y - other) < 74:
        middle, sign = (y + other) / 2, 1 if y >= other else -1
        y, other = middle + sign * 37, middle - sign * 37
    words = value_text(last.value, series.kind)
    yield _text(RIGHT + 24, y + 16, words, LAST, palette.JADE, font_weight="700")
    if other is not None and last.pace is not None:
        yield _text(RIGHT + 24, other - 2, series.yardstick, AXIS, palette.SECONDARY)
        yield _text(
            RIGHT + 24,
            other + 28,
            value_text(last.pace, series.kind),
            AXIS,
            palette.SECONDARY,
            font_weight="700",
        )
