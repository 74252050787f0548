"""报送与节点: what is due from whom by when, who has done it, and what a person records of it."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.alerting import report_days
from zyb.periods import chinese_day
from zyb.ui import look
from zyb.ui.duties import listing, ticking
from zyb.ui.duties.choosing import pick_on
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import load_duties, the_store
from zyb.ui.frame.pickers import link, pick_place

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
with st.container(key="pickers_duties"):
    left, day_slot, roster, region_code = pick_place(store)
with day_slot:
    on = pick_on()

seen = load_duties(roster.province, on).within(region_code)
look.show(
    look.page_head("报送与节点", f"{roster.province} · {chinese_day(on)} · {listing.told_number(seen)}"), left
)
look.show(listing.counts(seen))
if not report_days(store, roster.province):
    with st.container(border=True, key="card_empty"):
        look.show(
            look.empty(
                f"{roster.province}还没有上报数据",
                "没有收到台账，由台账认定的事项都算未完成；到期不报的照样列为逾期。",
            )
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")
listing.list_card(seen)
ticking.tick_card(store, viewer, seen)
ticking.ticks_card(store, viewer, seen)
listing.basis_card(listing.begun(seen))
