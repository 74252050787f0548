"""Whether a list of rows speaks for one county or for its whole region, and a word where it may be taken for the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.context import Place
from zyb.intake.lists.reader import ListReader
from zyb.records import NO_COUNTY
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.regions import Region

# A city's list of fewer enterprises may well have all of them in one county.
FEWEST_ROWS = 5
MOST_NAMED = 6

ReadLists = Sequence[tuple[ListReader, pa.Table]]


def county_spoken_for(readers: ReadLists, body: pa.Table) -> str:
    """A file whose title names one county, all of whose rows lie there, speaks for that county only."""
    place = _common(readers)
    whole = place.region is None or len(place.region.members) == 1
    county = place.county.code if place.county and not whole else NO_COUNTY
    return county if county and _counties(body) == [county] else NO_COUNTY


def told_of_counties(readers: ReadLists, body: pa.Table) -> Iterator[Problem]:
    """What goes in as a whole region's list and looks like that of one county, or of a few."""
    if not len(body) or county_spoken_for(readers, body) or readers[0][0].ledger.of_type("county") is None:
        return
    place, sheet = _common(readers), readers[0][0].sheet.name
    if place.county and place.region and len(place.region.members) > 1:
        outside = len(body) - pc.sum(pc.equal(body["county_code"], place.county.code)).as_py()
        names = {"county": place.county.name, "region": place.region.name}
        yield problem("county_title_of_whole", sheet, **names, count=outside)
        return
    yield from _some_counties(readers, body)
    yield from _all_in_one(readers[0][0], body)


def _some_counties(readers: ReadLists, body: pa.Table) -> Iterator[Problem]:
    """A sheet a county, and not all of the counties."""
    places = [reader.place for reader, _ in readers]
    region = _only_region(readers[0][0], body)
    named = {place.county.code for place in places if place.county and place.region == region}
    if region is None or len(places) < 2 or not all(place.county for place in places):
        return
    known = (readers[0][0].roster.county_by_code(code) for code in region.members if code not in named)
    absent = [county.name for county in known if county]
    if absent:
        some = "、".join(absent[:MOST_NAMED]) + ("等" if len(absent) > MOST_NAMED else "")
        yield problem("sheets_of_some_counties", readers[0][0].sheet.name, region=region.name, absent=some)


def _all_in_one(reader: ListReader, body: pa.Table) -> Iterator[Problem]:
    """Nothing around the table says that it is one county's."""
    region, counties = _only_region(reader, body), _counties(body)
    county = reader.roster.county_by_code(counties[0]) if len(counties) == 1 and counties[0] else None
    if not (reader.ledger.by_county and region and county) or len(body) < FEWEST_ROWS:
        return
    if len(region.members) > 1 and not reader.place.county:
        yield problem(
            "one_county_for_all", reader.sheet.name, region=region.name, county=county.name, count=len(body)
        )


def _common(readers: ReadLists) -> Place:
    places = {reader.place for reader, _ in readers}
    return places.pop() if len(places) == 1 else Place()


def _only_region(reader: ListReader, body: pa.Table) -> Region | None:
    codes = body["region_code"].unique().to_pylist()
    return reader.roster.region(codes[0]) if len(codes) == 1 and codes[0] else None


def _counties(body: pa.Table) -> list[str]:
    found: list[str] = body["county_code"].unique().to_pylist()
    return found
