"""Floors: every county at least 20 a year, or 20 on average over two; every CDC at least 50 employers a year."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed, saved
from zyb.answers.progress import history, standings, view
from zyb.store import Store
from zyb.uploads import published

# Three counties of 韩城's former city, and two units that are their own county.
HELPED = """
    region | county | completed | number
    渭南   | 临渭区 | 是        | 20
    渭南   | 华州区 | 是        | 19
    渭南   | 华州区 | 否        | 30
    渭南   | 潼关县 | 是        | 21
    渭南   | -      | 是        | 40
    韩城   | -      | 是        | 20
    杨凌   | 杨陵区 | 是        | 19
"""


def said(found) -> dict[str, tuple[int | None, int | None]]:
    return {s.short: (s.numerator, s.denominator) for s in found.regions if s.numerator is not None}


def test_counties_that_reach_twenty_of_all_counties_of_the_region(shaanxi):
    """Exactly 20 is enough; enterprises still being helped, or of no county, reach nothing."""
    listed(shaanxi, "assistance", HELPED, "2025-09-30")
    found = shaanxi.stands("2025-09-30", "county_floor")
    assert said(found) == {"渭南": (2, 10), "韩城": (1, 1), "杨凌": (0, 1)}
    assert (found.province.numerator, found.province.denominator) == (3, 12)
    assert {s.short: s.verdict.title for s in found.reported} == {
        "渭南": "进展缓慢", "韩城": "全面完成", "杨凌": "零进展",
    }  # fmt: skip


def test_who_sent_no_list_has_not_reported_though_its_counties_are_known(shaanxi):
    listed(shaanxi, "assistance", HELPED, "2025-09-30")
    silent = shaanxi.stands("2025-09-30", "county_floor").region("610100")
    assert (silent.numerator, silent.denominator, silent.verdict.title) == (None, 13, "未报送")


def test_last_years_list_fills_no_floor_of_this_year(shaanxi):
    listed(shaanxi, "assistance", HELPED, "2024-12-31")
    assert said(shaanxi.stands("2024-12-31", "county_floor")) != {}
    assert said(shaanxi.stands("2025-01-31", "county_floor")) == {}


# 2024, 2025 (“-”: no list) → reached in 2025 alone, reached over two years on 2025-12-31
TWO_YEARS = """
    first | second | this year | two years
    ------+--------+-----------+----------
    40    | 10     | 0         | 1
    20    | 20     | 1         | 1
    39    | 0      | 0         | 0
    0     | 40     | 1         | 1
    20    | 19     | 0         | 0
    19    | 20     | 1         | 0
    50    | -      | -         | 1
    -     | 60     | 1         | -
    -     | -      | -         | -
"""


@pytest.mark.parametrize(("first", "second", "this_year", "two_years"), table(TWO_YEARS)[1:])
def test_a_county_that_misses_a_year_may_reach_the_average(shaanxi, first, second, this_year, two_years):
    """A past year that nobody reported leaves the two-year figure unknown, not small."""
    for year, number in (("2024", first), ("2025", second)):
        if number != "-":
            lines = f"韩城 | 是 | {number}\n韩城 | 否 | 1"
            listed(shaanxi, "assistance", f"region | completed | number\n{lines}", f"{year}-12-31")
    for measure, reached in (("county_floor", this_year), ("county_floor_two_years", two_years)):
        found = shaanxi.stands("2025-12-31", measure).region("610581")
        assert found.numerator == (None if reached == "-" else int(reached)), measure


# Day, done until then → the floor of the day, reached?, verdict, due: 20 in the first year, 40 over both.
AVERAGE = """
    day        | 2024 | 2025 | reached | verdict  | due
    -----------+------+------+---------+----------+-----------
    2024-09-30 | 19   | -    | 0       | 零进展   | 2024-12-31
    2024-12-31 | 20   | -    | 1       | 全面完成 | 2024-12-31
    2024-12-31 | 35   | -    | 1       | 全面完成 | 2024-12-31
    2025-06-30 | 35   | 4    | 0       | 零进展   | 2025-12-31
    2025-06-30 | 35   | 5    | 1       | 全面完成 | 2025-12-31
    2025-12-31 | 20   | 20   | 1       | 全面完成 | 2025-12-31
"""


@pytest.mark.parametrize(("day", "first", "second", "reached", "title", "due"), table(AVERAGE)[1:])
def test_twenty_a_year_on_average_are_twenty_in_the_first_and_forty_in_both(
    shaanxi, day, first, second, reached, title, due
):
    for as_of, number in ((min(day, "2024-12-31"), first), (day, second)):
        if number != "-":
            listed(shaanxi, "assistance", f"region | completed | number\n韩城 | 是 | {number}", as_of)
    found = shaanxi.stands(day, "county_floor_two_years")
    stands = found.region("610581")
    assert (str(stands.numerator), stands.verdict.title, str(found.plan.window.due)) == (reached, title, due)


def test_after_both_years_the_whole_is_still_owed(shaanxi):
    for year, number in (("2024", 20), ("2025", 19)):
        listed(shaanxi, "assistance", f"region | completed | number\n韩城 | 是 | {number}", f"{year}-12-31")
    found = shaanxi.stands("2025-12-31", "county_floor_two_years")
    assert found.measure.plan_on(date(2026, 2, 1)).window.due == date(2025, 12, 31)
    assert found.region("610581").remaining == 1


def test_a_floor_that_rises_at_new_year_makes_no_falling_series(shaanxi):
    for day, number in (("2024-12-31", 25), ("2025-06-30", 5)):
        listed(shaanxi, "assistance", f"region | completed | number\n韩城 | 是 | {number}", day)
    seen = view(shaanxi.store, shaanxi.name, "county_floor_two_years", date(2025, 6, 30))
    assert [(point.day.year, point.completed) for point in history(shaanxi.store, seen, "610581")] == [
        (2025, 0)
    ]


# -- the tasks themselves: 冀 2025 asks for 1657, the nation for 20 × 167 --------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("filled") / "data")
    published.fill(store, date(2025, 7, 1))
    yield store
    store.close()


# day, measure → tasks, 20 (40) a county, enough?
HEBEI = """
    2024-12-31 | assistance_task_floor           | 5348 | 3340 | 全面完成
    2025-12-31 | assistance_task_floor           | 1657 | 3340 | 进展缓慢
    2025-12-31 | assistance_task_floor_two_years | 7005 | 6680 | 全面完成
"""


@pytest.mark.parametrize(("day", "measure", "tasks", "wanted", "title"), table(HEBEI))
def test_hebeis_tasks_fall_short_of_twenty_a_county_in_2025_but_not_over_two_years(
    filled, day, measure, tasks, wanted, title
):
    found = standings(filled, view(filled, "河北", measure, date.fromisoformat(day))).province
    assert (found.numerator, found.denominator, found.verdict.title) == (int(tasks), int(wanted), title)


# -- institutions --------------------------------------------------------------------------------

GUIDED = """
    region | institution        | number
    石家庄 | 石家庄市疾控中心   | 50
    承德   | 承德市疾控中心     | 49
    承德   | 承德市职防院       | 80
    石家庄 | 河北省疾控中心     | 30
    承德   | 河北省疾控中心     | 25
    唐山   | 河北省疾控中心     | 5
"""


def test_institutions_that_reach_fifty_and_one_that_works_in_three_regions_counts_once(hebei):
    """河北省疾控中心 has 60 in all and stands where it did most."""
    listed(hebei, "cdc_guidance", GUIDED, "2024-12-15")
    found = hebei.stands("2024-12-31", "cdc_floor")
    assert said(found) == {"石家庄": (2, 2), "承德": (1, 2), "唐山": (0, 0)}
    assert (found.province.value, found.region("130200").verdict.title) == (Fraction(3, 4), "无任务")


# Where an institution stands whose work in two regions is: 石家庄, 承德
HOMES = """
    30 | 31 | 承德
    30 | 30 | 石家庄
    31 | 30 | 石家庄
"""


@pytest.mark.parametrize(("first", "second", "home"), table(HOMES))
def test_an_institution_that_did_as_much_in_two_regions_stands_in_the_first_of_the_roster(
    hebei, first, second, home
):
    lines = f"承德 | 省疾控中心 | {second}\n石家庄 | 省疾控中心 | {first}"
    listed(hebei, "cdc_guidance", f"region | institution | number\n{lines}", "2024-12-15")
    found = hebei.stands("2024-12-31", "cdc_floor")
    assert [s.short for s in found.reported if s.denominator] == [home]


VISITS = """
    region | institution | county | uscc | name | number
    雄安   | 甲疾控      | 雄县   | A    | 一厂 | 2
    雄安   | 甲疾控      | 容城县 | A    | 1厂  | 1
    雄安   | 甲疾控      | 雄县   | -    | 二厂 | 2
    雄安   | 甲疾控      | 雄县   | -    | -    | 3
    雄安   | 乙疾控      | 雄县   | A    | 一厂 | 1
    承德   | 甲疾控      | -      | A    | 一厂 | 1
"""


def test_an_employer_that_is_visited_twice_counts_once_for_its_institution_and_region(hebei):
    """By code, else by name; a row that says neither stands for itself."""
    listed(hebei, "cdc_guidance", VISITS, "2024-12-15")
    totals = hebei.store.totals([hebei.store.edition("130000", date(2024, 12, 31))])[0]
    counted = {
        (part.region_code, item): totals.amount(part, "assisted", item)
        for part in totals.sources
        for item in ("甲疾控", "乙疾控")
    }
    assert counted == {
        ("133100", "甲疾控"): 5, ("133100", "乙疾控"): 1, ("130800", "甲疾控"): 1, ("130800", "乙疾控"): 0,
    }  # fmt: skip


def test_twenty_six_employers_on_two_days_each_are_no_fifty(hebei):
    lines = "\n".join(f"雄安 | 甲疾控 | {n:018d} | 2" for n in range(26))
    listed(hebei, "cdc_guidance", f"region | institution | uscc | number\n{lines}", "2024-12-15")
    assert said(hebei.stands("2024-12-31", "cdc_floor")) == {"雄安": (0, 1)}


@pytest.mark.parametrize("seed", range(5))
def test_employers_counted_once_equal_an_obvious_loop(hebei, seed):
    chance = random.Random(seed)
    rows = [
        {
            "region_code": chance.choice(("130100", "130800")), "county_code": chance.choice(("130102", "")),
            "institution": chance.choice("甲乙丙"), "uscc": chance.choice(("A", "B", "C", "D", None)),
            "name": chance.choice(("一厂", "二厂", None)),
        }
        for _ in range(60)
    ]  # fmt: skip
    saved(hebei, "cdc_guidance", rows, "2024-12-15")
    wanted: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        who = row["uscc"] or row["name"]
        key = (row["region_code"], row["institution"], who)
        if who is None or key not in seen:
            wanted[row["region_code"], row["institution"]] += 1
        seen.add(key)
    totals = hebei.store.totals([hebei.store.edition("130000", date(2024, 12, 31))])[0]
    assert {
        (part.region_code, item): totals.amount(part, "assisted", item)
        for part in totals.sources
        for item in "甲乙丙"
    } == wanted


def test_institutions_begin_anew_each_year(hebei):
    listed(hebei, "cdc_guidance", GUIDED, "2024-12-15")
    assert said(hebei.stands("2025-03-31", "cdc_floor")) == {}


# -- quotas ----------------------------------------------------------------------------------------


def test_who_is_not_in_the_table_of_quotas_has_no_task_and_owes_no_report(shaanxi):
    shaanxi.reports("region | year | quota\n榆林 | 2025 | 40\n延安 | 2025 | 20", "2025-03-12")
    listed(shaanxi, "demonstration", "region | number\n榆林 | 40\n西安 | 1", "2025-03-31")
    found = shaanxi.stands("2025-03-31", "demonstration_filled")
    verdicts = {code: found.region(code).verdict.title for code in ("610800", "610600", "610300", "610100")}
    assert verdicts == {"610800": "全面完成", "610600": "未报送", "610300": "无任务", "610100": "无任务"}


def test_who_is_in_no_table_of_quotas_has_no_task_as_of_the_newest_of_them(shaanxi):
    shaanxi.reports("region | year | quota\n延安 | 2025 | 20", "2025-03-12")
    shaanxi.reports("region | year | quota\n榆林 | 2025 | 40", "2025-03-20")
    found = shaanxi.stands("2025-03-31", "demonstration_filled")
    days = {code: str(found.region(code).as_of) for code in ("610600", "610800", "610300")}
    assert days == {"610600": "2025-03-12", "610800": "2025-03-20", "610300": "2025-03-20"}


def test_before_the_quotas_are_known_nobody_is_without_a_task(shaanxi):
    listed(shaanxi, "demonstration", "region | number\n榆林 | 40", "2025-03-31")
    found = shaanxi.stands("2025-03-31", "demonstration_filled")
    assert {s.verdict.title for s in found.regions} == {"未报送"}
