"""On which invented day something happened: fixed by the month and the enterprise, never after the month's end."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta

from zyb.demo.story import MONTHS


def day_in(year: int, month: int, chance: float, first: int = 1, last: int = 28) -> date:
    """A day of the month; month 0 and below reach back into the year before."""
    year, month = year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
    last = min(last, calendar.monthrange(year, month)[1])
    return date(year, month, first + int(chance * (last - first + 1)))


def earlier_day(year: int, chance: float, months: tuple[int, int]) -> date:
    """A day before the invented year, between so many months back."""
    back = months[0] + int(chance * (months[1] - months[0]))
    return day_in(year, -back, chance * 37 % 1)


def month_of(figures: Callable[[int], int], last: int = MONTHS) -> Callable[[int], int]:
    """From figures that grow by the month: in which month the n-th (from 0) was added; 0 is before the year."""
    grown = [figures(month) for month in range(last + 1)]
    return lambda n: min(bisect_right(grown, n), last)


def shown(day: date) -> str:
    return day.isoformat()


def after(day: date, days: int, latest: date) -> date:
    return min(day + timedelta(days=days), latest)
