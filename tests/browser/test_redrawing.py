"""A chart that gives way to another: Streamlit keeps the old one in the page, hidden, until the run has ended.

Under load that takes a second or more; here the message that ends a run is held back, so that it lasts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.driving import click_on_map, drawn, go, hero, map_label, map_labels, settle

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


def test_a_replaced_chart_is_seen_neither_on_the_screen_nor_on_paper(page: Page, door: Door) -> None:
    go(page, "/?region=榆林市")
    expect(map_labels(page)).to_have_count(12)
    door.shut = True
    click_on_map(page, "汉中")
    expect(hero(page)).to_contain_text("汉中完成率")
    for card in CHARTS:
        expect(page.locator(f".st-key-{card} .js-plotly-plot")).to_have_count(2)
        expect(drawn(page, card, ".js-plotly-plot")).to_have_count(1)
    expect(map_label(page, "汉中")).to_be_visible()
    page.emulate_media(media="print")
    for card in CHARTS:
        expect(drawn(page, card, ".js-plotly-plot")).to_have_count(1)
    door.open()
    settle(page)
    for card in CHARTS:
        expect(page.locator(f".st-key-{card} .js-plotly-plot")).to_have_count(1)
