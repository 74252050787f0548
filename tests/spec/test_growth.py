"""增长＝本年申报数÷2023年申报数−1 (冀卫办职健函〔2024〕5号: +30 % in 2024, +50 % in 2025)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.books import table


@pytest.fixture
def declared(hebei):
    hebei.reports(
        """
        region | year | declared
        石家庄 | 2023 | 1000
        承德   | 2023 | 200
        唐山   | 2023 | 0
        """,
        "2023-12-31",
    )
    hebei.reports(
        """
        region | year | declared
        石家庄 | 2024 | 1300
        承德   | 2024 | 259
        唐山   | 2024 | 10
        """,
        "2024-12-31",
    )
    return hebei.stands("2024-12-31", "declaration_growth")


def test_growth_stands_on_the_figures_of_2023(declared):
    values = {s.short: s.value for s in declared.regions if s.denominator is not None}
    assert values == {"石家庄": Fraction(3, 10), "承德": Fraction(59, 200), "唐山": None}


def test_remaining_is_what_the_target_needs_on_top_of_the_baseline(declared):
    """承德: 200 × 1.3 = 260, one more than the 259 declared."""
    assert {s.short: s.remaining for s in declared.regions if s.value is not None} == {"石家庄": 0, "承德": 1}


def test_exactly_thirty_percent_is_finished_and_just_below_is_not(declared):
    assert [declared.region(code).verdict.title for code in ("130100", "130800")] == ["全面完成", "相对滞后"]


def test_without_a_baseline_there_is_no_growth_and_no_verdict_on_it(declared):
    assert declared.region("130200").verdict.title == "无任务"


def test_the_province_compares_sums(declared):
    assert declared.province.value == Fraction(1300 + 259 + 10, 1000 + 200 + 0) - 1


@pytest.mark.parametrize(("on", "target"), [("2024-12-31", "3/10"), ("2025-12-31", "1/2")])
def test_each_year_has_its_own_target(hebei, on, target):
    assert hebei.stands(on, "declaration_growth").plan.target == Fraction(target)


def test_a_province_without_a_target_shows_its_growth_only(shaanxi):
    for year, number in (("2023", "100"), ("2024", "140")):
        shaanxi.reports(f"region | year | declared\n西安 | {year} | {number}", f"{year}-12-31")
    found = shaanxi.stands("2024-12-31", "declaration_growth").region("610100")
    assert (found.value, found.target, found.remaining, found.verdict.title) == (
        Fraction(2, 5), None, None, "未设时序",
    )  # fmt: skip


RESTATED = """
    as_of      | year | declared
    2024-01-15 | 2023 | 1000
    2024-06-30 | 2024 | 1200
    2024-09-15 | 2023 | 1250
"""
# On the day asked for, with what was reported until then.
GROWTH_ON = """
    2024-06-30 | 1/5   | 1000
    2024-09-14 | 1/5   | 1000
    2024-09-30 | -1/25 | 1250
"""


@pytest.mark.parametrize(("on", "value", "baseline"), table(GROWTH_ON))
def test_a_restated_baseline_holds_from_its_own_day_and_changes_nothing_before(hebei, on, value, baseline):
    for as_of, year, number in table(RESTATED)[1:]:
        hebei.reports(f"region | year | declared\n承德 | {year} | {number}", as_of)
    found = hebei.stands(on, "declaration_growth").region("130800")
    assert (found.value, found.denominator) == (Fraction(value), int(baseline))
