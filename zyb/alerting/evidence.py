"""Which figures an alert is followed on: the totals of each month with reports, and the periods they make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from zyb.alerting.model import AlertPeriod
from zyb.answers import linkage
from zyb.answers.duties import Excuses
from zyb.answers.overrides import applied
from zyb.answers.progress import day_shown
from zyb.answers.repeating import ReportContents
from zyb.periods import month_end
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import Measure, Plan, measures
from zyb.rulebook.regions import Roster
from zyb.rulebook.verdicts import OPEN
from zyb.standing.caveats import repeated
from zyb.standing.counting import KnownTotals as Figures
from zyb.standing.evaluating import evaluate
from zyb.standing.silence import MONTHS, first_of_period, handed_down, most_frequent
from zyb.standing.standings import Standing, Standings
from zyb.store import Edition, Store


class MonthlyTotals:
    """The totals at the end of each month with reports, and of each December before one, and what people have
    said of the verdicts. A month without any report has those of the last one that has."""

    def __init__(
        self, store: Store, roster: Roster, on: date, known_at: datetime | None, wanted: set[str]
    ) -> None:
        self.on = on
        self.content = ReportContents(store)
        self.excuses = Excuses(store, roster, known_at)
        reports = store.days(roster.province_code, sorted(ledgers()), known_at)
        planned = _planned(roster)
        # Where a document says from when reports are due, silence begins there, and not with the first of them.
        days = [*reports, *(first_reports(planned) if reports else [])]
        self.ends = sorted({self.end_of(day) for day in days if day <= on})
        years = {date(day.year - 1, 12, 31) for day in self.ends}
        days = sorted({*self.ends, *years})
        editions = [only(found, wanted) for found in store.editions(roster.province_code, days, known_at)]
        self.editions = dict(zip(days, editions, strict=True))
        self.totals = dict(
            zip(days, linkage.totals(store, planned, editions, _tallies(planned)), strict=True)
        )
        self.evaluated: dict[tuple[str, date], Standings] = {}
        """By measure and day, as far as it was asked: whether anybody has spoken is asked of the same months again."""
        self.verdict_records = store.verdict_records(roster.province_code, known_at=known_at)

    def end_of(self, day: date) -> date:
        """The day on which a report of that month is looked at."""
        return min(month_end(day), self.on)

    @property
    def months(self) -> list[date]:
        """The end of each month from the first report on: those with reports, and those that are over."""
        found = set(self.ends)
        end = self.ends[0] if self.ends else self.on
        while end < self.on:
            found.add(end)
            end = month_end(end + timedelta(days=1))
        return sorted(found)

    def edition(self, day: date) -> Edition:
        return self.editions[self._last_day(day)]

    def known_before(self, day: date, names: Sequence[str]) -> bool:
        return day > self.ends[0] and self.edition(day - timedelta(days=1)).as_of(names) is not None

    def at(self, day: date, measure: Measure, roster: Roster) -> Figures:
        last_year = self._last_day(date(day.year - 1, 12, 31))
        if not self.editions[last_year].sources:
            return Figures(self.totals[self._last_day(day)])
        before = self.totals[last_year]
        since = [totals for known, totals in self.totals.items() if known.year == day.year and known <= day]
        codes = [region.code for region in roster.regions]
        return Figures(
            self.totals[self._last_day(day)],
            last_year=before,
            repeated=repeated(measure, codes, before, since, day, self.content),
            over=measure.is_over(day, self._until(day, measure)),
        )

    def _until(self, day: date, measure: Measure) -> date:
        """By when it is looked at: what nobody has reported of since is what there is on the day that was asked for."""
        said = {self.edition(one).as_of(measure.report_ledgers) for one in (day, self.on)}
        return self.on if len(said) == 1 else min(day + timedelta(days=1), self.on)

    def _last_day(self, day: date) -> date:
        """The last day looked at until then: nothing has been reported since."""
        return max(known for known in self.editions if known <= day)


def _planned(roster: Roster) -> list[Measure]:
    return [measure for measure in measures(roster.province).values() if measure.alerts]


def first_reports(planned: list[Measure]) -> Iterator[date]:
    return (plan.first_report for measure in planned for plan in measure.plans if plan.first_report)


def _tallies(planned: list[Measure]) -> list[str]:
    """What the measures with a plan and the comparisons of ledgers add up; the rest stays in the store."""
    sides = [sides for measure in planned for sides in measure.sources]
    known = {operand.tally for pair in sides for operand in pair.operands}
    for ledger in ledgers().values():
        known.update(ledger.cumulative)
        known.update(tally for rule in ledger.agreements for tally in (rule.tally, rule.their))
    return sorted(known)


def only(edition: Edition, wanted: set[str]) -> Edition:
    return replace(edition, sources=tuple(pair for pair in edition.sources if pair[0].ledger in wanted))


def periods(measure: Measure, roster: Roster, evidence: MonthlyTotals) -> Iterator[AlertPeriod]:
    """The months with reports, and those that went by without one although one was due."""
    for end in evidence.months:
        found = _reported(measure, roster, evidence, end)
        if found is None and (first := _silent_since(measure, roster, evidence, end)):
            found = _quiet(measure, roster, evidence, first, end)
        if found:
            excused = evidence.excuses.codes(measure.report_ledgers, found.first.replace(day=1), end)
            found = replace(found, excused=excused)
        if found and (not found.late or any(map(found.expected, found.found.owing))):
            yield found


def _quiet(measure: Measure, roster: Roster, evidence: MonthlyTotals, first: date, end: date) -> AlertPeriod:
    """What a count that begins anew has come to last year is shown until somebody reports of this one."""
    found = _standings(measure, roster, evidence, end)
    day = day_shown(measure, end, evidence.edition(end))
    shown = _standings(measure, roster, evidence, day) if day != end else found
    late = found.plan is not None and found.plan.window.due < first
    return AlertPeriod(first=first, day=end, end=end, found=found, quiet=True, shown=shown, late=late)


def _reported(measure: Measure, roster: Roster, evidence: MonthlyTotals, end: date) -> AlertPeriod | None:
    first, newest = end.replace(day=1), evidence.edition(end).as_of(measure.ledger_ids)
    plan = measure.plan_on(end)
    if newest is None or plan is None or _is_baseline(measure, end):
        return None
    opened = plan.window.start
    if handed_down(measure) and newest < opened and first <= opened <= end:
        # A table of tasks is not sent again when the window opens: what it says is what the window begins with.
        found = _standings(measure, roster, evidence, end)
        return AlertPeriod(first=newest, day=opened, end=end, found=found, shown=found)
    # Before the task began nobody could be behind it.
    if newest < first or opened > newest:
        return None
    found = _standings(measure, roster, evidence, end)
    # What came without the figure that its year begins from cannot be counted, and has come all the same.
    told = (*found.reported, *(one for one in found.startless if one.denominator is not None))
    days = [s.as_of for s in told if s.as_of and s.as_of >= first]
    return AlertPeriod(first=first, day=max(days), end=end, found=found, shown=found) if days else None


def _standings(measure: Measure, roster: Roster, evidence: MonthlyTotals, end: date) -> Standings:
    place = measure.id, end
    if place not in evidence.evaluated:
        found = evaluate(measure, roster, evidence.at(end, measure, roster), end)
        evidence.evaluated[place] = applied(replace(found, asked=evidence.on), evidence.verdict_records)
    return evidence.evaluated[place]


def _silent_since(measure: Measure, roster: Roster, evidence: MonthlyTotals, end: date) -> date | None:
    """The first day of the period that is over with this month and brought no report from anybody, though one was due."""
    edition, plan = evidence.edition(end), measure.plan_on(end)
    if plan is None or end >= evidence.on or handed_down(measure):
        return None
    months = MONTHS[_cadence(measure, edition)]
    first = first_of_period(plan, months, end) or _late_period(plan, months, end)
    if first is None or _told_since(measure, roster, evidence, first, end):
        return None
    return first if _is_due(measure, plan, roster, evidence, first, end) else None


def _told_since(measure: Measure, roster: Roster, evidence: MonthlyTotals, first: date, end: date) -> bool:
    """Whether anybody has said anything of the measure: a table that comes without its items or its institutions has not."""
    newest = evidence.edition(end).as_of(measure.report_ledgers)
    if newest is None or newest < first:
        return False
    found = _standings(measure, roster, evidence, end).regions
    return any(_spoke(one, first) for one in found)


def _spoke(standing: Standing, first: date) -> bool:
    """What was reported and cannot be settled was reported all the same."""
    fresh = standing.as_of is not None and standing.as_of >= first
    return (standing.told and fresh) or standing.proposed.id in OPEN


def _late_period(plan: Plan, months: int, end: date) -> date | None:
    """As `first_of_period`, after the day that the task is due on: what was due once is asked for month by month then."""
    this_month, every = end.replace(day=1), months or 1
    if plan.window.due >= this_month or end.month % every:
        return None
    return max(this_month.replace(month=end.month - every + 1), plan.window.due + timedelta(days=1))


def _is_due(
    measure: Measure, plan: Plan, roster: Roster, evidence: MonthlyTotals, first: date, end: date
) -> bool:
    """From the day that the document names; else where tasks had been published, or anybody had reported, before the
    period began; and once the day is over on which the task is due, unless its tasks were never published."""
    if plan.first_report:
        # That no list has ever come is told once, of the task whose time-table it is, and not of each of its steps.
        told_here = not measure.plans_of or evidence.edition(end).as_of(measure.report_ledgers) is not None
        return end >= plan.first_report and told_here
    tasks = measure.task_ledgers
    if plan.window.due <= end:  # who says with the report how much there is to do waits for no task
        return measure.counts_its_own_tasks or evidence.edition(end).as_of(tasks) is not None
    if not evidence.known_before(first, tasks):
        return False
    before = [end for end in evidence.ends if end < first]
    return not measure.counts_its_own_tasks or any(
        _told_since(measure, roster, evidence, end.replace(day=1), end) for end in before
    )


def _cadence(measure: Measure, edition: Edition) -> str:
    """Of those ledgers that have reported, or, while none has, that might."""
    return cadence_of(measure, {part.ledger for part, _ in edition.sources})


def cadence_of(measure: Measure, heard: Collection[str] = ()) -> str:
    """The most frequent one of the measure's ledgers, of those `heard` if any was."""
    return most_frequent({*heard} & {*measure.report_ledgers} or measure.report_ledgers)


def _is_baseline(measure: Measure, end: date) -> bool:
    """The year that a growth is held against is where it starts from; nobody can be behind in it."""
    return measure.kind == "growth" and measure.denominator.year == end.year
