"""滞后预警: the list, or the 督办单 of a region."""

from __future__ import annotations

import streamlit as st

from zyb.ui.frame.pickers import choose

VIEWS = ["预警清单", "督办单"]
SHEET = VIEWS[1]


def pick_view() -> str:
    """The list of alerts or the 督办单; the choice stands in the address."""
    said = st.query_params.get("view")
    st.session_state["alert_view"] = said if said in VIEWS else VIEWS[0]
    st.segmented_control(
        "显示", VIEWS, key="alert_view", on_change=_view_picked, label_visibility="collapsed", required=True
    )
    return str(st.session_state["alert_view"])


def _view_picked() -> None:
    chosen = st.session_state["alert_view"]
    choose("view", None if chosen == VIEWS[0] else chosen)


def show_sheet(region: str) -> None:
    """Go on to the 督办单 of a region."""
    choose("view", SHEET)
    choose("region", region)
