"""County polygons → the regions of a roster, with a place for every label; built once, then read from disk.

The polygons are those of 天地图 as the package `geotool-cn` carries them (longitude and latitude,
CGCS2000). Its Python code is not imported: it would pull in geopandas for nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from zyb.errors import ZybError
from zyb.regions import Region, Roster, short_name

PACKAGE = "geotool-cn"
POLYGONS = "GeoToolCN/data/china_district.geojson"
COUNTRY_PREFIX = "156"  # GB codes in the package: 156 + six digits; line features have none
REVIEW_NUMBER = "GS(2024)0650号"

DECIMALS = 4  # about 10 m
KM_PER_DEGREE = 111.32
HATCH_LINES = 80  # across the height of a map
DETAIL = 800  # steps across a province: about two for each pixel of a map on a screen
HAIRLINE_GAP = 0.005  # degrees; 辽宁 has gaps as thin as that between counties

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

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
GeoJson = dict[str, Any]
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
    callout: tuple[Point, Point] | None = None


@dataclass(frozen=True)
class ProvinceMap:
    """GeoJSON with the codes as feature ids; `bounds` (west, south, east, north) hold the labels, too.

    `hatches` are slanting lines over each region: what is not reported shows in print as well.
    """

    regions: GeoJson
    counties: GeoJson
    labels: tuple[Label, ...]
    bounds: Bounds
    hatches: Mapping[str, Sequence[Sequence[Point]]]


def province_map(roster: Roster, folder: Path) -> ProvinceMap:
    """The map of a roster, from `folder` when this very map was built before."""
    path = folder / f"{roster.province_code}-{_key(roster)}.geojson"
    kept = _read(path)
    if kept is not None:
        return kept
    text = json.dumps(_build(roster), ensure_ascii=False, separators=(",", ":"))
    # Without a place to keep it (full disk) the map is drawn all the same.
    with contextlib.suppress(OSError):
        _keep(text, path)
    return _from_json(json.loads(text))


def county_map(whole: ProvinceMap) -> ProvinceMap:
    """The province county by county; the labels stay those of the regions."""
    areas = {feature["id"]: shape(feature["geometry"]) for feature in whole.counties["features"]}
    return replace(whole, regions=whole.counties, hatches=_hatches(areas, whole.bounds))


def region_map(roster: Roster, whole: ProvinceMap, region_code: str) -> ProvinceMap:
    """One region county by county, each with its label."""
    own = [f for f in whole.counties["features"] if f["properties"]["region"] == region_code]
    areas = {feature["id"]: shape(feature["geometry"]) for feature in own}
    names = {county.code: county.name for county in roster.counties}
    units = [Region(code, names[code], short_name(names[code]), (code,)) for code in areas]
    labels, bounds = place_labels(units, areas)
    counties = _collection(own)
    return ProvinceMap(counties, counties, tuple(labels), bounds, _hatches(areas, bounds))


# --- keeping ---------------------------------------------------------------------------------------


def _key(roster: Roster) -> str:
    """Changes with the package, the roster and this module: an old map is never taken for a new one."""
    parts = (_package().version, _code_digest(), roster.province, repr(roster.regions))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _code_digest() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _read(path: Path) -> ProvinceMap | None:
    """None when it is not there or not whole."""
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _keep(text: str, path: Path) -> None:
    """Complete or not at all; maps of the same province that are out of date go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".building-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    for old in path.parent.glob(f"{path.name.split('-')[0]}-*.geojson"):
        if old != path:
            old.unlink(missing_ok=True)


def _from_json(content: GeoJson) -> ProvinceMap:
    labels = tuple(
        Label(item["code"], item["name"], item["x"], item["y"], _leader(item["callout"]))
        for item in content["labels"]
    )
    west, south, east, north = content["bounds"]
    return ProvinceMap(
        content["regions"], content["counties"], labels, (west, south, east, north), content["hatches"]
    )


def _leader(points: Sequence[Sequence[float]] | None) -> tuple[Point, Point] | None:
    if points is None:
        return None
    (x0, y0), (x1, y1) = points
    return (x0, y0), (x1, y1)


# --- polygons --------------------------------------------------------------------------------------


def _build(roster: Roster) -> GeoJson:
    polygons = _county_polygons(roster.province_code)
    simplified = dict(zip(polygons, _simplified(list(polygons.values())), strict=True))
    regions = {
        region.code: shapely.coverage_union_all([simplified[code] for code in region.members])
        for region in roster.regions
    }
    labels, bounds = place_labels(roster.regions, regions)
    names = {county.code: county.name for county in roster.counties}
    return {
        "regions": _collection(
            _feature(region.code, regions[region.code], {"name": region.name}) for region in roster.regions
        ),
        "counties": _collection(
            _feature(code, simplified[code], {"name": names[code], "region": region.code})
            for region in roster.regions
            for code in region.members
        ),
        "labels": [asdict(label) for label in labels],
        "bounds": bounds,
        "hatches": _hatches(regions, bounds),
    }


def _package() -> Distribution:
    try:
        return distribution(PACKAGE)
    except PackageNotFoundError:
        raise ZybError(
            f"缺少行政区划边界数据包（{PACKAGE}），无法绘制地图。", "请按安装说明重新安装程序依赖。"
        ) from None


def _county_polygons(province_code: str) -> dict[str, Shape]:
    text = Path(str(_package().locate_file(POLYGONS))).read_text(encoding="utf-8")
    prefix = COUNTRY_PREFIX + province_code[:2]
    found = (
        (feature["properties"]["gb"] or "", feature["geometry"]) for feature in json.loads(text)["features"]
    )
    own = sorted((gb[3:], geometry) for gb, geometry in found if gb.startswith(prefix) and len(gb) == 9)
    return {code: shape(geometry) for code, geometry in own}


def _simplified(polygons: list[Shape]) -> list[Shape]:
    """The whole province at once, so that neighbours keep sharing their borders.

    Rounding moves a vertex the same way on both sides of a border; where it spoils a shape all the
    same, less is taken away.
    """
    coverage = np.asarray(polygons, dtype=object)
    if not shapely.coverage_is_valid(coverage):
        coverage = shapely.coverage_clean(coverage, gap_width=HAIRLINE_GAP)
    west, south, east, north = shapely.total_bounds(coverage)
    squeeze = [math.cos(math.radians((south + north) / 2)), 1.0]
    level = shapely.transform(coverage, lambda points: points * squeeze)
    tolerance = max((east - west) * squeeze[0], north - south) / DETAIL
    for part in (1.0, 0.5, 0.25, 0.1):
        rough = shapely.coverage_simplify(level, tolerance * part)
        rounded = shapely.transform(rough, lambda points: np.round(points / squeeze, DECIMALS))
        result = shapely.remove_repeated_points(rounded, 0.0)
        if shapely.is_valid(result).all() and shapely.coverage_is_valid(result):
            return list(result)
    return list(coverage)


def _hatches(areas: Mapping[str, Shape], bounds: Bounds) -> dict[str, list[list[Point]]]:
    return {code: _hatch(area, (bounds[3] - bounds[1]) / HATCH_LINES) for code, area in areas.items()}


def _hatch(area: Shape, spacing: float) -> list[list[Point]]:
    west, south, east, north = area.bounds
    offsets = np.arange(south - east, north - west, spacing)
    lines = shapely.linestrings([[(west, west + offset), (east, east + offset)] for offset in offsets])
    pieces = shapely.get_parts(shapely.intersection(lines, area))
    return [
        [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in piece.coords]
        for piece in pieces
        if piece.geom_type == "LineString" and not piece.is_empty
    ]


def _collection(features: Iterable[GeoJson]) -> GeoJson:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(code: str, area: Shape, properties: Mapping[str, str]) -> GeoJson:
    """Exterior rings run clockwise, as the plotting library wants them (the reverse of RFC 7946)."""
    turned = shapely.orient_polygons(area, exterior_cw=True)
    return {"type": "Feature", "id": code, "properties": dict(properties), "geometry": mapping(turned)}


# --- labels ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sheet:
    """A Mercator drawing of the province in pixels, y upwards, centred in FRAME."""

    scale: float
    west: float
    south: float

    def draw(self, area: Shape) -> Shape:
        def project(points: Any) -> Any:
            y = np.degrees(np.arcsinh(np.tan(np.radians(points[:, 1]))))
            return (np.column_stack([points[:, 0], y]) - [self.west, self.south]) * self.scale

        return shapely.transform(area, project)

    def place(self, point: Sequence[float]) -> Point:
        """Back to longitude and latitude."""
        x, y = point[0] / self.scale + self.west, point[1] / self.scale + self.south
        return round(x, DECIMALS), round(math.degrees(math.atan(math.sinh(math.radians(y)))), DECIMALS)


@dataclass(frozen=True)
class _Placed:
    """A label on the sheet: its centre, its box, and for a call-out the leader line."""

    region: Region
    centre: Point
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


def _sheet(areas: Sequence[Shape], padding: float) -> _Sheet:
    plain = _Sheet(1.0, 0.0, 0.0)
    west, south, east, north = shapely.total_bounds([plain.draw(area) for area in areas])
    width, height = FRAME[0] - 2 * padding, FRAME[1] - 2 * padding
    scale = min(width / (east - west), height / (north - south))
    return _Sheet(
        scale,
        (west + east) / 2 - FRAME[0] / 2 / scale,
        (south + north) / 2 - FRAME[1] / 2 / scale,
    )


def _placed(regions: Sequence[Region], drawn: Mapping[str, Shape]) -> list[_Placed]:
    """Small regions choose first, large ones have room to give way, also to the units cut out of them."""
    inside: dict[str, _Placed] = {}
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


def _box(centre: Point, size: tuple[float, float]) -> Shape:
    return _boxes(np.array([centre]), size)[0]


def _boxes(centres: Any, size: tuple[float, float]) -> Any:
    half = np.array(size) / 2
    return shapely.box(*(centres - half).T, *(centres + half).T)


def _inside(region: Region, area: Shape, taken: Sequence[Shape]) -> _Placed | None:
    """At the pole of inaccessibility, else where most of the label lies in the region; None without room."""
    width, height = size = _size(region)
    others = shapely.union_all(list(taken))
    centre: Point | None = _pole(area, height / width)
    if centre and not _box(centre, size).within(area.difference(others)):
        centre = _roomiest(area, size, centre, others)
    return _Placed(region, centre, _box(centre, size)) if centre else None


def _pole(area: Shape, squeeze: float) -> Point:
    """The point farthest from the border, with widths counted in heights of the label."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    squeezed = shapely.transform(largest, lambda points: points * [squeeze, 1.0])
    x, y = shapely.maximum_inscribed_circle(squeezed, tolerance=0.5).coords[0]
    return x / squeeze, y


def _roomiest(area: Shape, size: tuple[float, float], pole: Point, others: Shape) -> Point | None:
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


def _callouts(outside: Mapping[Region, Point], inside: list[_Placed], province: Shape) -> list[_Placed]:
    """One after the other, those nearest to the border first."""
    placed: list[_Placed] = []
    border, surroundings = province.boundary, province.buffer(CLEARANCE).simplify(1.0)
    for region, anchor in sorted(outside.items(), key=lambda item: border.distance(shapely.Point(item[1]))):
        placed.append(_callout(region, anchor, [*inside, *placed], surroundings))
    return placed


def _callout(region: Region, anchor: Point, others: list[_Placed], surroundings: Shape) -> _Placed:
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
        return _Placed(region, anchor, _box(anchor, (width, height)), clear=False)
    centres, boxes = centres[free], boxes[free]
    half = np.array([width / 2, height / 2])
    ends = np.clip(anchor, centres - half, centres + half)
    lines = shapely.linestrings(np.stack([np.broadcast_to(anchor, ends.shape), ends], axis=1))
    obstacles = shapely.STRtree([*leaders, *(label.box for label in others)])
    crossings = np.bincount(obstacles.query(lines, predicate="intersects")[0], minlength=len(lines))
    best = int(np.argmin(shapely.length(lines) + CROSSING_COST * crossings))
    centre = (float(centres[best, 0]), float(centres[best, 1]))
    return _Placed(region, centre, boxes[best], lines[best], clear=not crossings[best])


def _grid(width: float, height: float) -> Any:
    """Centres of labels that lie wholly in the frame."""
    across = np.arange(width / 2, FRAME[0] - width / 2 + 0.1, STEP)
    along = np.arange(height / 2, FRAME[1] - height / 2 + 0.1, STEP)
    return np.stack(np.meshgrid(across, along), axis=-1).reshape(-1, 2)


def _label(placed: _Placed, sheet: _Sheet) -> Label:
    x, y = sheet.place(placed.centre)
    label = Label(placed.region.code, placed.region.short, x, y)
    if placed.leader is None:
        return label
    start, end = placed.leader.coords
    return replace(label, callout=(sheet.place(start), sheet.place(end)))


def _bounds(placed: Iterable[_Placed], areas: Sequence[Shape], sheet: _Sheet) -> Bounds:
    west, south, east, north = shapely.total_bounds([*areas, *(label.box for label in placed)])
    return *sheet.place((west - MARGIN, south - MARGIN)), *sheet.place((east + MARGIN, north + MARGIN))
