"""本期未报送: whether figures still speak for a day, or new ones were due by then and have not come. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from zyb.periods import month_end, months_later
from zyb.rulebook.ledgers import CADENCES, ledgers
from zyb.rulebook.measures import Measure, Plan

# So many months make a period in which a report is due; 0: it is due once, by the day of the task.
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12, "once": 0}


def most_frequent(names: Iterable[str]) -> str:
    """The cadence of the ledger among these that is due most often."""
    return min((ledgers()[name].cadence for name in names), key=CADENCES.index)


def is_stale(ledger: str, as_of: date | None, newest: date | None) -> bool:
    """Whether others have reported since: between figures of that day and the newest lies a whole reporting period. After the
    end of a month it is the end of another, however short the first one was."""
    if as_of is None or newest is None or not ledger:
        return False
    months = MONTHS[ledgers()[ledger].cadence]
    due = months_later(as_of, months)
    return months > 0 and (month_end(due) if as_of == month_end(as_of) else due) <= newest


def first_of_period(plan: Plan, months: int, end: date) -> date | None:
    """Of the period that ends with this month: so many months, or what is left until the day that the task is due on."""
    this_month = end.replace(day=1)
    if plan.window.due < this_month or plan.window.start > end:
        return None
    if months and end.month % months == 0:
        return max(plan.window.start, this_month.replace(month=end.month - months + 1))
    last = plan.window.due <= end
    started = (
        this_month.replace(month=(end.month - 1) // months * months + 1) if months else plan.window.start
    )
    return max(plan.window.start, started) if last else None


def handed_down(measure: Measure) -> bool:
    """Whether it compares tables of tasks alone, which no region reports."""
    return all(ledgers()[name].set_for_years for name in measure.report_ledgers)


def silent_from(measure: Measure, names: Iterable[str], heard: date | None, day: date) -> date | None:
    """The first day of the first period after the newest figures that is over by a day: a report was due of it, and nobody
    has sent one. None while they still speak for the day. `names`: the ledgers that they come from."""
    own = set(names) & set(measure.report_ledgers)
    if heard is None or not own or handed_down(measure):
        return None
    months = MONTHS[most_frequent(own)]
    end = month_end(heard)
    while end < day:
        plan = measure.plan_on(end)
        first = first_of_period(plan, months, end) if plan else None
        if first and first > heard:
            return first
        end = month_end(end + timedelta(days=1))
    return None
