"""Of which days: a year by the 数据截至 of the reports, or all of them. What is picked stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import on_picked, settled

YEAR, EVER = "year", "全部时间"
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def pick_span(days: Sequence[date]) -> tuple[date, date]:
    """All of them, unless a year was chosen: reports of a year may be few."""
    years = [f"{year}年" for year in sorted({day.year for day in days}, reverse=True)]
    options = [EVER, *years]
    chosen = settled(YEAR, options, options[0])
    st.session_state[YEAR] = chosen
    st.selectbox(
        "年份", options, key=YEAR, format_func=literal, on_change=on_picked, args=(YEAR, options[0]),
        label_visibility="collapsed",
    )  # fmt: skip
    if chosen == EVER:
        return FIRST, LAST
    year = int(chosen.removesuffix("年"))
    return date(year, 1, 1), date(year, 12, 31)


def span_told(since: date, until: date) -> str:
    return EVER if (since, until) == (FIRST, LAST) else f"{since.year}年"
