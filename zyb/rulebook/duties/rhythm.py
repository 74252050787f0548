"""When something is due that is due again and again: weeks, months, quarters and years of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zyb.periods import DAYS_A_WEEK, MONTHS_A_YEAR, chinese_day, months_later

EVERY = ("week", "month", "quarter", "year")
MONTHS_IN = {"month": 1, "quarter": 3, "year": MONTHS_A_YEAR}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DutyTerm:
    """One time that something is due. What is reported from `first` to `last` answers it; after `due` it is late.

    `label` is the period in words, “2024年第3季度”; empty for what is due once, which is answered by whatever comes.
    """

    first: date
    due: date
    last: date = date.max
    label: str = ""


def rhythm(every: str, start: date, end: date, day: tuple[int, int] = (12, 31)) -> Iterator[DutyTerm]:
    """The terms that are due from `start` to `end`, both included; the first may begin within its period.

    Each is due on its period's last day; a yearly one on `day` (month, day).
    """
    begins = _period_of(every, start)
    while begins <= end:
        following = _next(every, begins)
        last = following - ONE_DAY
        due = date(begins.year, *day) if every == "year" else last
        if start <= due <= end:
            yield DutyTerm(max(begins, start), due, last, _label(every, begins, last))
        begins = following


def _period_of(every: str, day: date) -> date:
    """The first day of the period that the day lies in; weeks begin on Mondays."""
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS_IN[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(every: str, begins: date) -> date:
    if every == "week":
        return begins + timedelta(days=DAYS_A_WEEK)
    return months_later(begins, MONTHS_IN[every])


def _label(every: str, begins: date, last: date) -> str:
    if every == "week":
        return f"{chinese_day(begins)}至{_short_day(last, begins)}"
    if every == "month":
        return f"{begins.year}年{begins.month}月"
    if every == "quarter":
        return f"{begins.year}年第{(begins.month - 1) // MONTHS_IN[every] + 1}季度"
    return f"{begins.year}年"


def _short_day(day: date, before: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == before.year else chinese_day(day)
