"""What the pickers chose and the figures that follow from it; the head of every progress page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.answers.progress import View, report_days
from zyb.answers.tracing import sources_behind
from zyb.briefing import short_day, silence_words
from zyb.exports.inquiries.cards import CardColumn, CardNote, CardTable, figure_notes
from zyb.exports.inquiries.table import TakenRow
from zyb.html import NOTHING, Markup, joined
from zyb.rulebook.campaigns import campaigns_of
from zyb.rulebook.measures import Measure, measures
from zyb.rulebook.regions import Roster
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import (
    load_every_day,
    load_history,
    load_standings,
    load_view,
)
from zyb.ui.frame.pickers import (
    MEASURE,
    link,
    pick_day,
    pick_place,
    picked,
    settled,
    told_day,
)
from zyb.wording.closings import closed_measure

FEW_NAMES = 4


def told_reports(found: Standings) -> str:
    """Who has reported and, by name while they are few, whose old figures are used and who has not."""
    if not found.reported:
        return f"{len(found.regions)} 个地区均未报送"
    if found.silent_from:
        return silence_words(found)
    told = [f"{len(found.current)} 个地区已报送"]
    days = {short_day(standing): standing.as_of for standing in found.carried}
    for day in sorted(days, key=lambda said: str(days[said])):
        told.append(f"{few([s for s in found.carried if short_day(s) == day])}沿用{day}数据")
    told += [f"{few(found.missing)}未报送"] if found.missing else []
    return "，".join(told)


def few(standings: Sequence[Standing]) -> str:
    if len(standings) > FEW_NAMES:
        return f"{len(standings)} 个地区"
    return "、".join(standing.short for standing in standings)


# More measures than this are a list, not a row of buttons.
BUTTONS = 4


@dataclass(frozen=True)
class Scene:
    """What the pickers chose and the figures that follow from it."""

    roster: Roster
    view: View
    found: Standings
    history: tuple[Point, ...]
    region_code: str | None

    @property
    def standing(self) -> Standing:
        """The chosen region's, or the province's."""
        return self.found.region(self.region_code) or self.found.province

    @property
    def notes(self) -> list[CardNote]:
        """What stands beside figures that are taken away: definition, document, snapshots in force."""
        return figure_notes(self.found, sources_behind(self.view))

    def card(
        self, title: str, columns: Sequence[CardColumn], rows: Sequence[TakenRow], place: str = "", on: date | None = None
    ) -> CardTable:  # fmt: skip
        """A card of this measure to take away; of the whole roster, and of its newest day, unless it is told."""
        return CardTable(
            title=title, place=place or self.roster.province, on=on or self.found.as_of or self.view.on, columns=columns, rows=rows,
            notes=self.notes,
        )  # fmt: skip

    @property
    def over(self) -> str:
        """That its campaign was closed by the day that is looked at; "" while it goes on."""
        closing = self.found.closing
        return closed_measure(self.roster.province, self.found.measure, closing) if closing else ""


def first_with_data(
    store: Store, roster: Roster, measure_ids: Sequence[str], until: date = date.max
) -> str | None:
    """The first of these measures that anybody in the province has reported on, up to a day."""
    return next((m for m in measure_ids if any(day <= until for day in _days(store, roster, m))), None)


def first_with_plan(store: Store, roster: Roster, measure_ids: Sequence[str], until: date) -> str | None:
    """The first of these with reports and a plan to hold them against; without a plan the first with reports."""
    known = measures(roster.province)
    planned = [m for m in measure_ids if known[m].plans]
    return first_with_data(store, roster, [*planned, *measure_ids], until)


def headline_measure(store: Store, roster: Roster, until: date) -> str | None:
    """What the overview begins with: the headline of a campaign that goes on, of one that is closed, or what there is."""
    own = campaigns_of(roster.province).values()
    going = [campaign.headline for campaign in own if campaign.headline and not campaign.closed_on(until)]
    over = [campaign.headline for campaign in own if campaign.headline and campaign.closed_on(until)]
    groups = (going, over, list(measures(roster.province)))
    found = (first_with_plan(store, roster, group, until) for group in groups)
    return next((measure_id for measure_id in found if measure_id), None)


def head(
    store: Store,
    title: str,
    choose_measure: Callable[[Store, Roster], str | None],
    otherwise: Callable[[Roster], None] | None = None,
) -> Scene | None:
    """Title left, pickers right. None, with an empty state on the page, when there is nothing to show.

    `otherwise` draws what there is to show of the province even then.
    """
    left, day_slot, roster, region_code = pick_place(store)
    measure_id = choose_measure(store, roster)
    days = _days(store, roster, measure_id)
    with day_slot:
        day = pick_day(days)
    if day is None or measure_id is None:
        look.show(look.page_head(title, roster.province), left)
        _nothing_yet(roster)
        if otherwise:
            otherwise(roster)
        return None
    return _scene(title, left, roster, region_code, measure_id, day, days)


def overview_head(store: Store, title: str) -> Scene | None:
    """As `head`, on a day of any campaign; the measure follows from the day."""
    left, day_slot, roster, region_code = pick_place(store)
    days = load_every_day(roster.province)
    with day_slot:
        day = pick_day(days)
    measure_id = headline_measure(store, roster, day) if day else None
    if day is None or measure_id is None:
        look.show(look.page_head(title, roster.province), left)
        _nothing_yet(roster)
        return None
    return _scene(title, left, roster, region_code, measure_id, day, days)


def _scene(
    title: str, left: DeltaGenerator, roster: Roster, region_code: str | None, measure_id: str, day: date, days: Sequence[date]
) -> Scene:  # fmt: skip
    view = load_view(roster.province, measure_id, day)
    found = load_standings(view)
    look.show(look.page_head(title, joined(_subtitle(roster, found), _newer(day, days))), left)
    return Scene(roster, view, found, load_history(view, region_code), region_code)


def _days(store: Store, roster: Roster, measure_id: str | None) -> list[date]:
    if measure_id is None:
        return []
    return report_days(store, roster.province, measure_id)


def _subtitle(roster: Roster, found: Standings) -> str:
    due = f" · 时限 {told_day(found.plan.window.due)}" if found.plan else ""
    return f"{roster.province} · {found.measure.title} · 数据截至 {told_day(found.as_of)} · {told_reports(found)}{due}"


def _newer(day: date, days: Sequence[date]) -> Markup:
    """An address kept from last month shows last month: that there is something newer must be seen."""
    newest = max(days)
    return look.toned(f" · 已有更新的数据（截至 {told_day(newest)}）", "lagging") if day < newest else NOTHING


def _nothing_yet(roster: Roster) -> None:
    with st.container(border=True, key="card_empty"):
        look.show(
            look.empty(
                f"{roster.province}还没有上报数据",
                "请在“数据上报”上传工作簿；入库后这里立即显示进度、地图和排名。",
            )
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")


def of_campaign(roster: Roster, campaign: str) -> list[Measure]:
    return [measure for measure in measures(roster.province).values() if measure.campaign == campaign]


def pick_measure(campaign: str) -> Callable[[Store, Roster], str | None]:
    """A choice among the campaign's measures, under the pickers; the first with data is shown first."""

    def choose(store: Store, roster: Roster) -> str | None:
        titles = {measure.title: measure.id for measure in of_campaign(roster, campaign)}
        if not titles:
            return None
        known = list(titles.values())
        first = first_with_data(store, roster, known) or known[0]
        key = f"{campaign}_measure"
        chosen = settled(MEASURE, known, first, memory=key, in_address=True)
        st.session_state[key] = next(title for title, measure in titles.items() if measure == chosen)

        def follow() -> None:
            picked(MEASURE, titles[st.session_state[key]], first, memory=key, in_address=True)

        one_of(list(titles), key, follow)
        return chosen

    return choose


def one_of(titles: list[str], key: str, follow: Callable[[], None] | None = None) -> str:
    """Buttons while they are few, else a list; what is chosen stands in the session under the key."""
    st.session_state.setdefault(key, titles[0])
    if len(titles) <= BUTTONS:
        st.segmented_control(
            "指标", titles, format_func=literal, key=key, on_change=follow, required=True,
            label_visibility="collapsed",
        )  # fmt: skip
    else:
        st.selectbox("指标", titles, key=key, on_change=follow, label_visibility="collapsed", width=420)
    return str(st.session_state[key])
