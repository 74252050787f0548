"""Floors: every county at least 20 a year, or 20 on average over two; every CDC at least 50 employers a year."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed, saved
from zyb.alerting import alerts
from zyb.answers.progress import standings, view
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.remarks import remainder_words
from zyb.rulebook.measures import measures
from zyb.store import Store
from zyb.ui.progress.attention import none_behind
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


# -- the nation's: an average of the whole province ------------------------------------------------

# Shaanxi has 107 counties: 20 each are 2,140 a year. What two regions completed in 2024 and in 2025 →
# the province's figure of 2025, of both years, and how many are lacking; before, each county was judged by itself.
AVERAGE = """
    2024        | 2025        | in 2025   | verdict  | two years | verdict  | lacking
    ------------+-------------+-----------+----------+-----------+----------+--------
    2140 + 0    | 2140 + 0    | 2140/2140 | 全面完成 | 4280/4280 | 全面完成 | 0
    1000 + 1140 | 1000 + 1140 | 2140/2140 | 全面完成 | 4280/4280 | 全面完成 | 0
    4000 + 280  | 0 + 0       | 0/2140    | 零进展   | 4280/4280 | 全面完成 | 0
    1000 + 500  | 1000 + 639  | 1639/2140 | 相对滞后 | 3139/4280 | 相对滞后 | 1141
    -           | 1000 + 639  | 1639/2140 | 相对滞后 | None/4280 | 未报送   | None
"""


# Who has completed none yet has reported all the same.
THE_OTHERS = "".join(
    f"\n{name} | 否 | 1" for name in ["宝鸡", "咸阳", "铜川", "渭南", "延安", "榆林", "汉中", "安康", "商洛"]
)


@pytest.mark.parametrize(
    ("first", "second", "this_year", "verdict", "both", "verdict_of_both", "lacking"), table(AVERAGE)[1:]
)
def test_twenty_a_county_on_average_is_the_provinces_own(
    shaanxi, first, second, this_year, verdict, both, verdict_of_both, lacking
):
    for year, done in (("2024", first), ("2025", second)):
        if done != "-":
            one, other = done.split(" + ")
            lines = f"西安 | 是 | {one}\n西安 | 否 | 1\n韩城 | 是 | {other}\n韩城 | 否 | 1{THE_OTHERS}"
            listed(shaanxi, "assistance", f"region | completed | number\n{lines}", f"{year}-12-31")
    for measure, wanted, title in (
        ("county_average", this_year, verdict),
        ("county_average_two_years", both, verdict_of_both),
    ):
        found = shaanxi.stands("2025-12-31", measure).province
        assert (f"{found.numerator}/{found.denominator}", found.verdict.title) == (wanted, title), measure
    assert str(found.remaining) == lacking


@pytest.mark.parametrize("on", ["2025-12-31", "2026-01-01", "2027-06-30"])
def test_after_both_years_their_sum_stands_as_it_was(shaanxi, on):
    """It was unknown on New Year's Day: the lists of the new year have none of it."""
    for year, done in (("2024", 100), ("2025", 70)):
        listed(
            shaanxi,
            "assistance",
            f"region | completed | number\n西安 | 是 | {done}{THE_OTHERS}",
            f"{year}-12-31",
        )
    found = shaanxi.stands(on, "county_average_two_years")
    whole = found.province
    assert (whole.numerator, whole.denominator, whole.verdict.title) == (170, 4280, "进展缓慢")
    assert str(found.as_of) == "2025-12-31"


def test_no_region_is_judged_by_an_average_and_a_silent_one_stays_in_it(shaanxi):
    """Before: of the regions that reported, each held against twenty of its own counties."""
    listed(shaanxi, "assistance", "region | completed | number\n韩城 | 是 | 50", "2025-12-31")
    found = shaanxi.stands("2025-12-31", "county_average")
    own = found.region("610581")
    assert (own.numerator, own.denominator, own.value) == (50, 20, Fraction(5, 2))
    assert (own.verdict.title, own.remaining, own.target) == ("未设时序", None, None)
    assert found.region("610100").verdict.title == "未报送"
    assert (found.province.numerator, found.province.denominator) == (50, 2140)
    assert {alert.measure.id for alert in alerts(shaanxi.store, "陕西省", date(2026, 1, 1))} & {
        "county_average", "county_average_two_years",
    } == set()  # fmt: skip


# Each notice says one of the two, and each is cited for what it says.
CLAUSES = """
    measure                  | province | due                   | cited
    county_average           | 陕西省   | 2024-12-31 2025-12-31 | 平均每个县区不少于20家
    county_average_two_years | 陕西省   | 2025-12-31            | 平均每个县区不少于20家
    county_floor             | 陕西省   | 2025-09-30            | 每个区县至少帮扶20家
    county_floor             | 河北省   |                       | 本省文件未作规定
"""


@pytest.mark.parametrize(("measure", "province", "due", "cited"), table(CLAUSES)[1:])
def test_the_average_is_the_nations_and_the_floor_of_each_county_shaanxis(measure, province, due, cited):
    found = measures(province)[measure]
    assert " ".join(str(plan.window.due) for plan in found.plans) == due
    assert cited in found.basis


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
    """Until somebody reports in the new year the outcome of the last stands, as of its end."""
    listed(hebei, "cdc_guidance", GUIDED, "2024-12-15")
    assert said(hebei.stands("2025-03-31", "cdc_floor")) == {"石家庄": (2, 2), "承德": (1, 2), "唐山": (0, 0)}
    listed(hebei, "cdc_guidance", "region | institution | number\n承德 | 承德市职防院 | 1", "2025-04-15")
    assert said(hebei.stands("2025-04-30", "cdc_floor")) == {"承德": (0, 1)}


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


def test_no_page_and_no_report_says_of_regions_what_is_asked_of_the_province(shaanxi):
    """Its totals agree though most regions are silent, and nobody is said to be on pace or to lack anything."""
    listed(shaanxi, "assistance", "region | completed | number\n韩城 | 是 | 50", "2025-06-30")
    found = shaanxi.stands("2025-06-30", "county_average")
    assert (found.own_remainder, remainder_words(found), none_behind(found)) == (
        None, "", "要求的是全省平均，各地不单独评价",
    )  # fmt: skip
    request = Request(province="陕西省", kind="quarterly", on=date(2025, 6, 30), campaign="assistance")
    report = compose(shaanxi.store, request)
    assert {check.id: check.passed for check in report.checks}["totals"]
    (told,) = [part.text for part in report.paragraphs if "平均每县区20家之比" in part.text]
    assert "平均每县区20家之比为2.3%（50／2140）（未报送的" in told and "按尚未完成计）" in told
