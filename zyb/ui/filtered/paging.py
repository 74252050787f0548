"""Which of all lines the page shows, and the way to the others."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from zyb.numerals import count
from zyb.ui import look

ASCENDING, DESCENDING = "↑", "↓"
# Digits: no list has more pages.
LONGEST_PAGE = 9
# Of the numbered buttons and their arrows, in px.
BUTTON, MOST_BUTTONS, ARROWS = 44, 7, 2


def paging(
    place: str, page: int, size: int, total: int, turn: Callable[[int], None], unit: str = "行"
) -> None:
    """“第 101–200 行，共 5,000 行”; `turn` hears of the page that is asked for."""
    first, last = (page - 1) * size + 1, min(page * size, total)
    look.show(look.muted(f"第 {count(first)}–{count(last)} {unit}，共 {count(total)} {unit}"))
    pages = -(-total // size)
    if pages > 1:
        key = f"{place}_page_{page}"  # it has a value of its own, which no state may set
        width = BUTTON * (min(pages, MOST_BUTTONS) + ARROWS)  # where room is scarce it would leave pages out
        st.pagination(pages, default=page, key=key, width=width, on_change=_turned, args=(key, turn))


def _turned(key: str, turn: Callable[[int], None]) -> None:
    turn(st.session_state[key])


def page_in_address(key: str, total: int, size: int) -> int:
    """The page that the address says, of those that there are; the first where it says none."""
    text = st.query_params.get(key, "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_PAGE else 1
    return min(max(1, asked), -(-total // size))


def turn_in_address(key: str) -> Callable[[int], None]:
    def turn(page: int) -> None:
        st.query_params[key] = str(page)

    return turn
