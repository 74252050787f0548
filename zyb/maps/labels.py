"""Where the names on a map stand: inside their region where they fit, else outside with a leader line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from zyb.maps import projection
from zyb.maps.projection import Bounds, Coordinates
from zyb.rulebook.regions import Region

DECIMALS = 4  # about 10 m

# Labels are laid out for a card of this size in pixels; on a larger one they only get more room.
FRAME = (410.0, 410.0)
LINE_HEIGHT = 15.5
CHARACTER = 13.0
NARROWEST = 32.0  # "100.0" in the second line
INSIDE = 0.82  # a label stands in its region when this share of it does
CLEARANCE = 5.0
MARGIN = 4.0
SURROUNDING = 11.0  # pixels that labels keep from a unit cut out, so that its leader line gets away
SEARCH = 30.0
STEP = 5.0
PADDINGS = (0.0, 14.0, 28.0, 44.0)
CROSSING_COST = 400.0
Shape = Any  # shapely ships no types


@dataclass(frozen=True)
class Label:
    """Where a region's label stands (longitude, latitude of its centre).

    `callout` is the leader line, from a point in the region to the edge of the label.
    """

    code: str
    name: str
    x: float
    y: float
    callout: tuple[Coordinates, Coordinates] | None = None


@dataclass(frozen=True)
class _Drawing:
    """A Mercator drawing of the province in pixels, y upwards, centred in FRAME."""

    scale: float
    west: float
    south: float

    def draw(self, area: Shape) -> Shape:
        def project(points: Any) -> Any:
            y = np.array([projection.height(latitude) for latitude in points[:, 1]])
            return (np.column_stack([points[:, 0], y]) - [self.west, self.south]) * self.scale

        return shapely.transform(area, project)

    def place(self, point: Sequence[float]) -> Coordinates:
        """Back to longitude and latitude."""
        x, y = point[0] / self.scale + self.west, point[1] / self.scale + self.south
        return round(x, DECIMALS), round(projection.latitude(y), DECIMALS)


@dataclass(frozen=True)
class _PlacedLabel:
    """A label on the sheet: its centre, its box, and for a call-out the leader line."""

    region: Region
    centre: Coordinates
    box: Shape
    leader: Shape | None = None
    clear: bool = True


def place_labels(regions: Sequence[Region], areas: Mapping[str, Shape]) -> tuple[list[Label], Bounds]:
    """A place for each label, and the bounds of map and labels together.

    A label stands in its region when it fits, otherwise beside the province at the end of a leader
    line. The province is drawn smaller only where there is no room beside it.
    """
    for padding in PADDINGS:
        sheet = _sheet(list(areas.values()), padding)
        drawn = {code: sheet.draw(area) for code, area in areas.items()}
        placed = _placed(regions, drawn)
        if all(label.clear for label in placed):
            break
    return [_label(label, sheet) for label in placed], _bounds(placed, list(drawn.values()), sheet)


def _sheet(areas: Sequence[Shape], padding: float) -> _Drawing:
    plain = _Drawing(1.0, 0.0, 0.0)
    west, south, east, north = shapely.total_bounds([plain.draw(area) for area in areas])
    width, height = FRAME[0] - 2 * padding, FRAME[1] - 2 * padding
    scale = min(width / (east - west), height / (north - south))
    return _Drawing(
        scale,
        (west + east) / 2 - FRAME[0] / 2 / scale,
        (south + north) / 2 - FRAME[1] / 2 / scale,
    )


def _placed(regions: Sequence[Region], drawn: Mapping[str, Shape]) -> list[_PlacedLabel]:
    """Small regions choose first, large ones have room to give way, also to the units cut out of them."""
    inside: dict[str, _PlacedLabel] = {}
    outside = {region: _pole(drawn[region.code], 1.0) for region in regions if region.carved}
    apart = [shapely.Point(anchor).buffer(SURROUNDING) for anchor in outside.values()]
    ordinary = [region for region in regions if not region.carved]
    for region in sorted(ordinary, key=lambda region: drawn[region.code].area):
        taken = [*apart, *(other.box for other in inside.values())]
        label = _inside(region, drawn[region.code], taken)
        if label:
            inside[region.code] = label
        else:
            outside[region] = _pole(drawn[region.code], 1.0)
    callouts = _callouts(outside, list(inside.values()), shapely.union_all(list(drawn.values())))
    everything = {**inside, **{label.region.code: label for label in callouts}}
    return [everything[region.code] for region in regions]


def _size(region: Region) -> tuple[float, float]:
    return max(len(region.short) * CHARACTER, NARROWEST), 2 * LINE_HEIGHT


def _box(centre: Coordinates, size: tuple[float, float]) -> Shape:
    return _boxes(np.array([centre]), size)[0]


def _boxes(centres: Any, size: tuple[float, float]) -> Any:
    half = np.array(size) / 2
    return shapely.box(*(centres - half).T, *(centres + half).T)


def _inside(region: Region, area: Shape, taken: Sequence[Shape]) -> _PlacedLabel | None:
    """At the pole of inaccessibility, else where most of the label lies in the region; None without room."""
    width, height = size = _size(region)
    others = shapely.union_all(list(taken))
    centre: Coordinates | None = _pole(area, height / width)
    if centre and not _box(centre, size).within(area.difference(others)):
        centre = _roomiest(area, size, centre, others)
    return _PlacedLabel(region, centre, _box(centre, size)) if centre else None


def _pole(area: Shape, squeeze: float) -> Coordinates:
    """The point farthest from the border, with widths counted in heights of the label."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    squeezed = shapely.transform(largest, lambda points: points * [squeeze, 1.0])
    x, y = shapely.maximum_inscribed_circle(squeezed, tolerance=0.5).coords[0]
    return x / squeeze, y


def _roomiest(area: Shape, size: tuple[float, float], pole: Coordinates, others: Shape) -> Coordinates | None:
    """The centre around the pole whose label has the largest share inside, if that is enough."""
    steps = np.arange(-SEARCH, SEARCH + 0.1, STEP / 2)
    centres = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) + pole
    boxes = _boxes(centres, size)
    free = shapely.contains_xy(area, centres) & ~shapely.intersects(boxes, others)
    shares = shapely.area(shapely.intersection(boxes, area)) / shapely.area(boxes)
    fits = free & (shares >= INSIDE)
    if not fits.any():
        return None
    # Of places alike the one nearest the pole: a few pixels weigh as much as a percent.
    score = shares - np.hypot(*(centres - pole).T) / 500
    best = centres[int(np.argmax(np.where(fits, score, -np.inf)))]
    return float(best[0]), float(best[1])


def _callouts(
    outside: Mapping[Region, Coordinates], inside: list[_PlacedLabel], province: Shape
) -> list[_PlacedLabel]:
    """One after the other, those nearest to the border first."""
    placed: list[_PlacedLabel] = []
    border, surroundings = province.boundary, province.buffer(CLEARANCE).simplify(1.0)
    for region, anchor in sorted(outside.items(), key=lambda item: border.distance(shapely.Point(item[1]))):
        placed.append(_callout(region, anchor, [*inside, *placed], surroundings))
    return placed


def _callout(
    region: Region, anchor: Coordinates, others: list[_PlacedLabel], surroundings: Shape
) -> _PlacedLabel:
    """The free place with the shortest leader line that crosses no label and no other leader."""
    width, height = _size(region)
    centres = _grid(width, height)
    boxes = _boxes(centres, (width, height))
    leaders = [label.leader for label in others if label.leader is not None]
    taken = shapely.union_all(
        [
            surroundings,
            *(label.box.buffer(CLEARANCE) for label in others),
            *(leader.buffer(CLEARANCE) for leader in leaders),
        ]
    )
    shapely.prepare(taken)
    free = ~shapely.intersects(taken, boxes)
    if not free.any():
        return _PlacedLabel(region, anchor, _box(anchor, (width, height)), clear=False)
    centres, boxes = centres[free], boxes[free]
    half = np.array([width / 2, height / 2])
    ends = np.clip(anchor, centres - half, centres + half)
    lines = shapely.linestrings(np.stack([np.broadcast_to(anchor, ends.shape), ends], axis=1))
    obstacles = shapely.STRtree([*leaders, *(label.box for label in others)])
    crossings = np.bincount(obstacles.query(lines, predicate="intersects")[0], minlength=len(lines))
    best = int(np.argmin(shapely.length(lines) + CROSSING_COST * crossings))
    centre = (float(centres[best, 0]), float(centres[best, 1]))
    return _PlacedLabel(region, centre, boxes[best], lines[best], clear=not crossings[best])


def _grid(width: float, height: float) -> Any:
    """Centres of labels that lie wholly in the frame."""
    across = np.arange(width / 2, FRAME[0] - width / 2 + 0.1, STEP)
    along = np.arange(height / 2, FRAME[1] - height / 2 + 0.1, STEP)
    return np.stack(np.meshgrid(across, along), axis=-1).reshape(-1, 2)


def _label(placed: _PlacedLabel, sheet: _Drawing) -> Label:
    x, y = sheet.place(placed.centre)
    label = Label(placed.region.code, placed.region.short, x, y)
    if placed.leader is None:
        return label
    start, end = placed.leader.coords
    return replace(label, callout=(sheet.place(start), sheet.place(end)))


def _bounds(placed: Iterable[_PlacedLabel], areas: Sequence[Shape], sheet: _Drawing) -> Bounds:
    west, south, east, north = shapely.total_bounds([*areas, *(label.box for label in placed)])
    return *sheet.place((west - MARGIN, south - MARGIN)), *sheet.place((east + MARGIN, north + MARGIN))
