"""Drill-down: province → region → county → enterprise, as far as the ledger behind a measure allows.

Counties and kinds come from tallies. Enterprises are the only rows that a page ever reads, on demand and in portions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zyb.answers import linkage
from zyb.answers.progress import View
from zyb.records import NO_COUNTY
from zyb.rulebook import industries
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.measures import Breakdown, Operand
from zyb.standing.arithmetic import ratio
from zyb.standing.counting import KnownTotals, TotalsAt, by_county, by_kind, of_region
from zyb.standing.rolling_up import counted, homes
from zyb.store import Store, Trace

# What a screen can hold; the whole list is downloaded as a file.
ROWS_A_PAGE = 500
NOT_TOLD = "未填写"
NO_COUNTY_NAMED = "未写明县区"


@dataclass(frozen=True, kw_only=True)
class CountyFigure:
    county_code: str
    county: str
    numerator: int
    denominator: int | None
    value: Fraction | None
    unplaced: tuple[int, int] = (0, 0)
    """Of the region's enterprises that name no county, and may be this one's: numerator and denominator."""
    as_of: date | None = None
    """The day of the table that tells of counties, which may be another than that of the region's own figure."""

    @property
    def placed(self) -> bool:
        """Whether it is a county at all, and not what names none."""
        return self.county_code != NO_COUNTY


@dataclass(frozen=True, kw_only=True)
class KindFigure:
    """One kind of a breakdown. Without a numerator only the kind's own number is counted.

    `followed` of the numerator went on to the next step, `followed_value` is their share of it.
    """

    code: str
    kind: str
    group: str
    """The 门类 of an industry; else blank."""
    numerator: int | None
    denominator: int
    value: Fraction | None
    followed: int | None = None
    followed_value: Fraction | None = None


def _moment(store: Store, seen: View) -> TotalsAt:
    """The totals of the day as the measure itself is counted from them."""
    wanted = [edition for edition in (seen.now, seen.last_year) if edition]
    now, *before = linkage.totals(store, [seen.measure], wanted)
    return TotalsAt(now, KnownTotals(now, last_year=before[0] if before else None), seen.on)


def counties(store: Store, seen: View, region_code: str) -> list[CountyFigure]:
    """The measure by county of a region, weakest first; empty when no source of it tells counties.

    From the source that the region's own figure is taken from, else (a summary has no counties) from the next one.
    """
    moment = _moment(store, seen)
    own = of_region(seen.measure, seen.roster, region_code, moment)
    for counts in (own, *own.others):
        sides = (counts.sides.numerator, counts.sides.denominator)
        done, base = (
            _placed(seen, region_code, side, by_county(side, region_code, moment)) for side in sides
        )
        codes = [code for code in dict.fromkeys((*base, *done)) if code != NO_COUNTY]
        if codes or done.get(NO_COUNTY) or base.get(NO_COUNTY):
            day = counts.source.as_of if counts.source else None
            return [replace(one, as_of=day) for one in _by_county(seen, codes, done, base)]
    return []


def _placed(seen: View, region_code: str, side: Operand, found: Mapping[str, int]) -> Mapping[str, int]:
    """Of a list what names no county is kept apart, of a summary nothing does. 韩城 or 定州 is its own county."""
    region = seen.roster.region(region_code)
    if not (side.ledger and ledgers()[side.ledger].is_list):
        return {code: amount for code, amount in found.items() if code != NO_COUNTY}
    if not found or region is None or len(region.members) > 1:
        return found
    return {region.members[0]: sum(found.values())}


def _by_county(
    seen: View, codes: list[str], done: Mapping[str, int], base: Mapping[str, int]
) -> list[CountyFigure]:
    """Counties by value, and last what names no county, which may be any one's."""
    names = {county.code: county.name for county in seen.roster.counties}
    unplaced = done.get(NO_COUNTY, 0), base.get(NO_COUNTY, 0)
    found = [
        CountyFigure(
            county_code=c,
            county=names.get(c, c),
            numerator=done.get(c, 0),
            denominator=base.get(c),
            value=ratio(done.get(c, 0), base.get(c)),
            unplaced=unplaced,
        )
        for c in codes
    ]
    sign = 1 if seen.measure.higher_is_better else -1
    found.sort(key=lambda figure: (figure.value is None, sign * (figure.value or 0)))
    if any(unplaced):
        own = base.get(NO_COUNTY)
        found.append(
            CountyFigure(
                county_code=NO_COUNTY, county=NO_COUNTY_NAMED, numerator=unplaced[0], denominator=own,
                value=ratio(unplaced[0], own),
            )
        )  # fmt: skip
    return found


# -- by kind: industries, kinds of violation ------------------------------------------------


def kinds(store: Store, seen: View, breakdown: Breakdown, region_code: str | None) -> list[KindFigure]:
    """The breakdown of a region or of the whole province, the most numerous first; empty when nothing is told."""
    moment = _moment(store, seen)
    regions = _speaking(seen, moment, region_code)
    counted = _added(breakdown.counted, regions, moment)
    done = _added(breakdown.done, regions, moment) if breakdown.done else None
    then = _added(breakdown.then, regions, moment) if breakdown.then else None
    found = [_kind(breakdown, code, n, done, then) for code, n in counted.items() if n]
    told = any(figure.code for figure in found)
    return (
        sorted(found, key=lambda figure: (not figure.code, -figure.denominator, figure.code)) if told else []
    )


def _speaking(seen: View, moment: TotalsAt, region_code: str | None) -> list[str]:
    """The regions whose reports the measure is counted from; of a province rolled up at the national level its own ones."""
    used = {
        counts.region.code: counts
        for counts in counted(seen.measure, seen.roster, moment)
        if region_code in (None, counts.region.code)
    }
    rolled = {code for code, counts in used.items() if counts.rolled}
    return [*(set(used) - rolled), *(code for code, unit in homes().items() if unit in rolled)]


def _added(operand: Operand, regions: Iterable[str], moment: TotalsAt) -> Counter[str]:
    sums: Counter[str] = Counter()
    for code in regions:
        sums.update(by_kind(operand, code, moment))
    return sums


def _kind(
    breakdown: Breakdown, code: str, counted: int, done: Counter[str] | None, then: Counter[str] | None
) -> KindFigure:
    division = industries.division(code) if breakdown.classified else None
    title = f"{code} {division.title}" if division else code or NOT_TOLD
    finished = done[code] if done is not None else None
    followed = then[code] if then is not None else None
    return KindFigure(
        code=code, kind=title, group=division.section_title if division else "", numerator=finished, denominator=counted, value=ratio(finished, counted),
        followed=followed, followed_value=ratio(followed, finished),
    )  # fmt: skip


# -- the list itself ------------------------------------------------------------------------


def list_behind(seen: View) -> Ledger | None:
    """The list of enterprises or cases that feeds the measure and that somebody has reported."""
    reported = {part.ledger for part, _ in seen.now.sources}
    behind = (ledgers()[name] for name in seen.measure.ledger_ids if name in reported)
    return next((ledger for ledger in behind if ledger.is_list), None)


def open_columns(ledger: Ledger) -> list[Column]:
    """The columns that everybody may see: personal data stay out."""
    return [column for column in ledger.stored if not column.personal]


def enterprises(
    store: Store, seen: View, ledger: Ledger, region_code: str, county_code: str = ""
) -> list[Trace]:
    """The first rows of a region (or county) that are in force on the day."""
    spoken = {
        (part.county_code, source.snapshot)
        for part, source in seen.now.sources
        if part.ledger == ledger.id and part.region_code == region_code
    }
    whole = sorted(snapshot for county, snapshot in spoken if not county)
    # What a county has reported for itself stands in the place of its share of the region's list.
    replaced = sorted({county for county, _ in spoken if county})
    rows = store.traces(ledger, whole, region_code, county_code, ROWS_A_PAGE, without=replaced)
    for county, snapshot in sorted(spoken):
        if county and county_code in ("", county):
            rows += store.traces(ledger, [snapshot], region_code, county, ROWS_A_PAGE)
    return rows[:ROWS_A_PAGE]
