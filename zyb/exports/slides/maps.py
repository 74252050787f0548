"""The map as native shapes in one group: areas, labels and leader lines, each to be edited by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import RegionLine, Section
from zyb.deck import measuring, remarks
from zyb.deck.legend import ground
from zyb.exports.drawingml.ink import LetterStyle, solid
from zyb.exports.slides.charts import filled
from zyb.exports.slides.drawing import Box, paragraph, run
from zyb.exports.slides.page import SlidePage
from zyb.maps.labels import CHARACTER, FRAME, Label
from zyb.maps.polygons import ProvinceMap
from zyb.maps.projection import Coordinates, Projection, fitted

LABEL_SIZES = (8.0, 11.5)  # smallest and largest, in points
LABEL_BOX = (1.3, 0.44)


def _fitted(shapes: ProvinceMap, box: Box) -> Projection:
    """In the middle of the box."""
    drawn = fitted(shapes.bounds, box.width, box.height)
    left, top = box.left + (box.width - drawn.width) / 2, box.top + (box.height - drawn.height) / 2
    return replace(drawn, left=left, top=top)


def _letters(shapes: ProvinceMap, drawn: Projection) -> float:
    """In points: labels do not touch as long as letters shrink with the map that they were laid out for."""
    inches_a_pixel = drawn.scale / fitted(shapes.bounds, *FRAME).scale
    letters = CHARACTER * inches_a_pixel * measuring.POINTS * 0.92
    smallest, largest = LABEL_SIZES
    return max(smallest, min(largest, math.floor(letters * 2) / 2))


def draw_map(page: SlidePage, box: Box, shapes: ProvinceMap, section: Section) -> None:
    """Areas first, the largest at the bottom; then leader lines, then labels."""
    lines = {line.code: line for line in section.lines}
    projection = _fitted(shapes, box)
    letters = _letters(shapes, projection)
    labels = [label for label in shapes.labels if label.code in lines]
    members = [
        *_uncounted(page, shapes, projection, letters),
        *_areas(page, shapes, projection, section, lines),
        *_leaders(page, projection, labels, lines),
        *(
            _label(
                page,
                projection.place((label.x, label.y)),
                letters,
                section,
                lines[label.code],
                outside=bool(label.callout),
            )
            for label in labels
        ),
    ]
    page.group("地图（取消组合后可单独修改）", box, members, f"{section.title}分布图。{shapes.sketch}")


def _uncounted(page: SlidePage, shapes: ProvinceMap, projection: Projection, letters: float) -> Iterator[str]:
    """台湾, 香港 and 澳门 in a picture of the whole country: a pale tile with its name."""
    names = {label.code: label for label in shapes.labels}
    width, height = LABEL_BOX
    for code, rings in projection.areas(shapes.regions["features"], shapes.uncounted):
        label = names[code]
        x, y = projection.place((label.x, label.y))
        box = Box(x - width / 2, y - height / 2, width, height)
        text = [paragraph(run(label.name, LetterStyle(letters, palette.TERTIARY)), align="ctr")]
        yield page.area_xml(
            label.name, rings, solid(palette.GRID), palette.CARD, f"{label.name}：不在统计范围"
        )
        yield page.text_xml(f"标注-{label.name}", box, text, "ctr", wrap=False)


def silhouette(page: SlidePage, box: Box, shapes: ProvinceMap, fills: Mapping[str, str], edge: str) -> None:
    """The province without figures, for the cover; `fills` by region code, "" for all others."""
    projection = _fitted(shapes, box)
    members = [
        page.area_xml(
            feature["properties"]["name"],
            projection.rings(feature),
            solid(fills.get(feature["id"], fills[""])),
            edge,
        )
        for feature in shapes.regions["features"]
    ]
    page.group("封面底图", box, members, shapes.sketch)


def _areas(
    page: SlidePage,
    shapes: ProvinceMap,
    projection: Projection,
    section: Section,
    lines: Mapping[str, RegionLine],
) -> Iterator[str]:
    for code, rings in projection.areas(shapes.regions["features"], lines):
        line = lines[code]
        described = remarks.described(section, line)
        yield page.area_xml(line.name, rings, filled(ground(section, line)), palette.CARD, described)


def _leaders(
    page: SlidePage, projection: Projection, labels: Sequence[Label], lines: Mapping[str, RegionLine]
) -> list[str]:
    found = []
    for label in labels:
        if label.callout:
            start, end = (projection.place(point) for point in label.callout)
            found.append(page.leader_xml(f"引线-{lines[label.code].name}", start, end, palette.INK))
    return found


def _label(
    page: SlidePage, place: Coordinates, letters: float, section: Section, line: RegionLine, *, outside: bool
) -> str:
    x, y = place
    width, height = LABEL_BOX
    below = ground(section, line)
    colour, halo = (palette.CARD, below.colour) if below.light and not outside else (palette.INK, "")
    style = LetterStyle(letters, colour, bold=True, halo=halo)
    second = remarks.on_map(section, line)
    texts = [
        paragraph(run(text, style), align="ctr", spacing=92)
        for text in (line.short, second + facts.mark(line))
    ]
    return page.text_xml(
        f"标注-{line.name}", Box(x - width / 2, y - height / 2, width, height), texts, "ctr", wrap=False
    )
