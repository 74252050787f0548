"""通报与文件: read, checked, let stand, issued, corrected, produced again; for each role what it may."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, plain, shown, texts
from tests.pages.wording import english_words
from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN, ROLES, OwnRegion, Permission, Viewer, on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.briefing.composing import compose
from zyb.briefing.issued.bulletins import bulletins, checks
from zyb.briefing.issued.issuing import issued
from zyb.briefing.model import Request
from zyb.briefing.outlines import plans
from zyb.exports.message import message
from zyb.exports.statistics.workbook import DETAILS, write_statistics
from zyb.ui.frame.loading import the_store
from zyb.wording.templates import FILE

BULLETIN = "pages/reports/bulletin.py"
XIAN = OwnRegion("610100", "西安市")
VIEWERS = [Viewer("wang", "王某", role, XIAN if role == "official" else None) for role in ROLES]
MAY_ISSUE = [viewer for viewer in VIEWERS if Permission.ISSUE in ROLES[viewer.role].permissions]
ISSUE, CONFIRM = "签发本期", "确认签发"


def open_bulletin(viewer: Viewer = LOCAL_ADMIN, **query: str) -> AppTest:
    page = open_page(BULLETIN, viewer, **{"province": "陕西省", **query})
    assert not page.exception
    return page


def most_of_hebei_is_silent() -> None:
    """Two regions have reported, the others never did."""
    Province(the_store(), "河北省").reports(
        "region | enrolled | completed\n石家庄市 | 431 | 352\n唐山市 | 540 | 447", "2024-03-01"
    )


def labels(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def write(page: AppTest, label: str, text: str) -> AppTest:
    fields = [*page.text_input, *page.text_area]
    return next(field for field in fields if field.label.startswith(label)).set_value(text).run()


def choose(page: AppTest, label: str, option: str) -> AppTest:
    box = next(box for box in page.selectbox if box.label == label)
    return box.set_value(next(name for name in box.options if option in name)).run()


def pick_kind(page: AppTest, title: str) -> AppTest:
    (kinds,) = (group for group in page.get("button_group") if group.label == "种类")
    return kinds.set_value(title).run()


def downloads(page: AppTest) -> dict[str, bool]:
    """Label of every file → whether it can be had."""
    return {one.proto.label: not one.proto.disabled for one in page.get("download_button")}


def paper(page: AppTest) -> str:
    return next(html.value for html in page.get("html") if 'class="z-paper"' in html.value)


# -- opened ---------------------------------------------------------------------------------


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
def test_every_role_reads_and_downloads(published: Path, viewer: Viewer) -> None:
    page = open_bulletin(viewer)
    assert "目前，全省纳入治理企业4699家，已完成治理2575家" in paper(page)
    assert {"Word 通报", "PPT 汇报", "Excel 统计表", "文字稿"} <= {
        label for label, there in downloads(page).items() if there
    }
    assert english_words(texts(page)) == []


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
def test_only_who_may_issue_is_offered_signature_and_wording(published: Path, viewer: Viewer) -> None:
    page = open_bulletin(viewer)
    assert (CONFIRM in labels(page)) == (viewer in MAY_ISSUE)
    assert ("上传措辞文件" in shown(page)) == (viewer in MAY_ISSUE)
    assert ("确认调整" in labels(page)) == (Permission.JUDGE in ROLES[viewer.role].permissions)


def test_where_nothing_was_reported_it_says_so_and_still_lists_what_was_issued(published: Path) -> None:
    page = open_bulletin(province="山东省")
    assert "山东省还没有这个专项的数据" in shown(page)
    assert "还没有签发过" in shown(page)
    assert not downloads(page)


@pytest.mark.parametrize("title", [kind.title for kind in plans().kinds.values()])
def test_every_kind_is_written(published: Path, title: str) -> None:
    page = pick_kind(open_bulletin(), title)
    if title == "督办单":
        assert "西安市各项指标均达到序时进度或目标，无需督办。" in "".join(
            shown.body for shown in page.get("html")
        )
        page = choose(page, "地区", "榆林市")
    assert not page.exception
    assert re.search("督办单|小结|分析|通报|总结", paper(page))
    assert ("地区" in [box.label for box in page.selectbox if "report_region" in (box.key or "")]) == (
        title == "督办单"
    )


def test_a_report_on_everything_is_written(published: Path) -> None:
    page = choose(open_bulletin(), "专项", "全部专项")
    assert not page.exception
    assert "职业病防治重点工作" in paper(page)


def test_a_report_on_everything_has_a_chapter_for_each_campaign_and_what_was_asked(reported: Path) -> None:
    page = write(choose(open_bulletin(), "专项", "全部专项"), "工作要求", "一是抓紧。\n\n二是按时。")
    said = plain(paper(page))
    chapters = ("一、", "二、", "三、", "四、")
    assert [said.index(chapter) for chapter in chapters] == sorted(
        said.index(chapter) for chapter in chapters
    )
    assert said.index("下一步工作要求") < said.index("一是抓紧。") < said.index("二是按时。")


@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
def test_the_statistics_on_everything_hold_each_measure_of_each_region_in_one_sheet(reported: Path) -> None:
    wanted = Request(province="陕西省", kind="monthly", on=date(2024, 3, 31))
    book = load_workbook(io.BytesIO(write_statistics(compose(the_store(), wanted))))
    assert DETAILS in book.sheetnames
    rows = list(book[DETAILS].iter_rows(values_only=True))
    assert {"西安市", "榆林市"} <= {cell for row in rows for cell in row}


# -- texts ----------------------------------------------------------------------------------


def test_what_a_person_writes_stands_in_the_text_and_is_only_text(published: Path) -> None:
    page = write(open_bulletin(), "工作要求", "一是=1+1\n\n二是<b>粗</b>{{ x }}\x07\n")
    page = write(page, "文号", "陕卫办职业函〔2024〕99号")
    said = paper(page)
    assert "一是=1+1" in said and "二是&lt;b&gt;粗&lt;/b&gt;{{ x }}" in said and "<b>" not in said
    assert "陕卫办职业函〔2024〕99号" in said and "\x07" not in said


def test_texts_belong_to_one_report_and_are_there_again_when_one_returns_to_it(published: Path) -> None:
    page = write(open_bulletin(), "文号", "陕卫办职业函〔2024〕99号")
    page = pick_kind(page, "周小结")
    assert "〔2024〕99号" not in paper(page)
    page = page.switch_page("../../../pages/progress/overview.py").run()
    page = pick_kind(page.switch_page(f"../../../{BULLETIN}").run(), "季通报")
    assert "陕卫办职业函〔2024〕99号" in paper(page)


def test_a_likely_slip_is_pointed_out(published: Path) -> None:
    assert "六角括号" not in shown(write(open_bulletin(), "文号", "陕卫办职业函〔2024〕99号"))
    assert "年份应使用六角括号" in shown(write(open_bulletin(), "文号", "陕卫办职业函[2024]12号"))
    page = open_bulletin()
    page.date_input[0].set_value(date(2024, 2, 1)).run()
    assert "成文日期早于数据截至日（2024年3月1日）" in shown(page)


# -- preview --------------------------------------------------------------------------------


def view_of(page: AppTest, title: str) -> AppTest:
    (views,) = (group for group in page.get("button_group") if group.label == "视图")
    return views.set_value(title).run()


def test_each_sentence_stands_beside_its_figures_with_a_way_to_the_measure(published: Path) -> None:
    said = markup(view_of(open_bulletin(), "逐句核对"))
    assert "全省纳入治理 4699家；全省完成治理 2575家" in said
    assert re.search(r'<a href="/governance\?[^"]*measure=governance_completion[^"]*" target="_blank"', said)


def test_only_a_total_is_set_off_and_every_annex_is_there(published: Path) -> None:
    said = markup(view_of(open_bulletin(), "附件表"))
    forms = re.findall(r'<table class="z-form">.*?</table>', said)
    assert len(forms) >= 2
    for form in forms:
        assert [row.count("全省") for row in re.findall(r'<tr class="z-total">.*?</tr>', form)] in ([], [1])


# -- 校核 -----------------------------------------------------------------------------------


def test_a_failed_check_blocks_every_file_until_it_is_let_stand(data: Path) -> None:
    most_of_hebei_is_silent()
    page = open_bulletin(province="河北省")
    assert "未通过" in shown(page) and "承德市" in shown(page)
    assert not any(there for label, there in downloads(page).items() if "措辞" not in label)
    page = next(box for box in page.checkbox if "作为说明写入" in box.label).check().run()
    assert all(downloads(page).values())
    assert "校核说明：有地区未报送" in paper(page)


def test_letting_stand_is_said_for_one_report_only(data: Path) -> None:
    most_of_hebei_is_silent()
    page = open_bulletin(province="河北省")
    page = next(box for box in page.checkbox if "作为说明写入" in box.label).check().run()
    offered = downloads(pick_kind(page, "周小结"))
    reports = [there for label, there in offered.items() if "措辞" not in label]
    assert reports and not any(reports)


# -- 签发 -----------------------------------------------------------------------------------


@pytest.mark.parametrize("viewer", MAY_ISSUE, ids=lambda viewer: viewer.role)
def test_signing_freezes_what_is_on_the_screen(data: Path, viewer: Viewer) -> None:
    page = press(open_bulletin(viewer), CONFIRM)
    assert not page.exception and not page.error
    assert page.success[0].value.startswith("已签发为2024年第1期《关于全省")
    (signed,) = bulletins(the_store(), "陕西省")
    assert signed.issued_by == viewer.name
    assert "2575家" in message(issued(the_store(), signed))
    assert list(page.dataframe[-1].value["期号"]) == ["2024年第1期"]
    assert not page.run().success, "said once"


def test_the_same_day_again_is_pointed_out_and_a_correction_needs_its_reason(data: Path) -> None:
    page = press(open_bulletin(), CONFIRM)
    assert "这一天的数据已签发为2024年第1期" in shown(page)
    page = press(choose(page, "性质", "修订：2024年第1期"), CONFIRM)
    assert [error.value for error in page.error] == [
        "还没有填写修订说明。请写明改了什么、为什么，再确认签发。"
    ]
    page = press(write(page, "修订说明", "更正 <b>韩城市</b> 完成数"), CONFIRM)
    assert page.success and not page.error
    register = page.dataframe[-1].value
    assert list(register["状态"]) == ["有效", "已由2024年第2期修订"]
    assert list(register["修订说明"]) == ["更正 <b>韩城市</b> 完成数", "—"]


def test_who_let_a_fault_stand_is_on_record(data: Path) -> None:
    most_of_hebei_is_silent()
    page = open_bulletin(Viewer("a", "李四", "analyst"), province="河北省")
    page = next(box for box in page.checkbox if "作为说明写入" in box.label).check().run()
    press(page, CONFIRM)
    (signed,) = bulletins(the_store(), "河北省")
    assert [said["accepted_by"] for said in checks(signed) if not said["passed"]] == ["李四"]


def test_nobody_signs_figures_that_changed_under_their_eyes(data: Path) -> None:
    page = open_bulletin()
    Province(the_store(), "陕西省").reports("region | enrolled | completed\n韩城市 | 79 | 43", "2024-03-01")
    page = press(page, CONFIRM)
    assert "页面打开后数据或评价有变化" in page.error[0].value
    assert bulletins(the_store(), "陕西省") == []
    page = press(page, CONFIRM)
    (signed,) = bulletins(the_store(), "陕西省")
    assert page.success and "2576家" in message(issued(the_store(), signed))


def test_what_somebody_else_signed_meanwhile_is_told_before_another_gets_a_number(data: Path) -> None:
    mine = write(open_bulletin(), "文号", "陕卫办职业函〔2024〕12号")
    press(open_bulletin(Viewer("a", "李四", "analyst")), CONFIRM)
    mine = press(mine, CONFIRM)
    assert [error.value.split("于")[0] for error in mine.error] == ["李四已"]
    assert "签发2024年第1期" in mine.error[0].value and "您的报告没有签发" in mine.error[0].value
    assert len(bulletins(the_store(), "陕西省")) == 1
    assert press(mine, CONFIRM).success and len(bulletins(the_store(), "陕西省")) == 2


def test_a_refused_revision_does_not_turn_into_a_new_issue(data: Path) -> None:
    press(open_bulletin(), CONFIRM)
    mine, theirs = (choose(open_bulletin(), "性质", "修订：2024年第1期") for _ in range(2))
    mine, theirs = write(mine, "修订说明", "改甲"), write(theirs, "修订说明", "改乙")
    assert press(theirs, CONFIRM).success
    for _ in range(2):
        mine = press(mine, CONFIRM)
        assert len(mine.error) == 1 and len(bulletins(the_store(), "陕西省")) == 2
    assert mine.error[0].value == "所选的一期已被修订。请重新选择性质，核对后再签发。"
    assert [area.value for area in mine.text_area if area.label.startswith("修订说明")] == ["改甲"]


def test_an_issued_one_opens_with_its_own_text_after_the_figures_have_moved(data: Path) -> None:
    page = press(open_bulletin(), CONFIRM)
    Province(the_store(), "陕西省").reports("region | enrolled | completed\n韩城市 | 79 | 79", "2024-03-01")
    page.session_state["issued"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    now, then = (html.value for html in page.run().get("html") if 'class="z-paper"' in html.value)
    assert "2612家" in now and "2575家" in then


def test_an_issued_one_opens_by_its_name_too(data: Path) -> None:
    page = choose(press(open_bulletin(), CONFIRM), "打开", "2024年第1期")
    assert "查看签发时的全文" in shown(page)


# -- 评价调整, 措辞 ---------------------------------------------------------------------------


def judge() -> None:
    found = standings(the_store(), view(the_store(), "陕西省", "governance_completion", date(2024, 3, 1)))
    override(the_store(), found, "610600", "lagging", "集中验收", by=on_this_machine("李四"))


def test_the_text_follows_a_verdict_set_beside_it(data: Path) -> None:
    page = open_bulletin()
    assert "延安市" in re.search(r"(?<=；)[^；。]*进展缓慢，[^。]*。", paper(page))[0]  # type: ignore[index]
    page = choose(page, "地区", "延安市")
    next(radio for radio in page.radio if radio.label == "调整为").set_value("相对滞后")
    next(area for area in page.text_area if area.label == "调整理由（必填）").set_value("集中验收")
    page = press(page, "确认调整")
    assert not page.error
    assert "延安市" not in re.search(r"(?<=；)[^；。]*进展缓慢，[^。]*。", paper(page))[0]  # type: ignore[index]
    assert "已调整 1 处" in shown(page)


def test_who_may_not_judge_sees_what_was_changed_and_why(data: Path) -> None:
    leader = Viewer("l", "张厅长", "leader")
    assert "评价调整" not in shown(open_bulletin(leader))
    judge()
    page = choose(open_bulletin(leader), "地区", "延安市")
    assert "规则评价：进展缓慢；调整理由：集中验收" in shown(page)


def test_an_own_wording_in_force_is_told_to_everybody_and_can_be_taken_back(data: Path) -> None:
    assert "程序自带措辞" in shown(open_bulletin())
    (data / FILE).write_text('[lead]\ndefault = "截至{{ 截至 }}情况如下："\n', encoding="utf-8")
    leader = open_bulletin(Viewer("l", "张厅长", "leader"))
    assert "正在使用本单位措辞 改动：导语。" in shown(leader)
    assert "截至2024年3月1日情况如下：" in paper(leader)
    page = press(open_bulletin(), "恢复程序自带措辞")
    assert "按照“周小结、月分析、季通报”要求" in paper(page)
    assert not (data / FILE).exists()


def test_a_wording_is_taken_after_it_was_found_sound(data: Path) -> None:
    own = '[lead]\ndefault = "截至{{ 截至 }}情况如下："\n'
    page = open_bulletin()
    page.file_uploader[0].upload("措辞.toml", own.encode(), "text/plain").run()
    assert "检查通过 改动：导语。" in shown(page) and not (data / FILE).exists()
    page = press(page, "启用此措辞")
    assert "截至2024年3月1日情况如下：" in paper(page)
    assert re.search(r"措辞改动记录.*导语（通用）.*截至\{\{ 截至 }}情况如下", shown(page), re.S)


def test_a_faulty_wording_replaces_nothing(data: Path) -> None:
    page = open_bulletin()
    page.file_uploader[0].upload("措辞.toml", '[lead]\ndefault = "{{ 来元 }}"'.encode(), "text/plain").run()
    assert "不认识的名称：来元" in page.error[0].value
    assert "启用此措辞" not in labels(page) and not (data / FILE).exists()


def test_a_faulty_file_put_there_by_hand_is_told_and_can_be_removed(data: Path) -> None:
    (data / FILE).write_text('[lead]\ndefault = "{{ 来元 }}"', encoding="utf-8")
    page = open_bulletin()
    assert "不认识的名称：来元" in shown(page)
    assert "按照“周小结" in paper(press(page, "恢复程序自带措辞"))
