"""Ledgers with years: a column a year, a 年度 column, or one year in the title."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import codes, errors, submission

HEAD = ("行政区域", "2024年帮扶任务数", "2025年帮扶任务数", "合计帮扶任务数")


def tasks(*lines, head=HEAD, title="河北省帮扶任务表", **given):
    return submission([(title,), head, *lines], name="任务.xlsx", **given)


def figures(found, name="target") -> set[tuple]:
    return {(row.region.short, row.year, row.values[name]) for row in found.rows}


def test_a_column_a_year_is_one_row_a_year():
    found = tasks(("石家庄", 727, 153, 880), ("承德", 343, 118, 461))
    assert figures(found) == {
        ("石家庄", 2024, 727), ("石家庄", 2025, 153), ("承德", 2024, 343), ("承德", 2025, 118),
    }  # fmt: skip
    assert not errors(found)


def test_tasks_without_a_day_hold_from_the_first_years_beginning():
    found = tasks(("石家庄", 727, 153, 880))
    assert (found.as_of, codes(found.problems)) == (date(2024, 1, 1), ["as_of_assumed"])


def test_a_sum_across_the_row_is_checked_and_never_stored():
    found = tasks(("石家庄", 727, 153, 881), ("承德", 343, 118, 461))
    assert errors(found) == [("row_sum_differs", "D3")]
    assert "880" in found.problems[0].message
    assert all(set(row.values) == {"target"} for row in found.rows)


def test_the_sum_of_the_total_row_is_checked_as_well():
    found = tasks(("石家庄", 727, 153, 880), ("合计", 727, 153, 881))
    assert sorted(errors(found)) == [("row_sum_differs", "D4"), ("total_differs", "D4")]


def test_a_year_column_says_the_same_as_a_column_a_year():
    wide = tasks(("石家庄", 727, 153, 880), ("承德", 343, 118, 461))
    tall = tasks(
        ("石家庄", 2024, 727), ("石家庄", "2025年", 153), ("承德", "2024年度", 343), ("承德", 2025, 118),
        head=("地区", "年度", "帮扶任务数"),
    )  # fmt: skip
    assert figures(tall) == figures(wide)
    assert not errors(tall)


def test_totals_of_a_year_are_compared_with_that_year():
    lines = [("石家庄", 2024, 727), ("承德", 2024, 343), ("石家庄", 2025, 153)]
    head = ("地区", "年度", "帮扶任务数")
    assert not errors(tasks(*lines, ("合计", 2024, 1070), ("合计", 2025, 153), head=head))
    assert errors(tasks(*lines, ("合计", 2024, 1070), ("合计", 2025, 154), head=head)) == [
        ("total_differs", "C7")
    ]
    assert not errors(tasks(*lines, ("合计", None, 1223), head=head))


def test_one_region_twice_in_one_year_is_a_duplicate_and_in_two_years_is_not():
    head = ("地区", "年度", "帮扶任务数")
    assert not errors(tasks(("石家庄", 2024, 727), ("石家庄", 2025, 153), head=head))
    found = tasks(("石家庄", 2024, 727), ("石家庄市", 2024, 153), head=head)
    assert errors(found) == [("duplicate_region", "A4")]


def test_the_year_may_stand_in_the_title():
    found = tasks(("石家庄", 727), head=("地区", "帮扶任务数"), title="河北省2024年帮扶任务表")
    assert figures(found) == {("石家庄", 2024, 727)}


@pytest.mark.parametrize("title", ["河北省帮扶任务表", "河北省2024—2025年帮扶任务表"])
def test_without_one_clear_year_it_is_asked_for(title):
    found = tasks(("石家庄", 727), head=("地区", "帮扶任务数"), title=title)
    assert "year_unknown" in codes(found.problems, "error")


def test_a_year_that_cannot_be_read_is_named():
    found = tasks(("石家庄", "去年", 727), ("承德", 2024, 1), head=("地区", "年度", "帮扶任务数"))
    assert errors(found) == [("unclear_year", "B3")]


def test_declarations_of_the_baseline_and_of_the_year_in_one_table():
    rows = [
        ("河北省申报数量（截至2024年6月30日）",),
        ("地区", "2023年申报数", "2024年申报数", "较2023年增长"),
        ("石家庄", 1000, 1300, "30%"),
    ]
    found = submission(rows)
    assert (found.ledger.id, found.as_of) == ("declaration_counts", date(2024, 6, 30))
    assert figures(found, "declared") == {("石家庄", 2023, 1000), ("石家庄", 2024, 1300)}
    assert not found.problems


@pytest.mark.parametrize("corner", ["年度", "年份", "指标", "项目", ""])
def test_years_may_stand_one_below_the_other_under_regions_side_by_side(corner):
    rows = [
        ("陕西省职业病危害项目申报情况表（截至2024年6月30日）",),
        (corner, "西安市", "宝鸡市"),
        (2023, 100, 50),
        (2024, 120, 60),
    ]
    found = submission(rows)
    assert (found.ledger.id if found.ledger else "", codes(found.problems, "error")) == (
        "declaration_counts",
        [],
    )
    assert figures(found, "declared") == {
        ("西安", 2023, 100), ("西安", 2024, 120), ("宝鸡", 2023, 50), ("宝鸡", 2024, 60),
    }  # fmt: skip
