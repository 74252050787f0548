"""历史批次: look into an upload, fetch the original, withdraw it with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import league, markup, open_page, shown, texts
from tests.pages.test_upload_page import april, book, confirm, upload
from tests.pages.wording import english_words
from tests.spec.conftest import submission
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.inquiries.register import SORTS, RegisterInquiry
from zyb.ui.frame.loading import the_store

SNAPSHOTS, OVERVIEW = "pages/intake/snapshots.py", "pages/progress/overview.py"


def open_newest(viewer: Viewer = LOCAL_ADMIN) -> AppTest:
    """The register with its first line chosen."""
    page = open_page(SNAPSHOTS, viewer, province="陕西省")
    page.session_state["register"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def newest() -> int:
    return the_store().snapshots()[0].id


def headline() -> str:
    return league(open_page(OVERVIEW))[0][4]


def test_the_register_names_the_documents_of_the_published_figures(data: Path) -> None:
    register = open_page(SNAPSHOTS).dataframe[0].value
    assert set(register["台账"]) == {"示范帮扶名额分配表", "专项治理进展汇总表"}
    assert any("陕卫办职业发〔2024〕5号" in source for source in register["来源"])


def test_an_upload_can_be_looked_into_row_by_row(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    page = open_newest()
    assert not page.exception
    rows = page.dataframe[1].value
    assert list(rows["地区"])[:2] == ["西安市", "宝鸡市"]
    assert dict(zip(rows["地区"], rows["完成治理企业数"], strict=True))["榆林市"] == 110
    assert english_words(texts(page)) == []
    assert "None" not in markup(page) and markup(page).count("z-printed") == 2


def test_an_original_is_for_who_reports_or_checks(data: Path) -> None:
    """The published table speaks of all regions: it is no single region's to fetch, nor a leader's to read."""
    xian = Viewer("wang", "王某", "official", OwnRegion("610100", "西安市"))
    offered = {
        viewer.role: [button.label for button in open_newest(viewer).get("download_button")]
        for viewer in (LOCAL_ADMIN, Viewer("li", "李某", "analyst"), Viewer("zhao", "赵某", "leader"), xian)
    }
    assert {role for role, labels in offered.items() if "下载原文件" in labels} == {"admin", "analyst"}
    assert "您没有下载上报原文件的权限。" in shown(open_newest(Viewer("zhao", "赵某", "leader")))
    assert "您只能下载本地区（西安市）上报的原文件。" in shown(open_newest(xian))


def test_a_withdrawal_is_asked_about_before_it_happens(data: Path) -> None:
    """What happens inside the dialogue is a matter for the browser's tests."""
    page = press(open_newest(), "撤回此批次")
    assert "批次和原文件仍保留，可以查看和下载。" in shown(page)
    assert [box.label for box in page.text_input] == ["文字", "撤回原因（必填）"]
    assert {"取消", "确认撤回"} <= {button.label for button in page.button}
    assert english_words(texts(page)) == []
    assert not the_store().snapshot(newest()).withdrawn


def test_after_a_withdrawal_the_figures_are_those_of_before(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    assert headline() == "55.4%"
    the_store().withdraw(newest(), by="王某", reason="报送有误")
    assert headline() == "54.8%"
    register = open_page(SNAPSHOTS)
    assert "其中已撤回 1 个" in shown(register)
    assert register.dataframe[0].value["状态"][0] == "已撤回"


def test_a_withdrawn_upload_offers_no_second_withdrawal(data: Path) -> None:
    the_store().withdraw(newest(), by="王某", reason="测试")
    page = open_newest()
    assert "如需恢复，请下载原文件后重新上报。" in shown(page)
    assert "撤回此批次" not in [button.label for button in page.button]


def test_an_official_is_told_why_another_regions_upload_stays(data: Path) -> None:
    page = open_newest(Viewer("wang", "王某", "official", OwnRegion("610800", "榆林市")))
    assert "您只能撤回本地区（榆林市）的批次" in shown(page)
    assert "撤回此批次" not in [button.label for button in page.button]


def test_an_official_takes_back_what_still_speaks_and_not_what_has_been_replaced(data: Path) -> None:
    yulin = Viewer("wang", "王某", "official", OwnRegion("610800", "榆林市"))
    for day, replaced in (("2024-04-30", False), ("2024-03-31", True)):
        found = submission("region | enrolled | completed\n榆林 | 463 | 110", day, "陕西省")
        the_store().save_snapshot(found, day.encode(), "榆林.csv", by="王某")
        page = open_newest(yulin)
        assert ("此批次已被更新的批次取代" in shown(page)) == replaced
        assert ("撤回此批次" in [button.label for button in page.button]) != replaced


def test_a_leader_looks_but_does_not_withdraw(data: Path) -> None:
    page = open_newest(Viewer("li", "李某", "leader"))
    assert "您没有撤回批次的权限" in shown(page)
    assert not page.button


def test_a_missing_original_says_so_on_its_button_and_what_to_do(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    (data / "uploads" / the_store().snapshots()[0].sha256).unlink()
    page = open_newest()
    assert not page.exception
    (button,) = [one for one in page.get("download_button") if "原文件" in one.proto.label]
    assert (button.proto.label, button.proto.disabled) == ("原文件缺失或已损坏", True)
    assert "原始文件已不在数据目录中" in shown(page) and "请管理员从备份中恢复" in shown(page)
    assert english_words(texts(page)) == []


def test_a_damaged_original_is_not_offered_either(data: Path) -> None:
    confirm(upload(("四月.xlsx", book(april()))))
    (data / "uploads" / the_store().snapshots()[0].sha256).write_bytes(b"something else")
    assert "原始文件已损坏，与入库时不一致" in shown(open_newest())


# -- of many ------------------------------------------------------------------------------------


def reports_of_days(days: int = 60) -> list[int]:
    """Reports of 榆林, a day each, the newest last."""
    for day in range(days):
        found = submission("region | enrolled | completed\n榆林 | 463 | 110", f"2024-{4 + day // 28:02}-{1 + day % 28:02}", "陕西省")  # fmt: skip
        the_store().save_snapshot(
            found, str(day).encode(), f"榆林{day}.csv", by="王某" if day % 2 else "李某"
        )
    return [snapshot.id for snapshot in reversed(the_store().snapshots()) if snapshot.file_name[:2] == "榆林"]


def test_a_link_opens_the_page_that_holds_its_snapshot(data: Path) -> None:
    first, *_ = reports_of_days()
    page = open_page(SNAPSHOTS, province="陕西省", snapshot=str(first))
    register = page.dataframe[0].value
    assert first in list(register["批次"]) and len(register) < 50
    assert f"批次 {first}：专项治理进展汇总表" in shown(page)
    assert register["状态"][list(register["批次"]).index(first)] == "已被替代"
    assert english_words(texts(page)) == [] and not page.exception


def test_a_snapshot_that_the_filters_hide_is_shown_and_says_so(data: Path) -> None:
    first, *_ = reports_of_days(2)
    page = open_page(SNAPSHOTS, province="陕西省", snapshot=str(first), state="有效", by="王某")
    assert [button.label for button in page.button if button.key.startswith("register_chip")] == ["有效", "上报人：王某"]  # fmt: skip
    assert f"批次 {first} 不符合所选的筛选条件" in shown(page) and f"批次 {first}：" in shown(page)
    page = press(page, "去掉筛选条件，在列表中查看")
    assert "state" not in page.query_params and first in list(page.dataframe[0].value["批次"])
    assert "不符合所选的筛选条件" not in shown(page)


def test_a_filter_is_in_the_address_and_taken_off_by_its_chip(data: Path) -> None:
    reports_of_days(2)
    page = open_page(SNAPSHOTS, province="陕西省")
    page.text_input(key="register_text").set_value("榆林1").run()
    assert page.query_params["text"] == "榆林1"
    assert list(page.dataframe[0].value["文件"]) == ["榆林1.csv"]
    page = press(page, "含“榆林1”")
    assert "text" not in page.query_params and len(page.dataframe[0].value) > 1


def test_a_number_that_is_no_snapshots_and_one_of_another_province_are_told(data: Path) -> None:
    assert "没有批次 999" in open_page(SNAPSHOTS, province="陕西省", snapshot="999").warning[0].value
    number = str(newest())
    assert "是陕西省的" in open_page(SNAPSHOTS, province="河北省", snapshot=number).warning[0].value
    odd = open_page(SNAPSHOTS, province="陕西省", state="好", snapshot="x")
    assert "“好”不能识别" in odd.warning[0].value and not odd.exception


@pytest.mark.parametrize("sort", ["", *SORTS, *(f"-{name}" for name in SORTS)])
def test_every_order_shows_all_and_says_by_what(published: Path, sort: str) -> None:
    page = open_page(SNAPSHOTS, province="陕西省", sort=sort)
    register = page.dataframe[0]
    assert (
        not page.exception
        and len(register.value) == the_store().register_page(RegisterInquiry(province="陕西省")).total
    )
    labels = [column.get("label", "") for column in json.loads(register.proto.columns).values()]
    marked = [label for label in labels if label.endswith(("↑", "↓"))]
    assert marked == ([f"{SORTS[sort.removeprefix('-')]} {'↓' if sort[0] == '-' else '↑'}"] if sort else [])
