"""What stands on the screen: Chinese throughout, the whole picture at once, nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.driving import card, choose_line, drop, go, map_labels, settle
from tests.browser.test_story import spoilt
from tests.pages.test_upload_page import april, book
from tests.pages.wording import english_words
from zyb.ui.frame.navigation import pages

# The first page answers at the root.
ADDRESSES = [
    "/",
    *(f"/{entry.url_path}" for entry in pages()[1:] if entry.switched_on and entry.script.is_file()),
]
SCENES = [*ADDRESSES, "/?region=榆林市", "/?province=河北省", "/?province=山东省", "/nowhere"]
WIDTHS = (1440, 1920)
# Icons are drawn from a font by the names of its pictures; nobody reads or hears them.
VISIBLE_WORDS = """
() => {
  const drawn = "[data-testid=stIconMaterial], script, style, noscript";
  const shown = element => element.checkVisibility({ visibilityProperty: true });
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      if (shown(node.parentElement) && !node.parentElement.closest(drawn)) words.push(node.data);
    } else if (shown(node)) {
      for (const name of ["aria-label", "title", "placeholder", "alt"])
        if (node.hasAttribute(name) && !node.closest(drawn)) words.push(node.getAttribute(name));
    }
  }
  return [document.title, ...words].map(word => word.trim()).filter(word => word);
}
"""

TOO_WIDE = """
() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .filter(part => part.scrollWidth > part.clientWidth)
  .map(part => part.tagName)
"""


def english(page: Page) -> list[str]:
    words = page.evaluate(VISIBLE_WORDS)
    assert len(words) > 10
    return english_words(words)


@pytest.mark.parametrize("address", SCENES)
def test_a_page_is_chinese_and_nothing_scrolls_sideways(page: Page, address: str) -> None:
    go(page, address)
    expect(page.locator(".z-head")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert english(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert page.evaluate(TOO_WIDE) == []


def test_an_upload_is_chinese_at_every_step(page: Page) -> None:
    go(page, "/upload")
    dropzone = page.get_by_test_id("stFileUploaderDropzone")
    expect(dropzone).to_contain_text("选择文件")
    expect(dropzone).to_contain_text("单个文件不超过 50 MB")
    drop(page, "四月.xlsx", spoilt())
    drop(page, "四月（改）.xlsx", book(april()))
    expect(card(page, "四月.xlsx")).to_contain_text("3 处需要改正")
    expect(card(page, "四月（改）.xlsx")).to_contain_text("可以入库")
    card(page, "四月（改）.xlsx").get_by_text("1 个地区的数据有变化").click()
    settle(page)
    assert english(page) == []


def test_a_question_before_a_withdrawal_is_chinese(page: Page) -> None:
    go(page, "/snapshots")
    choose_line(page, "register", 1)
    page.get_by_role("button", name="撤回此批次").click()
    expect(page.get_by_role("dialog")).to_contain_text("撤回原因")
    assert english(page) == []


def test_an_open_picker_is_chinese_even_when_nothing_matches(page: Page) -> None:
    go(page, "/")
    page.get_by_role("combobox").first.fill("zzz")
    expect(page.get_by_text("没有匹配的选项")).to_be_visible()
    assert [word for word in english(page) if "zzz" not in word] == []


# -- room on the screen ---------------------------------------------------------------------


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found
    return found


def test_map_and_league_table_fit_into_the_first_screen(page: Page) -> None:
    go(page, "/")
    expect(map_labels(page).first).to_be_visible()
    for selector in (".z-kpis", ".st-key-card_map", ".st-key-card_league"):
        part = box(page, selector)
        assert part["y"] >= 0 and part["y"] + part["height"] <= 900
        assert part["x"] >= 0 and part["x"] + part["width"] <= 1440
    last_row = box(page, ".st-key-card_league tbody tr:last-child")
    assert last_row["y"] + last_row["height"] < 900


def test_no_name_on_the_map_covers_another_or_leaves_it(page: Page) -> None:
    go(page, "/")
    labels = map_labels(page)
    expect(labels).to_have_count(12)
    card_box = box(page, ".st-key-card_map")
    boxes = [label.bounding_box() for label in labels.all()]
    for number, one in enumerate(boxes):
        assert one and card_box["x"] <= one["x"] <= card_box["x"] + card_box["width"] - one["width"]
        assert not [other for other in boxes[:number] if other and overlap(one, other)]


def overlap(one: FloatRect, other: FloatRect) -> bool:
    apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    stacked = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
    return not (apart or stacked)


def test_on_paper_there_is_no_sidebar_and_no_picker(page: Page) -> None:
    go(page, "/")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.locator(".z-hero")).to_be_visible()
    expect(page.locator(".st-key-card_league")).to_be_visible()
