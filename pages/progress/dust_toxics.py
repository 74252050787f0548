"""尘毒专项: check items from the worst on, contract and insurance rates, stages of the campaign."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress import items, sections

viewer = require(Permission.VIEW_PROGRESS)

CAMPAIGN = "dust_toxics"

store = the_store()
scene = sections.head(
    store,
    "粉尘与高毒物品危害治理专项行动",
    sections.pick_measure(CAMPAIGN),
    sections.planned_stages(CAMPAIGN),
)
if scene:
    sections.headline(scene)
    sections.stages_card(scene, CAMPAIGN)
    left, right = st.columns([5, 7], gap="small")
    with left:
        sections.map_card(scene)
    with right:
        sections.league_card(scene)
    items.items_card(store, scene)
    sections.matrix_card(scene, CAMPAIGN)
    left, right = st.columns([5, 7], gap="small")
    with left:
        sections.trend_card(scene)
        sections.attention_card(scene)
    with right:
        sections.history_card(store, scene)
        sections.definition_card(store, scene)
    sections.counties_card(store, scene)
