"""People click twice, and go on while something is being saved: each thing happens once, and the page tells it truly."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

PAUSES = (0, 60, 150)  # milliseconds between two clicks of one hand


def twice(page: Page, button: Locator, pause: int) -> None:
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    for wait in (0, pause):
        page.wait_for_timeout(wait)
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
