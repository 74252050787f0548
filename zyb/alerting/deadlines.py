"""Which deadlines have been missed, and what was due and has never come: told from the alerts, so that a paper cannot tell
otherwise than their page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from zyb.alerting.model import Alert
from zyb.rulebook.measures import Measure
from zyb.standing.alert_course import Missed
from zyb.standing.standings import Standings


@dataclass(frozen=True)
class MissedBy:
    """Who missed a deadline, by what they last reported of it."""

    region: str
    missed: Missed
    claimed: bool = False


@dataclass(frozen=True)
class MissedDeadline:
    """A deadline of a measure that has passed with work left, or with nothing heard of it.

    `claimed`: it is the day that somebody set for himself, and not that of the task.
    """

    measure: Measure
    due: date
    by: tuple[MissedBy, ...]
    claimed: bool = False

    @property
    def behind(self) -> tuple[str, ...]:
        return tuple(one.region for one in self.by if one.missed.remaining and not one.missed.unsettled)

    @property
    def unsettled(self) -> tuple[str, ...]:
        return tuple(one.region for one in self.by if one.missed.unsettled)

    @property
    def unheard(self) -> tuple[str, ...]:
        return tuple(one.region for one in self.by if not (one.missed.remaining or one.missed.unsettled))

    @property
    def remaining(self) -> int:
        return sum(one.missed.remaining or 0 for one in self.by if not one.missed.unsettled)


@dataclass(frozen=True)
class Unheard:
    """A measure that was due and that nobody has ever reported."""

    measure: Measure
    since: date
    due: date | None
    """Its deadline, once that has passed."""


def missed_deadlines(alerts: Iterable[Alert], on: date) -> list[MissedDeadline]:
    """Measure by measure in the order of the alerts, the day that was missed first before those after it."""
    by_measure: dict[str, list[Alert]] = {}
    for alert in alerts:
        by_measure.setdefault(alert.measure.id, []).append(alert)
    return [
        MissedDeadline(own[0].measure, due, tuple(same), claimed)
        for own in by_measure.values()
        for (due, claimed), same in groupby(_missed_by(own, on), key=_due)
    ]


def _missed_by(alerts: Iterable[Alert], on: date) -> list[MissedBy]:
    found = (one for alert in alerts for one in (_of_tasks(alert, on) or _of_claim(alert, on)))
    return sorted(found, key=_due)


def _due(one: MissedBy) -> tuple[date, bool]:
    return one.missed.due, one.claimed


def _of_tasks(alert: Alert, on: date) -> list[MissedBy]:
    return [MissedBy(alert.region, one) for one in missed_of(alert, on)]


def _of_claim(alert: Alert, on: date) -> list[MissedBy]:
    """The day of the claim, where it alone has passed: who is still behind then is 逾期 as well."""
    course, claim = alert.history[-1].course, alert.claim
    if alert.state.id != "overdue" or claim is None or claim.due is None or claim.due >= on:
        return []
    return [MissedBy(alert.region, Missed(claim.due, course.remaining, course.unsettled), claimed=True)]


def missed_of(alert: Alert, on: date) -> list[Missed]:
    """What years that are over have left, then the deadline that the alert is on, then the present one where figures that go
    on over the years have missed it as well. What holds always is asked for by the last day of its window at the latest."""
    step = alert.history[-1]
    course, signal = step.course, step.signal
    if not alert.open or course.release:
        return []
    found = {one.due: one for one in course.missed}
    if course.due and (course.past_due(on) or course.unheard_by(on)):
        found[course.due] = Missed(course.due, course.remaining, course.unsettled)
        later = {due: left for due, (_, left) in signal.owed.items() if due > course.due}
        later[signal.due] = signal.remaining
        found |= {due: Missed(due, left) for due, left in later.items() if course.due < due < on and left}
    return list(found.values())


def never_reported(latest: Iterable[Standings], alerts: Sequence[Alert], on: date) -> list[Unheard]:
    """Of whom a report was due and nobody has sent one, in the order of the measures."""
    found = []
    for standings in latest:
        own = [alert for alert in alerts if alert.open and alert.measure.id == standings.measure.id]
        since = [one.history[-1].course.silent_since for one in own]
        first = min((day for day in since if day), default=None)
        if first and not standings.reported:
            dues = {one.due for alert in own for one in missed_of(alert, on)}
            found.append(Unheard(standings.measure, first, min(dues, default=None)))
    return found
