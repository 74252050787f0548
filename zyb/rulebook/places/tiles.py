"""Where each unit of a roster stands in a grid of tiles, for what no map may be drawn of (data/rules/tile_grid.csv)."""

from __future__ import annotations

from dataclasses import dataclass

from zyb.errors import RulesError
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import load_roster
from zyb.rulebook.toml import load_rows

TILES = "tile_grid.csv"
# Of the country, and in none of these statistics.
UNCOUNTED = {"710000": "台湾", "810000": "香港", "820000": "澳门"}


@dataclass(frozen=True)
class Tile:
    """A place in the grid, rows from the north and columns from the west, from 1 on.

    `counted` is False for 台湾, 香港, 澳门: they belong to the country and are not in these statistics.
    """

    code: str
    short: str
    row: int
    column: int
    counted: bool


@rule
def tiles() -> tuple[Tile, ...]:
    """Of the whole country: every unit of the nation's roster, no two in one place."""
    units = {region.code: region.short for region in load_roster(NATION.code).regions}
    names = units | UNCOUNTED
    found: dict[tuple[int, int], Tile] = {}
    for number, row in load_rows(rules_file(TILES), ("code", "short_name", "row", "column")):
        line = f"第 {number} 行"
        if not (row["row"].isdigit() and row["column"].isdigit() and int(row["row"]) and int(row["column"])):
            raise RulesError(TILES, line, "row 和 column 应为从 1 起的整数。")
        if row["code"] not in names:
            raise RulesError(TILES, line, f"“{row['code']}”不是省级单位的代码。")
        if row["short_name"] != names[row["code"]]:
            raise RulesError(
                TILES, line, f"{row['code']} 的简称是“{names[row['code']]}”，现为“{row['short_name']}”。"
            )
        tile = Tile(row["code"], row["short_name"], int(row["row"]), int(row["column"]), row["code"] in units)
        if there := found.get((tile.row, tile.column)):
            raise RulesError(TILES, line, f"“{tile.short}”和“{there.short}”在同一格。")
        found[tile.row, tile.column] = tile
    known = [tile.code for tile in found.values()]
    if twice := next((code for code in known if known.count(code) > 1), ""):
        raise RulesError(TILES, "code", f"{twice} 列了两次。")
    if missing := sorted(units.keys() - set(known)):
        raise RulesError(TILES, "code", f"缺少：{'、'.join(missing)}。")
    return tuple(found.values())
