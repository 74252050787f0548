"""The pickers that every progress page shares. What is picked stands in the URL and outlives the page."""

from __future__ import annotations

from datetime import date

import streamlit as st

from zyb.periods import chinese_day
from zyb.regions import Roster, load_roster, provinces
from zyb.store import Store
from zyb.ui.navigation import ROOT

WHOLE_PROVINCE = "全省"


def _forget_unknown(key: str, options: list[str]) -> None:
    """A choice that the new options do not hold (another province's city) falls back to the first."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]


def _pick(label: str, options: list[str], key: str) -> str:
    _forget_unknown(key, options)
    chosen = st.selectbox(label, options, key=key, bind="query-params", label_visibility="collapsed")
    return chosen or options[0]


def province_options(store: Store) -> list[str]:
    """Provinces with data first, then all others in the order of their codes."""
    with_data = [load_roster(code).province for code in store.province_codes()]
    return with_data + [name for _, name in provinces() if name not in with_data]


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


def told_day(day: date | None) -> str:
    return chinese_day(day) if day else "尚无数据"


def link(path: str, label: str, icon: str) -> None:
    """A link to another page by its script, such as pages/intake/upload.py."""
    st.page_link(str(ROOT / path), label=label, icon=f":material/{icon}:")
