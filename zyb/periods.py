"""Time: windows and milestones, 序时进度 (pace), weeks left and 倒排工期 (the schedule backwards)."""

from __future__ import annotations

import calendar
import itertools
import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12
# The Gregorian mean: 365.2425 / 12 days.
DAYS_A_MONTH = Fraction(3652425, 120000)
# China keeps one time and no summer time: a fixed offset needs no table of zones.
# Beside what is to hold on every day.
ALWAYS = "应始终达到"
BEIJING = timezone(timedelta(hours=8), "北京时间")


def today() -> date:
    """The day it is in Beijing, whatever zone the machine is set to."""
    return datetime.now(BEIJING).date()


def in_beijing(moment: datetime) -> datetime:
    """A moment (with its zone) as the clock in Beijing shows it."""
    return moment.astimezone(BEIJING)


@dataclass(frozen=True)
class Milestone:
    """By `day`, `share` (0–1) of the task should be done; `basis` is the document that says so."""

    day: date
    share: Fraction
    basis: str = ""


@dataclass(frozen=True)
class Window:
    """The time a task has: nothing is due at `start`, everything at `due`."""

    start: date
    due: date
    milestones: tuple[Milestone, ...] = ()

    def knots(self) -> list[tuple[date, Fraction]]:
        inner = [(stone.day, stone.share) for stone in self.milestones]
        return [(self.start, Fraction(0)), *inner, (self.due, Fraction(1))]

    def touches(self, year: int) -> bool:
        return self.start.year <= year <= self.due.year

    def pace(self, day: date) -> Fraction | None:
        """序时进度, 0–1: a straight line between dated milestones, all of it after the last day.

        Before the first day nothing can be due yet, so there is no pace.
        """
        if day < self.start:
            return None
        for (before, low), (after, high) in itertools.pairwise(self.knots()):
            if day <= after:
                return low + (high - low) * Fraction((day - before).days, (after - before).days)
        return Fraction(1)

    def day_at(self, share: Fraction) -> date:
        """The first day on which the pace reaches the share (0–1): the pace read backwards."""
        if share <= 0:
            return self.start
        for (before, low), (after, high) in itertools.pairwise(self.knots()):
            if share <= high:
                days = (after - before).days * (share - low) / (high - low) if high > low else 0
                return before + timedelta(days=math.ceil(days))
        return self.due


def weeks_left(due: date, day: date) -> int:
    """Whole weeks until `due`; a begun week does not count, so that nobody plans with it."""
    return max((due - day).days // DAYS_A_WEEK, 0)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """倒排工期: what is left and what each week must bring, in the unit of what is measured."""

    remaining: int
    due: date
    days_left: int
    weeks_left: int
    per_week: int | None
    per_month: int | None
    unit: str
    always: bool = False
    """Not by a day but on every day: no week has a share of it."""

    @property
    def overdue(self) -> bool:
        return self.remaining > 0 and self.days_left < 0

    @property
    def time_left(self) -> str:
        return ALWAYS if self.always else time_left(self.due, self._today)

    @property
    def bare_time_left(self) -> str:
        """“不足一周”: under a heading that says until when."""
        return ALWAYS if self.always else bare_time_left(self.due, self._today)

    @property
    def _today(self) -> date:
        return self.due - timedelta(days=self.days_left)


def time_left(due: date, day: date) -> str:
    """“距时限69周”, “距时限不足一周”, “时限当日”, “时限已过”: beside what is left."""
    return f"{'距时限' if day < due else ''}{bare_time_left(due, day)}"


def bare_time_left(due: date, day: date) -> str:
    if day > due:
        return "时限已过"
    if day == due:
        return "时限当日"
    weeks = weeks_left(due, day)
    return f"{weeks}周" if weeks else "不足一周"


def schedule(remaining: int, due: date, day: date, unit: str, always: bool = False) -> Schedule:
    """Weekly when at least one a week is needed, monthly below that, by the deadline below one a month.

    When less than a week (or of a monthly rate less than a month) is left, there is only the deadline.
    """
    days = (due - day).days
    weeks = 0 if always else weeks_left(due, day)
    per_week = per_month = None
    if always:
        pass
    elif remaining * DAYS_A_WEEK >= days >= DAYS_A_WEEK:
        per_week = math.ceil(Fraction(remaining, weeks))
    elif remaining * DAYS_A_MONTH >= days >= DAYS_A_MONTH:
        per_month = math.ceil(remaining * DAYS_A_MONTH / days)
    return Schedule(
        remaining=remaining, due=due, days_left=days, weeks_left=weeks, per_week=per_week, per_month=per_month,
        unit=unit, always=always,
    )  # fmt: skip


def chinese_moment(moment: datetime) -> str:
    """2024年3月1日09:30, as the clock in Beijing showed it."""
    there = in_beijing(moment)
    return f"{chinese_day(there.date())}{there:%H:%M}"


def chinese_day(day: date) -> str:
    """2024年3月1日, without leading zeros, as GB/T 9704 wants it."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last day of a month leads to the last of a shorter one at most."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
