"""Where each row of a list belongs: its region and county, from its own cells, a heading above them, or the table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.values import narrow
from zyb.intake.lists.blanks import PlaceNumbers, filled_down, held
from zyb.intake.lists.county_sources import HEADED, WRITTEN, PlacedCounties
from zyb.intake.lists.findings import Finding, Words
from zyb.intake.lists.reader import ListReader, text_at
from zyb.intake.remedies import unknown_place
from zyb.intake.tables.found import ColumnFound
from zyb.rulebook.places.counties import CountyRead, FormerCounty
from zyb.rulebook.places.placenames import place_words
from zyb.rulebook.regions import Region, Roster


def regions_of(reader: ListReader, provincial: np.ndarray) -> PlacedCounties:
    """Region and county code of every row: from the row, else from around the table; and where the county was read.

    `provincial` rows are about an institution of the province, whose work is booked to none of its regions.
    """
    region_at = reader.field_of(reader.ledger.of_type("region"))
    county_at = reader.field_of(reader.ledger.of_type("county"))
    regions, region_texts = _numbered(reader, region_at)
    counties, county_texts = _numbered(reader, county_at)
    own_texts = len(region_texts), len(county_texts)
    written = regions
    above = np.searchsorted(reader.lines.groups, reader.rows)  # how many lines that head a group
    regions, counties = filled_down(
        reader,
        PlaceNumbers(region_at, regions, region_texts),
        PlaceNumbers(county_at, counties, county_texts),
        np.diff(above, prepend=0) > 0,
    )
    if len(reader.lines.groups):
        regions, counties = _headed(reader, above, regions, counties, region_texts, county_texts)
    pairs = pa.array(regions * len(county_texts) + counties).dictionary_encode()
    places = [
        _place(reader, region_texts[pair // len(county_texts)], county_texts[pair % len(county_texts)])
        for pair in pairs.dictionary.to_pylist()
    ]
    if reader.place.other and any(
        not region_texts[pair // len(county_texts)]
        and (place.code or not county_texts[pair % len(county_texts)])
        for pair, place in zip(pairs.dictionary.to_pylist(), places, strict=True)
    ):
        _tell_other_place(reader)
    _report_places(reader, region_at, county_at, np.where(provincial, -1, pairs.indices.to_numpy()), places)
    _note_former_names(reader, (region_at, county_at), pairs.indices.to_numpy(), places)
    if region_at:
        numbers = [pair // len(county_texts) for pair in pairs.dictionary.to_pylist()]
        adopted = {n: (region_texts[n], p.region_code) for n, p in zip(numbers, places, strict=True)}
        _note_aliases(reader, region_at, written, adopted)
    region_codes = pa.array([place.region_code for place in places], pa.string())
    county_codes = pa.array([place.county_code for place in places], pa.string())
    sources = [
        _source(
            reader,
            place,
            pair // len(county_texts) < own_texts[0] and pair % len(county_texts) < own_texts[1],
        )
        for pair, place in zip(pairs.dictionary.to_pylist(), places, strict=True)
    ]
    codes = (region_codes, county_codes, pa.array(sources, pa.string()))
    found = PlacedCounties(*(one.take(pairs.indices) for one in codes))
    return _of_province(reader, provincial, found) if provincial.any() else found


def _source(reader: ListReader, place: _PlacedRows, in_row: bool) -> str | None:
    """Where a row's county stands: in the row, in a line above it, around the table."""
    if not place.county_code:
        return None
    if not place.around:
        return WRITTEN if in_row else HEADED
    county = reader.roster.county_by_code(place.county_code)
    named = (where for text, where in reader.around.said if county and county.name in text)
    return next(named, reader.place.where or WRITTEN)


def _of_province(reader: ListReader, provincial: np.ndarray, found: PlacedCounties) -> PlacedCounties:
    mask = pa.array(provincial)
    return PlacedCounties(
        pc.if_else(mask, reader.roster.province_code, found.regions),
        pc.if_else(mask, "", found.counties),
        pc.if_else(mask, pa.scalar(None, pa.string()), found.sources),
    )


def _note_aliases(
    reader: ListReader, at: ColumnFound, written: np.ndarray, adopted: dict[int, tuple[str, str | None]]
) -> None:
    """A name that means something else elsewhere (杨陵区 → 杨凌示范区), once, with the number of its cells."""
    for number, (text, code) in adopted.items():
        region = reader.roster.region(code) if code and text else None
        if region is None or region.short in narrow(text) or not reader.roster.find(text):
            continue
        rows = reader.rows[np.flatnonzero(written == number)]
        if len(rows):
            words: Words = {"region": region.name, "times": _times(len(rows))}
            reader.findings.append(_noted("region_changed", reader, at, rows[:1], text, words))


def _tell_other_place(reader: ListReader) -> None:
    """Rows that do not say where they are, under a title that names one place and a name that says another."""
    at = reader.field_of(reader.ledger.key_column)
    if at is not None and len(reader.rows):
        words: Words = {"where": reader.place.where, "other": reader.place.other}
        reader.findings.append(
            _noted(reader.place.contradicted, reader, at, reader.rows[:1], reader.place.text, words)
        )


def _note_former_names(
    reader: ListReader,
    columns: tuple[ColumnFound | None, ...],
    indices: np.ndarray,
    places: list[_PlacedRows],
) -> None:
    """Each former name once, with the number of its rows: 户县 → 鄠邑区."""
    written: dict[tuple[FormerCounty, bool], list[int]] = {}
    for number, place in enumerate(places):
        if place.former:
            written.setdefault((place.former, place.in_county), []).append(number)
    for (former, in_county), numbers in written.items():
        at = columns[in_county] or reader.field_of(reader.ledger.key_column)
        county = reader.roster.county_by_code(former.present)
        assert at and county
        rows = reader.rows[np.flatnonzero(np.isin(indices, numbers))]
        words: Words = {"present": county.name, "year": former.year, "times": _times(len(rows))}
        value = places[numbers[0]].value
        reader.findings.append(_noted("former_name", reader, at, rows[:1], value, words))


def _times(count: int) -> str:
    return f"（共 {count} 处）" if count > 1 else ""


def _noted(
    code: str, reader: ListReader, at: ColumnFound, rows: np.ndarray, value: str, words: Words
) -> Finding:
    name = reader.sheet.name
    return Finding(code=code, sheet=name, column=at.index, rows=rows, value=value, words=words)


def _numbered(reader: ListReader, at: ColumnFound | None) -> tuple[np.ndarray, list[str]]:
    """A number for every row and the text of every number; 0 is blank."""
    if at is None:
        return np.zeros(len(reader.rows), np.int64), [""]
    encoded = reader.distinct(at)
    numbers = pc.fill_null(pc.add(encoded.indices, 1), 0)
    return numbers.to_numpy().astype(np.int64), ["", *encoded.dictionary.to_pylist()]


def _within_groups(regions: np.ndarray, counties: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of lines that name places: a city's holds until the next, and so does a county's within its city."""
    cities = regions > 0
    return held(regions, cities), held(counties, (counties > 0) | cities)


def _headed(
    reader: ListReader,
    above: np.ndarray,
    regions: np.ndarray,
    counties: np.ndarray,
    region_texts: list[str],
    county_texts: list[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Rows that do not say their region take it from the lines above that say nothing else: 西安市, 雁塔区.

    The texts of those lines are added to those of the columns, and numbered on.
    """
    encoded = reader.lines.places.dictionary_encode()
    texts, numbers = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    is_region = np.array([reader.roster.find(text) is not None for text in texts])[numbers]
    heads = _within_groups(
        np.where(is_region, numbers + len(region_texts), 0),
        np.where(is_region, 0, numbers + len(county_texts)),
    )
    region_texts += texts
    county_texts += texts
    headed = (above > 0) & (regions == 0)
    _note_groups(reader, np.unique(above[headed] - 1))
    region, county = (head[above - 1] for head in heads)
    return np.where(headed, region, regions), np.where(headed & (counties == 0), county, counties)


def _note_groups(reader: ListReader, used: np.ndarray) -> None:
    if not len(used):
        return
    first = int(used[0])
    row = int(reader.lines.groups[first])
    column = next(n for n, text in enumerate(reader.sheet.rows(row, row + 1)[0]) if text.strip())
    words: Words = {"count": len(used)}
    reader.findings.append(
        Finding(
            code="group_heading",
            sheet=reader.sheet.name,
            column=column,
            rows=np.array([row]),
            value=reader.lines.places[first].as_py(),
            words=words,
        )
    )


@dataclass(frozen=True, kw_only=True)
class _PlacedRows:
    region_code: str | None
    county_code: str = ""
    code: str = ""
    value: str = ""
    in_county: bool = False
    former: FormerCounty | None = None
    around: bool = False
    """Whether the county is that of the title, the sheet's or the file's name."""


def _place(reader: ListReader, region_text: str, county_text: str) -> _PlacedRows:
    region = reader.roster.find(region_text) if region_text else reader.place.region
    if region_text and region is None:
        read = reader.roster.county_read(region_text)
        if read.county is None and reader.place.region:  # 市中区 of the city that the title names
            read = reader.roster.county_read(region_text, reader.place.region)
        if read.county is None:
            return _PlacedRows(region_code=None, code="unknown_region", value=region_text)
        return _of_county(reader.roster, read, region_text)
    if not county_text:
        if region is None:
            return _PlacedRows(region_code=None, code="region_unknown")
        county = reader.place.county if region == reader.place.region else None
        return _PlacedRows(
            region_code=region.code, county_code=county.code if county else "", around=county is not None
        )
    return _county(reader, region, county_text)


def _county(reader: ListReader, region: Region | None, text: str) -> _PlacedRows:
    read = reader.roster.county_read(text, region)
    if read.county is None:
        read = reader.roster.county_read(text)
    if read.county is None:
        carved = reader.roster.find(text)
        if carved and (region is None or carved == region):
            return _PlacedRows(region_code=carved.code)
        code = "unknown_county" if region else "unknown_region"
        return _PlacedRows(region_code=region.code if region else None, code=code, value=text, in_county=True)
    found = _of_county(reader.roster, read, text, in_county=True)
    if region and found.region_code != region.code:
        return _PlacedRows(region_code=region.code, code="county_elsewhere", value=text, in_county=True)
    return found


def _of_county(roster: Roster, read: CountyRead, text: str, in_county: bool = False) -> _PlacedRows:
    assert read.county
    region = roster.region_of_county(read.county.code)
    code = region.code if region else None
    return _PlacedRows(
        region_code=code, county_code=read.county.code, value=text if read.former else "", in_county=in_county,
        former=read.former,
    )  # fmt: skip


def _report_places(
    reader: ListReader,
    region_at: ColumnFound | None,
    county_at: ColumnFound | None,
    indices: np.ndarray,
    places: list[_PlacedRows],
) -> None:
    numbers: dict[str, int] = {}
    alike = np.array([numbers.setdefault(place.value, len(numbers)) for place in places])
    name_at = reader.field_of(reader.ledger.key_column)
    say = _SayPlace(reader.roster, pa.array([place.value for place in places]), indices)
    for code in dict.fromkeys(place.code for place in places if place.code):
        faulty = np.array([*(place.code == code for place in places), False])
        rows = np.flatnonzero(faulty[indices])
        if not len(rows):
            continue
        if code == "region_unknown" and not (region_at or county_at):
            rows = rows[:1]  # one answer places them all
        at = (county_at if places[indices[rows[0]]].in_county else region_at) or name_at
        assert at
        reader.report(code, at, rows, alike[indices[rows]], say)


@dataclass(frozen=True)
class _SayPlace:
    """`indices` numbers the distinct place of every row."""

    roster: Roster
    values: pa.Array
    indices: np.ndarray

    def __call__(self, row: int) -> tuple[str, Words]:
        value = text_at(self.values, int(self.indices[row]))
        remedy = unknown_place(self.roster, value) if value else ""
        year = place_words().divisions_year
        return value, {"province": self.roster.province, "suggestion": remedy, "year": year}
