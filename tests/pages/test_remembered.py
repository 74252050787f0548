"""已记住的列对应和地名: everything that was explained, with a way to take it back."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.books import csv_bytes
from tests.pages.screen import open_page, shown
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.store import Learned
from zyb.ui.frame.loading import the_store
from zyb.uploads.remembering import PROVINCE_ONLY

UPLOAD = "pages/intake/upload.py"
SHAANXI, XIAN, BAOJI = "610000", "610100", "610300"
ZONE = Learned(places=(("高新区", XIAN),))
DONE = Learned(headings=(("governance_progress", "办好了的", "completed"),))
OFFICIAL = Viewer("w", "王某", "official", OwnRegion(XIAN, "西安市"))


def opened(row: int | None = None, viewer: Viewer = LOCAL_ADMIN) -> AppTest:
    page = open_page(UPLOAD, viewer)
    if row is not None:
        page.session_state["remembered"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def test_nothing_is_shown_where_nothing_was_explained(data: Path) -> None:
    page = opened()
    assert "数据上报" in shown(page)
    assert not [one for one in page.expander if "已记住" in one.label]


def test_each_is_listed_with_what_it_means_for_whom_and_who_said_it(data: Path) -> None:
    the_store().learn(SHAANXI, DONE, by="省级张某")
    the_store().learn(SHAANXI, ZONE, by="王某", unit=BAOJI)
    page = opened()
    assert [one.label for one in page.expander if "已记住" in one.label] == [
        "已记住的列对应、地名和填法（2）"
    ]
    table = next(frame.value for frame in page.dataframe if "文件中的写法" in frame.value.columns)
    assert table.drop(columns="指定时间").values.tolist() == [
        ["全省", "专项治理进展汇总表", "办好了的", "列：完成治理企业数", "省级张某"],
        ["宝鸡市", "各台账", "高新区", "地区：西安市", "王某"],
    ]


def test_one_is_forgotten_after_a_second_click_and_it_is_recorded(data: Path) -> None:
    the_store().learn(SHAANXI, ZONE, by="王某", unit=XIAN)
    asked = press(opened(0), "删除这一条")
    assert "宝鸡" not in shown(asked) and "“高新区”不再读作“地区：西安市”" in shown(asked)
    assert the_store().learned(SHAANXI, XIAN) == ZONE
    press(asked, "确认删除")
    assert the_store().learned(SHAANXI, XIAN) == Learned()
    assert [line[1:4] for line in the_store().audit_lines(1)] == [("本机管理员", "忘记写法", "高新区")]


def test_who_answers_for_a_region_leaves_what_all_rely_on_alone(data: Path) -> None:
    the_store().learn(SHAANXI, ZONE, by="省级")
    page = opened(0, OFFICIAL)
    assert "删除这一条" not in labels(page) and PROVINCE_ONLY.replace("{全省}", "全省") in shown(page)


def test_an_answer_that_was_remembered_counts_for_the_next_file_at_once(data: Path) -> None:
    head = [("西安市专项治理进展（截至2024年5月31日）",), ("地区", "纳入治理企业数", "办好了的")]
    page = open_page(UPLOAD, LOCAL_ADMIN)
    content = csv_bytes([*head, ("西安市", 10, 5)])
    page.file_uploader[0].set_value([("五月.csv", content, "text/csv")])
    assert "缺少“完成治理企业数”一列" in shown(page.run())
    the_store().learn(SHAANXI, DONE, by="王某", unit=XIAN)
    assert "缺少“完成治理企业数”一列" not in shown(page.run())
