"""下载全部明细 on a page: for whom, of what, and how invented data are marked."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from streamlit.testing.v1 import AppTest

from tests.books import csv_bytes
from tests.pages.screen import open_page
from zyb.access import ROLES, Permission, Role, Viewer, on_this_machine
from zyb.settings import DEMO_MARKER, DEMO_WARNING
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.counties.details import KEPT, Made
from zyb.uploads import accept, prepare

DECLARATION, GOVERNANCE = "declaration", "governance"
LEADER = Viewer("l", "张厅长", "leader")
MAKE = "下载全部明细"
EMPLOYERS = [
    ["陕西省职业病危害用人单位数据库（截至2024年9月30日）"],
    ["用人单位名称", "统一社会信用代码", "地区", "行业代码", "法人代表", "是否已申报"],
    ["甲公司", "91610113MA0000000C", "西安市", "3032", "赵某", "是"],
    ["乙公司", "91610302MA0000001P", "宝鸡市", "0610", "钱某", "否"],
]


@pytest.fixture
def employers(data: Path) -> Path:
    table = prepare(the_store(), csv_bytes(EMPLOYERS), "数据库.csv", today=date(2025, 1, 1))
    accept(the_store(), table, by=on_this_machine("王某"))
    return data


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def made(page: AppTest) -> Made:
    done = next(button for button in page.button if button.label == MAKE).click().run()
    assert not done.exception
    found = done.session_state[KEPT]
    assert isinstance(found, Made)
    return found


def sheet(file: Made) -> Worksheet:
    found = load_workbook(io.BytesIO(file.content)).active
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize(("region", "names"), [("", ["甲公司", "乙公司"]), ("宝鸡市", ["乙公司"])])
def test_the_file_holds_the_rows_of_the_province_or_of_the_region(employers, region, names):
    query = {"region": region} if region else {}
    file = made(open_page(DECLARATION, LEADER, **query))
    assert file.name == f"陕西省{region}职业病危害用人单位数据库明细（截至2024年9月30日）.xlsx"
    said = [cell for row in sheet(file).iter_rows(min_row=4, values_only=True) for cell in row]
    assert file.rows == len(names) and [cell for cell in said if cell in ("甲公司", "乙公司")] == names
    assert "钱某" not in said, "personal data stay here"


def test_invented_data_are_marked_in_name_and_sheet(employers):
    (employers / DEMO_MARKER).touch()
    file = made(open_page(DECLARATION, LEADER))
    assert file.name.startswith("演示数据_")
    assert str(sheet(file)["A2"].value).startswith(DEMO_WARNING)


def test_where_nobody_has_sent_a_list_nothing_is_offered(employers):
    assert MAKE not in labels(open_page(GOVERNANCE, LEADER)), "a summary has no rows of enterprises"
    assert MAKE in labels(open_page(DECLARATION, LEADER))
    assert MAKE not in labels(open_page(DECLARATION, LEADER, region="延安市"))


def test_who_may_not_have_data_is_not_offered_it(employers, monkeypatch):
    onlooker = Role("旁听人员", frozenset({Permission.VIEW_PROGRESS}))
    monkeypatch.setitem(ROLES, "leader", onlooker)
    page = open_page(DECLARATION, LEADER)
    assert page.selectbox and MAKE not in labels(page)
