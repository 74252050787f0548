"""A campaign's page: one measure in full, all its measures side by side, definitions and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from zyb.periods import today
from zyb.rulebook.campaigns import Campaign, campaigns_of
from zyb.rulebook.measures import campaigns, measures
from zyb.rulebook.regions import Roster
from zyb.store import Store
from zyb.ui import look
from zyb.ui.changes.card import changes_card
from zyb.ui.filtered.taking import take
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
from zyb.ui.progress.breakdowns import breakdown_cards
from zyb.ui.progress.counties.floors import floor_card
from zyb.ui.progress.counties.within import counties_card
from zyb.ui.progress.headline import headline
from zyb.ui.progress.items import items_card
from zyb.ui.progress.league import league, league_card, league_taken, rules_words
from zyb.ui.progress.map import map_card
from zyb.ui.progress.matrix import matrix_card
from zyb.ui.progress.scene import Scene, head, pick_measure
from zyb.ui.progress.schedule import schedule_card
from zyb.ui.progress.sources import definition_card, history_card
from zyb.ui.progress.stages import planned_stages, stages_card
from zyb.ui.progress.trend import trend_card
from zyb.wording.closings import closed

DrawCard = Callable[[Store, Scene, Campaign], None]

# Each name that may stand in `cards` of data/rules/campaigns.toml.
CARDS: Mapping[str, DrawCard] = {
    "headline": lambda _, scene, __: headline(scene),
    "stages": lambda _, scene, campaign: stages_card(scene, campaign.id),
    "map": lambda _, scene, __: map_card(scene),
    "league": lambda _, scene, __: league_card(scene),
    "floor": lambda _, scene, campaign: floor_card(scene, campaign.id),
    "matrix": lambda _, scene, campaign: matrix_card(scene, campaign.id),
    "items": lambda store, scene, _: items_card(store, scene),
    "breakdowns": lambda store, scene, _: breakdown_cards(store, scene),
    "elsewhere": lambda _, scene, campaign: elsewhere_cards(scene, campaign),
    "trend": lambda _, scene, __: trend_card(scene),
    "attention": lambda _, scene, __: attention_card(scene),
    "history": lambda store, scene, _: history_card(store, scene),
    "schedule": lambda _, scene, __: schedule_card(scene),
    "definition": lambda store, scene, _: definition_card(store, scene),
    "changes": lambda store, scene, _: changes_card(store, scene),
    "counties": lambda store, scene, _: counties_card(store, scene),
}
# A row of two: beside a map or a trend there is more to read than in it.
WIDTHS = [5, 7]


def campaign_page(store: Store, campaign: Campaign) -> None:
    """The page of a campaign: one measure in full, all its measures side by side, definitions and sources."""
    scene = head(
        store, campaign.subject, pick_measure(campaign.id), lambda roster: _planned(roster, campaign)
    )
    if scene is None:
        return
    closed_banner(scene.roster, campaign)
    for row in campaign.rows:
        places: Sequence[AbstractContextManager[object]]
        places = st.columns(WIDTHS, gap="small") if len(row) > 1 else [nullcontext()]
        for place, cards in zip(places, row, strict=True):
            with place:
                for card in cards:
                    CARDS[card](store, scene, campaign)


def _planned(roster: Roster, campaign: Campaign) -> None:
    """What there is to tell before the first report."""
    closed_banner(roster, campaign)
    planned_stages(campaign.id)(roster)


@keeps_its_place
def closed_banner(roster: Roster, campaign: Campaign) -> None:
    """That the work is over, whatever the day of the figures that are looked at."""
    own = campaigns_of(roster.province)[campaign.id]
    if own.closing and own.closed_on(today()):
        look.show(look.notice(closed(own, own.closing), "页面和各天的数据照旧可查。", "watch"))


def elsewhere_cards(scene: Scene, campaign: Campaign) -> None:
    """Measures of other campaigns that belong to this work too."""
    for measure_id in campaign.elsewhere:
        elsewhere_card(scene, measure_id)


@keeps_its_place
def elsewhere_card(scene: Scene, measure_id: str) -> None:
    """A measure of another campaign that belongs to this work too, by region, with the way to its own page."""
    province = scene.roster.province
    if measure_id not in measures(province):
        return
    seen = load_view(province, measure_id, scene.view.on)
    found = load_standings(seen)
    if not found.reported:
        return
    measure, title = found.measure, campaigns()[found.measure.campaign]
    with st.container(border=True, key=f"card_{measure_id}"):
        look.show(look.card_title(f"{measure.title}（{title}）", f"数据截至 {told_day(found.as_of)}"))
        look.show(league(found, scene.region_code, province))
        look.show(look.source(f"口径：{measure.definition}{rules_words(found)}"))
        region = "" if scene.region_code is None else scene.standing.region
        measure_link(province, measure, region, found.as_of, f"到“{title}”查看")
        take(league_taken(found, seen), measure_id)
