"""联动核查: the findings by state and check, who may deal with them, and where else they are counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, shown
from tests.spec.conftest import Province
from tests.spec.firms import code, sends
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.alerting import sheet_of, survey
from zyb.crosscheck import check_survey
from zyb.exports.books.findings import findings_name, findings_workbook
from zyb.ui.alerts.supervision import sheet_html
from zyb.ui.frame.loading import the_store

LINKAGE, ALERTS, OVERVIEW = (
    "pages/intake/linkage.py",
    "pages/progress/alerts.py",
    "pages/progress/overview.py",
)
ON = "2025-06-30"
XIAN, BAOJI = OwnRegion("610100", "西安市"), OwnRegion("610300", "宝鸡市")


@pytest.fixture
def lists(data: Path) -> Iterator[Province]:
    """Two of 西安 that exceeded and are in no list of 专项治理, one of them nearly; 宝鸡 has not sent its list."""
    shaanxi = Province(the_store(), "陕西省")
    sends(shaanxi, "exceedances", """
        region | county | name                   | uscc
        西安   | 雁塔区 | 甲厂                   | A
        西安   | 雁塔区 | 西安华山精密机械制造厂 | -
        宝鸡   | 渭滨区 | =丙厂                  | C
    """, "2024-12-31")  # fmt: skip
    sends(shaanxi, "governance_enterprises", """
        region | county | name                   | uscc
        西安   | 雁塔区 | 西安华山精密机诫制造厂 | B
    """, "2025-03-31")  # fmt: skip
    yield shaanxi


def opened(viewer: Viewer = LOCAL_ADMIN, **query: str) -> AppTest:
    page = open_page(LINKAGE, viewer, **{"province": "陕西省", "on": ON, **query})
    assert not page.exception
    return page


def named(page: AppTest) -> list[str]:
    grids = [frame.value for frame in page.dataframe if "核查项目" in frame.value and "状态" in frame.value]
    return list(grids[0]["企业名称"]) if grids else []


def tick(page: AppTest, number: int) -> None:
    page.session_state["findings"] = {"selection": {"rows": [number], "columns": [], "cells": []}}
    page.run()
    assert not page.exception


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def test_what_is_open_comes_unasked_with_who_cannot_be_checked(lists: Province) -> None:
    page = opened()
    assert named(page) == ["甲厂", "西安华山精密机械制造厂"]
    assert "待核实 2 项" in shown(page)
    assert "宝鸡市没有报送《专项治理企业台账》" in str(page.dataframe[-1].value["情况"].tolist())
    assert named(opened(region="宝鸡市")) == []
    assert "中小微帮扶企业符合专项治理条件的" in shown(page)


def test_a_finding_is_settled_on_the_page_and_the_record_says_by_whom(lists: Province) -> None:
    page = opened(Viewer("a", "李四", "official", XIAN))
    tick(page, 0)
    assert f"甲厂（{code('A')}）列入" in shown(page)
    next(area for area in page.text_area if area.label == "怎样处理的").set_value("已录入治理模块")
    press(page, "销号")
    (record,) = the_store().finding_records("610000")
    assert (record.kind, record.recorded_by, record.reason) == ("settle", "李四", "已录入治理模块")
    assert named(page) == ["西安华山精密机械制造厂"]
    assert "已销号 1 项" in shown(page)


def test_a_reason_is_asked_for(lists: Province) -> None:
    page = opened()
    tick(page, 0)
    press(page, "不属实")
    assert [error.value for error in page.error] == ["还没有填写不属实的理由。请补充后重试。"]
    assert the_store().finding_records("610000") == []


def test_a_candidate_is_linked_by_a_persons_yes_and_unlinked_again(lists: Province) -> None:
    page = opened()
    tick(page, 1)
    assert "相近企业：西安华山精密机诫制造厂" in shown(page)
    press(page, "是同一家")
    assert named(page) == ["甲厂"]
    next(box for box in page.text_input if box.label == "撤销原因").set_value("看错了")
    press(page, "确认撤销")
    assert named(page) == ["甲厂", "西安华山精密机械制造厂"]


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [("admin", None, True), ("analyst", None, True), ("official", XIAN, True), ("official", BAOJI, False), ("leader", None, False)],
)  # fmt: skip
def test_whoever_answers_for_the_region_may_deal_with_it(lists: Province, role: str, region: OwnRegion | None, may: bool) -> None:  # fmt: skip
    page = opened(Viewer("x", "王五", role, region))
    tick(page, 1)
    labels = {button.label for button in page.button}
    assert ({"销号", "不属实", "是同一家", "不是同一家"} <= labels) == may
    assert may or not labels & {"销号", "不属实", "是同一家"}


def test_the_country_compares_no_lists(published: Path) -> None:
    assert "全国没有核查项目" in shown(opened(province="全国"))


# -- elsewhere ------------------------------------------------------------------------------


def test_overview_alerts_and_sheet_count_the_same(lists: Province) -> None:
    lists.reports("region | enrolled | completed\n西安 | 9 | 1", ON)
    found = len(check_survey(lists.store, "陕西省", date.fromisoformat(ON)).open)
    assert found == 2
    alerts = open_page(ALERTS, LOCAL_ADMIN, province="陕西省", as_of=ON)
    assert f"核查待核实 {found} 项" in shown(alerts) and not alerts.exception
    seen = survey(lists.store, "陕西省", date.fromisoformat(ON))
    sheet = sheet_of(lists.store, seen, "西安")
    assert sheet.summary.endswith(f"；联动核查待核实{found}项。")
    assert "监测超标企业未纳入专项治理：2项" in str(sheet_html(sheet))
    overview = open_page(OVERVIEW, LOCAL_ADMIN, province="陕西省")
    assert "/linkage?province=" in markup(overview) and "待核实 2 项" in shown(overview)


def test_the_file_holds_what_the_page_holds_and_no_formula(lists: Province) -> None:
    sends(lists, "governance_enterprises", "region | name | uscc\n宝鸡 | 乙 | B", "2025-03-31")
    seen = check_survey(lists.store, "陕西省", date.fromisoformat(ON), check_id="exceeding_not_governed")
    content = findings_workbook(seen, to=LOCAL_ADMIN, warning="演示数据")
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["核查清单"].iter_rows(min_row=4, values_only=True))
    assert [row[4] for row in rows] == [one.fact.name for one in seen.findings]
    assert "=丙厂" in [row[4] for row in rows]
    assert {cell.data_type for row in book["核查清单"].iter_rows(min_row=4) for cell in row} <= {"n", "s"}
    about = [str(cell) for row in book["说明"].iter_rows(values_only=True) for cell in row]
    assert any("陕卫办职业发〔2024〕5号" in text for text in about)
    assert (
        findings_name(seen, "610100", "演示") == "演示数据_陕西省西安市联动核查清单（截至2025年6月30日）.xlsx"
    )
