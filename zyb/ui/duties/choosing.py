"""What of the duties is shown: the day that they are looked at, states and campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from zyb.periods import today
from zyb.rulebook.measures import campaigns
from zyb.standing.duties import DutyStanding, DutySurvey
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import choose

ON = "on"
# Beyond these nothing is due, and the calendar would offer days without end.
FIRST, LAST = date(2022, 1, 1), date(2035, 12, 31)
# What asks for attention is shown unasked.
PRESSING = ("overdue", "soon")
ANY_CAMPAIGN = "全部专项"


def pick_on() -> date:
    """Today, unless another day was chosen: what nobody reports has no day of its own to look at."""
    chosen = _said()
    st.session_state["duties_on"] = chosen
    st.date_input(
        "看哪一天", min_value=FIRST, max_value=LAST, format="YYYY-MM-DD", key="duties_on", on_change=_picked,
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def _said() -> date:
    try:
        day = date.fromisoformat(st.query_params.get(ON, ""))
    except ValueError:
        return today()
    return day if FIRST <= day <= LAST else today()


def _picked() -> None:
    chosen = st.session_state["duties_on"]
    choose(ON, None if chosen in (None, today()) else chosen.isoformat())


def pick_states(seen: DutySurvey) -> Sequence[str]:
    """The ids of the states that are shown; all of them when none is chosen."""
    titles = {state.title: name for name, state in seen.rules.states.items()}
    chosen = st.pills(
        "状态", list(titles), format_func=literal, selection_mode="multi", key="duty_states",
        default=[seen.rules.states[name].title for name in PRESSING], label_visibility="collapsed",
    )  # fmt: skip
    return [titles[title] for title in chosen or titles]


def pick_campaign() -> str:
    """The id of a campaign; empty for all."""
    titles = {title: name for name, title in campaigns().items()}
    chosen = st.selectbox("专项", [ANY_CAMPAIGN, *titles], key="duty_campaign", label_visibility="collapsed")
    return titles.get(chosen or "", "")


def in_states(seen: DutySurvey, states: Sequence[str]) -> list[DutyStanding]:
    """Those in which somebody stands so."""
    return [standing for standing in seen.standings if any(standing.count(state) for state in states)]
