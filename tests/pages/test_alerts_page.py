"""滞后预警 and the 督办单 on it, on the published figures of Shaanxi."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, shown, texts
from tests.spec.conftest import Province
from tests.spec.lists import listed
from zyb.access import LOCAL_ADMIN, Viewer
from zyb.alerting import supervision_sheet
from zyb.exports.books.unfinished import unfinished_workbook
from zyb.periods import chinese_day, today
from zyb.ui.frame.loading import the_store

ALERTS = "pages/progress/alerts.py"
DAY = "2024-03-01"


def opened(viewer: Viewer = LOCAL_ADMIN, **query: str) -> AppTest:
    page = open_page(ALERTS, viewer, province="陕西省", **query)
    next(box for box in page.selectbox if box.key == "as_of").set_value(DAY).run()
    assert not page.exception
    return page


def regions(page: AppTest) -> set[str]:
    return set(page.dataframe[0].value["地区"])


def counted(page: AppTest) -> dict[str, int]:
    """The cards of the states that occur, and that of the faults."""
    cards = re.findall(r'z-label"><span>(.*?)</span>.*?z-value">(?:<a [^>]*>)?(\d+)', markup(page))
    return {name: int(number) for name, number in cards if number != "0" or name == "数据疑点"}


def test_the_region_of_the_address_narrows_list_and_counts(published: Path) -> None:
    assert len(regions(opened())) > 2
    page = opened(region="榆林市")
    assert regions(page) == {"榆林市"}
    assert counted(page) == {"预警": 1, "数据疑点": 0}


def test_a_count_leads_to_its_alerts_and_the_address_lists_them(published: Path) -> None:
    page = opened(region="榆林市")
    (href,) = {
        one
        for one in re.findall(r'href="([^"]*state=[^"]*)"', markup(page))
        if quote("预警") in one.split("state=")[1]
    }
    asked = parse_qs(urlsplit(unescape(href)).query)
    assert (asked["region"], asked["state"]) == (["榆林市"], ["预警"])
    assert regions(opened(region="榆林市", state="预警")) == {"榆林市"}
    assert "没有符合条件的预警" in shown(opened(region="榆林市", state="已解除"))
    assert "没有符合条件的预警" in shown(opened(region="榆林市", level="约谈"))


def test_a_level_that_nobody_reached_leaves_an_empty_list_with_a_remedy(published: Path) -> None:
    page = opened()
    next(box for box in page.selectbox if box.key == "level").set_value("约谈").run()
    assert "没有符合条件的预警" in shown(page)


def test_every_row_of_list_and_sheets_is_there_for_the_printer(published: Path) -> None:
    alerts, sheets = opened(), opened(view="督办单")
    assert re.findall(r"z-printed.*?</table>", markup(alerts), re.S)[0].count("<tr>") == 1 + len(
        alerts.dataframe[0].value
    )
    assert re.findall(r"z-printed.*?</table>", markup(sheets), re.S)[0].count("<tr>") == 1 + 12


@pytest.mark.parametrize("view", ["", "预警清单", "没有这一项"])
def test_any_other_view_is_the_list(published: Path, view: str) -> None:
    assert "预警清单" in shown(opened(view=view))


def test_the_sheets_of_the_province_are_a_row_a_region(published: Path) -> None:
    page = opened(view="督办单")
    rows = page.dataframe[0].value.set_index("地区")
    assert len(rows) == 12
    assert list(rows.loc["榆林市", ["最高级别", "提醒", "尚未认领"]]) == ["提醒", 1, 1]
    assert list(rows.loc["宝鸡市", ["最高级别", "提醒"]]) == ["—", 0]


def test_the_sheet_of_a_region_stands_at_its_address(published: Path) -> None:
    said = shown(opened(view="督办单", region="榆林市"))
    for words in (
        "榆林市职业病防治工作督办单", "最高级别：提醒", "截至2024年3月1日，榆林市有1项指标需要督办：提醒1项。",
        "18.1%（84／463家）", "每周至少完成6家", "2025年6月30日", "2024年3月预警（提醒）", "待填报", "Ctrl＋P",
    ):  # fmt: skip
        assert words in said


def test_an_alert_leads_to_the_sheet_of_its_region(published: Path) -> None:
    page = opened()
    name = page.dataframe[0].value["地区"].iloc[0]
    page.session_state["alerts"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.run()
    next(button for button in page.button if button.key == "to_sheet").click().run()
    assert f"{name}职业病防治工作督办单" in shown(page)


# -- who is not finished ------------------------------------------------------------------


def with_list() -> Province:
    shaanxi = Province(the_store(), "陕西省")
    head = "region | county | name | completed | number"
    lines = "榆林 | 神木市 | 甲厂 | 是 | 1\n榆林 | 神木市 | 乙厂 | 否 | 2\n榆林 | 府谷县 | 丙厂 | 否 | 1"
    listed(shaanxi, "governance_enterprises", f"{head}\n{lines}", DAY)
    head = "region | county | name | address | legal_person | declared | risk | staff"
    lines = "榆林 | 神木市 | 丁厂 | 某路1号 | 某某 | 否 | 严重 | 20"
    listed(shaanxi, "employers", f"{head}\n{lines}", "2024-06-30")
    return shaanxi


def test_the_list_of_the_unfinished_is_offered_with_its_number(data: Path) -> None:
    with_list()
    page = opened(view="督办单", region="榆林市")
    assert "《专项治理企业台账》：专项治理完成率尚未完成的企业 3家" in " ".join(shown(page).split())
    assert [button.proto.label for button in page.get("download_button")] == ["下载尚未完成的企业名单"]


def test_the_download_names_them_without_personal_data(data: Path) -> None:
    shaanxi = with_list()
    sheet = supervision_sheet(shaanxi.store, "陕西省", "榆林", date(2024, 12, 31))
    content = unfinished_workbook(shaanxi.store, sheet, to=LOCAL_ADMIN)
    book = openpyxl.load_workbook(io.BytesIO(content))
    pages = {name: [[cell for cell in row if cell] for row in book[name].values] for name in book.sheetnames}
    governance = pages["1.专项治理完成率"]
    assert governance[0] == ["《专项治理企业台账》：专项治理完成率尚未完成的企业（截至2024年3月1日，共3家）"]
    assert [row[:2] for row in governance[-3:]] == [
        ["府谷县", "丙厂"],
        ["神木市", "乙厂"],
        ["神木市", "乙厂"],
    ]
    everything = str(pages)
    assert "丁厂" in everything
    assert "某路1号" not in everything and "某某" not in everything


# -- ways on ------------------------------------------------------------------------------


def test_every_measure_of_a_sheet_leads_to_its_page(published: Path) -> None:
    (address,) = re.findall(r'href="(/governance\?[^"]*)"', markup(opened(view="督办单", region="榆林市")))
    said = parse_qs(urlsplit(unescape(address)).query)
    assert said == {
        "province": ["陕西省"], "region": ["榆林市"], "as_of": [DAY], "measure": ["governance_completion"],
    }  # fmt: skip


def test_a_doubt_leads_to_the_snapshot_that_it_is_about(data: Path) -> None:
    Province(the_store(), "陕西省").reports("region | enrolled | completed\n榆林 | 463 | 80", "2024-04-01")
    page = open_page(ALERTS, province="陕西省")
    doubts = next(table for table in page.dataframe if table.proto.alt == "数据疑点").value
    (number,), (address,) = doubts["批次"], doubts["内容"]
    assert parse_qs(urlsplit(address).query) == {"province": ["陕西省"], "snapshot": [str(number)]}


def test_a_table_of_tasks_moves_no_day_and_the_page_tells_how_new_each_campaign_is(data: Path) -> None:
    shaanxi = Province(the_store(), "陕西省")
    listed(shaanxi, "assistance", "region | declared | number\n榆林 | 是 | 3", "2024-05-31")
    shaanxi.reports("region | year | quota\n榆林 | 2024 | 40", "2024-06-12")
    page = open_page(ALERTS, province="陕西省")
    assert next(box for box in page.selectbox if box.key == "as_of").value == "2024-05-31"
    (told,) = [text for text in texts(page) if text.startswith("各专项最近一次报送：")]
    assert "专项治理2024年3月1日" in told and "帮扶行动2024年5月31日" in told


def test_today_can_be_looked_at_and_shows_what_has_fallen_silent_since(published: Path) -> None:
    page = opened()
    assert "未报送" not in counted(page)
    box = next(box for box in page.selectbox if box.key == "as_of")
    assert (box.options[-1], DAY in box.options) == (f"今天 {today()}", True)
    box.set_value(today().isoformat()).run()
    assert not page.exception and f"今天 {chinese_day(today())}" in markup(page)
    assert counted(page)["未报送"] > counted(opened()).get("未报送", 0)
