"""Maps and trends of the full-screen briefing as vector pictures.

They grow with the projector and need no script: one page carries every slide, and turning it over
asks nobody for anything. Letters are part of the picture, sized for ten metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from html import escape
from itertools import pairwise
from urllib.parse import quote

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import RegionLine, ReportPoint, Section
from zyb.deck import remarks
from zyb.deck.legend import NOT_REPORTED
from zyb.maps.labels import CHARACTER, FRAME, Label
from zyb.maps.polygons import ProvinceMap
from zyb.maps.projection import Point, Projection, Rings, fitted
from zyb.numerals import percent, percent_number, value_number, value_text
from zyb.ui.look import Html

# The letters of a map are those that its labels were laid out for; the whole picture grows together.
LETTER, MARK = CHARACTER * 0.95, CHARACTER * 0.62
HATCHING = (
    '<pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="#f3f4f6"/><rect width="1.6" height="5" fill="{palette.HATCH}"/></pattern>'
)


def picture(drawing: str, width: float, height: float, told: str, classes: str = "") -> Html:
    """A drawing as an image, since st.html drops inline <svg>; `told` is its alternative text."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'font-family="{palette.SCREEN_FONT}">{drawing}</svg>'
    )
    return Html(f'<img class="{classes}" alt="{escape(told)}" src="data:image/svg+xml,{quote(svg)}">')


# --- map -------------------------------------------------------------------------------------------


def region_map(shapes: ProvinceMap, section: Section) -> Html:
    """Every region in the colour of its verdict, with name, shape and figure."""
    seen, lines = fitted(shapes.bounds, *FRAME), {line.code: line for line in section.lines}
    labels = [label for label in shapes.labels if label.code in lines]
    parts = [
        f"<defs>{HATCHING}</defs>",
        *(_area(rings, lines[code]) for code, rings in seen.areas(shapes.regions["features"], lines)),
        *(_leader(label, seen) for label in labels if label.callout),
        *(_label(label, seen, section, lines[label.code]) for label in labels),
    ]
    told = "；".join(remarks.described(section, line) for line in section.lines)
    return picture("".join(parts), seen.width, seen.height, f"{section.title}分布图：{told}", "z-map")


def silhouette(shapes: ProvinceMap) -> Html:
    """The province without figures, for the dark ground of the cover."""
    seen = fitted(shapes.bounds, *FRAME)
    drawing = "".join(
        f'<path d="{_path(seen.rings(feature))}" fill="#17434a" stroke="#2b626a"/>'
        for feature in shapes.regions["features"]
    )
    return picture(drawing, seen.width, seen.height, "全省示意图", "z-map")


def _path(rings: Rings) -> str:
    """Whole tenths, one after the other: finer than a projector shows."""
    return "".join(f"M{_points(ring)}Z" for ring in rings)


def _points(places: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _area(rings: Rings, line: RegionLine) -> str:
    fill = "url(#h)" if line.judgement.id == NOT_REPORTED else palette.VERDICTS[line.judgement.id]
    return (
        f'<path d="{_path(rings)}" fill="{fill}" fill-rule="evenodd" stroke="{palette.CARD}"'
        ' stroke-width=".8" stroke-linejoin="round"/>'
    )


def _leader(label: Label, seen: Projection) -> str:
    start, end = (seen.place(point) for point in label.callout or ())
    run = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
    dot = f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="2" fill="{palette.INK}" stroke="#fff" stroke-width=".6"/>'
    return f'<line {run} stroke="#fff" stroke-width="2.4"/><line {run} stroke="{palette.INK}" stroke-width=".8"/>{dot}'


def _label(label: Label, seen: Projection, section: Section, line: RegionLine) -> str:
    x, y = seen.place((label.x, label.y))
    is_light = not label.callout and line.judgement.id in palette.LIGHT_LETTERING
    colour, rim = (palette.CARD, "none") if is_light else (palette.INK, "#ffffffb0")
    mark = f'<tspan font-size="{MARK:.1f}">{line.judgement.shape}</tspan>'
    style = f'font-size="{LETTER:.1f}" text-anchor="middle" fill="{colour}" stroke="{rim}" stroke-width="1.6" paint-order="stroke"'
    return (
        f'<text {style} font-weight="700"><tspan x="{x:.1f}" y="{y - 1.5:.1f}">{escape(line.short)}</tspan>'
        f'<tspan x="{x:.1f}" y="{y + 12:.1f}">{mark}{escape(remarks.on_map(section, line) + facts.mark(line))}</tspan></text>'
    )


# --- trend -----------------------------------------------------------------------------------------

WIDE, HIGH = 1760.0, 760.0
LEFT, RIGHT, TOP, BOTTOM = 110.0, 1560.0, 40.0, 690.0
FIRST = LEFT + 56  # the first report stands clear of the axis
AXIS, FIGURE, LAST = 26, 28, 44
STEPS = (Fraction(1, 100), Fraction(2, 100), Fraction(5, 100), Fraction(1, 10), Fraction(1, 5), Fraction(1, 2), Fraction(1))  # fmt: skip
# Figures stay readable where they cross a line.
RIMMED = f'text-anchor="middle" stroke="{palette.GROUND}" stroke-width="9" paint-order="stroke"'
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


def trend(section: Section) -> Html:
    """What the province reported, day by day, against the pace; the last report in large letters."""
    scale = _scale(section)
    parts = [
        *_grid(scale),
        *_dates(scale, section.trend),
        *_course([(p.day, p.pace) for p in section.trend], scale, palette.SECONDARY, "10 9", 3.5),
        *_course([(p.day, p.value) for p in section.trend], scale, palette.JADE, "", 6),
        *_figures(section, scale),
        *_ends(section, scale),
    ]
    told = "；".join(f"{p.day.year}年{p.day.month}月{p.day.day}日{percent(p.value)}" for p in section.trend)
    return picture("".join(parts), WIDE, HIGH, f"{section.title}趋势：{told}", "z-trend")


def _scale(section: Section) -> Scale:
    shares = [v for point in section.trend for v in (point.value, point.pace) if v is not None]
    low, high = min([*shares, Fraction(0)]), max(shares, default=Fraction(1))
    span = (high - low) or Fraction(1)
    step = next(
        (step for step in STEPS if span / step <= MOST_GRID_LINES),
        Fraction(math.ceil(span / MOST_GRID_LINES)),
    )
    days = [point.day for point in section.trend]
    return Scale(
        min(days), max(days), math.floor(low / step) * step, math.ceil(high / step) * step or step, step
    )


def _text(x: float, y: float, words: str, size: int, colour: str, more: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{colour}" {more}>{escape(words)}</text>'


def _grid(scale: Scale) -> Iterator[str]:
    for number in range(round((scale.high - scale.low) / scale.step) + 1):
        share = scale.low + number * scale.step
        y = scale.y(share)
        colour = palette.TERTIARY if share == 0 else palette.HAIRLINE
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{RIGHT}" y2="{y:.1f}" stroke="{colour}" stroke-width="2"/>'
        whole = percent_number(share).removesuffix(".0").replace("-", "−")
        yield _text(LEFT - 16, y + 9, f"{whole}%", AXIS, palette.SECONDARY, 'text-anchor="end"')


def _spread(places: Sequence[float], room: float) -> list[int]:
    """Of many the last, and before it those that do not touch."""
    kept: list[int] = []
    for number in reversed(range(len(places))):
        if not kept or places[kept[-1]] - places[number] >= room:
            kept.append(number)
    return kept


def _dates(scale: Scale, points: Sequence[ReportPoint]) -> Iterator[str]:
    for number in _spread([scale.x(point.day) for point in points], DATE_ROOM):
        day = points[number].day
        words = f"{day.year}.{day.month}.{day.day}"
        yield _text(scale.x(day), BOTTOM + 46, words, AXIS, palette.SECONDARY, 'text-anchor="middle"')


def _course(
    course: Sequence[tuple[date, Fraction | None]], scale: Scale, colour: str, dash: str, width: float
) -> Iterator[str]:
    """A line through what is known; it breaks where nothing is."""
    line = f'stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash}" stroke-linecap="round"'
    for (day, value), (next_day, following) in pairwise(course):
        if value is not None and following is not None:
            ends = f'x1="{scale.x(day):.1f}" y1="{scale.y(value):.1f}" x2="{scale.x(next_day):.1f}" y2="{scale.y(following):.1f}"'
            yield f"<line {ends} {line}/>"


def _figures(section: Section, scale: Scale) -> Iterator[str]:
    """A dot for every report and its figure where there is room, on the side away from the pace."""
    known = [point for point in section.trend if point.value is not None]
    named = _spread([scale.x(point.day) for point in known[:-1]], FIGURE_ROOM)
    for number, point in enumerate(known):
        value = point.value or Fraction(0)
        x, y = scale.x(point.day), scale.y(value)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{9 if number + 1 == len(known) else 6}" fill="{palette.JADE}" stroke="#fff" stroke-width="3"/>'
        if number in named and RIGHT - x >= FIGURE_ROOM:
            below = point.pace is not None and value < point.pace
            words = value_number(value, section.kind)
            yield _text(x, y + (42 if below else -20), words, FIGURE, palette.INK, RIMMED)


def _ends(section: Section, scale: Scale) -> Iterator[str]:
    """At the right what both lines have come to, never one over the other."""
    last = section.trend[-1]
    if last.value is None:
        return
    y, other = scale.y(last.value), None if last.pace is None else scale.y(last.pace)
    if other is not None and abs(y - other) < 74:
        middle, sign = (y + other) / 2, 1 if y >= other else -1
        y, other = middle + sign * 37, middle - sign * 37
    yield _text(
        RIGHT + 24, y + 16, value_text(last.value, section.kind), LAST, palette.JADE, 'font-weight="700"'
    )
    if other is not None and last.pace is not None:
        yield _text(RIGHT + 24, other - 2, section.yardstick, AXIS, palette.SECONDARY)
        yield _text(RIGHT + 24, other + 28, percent(last.pace), AXIS, palette.SECONDARY, 'font-weight="700"')
