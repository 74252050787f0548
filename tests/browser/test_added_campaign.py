"""A campaign that was added by the guide to the rules, in a real browser: ZYB_RULES names the folder it is in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.driving import address, go, go_by_sidebar, hero, map_label
from tests.pages.test_adding_a_campaign import LEDGER, PROVINCE, TODAY, workbook
from tests.recipes import CAMPAIGN, rules_with
from zyb.access import on_this_machine
from zyb.exports.books.template import template_name
from zyb.rulebook.book import Rulebook, using
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.uploads import accept, prepare
from zyb.uploads.opening import open_store


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A program of its own, with the guide's campaign and one workbook made from its template."""
    folder = tmp_path_factory.mktemp("added")
    rules, data = rules_with(CAMPAIGN, folder / "rules"), folder / "data"
    with using(Rulebook(rules)):
        store = open_store(data)
        name = template_name(ledgers()[LEDGER], load_roster(PROVINCE), TODAY.year)
        accept(
            store,
            prepare(store, workbook(), name, today=TODAY, province=PROVINCE),
            by=on_this_machine("张三"),
        )
        store.close()
    with serving(data, ZYB_RULES=str(rules)) as running:
        yield running


def test_its_page_opens_from_the_sidebar_the_tile_and_its_address(page: Page, added: Site) -> None:
    go(page, f"{added.url}/?province={PROVINCE}")
    go_by_sidebar(page, "健康保护")
    assert "/protection" in address(page)
    expect(page.locator(".z-head h1")).to_have_text("职业健康保护行动（2026—2030年）")
    expect(hero(page)).to_contain_text("0.0")
    expect(map_label(page, "西安")).to_be_visible()
    go(page, f"{added.url}/?province={PROVINCE}")
    tile = page.locator("a", has=page.locator(".z-tile", has_text="健康保护"))
    expect(tile).to_contain_text("健康保护达标率")
    tile.click()
    expect(page.locator(".z-head h1")).to_have_text("职业健康保护行动（2026—2030年）")
    go(page, f"{added.url}/protection?province={PROVINCE}&measure=protection_trained")
    expect(hero(page)).to_contain_text("100.0")


def test_the_other_campaigns_are_where_they_were(page: Page, added: Site) -> None:
    go(page, f"{added.url}/governance?province={PROVINCE}")
    expect(page.locator(".z-head h1")).to_have_text("职业病危害专项治理")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="专项治理")).to_have_attribute(
        "aria-current", "page"
    )
