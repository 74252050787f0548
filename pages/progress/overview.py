"""总览: where do we stand, who is behind, what to press — on one screen."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui import look
from zyb.ui.duties.line import duties_line
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.linkage.line import findings_line
from zyb.ui.progress.attention import attention_card
from zyb.ui.progress.campaign_tiles import strip, tiles_taken
from zyb.ui.progress.headline import headline
from zyb.ui.progress.league import league_card
from zyb.ui.progress.map import map_card
from zyb.ui.progress.scene import overview_head
from zyb.ui.progress.sources import definition_card, history_card
from zyb.ui.progress.trend import trend_card

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
scene = overview_head(store, "职业病防治工作总览")
if scene:
    with st.container(key="overview"):
        look.show(strip(scene.roster, scene.view.on, scene.region_code))
        headline(scene)
        left, right = st.columns([5, 7], gap="small")
        with left:
            map_card(scene)
        with right:
            league_card(scene, tiles_taken(scene.roster, scene.view.on, scene.region_code))
        # Below what a leader looks at first: map and league stay on one screen.
        look.show(duties_line(scene.roster, scene.region_code))
        lists = st.empty()
    left, right = st.columns([5, 7], gap="small")
    with left:
        trend_card(scene)
    with right:
        if scene.region_code:
            history_card(store, scene)
        else:
            attention_card(scene)
    definition_card(store, scene)
    # To hold the lists against each other takes longest: everything else is there by then.
    look.show(findings_line(scene.roster, scene.region_code), lists)
