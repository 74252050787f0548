"""County polygons → the regions of a roster, with a place for every label; built once, then read from disk.

The polygons are those of 天地图 (longitude and latitude, CGCS2000), simplified; data/boundaries tells where they
come from and how they are made.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from zyb.atomic_files import write_whole
from zyb.errors import ZybError
from zyb.maps import labels, projection
from zyb.maps.labels import DECIMALS, Label, Shape, place_labels
from zyb.maps.projection import Bounds, Coordinates
from zyb.rulebook.places.placenames import short_name
from zyb.rulebook.regions import Region, Roster
from zyb.settings import ROOT

SHIPPED = ROOT / "data" / "boundaries"
REVIEW_NUMBER = "GS(2024)0650号"
SKETCH = f"示意图，不作为行政区域界线依据　审图号：{REVIEW_NUMBER}"
REMEDY = "请重新安装程序，保证 data/boundaries 完整。"
HATCH_LINES = 80  # across the height of a map
GeoJson = dict[str, Any]


@dataclass(frozen=True)
class MapNote:
    """`sketch` has to stand below: whose map it is, and that it settles no borders. `uncounted` are shown without a colour:
    台湾, 香港 and 澳门 in a picture of the whole country. `tiled`: tiles in the place of a map, which a `remedy` may mend."""

    sketch: str = SKETCH
    uncounted: tuple[str, ...] = ()
    tiled: bool = False
    remedy: str = ""


class NoBoundaries(ZybError):
    """The polygons of a province are not there, or not whole."""


@dataclass(frozen=True)
class ProvinceMap:
    """GeoJSON with the codes as feature ids; `bounds` (west, south, east, north) hold the labels, too.

    `hatches` are slanting lines over each region: what is not reported shows in print as well.
    """

    regions: GeoJson
    counties: GeoJson
    labels: tuple[Label, ...]
    bounds: Bounds
    hatches: Mapping[str, Sequence[Sequence[Coordinates]]]
    note: MapNote = MapNote()

    @property
    def sketch(self) -> str:
        return self.note.sketch

    @property
    def uncounted(self) -> tuple[str, ...]:
        return self.note.uncounted

    @property
    def tiled(self) -> bool:
        return self.note.tiled


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
    return replace(whole, regions=whole.counties, hatches=hatches(areas, whole.bounds))


def region_map(roster: Roster, whole: ProvinceMap, region_code: str) -> ProvinceMap:
    """One region county by county, each with its label."""
    own = [f for f in whole.counties["features"] if f["properties"]["region"] == region_code]
    areas = {feature["id"]: shape(feature["geometry"]) for feature in own}
    names = {county.code: county.name for county in roster.counties}
    units = [Region(code, names[code], short_name(names[code]), (code,)) for code in areas]
    labels, bounds = place_labels(units, areas)
    counties = collection(own)
    return ProvinceMap(counties, counties, tuple(labels), bounds, hatches(areas, bounds), whole.note)


def _key(roster: Roster) -> str:
    """Changes with the package, the roster and the code that draws: an old map is never taken for a new one."""
    parts = (_digest(_shipped(roster.province_code)), _code_digest(), roster.province, repr(roster.regions))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _digest(path: Path) -> str:
    """Of a file that may be missing: then there is no map to be mistaken for another."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


@cache
def _code_digest() -> str:
    return hashlib.sha256(
        b"".join(Path(file).read_bytes() for file in (__file__, labels.__file__, projection.__file__))
    ).hexdigest()


def _read(path: Path) -> ProvinceMap | None:
    """None when it is not there or not whole."""
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _keep(text: str, path: Path) -> None:
    """Complete or not at all; maps of the same province that are out of date go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".building-{token_hex(8)}")
    write_whole(path, text.encode(), waiting)
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


def _leader(points: Sequence[Sequence[float]] | None) -> tuple[Coordinates, Coordinates] | None:
    if points is None:
        return None
    (x0, y0), (x1, y1) = points
    return (x0, y0), (x1, y1)


def _build(roster: Roster) -> GeoJson:
    simplified = _county_polygons(roster.province_code)
    if any(code not in simplified for region in roster.regions for code in region.members):
        raise _missing()
    regions = {
        region.code: shapely.coverage_union_all([simplified[code] for code in region.members])
        for region in roster.regions
    }
    labels, bounds = place_labels(roster.regions, regions)
    names = {county.code: county.name for county in roster.counties}
    return {
        "regions": collection(
            feature(region.code, regions[region.code], {"name": region.name}) for region in roster.regions
        ),
        "counties": collection(
            feature(code, simplified[code], {"name": names[code], "region": region.code})
            for region in roster.regions
            for code in region.members
        ),
        "labels": [asdict(label) for label in labels],
        "bounds": bounds,
        "hatches": hatches(regions, bounds),
    }


def _county_polygons(province_code: str) -> dict[str, Shape]:
    """Code → polygon, simplified, for every county of the province."""
    try:
        found = json.loads(_shipped(province_code).read_text(encoding="utf-8"))
        return {code: shape(geometry) for code, geometry in found.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, shapely.errors.ShapelyError):
        raise _missing() from None


def _missing() -> NoBoundaries:
    return NoBoundaries("缺少行政区划边界数据，无法绘制地图。", REMEDY)


def _shipped(province_code: str) -> Path:
    return SHIPPED / f"{province_code}.json"


def hatches(areas: Mapping[str, Shape], bounds: Bounds) -> dict[str, list[list[Coordinates]]]:
    """Slanting lines over each area, by its code."""
    return {code: _hatch(area, (bounds[3] - bounds[1]) / HATCH_LINES) for code, area in areas.items()}


def _hatch(area: Shape, spacing: float) -> list[list[Coordinates]]:
    west, south, east, north = area.bounds
    offsets = np.arange(south - east, north - west, spacing)
    lines = shapely.linestrings([[(west, west + offset), (east, east + offset)] for offset in offsets])
    pieces = shapely.get_parts(shapely.intersection(lines, area))
    return [
        [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in piece.coords]
        for piece in pieces
        if piece.geom_type == "LineString" and not piece.is_empty
    ]


def collection(features: Iterable[GeoJson]) -> GeoJson:
    """As GeoJSON."""
    return {"type": "FeatureCollection", "features": list(features)}


def feature(code: str, area: Shape, properties: Mapping[str, str]) -> GeoJson:
    """Exterior rings run clockwise, as the plotting library wants them (the reverse of RFC 7946)."""
    turned = shapely.orient_polygons(area, exterior_cw=True)
    return {"type": "Feature", "id": code, "properties": dict(properties), "geometry": mapping(turned)}
