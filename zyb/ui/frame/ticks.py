"""A tick in a list stays with what was ticked when the list is sorted anew, grows or shrinks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import streamlit as st


def keep_ticked(key: str, subjects: Sequence[Hashable]) -> int | None:
    """The row that is ticked in the single-row list `key`; ask before the list is drawn with these subjects.

    A list remembers the number of the row only. What the number meant is what was drawn last.
    """
    drawn: Sequence[Hashable] = st.session_state.get(f"{key}_drawn", subjects)
    rows = st.session_state.get(key, {}).get("selection", {}).get("rows", [])
    ticked = drawn[rows[0]] if rows and rows[0] < len(drawn) else None
    place = subjects.index(ticked) if ticked in subjects else None
    if rows and rows != [place]:
        chosen = [] if place is None else [place]
        st.session_state[key] = {"selection": {"rows": chosen, "columns": [], "cells": []}}
    st.session_state[f"{key}_drawn"] = list(subjects)
    return place
