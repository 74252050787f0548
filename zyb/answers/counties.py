"""Counties as the maps show them: judged by a measure, or held against a floor (每县不少于20家)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from zyb.answers.drilling import CountyFigure
from zyb.answers.progress import View
from zyb.rulebook.measures import COUNTIES, Measure, measures
from zyb.rulebook.regions import Region
from zyb.rulebook.verdicts import Verdict, verdict
from zyb.standing.arithmetic import ratio
from zyb.standing.counting import KnownTotals, TotalsAt, by_county
from zyb.standing.standings import Standings
from zyb.standing.yardsticks import lead
from zyb.store import Store

FloorState = Literal["reached", "below", "none", "open", "silent"]


@dataclass(frozen=True)
class CountyFloor:
    """How many a county has; None where its region has not reported. `unplaced` of the region name no county."""

    county_code: str
    county: str
    region_code: str
    amount: int | None
    at_least: int
    unplaced: int = 0

    @property
    def state(self) -> FloorState:
        """Open where those that name no county may lift it over the floor; none only where nothing can be its own."""
        if self.amount is None:
            return "silent"
        if self.amount >= self.at_least:
            return "reached"
        if self.amount + self.unplaced >= self.at_least:
            return "open"
        return "below" if self.amount + self.unplaced > 0 else "none"

    @property
    def missing(self) -> int | None:
        """How many the county still lacks; at most, where some name no county."""
        return None if self.amount is None else max(self.at_least - self.amount, 0)


def county_verdict(found: Standings, figure: CountyFigure) -> Verdict:
    """As a region is judged, against the province's pace; undetermined where the enterprises that name no county would
    change it, were they all its own that are done, or all that are not."""
    done, base = figure.unplaced
    own = _judged(found, figure.numerator, figure.denominator)
    if figure.denominator is None or not (done or base):
        return own
    best = _judged(found, figure.numerator + done, figure.denominator + done)
    worst = _judged(found, figure.numerator, figure.denominator + base - done)
    return own if best == own == worst else found.verdicts["undetermined"]


def _judged(found: Standings, numerator: int, denominator: int | None) -> Verdict:
    pace, value, rises = found.province.pace, ratio(numerator, denominator), found.measure.higher_is_better
    goal = found.plan.target if found.plan else 1 if rises else None
    finished = value is not None and goal is not None and (value >= goal if rises else value <= goal)
    gap = lead(value - pace, rises) if value is not None and pace is not None else None
    counts = numerator, denominator
    return verdict(found.verdicts, *counts, finished, gap, begun=found.begun, rises=rises)


# -- floors ---------------------------------------------------------------------------------


def floor_measures(province: str, campaign: str) -> list[Measure]:
    """The campaign's measures that count the counties which reach a floor."""
    own = (measure for measure in measures(province).values() if measure.campaign == campaign)
    return [measure for measure in own if measure.numerator.over == COUNTIES]


def county_floors(store: Store, seen: View, found: Standings) -> list[CountyFloor]:
    """Every county of the province, in the order of the roster."""
    evidence = _evidence(store, seen)
    moment = TotalsAt(evidence.now, evidence, seen.on)
    operand = replace(seen.measure.numerator, over="")
    names = {county.code: county.name for county in seen.roster.counties}
    states: list[CountyFloor] = []
    for region, standing in zip(seen.roster.regions, found.regions, strict=True):
        spoken = standing.numerator is not None
        amounts = _amounts(region, by_county(operand, region.code, moment)) if spoken else {}
        unplaced = sum(amount for code, amount in amounts.items() if code not in region.members)
        states += [
            CountyFloor(
                code, names[code], region.code, amounts.get(code, 0) if spoken else None,
                seen.measure.numerator.at_least, unplaced,
            )
            for code in region.members
        ]  # fmt: skip
    return states


def _evidence(store: Store, seen: View) -> KnownTotals:
    wanted = [edition for edition in (seen.now, seen.last_year) if edition]
    totals = store.totals(wanted)
    return KnownTotals(totals[0], last_year=totals[1] if seen.last_year else None)


def _amounts(region: Region, found: Mapping[str, int]) -> Mapping[str, int]:
    """韩城 or 定州 is its own county: all that it reports counts, with a county or without."""
    if len(region.members) == 1:
        return {region.members[0]: sum(found.values())}
    return found
