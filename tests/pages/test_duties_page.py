"""报送与节点: the list by the day due, who may record, and what is seen of it elsewhere."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, shown
from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN, OwnRegion, Viewer
from zyb.answers.duties import duty_survey
from zyb.answers.ticking import tick
from zyb.periods import today
from zyb.ui.frame.loading import the_store

DUTIES, ALERTS, OVERVIEW = (
    "pages/progress/duties.py",
    "pages/progress/alerts.py",
    "pages/progress/overview.py",
)
ON = "2024-11-20"
YULIN, XIAN = OwnRegion("610800", "榆林市"), OwnRegion("610100", "西安市")
SUMMARY = "2024年治理企业基本情况、工作总结及2025年工作计划"


def opened(viewer: Viewer = LOCAL_ADMIN, **query: str) -> AppTest:
    page = open_page(DUTIES, viewer, **{"province": "陕西省", "on": ON, **query})
    assert not page.exception
    return page


def cards(page: AppTest) -> dict[str, int]:
    found = re.findall(r'z-label"><span>(.*?)</span>.*?z-value">(\d+)', markup(page))
    return {name: int(number) for name, number in found}


def chips(page: AppTest, title: str) -> list[str]:
    """Of the row with this title: the shape and name of each who owes it."""
    row = next(row for row in re.findall(r"<tr.*?</tr>", markup(page), re.S) if title in row)
    return [unescape(chip) for chip in re.findall(r"z-chip[^>]*>([^<]*)<", row)]


def select(page: AppTest, label: str, start: str) -> None:
    """The option that begins so."""
    box = next(box for box in page.selectbox if box.label == label)
    box.select_index(next(n for n, option in enumerate(box.options) if option.startswith(start))).run()
    assert not page.exception


def test_the_cards_count_what_the_survey_counts(published: Path) -> None:
    counted = duty_survey(the_store(), "陕西省", date(2024, 11, 20))
    titles = {
        state.title: counted.counts()[name]
        for name, state in counted.rules.states.items()
        if name not in ("rested", "exempt")
    }
    assert cards(opened()) == titles
    own = counted.within(YULIN.code).counts()["overdue"]
    assert 0 < own < titles["逾期"]
    assert cards(opened(region="榆林市"))["逾期"] == own


def test_each_duty_shows_who_has_done_it_and_what_is_overdue_comes_unasked(published: Path) -> None:
    page = opened()
    assert chips(page, SUMMARY)[0] == "▼西安" and len(chips(page, SUMMARY)) == 12
    assert "2024-11-15已过5天" in shown(page).replace(" ", "")
    assert "申报扩面行动工作情况调研" not in shown(page).split("依据：")[0].split("登记完成")[0]


def test_states_and_campaign_narrow_the_list(published: Path) -> None:
    page = opened()
    pills = next(group for group in page.button_group if group.key == "duty_states")
    pills.set_value(["未到期"]).run()
    assert "申报扩面行动工作情况调研（至少1次）（2024年）" in shown(page)
    assert chips(page, "申报扩面行动工作情况调研") == ["○省级"]
    next(box for box in page.selectbox if box.key == "duty_campaign").set_value("监督执法").run()
    assert "没有符合条件的事项" in shown(page)


def test_before_anything_begins_the_list_says_so(published: Path) -> None:
    assert "还没有到起始日的事项" in shown(opened(on="2023-01-01"))
    assert "没有可以登记的事项" in shown(opened(on="2023-01-01"))


@pytest.mark.parametrize("on", ["昨天", "1066-10-14", "2999-01-01", ""])
def test_a_day_that_cannot_be_is_today(published: Path, on: str) -> None:
    page = opened(on=on)
    assert next(box for box in page.date_input if box.key == "duties_on").value == today()


# -- recording --------------------------------------------------------------------------------


def fill_in(page: AppTest, *, sure: bool) -> None:
    next(box for box in page.date_input if box.label == "完成日期").set_value(date(2024, 11, 12))
    next(box for box in page.text_input if box.label == "文件名称或文号").set_value("榆林总结.docx")
    next(box for box in page.checkbox if "属实" in box.label).set_value(sure)
    next(button for button in page.button if button.label == "登记").click().run()
    assert not page.exception


def test_a_record_needs_its_confirmation_then_counts_and_is_taken_back(data: Path) -> None:
    page = opened(Viewer("a", "李四", "official", YULIN), region="榆林市")
    select(page, "事项", f"2024-11-15 {SUMMARY}")
    fill_in(page, sure=False)
    assert [error.value for error in page.error] == ["还没有确认内容属实。请核对后勾选确认。"]
    assert the_store().duty_ticks("610000") == []
    fill_in(page, sure=True)
    (record,) = the_store().duty_ticks("610000")
    assert (record.day, record.person, record.file) == (date(2024, 11, 12), "李四", "榆林总结.docx")
    assert cards(page)["已完成"] == 1
    assert list(page.dataframe[0].value["事项"]) == [SUMMARY]
    next(box for box in page.text_input if box.label == "撤销原因").set_value("日期填错")
    next(button for button in page.button if button.label == "确认撤销").click().run()
    assert cards(page)["已完成"] == 0
    assert [one.kind for one in the_store().duty_ticks("610000")] == ["tick", "untick"]


@pytest.mark.parametrize(
    ("role", "region", "offered"),
    [("admin", None, 12), ("analyst", None, 12), ("official", YULIN, 1), ("official", None, 0), ("leader", None, 0)],
)  # fmt: skip
def test_whoever_reports_for_a_region_may_record_for_it(
    published: Path, role: str, region: OwnRegion | None, offered: int
) -> None:
    page = opened(Viewer("x", "王五", role, region))
    boxes = [box for box in page.selectbox if box.label == "由谁报送"]
    assert [len(box.options) for box in boxes] == ([offered] if offered else [])
    assert bool(boxes) == any(button.label == "登记" for button in page.button)
    if region:
        assert boxes[0].options == [region.name]


def test_what_another_region_recorded_is_seen_and_not_taken_back(data: Path) -> None:
    tick(
        the_store(), "陕西省", "shaanxi_year_2024", "榆林", date(2024, 11, 15), by=LOCAL_ADMIN, day=date(2024, 11, 12),
        file="总结.docx",
    )  # fmt: skip
    page = opened(Viewer("b", "王五", "official", XIAN))
    assert list(page.dataframe[0].value["由谁"]) == ["榆林市"]
    assert not [button for button in page.button if button.label == "确认撤销"]


# -- elsewhere --------------------------------------------------------------------------------


def test_the_overview_tells_what_is_overdue_today_and_leads_there(published: Path) -> None:
    overdue = duty_survey(the_store(), "陕西省", today()).counts()["overdue"]
    page = open_page(OVERVIEW, province="陕西省")
    assert f"截至今天逾期未完成 {overdue} 项次" in shown(page)
    assert f"逾期 {overdue} 项次" in shown(open_page(DUTIES, province="陕西省")), (
        "the same number leads there"
    )
    assert '<a href="/duties?province=%E9%99%95%E8%A5%BF%E7%9C%81"' in markup(page)


def test_alerts_list_them_beside_and_the_sheet_names_them(reported: Path) -> None:
    page = open_page(ALERTS, province="陕西省")
    assert "逾期未完成的报送与节点" in shown(page)
    assert "没有逾期未完成的报送与节点。" in shown(page)
    sheet = shown(open_page(ALERTS, province="陕西省", view="督办单", region="榆林市"))
    assert "六、逾期未完成的报送与节点" in sheet


def test_alerts_count_those_that_are_overdue_by_themselves(reported_apart: Path) -> None:
    Province(the_store(), "陕西省").reports("region | enrolled | completed\n榆林 | 463 | 88", "2024-12-31")
    page = open_page(ALERTS, province="陕西省")
    missed = duty_survey(the_store(), "陕西省", date(2024, 12, 31)).missed
    assert f"报送逾期 {len(missed)} 项" in shown(page) and len(missed) > 12
    grid = next(frame.value for frame in page.dataframe if "期数" in frame.value)
    assert len(grid) == len(missed)
    rows = open_page(ALERTS, province="陕西省", view="督办单").dataframe[0].value.set_index("地区")
    assert rows.loc["榆林市", "报送逾期"] == sum(one.subject.code == YULIN.code for one in missed)
    own = shown(open_page(ALERTS, province="陕西省", view="督办单", region="榆林市"))
    assert all(one.sentence in own for one in missed if one.subject.code == YULIN.code)
