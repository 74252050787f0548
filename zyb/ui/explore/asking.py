"""What is asked stands in the address and nowhere else: controls show what it says, and change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from zyb.briefing.outlines import campaign_texts
from zyb.errors import ZybError
from zyb.inquiries.addresses import (
    DAY,
    MEASURE,
    PROVINCE,
    STANDINGS,
    TABLE,
    InquiryAddress,
    address_of,
    inquiry_of,
    is_ours,
)
from zyb.inquiries.model import Asking, Inquiry, StandingsInquiry
from zyb.periods import today
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.places.divisions import NATION, provinces
from zyb.rulebook.regions import Roster, load_roster
from zyb.store import Store
from zyb.ui.filtered import controls
from zyb.ui.frame.labels import literal
from zyb.ui.frame.pickers import ENTERED, picked, province_options, settled

# As many measures as a screen is wide; more are chosen one by one.
MEASURES_TO_BEGIN_WITH = 6
# What was asked last, for whoever comes back by a link with a bare address.
LAST = "explore_asked_last"
InquiryChange = Callable[[Any, Any], Asking]


def said() -> InquiryAddress:
    return {key: st.query_params.get_all(key) for key in st.query_params if is_ours(key)}


def put(address: InquiryAddress) -> None:
    """In the place of what was asked before; what the address says besides stays."""
    others = {key: st.query_params.get_all(key) for key in st.query_params if not is_ours(key)}
    st.query_params.from_dict({**others, **address})


def ask(asked: Asking) -> None:
    put(address_of(asked))


def begin_anew() -> None:
    """Without anything but province and day."""
    put({key: values[:1] for key, values in said().items() if key in (PROVINCE, DAY, TABLE)})


def control(key: str, value: Any, asked: Asking, change: InquiryChange) -> dict[str, Any]:
    """What a control is given that shows `value`: whatever it is changed to makes another inquiry of this one."""
    return controls.control(f"explore_{key}", value, asked, change, ask)


# -- the first look -----------------------------------------------------------------------------


def read(store: Store) -> Asking:
    """What the address asks. What it leaves open is filled in; what it cannot mean is told, and asked is all there is:
    a filter that was left out without a word would show the wrong rows."""
    st.session_state[ENTERED] = PROVINCE not in st.query_params
    whole, options = said() or dict(st.session_state.get(LAST, {})), province_options(store)
    province = settled(PROVINCE, options, options[0], in_address=True)
    if whole.get(PROVINCE, [province])[0] != province and PROVINCE not in said():
        whole = {}  # another one was chosen on another page since
    try:
        asked = inquiry_of(_filled_in(store, {PROVINCE: [province]} | whole))
    except ZybError as fault:
        st.warning(literal(f"{fault}下面列出全部数据，没有筛选条件。"), icon=":material/link_off:")
        asked = inquiry_of(_filled_in(store, {PROVINCE: [province]}))
    st.session_state[LAST] = address_of(asked)
    if said() != st.session_state[LAST]:
        ask(asked)
    return asked


def _filled_in(store: Store, whole: InquiryAddress) -> InquiryAddress:
    """The ledger that was reported first, on its latest day; of standings the measure that leads each campaign."""
    if whole[PROVINCE][0] not in {NATION.name, *(name for _, name in provinces())}:
        return whole  # refused with the rest
    roster = load_roster(whole[PROVINCE][0])
    table = whole.setdefault(TABLE, [ledgers_reported(store, roster)[0]])[0]
    whole.setdefault(DAY, [latest(store, roster, table).isoformat()])
    if table == STANDINGS and MEASURE not in whole:
        whole[MEASURE] = leading_measures(roster)
    return whole


def ledgers_reported(store: Store, roster: Roster) -> list[str]:
    """Those of which there is anything before the others, lists before summaries."""
    there = {one.id for one in ledgers().values() if store.days(roster.province_code, [one.id])}
    ordered = sorted(ledgers().values(), key=lambda one: (one.id not in there, not one.is_list))
    return [one.id for one in ordered]


def days_of(store: Store, roster: Roster, table: str) -> list[date]:
    wanted = list(ledgers()) if table == STANDINGS else [table]
    return store.days(roster.province_code, wanted)


def latest(store: Store, roster: Roster, table: str) -> date:
    return next(reversed(days_of(store, roster, table)), today())


def leading_measures(roster: Roster) -> list[str]:
    """The measure that stands for each campaign, in the order of the campaigns."""
    known = measures(roster.province)
    every = (
        [*one.measures, *(name for group in one.groups for name in group.measures)]
        for one in campaign_texts("")
    )
    leading = (next((name for name in names if name in known), None) for names in every)
    return (list(filter(None, leading)) or list(known))[:MEASURES_TO_BEGIN_WITH]


# -- what is asked anew -------------------------------------------------------------------------


def of_province(asked: Asking, province: str) -> Asking:
    """The same of another province: places, snapshots and measures are each province's own."""
    picked(PROVINCE, province, "", in_address=True)
    if isinstance(asked, StandingsInquiry):
        known = measures(province)
        kept = tuple(name for name in asked.measures if name in known)
        return replace(asked, province=province, regions=(), measures=kept, sort="")
    return replace(asked, province=province, regions=(), counties=(), snapshots=(), page=1)


def of_table(asked: Asking, table: str) -> Asking:
    """Another table of the same province, days and regions; its columns are its own."""
    if table == STANDINGS:
        chosen = tuple(leading_measures(load_roster(asked.province)))
        return StandingsInquiry(
            province=asked.province, days=asked.days, regions=asked.regions, measures=chosen
        )
    return Inquiry(ledger_id=table, province=asked.province, days=asked.days, regions=asked.regions)


def of_day(asked: Asking, day: str) -> Asking:
    others = tuple(other for other in asked.days[1:] if other.isoformat() != day)
    return first_page(replace(asked, days=(date.fromisoformat(day), *others)))


def beside_day(asked: Asking, day: str) -> Asking:
    """A second day, or with "" none."""
    return first_page(replace(asked, days=asked.days[:1] + ((date.fromisoformat(day),) if day else ())))


def first_page(asked: Asking) -> Asking:
    return replace(asked, page=1) if isinstance(asked, Inquiry) else asked
