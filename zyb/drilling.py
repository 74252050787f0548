"""Drill-down: province → region → county → enterprise, as far as the ledger behind a measure allows.

Counties come from tallies. Enterprises are the only rows that a page ever reads, on demand and in portions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zyb.indicators import ratio
from zyb.ledgers import Column, Ledger, ledgers
from zyb.measures import Operand
from zyb.progress import View
from zyb.store import Store, Trace
from zyb.tallies import NO_COUNTY, NO_YEAR, Part, Totals

# What a screen can hold; the whole list is downloaded as a file.
ROWS_A_PAGE = 500


@dataclass(frozen=True)
class CountyFigure:
    county_code: str
    county: str
    numerator: int
    denominator: int | None
    value: Fraction | None


def _by_county(operand: Operand, totals: Totals, seen: View, region_code: str) -> dict[str, int]:
    """Summed over the years that the operand reads; a floor over counties is no sum and has none."""
    found: dict[str, int] = {}
    for year in operand.years_on(seen.on) if not operand.over else ():
        dated = year if year and ledgers()[operand.ledger].yearly else NO_YEAR
        part = Part(operand.ledger, region_code, dated)
        for county, amount in totals.by_county(part, operand.tally).items():
            found[county] = found.get(county, 0) + amount
    return found


def counties(store: Store, seen: View, region_code: str) -> list[CountyFigure]:
    """The measure by county of a region, lowest first; empty when nobody reports by county."""
    (totals,) = store.totals([seen.now])
    measure = seen.measure
    done = _by_county(measure.numerator, totals, seen, region_code)
    base = _by_county(measure.denominator, totals, seen, region_code)
    codes = [code for code in dict.fromkeys((*base, *done)) if code != NO_COUNTY]
    names = {county.code: county.name for county in seen.roster.counties}
    found = [
        CountyFigure(c, names.get(c, c), done.get(c, 0), base.get(c), ratio(done.get(c, 0), base.get(c)))
        for c in codes
    ]
    return sorted(found, key=lambda figure: (figure.value is None, figure.value or 0))


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
    numbers = sorted({
        source.snapshot
        for part, source in seen.now.sources
        if part.ledger == ledger.id and part.region_code == region_code
    })  # fmt: skip
    return store.traces(ledger, numbers, region_code, county_code, ROWS_A_PAGE)
