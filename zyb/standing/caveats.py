"""What is said beside a figure: what it cannot place and therefore leaves out (or in), with how many there are; what a table
has no column for; that it is of some counties alone; and that it is last year's once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zyb.numerals import count, percent
from zyb.records import NO_COUNTY, NO_YEAR, Part, Source
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import ROWS, ledgers
from zyb.rulebook.measures import Caveat, Measure, Operand, booked_by_day
from zyb.rulebook.regions import Region, Roster
from zyb.standing.counting import Counts, KindsReport, TotalsAt, by_county, read, split_of
from zyb.standing.counting import count as counts_of
from zyb.standing.tallies import Totals


@dataclass(frozen=True)
class CaveatFigure:
    """One caveat of a region, or of the province; `among` where a share is said."""

    caveat: Caveat
    region_code: str
    number: int
    among: int | None = None
    columnless: bool = False
    """The table that was reported has no column for it: nothing is left to be reported in that table."""

    @property
    def told(self) -> str:
        """“另有12家没有写明县区，不计入任何县区”."""
        share = percent(Fraction(self.number, self.among)) if self.among else ""
        total = "" if self.among is None else count(self.among)
        return self.caveat.said.format(number=count(self.number), total=total, share=share)


def caveat_figures(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[CaveatFigure, ...]:
    """Of the province first, then of each region that has any."""
    found = [one for caveat in measure.caveats for one in _of_regions(caveat, roster, moment)]
    whole = [
        _added(roster, caveat, [one for one in found if one.caveat == caveat]) for caveat in measure.caveats
    ]
    return (*(one for one in (*whole, *found) if one.number), *_columnless(measure, roster, moment))


def _columnless(measure: Measure, roster: Roster, moment: TotalsAt) -> tuple[CaveatFigure, ...]:
    """Whose list has no column for the measure, where no other table tells it: of the province how many, then each."""
    lacking = {one.code: found for one in roster.regions if (found := _lacking(measure, one, moment))}
    if lacking:
        told = {
            one.region.code for one in counts_of(measure, roster, moment) if one.numerator.amount is not None
        }
        lacking = {code: found for code, found in lacking.items() if code not in told}
    if not lacking:
        return ()
    operand, column = next(iter(lacking.values()))
    whole = Caveat(operand, f"{{number}}个地区{_no_column(measure, operand, column)}")
    return (
        CaveatFigure(whole, roster.province_code, len(lacking), columnless=True),
        *(
            CaveatFigure(Caveat(one, _no_column(measure, one, own)), code, 1, columnless=True)
            for code, (one, own) in lacking.items()
        ),
    )


def _lacking(measure: Measure, region: Region, moment: TotalsAt) -> tuple[Operand, Column] | None:
    """The operand that the region's list does not tell, although the list is there, and the column it would be in."""
    for operand in (one for sides in measure.sources for one in sides.operands if not one.also_in):
        for part in _parts(operand, region, moment):
            unsaid = part in moment.totals.sources and (part, operand.sum) not in moment.totals.amounts
            if unsaid and (column := _column(operand)):
                return operand, column
    return None


def _parts(operand: Operand, region: Region, moment: TotalsAt) -> Iterator[Part]:
    if operand.ledger:
        for year in operand.years_on(moment.day):
            dated = ledgers()[operand.ledger].yearly
            yield Part(operand.ledger, region.code, (year or NO_YEAR) if dated else NO_YEAR)


def _column(operand: Operand) -> Column | None:
    """Of a list; a blank cell of a summary is a figure that was not given."""
    ledger = ledgers()[operand.ledger]
    counted = next((rule.count for rule in ledger.tallies if rule.name == operand.tally), "")
    return ledger.column(counted) if counted not in ("", ROWS) else None


def _no_column(measure: Measure, operand: Operand, column: Column) -> str:
    others = dict.fromkeys(name for name in measure.report_ledgers if name != operand.ledger)
    instead = f"，可另报{''.join(f'《{ledgers()[name].title}》' for name in others)}" if others else ""
    return f"报送的《{ledgers()[operand.ledger].title}》没有“{column.title}”一列，无从计算{instead}"


def _of_regions(caveat: Caveat, roster: Roster, moment: TotalsAt) -> list[CaveatFigure]:
    among = read(caveat.among, roster, moment) if caveat.among else {}
    counted = read(caveat.counted, roster, moment)
    found = []
    for region in roster.regions:
        number = _placeless(caveat, region, moment) if caveat.placeless else counted[region.code].amount
        base = among[region.code].amount if caveat.among else None
        if number is not None:
            found.append(CaveatFigure(caveat, region.code, number, base))
    return found


def _placeless(caveat: Caveat, region: Region, moment: TotalsAt) -> int:
    """A unit that is one county has none: all that it reports is that county's."""
    if len(region.members) == 1:
        return 0
    split = by_county(caveat.counted, region.code, moment)
    return sum(
        amount for county, amount in split.items() if county == NO_COUNTY or county not in region.members
    )


def _added(roster: Roster, caveat: Caveat, own: Sequence[CaveatFigure]) -> CaveatFigure:
    bases = [one.among for one in own if one.among is not None]
    return CaveatFigure(
        caveat, roster.province_code, sum(one.number for one in own), sum(bases) if bases else None
    )


# -- counties that have reported for themselves ---------------------------------------------------

# So many counties, or regions, are named.
MOST_NAMED = 3


@dataclass(frozen=True)
class CountiesAlone:
    """The counties, by name, whose own reports are all that there is of a region, and how many it has."""

    names: tuple[str, ...]
    among: int

    @property
    def told(self) -> str:
        """“仅桥东区报送（1／16个县区）”"""
        few = len(self.names) <= MOST_NAMED
        who = "、".join(self.names) if few else f"{self.names[0]}等{len(self.names)}个县区"
        return f"仅{who}报送（{len(self.names)}／{self.among}个县区）"


def counties_alone(counts: Counts, roster: Roster) -> CountiesAlone | None:
    members = counts.region.members
    named = [roster.county_by_code(code) for code in members if code in counts.alone]
    names = tuple(county.name for county in named if county)
    return CountiesAlone(names, len(members)) if names else None


# -- last year's figures once more --------------------------------------------------------------


# What a report says of a region, to be held against what another says.
ReportContent = Callable[[Part, Source], object]


def begins_by_day(measure: Measure) -> bool:
    """Whether only the day of a report tells which year its figures belong to, be the year's counted alone or with others."""
    by_year = measure.numerator.year == "current" or bool(measure.numerator.years)
    return by_year and measure.numerator.ledger in booked_by_day()


def repeated(
    measure: Measure,
    codes: Iterable[str],
    before: Totals,
    since: Sequence[Totals],
    day: date,
    content: ReportContent,
) -> Mapping[str, date]:
    """The regions whose reports of this year, as known on a day, say what the last of last year said, and when that was.

    Of a count that begins anew each year they are no evidence of progress. As soon as any report of the year says other
    figures, or tells of other enterprises, it has begun anew; and a report of the day that the task is due on, or later, tells of the whole year.
    `before`: the totals at last year's end; `since`: those of this year until the day, in any order.
    """
    if not begins_by_day(measure):
        return {}
    last = {code: _figures(measure, code, before) for code in codes}
    told = {
        code: old[0].source.as_of
        for code, old in last.items()
        if old and old[0].source.as_of.year == day.year - 1 and sum(old[0].split.values())
    }
    return {
        code: when for code, when in told.items() if _unchanged(measure, code, before, since, day, content)
    }


def _unchanged(
    measure: Measure, code: str, before: Totals, since: Sequence[Totals], day: date, content: ReportContent
) -> bool:
    reports = [found for totals in since if (found := _figures(measure, code, totals))]
    own = [found for found in reports if found[0].source.as_of.year == day.year]
    old, plan = _figures(measure, code, before), measure.plan_on(day)
    newest = max((found[0].source.as_of for found in own), default=None)
    if newest is None or (plan and newest >= plan.window.due):
        return False
    part, last = Part(measure.numerator.ledger, code), old[0].source
    return all(
        [one.split for one in found] == [one.split for one in old]
        and content(part, found[0].source) == content(part, last)
        for found in own
    )


def _figures(measure: Measure, code: str, totals: Totals) -> list[KindsReport]:
    """What a region's own report says of both sides; of tasks that are handed down nothing."""
    sides, ledger = measure.sources[0].operands, measure.numerator.ledger
    found = [_reported(operand, code, totals) for operand in sides if operand.ledger == ledger]
    return [one for one in found if one] if found and found[0] else []


def _reported(operand: Operand, code: str, totals: Totals) -> KindsReport | None:
    return split_of(operand, Part(operand.ledger, code), totals)
