"""领导汇报 in a real browser: keys, rotation, the way out, and slides that fit every projector."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import MILLISECONDS, Site
from tests.browser.driving import address, go, pick, settle

BRIEFING = "/briefing"
PROJECTORS = ((1366, 768), (1440, 900), (1920, 1080), (3840, 2160))
# What sticks out of its slide, or into the line at its foot.
STICKING_OUT = """() => {
    const slide = document.querySelector(".z-current"), frame = slide.getBoundingClientRect();
    const foot = slide.querySelector(".z-page-foot").getBoundingClientRect();
    const out = [];
    for (const part of slide.querySelectorAll("*")) {
        const box = part.getBoundingClientRect(), isBody = part.closest(".z-page-body");
        const low = isBody ? foot.top + foot.height * .2 : frame.bottom + 1;
        if (box.height && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > low))
            out.push(`${part.className}: ${part.textContent.slice(0, 30)}`);
        if (part.matches("td, th, .z-rank-row > div, .z-stat, .z-gap, h2") && part.scrollWidth > part.clientWidth + 2)
            out.push(`cut: ${part.textContent.slice(0, 30)}`);
    }
    return out;
}"""


def current(page: Page) -> Locator:
    return page.locator(".z-screen.z-current")


def begin(page: Page, address: str = BRIEFING) -> None:
    go(page, address)
    page.get_by_role("button", name="从第一页开始", exact=True).click()
    expect(current(page)).to_be_visible()


def number(page: Page) -> int:
    return int(current(page).get_attribute("data-show") or 0)


def test_keys_turn_the_slides_both_ways_and_to_both_ends(page: Page) -> None:
    begin(page)
    last = page.locator(".z-screen").count()
    seen = []
    for key in ("ArrowRight", "PageDown", " ", "ArrowLeft", "PageUp", "End", "Home"):
        page.keyboard.press(key)
        seen.append(number(page))
    assert seen == [2, 3, 4, 3, 2, last, 1]


def test_the_talk_hides_everything_else_and_esc_brings_it_back(page: Page) -> None:
    begin(page)
    for part in ("stSidebar", "stHeader"):
        expect(page.get_by_test_id(part)).to_be_hidden()
    box = current(page).bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1440, 900)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(current(page)).to_have_count(0)
    assert "slide" not in address(page)


def test_the_button_leaves_as_well(page: Page) -> None:
    begin(page)
    page.mouse.move(300, 300)
    page.get_by_role("button", name="退出汇报").click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def test_a_reload_stays_on_the_slide(page: Page) -> None:
    begin(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "slide=3" in address(page)
    page.reload()
    settle(page)
    expect(current(page)).to_have_attribute("data-show", "3")


def test_a_slide_that_is_not_there_becomes_the_last(page: Page) -> None:
    go(page, f"{BRIEFING}?slide=999")
    expect(current(page)).to_have_attribute("data-show", str(page.locator(".z-screen").count()))


def test_a_click_on_the_overview_begins_there(page: Page) -> None:
    go(page, BRIEFING)
    page.locator(".z-screen").nth(2).click()
    expect(current(page)).to_have_attribute("data-show", "3")


def test_rotation_turns_by_itself_until_a_key_is_pressed(page: Page) -> None:
    begin(page)
    page.clock.install()
    page.mouse.move(300, 300)
    page.get_by_role("button", name="每10秒自动翻页").click()
    assert "auto=10" in address(page)
    page.clock.run_for(10_000)
    assert number(page) == 2
    page.clock.run_for(20_000)
    assert number(page) == 4
    page.keyboard.press("Shift")
    page.clock.run_for(60_000)
    assert number(page) == 4
    assert "auto" not in address(page)


def test_without_being_asked_nothing_turns(page: Page) -> None:
    begin(page)
    page.clock.install()
    page.clock.run_for(120_000)
    assert number(page) == 1


def test_the_pointer_hides_when_it_rests(page: Page) -> None:
    begin(page)
    page.clock.install()
    page.mouse.move(300, 300)
    expect(page.locator(".z-tools")).to_have_css("opacity", "1")
    page.clock.run_for(4_000)
    expect(page.locator("html")).to_have_class(re.compile("z-still"))
    assert current(page).evaluate("slide => getComputedStyle(slide).cursor") == "none"


def test_keys_typed_into_a_picker_stay_there(page: Page) -> None:
    go(page, BRIEFING)
    picker = page.get_by_role("combobox", name=re.compile("省份"))
    picker.click()
    page.keyboard.type("河北 ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(current(page)).to_have_count(0)
    assert "slide" not in address(page)


def test_after_picking_the_talk_is_about_what_was_picked(page: Page) -> None:
    go(page, BRIEFING)
    pick(page, "专项", "全部专项")
    settle(page)
    expect(page.locator(".z-cover-title").first).to_contain_text("职业病防治重点工作")
    page.get_by_role("button", name="从第一页开始", exact=True).click()
    page.keyboard.press("ArrowRight")
    expect(current(page)).to_have_attribute("data-show", "2")


@pytest.fixture
def projector(browser: Browser, site: Site, size: tuple[int, int]) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": size[0], "height": size[1]}, base_url=site.url)
    tab.set_default_timeout(MILLISECONDS)
    yield tab
    tab.close()


@pytest.mark.parametrize("size", PROJECTORS, ids=str)
def test_nothing_sticks_out_of_a_slide_on_any_projector(projector: Page, size: tuple[int, int]) -> None:
    begin(projector, f"{BRIEFING}?campaign=全部专项")
    slides = projector.locator(".z-screen").count()
    assert slides > 1
    for _ in range(slides):
        assert projector.evaluate(STICKING_OUT) == [], number(projector)
        projector.keyboard.press("ArrowRight")


@pytest.mark.parametrize("size", [(1920, 1080)], ids=str)
def test_letters_are_read_from_the_back_of_the_room(projector: Page, size: tuple[int, int]) -> None:
    begin(projector)
    smallest = {
        "h2": 44,
        ".z-number": 120,
        ".z-rank-row > div": 24,
        ".z-pressed td": 24,
        ".z-sheet-table td": 24,
        ".z-point": 24,
    }
    found = projector.evaluate(
        """names => Object.fromEntries(names.map(name => [name,
            Math.min(...[...document.querySelectorAll(`.z-page ${name}`)].map(part => parseFloat(getComputedStyle(part).fontSize)))]))""",
        list(smallest),
    )
    assert all(found[name] >= least - 0.01 for name, least in smallest.items()), found
