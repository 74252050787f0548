"""数据查询 as a page: what the address says is what is shown, and every control changes the address."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import markup, open_page, shown, switch
from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.access import LOCAL_ADMIN, Viewer
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.inquiries.addresses import is_ours
from zyb.inquiries.model import Inquiry
from zyb.settings import DEMO_MARKER
from zyb.ui.filtered import downloads
from zyb.ui.filtered.writing import TakenWork, begin
from zyb.ui.frame.loading import the_store

EXPLORE, OVERVIEW = "pages/reports/explore.py", "pages/progress/overview.py"
LEDGER, XIAN, YULIN = "governance_enterprises", "610100", "610800"
LEADER = Viewer("l", "张厅长", "leader")
APRIL, MAY = "2024-04-30", "2024-05-31"
INDUSTRIES = ("0610", "3011", "0810")


def company(number: int, region: str, **more: Any) -> dict[str, Any]:
    told = {"industry": INDUSTRIES[number % 3], "staff": number, "completed": "是" if number % 2 else "否"}
    return {"region_code": region, "county_code": "", "name": f"企业{number:03}", **told, **more}


@pytest.fixture
def listed(data: Path) -> Path:
    """150 enterprises of 西安 and 60 of 榆林 in May, half of them in April."""
    province = Province(the_store(), "陕西省")
    for day, of_xian, of_yulin in ((APRIL, 75, 30), (MAY, 150, 60)):
        rows = [company(n, XIAN) for n in range(of_xian)] + [company(n, YULIN) for n in range(of_yulin)]
        saved(province, LEDGER, rows, day)
    return data


def opened(viewer: Viewer = LOCAL_ADMIN, **query: str) -> AppTest:
    page = open_page(EXPLORE, viewer, **query)
    assert not page.exception
    return page


def address(page: AppTest) -> dict[str, list[str]]:
    said = {key: [one] if isinstance(one, str) else list(one) for key, one in page.query_params.items()}
    return {key: values for key, values in said.items() if is_ours(key)}


def number_told(page: AppTest) -> str:
    """The title of the card of rows."""
    return next(line for line in shown(page).splitlines() if "专项治理企业台账：" in line)


def pills(page: AppTest, key: str) -> Any:
    return page.button_group(key=f"explore_{key}")


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def cells(page: AppTest, column: str) -> list[Any]:
    return list(page.dataframe[0].value[column])


def test_a_bare_address_opens_the_newest_list_and_says_so(listed: Path) -> None:
    page = opened()
    assert address(page) == {"table": [LEDGER], "province": ["陕西省"], "as_of": [MAY]}
    assert "210 行" in number_told(page) and len(page.dataframe[0].value) == 100
    assert f"职工人数 {sum(range(150)) + sum(range(60)):,}" in shown(page)


def test_each_filter_stands_in_the_address_and_as_a_chip(listed: Path) -> None:
    page = opened()
    pills(page, "regions").set_value(["榆林"]).run()
    pills(page, "section_industry").set_value(["采矿业 140"]).run()
    pills(page, "is_completed").set_value(["否"]).run()
    assert not page.exception
    said = {"region": ["榆林市"], "within.industry": ["B"], "is.completed": ["否"]}
    assert address(page) == {"table": [LEDGER], "province": ["陕西省"], "as_of": [MAY], **said}
    wanted = [n for n in range(60) if n % 2 == 0 and n % 3 != 1]
    assert cells(page, "企业名称") == [f"企业{n:03}" for n in wanted]
    assert f"{len(wanted)} 行" in number_told(page)
    chips = [button.label for button in page.button if button.key.startswith("explore_chip")]
    assert chips == ["榆林市", "B 采矿业", "是否完成治理：否"]


def test_a_chip_takes_its_own_filter_off_and_the_last_button_all(listed: Path) -> None:
    page = opened(**{"region": "榆林市", "is.completed": "否", "text": "企业01", "page": "1"})
    assert "5 行" in number_told(page)
    assert set(address(press(page, "含“企业01”"))) == {"table", "province", "as_of", "region", "is.completed"}
    assert set(address(press(page, "全部去掉"))) == {"table", "province", "as_of"}


def test_words_ranges_and_counties_are_filters_too(listed: Path) -> None:
    page = opened(region="西安市")
    page.text_input(key="explore_text").set_value("企业14").run()
    page.number_input(key="explore_since_staff").set_value(145).run()
    assert cells(page, "职工人数") == [145, 146, 147, 148, 149]
    page.multiselect(key="explore_counties").set_value(["610113"]).run()
    assert "没有符合条件的行" in shown(page)
    assert address(page)["county"] == ["610113"]


def test_pages_follow_the_address(listed: Path) -> None:
    page = opened(page="3", sort="-staff")
    assert len(page.dataframe[0].value) == 10 and "第 201–210 行" in shown(page)
    assert cells(page, "职工人数")[-2:] == [0, 0]


def test_columns_stand_as_they_were_chosen(listed: Path) -> None:
    page = opened()
    page.multiselect(key="explore_columns").set_value(["staff", "name"]).run()
    assert list(page.dataframe[0].value.columns) == ["职工人数", "企业名称"]
    assert address(page)["columns"] == ["staff", "name"]
    page.selectbox(key="explore_sort").set_value("staff").run()
    page.toggle(key="explore_descending").set_value(True).run()
    assert cells(page, "职工人数")[:3] == [149, 148, 147] and address(page)["sort"] == ["-staff"]
    assert "columns" not in address(press(page, "恢复常用的列"))


def test_two_days_stand_beside_each_other_with_a_sum_each(listed: Path) -> None:
    page = opened(region="榆林市")
    page.selectbox(key="explore_beside").set_value(APRIL).run()
    assert "90 行" in number_told(page)
    assert "2024年5月31日 60 行" in shown(page) and "2024年4月30日 30 行" in shown(page)
    assert cells(page, "查询日")[0] == date(2024, 5, 31) and address(page)["beside"] == [APRIL]


def test_another_table_keeps_days_and_regions(listed: Path) -> None:
    page = opened(region="榆林市", text="企业01")
    page.selectbox(key="explore_table").set_value("governance_progress").run()
    assert address(page) == {
        "table": ["governance_progress"],
        "province": ["陕西省"],
        "as_of": [MAY],
        "region": ["榆林市"],
    }


def test_another_province_takes_no_regions_along(listed: Path) -> None:
    page = opened(region="榆林市")
    page.selectbox(key="explore_province").set_value("河北省").run()
    assert not page.exception
    assert address(page)["province"] == ["河北省"] and "region" not in address(page)


def test_standings_of_several_measures_and_two_days(listed: Path) -> None:
    page = opened(table="standings", beside=APRIL, as_of=MAY)
    assert len(address(page)["measure"]) == 6
    columns = list(page.dataframe[0].value.columns)
    assert len(columns) == 1 + 6 * 3 and columns[1][0] == "专项治理完成率"
    assert len(page.dataframe[0].value) == 13 and page.dataframe[0].value.iloc[-1, 0] == "全省"
    pills(page, "measures_governance").set_value([]).run()
    assert len(address(page)["measure"]) == 5


def test_what_an_address_cannot_mean_is_told_and_nothing_is_left_out_without_a_word(listed: Path) -> None:
    page = open_page(
        EXPLORE,
        **{"table": LEDGER, "province": "陕西省", "as_of": MAY, "region": "石家庄市", "is.completed": "否"},
    )
    assert [warning.value for warning in page.warning] == [
        "陕西省的名册中没有“石家庄市”。请核对地址中的查询条件。下面列出全部数据，没有筛选条件。"
    ]
    assert "210 行" in number_told(page) and set(address(page)) == {"table", "province", "as_of"}
    assert not page.run().warning


def test_what_was_asked_is_there_again_after_another_page(listed: Path) -> None:
    page = opened(region="榆林市")
    switch(page, OVERVIEW)
    page.query_params.clear()
    switch(page, EXPLORE)
    assert "60 行" in number_told(page)


def test_a_view_is_saved_opened_and_deleted(listed: Path) -> None:
    page = opened(region="榆林市", sort="-staff")
    asked = address(page)
    next(one for one in page.text_input if one.label == "名称").set_value("榆林全部").run()
    press(page, "保存当前查询")
    other = opened()
    assert address(press(other, "榆林全部")) == asked
    press(other, "删除")
    assert "榆林全部" not in [button.label for button in other.button]


# -- who, and what leaves -----------------------------------------------------------------------


@pytest.fixture
def people(data: Path) -> Path:
    rows = [
        {"region_code": XIAN, "county_code": "", "name": "甲", "declared": "是", "legal_person": "赵某某"}
    ]
    saved(Province(the_store(), "陕西省"), "employers", rows, MAY)
    return data


PEOPLE = {"table": "employers", "columns": "legal_person", "as_of": MAY}


def test_personal_data_are_masked_until_somebody_who_may_has_asked(people: Path) -> None:
    page = opened(**PEOPLE)
    assert cells(page, "法人代表") == ["赵**"]
    page.toggle(key="explore_unmask").set_value(True).run()
    assert cells(page, "法人代表") == ["赵某某"]
    assert the_store().audit_lines(1)[0][2] == "显示个人信息"
    page.text_input(key="explore_text").set_value("甲").run()
    assert cells(page, "法人代表") == ["赵**"]


def test_a_leader_is_not_even_asked(people: Path) -> None:
    page = opened(LEADER, **PEOPLE)
    assert cells(page, "法人代表") == ["赵**"]
    assert "explore_unmask" not in [toggle.key for toggle in page.toggle]


def names(page: AppTest) -> list[str]:
    return [one.proto.label for one in page.get("download_button")]


def test_every_form_is_offered(listed: Path) -> None:
    assert names(opened()) == [form.title for form in TAKEN_FORMS.values()]
    assert names(opened(table="standings", as_of=MAY)) == [form.title for form in TAKEN_FORMS.values()]


def test_a_long_list_is_written_beside_the_page(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "AT_ONCE", 100)
    (listed / DEMO_MARKER).touch()
    page = press(opened(), "CSV（GB18030）")
    work = page.session_state[downloads.WORK]
    assert isinstance(work, TakenWork)
    until(work)
    page.run()
    assert "保存 CSV（GB18030） 文件（210 行，0.0 MB）" in markup(page)
    assert f'href="{work.address}"' in markup(page) and f'download="{work.name}"' in markup(page)
    assert work.name == "演示数据_陕西省专项治理企业台账（截至2024年5月31日）（GB18030）.csv"
    lines = work.path.read_bytes().decode("gb18030").splitlines()
    assert len(lines) == 211 and lines[1].endswith("演示数据 · 虚构，不得引用")
    assert "演示数据" in markup(page)


def until(work: TakenWork) -> None:
    ends = time.monotonic() + 60
    while not work.ended and time.monotonic() < ends:
        time.sleep(0.01)
    assert work.ended


def test_a_file_that_is_dropped_is_not_written_to_the_end_and_leaves_nothing(listed: Path) -> None:
    asked = Inquiry(ledger_id=LEDGER, province="陕西省", days=(date(2024, 5, 31),))
    dropped: list[TakenWork] = []

    def taking() -> Any:
        dropped[0].drop()
        return None

    class Writer:
        media_type = "text/csv"

        def write(self, table: Any, to: Any, progress: Any) -> None:
            progress(0, 9)
            raise AssertionError("it was told to end")

    work = TakenWork(form=Writer(), asked=asked, name="甲.csv")  # type: ignore[arg-type]
    dropped.append(work)
    work.run(taking)
    assert work.ended and work.fault is None and not work.folder.exists()


def test_what_goes_wrong_while_writing_is_told(listed: Path) -> None:
    asked = Inquiry(ledger_id=LEDGER, province="陕西省", days=(date(2024, 5, 31),))

    def taking() -> Any:
        raise OSError("no room")

    work = begin(TAKEN_FORMS["csv"], taking, asked, "甲.csv")
    until(work)
    assert isinstance(work.fault, OSError)
