"""Whatever is dropped on the uploader: a sentence with a remedy, nothing saved, the program alive."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from playwright.sync_api import BrowserContext, Page, expect

from tests.books import xlsx
from tests.browser.conftest import Site
from tests.browser.driving import card, drop, go, go_by_sidebar, hero
from tests.browser.test_appearance import english
from tests.pages.test_upload_page import april, book
from tests.pages.wording import english_words


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(4000)


def no_headings() -> bytes:
    return xlsx([("张三", 12), ("李四", 7), ("王五", 3)])


def encrypted() -> bytes:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(book(april()))).encrypt("123456", locked)
    return locked.getvalue()


BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "照片.xlsx": (picture, "图片"),
    "空白.xlsx": (lambda: xlsx([]), "都是空的"),
    "没有表头.xlsx": (no_headings, "没有找到能识别的表头"),
    "加密.xlsx": (encrypted, "密码"),
    "空文件.xlsx": (lambda: b"", "空"),
}


@pytest.fixture(scope="module", autouse=True)
def untouched(window: BrowserContext, site: Site) -> Iterator[None]:
    """Nothing of these files arrives in the store, and the server answers afterwards."""
    tab = window.new_page()
    before = state(tab, site)
    yield
    assert state(tab, site) == before
    tab.close()
    assert httpx.get(f"{site.url}/_stcore/health").text == "ok"


def state(tab: Page, site: Site) -> tuple[list[str], str, str]:
    """The files kept, the register's count and the headline."""
    kept = sorted(file.name for file in (site.data / "uploads").iterdir())
    go(tab, "/snapshots?province=陕西省")
    register = tab.locator(".z-head p").inner_text()
    go_by_sidebar(tab, "总览")
    return kept, register, hero(tab).inner_text()


def test_every_bad_file_gets_a_sentence_and_a_remedy(page: Page) -> None:
    go(page, "/upload")
    for name, (content, word) in BAD_FILES.items():
        drop(page, name, content())
        told = card(page, name).locator(".z-problem")
        expect(told).to_have_count(1)
        sentence, remedy = told.locator("p").all_inner_texts()
        assert word in sentence
        assert remedy.endswith("。")
        assert english_words([sentence, remedy]) == []
    expect(page.get_by_role("button", name="确认入库")).to_have_count(0)


def test_sixty_megabytes_of_nothing_are_turned_away_before_they_arrive(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "很大.xlsx"
    with large.open("wb") as file:
        file.truncate(60 * 2**20)
    go(page, "/upload")
    drop(page, large.name, large)
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("文件不得超过 50 MB")
    assert english(page) == []
    expect(page.locator(".z-problem")).to_have_count(0)


def test_a_format_that_nobody_asked_for_is_turned_away_in_chinese(page: Page) -> None:
    go(page, "/upload")
    drop(page, "通知.docx", b"PK\x03\x04")
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("不支持这种格式的文件")


def test_a_name_full_of_markup_is_shown_as_it_is(page: Page) -> None:
    name = "<img src=x onerror=document.title=1>.xlsx"
    go(page, "/upload")
    drop(page, name, book(april()))
    expect(card(page, "onerror")).to_contain_text(name)
    expect(page.locator("img[src=x]")).to_have_count(0)
    assert page.title() != "1"
