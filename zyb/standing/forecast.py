"""Forecast: at the rate of the last reports, when is it finished, and how much later than due?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from zyb.numerals import rounded

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


def words(found: Forecast, unit: str, year: int | None = None) -> str:
    """“近4周平均每周完成9.3家，按此进度预计2026年3月完成，晚于时限36周”.

    `year` is that of a count which begins anew with the next: it is finished in this year or not at all.
    """
    lately = f"近{found.weeks}周"
    if found.finish is None and found.per_week <= 0:
        return (
            f"{lately}累计数下降，暂不预测" if found.per_week < 0 else f"{lately}没有新增，按此进度无法完成"
        )
    rate = f"{lately}平均每周{'新增' if found.grows else '完成'}{rounded(found.per_week)}{unit}，按此进度"
    end = "达到目标" if found.grows else "完成"
    if found.finish is None:
        return f"{rate}无法{end}"
    if year is not None and found.finish.year > year:
        return f"{rate}年内不能{end}"
    late = f"，晚于时限{found.weeks_late}周" if found.weeks_late else "，可按期完成"
    when = f"预计{found.finish.year}年{found.finish.month}月{end}"
    return f"{rate}{when}{late if found.weeks_late is not None else ''}"


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
