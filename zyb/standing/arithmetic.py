"""What a value, what is left and what is due come to, for every kind of measure. Exact fractions, 1 = 100 %."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from zyb.numerals import HUNDRED_PERCENT
from zyb.rulebook.measures import Measure, Plan
from zyb.standing.forecast import Forecast, Point, forecast

Name = TypeVar("Name", bound=Hashable)


def ratio(numerator: int | None, denominator: int | None) -> Fraction | None:
    """A share, 1 = 100 %, never capped; where nothing was enrolled there is no value, not zero."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)


def growth(value: int | None, baseline: int | None) -> Fraction | None:
    """value / baseline − 1; no baseline, no growth."""
    share = ratio(value, baseline)
    return None if share is None else share - 1


def value_of(measure: Measure, numerator: int | None, denominator: int | None) -> Fraction | None:
    """By its kind; a plain count is its own value."""
    if measure.counts:
        return None if numerator is None else Fraction(numerator)
    return (growth if measure.kind == "growth" else ratio)(numerator, denominator)


def remaining(
    measure: Measure, numerator: int | None, denominator: int | None, target: Fraction | None
) -> int | None:
    """How many more the target needs, or how many fewer where less is better; for a growth the target stands on top
    of the baseline, for a plain count it is the number itself."""
    if measure.surveys:
        return None  # of a percentage nobody knows how many are left
    if numerator is None or target is None or (denominator is None and not measure.counts):
        return None
    if measure.counts:
        wanted = target
    else:
        wanted = (denominator or 0) * (target if measure.kind == "ratio" else 1 + target)
    return max(math.ceil(wanted - numerator if measure.higher_is_better else numerator - wanted), 0)


def short_of(measure: Measure, value: Fraction | None, target: Fraction | None) -> int | None:
    """How far a survey is on the wrong side of its target, in parts of a hundred per cent: what is left of it is no number
    of anything, and none that is printed."""
    if value is None or target is None:
        return None
    behind = target - value if measure.higher_is_better else value - target
    return max(math.ceil(behind * HUNDRED_PERCENT), 0)


def goal_of(measure: Measure, plan: Plan | None) -> Fraction | None:
    """The value that counts as done: the plan's target, else all of what is enrolled, unless it is only shown or less
    of it is better."""
    if plan is not None:
        return plan.target
    by_itself = measure.kind == "ratio" and measure.higher_is_better and not measure.shown_only
    return Fraction(1) if by_itself else None


def pace(measure: Measure, plan: Plan | None, day: date) -> Fraction | None:
    """What the value should be on the day: a measure without pace is held against its target itself, whenever.

    None without a plan; and for what grows with time before its window opens: then there is nothing to be
    ahead of or behind.
    """
    if plan is None or not measure.paced:
        return plan.target if plan else None
    share = plan.window.pace(day)
    return None if share is None else plan.target * share


def together(measure: Measure, value: Fraction | None, regions: int) -> Fraction | None:
    """A target, or what is due of it, of so many regions: of a plain count each has its own, unless it is asked of the
    province together; shares are the same for all."""
    if value is None or not measure.counts or measure.whole:
        return value
    return value * regions


def pace_of(measure: Measure, plan: Plan | None, point: Point) -> Fraction | None:
    """As `pace`, of what was reported on a day: of a plain count `enrolled` is the target of as many regions."""
    due = pace(measure, plan, point.day)
    if not measure.counts or due is None or plan is None or not plan.target:
        return due
    return due / plan.target * point.enrolled


def has_begun(plan: Plan | None, due: Fraction | None) -> bool:
    """Whether the task is running or over, by the pace of the day; what has no window has no beginning either."""
    return plan is None or due is not None


def outlook(
    measure: Measure, plan: Plan | None, points: Sequence[Point], left: int | None = None
) -> Forecast | None:
    """When the target is reached at the rate of the last reports; None where there is no target to reach, or where it
    holds on every day and no time is given to reach it in. `left`: what is still to be done where the two totals do not
    say it, because one region's surplus does not do another's work."""
    if measure.always or measure.surveys:
        return None
    rises = measure.higher_is_better
    if measure.counts and not rises:
        return None  # what has been counted is not taken away again
    goal = plan.target if plan else Fraction(1) if measure.kind == "ratio" and rises else None
    if goal is None:
        return None

    def _goal_at(point: Point) -> Fraction:
        return Fraction(point.enrolled) if measure.counts else goal

    # What a growth has to reach stands on top of its baseline; where less is better, what is taken away is done.
    done = [p.completed if rises else -p.completed for p in points]
    wanted = [
        replace(p, completed=n, enrolled=n + (remaining(measure, p.completed, p.enrolled, _goal_at(p)) or 0))
        for p, n in zip(points, done, strict=True)
    ]
    if wanted and left is not None:
        wanted[-1] = replace(wanted[-1], enrolled=wanted[-1].completed + left)
    found = forecast(wanted, plan.window.due if plan else None)
    return replace(found, grows=measure.kind == "growth") if found else None


def ranks(values: Mapping[Name, Fraction | None], *, highest_first: bool = True) -> dict[Name, int]:
    """The rank of everyone who has a value, by unrounded values; equal ones share a rank and the next is skipped
    (1, 2, 3, 3, 5). Who has no value has no rank."""
    known = sorted((value for value in values.values() if value is not None), reverse=highest_first)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(known, 1):
        first.setdefault(value, place)
    return {name: first[value] for name, value in values.items() if value is not None}


def added(pairs: Sequence[tuple[int | None, int | None]], *, together: bool) -> tuple[int | None, int | None]:
    """The sum of the regions that have both sides; a side nobody reported stays unknown. What is asked of all of them
    `together` is held against all: who is silent has brought nothing to it yet."""
    whole = [pair for pair in pairs if None not in pair]
    if together and whole:
        whole = list(pairs)
    numerator = _known_sum(number for number, _ in whole or pairs)
    # Where no region has both, what is done in some must not be held against what is due in others.
    apart = not whole and numerator is not None
    return numerator, None if apart else _known_sum(number for _, number in whole or pairs)


def shares(pairs: Sequence[tuple[int | None, int | None]], *, together: bool) -> list[tuple[int, int]]:
    """What each region brings to the sum of `added`, in the same order; what is unknown or left out brings nothing."""
    whole = any(None not in pair for pair in pairs)
    if whole:
        return [(n or 0, d or 0) if together or None not in (n, d) else (0, 0) for n, d in pairs]
    apart = any(number is not None for number, _ in pairs)
    return [(n or 0, 0 if apart else d or 0) for n, d in pairs]


def _known_sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
