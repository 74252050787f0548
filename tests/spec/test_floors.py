"""Floors: every county at least 20 a year, or 20 on average over two; every CDC at least 50 employers a year."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed, saved
from zyb.access import on_this_machine
from zyb.alerting import alerts, claim
from zyb.answers.progress import standings, view
from zyb.briefing.composing import compose
from zyb.briefing.facts import nobody_behind
from zyb.briefing.model import Request
from zyb.briefing.remarks import remainder_words
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import Region, load_roster
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
        "渭南": "进展缓慢", "韩城": "全面完成", "杨凌": "进展缓慢",
    }  # fmt: skip


# 渭南 has ten counties and is due to have 20 in each by the end of September; what of it names no county, on the day →
# verdict, what is said. Before: 未达标 and 零进展 whatever named none; a floor that nobody has reached is no 零进展.
NAMELESS = """
    reaching | without | verdict  | said
    9        | 0       | 相对滞后 | -
    9        | 19      | 相对滞后 | 另有19家完成帮扶的企业未写明县区，不计入任何县区
    9        | 20      | 待核实   | 另有20家完成帮扶的企业未写明县区，不计入任何县区，达标县区至少9个、至多10个
    0        | 19      | 进展缓慢 | 另有19家完成帮扶的企业未写明县区，不计入任何县区
    0        | 45      | 进展缓慢 | 另有45家完成帮扶的企业未写明县区，不计入任何县区，达标县区至少0个、至多2个
    10       | 45      | 全面完成 | 另有45家完成帮扶的企业未写明县区，不计入任何县区
"""


def weinan(shaanxi, reaching: int, without: int) -> Region:
    """So many counties with twenty each, and so many enterprises that name no county."""
    region = load_roster("陕西省").region("610500")
    rows = [
        {"region_code": region.code, "county_code": code, "completed": "是", "name": f"{code}{n}"}
        for code in region.members[:reaching]
        for n in range(20)
    ]
    rows += [
        {"region_code": region.code, "county_code": "", "completed": "是", "name": f"{n}"}
        for n in range(without)
    ]
    rows.append(
        {"region_code": region.code, "county_code": region.members[0], "completed": "否", "name": "未"}
    )
    saved(shaanxi, "assistance", rows, "2025-09-30")
    return region


@pytest.mark.parametrize(("reaching", "without", "verdict", "told"), table(NAMELESS)[1:])
def test_a_region_is_not_short_of_counties_while_those_that_name_none_may_lift_them(
    shaanxi, reaching, without, verdict, told
):
    region = weinan(shaanxi, int(reaching), int(without))
    found = shaanxi.stands("2025-09-30", "county_floor")
    own = found.region(region.code)
    assert own.verdict.title == verdict
    assert "，".join(found.caveats_of(own)) == told.replace("-", "")
    assert "，".join(found.caveats_of(found.province)) == told.replace("-", "")
    assert (own.gap is None) == (own.remaining is None) == (verdict == "待核实")
    report = compose(
        shaanxi.store,
        Request(province="陕西省", kind="quarterly", on=date(2025, 9, 30), campaign="assistance"),
    )
    section = next(one for one in report.sections if one.measure_id == "county_floor")
    assert ("待核实" in nobody_behind(section)) == (verdict == "待核实")
    assert ("待核实" in none_behind(found)) == (verdict == "待核实")
    written = "".join(part.text for part in report.paragraphs)
    assert told == "-" or told.split("，")[0] in written


# Until the day is over nothing can be said; then it is not known to be done, and that is told. Before: no alert for ever.
UNSETTLED = """
    on         | state | sentence
    2025-09-30 | -     | -
    2025-10-01 | 逾期  | 渭南市帮扶不少于20家的县区占90.0%，另有20家完成帮扶的企业未写明县区，不计入任何县区，达标县区至少9个、至多10个，能否达标待核实，时限2025年9月30日已过，请补充县区后重新上报。
    2026-03-31 | 逾期  | 渭南市帮扶不少于20家的县区占90.0%，另有20家完成帮扶的企业未写明县区，不计入任何县区，达标县区至少9个、至多10个，能否达标待核实，时限2025年9月30日已过，请补充县区后重新上报。
"""


@pytest.mark.parametrize(("on", "state", "told"), table(UNSETTLED)[1:])
def test_what_cannot_be_placed_is_overdue_once_the_day_has_passed(shaanxi, on, state, told):
    region = weinan(shaanxi, 9, 20)
    found = [
        (one.state.title, one.sentence)
        for one in alerts(shaanxi.store, "陕西省", date.fromisoformat(on))
        if (one.region_code, one.measure.id) == (region.code, "county_floor") and one.open
    ]
    assert found == ([] if state == "-" else [(state, told)])


def test_a_county_that_is_named_later_settles_it(shaanxi):
    region = weinan(shaanxi, 9, 20)
    weinan(shaanxi, 10, 0)
    found = {
        (one.region_code, one.measure.id)
        for one in alerts(shaanxi.store, "陕西省", date(2025, 12, 31))
        if one.open
    }
    assert found and (region.code, "county_floor") not in found


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
    found = alerts(shaanxi.store, "陕西省", date(2026, 1, 1))
    assert {a.region for a in found if a.measure.id.startswith("county_average")} <= {"全省"}


def test_an_average_that_the_province_missed_is_the_provinces_own_alert(shaanxi):
    """Before, nobody was told of it."""
    listed(shaanxi, "assistance", f"region | completed | number\n西安 | 是 | 100{THE_OTHERS}", "2025-12-31")
    told = {a.measure.id: a for a in alerts(shaanxi.store, "陕西省", date(2026, 1, 1)) if a.region == "全省"}
    alert = told["county_average"]
    assert (alert.state.title, alert.region_code, alert.standing.remaining) == ("逾期", "610000", 2040)
    assert "时限2025年12月31日已过，还差2040家，限期清零" in alert.sentence
    claim(
        shaanxi.store,
        "陕西省",
        "全省",
        "county_average",
        date(2026, 1, 1),
        by=on_this_machine("李四"),
        owner="职业健康处",
        cause="任务不足",
        action="追加任务",
        due=date(2026, 3, 31),
    )
    again = {a.measure.id: a for a in alerts(shaanxi.store, "陕西省", date(2026, 1, 1)) if a.region == "全省"}
    assert again["county_average"].owner == "职业健康处"


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

# 河北省's list has the province's own 疾控中心 and one for each of its 11 prefectures; none is known of 定州 or 承德's 职防院.
GUIDED = """
    region | institution            | number
    石家庄 | 石家庄市疾控中心       | 50
    承德   | 承德市疾病预防控制中心 | 40
    石家庄 | 承德市疾控             | 9
    承德   | 承德市职防院           | 80
    承德   | 承德县疾控中心         | 70
    石家庄 | 河北省疾控中心         | 30
    承德   | 省疾病预防控制中心     | 25
    唐山   | 河北省疾病预防控制中心 | 5
    定州   | 定州市疾控中心         | 60
"""

# region | reached | of the list | verdict. Before, of those who reported: 石家庄 2/2, 承德 2/3, 唐山 0/0, 定州 1/1.
FLOORS = """
    石家庄 | 1    | 1 | 全面完成
    承德   | 0    | 1 | 进展缓慢
    唐山   | None | 1 | 未报送
    保定   | None | 1 | 未报送
    定州   | None | 0 | 无任务
    雄安   | None | 0 | 无任务
"""


@pytest.mark.parametrize(("short", "reached", "of_list", "verdict"), table(FLOORS))
def test_each_region_answers_for_its_own_institutions_of_the_list(hebei, short, reached, of_list, verdict):
    """Wherever the employers are; those of counties, and those on no list, are not counted."""
    listed(hebei, "cdc_guidance", GUIDED, "2024-12-15")
    (own,) = (s for s in hebei.stands("2024-12-31", "cdc_floor").regions if s.short == short)
    assert (str(own.numerator), str(own.denominator), own.verdict.title) == (reached, of_list, verdict)


def test_the_provinces_own_institution_counts_for_the_province_alone_and_the_silent_stay_in_it(hebei):
    """60 of 河北省疾控中心, in three regions: 2 of 12 reach 50; before, 3 of 4 who reported."""
    listed(hebei, "cdc_guidance", GUIDED, "2024-12-15")
    found = hebei.stands("2024-12-31", "cdc_floor")
    whole = found.province
    assert (whole.numerator, whole.denominator, whole.remaining) == (2, 12, 10)
    assert found.beside == (1, 1)
    assert (found.own_remainder, remainder_words(found)) == (None, "")
    listed(
        hebei, "cdc_guidance", "region | institution | number\n石家庄 | 石家庄市疾控中心 | 50", "2024-12-20"
    )
    assert hebei.stands("2024-12-31", "cdc_floor").province.denominator == 12


def test_a_report_prints_whole_and_parts_that_agree(hebei):
    listed(hebei, "cdc_guidance", GUIDED, "2024-12-15")
    request = Request(province="河北省", kind="quarterly", on=date(2024, 12, 31), campaign="institutions")
    (check,) = (check for check in compose(hebei.store, request).checks if check.id == "totals")
    assert check.passed and "全省2／12，本级与各地合计2／12" in check.detail


@pytest.mark.parametrize("seed", range(6))
def test_institutions_that_reach_the_floor_equal_an_obvious_loop(hebei, seed):
    """Each spelling of an institution is that institution; other names are nobody's."""
    chance = random.Random(seed)
    spellings = {
        ("130100", "石家庄市疾病预防控制中心"): (
            "石家庄市疾控中心",
            "石家庄疾控",
            "河北省石家庄市疾病预防控制中心",
        ),
        ("130800", "承德市疾病预防控制中心"): ("承德市疾控中心", "承德市疾病控制中心"),
        ("", "河北省疾病预防控制中心"): ("省疾控中心", "河北疾控", "河北省疾病预防控制中心（盖章）"),
        (None, "别家"): ("承德县疾控中心", "某职防院", "定州市疾控中心"),
    }
    done: Counter[str | None] = Counter()
    rows = []
    for number in range(260):
        (home, _), names = chance.choice(list(spellings.items()))
        done[home] += 1
        place = chance.choice(("130100", "130800", "130200"))
        rows.append({
            "region_code": place, "county_code": "", "institution": chance.choice(names), "uscc": str(number),
        })  # fmt: skip
    saved(hebei, "cdc_guidance", rows, "2024-12-15")
    found = hebei.stands("2024-12-31", "cdc_floor")
    reached = {home: int(done[home] >= 50) for home in ("130100", "130800", "")}
    assert {s.region_code: s.numerator for s in found.reported} == {c: n for c, n in reached.items() if c}
    assert found.beside == (reached[""], 1)
    assert (found.province.numerator, found.province.denominator) == (sum(reached.values()), 12)


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
    lines = "\n".join(f"承德 | 承德市疾控 | {n:018d} | 2" for n in range(26))
    listed(hebei, "cdc_guidance", f"region | institution | uscc | number\n{lines}", "2024-12-15")
    assert said(hebei.stands("2024-12-31", "cdc_floor")) == {"承德": (0, 1)}


def test_fifty_employers_visited_under_two_names_of_one_institution_are_no_more_than_fifty(hebei):
    """Thirty under each, of which ten under both."""
    lines = [f"承德 | 承德市疾控 | {n:018d}" for n in range(30)]
    lines += [f"承德 | 承德市疾病预防控制中心 | {n:018d}" for n in range(20, 49)]
    text = "\n".join(lines)
    listed(hebei, "cdc_guidance", f"region | institution | uscc\n{text}", "2024-12-15")
    assert said(hebei.stands("2024-12-31", "cdc_floor")) == {"承德": (0, 1)}


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
    assert said(hebei.stands("2025-03-31", "cdc_floor")) == {"石家庄": (1, 1), "承德": (0, 1)}
    listed(hebei, "cdc_guidance", "region | institution | number\n承德 | 承德市疾控中心 | 1", "2025-04-15")
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
    told = {s.short: s.verdict.title for s in found.regions}
    assert told.pop("榆林") == "任务未下达", "it has reported: before, 未报送 was said of it as well"
    assert set(told.values()) == {"未报送"}
    assert found.province.verdict.title == "任务未下达"


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
    assert "平均每县区20家之比为2.3%（50／2140，目标100%）（未报送的" in told and "按尚未完成计）" in told


# Every city has helped its county's share by December 2024, and sends the same list again in January: said twice, done once.
TWICE = """
    on         | completed | verdict
    2025-01-20 | 3346      | 进展较快
    2025-02-05 | 6692      | 待确认
"""


@pytest.mark.parametrize(("on", "completed", "verdict"), table(TWICE)[1:])
def test_a_list_that_is_sent_again_doubles_no_sum_of_two_years(hebei, on, completed, verdict):
    names = [region.short for region in load_roster("河北省").regions]
    rows = "\n".join(f"{name} | 是 | 239" for name in names)
    for day in ("2024-12-31", "2025-01-31"):
        if day <= on:
            listed(hebei, "assistance", f"region | completed | number\n{rows}", day)
    found = hebei.stands(on, "county_average_two_years").province
    assert (str(found.numerator), found.verdict.title) == (completed, verdict)
    assert (found.gap is None) == (verdict == "待确认")
