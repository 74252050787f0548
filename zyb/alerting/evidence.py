"""Which figures an alert is followed on: the totals of each month with reports, and the periods they make."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from zyb import linkage
from zyb.alerting.model import Period
from zyb.indicators import Evidence as Figures
from zyb.indicators import evaluate
from zyb.ledgers import ledgers
from zyb.measures import Measure, measures
from zyb.overrides import applied
from zyb.regions import Roster
from zyb.store import Edition, Store


class Evidence:
    """The totals at the end of each month with reports, and of each December before one, and what people have
    said of the verdicts."""

    def __init__(
        self, store: Store, roster: Roster, on: date, known_at: datetime | None, wanted: set[str]
    ) -> None:
        self.on = on
        reports = store.days(roster.province_code, sorted(ledgers()), known_at)
        self.ends = sorted({self.end_of(day) for day in reports if day <= on})
        years = {date(day.year - 1, 12, 31) for day in self.ends}
        days = sorted({*self.ends, *years})
        editions = [only(found, wanted) for found in store.editions(roster.province_code, days, known_at)]
        self.editions = dict(zip(days, editions, strict=True))
        planned = _planned(roster)
        self.totals = dict(
            zip(days, linkage.totals(store, planned, editions, _tallies(planned)), strict=True)
        )
        self.verdict_records = store.verdict_records(roster.province_code, known_at=known_at)

    def end_of(self, day: date) -> date:
        """The day on which a report of that month is looked at."""
        return min(month_end(day), self.on)

    def at(self, day: date) -> Figures:
        last_year = date(day.year - 1, 12, 31)
        known = self.editions[last_year].sources
        return Figures(self.totals[day], last_year=self.totals[last_year] if known else None)


def _planned(roster: Roster) -> list[Measure]:
    return [measure for measure in measures(roster.province).values() if measure.plans]


def _tallies(planned: list[Measure]) -> list[str]:
    """What the measures with a plan and the comparisons of ledgers add up; the rest stays in the store."""
    sides = [sides for measure in planned for sides in measure.sources]
    known = {operand.tally for pair in sides for operand in (pair.numerator, pair.denominator)}
    for ledger in ledgers().values():
        known.update(ledger.cumulative)
        known.update(tally for rule in ledger.agreements for tally in (rule.tally, rule.their))
    return sorted(known)


def only(edition: Edition, wanted: set[str]) -> Edition:
    return replace(edition, sources=tuple(pair for pair in edition.sources if pair[0].ledger in wanted))


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def periods(measure: Measure, roster: Roster, evidence: Evidence) -> Iterator[Period]:
    for end in evidence.ends:
        first, newest = end.replace(day=1), evidence.editions[end].as_of(measure.ledger_ids)
        plan = measure.plan_on(end)
        # Before the task began nobody could be behind it.
        if newest is None or newest < first or plan is None or plan.window.start > newest:
            continue
        if _is_baseline(measure, end):
            continue
        found = applied(evaluate(measure, roster, evidence.at(end), end), evidence.verdict_records)
        days = [s.as_of for s in found.reported if s.as_of and s.as_of >= first]
        if days:
            yield Period(first, max(days), found)


def _is_baseline(measure: Measure, end: date) -> bool:
    """The year that a growth is held against is where it starts from; nobody can be behind in it."""
    return measure.kind == "growth" and measure.denominator.year == end.year
