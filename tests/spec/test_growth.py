"""增长＝本年申报数÷2023年申报数−1 (冀卫办职健函〔2024〕5号: +30 % in 2024, +50 % in 2025)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.books import table

# 承德: 200 × 1.3 = 260, one more than the 259 declared. 唐山 has nothing to grow from.
DECLARED = """
    region | 2023 | 2024 | growth  | still needed | verdict
    石家庄 | 1000 | 1300 | 3/10    | 0            | 全面完成
    承德   | 200  | 259  | 59/200  | 1            | 相对滞后
    保定   | 500  | 800  | 3/5     | 0            | 全面完成
    沧州   | 400  | 270  | -13/40  | 250          | 进展缓慢
    唐山   | 0    | 10   | —       | —            | 无任务
"""


@pytest.fixture
def declared(hebei):
    rows = table(DECLARED)[1:]
    for place, year in ((1, "2023"), (2, "2024")):
        lines = [f"{row[0]} | {year} | {row[place]}" for row in rows]
        hebei.reports("\n".join(["region | year | declared", *lines]), f"{year}-12-31")
    return hebei.stands("2024-12-31", "declaration_growth")


def test_growth_what_is_still_needed_and_the_verdict(declared):
    stands = {standing.short: standing for standing in declared.regions}
    for region, _, _, value, needed, verdict in table(DECLARED)[1:]:
        found = stands[region]
        assert found.value == (None if value == "—" else Fraction(value)), region
        assert value == "—" or found.remaining == int(needed), region
        assert found.verdict.title == verdict, region


# The count of the year until the day against the whole of 2023: only the year's last day tells who is slow.
WITHIN_THE_YEAR = """
    on         | declared | verdict
    2024-01-31 | 10       | 未设时序
    2024-11-30 | 120      | 未设时序
    2024-11-30 | 130      | 全面完成
    2024-11-30 | 0        | 零进展
    2024-12-30 | 90       | 未设时序
    2024-12-31 | 10       | 进展缓慢
    2024-12-31 | 120      | 相对滞后
    2025-01-31 | 60       | 未设时序
"""


@pytest.mark.parametrize(("on", "number", "verdict"), table(WITHIN_THE_YEAR)[1:])
def test_a_part_of_a_year_is_not_judged_against_a_whole_one(hebei, on, number, verdict):
    for year, declared, day in (("2023", "100", "2023-12-31"), (on[:4], number, on)):
        rows = [f"{place} | {year} | {declared}" for place in ("承德", "保定")]
        hebei.reports("\n".join(["region | year | declared", *rows]), day)
    found = hebei.stands(on, "declaration_growth")
    assert found.region("130800").verdict.title == verdict
    assert found.region("130800").gap == Fraction(int(number), 100) - 1 - found.plan.target


def test_the_province_compares_sums(declared):
    assert declared.province.value == Fraction(1300 + 259 + 800 + 270 + 10, 1000 + 200 + 500 + 400 + 0) - 1


def test_the_provinces_growth_needs_what_its_own_sums_lack(declared):
    """2100 × 1.3 = 2730, of which 2639 are declared; 沧州 and 承德 alone lack 251."""
    assert (declared.province.remaining, declared.regional_remainder) == (91, 251)


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
