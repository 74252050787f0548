"""People click twice, and go on while something is being saved: each thing happens once, and the page tells it truly."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.books import xlsx
from tests.browser.conftest import MILLISECONDS, SCREEN, Site, Watch, serving
from tests.browser.driving import card, choose_line, drop, go, settle

HEADINGS = ("地区", "纳入治理企业数", "完成治理企业数")
# From one moment to the pause between two clicks of one hand, in milliseconds.
PAUSES = (0, 60, 150)


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What is written here is nobody else's to see."""
    with serving(tmp_path_factory.mktemp("clicks") / "data") as running:
        yield running


@pytest.fixture
def page(browser: Browser, own_site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport=SCREEN, base_url=own_site.url, locale="en-US")  # type: ignore[arg-type]
    context.set_default_timeout(MILLISECONDS)
    tab, watch = context.new_page(), Watch()
    watch.follow(tab)
    yield tab
    context.close()
    assert watch.complaints == []


def book(day: str, completed: int) -> bytes:
    title = (f"陕西省职业病危害专项治理进展情况（截至{day}）",)
    return xlsx([title, HEADINGS, ("西安市", 23670, completed)])


def twice(page: Page, first: Locator, pause: int, second: Locator | None = None) -> None:
    """Two clicks by the pointer, which does not wait for the page as the driver's own clicks do."""
    places = [one.bounding_box() for one in (first, second or first)]
    for wait, place in zip((0, pause), places, strict=True):
        assert place
        page.wait_for_timeout(wait)
        page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)


def open_alert(page: Page) -> None:
    go(page, "/alerts?province=陕西省")
    choose_line(page, "alerts", 1)
    expect(page.locator(".st-key-card_alert")).to_be_visible()
    settle(page)


@pytest.mark.parametrize("pause", PAUSES)
def test_a_note_is_written_once_and_its_form_is_empty_again(page: Page, pause: int) -> None:
    open_alert(page)
    words = f"已电话督促{pause}"
    page.get_by_role("tab", name="备注").click()
    note = page.get_by_label("备注内容")
    note.fill(words)
    note.blur()
    button = page.get_by_role("button", name="保存备注")
    button.scroll_into_view_if_needed()
    twice(page, button, pause)
    expect(page.locator(".st-key-card_alert .z-league td", has_text=words)).to_have_count(1)
    settle(page)
    page.wait_for_timeout(300)  # the second click, were it to write
    expect(page.locator(".st-key-card_alert .z-league td", has_text=words)).to_have_count(1)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    page.get_by_role("tab", name="备注").click()
    expect(page.get_by_label("备注内容")).to_have_value("")


def test_two_files_confirmed_one_right_after_the_other(page: Page) -> None:
    """The first has its receipt; the second, which was compared before the first went in, is asked about again."""
    go(page, "/upload?province=陕西省")
    names = ("五月.xlsx", "六月.xlsx")
    for name, day, completed in zip(names, ("2024年5月31日", "2024年6月30日"), (1400, 1410), strict=True):
        drop(page, name, book(day, completed))
        expect(card(page, name).get_by_role("button", name="确认入库")).to_be_visible()
        settle(page)
    first, second = (card(page, name).get_by_role("button", name="确认入库") for name in names)
    second.scroll_into_view_if_needed()
    twice(page, first, 80, second)
    expect(card(page, names[0])).to_contain_text("已入库：批次")
    settle(page)
    expect(page.locator("body")).not_to_contain_text("没有重复入库")
    expect(card(page, names[1])).to_contain_text(re.compile("再次确认|已入库"))
