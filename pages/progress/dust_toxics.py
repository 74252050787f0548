"""尘毒专项: check items from the worst on, contract and insurance rates, stages of the campaign."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.attention import attention_card
from zyb.ui.progress.campaign_page import first_cards
from zyb.ui.progress.counties.within import counties_card
from zyb.ui.progress.items import items_card
from zyb.ui.progress.matrix import matrix_card
from zyb.ui.progress.scene import head, pick_measure
from zyb.ui.progress.sources import definition_card, history_card
from zyb.ui.progress.stages import planned_stages
from zyb.ui.progress.trend import trend_card

viewer = require(Permission.VIEW_PROGRESS)

CAMPAIGN = "dust_toxics"

store = the_store()
scene = head(
    store,
    "粉尘与高毒物品危害治理专项行动",
    pick_measure(CAMPAIGN),
    planned_stages(CAMPAIGN),
)
if scene:
    first_cards(scene, CAMPAIGN)
    items_card(store, scene)
    matrix_card(scene, CAMPAIGN)
    left, right = st.columns([5, 7], gap="small")
    with left:
        trend_card(scene)
        attention_card(scene)
    with right:
        history_card(store, scene)
        definition_card(store, scene)
    counties_card(store, scene)
