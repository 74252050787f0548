"""督办单: its sentences, who is not finished, and what is left out of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.conftest import Province
from tests.spec.lists import listed, saved
from zyb.access import on_this_machine
from zyb.alerting import SupervisionSheet, claim, supervision_sheet, unfinished_rows
from zyb.rulebook.regions import load_roster
from zyb.store import Store

HEAD = "region | enrolled | completed"
LIST_HEAD = "region | county | completed | number"


@pytest.fixture
def shaanxi(store: Store) -> Province:
    return Province(store, "陕西省")


def reported(province: Province, *reports: tuple[str, int]) -> None:
    for day, completed in reports:
        province.reports(f"{HEAD}\n宝鸡 | 100 | 99\n榆林 | 463 | {completed}", day)


def sheet(province: Province, on: str, region: str = "榆林") -> SupervisionSheet:
    return supervision_sheet(province.store, province.name, region, date.fromisoformat(on))


def unfinished(province: Province, on: str) -> list[tuple[str, str | None]]:
    (found,) = sheet(province, on).unfinished
    rows = unfinished_rows(province.store, load_roster(province.name), found)
    assert found.count == len(rows)
    return [(row.county, row.trace.values["completed"]) for row in rows]


def test_a_line_has_its_sentences_ready(shaanxi):
    reported(shaanxi, ("2024-01-31", 70), ("2024-02-29", 84), ("2024-03-31", 88))
    claim(
        shaanxi.store, "陕西省", "榆林", "governance_completion", date(2024, 3, 31),
        by=on_this_machine("张三"), cause="企业停产", action="逐家督导", due=date(2024, 9, 30),
    )  # fmt: skip
    found = sheet(shaanxi, "2024-03-31")
    (line,) = found.supervised
    assert (line.figure, line.against, line.remaining, line.demand) == (
        "19.0%（88／463家）", "低于序时进度36.9个百分点", "375家", "每周至少完成6家",
    )  # fmt: skip
    assert line.outlook == "近4周平均每周完成0.9家，按此进度预计2032年3月完成，晚于时限351周"
    assert (line.state, line.level, line.due) == ("已认领", "督办", "2025年6月30日")
    assert line.history == "2024年1月至2月预警（提醒），3月已认领（督办）"
    assert line.alert and line.alert.claim and line.alert.claim.due == date(2024, 9, 30)
    assert found.title == "榆林市职业病防治工作督办单"
    assert found.summary == "截至2024年3月31日，榆林市有1项指标需要督办：督办1项。"


@pytest.mark.parametrize(("completed", "said"), [
    (70, "近4周没有新增，按此进度无法完成"),
    (60, "近4周累计数下降，暂不预测"),
])  # fmt: skip
def test_who_stands_still_or_falls_back_is_told_so_and_no_rate(shaanxi, completed, said):
    reported(shaanxi, ("2024-01-31", 70), ("2024-02-29", completed))
    (line,) = sheet(shaanxi, "2024-02-29").supervised
    assert line.outlook == said


def test_who_keeps_pace_has_nothing_to_do(shaanxi):
    reported(shaanxi, ("2024-01-31", 70))
    found = sheet(shaanxi, "2024-01-31", "宝鸡")
    assert (found.lagging, found.level, found.unfinished) == ((), "", ())
    assert found.summary == "截至2024年1月31日，宝鸡市没有滞后或未报送的指标。"


def test_the_first_time_behind_is_watched_and_reaches_no_level(shaanxi):
    shaanxi.reports(f"{HEAD}\n榆林 | 100 | 45", "2024-01-31")
    found = sheet(shaanxi, "2024-01-31")
    assert (len(found.watched), found.supervised) == (1, ())
    assert found.summary == "截至2024年1月31日，榆林市有1项列入观察。"


def test_a_silent_region_has_its_line_although_it_has_no_figures(shaanxi):
    reported(shaanxi, ("2024-01-31", 70))
    (line,) = sheet(shaanxi, "2024-01-31", "西安").supervised
    assert (line.state, line.level, line.figure, line.remaining) == ("未报送", "提醒", "", "")


def test_the_highest_level_leads(shaanxi):
    reported(shaanxi, *((f"2024-0{month}-28", 80 + month) for month in range(1, 7)))
    shaanxi.reports("region | year | target\n榆林 | 2024 | 300", "2024-06-01", "governance_targets")
    shaanxi.reports(f"{HEAD}\n榆林 | 463 | 80", "2023-12-31")
    found = sheet(shaanxi, "2024-06-28")
    assert [line.level for line in found.supervised] == sorted(
        (line.level for line in found.supervised), key=["约谈", "通报", "督办", "提醒"].index
    )
    assert found.level == found.supervised[0].level == "约谈"


# -- who is not finished ------------------------------------------------------------------


def test_the_rows_that_are_not_ticked_are_those_that_are_left(shaanxi):
    reported(shaanxi, ("2024-03-31", 84))
    listed(
        shaanxi, "governance_enterprises",
        f"{LIST_HEAD}\n榆林 | 神木市 | 是 | 3\n榆林 | 神木市 | 否 | 2\n榆林 | 府谷县 | 否 | 4\n榆林 | - | - | 1",
        "2024-03-29",
    )  # fmt: skip
    assert sorted(unfinished(shaanxi, "2024-03-31"), key=str) == sorted(
        [("神木市", "否")] * 2 + [("府谷县", "否")] * 4 + [("", None)], key=str
    )


def test_two_measures_that_count_one_list_name_it_once(shaanxi):
    reported(shaanxi, ("2023-12-31", 80), ("2024-03-31", 84))
    shaanxi.reports("region | year | target\n榆林 | 2024 | 300", "2024-01-01", "governance_targets")
    listed(shaanxi, "governance_enterprises", f"{LIST_HEAD}\n榆林 | 神木市 | 否 | 5", "2024-03-29")
    found = sheet(shaanxi, "2024-03-31")
    lagging = {line.measure.id for line in found.lagging if line.unfinished}
    assert lagging == {"governance_completion", "governance_annual"}
    assert [(one.ledger.id, one.count) for one in found.unfinished] == [("governance_enterprises", 5)]


def test_a_county_that_reports_for_itself_replaces_its_share_of_the_list(shaanxi):
    reported(shaanxi, ("2024-03-31", 84))
    listed(
        shaanxi, "governance_enterprises",
        f"{LIST_HEAD}\n榆林 | 神木市 | 否 | 5\n榆林 | 府谷县 | 否 | 2", "2024-03-28",
    )  # fmt: skip
    county = next(c for c in load_roster("陕西省").counties if c.name == "神木市")
    row = {"region_code": "610800", "county_code": county.code, "name": "甲", "completed": "否"}
    saved(shaanxi, "governance_enterprises", [row] * 3, "2024-03-29", county.code)
    assert sorted(unfinished(shaanxi, "2024-03-31")) == sorted(
        [("神木市", "否")] * 3 + [("府谷县", "否")] * 2
    )


def test_what_is_not_asked_for_is_not_left(hebei_with_list: Province):
    """不涉及 stands on neither side of 超标岗位治理率: only 否 is left of those that have such posts."""
    found = supervision_sheet(hebei_with_list.store, "河北省", "承德", date(2024, 12, 31))
    lists = {one.measure.id: one for one in found.unfinished}
    rows = unfinished_rows(hebei_with_list.store, load_roster("河北省"), lists["assistance_remedied"])
    assert [row.trace.values["remedied"] for row in rows] == ["否"] * 2
    assert lists["assistance_remedied"].count == 2


@pytest.fixture
def hebei_with_list(store: Store) -> Province:
    hebei = Province(store, "河北省")
    listed(
        hebei, "assistance",
        "region | remedied | completed | number\n承德 | 是 | 是 | 1\n承德 | 否 | 否 | 2\n承德 | 不适用 | 是 | 4",
        "2024-12-31",
    )  # fmt: skip
    return hebei
