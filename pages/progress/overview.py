"""总览: where do we stand, who is behind, what to press — on one screen."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress import campaigns, sections

viewer = require(Permission.VIEW_PROGRESS)

# The headline is the first with figures and a plan to hold them against, or the first with figures.
HEADLINES = ("governance_completion", "declaration_growth", "assistance_progress")

store = the_store()
scene = sections.head(
    store, "职业病防治工作总览", lambda store, roster: sections.first_with_plan(store, roster, HEADLINES)
)
if scene:
    with st.container(key="overview"):
        st.html(campaigns.strip(scene.roster, scene.view.on, scene.region_code))
        sections.headline(scene)
        left, right = st.columns([5, 7], gap="small")
        with left:
            sections.map_card(scene)
        with right:
            sections.league_card(scene)
    left, right = st.columns([5, 7], gap="small")
    with left:
        sections.trend_card(scene)
    with right:
        if scene.region_code:
            sections.history_card(store, scene)
        else:
            sections.attention_card(scene)
    sections.definition_card(store, scene)
