"""A grid of tiles in the place of a map: the same shapes, labels and hatches, drawn by the same hands.

Of the whole country: our polygons are those of single provinces and make no lawful map of it; data/rules/tile_grid.csv
tells more. Of a province whose polygons are missing: its regions in the order of the roster, which show all the same.
Near the equator a Mercator drawing is a plane, so a tile is a square degree there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import shapely

from zyb.maps.labels import Label, Shape
from zyb.maps.polygons import (
    REMEDY,
    MapNote,
    NoBoundaries,
    ProvinceMap,
    collection,
    feature,
    hatches,
    province_map,
)
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.places.tiles import Tile, tiles
from zyb.rulebook.regions import Roster

SKETCH = "本图为示意排列，不代表行政区划界线；统计数据未包括香港特别行政区、澳门特别行政区和台湾省"
WITHOUT_BOUNDARIES = "缺少本地的行政区划边界数据，以方格示意各地，不代表位置和界线"
HALF = 0.47  # of a tile; what is left is the gap to its neighbour


def map_of(roster: Roster, folder: Path) -> ProvinceMap:
    """The map of a province, from `folder` when it was built before; of the whole country its tiles."""
    if roster.province_code == NATION.code:
        return tile_map()
    try:
        return province_map(roster, folder)
    except NoBoundaries:
        return grid_map(roster)


def grid_map(roster: Roster) -> ProvinceMap:
    """A tile a region, so many in a row as there are rows, and in each of them a tile a county."""
    across = math.ceil(math.sqrt(len(roster.regions)))
    names = {county.code: county.name for county in roster.counties}
    regions, counties, labels = {}, [], []
    for number, region in enumerate(roster.regions):
        x, y = float(number % across), float(across / 2 - number // across)
        regions[region.code] = _square(x, y, HALF)
        labels.append(Label(region.code, region.short, x, y))
        counties += [
            feature(code, area, {"name": names[code], "region": region.code})
            for code, area in zip(region.members, _cells(x, y, len(region.members)), strict=False)
        ]
    drawn = collection(feature(one.code, regions[one.code], {"name": one.name}) for one in roster.regions)
    west, south, east, north = shapely.unary_union(list(regions.values())).bounds
    bounds = (west, south, east, north)
    note = MapNote(WITHOUT_BOUNDARIES, tiled=True, remedy=REMEDY)
    return ProvinceMap(drawn, collection(counties), tuple(labels), bounds, hatches(regions, bounds), note)


def _cells(x: float, y: float, number: int) -> Iterator[Shape]:
    """A tile cut into as many smaller ones, and a few more."""
    across = math.ceil(math.sqrt(number))
    size = 2 * HALF / across
    for row in range(across):
        for column in range(across):
            yield _square(x - HALF + (column + 0.5) * size, y + HALF - (row + 0.5) * size, HALF / across)


def _square(x: float, y: float, half: float) -> Shape:
    return shapely.box(x - half, y - half, x + half, y + half)


def tile_map() -> ProvinceMap:
    areas: Mapping[str, Shape] = {tile.code: _square(*_centre(tile), HALF) for tile in tiles()}
    drawn = collection(feature(tile.code, areas[tile.code], {"name": tile.short}) for tile in tiles())
    west, south, east, north = shapely.unary_union(list(areas.values())).bounds
    bounds = (west, south, east, north)
    return ProvinceMap(
        drawn, drawn, tuple(Label(tile.code, tile.short, *_centre(tile)) for tile in tiles()), bounds,
        hatches(areas, bounds),
        MapNote(SKETCH, tuple(tile.code for tile in tiles() if not tile.counted), tiled=True),
    )  # fmt: skip


def _centre(tile: Tile) -> tuple[float, float]:
    """As many rows above the equator as below it."""
    rows = [other.row for other in tiles()]
    return float(tile.column), (min(rows) + max(rows)) / 2 - tile.row
