"""下载 at the head of a card: what it shows as a workbook or as CSV, written on the click."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.exports.inquiries.cards import CardDrawing, CardTable, card_taken, drawing_taken
from zyb.exports.inquiries.table import mark_of
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.maps import plotted
from zyb.settings import DEMO_WARNING, is_demo
from zyb.ui import look
from zyb.ui.filtered import downloads
from zyb.ui.frame.identity import viewer

# What people open; Parquet is offered where whole ledgers are taken.
FORMS = ("xlsx", "csv", "gb18030")


def take(card: CardTable, key: str, *more: CardTable, drawing: CardDrawing | None = None) -> None:
    """Nothing for whoever may not have data, and none of a card without rows. `key` tells several on a page apart;
    `more` is what the same card holds besides, `drawing` its map or chart."""
    person = viewer()
    there = [one for one in (card, *more) if one.rows]
    if refusal(person, Permission.EXPORT) or not there:
        return
    # Its place is the right end of the card's head, whatever the card holds (look.css).
    with st.container(key=f"take_{key}"), st.popover("下载", icon=":material/download:", type="tertiary"):
        for number, one in enumerate(there):
            look.show(look.muted(one.title))
            _forms(one, person, f"take_{key}_{number}" if number else f"take_{key}")
        if drawing:
            _drawing(drawing, card, person, f"take_{key}_svg")


def picture_config(figure: plotted.PlottedMap, card: CardTable, *notes: str) -> dict[str, Any]:
    """How a figure behaves: whoever may have data saves it as PNG, marked where it is invented."""
    if refusal(viewer(), Permission.EXPORT):
        return plotted.CONFIG
    warning = DEMO_WARNING if is_demo() else ""
    return plotted.with_camera(figure, card.name(warning), mark_of(warning), *notes)


def _drawing(drawing: CardDrawing, card: CardTable, person: Viewer | None, key: str) -> None:
    warning = DEMO_WARNING if is_demo() else ""
    st.download_button(
        "矢量图", data=partial(drawing_taken, drawing, to=person, warning=warning), file_name=f"{card.name(warning)}.svg",
        mime="image/svg+xml", on_click="ignore", icon=":material/image:", key=key,
    )  # fmt: skip


def _forms(card: CardTable, person: Viewer | None, key: str) -> None:
    warning = DEMO_WARNING if is_demo() else ""
    with st.container(horizontal=True, gap="small", key=f"forms_{key}"):
        for form in FORMS:
            taking = partial(card_taken, card, to=person, warning=warning)
            downloads.at_once(TAKEN_FORMS[form], taking, card.name(warning), key)
