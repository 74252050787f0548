"""Trends by week, month or quarter: what was reported, what was new, and what each period had to bring.

Nothing is filled in: a period without a report has no figure, and what the next report adds to is
told with the number of periods that it covers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from zyb.periods import DAYS_A_WEEK
from zyb.rulebook.measures import Measure, Plan
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing

MONTHS, QUARTERS, MONTHS_A_QUARTER = 12, 4, 3
ORDINALS = "一二三四"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class TrendStep:
    """周, 月 or 季. Periods are numbered without a break, so that differences of numbers count periods.

    `shown` is how many periods a chart holds at most.
    """

    id: str
    title: str
    shown: int
    number: Callable[[date], int]
    first_day: Callable[[int], date]
    name: Callable[[date], str]

    def last_day(self, number: int) -> date:
        return self.first_day(number + 1) - DAY

    def whole_until(self, due: date, number: int) -> int:
        """Whole periods from this one to the due day; one that is only begun by then does not count."""
        return self.number(due + DAY) - number


def _week_name(first: date) -> str:
    """The week of ISO 8601, Monday to Sunday; it belongs to the year of its Thursday."""
    year, week, _ = first.isocalendar()
    last = first + 6 * DAY
    return f"{year}年第{week}周（{first.month}月{first.day}日至{last.month}月{last.day}日）"


def _quarter_name(first: date) -> str:
    return f"{first.year}年第{ORDINALS[(first.month - 1) // MONTHS_A_QUARTER]}季度"


WEEK = TrendStep(
    "week",
    "周",
    26,
    # Day 1 of the calendar was a Monday.
    number=lambda day: (day.toordinal() - 1) // DAYS_A_WEEK,
    first_day=lambda number: date.fromordinal(number * DAYS_A_WEEK + 1),
    name=_week_name,
)
MONTH = TrendStep(
    "month",
    "月",
    18,
    number=lambda day: day.year * MONTHS + day.month - 1,
    first_day=lambda number: date(number // MONTHS, number % MONTHS + 1, 1),
    name=lambda first: f"{first.year}年{first.month}月",
)
QUARTER = TrendStep(
    "quarter",
    "季",
    12,
    number=lambda day: day.year * QUARTERS + (day.month - 1) // MONTHS_A_QUARTER,
    first_day=lambda number: date(number // QUARTERS, number % QUARTERS * MONTHS_A_QUARTER + 1, 1),
    name=_quarter_name,
)
STEPS = {step.title: step for step in (WEEK, MONTH, QUARTER)}


@dataclass(frozen=True)
class TrendCourse:
    """What cumulative figures run towards. `annual`: they begin anew each year.

    A growth is held against the year before: what it begins from on New Year's Day nobody has reported.
    """

    plan: Plan | None
    growth: bool = False
    paced: bool = True
    annual: bool = False
    falls: bool = False
    """Less is better: the goal is a limit, and no period has to bring anything."""
    counts: bool = False
    """What is enrolled is the target itself, a number."""

    @property
    def from_nothing(self) -> bool:
        """Whether the count stands at nothing on New Year's Day."""
        return self.annual and not self.growth

    def goal(self, enrolled: int) -> Fraction | None:
        """How many are due at the end; a growth stands on top of its baseline."""
        if self.plan is None:
            return None
        if self.counts:
            return Fraction(enrolled)
        return enrolled * (self.plan.target + 1 if self.growth else self.plan.target)

    def pace(self, enrolled: int, day: date) -> Fraction | None:
        """序时目标 of a day, as a count; None before the window opens."""
        if self.plan is None or self.growth or not self.paced:
            return None
        share = self.plan.window.pace(day)
        return None if share is None else enrolled * (1 if self.counts else self.plan.target) * share


def course(measure: Measure, plan: Plan | None) -> TrendCourse:
    return TrendCourse(
        plan, measure.kind == "growth", measure.paced, measure.annual, not measure.higher_is_better,
        measure.counts,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TrendPeriod:
    """One week, month or quarter of a trend.

    `reported` is the day of the last report in it, None when there was none: then there is no
    `completed` and no `added` either. `added` covers `covers` periods, more than one after silence.
    `pace` is due at the period's end, of what is enrolled today. `needed` is what the period has to
    bring: what was left at its start, spread evenly over the whole periods until the due day.
    """

    name: str
    first: date
    last: date
    reported: date | None = None
    completed: int | None = None
    added: int | None = None
    covers: int = 1
    pace: Fraction | None = None
    needed: int | None = None

    @property
    def silent(self) -> bool:
        return self.reported is None

    @property
    def rate(self) -> Fraction | None:
        """What was new in one period, on the average of those that `added` covers: to be held against `needed`."""
        return None if self.added is None else Fraction(self.added, self.covers)


def trend(points: Sequence[Point], step: TrendStep, course: TrendCourse, until: date) -> list[TrendPeriod]:
    """The periods from the first report (of an annual count: from New Year) to the day."""
    if not points:
        return []
    in_order = sorted(points, key=lambda point: point.day)
    begin = in_order[0].day
    first = step.number(date(begin.year, 1, 1) if course.annual else begin)
    return [_period(in_order, step, course, number) for number in range(first, step.number(until) + 1)]


def coming(points: Sequence[Point], step: TrendStep, course: TrendCourse, until: date) -> TrendPeriod | None:
    """The period after the day, with nothing but its demand; None when nothing is demanded any more."""
    number = step.number(until) + 1
    if course.plan is None or not points or step.first_day(number) > course.plan.window.due:
        return None
    found = _period(sorted(points, key=lambda point: point.day), step, course, number)
    return found if found.needed else None


def _period(points: Sequence[Point], step: TrendStep, course: TrendCourse, number: int) -> TrendPeriod:
    first, last = step.first_day(number), step.last_day(number)
    own = [point for point in points if first <= point.day <= last]
    gains = [gain for gain in _gains(points, step, course) if gain.number == number]
    return TrendPeriod(
        name=step.name(first), first=first, last=last, reported=own[-1].day if own else None,
        completed=own[-1].completed if own else None, added=sum(gain.amount for gain in gains) if gains else None,
        covers=gains[0].covers if gains else 1, pace=course.pace(points[-1].enrolled, last),
        needed=_needed(points, step, course, number),
    )  # fmt: skip


@dataclass(frozen=True)
class _Gain:
    """What one report adds to the one before it, in the period of its day."""

    number: int
    amount: int
    covers: int


def _gains(points: Sequence[Point], step: TrendStep, course: TrendCourse) -> Iterator[_Gain]:
    """The first report of all adds to nothing that is known, unless its count began at New Year."""
    if course.from_nothing:
        yield _since_new_year(points[0], step)
    for before, point in pairwise(points):
        if before.day.year != point.day.year and course.annual:
            if course.from_nothing:
                yield _since_new_year(point, step)
        else:
            number = step.number(point.day)
            covers = max(number - step.number(before.day), 1)
            yield _Gain(number, point.completed - before.completed, covers)


def _since_new_year(point: Point, step: TrendStep) -> _Gain:
    number = step.number(point.day)
    return _Gain(number, point.completed, number - step.number(date(point.day.year, 1, 1)) + 1)


def _needed(points: Sequence[Point], step: TrendStep, course: TrendCourse, number: int) -> int | None:
    """None before the window opens and where nothing is known of the start."""
    start = _at_start(points, step, course, number)
    if (
        course.plan is None
        or course.falls
        or start is None
        or step.last_day(number) < course.plan.window.start
    ):
        return None
    goal = course.goal(start.enrolled)
    assert goal is not None
    left = max(math.ceil(goal - start.completed), 0)
    return math.ceil(Fraction(left, max(step.whole_until(course.plan.window.due, number), 1)))


def _at_start(points: Sequence[Point], step: TrendStep, course: TrendCourse, number: int) -> Point | None:
    """The last report before the period; of an annual count before its first one: nothing done yet."""
    first, year = step.first_day(number), step.last_day(number).year
    of_year = [point for point in points if point.day.year == year] if course.annual else points
    before = [point for point in of_year if point.day < first]
    if before:
        return before[-1]
    if course.from_nothing and of_year:
        return Point(date(year, 1, 1), 0, of_year[0].enrolled)
    return None


# -- beside the period before ---------------------------------------------------------------------


def with_what_is_new(standings: Sequence[Standing], before: Mapping[str, Standing]) -> list[Standing]:
    """Beside those of the period before. The whole first, then its regions. What is reported for the first time is no new completion: a sum has grown by it,
    that of the regions and, in the country, that of a province which is added up from its own."""
    whole, *regions = (_compared(one, before) for one in standings)
    if not before:
        return [whole, *regions]
    told = [_apart(one, _newly(one, before.get(one.region_code))) for one in regions]
    newly = sum(one.newly for one in told)
    added = None if whole.added is None else whole.added - newly
    return [replace(whole, newly=newly, added=added), *told]


def _compared(standing: Standing, before: Mapping[str, Standing]) -> Standing:
    earlier = before.get(standing.region_code)
    if earlier and earlier.told and standing.told and standing.numerator is None:
        return replace(standing, previous_rank=earlier.rank)  # of a percentage nothing is new
    if earlier is None or earlier.numerator is None or standing.numerator is None or standing.repeats:
        return standing
    # Without a report of its own since then nothing is known to have stood still.
    added = standing.numerator - earlier.numerator if standing.as_of != earlier.as_of else None
    return replace(standing, added=added, previous_rank=earlier.rank)


def _newly(standing: Standing, earlier: Standing | None) -> int:
    if not _in_the_sum(standing):
        return 0
    if earlier is None or not _in_the_sum(earlier):
        return standing.numerator or 0
    if standing.rolled is None or earlier.rolled is None:
        return 0
    known = {code for code, _ in earlier.rolled.spoken}
    return sum(number for code, number in standing.rolled.spoken if code not in known)


def _in_the_sum(standing: Standing) -> bool:
    """Half a pair is in no sum; a plain count without a target has no other side."""
    return standing.numerator is not None and (standing.denominator is not None or standing.value is not None)


def _apart(standing: Standing, newly: int) -> Standing:
    """Only a sum has parts that were not in it before: a region's own figures are compared with its own."""
    if standing.added is None or standing.rolled is None:
        return replace(standing, newly=newly)
    return replace(standing, newly=newly, added=standing.added - newly)
