"""预计完成: at the rate of the last four weeks; nothing is foretold from a single report."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from zyb.answers.progress import history, view
from zyb.standing.forecast import Point, forecast

DUE = date(2024, 6, 30)


def points(text: str) -> list[Point]:
    return [Point(date.fromisoformat(day), int(done), int(all_)) for day, done, all_ in table(text)]


# Reports as day done/all; nothing is due after 2024-06-30. The rate is that of the last four weeks, weeks late
# count once begun; “—” is nothing that could be said.
FORECASTS = """
    case                      | reports                                              | per week | finish     | weeks late
    no report                 |                                                      | —        | —          | —
    one report                | 03-01 10/100                                         | —        | —          | —
    two reports               | 03-01 10/100, 03-29 50/100                           | 10       | 2024-05-03 | 0
    three days late           | 05-01 10/100, 05-29 50/100                           | 10       | 2024-07-03 | 1
    many: the last four weeks | 01-01 0/100, 03-01 60/100, 03-22 61/100, 03-29 64/100 | 1       | 2024-12-06 | 23
    brings nothing            | 03-01 10/100, 04-01 10/100                           | 0        | —          | —
    would take over ten years | 03-01 10/9999, 04-01 11/9999                         | 7/31     | —          | —
    takes just ten years      | 03-01 0/1839, 03-29 14/1839                          | 7/2      | 2034-03-27 | 509
    takes longer than ten years | 03-01 0/1840, 03-29 14/1840                          | 7/2      | —          | —
    figures that fall         | 03-01 10/100, 04-01 8/100                            | -14/31   | —          | —
    more than all             | 03-01 90/100, 04-01 104/100                          | 98/31    | 2024-04-01 | 0
    done                      | 03-01 90/100, 04-01 100/100                          | 70/31    | 2024-04-01 | 0
"""
NOTHING = "—"


def reported(text: str) -> list[Point]:
    found = []
    for said in filter(None, map(str.strip, text.split(","))):
        day, counts = said.split()
        done, whole = counts.split("/")
        found.append(Point(date.fromisoformat(f"2024-{day}"), int(done), int(whole)))
    return found


@pytest.mark.parametrize(
    ("reports", "per_week", "finish", "late"),
    [pytest.param(*row[1:], id=row[0]) for row in table(FORECASTS)[1:]],
)
def test_the_forecast(reports: str, per_week: str, finish: str, late: str) -> None:
    found = forecast(reported(reports), DUE)
    told = (found.per_week, found.finish, found.weeks_late) if found else (None, None, None)
    wanted = (
        None if per_week == NOTHING else Fraction(per_week),
        None if finish == NOTHING else date.fromisoformat(finish),
        None if late == NOTHING else int(late),
    )
    assert told == wanted


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
