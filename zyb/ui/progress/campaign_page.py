"""A campaign's page: one measure in full, all its measures side by side, definitions and sources."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from zyb.rulebook.measures import campaigns, measures
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.leads import measure_link
from zyb.ui.frame.loading import (
    load_standings,
    load_view,
)
from zyb.ui.frame.pickers import (
    told_day,
)
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.attention import attention_card
from zyb.ui.progress.counties.floors import floor_card
from zyb.ui.progress.counties.within import counties_card
from zyb.ui.progress.headline import headline
from zyb.ui.progress.league import league, league_card, rules_words
from zyb.ui.progress.map import map_card
from zyb.ui.progress.matrix import matrix_card
from zyb.ui.progress.scene import Scene, head, pick_measure
from zyb.ui.progress.schedule import schedule_card
from zyb.ui.progress.sources import definition_card, history_card
from zyb.ui.progress.stages import planned_stages, stages_card
from zyb.ui.progress.trend import trend_card


def first_cards(scene: Scene, campaign: str) -> None:
    """What every campaign's page begins with."""
    headline(scene)
    stages_card(scene, campaign)
    left, right = st.columns([5, 7], gap="small")
    with left:
        map_card(scene)
    with right:
        league_card(scene)


def campaign_page(
    store: Store, title: str, campaign: str, further: Callable[[Store, Scene], None] | None = None
) -> None:
    """The page of a campaign: one measure in full, all its measures side by side, definitions and sources.

    `further` are the cards that only this campaign has.
    """
    scene = head(store, title, pick_measure(campaign), planned_stages(campaign))
    if scene is None:
        return
    first_cards(scene, campaign)
    floor_card(scene, campaign)
    matrix_card(scene, campaign)
    if further:
        further(store, scene)
    left, right = st.columns([5, 7], gap="small")
    with left:
        trend_card(scene)
        attention_card(scene)
    with right:
        history_card(store, scene)
        schedule_card(scene)
        definition_card(store, scene)
    counties_card(store, scene)


@keeps_its_place
def elsewhere_card(scene: Scene, measure_id: str) -> None:
    """A measure of another campaign that belongs to this work too, by region, with the way to its own page."""
    province = scene.roster.province
    if measure_id not in measures(province):
        return
    found = load_standings(load_view(province, measure_id, scene.view.on))
    if not found.reported:
        return
    measure, title = found.measure, campaigns()[found.measure.campaign]
    with st.container(border=True, key=f"card_{measure_id}"):
        look.show(look.card_title(f"{measure.title}（{title}）", f"数据截至 {told_day(found.as_of)}"))
        look.show(league(found, scene.region_code))
        look.show(look.source(f"口径：{measure.definition}{rules_words(found)}"))
        region = "" if scene.region_code is None else scene.standing.region
        measure_link(province, measure, region, found.as_of, f"到“{title}”查看")
