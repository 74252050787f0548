"""数据查询 in a real browser, clicks counted: what is asked, what is shown and what is downloaded are one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.driving import HEADER_HEIGHT, ROW_HEIGHT, address, go, go_by_sidebar, settle
from tests.spec.conftest import Province
from tests.spec.lists import saved
from zyb.uploads.opening import open_store

LEDGER, XIAN, YULIN = "governance_enterprises", "610100", "610800"
DAYS = {"2024-05-31": 40, "2024-06-30": 60}
INDUSTRIES = ("0610", "3011", "0810")
MOST_CLICKS = 6


def company(number: int, region: str) -> dict[str, Any]:
    told = {
        "industry": INDUSTRIES[number % 3],
        "staff": number * 7 % 100,
        "completed": "是" if number % 2 else "否",
    }
    return {"region_code": region, "county_code": "", "name": f"企业{number:03}", **told}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A program of its own with two months of a list: the rows would stand in the other tests' way."""
    data = tmp_path_factory.mktemp("asked") / "data"
    with closing(open_store(data)) as store:
        for day, number in DAYS.items():
            rows = [
                company(n, region)
                for region, each in ((XIAN, 3 * number), (YULIN, number))
                for n in range(each)
            ]
            saved(Province(store, "陕西省"), LEDGER, rows, day)
    with serving(data) as running:
        yield running


class Clicks:
    """Counts what a hand does."""

    def __init__(self, page: Page) -> None:
        self.page, self.done = page, 0

    def __call__(self, target: Locator, says: str = "") -> None:
        """And waits until the address `says` it: right after a click the old page still stands there, and is settled."""
        target.click()
        self.done += 1
        self.page.wait_for_url(lambda url: says in unquote(url))
        settle(self.page)

    def fetched(self, target: Locator) -> Download:
        with self.page.expect_download() as arriving:
            target.click()
        self.done += 1
        return arriving.value


def kept(download: Download, folder: Path) -> tuple[str, list[tuple[object, ...]]]:
    """The file's name and its lines behind the headings."""
    path = folder / download.suggested_filename
    download.save_as(path)
    with closing(load_workbook(path, read_only=True)) as book:
        return path.name, list(book.worksheets[0].iter_rows(min_row=4, values_only=True))


def popover(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key} button").first


def within(page: Page, key: str, name: str) -> Locator:
    return page.locator(f".st-key-explore_{key}").get_by_role("button", name=name, exact=True)


def xlsx(page: Page) -> Locator:
    return page.locator(".st-key-explore_xlsx button")


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address(page)).query)


def test_what_is_not_completed_in_one_region_and_trade_takes_few_clicks(
    page: Page, listed: Site, tmp_path: Path
) -> None:
    go(page, listed.url)
    go_by_sidebar(page, "数据查询")
    clicks = Clicks(page)
    clicks(popover(page, "explore_popover"))
    clicks(within(page, "regions", "榆林"), "region=榆林市")
    clicks(
        page.locator(".st-key-explore_section_industry").get_by_role("button", name="采矿业"),
        "within.industry=B",
    )
    clicks(within(page, "is_completed", "否"), "is.completed=否")
    name, lines = kept(clicks.fetched(xlsx(page)), tmp_path)
    assert clicks.done + 1 <= MOST_CLICKS, "with the one on the sidebar"
    assert name == "陕西省专项治理企业台账_榆林市_B 采矿业_是否完成治理否（截至2024年6月30日）.xlsx"
    wanted = [n for n in range(60) if n % 2 == 0 and n % 3 != 1]
    assert [line[2] for line in lines[:-1]] == [f"企业{n:03}" for n in wanted]
    assert lines[-1][0] == f"合计（{len(wanted)}行）" and sum(n * 7 % 100 for n in wanted) in lines[-1]
    expect(page.locator(".st-key-card_rows .z-title h3")).to_have_text(f"专项治理企业台账：{len(wanted)} 行")


def test_six_measures_two_days_all_regions_take_few_clicks(page: Page, listed: Site, tmp_path: Path) -> None:
    go(page, listed.url)
    go_by_sidebar(page, "数据查询")
    clicks = Clicks(page)
    clicks(page.locator(".st-key-explore_table [role=combobox], .st-key-explore_table input").first)
    clicks(page.get_by_role("option", name="各地指标进度"), "table=standings")
    clicks(page.locator(".st-key-explore_beside [role=combobox], .st-key-explore_beside input").first)
    clicks(page.get_by_role("option", name="2024-05-31"), "beside=2024-05-31")
    name, lines = kept(clicks.fetched(xlsx(page)), tmp_path)
    assert clicks.done + 1 <= MOST_CLICKS, "with the one on the sidebar"
    assert name == "陕西省各地指标进度_6项指标（截至2024年6月30日与2024年5月31日）.xlsx"
    assert [line[0] for line in lines][-2:] == ["韩城市", "全省"] and len(lines) == 13
    assert {len(line) for line in lines} == {1 + 6 * 3}


def table(page: Page) -> tuple[float, float]:
    box = page.locator(".st-key-card_rows [data-testid=stDataFrame]").first.bounding_box()
    assert box
    return box["x"], box["y"]


def test_a_click_on_a_heading_sorts_the_whole_and_a_click_on_a_row_leads_to_its_file(
    page: Page, listed: Site
) -> None:
    go(page, f"{listed.url}/explore?columns=staff&columns=name&region=榆林市")
    left, top = table(page)
    for said in ("staff", "-staff"):
        page.mouse.click(left + 70, top + HEADER_HEIGHT / 2)
        page.wait_for_url(lambda url, said=said: parse_qs(urlsplit(url).query).get("sort") == [said])
        settle(page)
    most = max(range(60), key=lambda n: n * 7 % 100)
    page.mouse.click(left + 15, top + HEADER_HEIGHT + ROW_HEIGHT / 2)
    origin = page.locator(".st-key-explore_origin")
    expect(origin).to_contain_text(f"名单.csv　工作表“Sheet1”第 {2 + 180 + most} 行")
    origin.get_by_role("link").click()
    expect(page.locator(".z-head h1")).to_have_text("历史批次")


def test_a_chip_is_taken_off_and_the_address_opens_the_same_elsewhere(page: Page, listed: Site) -> None:
    go(page, f"{listed.url}/explore?region=榆林市&is.completed=否&as_of=2024-05-31")
    expect(page.locator(".st-key-card_rows .z-title h3")).to_have_text("专项治理企业台账：20 行")
    page.get_by_role("button", name="是否完成治理：否").first.click()
    expect(page.locator(".st-key-card_rows .z-title h3")).to_have_text("专项治理企业台账：40 行")
    copied = address(page)
    assert set(asked(page)) == {"table", "province", "as_of", "region"}
    go(page, copied)
    expect(page.locator(".st-key-card_rows .z-title h3")).to_have_text("专项治理企业台账：40 行")


def test_the_grids_own_toolbar_is_not_there(page: Page, listed: Site) -> None:
    go(page, f"{listed.url}/explore")
    left, top = table(page)
    page.mouse.move(left + 200, top + 100)
    expect(page.locator("[data-testid=stDataFrame] [data-testid=stElementToolbar]").first).to_be_hidden()


def test_all_who_are_late_are_reminded_in_two_clicks(listed: Site, page: Page) -> None:
    """Open the page, copy: what lies in the clipboard is what stands there, for everybody who is late."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, f"{listed.url}/overview?province=陕西省")
    click = Clicks(page)
    click(page.get_by_test_id("stSidebarNav").get_by_role("link", name="报送情况"), "/submissions")
    text = page.locator(".st-key-card_reminders").get_by_test_id("stCode")
    expect(text).to_contain_text("榆林市：")
    text.hover()
    click(text.get_by_role("button"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert click.done == 2
    assert copied.count("已过报送时限，尚未收到") == 13  # twelve regions and the province itself
    assert "榆林市：\n截至" in copied
