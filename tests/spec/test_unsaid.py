"""A table that comes without what was due of it says nothing of it: silence is asked of the measure, and of everybody who owes it.

Before, the first table with anything else in it ended the silence of everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.books import table
from tests.spec.conftest import Province
from tests.spec.lists import listed, saved
from zyb.access import LOCAL_ADMIN
from zyb.alerting import Alert, alerts
from zyb.answers.ticking import exempt, untick
from zyb.rulebook.measures import measures
from zyb.store import Store
from zyb.uploads import published


def told(province: Province, measure: str, on: str) -> dict[str, str]:
    """By region the state of the alert and since when."""
    return {one.region: f"{one.state.title} {one.since}" for one in found(province, measure, on)}


def found(province: Province, measure: str, on: str) -> list[Alert]:
    every = alerts(province.store, province.name, date.fromisoformat(on))
    return [one for one in every if one.measure.id == measure and one.state.id != "cleared"]


CITIES = ("石家庄", "承德", "张家口", "秦皇岛", "唐山", "廊坊", "保定", "沧州", "衡水", "邢台", "邯郸")


def guided(hebei: Province, institutions: str, day: str) -> None:
    listed(hebei, "cdc_guidance", f"region | institution | number\n{institutions}", day)


def test_a_list_of_county_institutions_says_nothing_of_the_cities(hebei: Province) -> None:
    guided(hebei, "唐山 | 唐山市路北区疾控中心 | 60", "2024-12-10")
    silent = told(hebei, "cdc_floor", "2025-01-31")
    assert set(silent) == {*(f"{city}市" for city in CITIES), "河北省本级"}
    assert set(silent.values()) == {"未报送 2024-12-31"}
    # And two years later it is still 2024 that nobody has told of.
    assert set(told(hebei, "cdc_floor", "2026-03-31").values()) == {"未报送 2024-12-31"}


def test_the_provinces_own_institution_is_asked_as_the_cities_are(hebei: Province) -> None:
    cities = "\n".join(f"{city} | {city}市疾病预防控制中心 | 60" for city in CITIES)
    guided(hebei, cities, "2024-12-10")
    assert told(hebei, "cdc_floor", "2024-12-20") == {"河北省本级": "未报送 2024-12-10"}
    (own,) = found(hebei, "cdc_floor", "2025-01-31")
    assert (own.region, own.state.title, own.level and own.level.title) == ("河北省本级", "未报送", "督办")
    guided(hebei, f"{cities}\n石家庄 | 河北省疾控中心 | 40", "2024-12-20")
    (own,) = found(hebei, "cdc_floor", "2025-01-31")
    assert own.sentence.startswith("河北省本级帮扶50家以上的疾控机构占0.0%，低于目标100.0个百分点")
    guided(hebei, f"{cities}\n石家庄 | 河北省疾控中心 | 50", "2024-12-31")
    assert "河北省本级" not in told(hebei, "cdc_floor", "2025-01-31")


# Of 提质合规情况表 only one item was ever reported; since when is everybody silent of the others?
ITEMS = """
    measure                | on         | since
    supervision            | 2025-12-31 | -
    supervision            | 2026-01-01 | 2025-12-31
    monitoring_share       | 2026-06-30 | 2025-12-31
    quality_control_yearly | 2025-01-01 | 2024-12-31
    quality_control_yearly | 2026-06-30 | 2024-12-31
    capability             | 2026-06-30 | -
"""


@pytest.mark.parametrize(("measure", "on", "since"), table(ITEMS)[1:])
def test_items_that_nobody_ever_reports_are_missed_on_their_day(
    hebei: Province, measure: str, on: str, since: str
) -> None:
    for day in ("2024-09-30", "2024-12-31", "2025-06-30", "2025-12-31"):
        listed(hebei, "institutions", CAPABILITY, day)
    silent = told(hebei, measure, on)
    assert len(silent) == (0 if since == "-" else 14)
    assert set(silent.values()) == (set() if since == "-" else {f"未报送 {since}"})


EVERYBODY = (*CITIES, "定州", "辛集", "雄安")
CAPABILITY = "\n".join([
    "region | indicator | due | done",
    *(f"{city} | 能力确认 | 10 | 10" for city in EVERYBODY),
])  # fmt: skip


# 2025 notice, 三: 于3月底前录入. 榆林 reports on the 20th, the others never: how many are silent, since when?
EARLY = """
    on         | silent | since
    2025-03-25 | 0      | -
    2025-03-30 | 0      | -
    2025-03-31 | 11     | 2025-03-31
    2025-04-01 | 11     | 2025-03-31
    2025-05-01 | 12     | 2025-03-31 2025-04-30
"""


@pytest.mark.parametrize(("on", "number", "since"), table(EARLY)[1:])
def test_who_reports_early_hides_nobody(shaanxi: Province, on: str, number: str, since: str) -> None:
    names = ("西安", "宝鸡", "咸阳", "铜川", "渭南", "延安", "榆林", "汉中", "安康", "商洛", "杨凌", "韩城")
    tasks = "\n".join(f"{name} | 2025 | 50" for name in names)
    shaanxi.reports(f"region | year | target\n{tasks}", "2025-03-12", "assistance_targets")
    listed(shaanxi, "assistance", "region | completed | number\n榆林 | 否 | 50", "2025-03-20")
    states = told(shaanxi, "assistance_progress", on)
    silent = {region: words.removeprefix("未报送 ") for region, words in states.items() if "未报送" in words}
    assert len(silent) == int(number)
    assert sorted(set(silent.values())) == ([] if since == "-" else since.split())
    assert silent.get("榆林市", "2025-04-30") == "2025-04-30"


# -- an average is asked of the province ------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    store = Store(tmp_path_factory.mktemp("filled") / "data")
    published.fill(store, date(2025, 7, 1))
    yield Province(store, "河北省")
    store.close()


def test_the_nations_average_is_asked_of_no_city(filled: Province) -> None:
    """146号 附件2 一: 每省…平均每个县区不少于20家. Hebei's tasks of 2025 are 1657 of 3340."""
    averages = [
        one for one in measures("河北省").values() if "平均" in one.basis and one.campaign == "assistance"
    ]
    assert {one.id for one in averages} >= {
        "county_average",
        "assistance_task_floor",
        "assistance_task_floor_two_years",
    }
    assert [one.id for one in averages if not one.whole] == []
    stands = filled.stands("2025-12-31", "assistance_task_floor")
    assert {one.verdict.title for one in stands.regions} == {"未设时序"}
    (alert,) = found(filled, "assistance_task_floor", "2026-01-31")
    assert (alert.region, alert.state.title) == ("全省", "逾期")
    assert "还差1683家" in alert.sentence or "49.6%" in alert.sentence
    assert "每周" not in alert.sentence and "清零" not in alert.sentence


def test_a_table_of_tasks_from_before_the_window_is_held_against_it(hebei: Province) -> None:
    """It is not sent again when the window opens."""
    tasks = "\n".join(f"{city} | 2025 | 10" for city in EVERYBODY)
    hebei.reports(f"region | year | target\n{tasks}", "2024-12-20", "assistance_targets")
    (alert,) = found(hebei, "assistance_task_floor", "2026-01-31")
    assert (alert.state.title, alert.since) == ("逾期", date(2025, 1, 1))


# -- what a year has left ----------------------------------------------------------------------------


def test_a_debt_of_a_year_is_one_run_with_what_follows(hebei: Province) -> None:
    """2024 falls short of 3340; 2025 begins on pace and falls behind again: since 2024, whatever 2025 does."""
    counts = {"2024-09-30": 500, "2024-12-31": 900, "2025-01-31": 400, "2025-03-31": 1200, "2025-12-31": 1500}
    for day, number in counts.items():
        rows = "\n".join(f"{city} | 是 | {number // 14}" for city in EVERYBODY)
        listed(hebei, "assistance", f"region | completed | number\n{rows}", day)
    (before,) = found(hebei, "county_average", "2025-03-31")
    (after,) = found(hebei, "county_average", "2026-03-31")
    assert (before.state.title, before.since, str(before.due)) == ("逾期", date(2024, 9, 30), "2024-12-31")
    assert (after.state.title, after.since, str(after.due)) == ("逾期", date(2024, 9, 30), "2024-12-31")
    assert after.periods > before.periods


def test_a_county_that_speaks_alone_does_not_end_the_silence_of_its_city(hebei: Province) -> None:
    """雄县 sends its own list in August; all of 雄安 is asked for since July, and still at the year's end."""
    hebei.reports("region | year | target\n雄安 | 2024 | 100", "2024-06-01", "assistance_targets")
    rows = [{"region_code": "133100", "county_code": "130638", "completed": "是", "name": f"企业{n}"} for n in range(25)]  # fmt: skip
    saved(hebei, "assistance", rows, "2024-08-31", county_code="130638")
    since = {
        on: told(hebei, "assistance_progress", on).get("雄安新区")
        for on in ("2024-08-01", "2024-09-01", "2025-01-15")
    }
    assert set(since.values()) == {"未报送 2024-07-31"}
    (own,) = [one for one in found(hebei, "assistance_progress", "2024-12-31") if one.region == "雄安新区"]
    assert own.periods == 5 and "最近数据为2024年8月31日的25.0%" in own.sentence


# Tasks of 2024 and 2025; only 石家庄 has ever told of them, once in July 2024. What is said on a day in January 2026:
TWO_YEARS = """
    region   | state  | said
    石家庄市 | 逾期   | 时限2024年12月31日已过，还差70家，限期清零，2025年12月31日到期的任务未报送
    承德市   | 未报送 | 时限2025年12月31日已过，2024年12月31日到期的任务未报送
"""


@pytest.mark.parametrize(("region", "state", "said"), table(TWO_YEARS)[1:])
def test_a_year_that_nobody_told_of_stands_beside_the_one_that_was_missed(
    hebei: Province, region: str, state: str, said: str
) -> None:
    for year in (2024, 2025):
        tasks = "\n".join(f"{city} | {year} | 100" for city in EVERYBODY)
        hebei.reports(f"region | year | target\n{tasks}", f"{year}-06-01", "assistance_targets")
    listed(hebei, "assistance", "region | completed | number\n石家庄 | 是 | 30", "2024-07-15")
    (own,) = [one for one in found(hebei, "assistance_progress", "2026-01-15") if one.region == region]
    assert own.state.title == state and said in own.sentence


def test_a_measure_with_a_plan_is_never_said_to_have_none(hebei: Province) -> None:
    """Few had reported, so that the province was never judged: once the day has passed it is held against its target."""
    listed(hebei, "assistance", "region | completed | number\n石家庄 | 是 | 30", "2024-07-15")
    (before,) = found(hebei, "county_average", "2024-12-31")
    (after,) = found(hebei, "county_average", "2025-01-15")
    assert (before.state.title, after.state.title) == ("未报送", "逾期")
    assert "未设时序" not in after.sentence and "低于目标99.1个百分点" in after.sentence
    assert before.since == after.since and after.periods > before.periods


# Everybody else reports each month from July on; which months is 唐山 excused from, and what is left of its silence?
EXCUSED = """
    excused                      | state  | since      | periods
    -                            | 未报送 | 2024-07-31 | 3
    2024-08-31                   | 未报送 | 2024-07-31 | 2
    2024-09-30                   | 未报送 | 2024-07-31 | 2
    2024-07-31 2024-08-31        | 未报送 | 2024-09-30 | 1
    2024-07-31 2024-08-31 2024-09-30 | -  | -          | -
"""


@pytest.mark.parametrize(("days", "state", "since", "periods"), table(EXCUSED)[1:])
def test_a_report_that_is_not_owed_is_missed_by_no_alert(
    hebei: Province, days: str, state: str, since: str, periods: str
) -> None:
    tasks = "\n".join(f"{name} | 2024 | 50" for name in EVERYBODY)
    hebei.reports(f"region | year | target\n{tasks}", "2024-06-20", "assistance_targets")
    for day in ("2024-07-31", "2024-08-31", "2024-09-30"):
        others = "\n".join(f"{name} | 是 | 45" for name in EVERYBODY if name != "唐山")
        listed(hebei, "assistance", f"region | completed | number\n{others}", day)
    dues = [] if days == "-" else [date.fromisoformat(day) for day in days.split()]
    duty = "hebei_assistance_monthly"
    if dues:
        exempt(hebei.store, hebei.name, duty, "唐山", dues, by=LOCAL_ADMIN, reason="当月系统迁移")
    seen = [one for one in found(hebei, "assistance_progress", "2024-09-30") if one.region == "唐山市"]
    if state == "-":
        assert seen == []
        untick(hebei.store, hebei.name, duty, "唐山", dues[0], by=LOCAL_ADMIN, reason="已恢复")
        seen = [one for one in found(hebei, "assistance_progress", "2024-09-30") if one.region == "唐山市"]
        state, since, periods = "未报送", "2024-07-31", "1"
    (one,) = seen
    assert (one.state.title, str(one.since), str(one.periods)) == (state, since, periods)
