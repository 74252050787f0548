"""完成率＝完成÷纳入: exact, never capped, and silence is never zero."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.books import table


def test_the_province_adds_the_regions_before_dividing(completion):
    assert completion("""
        region | enrolled | completed
        -------+----------+----------
        西安   | 30       | 30
        宝鸡   | 10       | 0
        咸阳   | 60       | 20
    """) == {"全省": Fraction(1, 2), "西安": 1, "宝鸡": 0, "咸阳": Fraction(1, 3)}


def test_where_nothing_is_enrolled_there_is_no_value_and_not_zero(completion):
    assert completion("""
        region | enrolled | completed
        -------+----------+----------
        西安   | 10       | 5
        宝鸡   | 0        | 0
    """) == {"全省": Fraction(1, 2), "西安": Fraction(1, 2), "宝鸡": None}


def test_a_value_above_one_hundred_percent_is_not_capped(completion):
    """The store keeps what was accepted; a table that says so is refused before (tests/core)."""
    assert completion("""
        region | enrolled | completed
        -------+----------+----------
        西安   | 10       | 12
    """) == {"全省": Fraction(6, 5), "西安": Fraction(6, 5)}


def test_a_region_that_has_not_reported_has_no_figure_at_all(shaanxi):
    shaanxi.reports(
        """
        region | enrolled | completed
        西安   | 10       | 0
        """,
        "2024-03-01",
    )
    found = shaanxi.stands("2024-03-01")
    silent = found.region("610300")
    assert (silent.numerator, silent.denominator, silent.value, silent.rank, silent.remaining) == (None,) * 5
    assert (silent.verdict.title, found.region("610100").verdict.title) == ("未报送", "零进展")
    assert [s.short for s in found.reported] == ["西安"]
    assert len(found.missing) == 11


def test_half_a_report_does_not_enter_the_provinces_sum(shaanxi):
    shaanxi.reports(
        """
        region | enrolled | completed
        西安   | 10       | 5
        宝鸡   | 90       | -
        """,
        "2024-03-01",
    )
    found = shaanxi.stands("2024-03-01")
    assert (found.province.numerator, found.province.denominator) == (5, 10)
    assert found.region("610300").verdict.title == "未报送"


# completed/enrolled of two regions and of the province; “-” was not told
HALF_KNOWN = """
    西安 | 宝鸡 | province
    5/10 | 7/-  | 5/10
    5/10 | -/90 | 5/10
    5/10 | -/-  | 5/10
    5/-  | 7/-  | 12/-
    5/-  | -/90 | 5/-
    -/10 | -/90 | -/100
    -/-  | -/-  | -/-
"""


@pytest.mark.parametrize(("xian", "baoji", "province"), table(HALF_KNOWN)[1:])
def test_the_province_adds_whole_reports_and_only_without_any_a_side_alone(shaanxi, xian, baoji, province):
    lines = [f"{name} | {' | '.join(said.split('/'))}" for name, said in (("西安", xian), ("宝鸡", baoji))]
    shaanxi.reports("\n".join(["region | completed | enrolled", *lines]), "2024-03-01")
    found = shaanxi.stands("2024-03-01").province
    told = ["-" if side is None else str(side) for side in (found.numerator, found.denominator)]
    assert "/".join(told) == province


def test_without_any_report_the_province_has_not_reported(shaanxi):
    found = shaanxi.stands("2024-03-01")
    assert found.province.verdict.title == "未报送"
    assert found.as_of is None


def test_regions_cut_out_of_a_city_are_counted_once_and_for_themselves(shaanxi):
    """杨凌 (out of 咸阳) and 韩城 (out of 渭南) report beside their former cities."""
    shaanxi.reports(
        """
        region   | enrolled | completed
        咸阳     | 213      | 140
        杨凌     | 48       | 4
        渭南     | 247      | 146
        韩城     | 79       | 42
        """,
        "2024-03-01",
    )
    found = shaanxi.stands("2024-03-01")
    assert found.province.denominator == 213 + 48 + 247 + 79
    assert {s.short: s.denominator for s in found.reported} == {
        "咸阳": 213,
        "杨凌": 48,
        "渭南": 247,
        "韩城": 79,
    }


def test_what_is_left_is_shared_among_the_regions_whatever_others_did_too_much(shaanxi):
    """One region's surplus does not do another's work."""
    shaanxi.reports(
        """
        region | enrolled | completed
        西安   | 10       | 15
        宝鸡   | 10       | 4
        咸阳   | 10       | 8
        """,
        "2024-03-01",
    )
    found = shaanxi.stands("2024-03-01")
    shares = {s.short: s.share_of_remaining for s in found.reported}
    assert shares == {"西安": 0, "宝鸡": Fraction(6, 8), "咸阳": Fraction(2, 8)}


def test_one_regions_surplus_does_not_do_anothers_work(shaanxi):
    """西安 has done four more than it had to; what is left in the province is what is left in 宝鸡."""
    shaanxi.reports(
        """
        region | enrolled | completed
        西安   | 100      | 104
        宝鸡   | 50       | 20
        """,
        "2024-03-01",
    )
    found = shaanxi.stands("2024-03-01")
    assert (found.province.remaining, found.region("610300").remaining) == (30, 30)
    assert found.region("610300").share_of_remaining == 1
