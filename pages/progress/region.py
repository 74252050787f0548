"""地区概况: one region, all its measures, alerts, duties and last reports."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import load_every_day, the_store
from zyb.ui.frame.pickers import link, pick_day, pick_place, told_day
from zyb.ui.region import beside
from zyb.ui.region.measures import measures_cards
from zyb.ui.region.profile import region_profile
from zyb.ui.region.roll import roll_card

require(Permission.VIEW_PROGRESS)

store = the_store()
with st.container(key="pickers_region"):
    left, day_slot, roster, region_code = pick_place(store)
days = load_every_day(roster.province)
with day_slot:
    day = pick_day(days, or_today=True)
region = roster.region(region_code) if region_code else None
title = f"{region.name}概况" if region else "地区概况"
if day is None:
    look.show(look.page_head(title, roster.province), left)
    with st.container(border=True, key="card_empty"):
        look.show(
            look.empty(f"{roster.province}还没有上报数据", "收到各地数据后，这里列出一个地区的全部指标。")
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")
    st.stop()

said = "数据截至" if day in days else "今天"
look.show(look.page_head(title, f"{roster.province} · {said} {told_day(day)}"), left)
if region is None:
    roll_card(roster, day)
    st.stop()

profile = region_profile(roster, region, day)
beside.headline(profile)
beside.ways_on(profile)
wide, narrow = st.columns([8, 4], gap="small")
with narrow:  # drawn first: the trends of all measures take longest
    beside.alerts_card(profile)
    beside.duties_card(profile)
    beside.reports_card(profile)
with wide:
    measures_cards(profile)
