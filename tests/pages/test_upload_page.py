"""数据上报: problems at once, the effect before confirming, the receipt; nothing saved without a click."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.books import (
    NOTICE,
    NOTICE_MERGED,
    NOTICE_TITLE,
    Rows,
    csv_bytes,
    notice_rows,
    several,
    submission,
    uscc,
    xlsx,
)
from tests.pages.screen import league, markup, open_page, plain, shown, texts
from tests.pages.wording import english_words
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer, on_this_machine
from zyb.errors import ZybError
from zyb.records import Part
from zyb.rulebook.problems import Problem
from zyb.store import Learned, Store
from zyb.ui.frame.loading import the_store
from zyb.ui.upload import background, confirming, file_card
from zyb.ui.upload.problems import _is_long, _lines
from zyb.ui.upload.waiting import the_room
from zyb.uploads import WorkStage, accept, prepare

UPLOAD, OVERVIEW = "pages/intake/upload.py", "pages/progress/overview.py"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
APRIL = "陕西省职业病危害专项治理进展情况表（截至2024年4月1日）"
LISTED = ("企业名称", "地区", "是否完成治理")
NEXT = {"榆林市": (463, 110)}  # 84 in the notice, so the province goes from 2575 to 2601 of 4699: 55.4 %


def titled(title: str, rows: Rows) -> Rows:
    return [(title, *rows[0][1:]), *rows[1:]]


def april(figures: dict[str, tuple[object, object]] | None = None) -> Rows:
    """The notice's table a month later, with its total."""
    table = {**NOTICE, **(figures or NEXT)}
    total = [sum(int(str(pair[side])) for pair in table.values()) for side in (0, 1)]
    return titled(APRIL, notice_rows(table, total))


def book(rows: Rows) -> bytes:
    return xlsx(rows, merged=NOTICE_MERGED)


def upload(*files: tuple[str, bytes], viewer: Viewer = LOCAL_ADMIN) -> AppTest:
    page = open_page(UPLOAD, viewer)
    page.file_uploader[0].set_value([(name, content, XLSX) for name, content in files])
    return page.run()


def confirmation(page: AppTest) -> list[str]:
    return [button.label for button in page.button if "确认" in button.label]


def confirm(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.label == "确认入库").click().run()


def problems(page: AppTest) -> list[str]:
    lists = [html.value for html in page.get("html") if "z-problem" in html.value]
    return [plain(f"<div{part}") for part in lists[0].split('<div class="z-problem')[1:]] if lists else []


def numbers_of_snapshots() -> list[int]:
    return [snapshot.id for snapshot in the_store().snapshots()]


def test_the_limits_of_a_file_are_said_before_anything_is_dropped(data: Path) -> None:
    assert "每个文件不超过 50 MB、50 张工作表，每张表不超过 1,048,576 行、300 列" in shown(open_page(UPLOAD))


# -- how it is said ---------------------------------------------------------------------------


def found_in(code: str, cell: str, value: str, message: str, remedy: str = "请核对。") -> Problem:
    return Problem(
        severity="error", code=code, sheet="表", cell=cell, value=value, message=message, remedy=remedy,
        aside=message.removeprefix(f"{cell}："), wherever=(message + remedy).replace(cell, cell[0]),
    )  # fmt: skip


def test_equal_words_are_one_line_and_two_regions_never_are() -> None:
    same = [
        found_in("not_a_number", f"B{n}", "很多", f"B{n} 的“纳入”填写为“很多”，不是数量。") for n in (2, 12)
    ]
    falls = [
        found_in("fell", f"C{n}", "51", f"C{n}：{region}的“完成”累计数由 {before} 降为 51。")
        for n, region, before in ((7, "铜川市", 84), (12, "安康市", 82))
    ]
    lines = _lines([same[0], falls[0], same[1], falls[1]], Counter())
    assert [(line.cell, line.sentence) for line in lines] == [
        ("B2", "错误：B2 的“纳入”填写为“很多”，不是数量。（同样的问题共 2 处）"),
        ("C7", "错误：铜川市的“完成”累计数由 84 降为 51。"),
        ("C12", "错误：安康市的“完成”累计数由 82 降为 51。"),
    ]
    assert [line.remedy for line in lines] == ["请核对。", "请核对。（以下 2 处同此办理）", ""]


def test_equal_faults_beyond_those_that_are_named_are_counted_truly(data: Path) -> None:
    lines = [(f"甲{n}公司", "西安市", "也许") for n in range(1234)]
    page = upload(("台账.csv", csv_bytes([("专项治理企业台账（截至2024年3月1日）",), LISTED, *lines])))
    assert "1,234 处需要改正" in shown(page) and "错误 1,234 处" in shown(page)
    assert "（同样的问题共 1,234 处，表格中标出前 300 处）" in shown(page)


def test_of_a_long_list_only_the_faulty_rows_come_back() -> None:
    found = submission(
        [("专项治理企业台账（截至2024年3月1日）",), LISTED, *[("甲", "西安市", "也许")] * 20_000]
    )
    short = submission([("专项治理企业台账（截至2024年3月1日）",), LISTED, ("甲", "西安市", "也许")])
    assert _is_long([found]) and not _is_long([short])


def test_a_misspelt_region_is_put_right_everywhere_with_one_click(data: Path) -> None:
    rows = [(f"甲{n}公司", "杨铃" if n < 3 else "西安市", "否") for n in range(5)]
    page = upload(("台账.csv", csv_bytes([("专项治理企业台账（截至2024年3月1日）",), LISTED, *rows])))
    assert "3 处需要改正" in shown(page)
    (button,) = [one for one in page.button if "杨凌示范区" in one.label]
    assert button.label == "3 处都按“杨凌示范区”入库"
    button.click().run()
    assert "可以入库" in shown(page) and "“杨铃”按“杨凌示范区”入库" in shown(page)


# -- refused ------------------------------------------------------------------------------


def test_a_bad_workbook_lists_exactly_its_problems_and_offers_no_confirmation(data: Path) -> None:
    rows = [list(row) for row in april()]
    lines = {row[0]: number for number, row in enumerate(rows)}
    rows[lines["宝鸡"]][0] = "宝鸡县"
    rows[lines["延安"]][2] = 132
    rows[lines["合  计"]][2] = 2600
    before = numbers_of_snapshots()
    page = upload(("四月.xlsx", book(rows)))
    found = problems(page)
    faulty = (("合  计", 2), ("宝鸡", 0), ("延安", 2))
    places = [f"{'ABC'[column]}{lines[name] + 1}" for name, column in faulty]
    assert sorted(problem.split()[0] for problem in found) == sorted(places)
    assert any("宝鸡县" in problem and "名册" in problem for problem in found)
    assert any("132" in problem and "大于" in problem for problem in found)
    assert any("2600" in problem and "合计" in problem for problem in found)
    assert "3 处需要改正" in shown(page)
    assert confirmation(page) == []
    assert "→" not in shown(page)
    assert numbers_of_snapshots() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("空白.xlsx", xlsx([])),
        ("没有表头.xlsx", xlsx([("张三", 1), ("李四", 2)])),
        ("空文件.xlsx", b""),
        ("半个.xlsx", xlsx([("地区", "纳入治理企业数")])[:300]),
    ],
    ids=["picture", "empty-workbook", "no-headings", "nothing", "cut-off"],
)
def test_what_is_no_ledger_is_refused_with_a_sentence_and_a_remedy(
    data: Path, name: str, content: bytes
) -> None:
    page = upload((name, content))
    assert not page.exception
    (problem,) = problems(page)
    assert problem.count("。") >= 2 and "请" in problem
    assert english_words(texts(page)) == []
    assert confirmation(page) == []


# -- accepted -----------------------------------------------------------------------------


def test_a_good_workbook_shows_its_effect_first_and_is_saved_by_the_click(data: Path) -> None:
    page = upload(("四月.xlsx", book(april())))
    before = numbers_of_snapshots()
    assert problems(page) == []
    assert "确认后全省专项治理完成率 54.8% → 55.4%" in shown(page)
    assert "修改 1 行，不变 11 行" in shown(page)
    assert confirmation(page) == ["确认入库"]
    assert english_words(texts(page)) == []

    page = confirm(page)
    assert not page.exception
    assert len(numbers_of_snapshots()) == len(before) + 1
    assert f"已入库：批次 {numbers_of_snapshots()[0]}" in shown(page)
    assert "全省专项治理完成率 54.8% → 55.4%" in shown(page)
    assert confirmation(page) == []
    assert english_words(texts(page)) == []

    rows = league(open_page(OVERVIEW))
    assert {row[1]: row[4] for row in rows}["榆林"] == "23.8%"
    assert rows[0][4] == "55.4%"


def test_the_receipt_stays_and_nothing_is_saved_twice_when_the_page_runs_again(data: Path) -> None:
    page = confirm(upload(("四月.xlsx", book(april()))))
    saved = numbers_of_snapshots()
    page = page.run()
    assert "已入库" in shown(page)
    assert numbers_of_snapshots() == saved


def test_the_same_bytes_again_say_so_and_change_nothing(data: Path) -> None:
    content = book(april())
    confirm(upload(("四月.xlsx", content)))
    saved = numbers_of_snapshots()
    page = upload(("四月（副本）.xlsx", content))
    assert f"内容与批次 {saved[0]} 完全相同，没有重复入库，数据没有变化。" in shown(page)
    assert confirmation(page) == []
    assert numbers_of_snapshots() == saved


def test_two_files_at_once_are_judged_each_for_itself(data: Path) -> None:
    page = upload(("照片.xlsx", b"\x89PNG\r\n\x1a\n"), ("四月.xlsx", book(april())))
    assert "1 处需要改正" in shown(page) and "可以入库" in shown(page)
    assert confirmation(page) == ["确认入库"]


# -- what the file leaves open ----------------------------------------------------------------


def test_a_file_that_does_not_say_its_day_asks_for_it(data: Path) -> None:
    rows = titled("陕西省职业病危害专项治理进展情况表", april())
    page = upload(("进展.xlsx", book(rows)))
    assert [picker.label for picker in page.date_input] == ["数据截至日期"]
    assert confirmation(page) == []
    page = page.date_input[0].set_value(date(2024, 4, 1)).run()
    assert "54.8% → 55.4%" in shown(page)
    page = confirm(page)
    assert the_store().snapshots()[0].as_of == date(2024, 4, 1)


def test_the_day_of_filing_is_offered_and_taken_only_when_it_is_chosen(data: Path) -> None:
    rows = titled("陕西省职业病危害专项治理进展情况表 填报时间：2024年4月3日", april())
    page = upload(("进展.xlsx", book(rows)))
    assert page.date_input[0].value is None and confirmation(page) == []
    (offer,) = [button for button in page.button if button.label == "数据就是填报日期2024年4月3日的"]
    confirm(offer.click().run())
    assert the_store().snapshots()[0].as_of == date(2024, 4, 3)


def test_a_list_of_another_year_than_its_day_says_so_and_asks_for_the_day(data: Path) -> None:
    title = "西安市2024年度帮扶台账（截至2025年1月5日）"
    rows: Rows = [(title,), ("用人单位名称", "统一社会信用代码"), ("甲公司", uscc(1))]
    page = upload(("台账.xlsx", xlsx(rows)))
    assert "标题写的是2024年，数据截至日期是 2025年1月5日" in shown(page)
    assert [picker.label for picker in page.date_input] == ["数据截至日期"]
    page = page.date_input[0].set_value(date(2024, 12, 31)).run()
    assert "标题写的是2024年" not in shown(page)
    confirm(page)
    assert the_store().snapshots()[0].as_of == date(2024, 12, 31)


def test_falling_figures_ask_for_a_reason_which_is_kept(data: Path) -> None:
    page = upload(("四月.xlsx", book(april({"榆林市": (463, 80)}))))
    assert "需要说明原因" in shown(page)
    assert confirmation(page) == []
    (reason,) = [box for box in page.text_input if box.label == "累计数减少的原因"]
    page = reason.set_value("4家企业关停，经核实核减").run()
    assert "54.8% → 54.7%" in shown(page)
    confirm(page)
    assert the_store().snapshots()[0].reason == "4家企业关停，经核实核减"


def test_a_blank_reason_is_none(data: Path) -> None:
    page = upload(("四月.xlsx", book(april({"榆林市": (463, 80)}))))
    page = page.text_input[0].set_value("   ").run()
    assert confirmation(page) == []


# -- explanations, remembered for the unit -----------------------------------------------------


def with_odd_heading(region: str, day: str, completed: int) -> bytes:
    rows = [
        (f"陕西省专项治理（截至{day}）",),
        ("地区", "纳入治理企业数", "办结情况"),
        (region, 463, completed),
    ]
    return csv_bytes(rows)


def questions(page: AppTest) -> list[str]:
    return [box.label for box in page.selectbox if "哪一列" in box.label or "按哪个地区" in box.label]


def test_what_one_city_explains_is_asked_once_of_it_and_changes_no_other_city(data: Path) -> None:
    page = upload(("榆林.csv", with_odd_heading("榆林市", "2024年4月1日", 110)))
    assert questions(page) == ["表中哪一列是“完成治理企业数”？"]
    page = (
        page.selectbox(key=next(box.key for box in page.selectbox if "哪一列" in box.label))
        .select("办结情况")
        .run()
    )
    assert "榆林市以后上报不再询问，其他地区不受影响" in shown(page)
    confirm(page)
    (heading,) = the_store().learned("610000", "610800").headings
    assert heading == ("governance_progress", "办结情况", "completed")

    page = upload(("榆林五月.csv", with_odd_heading("榆林市", "2024年5月1日", 120)))
    assert questions(page) == [] and "可以入库" in shown(page)
    page = upload(("延安.csv", with_odd_heading("延安市", "2024年5月1日", 120)))
    assert questions(page) == ["表中哪一列是“完成治理企业数”？"]


def columns_of(page: AppTest, *choices: str) -> AppTest:
    """One answer after the other to the questions which column is what."""
    for choice in choices:
        box = next(box.key for box in page.selectbox if "哪一列" in box.label and box.value is None)
        page = page.selectbox(key=box).select(choice).run()
    return page


def test_of_two_columns_that_may_be_one_an_official_says_which(data: Path) -> None:
    rows = [
        ("陕西省专项治理进展（截至2024年4月1日）",),
        ("地区", "纳入治理企业数", "完成治理数", "已完成治理企业数"),
        ("榆林市", 463, 90, 110),
    ]
    page = upload(("榆林.csv", csv_bytes(rows)))
    assert questions(page) == ["“完成治理企业数”有 2 列，取哪一列？"]
    confirm(columns_of(page, "已完成治理企业数"))
    totals = the_store().totals([the_store().edition("610000", date(2024, 4, 1))])[0]
    assert totals.amount(Part("governance_progress", "610800"), "completed") == 110


def test_which_column_holds_the_places_is_asked_where_none_is_known(data: Path) -> None:
    rows = [
        ("陕西省专项治理进展（截至2024年4月1日）",),
        ("代称", "纳入治理企业数", "完成治理企业数"),
        ("驼城", 463, 110),
    ]
    page = upload(("表.csv", csv_bytes(rows)))
    assert questions(page) == ["表中哪一列是“地区”？"]
    page = columns_of(page, "代称")
    assert questions(page) == ["“驼城”（1 处）按哪个地区入库？"]


def test_whoever_explains_a_heading_otherwise_than_a_colleague_is_told(data: Path) -> None:
    page = upload(("榆林.csv", with_odd_heading("榆林市", "2024年4月1日", 110)))
    other = Learned(headings=(("governance_progress", "办结情况", "enrolled"),))
    box = next(box.key for box in page.selectbox if "哪一列" in box.label)
    page = page.selectbox(key=box).select("办结情况").run()
    the_store().learn("610000", other, by="李四", unit="610800")
    page = confirm(page)
    assert "“办结情况”此前由李四于" in shown(
        page
    ) and "说明为列：纳入治理企业数，今后按您的说明记住" in shown(page)
    assert the_store().learned("610000", "610800").headings == (
        ("governance_progress", "办结情况", "completed"),
    )


def test_what_the_province_explains_holds_for_a_city_until_it_explains_it_otherwise(data: Path) -> None:
    said = Learned(headings=(("governance_progress", "办结情况", "completed"),))
    the_store().learn("610000", said, by="省级")
    page = upload(("延安.csv", with_odd_heading("延安市", "2024年5月1日", 120)))
    assert questions(page) == [] and "可以入库" in shown(page)


@pytest.mark.parametrize("second", [120, 110, 90], ids=["another", "the same", "fewer"])
def test_a_button_that_a_browser_still_shows_does_not_confirm_a_later_comparison(
    data: Path, second: int
) -> None:
    """While the page is drawn anew after the first file, the second's old card can still be pressed."""
    page = upload(
        ("一.xlsx", book(april({"榆林市": (463, 110)}))), ("二.xlsx", book(april({"榆林市": (463, second)})))
    )
    visit = the_room().look("test session id")
    first, other = (file.cards()[0] for file in list(visit.files.values())[-2:])
    shown_then = other.work
    page = confirm(page)
    assert first.confirmed and other.work is not shown_then and len(numbers_of_snapshots()) == 4
    st.session_state.clear()
    assert shown_then
    confirming._save(the_store(), LOCAL_ADMIN, other, shown_then)
    (told,) = st.session_state.values()
    assert "这个文件正在按最新数据重新核对，没有入库" in told
    assert len(numbers_of_snapshots()) == 4 and not other.confirmed and other.content()
    st.session_state.clear()


def test_what_is_wrong_a_thousand_times_is_counted_in_full_on_the_page(data: Path) -> None:
    title = ("陕西省专项治理进展（截至2024年4月1日）",)
    lines = [("某某镇", 5, 3)] * 1_000
    page = upload(("四月.csv", csv_bytes([title, ("地区", "纳入治理企业数", "完成治理企业数"), *lines])))
    assert "同样的问题共 1,000 处，表格中标出前 300 处" in shown(page) or "同样的问题共 1000 处" in shown(
        page
    )
    assert "1000 处需要改正" in shown(page).replace(",", "")


# -- several files -----------------------------------------------------------------------------


def test_a_file_of_several_tables_that_only_fell_asks_for_the_reason(data: Path) -> None:
    both = several(
        ("汇总", april({"榆林市": (463, 80)})),
        ("名额", [("2025年示范帮扶名额分配表",), ("地区", "帮扶企业数量"), ("榆林市", 3)]),
    )
    page = upload(("四月.xlsx", both))
    assert "需要说明原因" in shown(page)


def test_two_sheets_of_one_file_are_held_against_each_other(data: Path) -> None:
    """July says less than June: neither is in force yet, and still it is told before anything goes in."""
    june, july = (
        [(f"陕西省专项治理进展（截至2024年{day}）",), *april({"榆林市": (463, done)})[1:]]
        for day, done in (("6月30日", 300), ("7月31日", 280))
    )
    page = upload(("夏季.xlsx", several(("6月", june), ("7月", july))))
    assert "需要说明原因" in shown(page) and "由 300（截至2024年6月30日）降为 280" in shown(page)


@pytest.mark.parametrize("order", [("六月.csv", "七月.csv"), ("七月.csv", "六月.csv")])
def test_files_that_came_together_are_held_against_each_other(data: Path, order: tuple[str, str]) -> None:
    """Before any of them has gone in; once one has, the other is compared with it as with everything."""
    files = {
        f"{name}.csv": csv_bytes(
            [(f"陕西省专项治理进展（截至2024年{day}）",), *april({"榆林市": (463, done)})[1:]]
        )
        for name, day, done in (("六月", "6月30日", 300), ("七月", "7月31日", 280))
    }
    page = upload(*[(name, files[name]) for name in order])
    assert "同时上报的文件之间有 1 处对不上" in shown(page) and shown(page).count("可以入库") == 2
    page = confirm(page)
    assert "同时上报的文件之间" not in shown(page) and "需要说明原因" in shown(page)


def test_a_list_and_a_summary_that_came_together_are_held_against_each_other(data: Path) -> None:
    listed = csv_bytes([
        ("榆林市专项治理企业台账（截至2024年4月1日）",), ("企业名称", "统一社会信用代码", "是否完成治理"),
        ("甲公司", uscc(1), "是"),
    ])  # fmt: skip
    page = upload(("汇总.xlsx", book(april())), ("名单.csv", listed))
    assert "同时上报的文件之间有 2 处对不上" in shown(page)


def test_every_file_is_followed_through_its_stages(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, WorkStage]] = []
    told = file_card.how_far

    def watched(file: file_card.Arrived, work: background.FileWork) -> None:
        seen.append((file.name, work.stage))
        told(file, work)

    monkeypatch.setattr(file_card, "how_far", watched)
    monkeypatch.setattr(background, "PATIENCE", 0.0)
    monkeypatch.setattr(background, "PAUSE", 0.01)
    names = [f"{number}.xlsx" for number in range(6)]
    page = upload(*[(name, book(april({"榆林市": (463, 100 + n)}))) for n, name in enumerate(names)])
    assert shown(page).count("可以入库") == 6
    for name in names:
        stages = [stage for file, stage in seen if file == name]
        assert stages == sorted(stages), "a file never goes back"
    assert {WorkStage.WAITING, WorkStage.READING} <= {stage for _, stage in seen}
    assert max(_at_work(looks) for looks in _rounds(seen)) <= 2
    assert "正在" not in shown(page) and "排队" not in shown(page)


def _rounds(seen: list[tuple[str, WorkStage]]) -> list[list[tuple[str, WorkStage]]]:
    """The looks at all files that were waited for, one after the other in the order of their names."""
    rounds: list[list[tuple[str, WorkStage]]] = []
    for look in seen:
        if not rounds or look[0] <= rounds[-1][-1][0]:
            rounds.append([])
        rounds[-1].append(look)
    return rounds


def _at_work(looks: list[tuple[str, WorkStage]]) -> int:
    return len({name for name, stage in looks if stage is WorkStage.READING})


# -- what stands in the way when the button is pressed ------------------------------------------


def test_a_full_disk_is_told_on_the_card_and_the_button_can_be_pressed_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(("四月.xlsx", book(april())), ("照片.xlsx", b"\x89PNG\r\n\x1a\n"))
    before = numbers_of_snapshots()
    with monkeypatch.context() as full:
        full.setattr(Store, "_keep_original", no_space)
        page = confirm(page)
    assert not page.exception and not page.error
    assert "原始文件没有保存：磁盘可能已满。请清理磁盘空间后重试。" in shown(page)
    assert "54.8% → 55.4%" in shown(page) and "1 处需要改正" in shown(page), "both files are still there"
    assert confirmation(page) == ["确认入库"] and numbers_of_snapshots() == before

    page = confirm(page)
    assert len(numbers_of_snapshots()) == len(before) + 1
    assert "已入库" in shown(page) and "磁盘" not in shown(page)


def no_space(*_: object, **__: object) -> bool:
    raise ZybError("原始文件没有保存：磁盘可能已满。", "请清理磁盘空间后重试。")


def test_what_was_saved_is_never_hidden_by_an_explanation_that_was_not(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(("四月.xlsx", book(april())))
    monkeypatch.setattr(Store, "learn", no_space)
    page = confirm(page)
    assert not page.exception
    assert f"已入库：批次 {numbers_of_snapshots()[0]}" in shown(page)
    assert "数据已入库，但列对应和地名的说明没有记住" in shown(page)
    assert english_words(texts(page)) == []


def test_what_nobody_expected_leaves_the_page_as_it_is_and_has_a_number(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(("四月.xlsx", book(april())))
    with monkeypatch.context() as broken:
        broken.setattr(Store, "_keep_original", lambda *_: 1 / 0)
        page = confirm(page)
    assert not page.exception and re.search(r"入库时出现意外错误，已记录（编号 [0-9A-F]{6}）", shown(page))
    assert "已入库" in shown(confirm(page))


def test_what_fails_while_one_file_is_read_leaves_the_others_and_can_be_tried_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = book(april()), book(april({"榆林市": (463, 120)}))
    read = background.read_as_explained

    def broken(store: Store, content: bytes, *rest: object) -> object:
        return read(store, content, *rest) if content == good else 1 / 0  # type: ignore[arg-type]

    with monkeypatch.context() as now:
        now.setattr(background, "read_as_explained", broken)
        page = upload(("一.xlsx", bad), ("二.xlsx", good))
    assert not page.exception and confirmation(page) == ["确认入库"]
    assert re.search(r"读取时出现意外错误，已记录（编号 [0-9A-F]{6}）", shown(page))
    (again,) = [button for button in page.button if button.label == "再试一次"]
    assert confirmation(again.click().run()) == ["确认入库", "确认入库"]


def test_what_came_in_meanwhile_is_compared_again_and_asked_about_again(data: Path) -> None:
    page = upload(("四月.xlsx", book(april({"榆林市": (463, 110)}))))
    assert "54.8% → 55.4%" in shown(page)
    others = prepare(the_store(), book(april({"榆林市": (463, 100)})), "另一份.xlsx", today=date(2024, 5, 1))
    accept(the_store(), others, by=on_this_machine("张某"))
    saved = numbers_of_snapshots()

    page = confirm(page)
    assert not page.exception and numbers_of_snapshots() == saved
    assert (
        f"现有数据在您核对之后有变化（批次 {saved[0]}“专项治理进展汇总表”由张某入库），"
        "下面是按最新数据重新核对的结果，请再次确认。"
    ) in shown(page)
    assert "55.1% → 55.4%" in shown(page) and "54.8% → 55.4%" not in shown(page)
    assert english_words(texts(page)) == []

    page = confirm(page)
    assert len(numbers_of_snapshots()) == len(saved) + 1
    assert "55.1% → 55.4%" in shown(page) and "有变化（" not in shown(page)


def test_what_changed_meanwhile_to_a_fall_asks_for_the_reason(data: Path) -> None:
    page = upload(("四月.xlsx", book(april({"榆林市": (463, 110)}))))
    others = prepare(the_store(), book(april({"榆林市": (463, 120)})), "另一份.xlsx", today=date(2024, 5, 1))
    accept(the_store(), others, by=on_this_machine("张某"))
    page = confirm(page)
    assert "现有数据在您核对之后有变化" in shown(page) and "需要说明原因" in shown(page)
    assert confirmation(page) == []


def test_what_changes_nothing_for_the_file_is_not_asked_about(data: Path) -> None:
    page = upload(("四月.xlsx", book(april())))
    the_store().learn("130000", Learned(places=(("雄安", "139900"),)), by="张某")
    assert "已入库" in shown(confirm(page))


# -- whose figures --------------------------------------------------------------------------


def test_an_official_may_not_report_for_other_regions(data: Path) -> None:
    official = Viewer("wang", "王某", "official", OwnRegion("610800", "榆林市"))
    page = upload(("四月.xlsx", book(april())), viewer=official)
    assert any("您只能上报本地区（榆林市）的台账" in error.value for error in page.error)
    assert confirmation(page) == []


def test_an_official_reports_the_own_region(data: Path) -> None:
    official = Viewer("wang", "王某", "official", OwnRegion("610800", "榆林市"))
    rows = [(APRIL,), ("地区", "纳入治理企业数", "完成治理企业数"), ("榆林市", 463, 110)]
    page = confirm(upload(("榆林.csv", csv_bytes(rows)), viewer=official))
    assert "已入库" in shown(page)
    assert the_store().snapshots()[0].uploaded_by == "王某"


# -- hostile names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.xlsx", "**粗体** :red[x] $x$ [a](javascript:x).xlsx"]
)
def test_a_file_name_stays_text(data: Path, name: str) -> None:
    page = confirm(upload((name, book(april()))))
    assert name in shown(page)
    assert "<img src=x" not in markup(page)
    assert_is_never_interpreted(page, name)
    register = open_page("pages/intake/snapshots.py")
    assert name in list(register.dataframe[0].value["文件"])
    assert_is_never_interpreted(register, name)


@pytest.mark.parametrize("region", ["<img src=x onerror=alert(1)>", "[a](javascript:x)", "<b>榆林市</b>"])
def test_the_name_of_a_region_stays_text(data: Path, region: str) -> None:
    rows = [list(row) for row in april()]
    rows[next(n for n, row in enumerate(rows) if row[0] == "榆林")][0] = region
    page = upload(("四月.xlsx", book(rows)))
    assert any(region in problem for problem in problems(page))
    assert region not in markup(page) or "<" not in region
    assert_is_never_interpreted(page, region)


def assert_is_never_interpreted(page: AppTest, words: str) -> None:
    """Markdown and labels are where Streamlit interprets; our own HTML is escaped."""
    told = [*page.markdown, *page.error, *page.warning, *page.info, *page.success, *page.toast]
    assert not [element for element in told if words in element.value]
    assert not [expander for expander in page.expander if words in expander.label]
    assert not [button for button in page.button if words in button.label]


def test_the_title_in_the_sample_is_the_notices_own() -> None:
    assert "截至2024年3月1日" in NOTICE_TITLE
