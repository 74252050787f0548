"""What a person does with the dashboard, in the words of the tests."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import MILLISECONDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
HEADER_HEIGHT, ROW_HEIGHT, MARKER_WIDTH = 35, 35, 20  # of Streamlit's table, which is drawn on a canvas

expect.set_options(timeout=MILLISECONDS)


def go(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Until the script has ended and nothing waits for it any more."""
    page.wait_for_selector(SETTLED)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def address(page: Page) -> str:
    """What stands in the address bar. The page's own word: Playwright hears of a changed address a moment later."""
    return str(page.evaluate("location.href"))


def go_by_sidebar(page: Page, title: str) -> None:
    """To another page and until it has begun: right after the click the old one still stands there, and is settled."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=title)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    expect(page.locator(".z-head h1")).to_be_visible()
    settle(page)


def hero(page: Page) -> Locator:
    return page.locator(".z-hero")


def league_row(page: Page, region: str) -> Locator:
    return page.locator(".st-key-card_league tr").filter(has=page.locator(".z-name", has_text=region))


def drawn(page: Page, card: str, part: str) -> Locator:
    """Parts of a card's chart as they are seen: until a run has ended, the chart before it is still in the page, hidden."""
    return page.locator(f".st-key-{card} {part}").filter(visible=True)


def map_labels(page: Page) -> Locator:
    return drawn(page, "card_map", ".scattergeo text")


def map_label(page: Page, region: str) -> Locator:
    """The name and figure of a region on the map."""
    return map_labels(page).filter(has_text=region)


def click_on_map(page: Page, region: str) -> None:
    label = map_label(page, region)
    expect(label).to_be_visible()
    box = label.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def click_on_report(page: Page, number: int) -> None:
    """A point of the trend's line, counted from 1; the line is the last that is drawn."""
    line = drawn(page, "card_trend", ".subplot.xy .scatterlayer .trace").last
    point = line.locator(".point").nth(number - 1)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def pick(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()


def picked(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=re.compile(label))


def drop(page: Page, name: str, content: bytes | Path) -> None:
    """Give the uploader a file; a large one lies on the disk already."""
    file = content if isinstance(content, Path) else {"name": name, "mimeType": XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def card(page: Page, file_name: str) -> Locator:
    """What the upload page says about one file."""
    title = page.locator(".z-title h3", has_text=file_name)
    return page.locator("[class*=st-key-card_]").filter(has=title)


def choose_line(page: Page, key: str, line: int) -> None:
    """Tick a line of a table, counted from 1."""
    table = page.locator(f".st-key-{key} .dvn-scroller").filter(visible=True)
    table.click(position={"x": MARKER_WIDTH, "y": HEADER_HEIGHT + ROW_HEIGHT * (line - 0.5)})
