"""下载全部明细 in a real browser: the bar fills row by row, and the file that comes opens with every row in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.benchmarks.details import filled
from tests.browser.conftest import Site, serving
from tests.browser.driving import go, pick, settle
from zyb.rulebook.ledgers import ledgers
from zyb.uploads.opening import open_store

ROWS = 40_000
WRITTEN = re.compile(r"正在写入：([\d,]+)／40,000 行")
# Every text that the bar has had, however short a time.
WATCH = """() => {
    window.told = []
    new MutationObserver(() => {
        const bar = document.querySelector("[data-testid=stProgress]")
        if (bar && window.told.at(-1) !== bar.innerText) window.told.push(bar.innerText)
    }).observe(document.body, {subtree: true, childList: true, characterData: true})
}"""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A program of its own with a long list: the rows would stand in the other tests' way."""
    data = tmp_path_factory.mktemp("listed") / "data"
    store = open_store(data)
    filled(store, ledgers()["governance_enterprises"], ROWS)
    store.close()
    with serving(data) as running:
        yield running


def fetched(page: Page, folder: Path) -> tuple[str, list[tuple[object, ...]]]:
    """The file's name and its rows, headings first, after clicking through both steps."""
    page.get_by_role("button", name="下载全部明细").click()
    ready = page.get_by_role("button", name="保存 Excel 文件")
    expect(ready).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    with page.expect_download() as arriving:
        ready.click()
    path = folder / arriving.value.suggested_filename
    arriving.value.save_as(path)
    with closing(load_workbook(path, read_only=True)) as book:
        return path.name, list(book.worksheets[0].iter_rows(min_row=3, values_only=True))


def test_the_bar_counts_the_rows_and_the_file_holds_them_all(
    page: Page, listed: Site, tmp_path: Path
) -> None:
    go(page, f"{listed.url}/governance?as_of=2024-12-31")
    page.evaluate(WATCH)
    name, (heading, *rows) = fetched(page, tmp_path)
    assert name == "陕西省专项治理企业台账明细（截至2024年12月31日）.xlsx"
    assert heading[:2] == ("序号", "地区") and len(rows) == ROWS
    told = [
        int(found[1].replace(",", "")) for text in page.evaluate("told") if (found := WRITTEN.search(text))
    ]
    assert told == sorted(told) and len([done for done in told if 0 < done < ROWS]) >= 2


def test_a_chosen_region_gets_its_own_rows_and_another_region_asks_anew(
    page: Page, listed: Site, tmp_path: Path
) -> None:
    go(page, f"{listed.url}/governance?as_of=2024-12-31&region=宝鸡市")
    name, (_, *rows) = fetched(page, tmp_path)
    assert name.startswith("陕西省宝鸡市专项治理企业台账明细")
    assert {row[1] for row in rows} == {"宝鸡市"} and len(rows) > 1000
    page.locator(".z-head h1").scroll_into_view_if_needed()  # an open list closes when the page moves
    settle(page)
    pick(page, "地区", "西安市")
    expect(page.locator(".st-key-card_counties")).to_contain_text("西安市：各县区与企业")
    expect(page.get_by_role("button", name="保存 Excel 文件")).to_have_count(0)
