"""Blank cells of the columns that say where: a city's name may stand once over its rows, or have been forgotten.

What is merged over its rows holds for all of them. A blank cell that is not merged takes the
name above it only where the column is written so throughout (every name once), or where the same name stands above
and below; what it then takes is told, unless the enterprise's code says the same, and asked where the code says another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.lists.findings import Finding, Words
from zyb.intake.lists.reader import ListReader
from zyb.intake.tables.found import ColumnFound
from zyb.rulebook.problems import cell_name
from zyb.rulebook.regions import Roster

# Of so many blank cells the first are named.
NAMED = 5
# Where a code of eighteen letters says in which county it was given: GB 32100-2015.
CODE_LENGTH, AREA = 18, (2, 8)
SAME = "="
JudgesPair = Callable[[str, str], str]


@dataclass(frozen=True)
class PlaceNumbers:
    """A column of places by numbers: `numbers` as written (0 is blank), `texts` of every number."""

    at: ColumnFound | None
    numbers: np.ndarray
    texts: list[str]


def held(numbers: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Every row has the number of the last row above it where one begins; before the first, its own."""
    rows = np.arange(len(numbers))
    found: np.ndarray = numbers[np.maximum.accumulate(np.where(begins, rows, 0))]
    return found


def filled_down(
    reader: ListReader, regions: PlaceNumbers, counties: PlaceNumbers, begins: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of both columns with the blanks that can be known. A county's name does not hold past the row in which
    another city begins; and neither past the row in which another group `begins`."""
    cities = (regions.numbers > 0) | begins
    regions = _with_merged(reader, regions, cities)
    counties = _with_merged(reader, counties, (counties.numbers > 0) | cities)
    whole = held(regions.numbers, cities)
    of_region = _known(reader, regions, whole, regions.numbers)
    keys = np.where(counties.numbers > 0, of_region * len(counties.texts) + counties.numbers, 0)
    whole = held(counties.numbers, (counties.numbers > 0) | cities)
    of_county = _known(reader, counties, whole, keys)
    _tell_regions(reader, regions, of_region)
    _tell_counties(reader, counties, whole, of_county)
    return of_region, of_county


def _with_merged(reader: ListReader, column: PlaceNumbers, begins: np.ndarray) -> PlaceNumbers:
    """The column with what a merged cell says in every row that it covers."""
    if column.at is None or not reader.sheet.merged:
        return column
    covered = _covered(reader, column.at) & (column.numbers == 0)
    return replace(column, numbers=np.where(covered, held(column.numbers, begins), column.numbers))


def _known(reader: ListReader, column: PlaceNumbers, whole: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """`whole` where every name is written once over its rows; else a blank is filled only between equals."""
    blank = (column.numbers == 0) & (whole > 0)
    if column.at is None or not blank.any() or _written_once(keys, _covered(reader, column.at)):
        return whole
    below = held(column.numbers[::-1], column.numbers[::-1] > 0)[::-1]
    return np.where(blank & (below != whole), 0, whole)


def _written_once(keys: np.ndarray, covered: np.ndarray) -> bool:
    """Whether no name stands in two rows on end, but by a merged cell, and none begins again after another."""
    rows = np.flatnonzero(keys)
    names = keys[rows]
    same = names[1:] == names[:-1]
    if np.any(same & (np.diff(rows) == 1) & ~covered[rows[1:]]):
        return False
    runs = names[np.concatenate([[True], ~same])]
    return len(np.unique(runs)) == len(runs)


def _covered(reader: ListReader, at: ColumnFound) -> np.ndarray:
    """Rows whose cell lies below the first of a merged one."""
    lines = np.zeros(reader.sheet.n_rows + 1, np.int32)
    for top, left, bottom, right in reader.sheet.merged:
        if left <= at.index <= right and bottom > top:
            lines[min(top + 1, reader.sheet.n_rows)] += 1
            lines[min(bottom + 1, reader.sheet.n_rows)] -= 1
    found: np.ndarray = np.cumsum(lines)[reader.rows] > 0
    return found


# -- what is told of them ---------------------------------------------------------------------


def _areas(reader: ListReader, places: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Six digits of the code in each of these places, as numbers of texts; blank where there is no whole code."""
    at = reader.field_of(reader.ledger.of_type("uscc"))
    if at is None:
        return np.zeros(len(places), np.int64), [""]
    codes = reader.texts(at).take(pa.array(places))
    whole = pc.equal(pc.utf8_length(codes), CODE_LENGTH)
    areas = pc.fill_null(pc.if_else(whole, pc.utf8_slice_codeunits(codes, *AREA), ""), "").dictionary_encode()
    return areas.indices.to_numpy(zero_copy_only=False).astype(np.int64), areas.dictionary.to_pylist()


def _judged(
    reader: ListReader, column: PlaceNumbers, places: np.ndarray, filled: np.ndarray, judge: JudgesPair
) -> np.ndarray:
    """What `judge` says of the name that each place takes and the area of its code, each pair asked once."""
    numbers, areas = _areas(reader, places)
    pairs, inverse = np.unique(filled[places] * len(areas) + numbers, return_inverse=True)
    said = [judge(column.texts[pair // len(areas)], areas[pair % len(areas)]) for pair in pairs.tolist()]
    return np.array(said, object)[inverse]


@dataclass(frozen=True)
class _ByCode:
    """What an enterprise's code says of the region that stands above its blank cell: the same, another, nothing."""

    roster: Roster

    def __call__(self, text: str, area: str) -> str:
        """The other region's name; “same”, or blank where the code tells nothing."""
        region = self.roster.find(text)
        county = None if region else self.roster.county(text)
        above = region or (self.roster.region_of_county(county.code) if county else None)
        named = (self.roster.region_of_county(area) or self.roster.region(f"{area[:4]}00")) if area else None
        if not above or not named:
            return ""
        return SAME if named == above else named.name


def _tell_regions(reader: ListReader, column: PlaceNumbers, filled: np.ndarray) -> None:
    blank = np.flatnonzero((column.numbers == 0) & (filled > 0))
    if column.at is None or not len(blank):
        return
    said = _judged(reader, column, blank, filled, _ByCode(reader.roster))
    for name in dict.fromkeys(one for one in said.tolist() if one not in ("", SAME)):
        words: Words = {"region": name}
        places = blank[said == name]
        value = column.texts[int(filled[places[0]])]
        _find(reader, "blank_region_contradicted", column.at, places, value, words)
    _tell(reader, "blank_as_above", column, blank[said == ""], filled)


def _tell_counties(reader: ListReader, column: PlaceNumbers, whole: np.ndarray, filled: np.ndarray) -> None:
    if column.at is None:
        return
    blank = np.flatnonzero((column.numbers == 0) & (filled > 0))
    if len(blank):
        said = _judged(
            reader,
            column,
            blank,
            filled,
            lambda text, area: area if _county_code(reader.roster, text) == area else "",
        )
        _tell(reader, "blank_as_above", column, blank[said == ""], filled)
    left = np.flatnonzero((column.numbers == 0) & (filled == 0) & (whole > 0))
    _tell(reader, "blank_county", column, left, whole)


def _county_code(roster: Roster, text: str) -> str:
    county = roster.county(text)
    return county.code if county else ""


def _tell(
    reader: ListReader, code: str, column: PlaceNumbers, places: np.ndarray, numbers: np.ndarray
) -> None:
    """All of one column at once, the first cells by name."""
    if column.at is None or not len(places):
        return
    named = [cell_name(int(row), column.at.index) for row in reader.rows[places[:NAMED]]]
    more = f"等 {len(places)} 格" if len(places) > NAMED else ""
    words: Words = {"cells": "、".join(named) + more, "heading": column.at.heading}
    value = column.texts[int(numbers[places[0]])]
    _find(reader, code, column.at, places[:1], value, words)


def _find(
    reader: ListReader, code: str, at: ColumnFound, places: np.ndarray, value: str, words: Words
) -> None:
    reader.findings.append(
        Finding(
            code=code,
            sheet=reader.sheet.name,
            column=at.index,
            rows=reader.rows[places],
            value=value,
            words=words,
        )
    )
