"""The filters: all in one popover, and each that asks something as a chip that is taken off with a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import streamlit as st

from zyb.ui.filtered.controls import Ask
from zyb.ui.frame.labels import literal


class Chip(Protocol):
    """A filter in words, and the question without it."""

    @property
    def words(self) -> str: ...
    @property
    def without(self) -> Any: ...


def filter_bar(place: str, told: Sequence[Chip], unfiltered: Any, ask: Ask, fill: Callable[[], None]) -> None:
    """The popover, which `fill` fills, and the chips, in one row; `place` tells the keys of one page from another's."""
    opened = st.popover(
        literal(f"筛选 {len(told)}" if told else "筛选"), icon=":material/filter_alt:", key=f"{place}_popover"
    )
    with opened.container(key=f"{place}_filters"):
        fill()
    for number, chip in enumerate(told):
        st.button(
            literal(chip.words), key=f"{place}_chip_{number}", icon=":material/close:", icon_position="right",
            on_click=ask, args=(chip.without,), help="去掉这个条件",
        )  # fmt: skip
    if len(told) > 1:
        st.button("全部去掉", key=f"{place}_unfiltered", type="tertiary", on_click=ask, args=(unfiltered,))
