"""The county polygons that ship with the program, made from those of the package geotool-cn: `python -m tests.boundaries`.

The package carries the polygons of 天地图 and brings geopandas, pyogrio and pyproj, 140 MB that nobody needs who only
looks at a map. So they are simplified here, once, and stand in data/boundaries.
"""

from __future__ import annotations

import json
import math
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from zyb.maps.labels import DECIMALS
from zyb.maps.polygons import SHIPPED
from zyb.rulebook.places.divisions import provinces

POLYGONS = "GeoToolCN/data/china_district.geojson"
COUNTRY_PREFIX = "156"  # GB codes in the package: 156 + six digits; line features have none
DETAIL = 800  # steps across a province: about two for each pixel of a map on a screen
HAIRLINE_GAP = 0.005  # degrees; 辽宁 has gaps as thin as that between counties

Shape = Any  # shapely ships no types


def main() -> None:
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for code, name in provinces():
        if text := shipped_text(code):
            (SHIPPED / f"{code}.json").write_text(text, encoding="utf-8")
            print(f"{name} {len(text) // 1000} kB")


def shipped_text(province_code: str) -> str:
    """Code → geometry; nothing for a province of which the package has no counties."""
    polygons = county_polygons(province_code)
    if not polygons:
        return ""
    pairs = zip(polygons, simplified(list(polygons.values())), strict=True)
    shapes = {code: json.loads(shapely.to_geojson(area)) for code, area in pairs}
    return json.dumps(shapes, separators=(",", ":")) + "\n"


def county_polygons(province_code: str) -> dict[str, Shape]:
    """Of the mainland's provinces by county; the file has other features, too."""
    text = Path(str(distribution("geotool-cn").locate_file(POLYGONS))).read_text(encoding="utf-8")
    prefix = COUNTRY_PREFIX + province_code[:2]
    found = (
        (feature["properties"]["gb"] or "", feature["geometry"]) for feature in json.loads(text)["features"]
    )
    own = sorted((gb[3:], geometry) for gb, geometry in found if gb.startswith(prefix) and len(gb) == 9)
    return {code: shape(geometry) for code, geometry in own}


def simplified(polygons: list[Shape]) -> list[Shape]:
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


if __name__ == "__main__":
    main()
