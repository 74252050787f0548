"""The map as native shapes in one group: areas, labels and leader lines, each to be edited by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zyb import palette
from zyb.briefing.model import Briefing, Line, Section
from zyb.deck import measuring
from zyb.exports.slides import remarks
from zyb.exports.slides.charts import value_shown, verdict_fill
from zyb.exports.slides.drawing import Box, Point, Style, paragraph, run, solid
from zyb.exports.slides.page import Page
from zyb.maps.labels import CHARACTER, FRAME, Label
from zyb.maps.polygons import REVIEW_NUMBER, GeoJson, ProvinceMap
from zyb.rulebook.verdicts import verdicts

LABEL_SIZES = (8.0, 11.5)  # smallest and largest, in points
LABEL_BOX = (1.3, 0.44)
CAPTION = f"示意图，不作为行政区域界线依据　审图号：{REVIEW_NUMBER}"


@dataclass(frozen=True)
class Projection:
    """Mercator, as the labels were placed; fitted into a box and centred. `letters` is their size in points."""

    west: float
    north: float
    scale: float
    left: float
    top: float
    letters: float

    def place(self, point: Sequence[float]) -> Point:
        return self.left + (point[0] - self.west) * self.scale, self.top + (
            self.north - _mercator(point[1])
        ) * self.scale


def fitted(shapes: ProvinceMap, box: Box) -> Projection:
    west, south, east, north = shapes.bounds
    low, high = _mercator(south), _mercator(north)
    wide, tall = east - west, high - low
    scale = min(box.width / wide, box.height / tall)
    left, top = box.left + (box.width - wide * scale) / 2, box.top + (box.height - tall * scale) / 2
    # Labels do not touch as long as letters shrink with the map that they were laid out for.
    inches_a_pixel = scale / min(FRAME[0] / wide, FRAME[1] / tall)
    letters = CHARACTER * inches_a_pixel * measuring.POINTS * 0.92
    smallest, largest = LABEL_SIZES
    return Projection(west, high, scale, left, top, max(smallest, min(largest, math.floor(letters * 2) / 2)))


def _mercator(latitude: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def draw_map(page: Page, box: Box, shapes: ProvinceMap, section: Section) -> None:
    """Areas first, the largest at the bottom; then leader lines, then labels."""
    lines = {line.code: line for line in section.lines}
    projection = fitted(shapes, box)
    labels = [label for label in shapes.labels if label.code in lines]
    members = [
        *_areas(page, shapes, projection, section, lines),
        *_leaders(page, projection, labels, lines),
        *_labels(page, projection, labels, section, lines),
    ]
    page.group("地图（取消组合后可单独修改）", box, members, f"{section.title}分布图。{CAPTION}")


def silhouette(page: Page, box: Box, shapes: ProvinceMap, fills: Mapping[str, str], edge: str) -> None:
    """The province without figures, for the cover; `fills` by region code, "" for all others."""
    projection = fitted(shapes, box)
    members = [
        page.area_xml(
            feature["properties"]["name"],
            list(rings(feature, projection)),
            solid(fills.get(feature["id"], fills[""])),
            edge,
        )
        for feature in shapes.regions["features"]
    ]
    page.group("封面底图", box, members, CAPTION)


def rings(feature: GeoJson, projection: Projection) -> Iterator[list[Point]]:
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            # A ring ends where it began; the shape is closed by itself.
            yield [projection.place(point) for point in ring[:-1]]


def _areas(
    page: Page, shapes: ProvinceMap, projection: Projection, section: Section, lines: Mapping[str, Line]
) -> list[str]:
    drawn = [
        (lines[feature["id"]], list(rings(feature, projection)))
        for feature in shapes.regions["features"]
        if feature["id"] in lines
    ]
    return [
        page.area_xml(
            line.name, outline, verdict_fill(line.judgement.id), palette.CARD, described(section, line)
        )
        for line, outline in sorted(drawn, key=lambda item: -_extent(item[1]))
    ]


def _extent(outline: Sequence[Sequence[Point]]) -> float:
    xs, ys = [x for ring in outline for x, _ in ring], [y for ring in outline for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def described(section: Section, line: Line) -> str:
    """For screen readers: “西安市：完成率58.2%，达到序时”."""
    rate = f"{section.short_title}{value_shown(section, line.value)}，" if line.value is not None else ""
    return f"{line.name}：{rate}{line.judgement.title}{remarks.told_beside(line)}"


def _leaders(
    page: Page, projection: Projection, labels: Sequence[Label], lines: Mapping[str, Line]
) -> list[str]:
    found = []
    for label in labels:
        if label.callout:
            start, end = (projection.place(point) for point in label.callout)
            found.append(page.leader_xml(f"引线-{lines[label.code].name}", start, end, palette.INK))
    return found


def label_number(section: Section, line: Line) -> str:
    """“54.8”, of a growth “+12.3”: places for labels were measured without the sign; the caption has it."""
    if line.value is None:
        return line.judgement.title
    return value_shown(section, line.value).removesuffix("%")


def _labels(
    page: Page, projection: Projection, labels: Sequence[Label], section: Section, lines: Mapping[str, Line]
) -> list[str]:
    return [_label(page, projection, label, section, lines[label.code]) for label in labels]


def _label(page: Page, projection: Projection, label: Label, section: Section, line: Line) -> str:
    x, y = projection.place((label.x, label.y))
    width, height = LABEL_BOX
    light = not label.callout and line.judgement.id in palette.LIGHT_LETTERING
    ground = palette.VERDICTS[line.judgement.id]
    colour, halo = (palette.CARD, ground) if light else (palette.INK, "")
    style = Style(projection.letters, colour, bold=True, halo=halo)
    second = label_number(section, line)
    texts = [
        paragraph(run(text, style), align="ctr", spacing=92)
        for text in (line.short, second + remarks.mark(line))
    ]
    return page.text_xml(
        f"标注-{line.name}", Box(x - width / 2, y - height / 2, width, height), texts, "ctr", wrap=False
    )


# --- legend ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LegendEntry:
    verdict_id: str
    title: str
    shape: str
    regions: int
    rule: str


def legend(briefing: Briefing, section: Section) -> list[LegendEntry]:
    """The classes of the scale with the number of regions in each, and of the others those that occur."""
    rules = {one.title: one.rule for one in briefing.verdict_rules}
    ids = [line.judgement.id for line in section.lines]
    paced = section.pace is not None
    entries = []
    for verdict_id in palette.VERDICTS:
        found = verdicts()[verdict_id]
        if ids.count(verdict_id) or (paced and found.title in rules):
            rule = rules.get(found.title, "")
            entries.append(LegendEntry(verdict_id, found.title, found.shape, ids.count(verdict_id), rule))
    return entries


def told_by_class(section: Section) -> list[str]:
    """“进展较快：汉中市、商洛市”, best class first."""
    classes: dict[str, list[Line]] = {verdict_id: [] for verdict_id in palette.VERDICTS}
    for line in section.ranked():
        classes[line.judgement.id].append(line)
    return [
        f"{own[0].judgement.title}：{'、'.join(line.name + remarks.mark(line) for line in own)}"
        for own in classes.values()
        if own
    ]
