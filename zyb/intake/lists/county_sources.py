"""The county of a row that names none: from the address (属地), else from the code's registration authority.

What a person wrote (in the row, above it, around the table) holds; then the address, where the employer works; last the
code, which says where it was registered. Where they contradict each other it is said once, with the number of rows; where
none tells, the row has no county: it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells import codes
from zyb.intake.lists.blanks import AREA, NAMED
from zyb.intake.lists.findings import Finding, Words, alike
from zyb.intake.lists.reader import ListReader
from zyb.rulebook.book import rule
from zyb.rulebook.places.divisions import divisions
from zyb.rulebook.places.placenames import short_name
from zyb.rulebook.problems import cell_name
from zyb.rulebook.regions import Region, Roster, load_roster

WRITTEN, HEADED, ADDRESS, CODE = "填写", "分组标题", "单位地址", "信用代码"
# 赵县路 and 新城街 are streets that bear a county's name.
STREETS = ("路", "街", "巷")


@dataclass(frozen=True)
class PlacedCounties:
    """County code of every row (blank: none), and where it was read."""

    regions: pa.Array
    counties: pa.Array
    sources: pa.Array


@dataclass(frozen=True)
class _Read:
    """What one address says within one region: its county, or that it lies in another region."""

    county: str = ""
    elsewhere: bool = False


def with_counties(reader: ListReader, placed: PlacedCounties) -> PlacedCounties:
    """Counties that were not written, as far as they can be known."""
    if reader.ledger.of_type("county") is None or not len(reader.rows):
        return placed
    found = _Evidence(reader, placed)
    own = found.own
    blank = (own == "") & found.divided
    address, elsewhere = found.of_addresses()
    code = found.of_codes()
    by_address = blank & (address != "")
    by_code = blank & (address == "") & ~elsewhere & (code != "")
    counties = np.where(by_address, address, np.where(by_code, code, own))
    sources = np.where(by_address, ADDRESS, np.where(by_code, CODE, found.sources))
    _tell_doubts(reader, {
        "county_not_of_address": ~blank & found.divided & (own != "") & (address != "") & (address != own),
        "address_elsewhere": elsewhere,
        "county_not_of_code": by_address & (code != "") & (code != address),
    })  # fmt: skip
    if reader.ledger.by_county:
        _tell_sources(reader, by_address, by_code, blank & (counties == ""))
    known = pa.array(sources.tolist(), pa.string())
    return PlacedCounties(
        placed.regions, pa.array(counties.tolist(), pa.string()), pc.if_else(pc.equal(known, ""), None, known)
    )


@dataclass
class _Evidence:
    """The rows as arrays of texts, and what address and code say of their counties."""

    reader: ListReader
    placed: PlacedCounties
    regions: np.ndarray = field(init=False)
    own: np.ndarray = field(init=False)
    sources: np.ndarray = field(init=False)
    divided: np.ndarray = field(init=False)
    """Whether the row's region has several counties."""

    def __post_init__(self) -> None:
        self.regions, self.own, self.sources = (
            _texts(one) for one in (self.placed.regions, self.placed.counties, self.placed.sources)
        )
        several = {one.code for one in self.reader.roster.regions if len(one.members) > 1}
        self.divided = np.isin(self.regions, list(several))

    def of_addresses(self) -> tuple[np.ndarray, np.ndarray]:
        """County named by the address within the row's region; whether it names another region."""
        column = next((one for one in self.reader.ledger.columns if one.name == "address"), None)
        at = self.reader.field_of(column)
        nothing = np.full(len(self.own), "", object)
        if at is None:
            return nothing, np.zeros(len(self.own), bool)
        parts = pc.extract_regex(self.reader.texts(at), _address_pattern(self.reader.roster.province_code))
        fields = [pc.struct_field(parts, name) for name in ("province", "city", "county", "next")]
        _, first, which = np.unique(
            alike(self.placed.regions, *fields), return_index=True, return_inverse=True
        )
        told = [
            pc.fill_null(one.take(pa.array(first)), "").to_pylist() for one in (self.placed.regions, *fields)
        ]
        read = [self._read(*said) for said in zip(*told, strict=True)]
        counties = np.array([one.county for one in read], object)
        return counties[which], np.array([one.elsewhere for one in read], bool)[which]

    def _read(self, region_code: str, province: str, city: str, county: str, following: str) -> _Read:
        roster = self.reader.roster
        region = roster.region(region_code)
        if not county or region is None or following in STREETS:
            return _Read()
        meant = [code for code in _counties_named(roster, county) if not city or _lies_in(roster, code, city)]
        inside = [code for code in meant if code in region.members]
        if len(inside) == 1:
            return _Read(inside[0])
        return _Read(elsewhere=bool(meant and not inside and (city or province)))

    def of_codes(self) -> np.ndarray:
        """County in which a faultless code was given, where it is one of the row's region."""
        column = self.reader.ledger.of_type("uscc")
        at = self.reader.field_of(column)
        if at is None:
            return np.full(len(self.own), "", object)
        plain = codes.plain_codes(self.reader.texts(at))
        sound = pc.fill_null(pc.equal(pc.utf8_length(plain), codes.LENGTH), False).to_numpy(
            zero_copy_only=False
        )
        sound &= ~codes.fails_check(plain)
        areas = pc.utf8_slice_codeunits(plain, *AREA).dictionary_encode()
        home = {code: region.code for region in self.reader.roster.regions for code in region.members}
        lies = np.array([*(home.get(area, "") for area in areas.dictionary.to_pylist()), ""], object)
        lies = lies[areas.indices.fill_null(-1).to_numpy()]
        return np.where(sound & (lies == self.regions) & (lies != ""), _texts(areas), "")


def _texts(column: pa.Array) -> np.ndarray:
    """Blank for null."""
    one = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
    known = np.array([*one.dictionary.to_pylist(), ""], object)
    found: np.ndarray = known[one.indices.fill_null(-1).to_numpy()]
    return found


# -- addresses -----------------------------------------------------------------------------------


@rule
def _address_pattern(province_code: str) -> str:
    """陕西省西安市雁塔区…, 西安雁塔区…, 雁塔区…: the county by its whole name, behind nothing but province and city."""
    roster = load_roster(province_code)
    cities = {form for name in _cities(province_code) for form in (name, short_name(name))}
    counties = {county.name for county in roster.counties} | {county.name for county in roster.former}
    provinces = {roster.province, roster.province_short}
    return (
        rf"^[\s\pZ]*(?P<province>{_either(provinces)})?[\s\pZ]*(?P<city>{_either(cities)})?[\s\pZ]*"
        rf"(?P<county>{_either(counties)})(?P<next>.?)"
    )


def _either(names: set[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _cities(province_code: str) -> set[str]:
    named = {one.name for one in divisions() if one.level == "prefecture" and one.parent == province_code}
    return named | {region.name for region in load_roster(province_code).regions}


def _counties_named(roster: Roster, name: str) -> list[str]:
    now = [county.code for county in roster.counties if county.name == name]
    return now or [county.present for county in roster.former if county.name == name]


def _lies_in(roster: Roster, county_code: str, city: str) -> bool:
    """By the region that it reports with, or by the prefecture around it: 保定市定州市, 咸阳市杨陵区."""
    region: Region | None = roster.region_of_county(county_code)
    if region and city in (region.name, region.short):
        return True
    around = next((one for one in divisions() if one.code == f"{county_code[:4]}00"), None)
    return around is not None and city in (around.name, short_name(around.name))


# -- what is said ---------------------------------------------------------------------------------


def _tell_doubts(reader: ListReader, doubts: dict[str, np.ndarray]) -> None:
    for code, mask in doubts.items():
        _tell(reader, code, np.flatnonzero(mask))


def _tell_sources(reader: ListReader, by_address: np.ndarray, by_code: np.ndarray, left: np.ndarray) -> None:
    filled = by_address | by_code
    told = ((by_address, ADDRESS), (by_code, CODE))
    how = "、".join(f"{name} {int(mask.sum())} 行" for mask, name in told if mask.any())
    _tell(reader, "county_filled", np.flatnonzero(filled), how=how)
    _tell(reader, "county_unknown", np.flatnonzero(left))


def _tell(reader: ListReader, code: str, places: np.ndarray, **words: object) -> None:
    """Once, with the first cells by name: an address is nobody's to read."""
    at = reader.field_of(reader.ledger.key_column)
    if at is None or not len(places):
        return
    named = "、".join(_cells(reader, places, at.index))
    more = f"等 {len(places)} 处" if len(places) > NAMED else ""
    said: Words = {"count": len(places), "cells": named + more, **words}
    reader.findings.append(
        Finding(code=code, sheet=reader.sheet.name, column=at.index, rows=reader.rows[places[:1]], words=said)
    )


def _cells(reader: ListReader, places: np.ndarray, column: int) -> Iterator[str]:
    return (cell_name(int(row), column) for row in reader.rows[places[:NAMED]])
