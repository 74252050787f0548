"""From the list of a region or a county on a campaign's page to all of it in 数据查询, with the same filters."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.books import csv_bytes
from tests.pages.screen import open_page
from zyb.access import Viewer, on_this_machine
from zyb.ui.frame.loading import the_store
from zyb.uploads import accept, prepare

DECLARATION, GOVERNANCE, EXPLORE = "declaration", "governance", "pages/reports/explore.py"
LEADER = Viewer("l", "张厅长", "leader")
LABEL = "在数据查询中查看全部明细，筛选、下载"
EMPLOYERS = [
    ["陕西省职业病危害用人单位数据库（截至2024年9月30日）"],
    ["用人单位名称", "统一社会信用代码", "地区", "县区", "行业代码", "是否已申报"],
    ["甲公司", "91610113MA0000000C", "西安市", "雁塔区", "3032", "是"],
    ["丙公司", "91610102MA00000021", "西安市", "新城区", "3032", "是"],
    ["乙公司", "91610302MA0000001P", "宝鸡市", "渭滨区", "0610", "否"],
]


@pytest.fixture
def employers(data: Path) -> Path:
    table = prepare(the_store(), csv_bytes(EMPLOYERS), "数据库.csv", today=date(2025, 1, 1))
    accept(the_store(), table, by=on_this_machine("王某"))
    return data


def lead(page: AppTest) -> dict[str, list[str]] | None:
    """What the link asks for; None where there is none."""
    links: list[Any] = [one.proto for one in page.get("page_link") if one.proto.label == LABEL]
    return parse_qs(links[0].query_string or urlsplit(links[0].page).query) if links else None


def rows(asked: dict[str, list[str]]) -> list[str]:
    page = open_page(EXPLORE, LEADER, **{key: values[0] for key, values in asked.items()})
    (frame,) = [one.value for one in page.dataframe if "用人单位名称" in one.value]
    return sorted(frame["用人单位名称"])


@pytest.mark.parametrize(("region", "names"), [("", ["丙公司", "乙公司", "甲公司"]), ("宝鸡市", ["乙公司"])])
def test_the_link_asks_for_the_rows_of_the_province_or_of_the_region(
    employers: Path, region: str, names: list[str]
) -> None:
    asked = lead(open_page(DECLARATION, LEADER, **({"region": region} if region else {})))
    assert asked and asked["as_of"] == ["2024-09-30"] and asked.get("region", [""]) == [region]
    assert rows(asked) == sorted(names)


def test_a_county_that_is_picked_goes_with_it(employers: Path) -> None:
    page = open_page(DECLARATION, LEADER, region="西安市")
    next(box for box in page.selectbox if box.key == "county").select("雁塔区").run()
    asked = lead(page)
    assert asked and rows(asked) == ["甲公司"]


def test_where_nobody_has_sent_a_list_nothing_is_offered(employers: Path) -> None:
    assert lead(open_page(GOVERNANCE, LEADER)) is None, "a summary has no rows of enterprises"
    assert lead(open_page(DECLARATION, LEADER, region="延安市")) is None
