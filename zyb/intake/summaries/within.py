"""Lines of counties in a summary of cities: 其中 below their city, or all that a city's own table has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zyb.intake.summaries.checks import check_sum, sums_up_all
from zyb.intake.summaries.derived import Numbers
from zyb.intake.summaries.lines import Reader, SummaryLine, county_within, numbers_of
from zyb.rulebook.problems import problem
from zyb.rulebook.regions import Region

# A single county is a slip, or reports alone; two are a list of them.
FEWEST_COUNTIES = 2
# As many places are named.
MOST_NAMED = 6

NumberedLine = tuple[SummaryLine, Numbers]


# -- below their city -------------------------------------------------------------------------


def check_within(reader: Reader, told: Sequence[NumberedLine], summed: bool) -> None:
    """What stands below a city is a part of it, and no more than all of it; where the city has no figure, nobody knows
    the city's. `summed`: whether a 合计 of the cities alone bears it out."""
    parts: dict[Region, list[SummaryLine]] = {}
    for line, region in reader.within:
        parts.setdefault(region, []).append(line)
    if not parts:
        return
    whole = [_is_whole(reader, region, lines, told) for region, lines in parts.items()]
    below = [line for line, _ in reader.within]
    sure = summed or all(whole) or all(line.part or line.text != line.text.lstrip() for line in below)
    words = {"count": len(below), "regions": _some([region.name for region in parts])}
    code = "counties_within" if sure else "counties_below"
    reader.report(code, below[0].row, reader.region_index(), below[0].text.strip(), **words)


def _is_whole(
    reader: Reader, region: Region, lines: Sequence[SummaryLine], told: Sequence[NumberedLine]
) -> bool:
    """Whether all the counties are listed; then, and where they are more than all, they are held against the city."""
    own = [one for one in told if reader.roster.find(one[0].text) == region]
    if not own:
        _ask_for_the_sum(reader, region, lines[0])
    if len(own) != 1 or "year" in reader.table.fields:
        return False
    ((line, numbers),) = own
    parts = [numbers_of(reader, one) for one in lines]
    twice = len(_listed(reader, region, lines)) < len(lines)
    whole = not (twice or _absent(reader, region, lines)) and not any(None in one.values() for one in parts)
    for column, at in reader.counts():
        said, total = numbers[at], sum(one[at] or 0 for one in parts)
        if said is not None and (said < total or (whole and said != total)):
            words = {"region": region.name, "column": column.title, "sum": total}
            reader.report("counties_differ", line.row, at.index, str(said), **words)
    return whole


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")


def _ask_for_the_sum(reader: Reader, region: Region, line: SummaryLine) -> None:
    reader.report(
        "counties_without_sum", line.row, reader.region_index(), line.text.strip(), region=region.name
    )


# -- a city's own table -----------------------------------------------------------------------


@dataclass(frozen=True)
class ByCounty:
    """A table of one city's counties: the line that speaks for the city, if there is one, and those of the counties."""

    region: Region
    line: SummaryLine | None
    counties: Sequence[NumberedLine]


def by_county(reader: Reader, body: Sequence[SummaryLine], totals: Sequence[SummaryLine]) -> ByCounty | None:
    """None unless most lines are counties of one city, and none is a region."""
    if reader.table.placeless or any(reader.roster.find(line.text) for line in body):
        return None
    region = reader.place.region or _only_region(reader, body)
    if region is None:
        return None
    counties = [line for line in body if county_within(reader, line, region)]
    if len(counties) < FEWEST_COUNTIES or 2 * len(counties) <= len(body):
        return None
    whole = [line for line in totals if sums_up_all(reader, line)]
    told = [(line, numbers_of(reader, line)) for line in body]
    twice = len(_listed(reader, region, counties)) < len(counties)
    alone = not (reader.ledger.item or "year" in reader.table.fields or twice)
    if alone and len(whole) == 1:
        return ByCounty(region, replace(whole[0], text=region.name), told)
    complete = len(counties) == len(body) and not _absent(reader, region, counties) and not whole
    line = _added_up(reader, region, told) if alone and complete else None
    return ByCounty(region, line, told)


def _only_region(reader: Reader, body: Sequence[SummaryLine]) -> Region | None:
    counties = [county for line in body if (county := reader.roster.county(line.text))]
    regions = {reader.roster.region_of_county(county.code) for county in counties}
    return regions.pop() if len(regions) == 1 else None


def _added_up(reader: Reader, region: Region, counties: Sequence[NumberedLine]) -> SummaryLine | None:
    """The sum of all the counties, in the cells of the first of them; none while a figure is missing."""
    first, numbers = counties[0][0], [own for _, own in counties]
    cells = list(first.cells)
    for _, at in reader.fields("percent"):
        cells[at.index] = ""  # of percentages there is no sum, and no mean that nobody weighed
    for _, at in reader.counts():
        known = [number for one in numbers if (number := one[at]) is not None]
        if len(known) < len(numbers):
            return None
        cells[at.index] = str(sum(known))
    return SummaryLine(first.row, region.name, cells)


def tell_by_county(reader: Reader, found: ByCounty, told: Sequence[NumberedLine]) -> None:
    """For which line the counties stand, that it is their sum, and which are not listed; or that there is none."""
    if found.line is None:
        _ask_for_the_sum(reader, found.region, found.counties[0][0])
        return
    counties = [line for line, _ in found.counties]
    stated = all(line.row != found.line.row for line in counties)
    absent = _absent(reader, found.region, counties)
    cell = reader.table.cell(found.line.row, next(at.index for _, at in reader.figures()))
    words = {"region": found.region.name, "how": f"合计行（{cell}）" if stated else "各县区相加的数"}
    if absent:
        words["absent"] = _some(absent)
    code = "by_county_partly" if absent else "by_county"
    reader.add(problem(code, reader.sheet.name, "", found.region.name, **words))
    for line, numbers in told if stated else ():
        check_sum(reader, line, numbers, [own for _, own in found.counties], "各县区")


def _listed(reader: Reader, region: Region, lines: Sequence[SummaryLine]) -> set[str]:
    return {county.code for line in lines if (county := county_within(reader, line, region))}


def _absent(reader: Reader, region: Region, lines: Sequence[SummaryLine]) -> list[str]:
    listed = _listed(reader, region, lines)
    left = (reader.roster.county_by_code(code) for code in region.members if code not in listed)
    return [county.name for county in left if county]
