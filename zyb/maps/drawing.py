"""Maps as vector drawings: a file that opens anywhere, and what the slides of the full screen are drawn with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zyb import palette
from zyb.html import Markup, joined, tag
from zyb.letters import columns
from zyb.maps.labels import CHARACTER, FRAME, Label
from zyb.maps.plotted import MapPlace
from zyb.maps.polygons import GeoJson, ProvinceMap
from zyb.maps.projection import Coordinates, Projection, Rings, fitted

# The letters of a map are those that its labels were laid out for; the whole picture grows together.
LETTER, MARK = CHARACTER * 0.95, CHARACTER * 0.62
HATCHING = tag(
    "pattern",
    tag("rect", width=5, height=5, fill="#f3f4f6"),
    tag("rect", width="1.6", height=5, fill=palette.HATCH),
    id="h", width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
)  # fmt: skip
MARGIN, TITLE, WORDS, LINE = 16.0, 15, 10, 15.0
# What a letter of half the width takes at the size of the words.
HALF = WORDS * 0.53
WIDTH = FRAME[0] + 2 * MARGIN
MapClass = tuple[str | None, str]
"""A colour, or None for hatching, and what it stands for."""


@dataclass(frozen=True, kw_only=True)
class MapSheet:
    """A map to take away: what it shows, whose classes it has, and what has to be said below it. `over`: regions whose
    borders and names lie over the counties that are shown."""

    title: str
    shapes: ProvinceMap
    places: Sequence[MapPlace]
    legend: Sequence[MapClass]
    notes: Sequence[str]
    over: GeoJson | None = None


def map_sheet(sheet: MapSheet, *before: str) -> Markup:
    """The whole file: title, legend, map and notes; `before` them what has to be said first."""
    entries = list(_legend(sheet.legend))
    legend, top = joined(*(part for part, _ in entries)), (entries[-1][1] if entries else MARGIN + TITLE)
    seen = fitted(sheet.shapes.bounds, *FRAME)
    left = (WIDTH - seen.width) / 2
    below = top + LINE + seen.height + LINE
    lines = [line for note in (*before, *sheet.notes) for line in _wrapped(note)]
    height = below + LINE * len(lines) + MARGIN / 2
    drawing = tag("g", *_drawn(sheet, seen), transform=f"translate({left:.1f} {top + LINE:.1f})")
    return drawing_file(
        _words(MARGIN, MARGIN + TITLE * 0.8, sheet.title, TITLE, palette.INK, font_weight="700"), legend, drawing,
        *(_words(MARGIN, below + LINE * n, line, WORDS, palette.SECONDARY) for n, line in enumerate(lines)),
        size=(WIDTH, height), enlarged=2,
    )  # fmt: skip


def drawing_file(*parts: Markup, size: tuple[float, float], enlarged: int = 1) -> Markup:
    """A drawing as a file of its own, on white ground."""
    width, height = size
    return tag(
        "svg", tag("defs", HATCHING), tag("rect", width="100%", height="100%", fill=palette.CARD), *parts,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:g} {height:.1f}", width=f"{width * enlarged:.0f}",
        height=f"{height * enlarged:.0f}", font_family=palette.SCREEN_FONT,
    )  # fmt: skip


def _drawn(sheet: MapSheet, seen: Projection) -> Iterator[Markup]:
    known: Mapping[str, MapPlace] = {place.code: place for place in sheet.places}
    for code, rings in seen.areas(sheet.shapes.regions["features"], known):
        yield area(rings, "url(#h)" if known[code].hatched else known[code].colour)
    regions = sheet.over["features"] if sheet.over else []
    yield from (_border(seen.rings(region)) for region in regions)
    labels = [label for label in sheet.shapes.labels if regions or label.code in known]
    yield from (leader(label, seen) for label in labels if label.callout)
    if regions:
        yield from (lettering(label, seen, label.name, "", "", light=False) for label in labels)
    else:
        yield from (_label(label, seen, known[label.code]) for label in labels)


def _border(rings: Rings) -> Markup:
    return tag(
        "path", d=path(rings), fill="none", stroke=palette.INK, stroke_width="1.1", stroke_linejoin="round"
    )


def _label(label: Label, seen: Projection, place: MapPlace) -> Markup:
    light = place.emphasis == "light" and not label.callout and not place.hatched
    return lettering(label, seen, place.name, place.mark, place.text, light=light)


def lettering(label: Label, seen: Projection, name: str, mark: str, figure: str, *, light: bool) -> Markup:
    """A name and below it shape and figure, in letters that stand out."""
    x, y = seen.place((label.x, label.y))
    colour, rim = (palette.CARD, "none") if light else (palette.INK, "#ffffffb0")
    shape = tag("tspan", mark, font_size=f"{MARK:.1f}")
    return tag(
        "text",
        tag("tspan", name, x=f"{x:.1f}", y=f"{y - 1.5:.1f}"),
        tag("tspan", shape, figure, x=f"{x:.1f}", y=f"{y + 12:.1f}"),
        font_size=f"{LETTER:.1f}", text_anchor="middle", fill=colour, stroke=rim, stroke_width="1.6",
        paint_order="stroke", font_weight="700",
    )  # fmt: skip


def _legend(entries: Iterable[MapClass]) -> Iterator[tuple[Markup, float]]:
    """Each entry and the line that it stands in; a new line where the sheet ends."""
    x, y = MARGIN, MARGIN + TITLE + LINE
    for colour, said in entries:
        wide = 15 + columns(said) * HALF + 10
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = MARGIN, y + LINE
        box = tag("rect", x=f"{x:.1f}", y=f"{y - 9:.1f}", width=10, height=10, fill=colour or "url(#h)")
        yield joined(box, _words(x + 14, y, said, WORDS, palette.INK)), y
        x += wide


def _wrapped(note: str) -> list[str]:
    room, lines, line = int((WIDTH - 2 * MARGIN) / HALF), [], ""
    for letter in note:
        if columns(line + letter) > room:
            lines.append(line)
            line = ""
        line += letter
    return [*lines, line] if line else lines


def _words(x: float, y: float, said: str, size: int, colour: str, **drawn: str) -> Markup:
    return tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", font_size=size, fill=colour, **drawn)


# -- parts --------------------------------------------------------------------------------------------


def path(rings: Rings) -> str:
    """Whole tenths, one after the other: finer than a projector shows."""
    return "".join(f"M{_points(ring)}Z" for ring in rings)


def _points(places: Iterable[Coordinates]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def area(rings: Rings, fill: str) -> Markup:
    return tag(
        "path", d=path(rings), fill=fill, fill_rule="evenodd", stroke=palette.CARD, stroke_width=".8",
        stroke_linejoin="round",
    )  # fmt: skip


def leader(label: Label, seen: Projection) -> Markup:
    start, end = (seen.place(point) for point in label.callout or ())
    return joined(
        line(start, end, stroke="#fff", stroke_width="2.4"),
        line(start, end, stroke=palette.INK, stroke_width=".8"),
        dot(start, r="2", fill=palette.INK, stroke="#fff", stroke_width=".6"),
    )


def line(start: Coordinates, end: Coordinates, **drawn: str) -> Markup:
    (x1, y1), (x2, y2) = start, end
    return tag("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", **drawn)


def dot(place: Coordinates, **drawn: str) -> Markup:
    return tag("circle", cx=f"{place[0]:.1f}", cy=f"{place[1]:.1f}", **drawn)
