"""专项治理: completion by region against pace, the schedule backwards, definitions and sources."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui import sections
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
scene = sections.head(store, "职业病危害专项治理", sections.pick_measure("governance"))
if scene:
    sections.headline(scene)
    left, right = st.columns([5, 7], gap="small")
    with left:
        sections.map_card(scene)
    with right:
        sections.league_card(scene)
    left, right = st.columns([5, 7], gap="small")
    with left:
        sections.trend_card(scene)
        sections.attention_card(scene)
    with right:
        if scene.region_code:
            sections.history_card(store, scene)
        sections.schedule_card(scene)
        sections.definition_card(store, scene)
