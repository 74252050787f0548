"""From a figure to its definition, document, snapshot, file and rows: what each click opens."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from tests.books import csv_bytes, uscc
from tests.pages.screen import markup, open_page, plain, shown
from zyb.access import on_this_machine
from zyb.rulebook.measures import measures
from zyb.ui.frame.leads import measure_address
from zyb.ui.frame.navigation import pages
from zyb.uploads import accept, prepare
from zyb.uploads.opening import open_store

OVERVIEW, GOVERNANCE = "pages/progress/overview.py", "governance"
DECLARATION, SNAPSHOTS = "declaration", "pages/intake/snapshots.py"
ASSISTANCE = "assistance"
EMPLOYERS = [
    ["陕西省职业病危害用人单位数据库（截至2024年9月30日）"],
    ["用人单位名称", "统一社会信用代码", "地区", "行业代码", "是否已申报", "职工人数", "风险类别"],
    ["甲公司", "91610113MA0000000C", "西安市", "3032", "是", "50", "严重"],
    ["乙公司", "91610302MA0000001P", "宝鸡市", "0610", "否", "20", "严重"],
]


@pytest.fixture
def employers(data: Path) -> Path:
    store = open_store(data)
    table = prepare(store, csv_bytes(EMPLOYERS), "数据库.csv", today=date(2025, 1, 1))
    accept(store, table, by=on_this_machine("王某"))
    store.close()
    return data


@pytest.mark.parametrize("path", [OVERVIEW, GOVERNANCE])
def test_definition_document_and_files_stand_on_the_page_and_each_file_leads_to_its_rows(data, path):
    page = open_page(path)
    assert "完成治理企业数÷纳入治理企业数" in shown(page) and "陕卫办职业发〔2024〕5号" in shown(page)
    (sources,) = (table.value for table in page.dataframe if "内容" in table.value)
    for number, address in zip(sources["批次"], sources["内容"], strict=True):
        query = dict(parse_qsl(urlsplit(address).query))
        rows = open_page(SNAPSHOTS, **query)
        assert f"批次 {number}：" in shown(rows) and "西安市" in shown(rows)


def test_a_link_to_a_snapshot_that_is_not_there_opens_the_register_alone(data):
    page = open_page(SNAPSHOTS, snapshot="999")
    assert "批次列表" in shown(page)
    assert "下载原文件" not in [button.label for button in page.get("download_button")]


@pytest.mark.parametrize("region", ["", "宝鸡市"])
def test_a_link_to_a_measure_opens_it_with_its_region(employers, region):
    severe = measures("陕西省")["declaration_severe"]
    address = urlsplit(measure_address("陕西省", severe, region, date(2024, 9, 30)))
    assert address.path.strip("/") in {entry.url_path for entry in pages()}
    page = open_page(DECLARATION, **dict(parse_qsl(address.query)))
    hero = plain(markup(page).split("z-hero")[1])
    assert f"{region[:2] or '全省'}严重行业应报尽报率" in hero
    assert severe.definition in shown(page)


def test_every_figure_of_the_matrix_leads_to_its_measure(employers):
    page = open_page(DECLARATION)
    (matrix,) = (html.value for html in page.get("html") if "z-heat" in html.value)
    assert matrix.count("<a ") == matrix.count("z-heat") == 2 * 13
    assert "measure=declaration_severe" in matrix and "measure=declaration_coverage" in matrix


def test_declaration_is_told_by_industry_for_the_province_and_for_a_region(employers):
    whole, baoji = (shown(open_page(DECLARATION, **query)) for query in ({}, {"region": "宝鸡市"}))
    assert "全省应报尽报率：按行业大类" in whole and "30 非金属矿物制品业" in whole and "采矿业" in whole
    assert "06 煤炭开采和洗选业" in baoji and "30 非金属矿物制品业" not in baoji


TASKS = [
    ["河北省中小微企业帮扶任务表（2024-2025年）"],
    ["行政区域", "2024年帮扶任务数", "2025年帮扶任务数", "合计帮扶任务数"],
    ["保定市", "10", "12", "22"],
]
FIVE = [
    heading
    for item in (
        "职业病危害因素辨识",
        "职业健康管理制度",
        "现场告知和防护用品配置指导",
        "职业健康培训",
        "超标岗位治理",
    )
    for heading in (f"是否开展{item}", "开展时间")
]
ASSISTED = [
    ["河北省中小微企业帮扶台账（截至2024年9月30日）"],
    ["用人单位名称", "统一社会信用代码", "地区", *FIVE, "是否完成帮扶工作目标"],
    ["甲公司", uscc(1), "保定市", *["是", "2024-06-03"] * 5, "是"],
    ["乙公司", uscc(2), "保定市", *["是", "2024-06-04"] * 5, "否"],
]


def test_beside_a_table_of_tasks_the_reports_are_those_of_the_list(data):
    store = open_store(data)
    for name, rows in (("任务表.csv", TASKS), ("台账.csv", ASSISTED)):
        table = prepare(store, csv_bytes(rows), name, today=date(2024, 10, 1))
        assert table.status == "accepted", [p.message for p in table.problems]
        accept(store, table, by=on_this_machine("王某"))
    store.close()
    page = open_page(ASSISTANCE, province="河北省", region="保定市", measure="assistance_progress")
    (told,) = (
        table.value for table in page.dataframe if "完成帮扶" in table.value and "年度任务" in table.value
    )
    assert told.to_dict("records") == [{"数据截至": "2024-09-30", "年度任务": 10, "完成帮扶": 1}]


# The figure of the first page, the league's of a region, and those on the way from elsewhere.
FIRST_CLICKS = (
    (OVERVIEW, {}), (GOVERNANCE, {}), (GOVERNANCE, {"region": "宝鸡市"}),
)  # fmt: skip


@pytest.mark.parametrize(("path", "query"), FIRST_CLICKS)
def test_one_click_leads_from_the_rate_to_its_rows_with_file_sheet_and_line(published, path, query):
    page = markup(open_page(path, province="陕西省", as_of="2024-03-01", **query))
    addresses = [html.unescape(one) for one in re.findall(r'href="(/explore\?[^"]*)"', page)]
    assert len(addresses) >= 3
    rows = open_page("pages/reports/explore.py", **parse_qs(urlsplit(addresses[0]).query))
    assert not rows.exception
    table = next(frame.value for frame in rows.dataframe if "工作表" in frame.value.columns)
    assert {"文件", "工作表", "行"} <= set(table.columns) and len(table) == (1 if query else 12)


@pytest.mark.parametrize(("path", "query"), [("pages/progress/region.py", {"region": "宝鸡市"})])
def test_elsewhere_the_first_click_opens_the_page_from_which_the_second_leads(published, path, query):
    page = markup(open_page(path, province="陕西省", as_of="2024-03-01", **query))
    first = re.findall(r'href="/governance\?([^"]*)"', page)
    assert first
    second = markup(open_page(GOVERNANCE, **dict(parse_qsl(html.unescape(first[0])))))
    assert 'href="/explore?' in second


def test_rows_of_the_league_alerts_and_figures_open_what_they_speak_of(shared: Path) -> None:
    page = open_page(OVERVIEW, province="陕西省", as_of="2024-03-01")
    known = {entry.url_path for entry in pages()}
    parts = {
        "z-league": ("region", "榆林市"),  # a row: all that is measured there
        "z-alert": ("governance", "榆林市"),  # 需要调度: the measure, opened at the region
        "z-kpis": ("alerts", ""),  # 低于序时的地区
    }
    for part, (path, region) in parts.items():
        found = [one.value for one in page.get("html") if part in one.value]
        links = [
            urlsplit(html.unescape(link)) for one in found for link in re.findall(r'href="([^"]+)"', one)
        ]
        assert {link.path.strip("/") for link in links} <= known
        wanted = [dict(parse_qsl(link.query)) for link in links if link.path.strip("/") == path]
        assert any(query.get("region", "") == region and query["province"] == "陕西省" for query in wanted)
    (tiles,) = [one.value for one in page.get("html") if "z-tiles" in one.value]
    assert "/governance?" in html.unescape(tiles) and "/alerts?" in html.unescape(tiles)
