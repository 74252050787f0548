"""The pickers that every progress page shares. What is picked stands in the URL and outlives the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.answers.provinces import home_province, provinces_with_data
from zyb.periods import chinese_day, in_beijing, today
from zyb.rulebook.places.divisions import NATION, provinces
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster, load_roster
from zyb.settings import ROOT
from zyb.store import Store
from zyb.ui.frame.identity import viewer
from zyb.ui.frame.labels import literal
from zyb.ui.frame.navigation import entries

# Always in the address, chosen or not, so that a copied link opens the same view elsewhere.
PROVINCE, DAY, MEASURE = "province", "as_of", "measure"
ENTERED = "entered_by_bare_link"


def _wanted(key: str, memory: str) -> str | None:
    """What the address says, or on a page just entered by a link with a bare address what was chosen before.

    What we wrote into the address ourselves is nobody's choice: it follows the newest data, and gives way to
    what was chosen before as soon as that exists again.
    """
    said = st.query_params.get(key)
    entered = said is None and st.session_state.get(ENTERED)
    own = said is not None and said == st.session_state.get(f"unchosen_{memory}")
    chosen: str | None = st.session_state.get(f"chosen_{memory}")
    return chosen if entered or own else said


def settled(
    key: str, options: Sequence[str], first: str, *, memory: str = "", in_address: bool = False
) -> str:
    """One of the options: what the address says, what was chosen before, or `first`.

    `memory` keeps choices apart that share a key in the address. `in_address` writes down `first` too; and
    a choice that does not exist here, such as a day without a report, waits for a page where it does.
    """
    memory = memory or key
    wanted = _wanted(key, memory)
    chosen = wanted if wanted is not None and wanted in options else first
    if wanted in options or not in_address:
        st.session_state[f"chosen_{memory}"] = None if chosen == first else chosen
    _say(key, memory, chosen, first, in_address)
    return chosen


def _say(key: str, memory: str, chosen: str, first: str, in_address: bool) -> None:
    """The first option is what everybody sees without choosing; unless it must, it leaves no trace."""
    st.session_state[f"unchosen_{memory}"] = first if in_address and chosen == first else None
    _address(key, chosen if in_address or chosen != first else None)


def picked(key: str, value: str, first: str, *, memory: str = "", in_address: bool = False) -> None:
    """A person picked the value: the first option is no choice."""
    memory = memory or key
    st.session_state[f"chosen_{memory}"] = None if value == first else value
    _say(key, memory, value, first, in_address)


def choose(key: str, value: str | None) -> None:
    """Set a picker from elsewhere, such as a click on the map; None is its first option."""
    st.session_state[f"chosen_{key}"] = value
    _address(key, value)


def _address(key: str, value: str | None) -> None:
    if st.query_params.get(key) == value:
        return
    if value is None:
        del st.query_params[key]
    else:
        st.query_params[key] = value


def _pick(
    label: str, options: list[str], key: str, *, in_address: bool = False, called: Callable[[str], str] = str
) -> str:
    """The first option is what everybody sees without choosing."""
    chosen = settled(key, options, options[0], in_address=in_address)
    st.session_state[key] = chosen
    st.selectbox(
        literal(label), options, key=key, on_change=on_picked, args=(key, options[0], in_address), label_visibility="collapsed",
        format_func=called,
    )  # fmt: skip
    return chosen


def on_picked(key: str, first: str, in_address: bool = False) -> None:
    picked(key, st.session_state[key], first, in_address=in_address)


def province_options(store: Store) -> list[str]:
    """Provinces with data first, then 全国 and all others in the order of their codes."""
    with_data = provinces_with_data(store)
    known = dict.fromkeys([*with_data, home_province(), NATION.name, *(name for _, name in provinces())])
    return list(known)


def pick_province(store: Store) -> Roster:
    """Every page with pickers asks this first, so here it shows whether the page was entered by a bare link."""
    st.session_state[ENTERED] = PROVINCE not in st.query_params
    return load_roster(_pick("省份", province_options(store), PROVINCE, in_address=True))


def pick_region(roster: Roster) -> str | None:
    """The code of the chosen region; None for the whole province. A click on the map sets the same choice."""
    names = [level_words(roster.province).whole, *(region.name for region in roster.regions)]
    chosen = _pick("地区", names, "region")
    return next((region.code for region in roster.regions if region.name == chosen), None)


def pick_place(store: Store) -> tuple[DeltaGenerator, DeltaGenerator, Roster, str | None]:
    """The row that pages begin with: the place of the title, that of the day, and which province and region are picked."""
    left, province_slot, region_slot, day_slot = st.columns(
        [6, 1.5, 1.5, 1.5], vertical_alignment="bottom", gap="small"
    )
    with province_slot:
        roster = pick_province(store)
    with region_slot:
        region_code = pick_region(roster)
    return left, day_slot, roster, region_code


def pick_day(days: list[date], *, in_address: bool = True, or_today: bool = False) -> date | None:
    """数据截至, the latest first; None when there is no data.

    Not `in_address`, an address without a chosen day always opens the latest. `or_today`: what has fallen silent since the
    latest is seen on no day of a report.
    """
    if not days:
        return None
    now = today().isoformat()
    beyond = [now] if or_today and days[-1].isoformat() < now else []
    chosen = _pick(
        "数据截至", [*(day.isoformat() for day in reversed(days)), *beyond], DAY, in_address=in_address,
        called=lambda day: f"今天 {day}" if day in beyond else day,
    )  # fmt: skip
    return date.fromisoformat(chosen)


def told_day(day: date | None) -> str:
    return chinese_day(day) if day else "尚无数据"


def moment(stamp: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{in_beijing(stamp):%Y-%m-%d %H:%M}"


def link(path: str, label: str, icon: str) -> None:
    """A link to another page by its script, such as pages/intake/upload.py; none to a page that is not theirs."""
    if any(entry.path == path for entry in entries(viewer())):
        st.page_link(str(ROOT / path), label=literal(label), icon=f":material/{icon}:")
