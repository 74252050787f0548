"""数据查询: any ledger's rows or several measures by region, filtered, sorted, paged, and taken along as files."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.inquiries.model import Inquiry
from zyb.inquiries.words import title_of
from zyb.ui import look
from zyb.ui.changes.rows import days_card
from zyb.ui.explore import asking, choosing, columns, filters, rows, saved, standings
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
asked = asking.read(store)

with st.container(key="pickers_explore"):
    left, *places = st.columns([3.8, 1.4, 2.5, 1.5, 2.0], vertical_alignment="bottom", gap="small")
    look.show(look.page_head("数据查询", title_of(asked)), left)
    choosing.pick(store, asked, places)

with (
    st.container(border=True, key="card_inquiry"),
    st.container(horizontal=True, vertical_alignment="center"),
):
    filters.bar(store, viewer, asked)
    st.space("stretch")
    unmasked = columns.pick(store, viewer, asked)
    saved.pick_saved(store, viewer, asked)

if isinstance(asked, Inquiry):
    rows.rows_card(store, viewer, asked, unmasked)
    if len(asked.days) > 1:
        days_card(store, viewer, asked)
else:
    standings.standings_card(viewer, asked)
