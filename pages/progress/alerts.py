"""滞后预警: who is behind since when, who has taken it up, what is to be done; and the 督办单 of a region."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.alerting import report_days
from zyb.ui import look
from zyb.ui.alerts import listing, supervision, views
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import load_survey, the_store
from zyb.ui.frame.pickers import link, pick_day, pick_place, told_day

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
with st.container(key="pickers_alerts"):
    left, day_slot, roster, region_code = pick_place(store)
with day_slot:
    days = report_days(store, roster.province)
    day = pick_day(days, or_today=True)
if day is None:
    look.show(look.page_head("滞后预警", roster.province), left)
    with st.container(border=True, key="card_empty"):
        look.show(
            look.empty(
                f"{roster.province}还没有上报数据", "收到各地数据后，这里列出低于序时进度和未报送的地区。"
            )
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")
        link("pages/progress/duties.py", "查看报送与节点，到期不报的照样列出", "event_available")
    st.stop()

survey = load_survey(roster.province, day)
look.show(
    look.page_head(
        "滞后预警",
        f"{roster.province} · {'数据截至' if day in days else '今天'} {told_day(day)} · {listing.told_number(survey)}",
    ),
    left,
)
with st.container(key="pickers_view"):
    view = views.pick_view()
    look.show(look.muted(listing.told_reports(survey)))
if view == views.SHEET:
    supervision.sheet_page(store, viewer, survey, roster, region_code)
else:
    listing.list_page(store, viewer, survey, region_code)
