"""趋势 by 周, 月 and 季: cumulative, new in the period, and what the period had to bring to be done when due."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import table
from zyb.answers.progress import find_measure
from zyb.periods import Window
from zyb.rulebook.measures import Plan
from zyb.standing.forecast import Point
from zyb.standing.trends import MONTH, QUARTER, STEPS, WEEK, TrendCourse, coming, course, trend

NOTHING = "-"
UNTIL = date(2024, 12, 31)


def due(start: str, end: str, target: int = 1) -> Plan:
    return Plan(Window(date.fromisoformat(start), date.fromisoformat(end)), Fraction(target), "测试")


WHOLE_YEAR = TrendCourse(due("2024-01-01", "2024-12-31"))
ANNUAL = TrendCourse(due("2024-01-01", "2024-12-31"), annual=True)


def points(text: str) -> list[Point]:
    return [Point(date.fromisoformat(day), int(done), int(all_)) for day, done, all_ in table(text)]


def told(periods) -> list[list[str]]:
    """period | completed | new, with how many periods it covers | needed."""
    return [
        [
            period.name,
            NOTHING if period.completed is None else str(period.completed),
            NOTHING
            if period.added is None
            else f"{period.added:+d}" + f"/{period.covers}" * (period.covers > 1),
            NOTHING if period.needed is None else str(period.needed),
        ]
        for period in periods
    ]


def follows(said: str, step, course, expected: str, until: str = "") -> None:
    known = points(said)
    day = date.fromisoformat(until) if until else known[-1].day
    assert told(trend(known, step, course, day)) == table(expected)


def test_by_month_the_last_report_of_the_month_holds_and_all_of_them_add_up():
    follows(
        """
        2024-01-31 | 100 | 1200
        2024-02-15 | 150 | 1200
        2024-02-29 | 200 | 1200
        2024-03-31 | 180 | 1200
        """,
        MONTH,
        WHOLE_YEAR,
        """
        2024年1月 | 100 | -    | -
        2024年2月 | 200 | +100 | 100
        2024年3月 | 180 | -20  | 100
        """,
    )


def test_a_month_without_a_report_is_a_gap_and_the_next_report_says_how_many_months_it_covers():
    follows(
        """
        2024-01-31 | 100 | 1200
        2024-04-30 | 400 | 1200
        """,
        MONTH,
        WHOLE_YEAR,
        """
        2024年1月 | 100 | -      | -
        2024年2月 | -   | -      | 100
        2024年3月 | -   | -      | 110
        2024年4月 | 400 | +300/3 | 123
        2024年5月 | -   | -      | 100
        """,
        until="2024-05-31",
    )


def test_weeks_run_from_monday_to_sunday_across_new_year():
    follows(
        """
        2024-12-22 | 10 | 100
        2024-12-30 | 20 | 100
        2025-01-05 | 30 | 100
        2025-01-06 | 40 | 100
        """,
        WEEK,
        TrendCourse(due("2024-01-01", "2025-01-19")),
        """
        2024年第51周（12月16日至12月22日） | 10 | -      | -
        2024年第52周（12月23日至12月29日） | -  | -      | 23
        2025年第1周（12月30日至1月5日）    | 30 | +20/2  | 30
        2025年第2周（1月6日至1月12日）     | 40 | +10    | 35
        """,
    )


def test_a_quarter_ends_with_its_last_day():
    follows(
        """
        2023-12-31 | 10 | 100
        2024-01-01 | 12 | 100
        2024-03-31 | 40 | 100
        2024-04-01 | 41 | 100
        2024-12-31 | 99 | 100
        """,
        QUARTER,
        TrendCourse(due("2023-01-01", "2024-12-31")),
        """
        2023年第四季度 | 10 | -     | -
        2024年第一季度 | 40 | +30   | 23
        2024年第二季度 | 41 | +1    | 20
        2024年第三季度 | -  | -     | 30
        2024年第四季度 | 99 | +58/2 | 59
        """,
    )


def test_an_annual_count_begins_at_new_year_with_nothing_done():
    follows(
        """
        2024-02-29 | 30  | 120
        2024-03-31 | 40  | 120
        """,
        MONTH,
        ANNUAL,
        """
        2024年1月 | -  | -     | 10
        2024年2月 | 30 | +30/2 | 11
        2024年3月 | 40 | +10   | 9
        """,
    )


def test_an_annual_count_of_last_year_is_not_what_this_year_adds_to():
    """The week of New Year holds the end of one count and the beginning of the next."""
    found = trend(
        points("2024-12-22 | 90 | 100\n2024-12-31 | 95 | 100\n2025-01-03 | 2 | 100"),
        WEEK,
        TrendCourse(due("2024-01-01", "2025-12-31"), annual=True),
        date(2025, 1, 5),
    )
    assert told(found[-3:]) == table(
        """
        2024年第51周（12月16日至12月22日） | 90 | +90/51 | 2
        2024年第52周（12月23日至12月29日） | -  | -      | 1
        2025年第1周（12月30日至1月5日）    | 2  | +7/2   | 2
        """
    )


def test_who_was_silent_until_the_day_stays_silent_and_the_demand_grows():
    follows(
        "2024-10-31 | 40 | 100",
        MONTH,
        WHOLE_YEAR,
        """
        2024年10月 | 40 | - | -
        2024年11月 | -  | - | 30
        2024年12月 | -  | - | 60
        """,
        until="2024-12-31",
    )


def test_nobody_reported_no_trend():
    assert trend([], MONTH, WHOLE_YEAR, UNTIL) == []
    assert coming([], MONTH, WHOLE_YEAR, UNTIL) is None


def test_without_a_plan_nothing_is_demanded():
    follows(
        "2024-01-31 | 1 | 9\n2024-02-29 | 3 | 9",
        MONTH,
        TrendCourse(None),
        "2024年1月 | 1 | - | -\n2024年2月 | 3 | +2 | -",
    )


def test_before_the_window_opens_nothing_is_demanded():
    follows(
        "2024-01-31 | 10 | 100\n2024-02-29 | 20 | 100\n2024-03-31 | 30 | 100",
        MONTH,
        TrendCourse(due("2024-03-01", "2024-06-30")),
        "2024年1月 | 10 | - | -\n2024年2月 | 20 | +10 | -\n2024年3月 | 30 | +10 | 20",
    )


@pytest.mark.parametrize(
    ("step", "day", "demand"),
    table("""
        月 | 2024-12-31 | 167
        月 | 2025-05-31 | 1000
        季 | 2024-12-31 | 500
        季 | 2025-03-31 | 1000
        周 | 2024-12-31 | 40
        周 | 2025-06-22 | 1000
        周 | 2025-06-30 | -
        月 | 2025-06-30 | -
    """),
)
def test_what_the_next_period_has_to_bring(step, day, demand):
    """Only whole periods count: of the week of 2025-06-30, a Monday, one day is left."""
    known = [Point(date.fromisoformat(day), 0, 1000)]
    found = coming(known, STEPS[step], TrendCourse(due("2022-09-01", "2025-06-30")), date.fromisoformat(day))
    assert ("-" if found is None else str(found.needed)) == demand


@pytest.mark.parametrize(
    ("due_on", "demand"), table("""
    2024-03-31 | -
    2024-04-01 | 40
    2024-04-30 | 40
    2024-05-30 | 40
    2024-05-31 | 20
    """),
)  # fmt: skip
def test_a_task_due_on_the_first_day_of_a_month_still_demands_something_of_it(due_on, demand):
    found = coming(
        points("2024-03-31 | 60 | 100"), MONTH, TrendCourse(due("2024-01-01", due_on)), date(2024, 3, 31)
    )
    assert (NOTHING if found is None else str(found.needed)) == demand


def test_two_reports_in_the_first_month_tell_what_one_month_brought():
    (found,) = trend(points("2024-01-10 | 1 | 9\n2024-01-31 | 3 | 9"), MONTH, WHOLE_YEAR, date(2024, 1, 31))
    assert (found.added, found.covers, found.rate) == (2, 1, 2)


def test_what_is_finished_demands_nothing_more():
    assert coming(points("2024-05-31 | 100 | 100"), MONTH, WHOLE_YEAR, date(2024, 5, 31)) is None


def test_the_pace_is_that_of_the_periods_end():
    found = trend(points("2024-01-10 | 1 | 366"), QUARTER, WHOLE_YEAR, date(2024, 1, 10))
    assert [period.pace for period in found] == [Fraction(366 * 90, 365)]


def test_a_growth_has_no_pace_and_needs_what_the_target_adds_to_the_baseline():
    declared = TrendCourse(
        Plan(Window(date(2024, 1, 1), UNTIL), Fraction(3, 10), "测试"), growth=True, annual=True
    )
    (found,) = trend(points("2024-01-31 | 600 | 1000"), MONTH, declared, date(2024, 1, 31))
    # Nobody has reported what the year began from: a first bar of everything would dwarf all others.
    assert (found.pace, found.needed, found.added) == (None, None, None)
    assert coming(points("2024-01-31 | 600 | 1000"), MONTH, declared, date(2024, 1, 31)).needed == 64


def test_the_course_is_that_of_the_measure():
    tasks = find_measure("陕西省", "assistance_progress")
    assert course(tasks, None) == TrendCourse(None, growth=False, paced=tasks.paced, annual=True)
    assert course(find_measure("河北省", "declaration_growth"), None).growth


DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))


@given(
    st.dictionaries(DAYS, st.integers(0, 500), min_size=1, max_size=12), st.sampled_from(list(STEPS.values()))
)
def test_what_is_new_adds_up_to_the_last_figure(known, step):
    """However the reports fall into periods, nothing is lost and nothing invented."""
    said = [Point(day, done, 500) for day, done in sorted(known.items())]
    found = trend(said, step, WHOLE_YEAR, said[-1].day)
    assert sum(period.added or 0 for period in found) == said[-1].completed - said[0].completed
    assert [p for p in found if not p.silent][-1].completed == said[-1].completed
    assert all(p.completed is None and p.added is None for p in found if p.silent)


@given(DAYS, st.sampled_from(list(STEPS.values())))
def test_every_day_lies_in_exactly_one_period(day, step):
    number = step.number(day)
    assert step.first_day(number) <= day <= step.last_day(number)
    assert step.number(step.first_day(number)) == step.number(step.last_day(number)) == number


def test_what_covers_several_periods_is_held_against_the_demand_of_one_by_its_average():
    """Three months together brought 300: 100 a month beside the 123 that April has to bring."""
    known = points("2024-01-31 | 100 | 1200\n2024-04-30 | 400 | 1200")
    april = trend(known, MONTH, WHOLE_YEAR, date(2024, 4, 30))[-1]
    assert (april.added, april.rate, april.needed) == (300, 100, 123)


def test_a_window_that_opens_on_the_last_day_of_a_month_wants_something_of_that_month():
    follows(
        """
        2024-01-31 | 100 | 1200
        2024-02-29 | 200 | 1200
        2024-03-31 | 300 | 1200
        """,
        MONTH,
        TrendCourse(due("2024-02-29", "2024-12-31")),
        """
        2024年1月 | 100 | -    | -
        2024年2月 | 200 | +100 | 100
        2024年3月 | 300 | +100 | 100
        """,
    )
