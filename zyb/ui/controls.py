"""The pickers that every progress page shares. What is picked stands in the URL and outlives the page."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from zyb.periods import chinese_day
from zyb.regions import Roster, load_roster, provinces
from zyb.settings import home_province, provinces_with_data
from zyb.store import Store
from zyb.trends import MONTH, STEPS, Step
from zyb.ui.identity import viewer
from zyb.ui.navigation import ROOT, entries

WHOLE_PROVINCE = "全省"


def _wanted(key: str) -> str | None:
    """What the URL says. On a page just entered by a link, whose URL is bare, what was chosen before."""
    page = _page()
    entered = st.session_state.get(f"{key}_on") != page
    st.session_state[f"{key}_on"] = page
    if key in st.query_params or not entered:
        return st.query_params.get(key)
    chosen: str | None = st.session_state.get(f"chosen_{key}")
    return chosen


def _page() -> str:
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def choose(key: str, value: str | None) -> None:
    """Set a picker from elsewhere, such as a click on the map; None is its first option."""
    st.session_state[f"chosen_{key}"] = value
    if st.query_params.get(key) == value:
        return
    if value is None:
        del st.query_params[key]
    else:
        st.query_params[key] = value


def _pick(label: str, options: list[str], key: str) -> str:
    """The first option is what everybody sees without choosing; it leaves no trace, so it may change."""
    wanted, first = _wanted(key), options[0]
    chosen = wanted if wanted in options else first
    choose(key, None if chosen == first else chosen)
    st.session_state[key] = chosen
    st.selectbox(label, options, key=key, on_change=_picked, args=(key, first), label_visibility="collapsed")
    return chosen


def _picked(key: str, first: str) -> None:
    value = st.session_state[key]
    choose(key, None if value == first else value)


def province_options(store: Store) -> list[str]:
    """Provinces with data first, then all others in the order of their codes."""
    with_data = provinces_with_data(store)
    known = dict.fromkeys([*with_data, home_province(), *(name for _, name in provinces())])
    return list(known)


def pick_province(store: Store) -> Roster:
    return load_roster(_pick("省份", province_options(store), "province"))


def pick_region(roster: Roster) -> str | None:
    """The code of the chosen region; None for the whole province. A click on the map sets the same choice."""
    names = [WHOLE_PROVINCE, *(region.name for region in roster.regions)]
    chosen = _pick("地区", names, "region")
    return next((region.code for region in roster.regions if region.name == chosen), None)


def pick_day(days: list[date]) -> date | None:
    """数据截至, the latest first; None when there is no data."""
    if not days:
        return None
    chosen = _pick("数据截至", [day.isoformat() for day in reversed(days)], "as_of")
    return date.fromisoformat(chosen)


def pick_step() -> Step:
    """周, 月 or 季 of a trend; months unless chosen."""
    titles, first = list(STEPS), MONTH.title
    wanted = _wanted("step")
    chosen = wanted if wanted in STEPS else first
    choose("step", None if chosen == first else chosen)
    st.session_state["step"] = chosen
    st.segmented_control(
        "步长", titles, key="step", required=True, on_change=_picked, args=("step", first),
        label_visibility="collapsed",
    )  # fmt: skip
    return STEPS[chosen]


def told_day(day: date | None) -> str:
    return chinese_day(day) if day else "尚无数据"


def link(path: str, label: str, icon: str) -> None:
    """A link to another page by its script, such as pages/intake/upload.py; none to a page that is not theirs."""
    if any(entry.path == path for entry in entries(viewer())):
        st.page_link(str(ROOT / path), label=label, icon=f":material/{icon}:")
