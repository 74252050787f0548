"""The one path from the store to alerts that page, documents and command line share.

A period is a month in which anybody reported the measure, seen on its last day, or one that went by in
silence; two queries bring the figures of all periods and all measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from zyb.alerting.evidence import MonthlyTotals, cadence_of, periods
from zyb.alerting.faults import checked_ledgers, faults, unanswered
from zyb.alerting.model import Alert, AlertPeriod, Survey
from zyb.alerting.wording import clauses, sentence
from zyb.answers.duties import duty_survey
from zyb.answers.progress import find_measure, with_closings
from zyb.rulebook.campaigns import closed_campaigns
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.verdicts import OPEN
from zyb.standing.alert_course import STATES, AlertRules, AlertStep, Signal, alert_rules, follow
from zyb.standing.arithmetic import short_of
from zyb.standing.silence import handed_down
from zyb.standing.standings import Standing, Standings
from zyb.store import AlertRecord, Store


def alerts(store: Store, province: str, on: date, known_at: datetime | None = None) -> list[Alert]:
    """The most pressing first; cleared ones last."""
    return list(survey(store, province, on, known_at).alerts)


def survey(
    store: Store, province: str, on: date, known_at: datetime | None = None, measure_id: str | None = None
) -> Survey:
    """Alerts and faults of all measures, or of one. From the day of its closing on a campaign's alerts rest."""
    roster = load_roster(province)
    settings = alert_rules(roster.province)
    known = measures(roster.province)
    chosen = [find_measure(province, measure_id)] if measure_id else list(known.values())
    closed = closed_campaigns(roster.province, on)
    resting = {campaign.id for campaign in closed}
    watched = [measure for measure in chosen if measure.alerts and measure.campaign not in resting]
    wanted = {ledger for measure in watched for ledger in measure.ledger_ids}
    evidence = MonthlyTotals(
        store, roster, on, known_at, wanted if measure_id else wanted | checked_ledgers()
    )
    records = _by_subject(store.alert_records(roster.province_code, known_at))
    found: list[Alert] = []
    latest: list[Standings] = []
    for measure in watched:
        lived = list(periods(measure, roster, evidence))
        if lived:
            latest.append(lived[-1].shown)
            found += _alerts(lived, records, on, settings)
    missed = duty_survey(store, roster.province, on, known_at).missed if measure_id is None else ()
    over = {
        ledger for measure in chosen if measure.campaign in resting for ledger in measure.ledger_ids
    } - wanted
    doubts = () if measure_id else faults(store, roster, evidence, known_at)
    return Survey(
        province=roster.province,
        on=on,
        known_at=known_at,
        alerts=tuple(sorted(found, key=_urgency)),
        faults=(*(fault for fault in doubts if fault.ledger.id not in over), *unanswered(latest, evidence)),
        missed=missed,
        latest=tuple(latest),
        rules=settings,
        closed=closed,
    )


def report_days(store: Store, province: str, known_at: datetime | None = None) -> list[date]:
    """The days of all reports on anything that has a plan, and those on which a campaign was closed, oldest first.

    A table of tasks or quotas tells nothing of who is behind.
    """
    roster = load_roster(province)
    planned = [measure for measure in measures(roster.province).values() if measure.plans]
    wanted = sorted({ledger for measure in planned for ledger in measure.report_ledgers})
    return with_closings(roster.province, store.days(roster.province_code, wanted, known_at))


def newest_day(store: Store, province: str, known_at: datetime | None = None) -> date | None:
    """The day of the newest report; None while there is none."""
    return max(report_days(store, province, known_at), default=None)


Records = Mapping[tuple[str, str], list[AlertRecord]]


def _by_subject(records: Iterable[AlertRecord]) -> Records:
    found: dict[tuple[str, str], list[AlertRecord]] = {}
    for record in records:
        found.setdefault((record.region_code, record.measure), []).append(record)
    return found


def _alerts(lived: list[AlertPeriod], records: Records, on: date, settings: AlertRules) -> Iterator[Alert]:
    """The alerts of one measure."""
    last = lived[-1].shown
    for place, standing in enumerate(last.owing):
        own = records.get((standing.region_code, last.measure.id), [])
        asked = [period for period in lived if not period.late or period.expected(period.found.owing[place])]
        told = [period.found.owing[place] for period in asked]
        steps = follow(list(map(_signal, asked, told)), own, on, settings)
        if not steps:
            continue
        if steps[-1].state in settings.states:
            known = next((one for one in reversed(told) if one.value is not None), None)
            yield _alert(last, standing, known, steps, own, on, settings)


def _signal(period: AlertPeriod, standing: Standing) -> Signal:
    plan, measure = period.found.plan, period.found.measure
    assert plan
    return Signal(
        day=period.day,
        reported=period.reported(standing),
        gap=standing.gap,
        remaining=short_of(measure, standing.value, standing.target)
        if measure.surveys
        else standing.remaining,
        due=plan.window.due,
        paced=measure.paced,
        waits=measure.waits,
        owed=period.found.owed(standing, period.day),
        quiet=period.quiet,
        expected=period.expected(standing) and not handed_down(measure),
        unsettled=standing.proposed.id in OPEN,
        columnless=period.columnless(standing),
        once=cadence_of(measure) == "once",
        falls=standing.falls,
        scale=standing.scale,
        asked_from=plan.first_report,
    )


def _alert(
    found: Standings, standing: Standing, known: Standing | None, steps: list[AlertStep], own: list[AlertRecord], on: date, settings: AlertRules
) -> Alert:  # fmt: skip
    """`known`: where it last had a value."""
    step = steps[-1]
    course, silent = step.course, step.state == "silent"
    claim = course.claim
    return Alert(
        measure=found.measure, standing=standing, state=settings.states[step.state],
        level=settings.level(step.rank), since=course.silent_since if silent else course.since or course.silent_since or _overdue_since(step),
        periods=course.silent if silent else course.behind or course.silent, sentence=sentence(found, standing, step, on, known),
        clauses=clauses(found, standing, step, on, known), due=_deadline(step),
        owner=claim.owner if claim else "", claim=claim, records=tuple(own), history=tuple(steps),
    )  # fmt: skip


def _overdue_since(step: AlertStep) -> date | None:
    """Of who was never judged to be behind, as few had reported, it begins with the day that was missed."""
    return _deadline(step) if step.state == "overdue" else None


def _deadline(step: AlertStep) -> date:
    """Of the claim, else the first that was missed, else that of the task."""
    course = step.course
    claimed = course.claim.due if course.claim else None
    return claimed or next((one.due for one in course.missed), course.due or step.signal.due)


def _urgency(alert: Alert) -> tuple[int, int, int]:
    step = alert.history[-1]
    return STATES.index(alert.state.id), -step.rank, -(alert.standing.shortfall or 0)
