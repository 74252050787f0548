"""The one path from the store to standings that page, documents and command line share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zyb.answers import linkage
from zyb.answers.overrides import applied
from zyb.answers.repeating import ReportContents
from zyb.errors import NotPossible
from zyb.numerals import HUNDRED_PERCENT
from zyb.periods import today
from zyb.rulebook.campaigns import campaigns_of, closing_days, closing_of
from zyb.rulebook.measures import Measure, measures
from zyb.rulebook.regions import Roster, load_roster
from zyb.standing.caveats import begins_by_day, repeated
from zyb.standing.counting import KnownTotals
from zyb.standing.evaluating import evaluate
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings
from zyb.standing.tallies import Totals
from zyb.store import Edition, Store, VerdictRecord


@dataclass(frozen=True, kw_only=True)
class View:
    """A measure of a province on a day, with the editions that it is computed from and what people have said
    of its verdicts (all immutable)."""

    province: str
    measure_id: str
    on: date
    now: Edition
    previous: Edition | None
    last_year: Edition | None
    history: tuple[Edition, ...]
    verdict_records: tuple[VerdictRecord, ...] = ()
    asked: date | None = None
    """The day that was asked for, where what was reported of an earlier one stands for it."""

    @property
    def roster(self) -> Roster:
        return load_roster(self.province)

    @property
    def measure(self) -> Measure:
        return find_measure(self.province, self.measure_id)


def find_measure(province: str, measure_id: str) -> Measure:
    known = measures(load_roster(province).province)
    if measure_id not in known:
        raise NotPossible(f"没有指标“{measure_id}”。", f"可用的指标：{'、'.join(known)}。")
    return known[measure_id]


def report_days(store: Store, province: str, measure_id: str, known_at: datetime | None = None) -> list[date]:
    """The days that a measure can be seen on: its reports, or while there are none its tasks; and that of its campaign's
    closing."""
    roster, measure = load_roster(province), find_measure(province, measure_id)
    reports = store.days(roster.province_code, measure.report_ledgers, known_at)
    days = reports or store.days(roster.province_code, measure.ledger_ids, known_at)
    closing = closing_of(roster.province, measure.campaign, today())
    return _after_the_first(days, (closing.day,)) if closing else days


def every_report_day(store: Store, province: str) -> list[date]:
    """The days of reports on any measure, or while there are none of tasks; and those on which a campaign was closed."""
    roster = load_roster(province)
    known = measures(roster.province).values()
    reports = sorted({ledger for measure in known for ledger in measure.report_ledgers})
    tasks = sorted({ledger for measure in known for ledger in measure.ledger_ids})
    code = roster.province_code
    return with_closings(roster.province, store.days(code, reports) or store.days(code, tasks))


def with_closings(province: str, days: Collection[date]) -> list[date]:
    """A campaign may be closed after its last report: from that day on another picture holds."""
    return _after_the_first(days, closing_days(province, today()))


def _after_the_first(days: Collection[date], closings: Collection[date]) -> list[date]:
    """A closing before the first report has nothing to be looked at."""
    return sorted({*days, *(day for day in closings if day > min(days, default=day))})


def view(store: Store, province: str, measure_id: str, on: date, known_at: datetime | None = None) -> View:
    """Which snapshots speak: for the day, the report before it, last year's end and every report until then."""
    roster = load_roster(province)
    measure = find_measure(province, measure_id)
    # Reports of the numerator: a table of tasks that arrives in between is no period of its own.
    reports = _days_until(store, roster, measure.report_ledgers, on, known_at)
    last_days = on, measure.looked_at(on, ()), measure.last_asked_for(on)
    ends = [date(last.year - years, 12, 31) for last in last_days for years in (0, 1, 2)]
    days = list(dict.fromkeys([*reports, on, *ends]))
    editions = (
        of_measure(edition, measure) for edition in store.editions(roster.province_code, days, known_at)
    )
    found = dict(zip(days, editions, strict=True))
    looked = looked_at(measure, on, found.__getitem__)
    earlier = _previous(store, roster, measure, looked.now, reports, known_at)
    return View(
        province=roster.province, measure_id=measure_id, on=looked.on, now=looked.now,
        previous=found[earlier] if earlier else None,
        last_year=looked.last_year,
        history=tuple(found[day] for day in reports),
        verdict_records=tuple(store.verdict_records(roster.province_code, measure.id, known_at)),
        asked=on,
    )  # fmt: skip


@dataclass(frozen=True)
class Looked:
    """The day whose figures a day shows, and the editions that these are counted from."""

    on: date
    now: Edition
    last_year: Edition | None


def looked_at(measure: Measure, asked: date, edition_on: Callable[[date], Edition]) -> Looked:
    return looked_on(day_shown(measure, asked, edition_on(asked)), edition_on)


def day_shown(measure: Measure, asked: date, edition: Edition) -> date:
    """The day whose figures are shown on the day that the edition is of."""
    years = (_years_of(edition, ledgers) for ledgers in (measure.report_ledgers, measure.task_ledgers))
    return measure.looked_at(asked, *years)


def looked_on(on: date, edition_on: Callable[[date], Edition]) -> Looked:
    """The very day, whatever the day that would be shown for it."""
    ended = edition_on(date(on.year - 1, 12, 31))
    return Looked(on, edition_on(on), ended if ended.sources else None)


def _years_of(edition: Edition, ledgers: Collection[str]) -> set[int]:
    """The years that tables of these ledgers tell of: by their own column, else those in which they were made."""
    return {part.year or source.as_of.year for part, source in edition.sources if part.ledger in ledgers}


def of_measure(edition: Edition, measure: Measure) -> Edition:
    """What the measure reads and nothing else: a view is hashed and added up for each measure anew."""
    wanted = set(measure.ledger_ids)
    return replace(edition, sources=tuple(said for said in edition.sources if said[0].ledger in wanted))


def sums_of(measure: Measure) -> list[str]:
    """The tallies that the measure is counted from, and those of what it cannot place."""
    sides = {o.tally for sides in measure.sources for o in sides.operands}
    beside = {o.tally for one in measure.caveats for o in (one.counted, one.among) if o}
    return sorted(sides | beside)


def _days_until(
    store: Store, roster: Roster, ledgers: Sequence[str], on: date, known_at: datetime | None
) -> list[date]:
    return [day for day in store.days(roster.province_code, ledgers, known_at) if day <= on]


def _previous(
    store: Store,
    roster: Roster,
    measure: Measure,
    now: Edition,
    reports: list[date],
    known_at: datetime | None,
) -> date | None:
    """The report before the last. Where two ledgers feed a measure, both of the one that holds."""
    if len(measure.report_ledgers) > 1:
        spoken = {part.ledger for part, _ in now.sources}
        leading = [ledger for ledger in measure.report_ledgers if ledger in spoken][:1]
        reports = _days_until(store, roster, leading, now.on, known_at)
    return reports[-2] if len(reports) > 1 else None


def standings(store: Store, seen: View) -> Standings:
    """The figures of a view, with the verdicts that people have put in place of the rule's."""
    wanted = [edition for edition in (seen.now, seen.previous, seen.last_year) if edition]
    totals = dict(
        zip(wanted, linkage.totals(store, [seen.measure], wanted, sums_of(seen.measure)), strict=True)
    )
    evidence = KnownTotals(
        totals[seen.now],
        totals[seen.previous] if seen.previous else None,
        totals[seen.last_year] if seen.last_year else None,
        _repeated(store, seen, totals[seen.last_year]) if seen.last_year else {},
        seen.measure.is_over(seen.on, seen.asked or seen.on),
    )
    asked = seen.asked or seen.on
    found = evaluate(seen.measure, seen.roster, evidence, seen.on, _last_due(seen, asked))
    closing = closing_of(seen.roster.province, seen.measure.campaign, asked)
    found = replace(found, closing=closing, asked=seen.asked)
    return applied(found, seen.verdict_records)


def _last_due(seen: View, day: date) -> date:
    """Until when reports were due on that day: of a campaign that was closed, until then."""
    closing = campaigns_of(seen.province)[seen.measure.campaign].closing
    return min(day, closing.day) if closing else day


def _repeated(store: Store, seen: View, last_year: Totals) -> Mapping[str, date]:
    """Whose reports of the year all say what the last of last year said."""
    if not begins_by_day(seen.measure):
        return {}
    editions = [edition for edition in seen.history if edition.on.year == seen.on.year]
    since = linkage.totals(store, [seen.measure], editions, sums_of(seen.measure))
    codes = [region.code for region in seen.roster.regions]
    return repeated(seen.measure, codes, last_year, since, seen.on, ReportContents(store))


def history(store: Store, seen: View, region_code: str | None = None) -> list[Point]:
    """The cumulative figures of each report until the day, for the province or one region."""
    return histories(store, seen).get(region_code or seen.roster.province_code, [])


def histories(store: Store, seen: View) -> dict[str, list[Point]]:
    """By region code (and the province's own) the cumulative figures of each report until the day.

    A region has a point for each of its own reports only: its silence is no standstill. A count that
    begins anew each year has the points of this year.
    """
    sums = sums_of(seen.measure)
    last_year = store.totals([seen.last_year], sums)[0] if seen.last_year else None
    again = _repeated(store, seen, last_year) if last_year else {}
    over = seen.measure.is_over(seen.on, seen.asked or seen.on)
    editions = [e for e in seen.history if e.on.year == seen.on.year or not seen.measure.annual]
    points: dict[str, dict[date, Point]] = {}
    every = linkage.totals(store, [seen.measure], editions, sums)
    for edition, totals in zip(editions, every, strict=True):
        known = KnownTotals(totals, None, last_year, again if edition.on.year == seen.on.year else {}, over)
        found = evaluate(seen.measure, seen.roster, known, edition.on)
        for standing in (found.province, *found.regions):
            counts = _both_sides(seen.measure, standing)
            if counts:
                day = standing.as_of or edition.on
                own = points.setdefault(standing.region_code, {})
                own[day] = Point(day, *counts)
    return {code: list(own.values()) for code, own in points.items()}


def _both_sides(measure: Measure, standing: Standing) -> tuple[int, int] | None:
    """What a point of the trend holds; of a survey its value in parts of a hundred per cent. What may be last year's is none."""
    if standing.proposed.id == "repeated":
        return None
    if measure.surveys:
        found = standing.value
        return None if found is None else (round(found * HUNDRED_PERCENT), HUNDRED_PERCENT)
    if standing.numerator is None or (standing.denominator is None and not measure.counts):
        return None
    return standing.numerator, standing.denominator or 0
