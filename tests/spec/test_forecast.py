"""预计完成: at the rate of the last four weeks; nothing is foretold from a single report."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from zyb.forecast import Point, forecast
from zyb.progress import history, view

DUE = date(2024, 6, 30)


def points(text: str) -> list[Point]:
    return [Point(date.fromisoformat(day), int(done), int(all_)) for day, done, all_ in table(text)]


@pytest.mark.parametrize("text", ["", "2024-03-01 | 10 | 100"])
def test_fewer_than_two_reports_foretell_nothing(text):
    assert forecast(points(text), DUE) is None


def test_two_reports_make_a_rate():
    found = forecast(points("2024-03-01 | 10 | 100\n2024-03-29 | 50 | 100"), DUE)
    assert (found.per_week, found.finish, found.weeks_late) == (10, date(2024, 5, 3), 0)


def test_late_is_counted_in_begun_weeks():
    found = forecast(points("2024-05-01 | 10 | 100\n2024-05-29 | 50 | 100"), DUE)
    assert (found.finish, found.weeks_late) == (date(2024, 7, 3), 1)


def test_of_many_reports_the_last_four_weeks_count():
    found = forecast(
        points("""
            2024-01-01 | 0  | 100
            2024-03-01 | 60 | 100
            2024-03-22 | 61 | 100
            2024-03-29 | 64 | 100
        """),
        DUE,
    )
    assert found.per_week == Fraction(64 - 60, 4)


def test_who_brings_nothing_never_finishes():
    found = forecast(points("2024-03-01 | 10 | 100\n2024-04-01 | 10 | 100"), DUE)
    assert (found.per_week, found.finish, found.weeks_late) == (0, None, None)


def test_a_rate_that_needs_more_than_ten_years_names_no_day():
    found = forecast(points("2024-03-01 | 10 | 9999\n2024-04-01 | 11 | 9999"), DUE)
    assert found.finish is None


def test_figures_that_fall_foretell_no_day():
    assert forecast(points("2024-03-01 | 10 | 100\n2024-04-01 | 8 | 100"), DUE).finish is None


def test_who_is_done_finished_on_the_day_of_the_last_report():
    found = forecast(points("2024-03-01 | 90 | 100\n2024-04-01 | 100 | 100"), DUE)
    assert (found.finish, found.weeks_late) == (date(2024, 4, 1), 0)


def test_without_a_deadline_nothing_is_late():
    assert forecast(points("2024-03-01 | 10 | 100\n2024-03-29 | 50 | 100"), None).weeks_late is None


def test_a_region_has_one_point_for_each_of_its_own_reports(shaanxi):
    """Another region's report does not make 西安 stand still."""
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-01-01")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 50", "2024-01-29")
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 100 | 50", "2024-03-01")
    seen = view(shaanxi.store, "陕西省", "governance_completion", date(2024, 3, 1))
    own = history(shaanxi.store, seen, "610100")
    assert own == points("2024-01-01 | 10 | 100\n2024-01-29 | 50 | 100")
    whole = history(shaanxi.store, seen)
    assert whole == points("2024-01-01 | 10 | 100\n2024-01-29 | 50 | 100\n2024-03-01 | 100 | 200")


def test_a_count_that_begins_anew_each_year_has_this_years_points_only(hebei):
    for day, number in (("2023-12-31", 900), ("2024-06-30", 500), ("2024-12-31", 1000), ("2025-03-31", 300)):
        hebei.reports(f"region | year | declared\n承德 | {day[:4]} | {number}", day)
    seen = view(hebei.store, "河北省", "declaration_growth", date(2025, 3, 31))
    assert [p.completed for p in history(hebei.store, seen)] == [300]
