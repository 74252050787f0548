"""The one door by which HTML of ours comes to the screen."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.html import Markup


def show(markup: Markup, place: DeltaGenerator | None = None) -> None:
    """Below what the page has shown so far, or in a place that was kept for it. Text has to become markup first."""
    if not isinstance(markup, Markup):
        raise TypeError(f"only markup is shown as HTML, not {type(markup).__name__}")
    (st.html if place is None else place.html)(markup)
