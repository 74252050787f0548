"""滞后预警: who is behind since when, who has taken it up, and what is to be done."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission, Region, refusal
from zyb.ui import look, warning
from zyb.ui.controls import link, pick_day, pick_province, told_day
from zyb.ui.identity import require
from zyb.ui.loading import load_survey, the_store

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
left, province_slot, day_slot = st.columns([6, 1.5, 1.5], vertical_alignment="bottom", gap="small")
with province_slot:
    roster = pick_province(store)
with day_slot:
    day = pick_day(store.report_days(roster.province_code))
if day is None:
    left.html(look.page_head("滞后预警", roster.province))
    with st.container(border=True, key="card_empty"):
        st.html(
            look.empty(
                f"{roster.province}还没有上报数据", "收到各地数据后，这里列出低于序时进度和未报送的地区。"
            )
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")
    st.stop()

survey = load_survey(roster.province, day)
left.html(
    look.page_head("滞后预警", f"{roster.province} · 数据截至 {told_day(day)} · 共 {len(survey.alerts)} 项")
)
st.html(warning.counts(survey))
with st.container(border=True, key="card_alerts"):
    st.html(look.card_title("预警清单", "勾选一行查看经过、认领或解除"))
    shown = warning.filtered(survey)
    chosen = warning.pick(shown) if shown else None
    if not shown:
        st.html(look.empty("没有符合条件的预警", "可以换一个状态、地区或指标。"))
    st.html(warning.legend())
if chosen:
    # Whoever reports a region answers for its alerts.
    may_act = refusal(viewer, Permission.CLAIM, Region(chosen.region_code, chosen.region)) is None
    warning.alert_card(store, viewer, survey, chosen, may_act)
warning.faults_card(survey)
