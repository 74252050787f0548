"""联动核查: what several lists say of the same employers that cannot be, and what people say of it."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.periods import chinese_day
from zyb.ui import look
from zyb.ui.duties.choosing import pick_on
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import load_findings, the_store
from zyb.ui.frame.pickers import link, pick_place
from zyb.ui.linkage import listing
from zyb.ui.linkage.one_finding import finding_card, links_card

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
with st.container(key="pickers_linkage"):
    left, day_slot, roster, region_code = pick_place(store)
with day_slot:
    on = pick_on()

seen = load_findings(roster.province, on).within(region_code)
look.show(
    look.page_head("联动核查", f"{roster.province} · {chinese_day(on)} · {listing.told_number(seen)}"), left
)
look.show(listing.counts(seen))
if not seen.checks:
    with st.container(border=True, key="card_empty"):
        look.show(look.empty(f"{roster.province}没有核查项目", "名单在各省内相互对照，请选择一个省份。"))
        link("pages/intake/upload.py", "去上报数据", "upload_file")
else:
    chosen = listing.list_card(viewer, seen, region_code)
    finding_card(store, viewer, seen, chosen)
    links_card(store, viewer, seen, region_code)
    listing.unchecked_card(seen)
    listing.basis_card(seen)
