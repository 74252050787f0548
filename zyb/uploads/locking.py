"""Two clocks: the day that something is due, and the day after which its reports are locked and need a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from zyb.intake import Submission
from zyb.periods import chinese_day
from zyb.rulebook.duties import Duty, DutyTerm, duties, lock_days
from zyb.rulebook.problems import Problem, problem
from zyb.standing.duties import is_answered
from zyb.uploads.prepared import LOCKED


def when_locked(submission: Submission, reason: str, on: date) -> list[Problem]:
    """An error for each day that the reported regions missed for good, until somebody gives the reason."""
    assert submission.ledger and submission.roster and submission.as_of
    days = lock_days(submission.roster.province)
    if days is None:
        return []
    found = dict(_closed(submission, on, timedelta(days=days)))
    code = f"{LOCKED}_with_reason" if reason else LOCKED
    by_due = sorted(found, key=lambda name: found[name])
    return [
        problem(
            code, submission.sheet, day=chinese_day(submission.as_of), title=submission.ledger.title,
            locked=chinese_day(due + timedelta(days=days)), before_day=chinese_day(due), regions="、".join(names),
            reason=reason,
        )
        for due, names in groupby(by_due, key=lambda name: found[name])
    ]  # fmt: skip


def _closed(submission: Submission, on: date, after: timedelta) -> Iterator[tuple[str, date]]:
    """The regions whose report answers only what is locked; with the last day that it was due."""
    assert submission.ledger and submission.roster and submission.as_of
    own = [duty for duty in duties(submission.roster.province) if duty.ledger == submission.ledger.id]
    for code in submission.region_codes:
        owed = [duty for duty in own if code in {one.code for one in duty.subjects(submission.roster)}]
        dues = [term.due for term in _answered(owed, submission.as_of)]
        if dues and all(on > due + after for due in dues):
            yield submission.roster.name_of(code), max(dues)


def _answered(owed: Iterable[Duty], day: date) -> list[DutyTerm]:
    """The times due that a report as of a day answers."""
    return [term for duty in owed for term in duty.terms if is_answered(term, day, duty.since)]
