"""On paper: A4 landscape, charts within the page, tables whole, the day of printing in the head."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import drawn, go

GOVERNANCE = "/governance?region=榆林市"


@pytest.mark.parametrize(
    ("card", "part"), [("card_map", ".scattergeo text"), ("card_trend", ".annotation-text")]
)
def test_a_chart_drawn_for_a_wide_window_narrows_with_its_card(page: Page, card: str, part: str) -> None:
    """At once, as a printer asks: there is no time to draw anew."""
    go(page, GOVERNANCE)
    expect(page.locator(f".st-key-{card} {part}").last).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    narrowed = page.locator(f".st-key-{card}").evaluate("""card => {
        dispatchEvent(new Event("beforeprint"));
        card.style.width = "240px";
        return [card, card.querySelector(".main-svg")].map(part => part.getBoundingClientRect().width);
    }""")
    assert 50 < narrowed[1] <= narrowed[0] < 300


def test_a_page_laid_out_for_paper_keeps_its_charts_as_high_as_they_were(page: Page) -> None:
    """Streamlit draws a chart anew for a place of another width: as high as it was, however often it looks."""
    go(page, GOVERNANCE)
    drawing = drawn(page, "card_map", ".main-svg").first
    expect(drawing).to_be_visible()
    width, height = drawing.get_attribute("width"), drawing.get_attribute("height")
    page.emulate_media(media="print")
    expect(drawing).not_to_have_attribute("width", width or "")
    page.wait_for_timeout(1_000)  # long enough for several looks; each took a quarter of the height
    assert drawing.get_attribute("height") == height


def test_after_printing_the_charts_are_as_they_were(page: Page) -> None:
    go(page, GOVERNANCE)
    before = page.locator(".st-key-card_map .main-svg").first.bounding_box()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".main-svg[viewBox]").count() == 0
    assert page.locator(".st-key-card_map .main-svg").first.bounding_box() == before


def test_a_grid_gives_way_to_a_table_with_every_row(page: Page) -> None:
    go(page, GOVERNANCE)
    expect(page.locator(".st-key-card_definition .z-printed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".st-key-card_definition .z-printed")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").first).to_be_hidden()
    expect(page.get_by_test_id("stSelectbox").first).to_be_hidden()


def test_every_sheet_is_a4_landscape(page: Page) -> None:
    go(page, GOVERNANCE)
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(wide)), round(float(high))) for wide, high in sheets} == {(842, 595)}


def test_the_head_says_province_day_and_when_it_was_printed(page: Page) -> None:
    go(page, GOVERNANCE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".z-head")).to_contain_text(re.compile("陕西省.*数据截至 2024年3月1日"))
    shown = page.locator(".z-head").evaluate("head => getComputedStyle(head, '::after').content")
    assert re.fullmatch(r'"打印日期 20\d\d年\d{1,2}月\d{1,2}日"', shown)
