"""Forecast: at the rate of the last reports, when is it finished, and how much later than due?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

# The rate is taken over the last reports that span at least four weeks (“近4周”), so that
# two uploads in one week do not make a trend.
SPAN = timedelta(weeks=4)
# Beyond this a date says nothing; the sentence then says that the present rate does not suffice.
HORIZON = timedelta(days=3650)


@dataclass(frozen=True)
class Point:
    """A cumulative figure as reported."""

    day: date
    completed: int
    enrolled: int


@dataclass(frozen=True)
class Forecast:
    """`per_week` done lately; `finish` is None when the rate never gets there."""

    per_week: Fraction
    finish: date | None
    weeks_late: int | None
    weeks: int = 4
    """Over how many weeks the rate was taken."""
    grows: bool = False
    """Whether a growth is forecast: what it brings is new, and it reaches a target."""


def forecast(points: Sequence[Point], due: date | None) -> Forecast | None:
    """None from fewer than two reports; nothing left is finished on the day of the last report."""
    if len(points) < 2:
        return None
    last = points[-1]
    first = next((p for p in reversed(points[:-1]) if last.day - p.day >= SPAN), points[0])
    days = (last.day - first.day).days
    per_week = Fraction((last.completed - first.completed) * 7, days)
    left = max(last.enrolled - last.completed, 0)
    finish = _finish(last.day, left, per_week)
    late = max(math.ceil((finish - due).days / 7), 0) if finish and due else None
    return Forecast(per_week, finish, late, max(round(days / 7), 1))


def _finish(day: date, left: int, per_week: Fraction) -> date | None:
    if left == 0:
        return day
    if per_week <= 0:
        return None
    days = math.ceil(left / per_week * 7)
    return day + timedelta(days=days) if days <= HORIZON.days else None
