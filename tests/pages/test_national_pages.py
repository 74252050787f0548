"""全国 and places that are no 省: every page opens, and calls them what they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.pages.conftest import looking
from tests.pages.screen import open_page, shown, texts
from tests.pages.wording import english_words
from tests.spec.conftest import submission
from zyb.access import LOCAL_ADMIN
from zyb.ui.frame.navigation import PAGES, PageEntry
from zyb.uploads.opening import open_store

# What each reports, and how its whole is called.
REPORTS = {
    "北京市": ("全市", "region | enrolled | completed\n东城区 | 40 | 10\n海淀区 | 60 | 50"),
    "内蒙古自治区": ("全区", "region | enrolled | completed\n包头市 | 40 | 10\n锡林郭勒盟 | 60 | 50"),
    "西藏自治区": ("全区", "region | enrolled | completed\n拉萨市 | 4 | 1\n那曲市 | 6 | 5"),
    "全国": ("全国", "region | enrolled | completed\n陕西 | 4699 | 2600\n兵团 | 10 | 5"),
}
THERE = [entry for entry in PAGES if entry.switched_on and entry.script.is_file()]
every_page = pytest.mark.parametrize("entry", THERE, ids=lambda entry: entry.url_path)
OVERVIEW, GOVERNANCE = "pages/progress/overview.py", "pages/progress/governance.py"


@pytest.fixture(scope="session")
def country(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country") / "data"
    shutil.copytree(filled, folder)
    with closing(open_store(folder)) as store:
        for province, (_, text) in REPORTS.items():
            found = submission(text, "2024-03-01", province)
            store.save_snapshot(found, text.encode(), f"{province}.csv", by="测试")
    return folder


@pytest.fixture
def reported_everywhere(country: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ZYB_DATA", str(country))
    monkeypatch.delenv("ZYB_PUBLISHED", raising=False)
    yield from looking(country)


@every_page
@pytest.mark.parametrize("province", REPORTS)
def test_every_page_opens_and_calls_the_place_what_it_is(
    reported_everywhere: object, entry: PageEntry, province: str
) -> None:
    page = open_page(entry.path, LOCAL_ADMIN, province=province)
    assert not page.exception and not page.error
    assert english_words(texts(page)) == []
    if entry.path != "pages/system/help.py":
        own = REPORTS[province][0]
        wrong = {"全省", "本省"} | {"全市", "全区", "全国"} - {own}
        offered = {word for box in page.multiselect for word in box.options}  # 万全区 is a county
        said = " ".join(text for text in texts(page) if text not in offered).replace("全国 ", "")
        options = {word for box in page.selectbox if box.label == "省份" for word in box.options}
        told = [word for word in wrong if word in said and word not in options]
        assert told == [], province


def test_the_country_is_a_grid_of_tiles_with_its_provinces_and_without_borders(
    reported_everywhere: object,
) -> None:
    page = shown(open_page(GOVERNANCE, LOCAL_ADMIN, province="全国"))
    assert "本图为示意排列，不代表行政区划界线" in page and "审图号" not in page
    assert all(name in page for name in ("台湾", "香港", "澳门", "不在统计范围", "兵团", "内蒙古"))


def test_a_province_in_the_country_leads_to_its_own_page(reported_everywhere: object) -> None:
    page = open_page(GOVERNANCE, LOCAL_ADMIN, province="全国", region="北京市")
    (button,) = (one for one in page.button if one.key == "way_down")
    assert "北京市" in button.label
    button.click().run()
    assert [box.value for box in page.selectbox if box.label in ("省份", "地区")] == ["北京市", "全市"]


def test_the_corps_lead_to_where_their_cities_report(reported_everywhere: object) -> None:
    page = open_page(GOVERNANCE, LOCAL_ADMIN, province="全国", region="新疆生产建设兵团")
    assert "新疆维吾尔自治区" in next(one.label for one in page.button if one.key == "way_down")


def test_whose_figures_are_rolled_up_and_where_two_differ_is_told(reported_everywhere: object) -> None:
    page = shown(open_page(GOVERNANCE, LOCAL_ADMIN, province="全国"))
    assert "由各地上报汇总" in page and "合计不含未报送的地区" in page
    assert "各地上报汇总（截至2024年3月1日）为2575家" in page and "为2600家" in page
