"""A chart that gives way to another: Streamlit keeps the old one in the page, hidden, until the run has ended.

That takes a moment, and more under load; here the message that ends a run is held back, so that it lasts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.driving import click_on_map, drawn, go, hero, settle

CHARTS = ("card_map", "card_trend")


@dataclass
class Door:
    """Between server and page: once shut, the end of a run and whatever follows it wait."""

    shut: bool = False
    page_side: WebSocketRoute | None = None
    waiting: list[str | bytes] = field(default_factory=list)

    def guard(self, page_side: WebSocketRoute) -> None:
        self.page_side = page_side
        page_side.connect_to_server().on_message(self._pass)

    def _pass(self, message: str | bytes) -> None:
        assert self.page_side
        if self.shut and (self.waiting or ends_a_run(message)):
            self.waiting.append(message)
        else:
            self.page_side.send(message)

    def open(self) -> None:
        assert self.page_side
        self.shut = False
        while self.waiting:
            self.page_side.send(self.waiting.pop(0))


def ends_a_run(message: str | bytes) -> bool:
    return (
        isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"
    )


@pytest.fixture
def door(page: Page) -> Door:
    door = Door()
    page.route_web_socket(re.compile("/_stcore/stream"), door.guard)
    return door


def seen_once(page: Page) -> None:
    """Map and trend, each with the chart before it beside it, and nobody sees that one."""
    for card in CHARTS:
        expect(page.locator(f".st-key-{card} .js-plotly-plot")).to_have_count(2)
        expect(drawn(page, card, ".js-plotly-plot")).to_have_count(1)
    expect(page.locator(".js-plotly-plot").filter(visible=True)).to_have_count(len(CHARTS))


@pytest.mark.parametrize("address", ["/", "/governance"])
def test_while_the_page_is_drawn_anew_every_chart_is_seen_once(page: Page, door: Door, address: str) -> None:
    """A region is chosen, then another, then none: a line about it comes and goes above the map."""
    go(page, address)
    for clicked, told in (("榆林", "榆林"), ("汉中", "汉中"), ("汉中", "全省")):
        door.shut = True
        click_on_map(page, clicked)
        expect(hero(page)).to_contain_text(f"{told}完成率")
        seen_once(page)
        door.open()
        settle(page)
        for card in CHARTS:
            expect(page.locator(f".st-key-{card} .js-plotly-plot")).to_have_count(1)


def test_paper_shows_only_what_the_screen_shows(page: Page, door: Door) -> None:
    go(page, "/")
    door.shut = True
    click_on_map(page, "汉中")
    expect(hero(page)).to_contain_text("汉中完成率")
    page.emulate_media(media="print")
    seen_once(page)
    door.open()
