"""The whole country as a grid of tiles, in the place of a map: the same shapes, labels and hatches, drawn by the same hands.

Our polygons are those of single provinces and make no lawful map of the country; data/rules/tile_grid.csv tells more.
Near the equator a Mercator drawing is a plane, so a tile is a square degree there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import shapely

from zyb.maps.labels import Label, Shape
from zyb.maps.polygons import MapNote, ProvinceMap, collection, feature, hatches, province_map
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.places.tiles import Tile, tiles
from zyb.rulebook.regions import Roster

SKETCH = "本图为示意排列，不代表行政区划界线；统计数据未包括香港特别行政区、澳门特别行政区和台湾省"
HALF = 0.47  # of a tile; what is left is the gap to its neighbour


def map_of(roster: Roster, folder: Path) -> ProvinceMap:
    """The map of a province, from `folder` when it was built before; of the whole country its tiles."""
    return tile_map() if roster.province_code == NATION.code else province_map(roster, folder)


def tile_map() -> ProvinceMap:
    areas: Mapping[str, Shape] = {tile.code: shapely.box(*_corners(tile)) for tile in tiles()}
    drawn = collection(feature(tile.code, areas[tile.code], {"name": tile.short}) for tile in tiles())
    west, south, east, north = shapely.unary_union(list(areas.values())).bounds
    bounds = (west, south, east, north)
    return ProvinceMap(
        drawn, drawn, tuple(Label(tile.code, tile.short, *_centre(tile)) for tile in tiles()), bounds,
        hatches(areas, bounds),
        MapNote(SKETCH, tuple(tile.code for tile in tiles() if not tile.counted)),
    )  # fmt: skip


def _centre(tile: Tile) -> tuple[float, float]:
    """As many rows above the equator as below it."""
    rows = [other.row for other in tiles()]
    return float(tile.column), (min(rows) + max(rows)) / 2 - tile.row


def _corners(tile: Tile) -> tuple[float, float, float, float]:
    x, y = _centre(tile)
    return x - HALF, y - HALF, x + HALF, y + HALF
