"""The cards of a progress page, from a scene: one measure of one province on one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from zyb import briefing
from zyb.answers.counties import CountyFloor, floor_measures
from zyb.answers.drilling import ROWS_A_PAGE, CountyFigure, counties, enterprises, list_behind
from zyb.answers.progress import View, report_days
from zyb.answers.tracing import reports, sources
from zyb.maps import charts, plotted
from zyb.maps.polygons import REVIEW_NUMBER
from zyb.periods import today
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.measures import Measure, campaigns, measures
from zyb.rulebook.regions import Roster
from zyb.rulebook.stages import Timeline, timelines_for
from zyb.standing.forecast import Point
from zyb.standing.standings import Standing, Standings, outlook
from zyb.standing.trends import coming, course, trend
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.controls import (
    DAY,
    MEASURE,
    choose,
    link,
    pick_day,
    pick_province,
    pick_region,
    pick_step,
    picked,
    settled,
    told_day,
)
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.leads import measure_link
from zyb.ui.frame.loading import (
    load_county_floors,
    load_county_shapes,
    load_history,
    load_shapes,
    load_standings,
    load_view,
)
from zyb.ui.frame.places import keeps_its_place
from zyb.ui.look import Html
from zyb.ui.progress import details, matrix, overriding, panels, timelines

# One click from a snapshot to its rows.
CONTENT = {"内容": st.column_config.LinkColumn(display_text="查看", width=60)}
MAP_HEIGHT = 424
TREND_HEIGHT = 330
SKETCH = f"示意图，界线不作为划界依据。底图：天地图，审图号 {REVIEW_NUMBER}"
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


def first_with_data(store: Store, roster: Roster, measure_ids: Sequence[str]) -> str | None:
    """The first of these measures that anybody in the province has reported on."""
    return next((m for m in measure_ids if _days(store, roster, m)), None)


def first_with_plan(store: Store, roster: Roster, measure_ids: Sequence[str]) -> str | None:
    """The first of these with reports and a plan to hold them against; without a plan the first with reports."""
    known = measures(roster.province)
    planned = [m for m in measure_ids if known[m].plans]
    return first_with_data(store, roster, [*planned, *measure_ids])


def head(
    store: Store,
    title: str,
    choose_measure: Callable[[Store, Roster], str | None],
    otherwise: Callable[[Roster], None] | None = None,
) -> Scene | None:
    """Title left, pickers right. None, with an empty state on the page, when there is nothing to show.

    `otherwise` draws what there is to show of the province even then.
    """
    left, province_slot, region_slot, day_slot = st.columns(
        [6, 1.5, 1.5, 1.5], vertical_alignment="bottom", gap="small"
    )
    with province_slot:
        roster = pick_province(store)
    with region_slot:
        region_code = pick_region(roster)
    measure_id = choose_measure(store, roster)
    days = _days(store, roster, measure_id)
    with day_slot:
        day = pick_day(days)
    if day is None or measure_id is None:
        left.html(look.page_head(title, roster.province))
        _nothing_yet(roster)
        if otherwise:
            otherwise(roster)
        return None
    view = load_view(roster.province, measure_id, day)
    found = load_standings(view)
    left.html(look.page_head(title, look.html(_subtitle(roster, found), _newer(day, days))))
    return Scene(roster, view, found, load_history(view, region_code), region_code)


def _days(store: Store, roster: Roster, measure_id: str | None) -> list[date]:
    if measure_id is None:
        return []
    return report_days(store, roster.province, measure_id)


def _subtitle(roster: Roster, found: Standings) -> str:
    due = f" · 时限 {told_day(found.plan.window.due)}" if found.plan else ""
    return f"{roster.province} · {found.measure.title} · 数据截至 {told_day(found.as_of)} · {panels.told_reports(found)}{due}"


def _newer(day: date, days: Sequence[date]) -> Html:
    """An address kept from last month shows last month: that there is something newer must be seen."""
    newest = max(days)
    return (
        look.toned(f" · 已有更新的数据（截至 {told_day(newest)}）", "lagging")
        if day < newest
        else look.html()
    )


def _nothing_yet(roster: Roster) -> None:
    with st.container(border=True, key="card_empty"):
        st.html(
            look.empty(
                f"{roster.province}还没有上报数据",
                "请在“数据上报”上传工作簿；入库后这里立即显示进度、地图和排名。",
            )
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")


def headline(scene: Scene) -> None:
    st.html(panels.headline(scene.found, scene.standing, scene.history))
    overriding.judgement(scene.view, scene.found, scene.region_code)


# -- map and league table -----------------------------------------------------------------


def _follow_map(roster: Roster) -> None:
    """A click on the map chooses the region for the whole page; a second click returns to the province."""
    code = plotted.selected_code(st.session_state["map"]["selection"])
    name = next((region.name for region in roster.regions if region.code == code), None)
    choose("region", None if name == st.session_state["region"] else name)


def map_card(scene: Scene) -> None:
    with st.container(border=True, key="card_map", height="stretch"):
        st.html(look.card_title(f"各地{scene.found.measure.title}", "点击地区看明细，再点返回全省"))
        st.html(panels.map_legend(scene.found))
        with st.spinner("正在绘制地图…", show_time=False):
            shapes = load_shapes(scene.roster.province)
            figure = plotted.choropleth(shapes, panels.places(scene.found), scene.region_code, MAP_HEIGHT)
        st.plotly_chart(
            figure,
            key="map",
            on_select=lambda: _follow_map(scene.roster),
            selection_mode="points",
            config=plotted.CONFIG,
            alt=f"{scene.roster.province}各地{scene.found.measure.title}地图",
        )
        st.html(look.source(SKETCH))


def league_card(scene: Scene) -> None:
    with st.container(border=True, key="card_league", height="stretch"):
        st.html(look.card_title("各地排名", panels.yardstick_words(scene.found)))
        st.html(panels.league(scene.found, scene.region_code))
        st.html(look.source(panels.rules_words(scene.found) + overriding.overrides_words(scene.found)))


# -- counties on the map --------------------------------------------------------------------


@keeps_its_place
def floor_card(scene: Scene, campaign: str) -> None:
    """每县不少于20家 on the map of counties; nothing where the campaign has no floor."""
    floors = {measure.title: measure.id for measure in floor_measures(scene.roster.province, campaign)}
    if not floors:
        return
    with st.container(border=True, key="card_floors"):
        title, choice = st.columns([5, 4], vertical_alignment="center", gap="small")
        with choice:
            chosen = _one_of(list(floors), "floor") if len(floors) > 1 else next(iter(floors))
        seen = load_view(scene.roster.province, floors[chosen], scene.view.on)
        title.html(look.card_title(f"{scene.standing.short}县区地图：{chosen}"))
        known = load_county_floors(seen)
        at_least = seen.measure.numerator.floor_on(seen.on)
        left, right = st.columns([5, 7], gap="small")
        with left:
            st.html(
                panels.floor_legend(
                    [f for f in known if scene.region_code in (None, f.region_code)], at_least
                )
            )
            _floor_map(scene, known)
        with right:
            st.html(panels.floor_table(scene.roster, known, scene.region_code))
            st.html(look.source(f"口径：{seen.measure.definition}依据：{seen.measure.basis}。"))


def _floor_map(scene: Scene, floors: Sequence[CountyFloor]) -> None:
    shapes = load_county_shapes(scene.roster.province, scene.region_code)
    places = panels.floor_places(scene.roster, floors)
    if scene.region_code:
        own = [
            place
            for place, floor in zip(places, floors, strict=True)
            if floor.region_code == scene.region_code
        ]
        figure = plotted.choropleth(shapes, own, None, MAP_HEIGHT)
    else:
        borders = load_shapes(scene.roster.province).regions
        figure = plotted.county_choropleth(shapes, places, borders, MAP_HEIGHT)
    _county_chart(scene, figure, "floors", f"{scene.standing.region}各县区帮扶底线地图")


def _county_chart(scene: Scene, figure: plotted.Figure, key: str, words: str) -> None:
    """A click on a county chooses it, and its region with it."""
    st.plotly_chart(
        figure,
        key=key,
        on_select=lambda: _follow_county(scene.roster, key),
        selection_mode="points",
        config=plotted.CONFIG,
        alt=words,
    )
    st.html(look.source(SKETCH))


def _follow_county(roster: Roster, key: str) -> None:
    code = plotted.selected_code(st.session_state[key]["selection"])
    county = next((county for county in roster.counties if county.code == code), None)
    region = roster.region_of_county(code) if code else None
    if county and region:
        choose("region", region.name)
        st.session_state["county"] = county.name


def _county_map(scene: Scene, known: Sequence[CountyFigure]) -> None:
    """The region's counties by the measure, in the classes of the map of regions."""
    region = scene.roster.region(scene.region_code or "")
    if region is None:
        return
    names = {county.code: county.name for county in scene.roster.counties}
    places = panels.county_places(scene.found, region, names, known)
    st.html(panels.county_legend(scene.found, region, known))
    shapes = load_county_shapes(scene.roster.province, region.code)
    chosen = next((code for code, name in names.items() if name == st.session_state.get("county")), None)
    figure = plotted.choropleth(shapes, places, chosen, MAP_HEIGHT)
    _county_chart(scene, figure, "county_map", f"{region.name}各县区{scene.found.measure.title}地图")


# -- trend, attention, one region -----------------------------------------------------------


def trend_card(scene: Scene) -> None:
    with st.container(border=True, key="card_trend", height="stretch"):
        _trend(scene)


def _follow_trend(scene: Scene, selection: Mapping[str, Any]) -> None:
    """A click on a report opens the page on its day, where its files and rows are told."""
    days = {edition.on for edition in scene.view.history} - {scene.view.on}
    day = charts.selected_day(selection)
    if day in days:
        choose(DAY, day.isoformat())
        st.rerun()


@st.fragment
def _trend(scene: Scene) -> None:
    """By week, month or quarter; another step draws this card anew and nothing else."""
    found, standing = scene.found, scene.standing
    title, steps = st.columns([6, 4], vertical_alignment="center", gap="small")
    title.html(look.card_title(panels.trend_title(found, standing)))
    with steps:
        step = pick_step()
    run = course(found.measure, found.plan)
    periods = trend(scene.history, step, run, scene.view.on)[-step.shown :]
    following = coming(scene.history, step, run, scene.view.on)
    bars = panels.trend_bars(found, step, [*periods, *([following] if following else [])])
    st.html(panels.trend_legend(found, step, bars))
    figure = charts.trend(
        panels.trend_points(found, periods),
        panels.pace_points(found, standing),
        bars,
        frame=panels.trend_frame(found, step, bars),
        value_name=found.measure.numerator.title,
        note=panels.trend_heading(found, step, periods, following),
        unit=found.measure.unit,
        pace_name=panels.goal_name(found),
        height=TREND_HEIGHT,
    )
    # Named by its day: what was clicked on the chart of another day must not follow.
    clicked = st.plotly_chart(
        figure, key=f"trend_{scene.view.on}", config=plotted.CONFIG, alt=f"{standing.region}按{step.title}趋势",
        on_select="rerun", selection_mode="points",
    )  # fmt: skip
    _follow_trend(scene, clicked["selection"])
    words = briefing.deadline_sentence(found, standing)
    st.html(
        look.source(
            words
            + briefing.forecast_sentence(
                outlook(found.measure, found.plan, scene.history), found.measure.unit, found.own_year
            )
            + ("点击折线上的点，查看该次报送。" if len(periods) > 1 else "")
        )
    )


def attention_card(scene: Scene) -> None:
    with st.container(border=True, key="card_attention", height="stretch"):
        st.html(look.card_title("需要调度", panels.attention_order(scene.found)))
        items = briefing.attention(scene.found)
        if items:
            st.html(panels.attention_list(items))
        elif not scene.found.reported:
            st.html(look.empty("尚未收到各地数据", "任务数已下达，收到台账后这里列出需要调度的地区。"))
        else:
            st.html(look.empty("没有需要调度的地区", f"{panels.none_behind(scene.found)}。"))


def history_card(store: Store, scene: Scene) -> None:
    """One region's figures in each report, with the file, sheet and row; an empty place for the whole province."""
    with st.container(height="stretch"):
        if scene.region_code:
            _history(store, scene)


def _history(store: Store, scene: Scene) -> None:
    with st.container(border=True, key="card_history", height="stretch"):
        st.html(look.card_title(f"{scene.standing.region}：历次报送", "最近的在前"))
        rows = _reports(store, scene)
        if rows:
            grid(rows, hide_index=True, alt="历次报送", key="reports", placeholder=look.NO_VALUE)
            st.html(look.on_paper(rows))
        else:
            st.html(look.empty("没有报送记录", "该地区尚未报送，请督促上报。"))


def _reports(store: Store, scene: Scene) -> list[dict[str, object]]:
    """As the summaries say; where a list is what is reported, beside a table of tasks perhaps, by its sums."""
    origins = reports(store, scene.view, scene.standing.region_code)
    reporting = scene.found.measure.report_ledgers
    if any(origin.ledger.id in reporting for origin in origins):
        return [panels.report_row(origin) for origin in origins]
    return [panels.point_row(scene.found, point) for point in reversed(scene.history)]


def counties_card(store: Store, scene: Scene) -> None:
    """Within the chosen region its counties and the enterprises of one of them; the whole list as a file."""
    ledger = list_behind(scene.view)
    if ledger is None:
        return
    wanted = details.Wanted(scene.view.now, ledger, scene.region_code or "")
    with st.container(border=True, key="card_counties"):
        if scene.region_code:
            st.html(look.card_title(f"{scene.standing.region}：各县区与企业", f"《{ledger.title}》"))
            known = counties(store, scene.view, scene.region_code)
            _counties(scene, known)
            _enterprises(store, scene, ledger, known)
        else:
            st.html(look.card_title(f"{scene.roster.province}：全部明细", f"《{ledger.title}》"))
            st.html(look.source("选择地区后，这里列出该地区的各县区和明细。"))
        details.download(store, wanted)


def _enterprises(store: Store, scene: Scene, ledger: Ledger, known: Sequence[CountyFigure]) -> None:
    names = {"全部县区": "", **{figure.county: figure.county_code for figure in known}}
    if st.session_state.get("county") not in names:
        st.session_state.pop("county", None)
    chosen = st.selectbox("县区", list(names), key="county", label_visibility="collapsed", width=220)
    rows = enterprises(store, scene.view, ledger, scene.region_code or "", names[chosen])
    if not rows:
        st.html(look.empty("没有企业名单", "该地区尚未上报企业台账，或台账中没有写县区。"))
        return
    told = [panels.enterprise_row(ledger, trace) for trace in rows]
    grid(told, hide_index=True, alt="企业名单", key="list", placeholder=look.NO_VALUE)
    st.html(look.on_paper(told))
    if len(rows) == ROWS_A_PAGE:
        st.html(look.muted(f"这里列出前 {ROWS_A_PAGE} 行；全部内容请点“下载全部明细”。"))


def _counties(scene: Scene, known: Sequence[CountyFigure]) -> None:
    """Map and table side by side; without shares there is nothing to colour."""
    if not any(figure.value is not None for figure in known):
        if known:
            st.html(panels.county_counts(scene.found, known))
        return
    left, right = st.columns([5, 7], gap="small")
    with left:
        _county_map(scene, known)
    with right:
        st.html(panels.county_table(scene.found, known))


def schedule_card(scene: Scene) -> None:
    with st.container(border=True, key="card_schedule", height="stretch"):
        plan = scene.found.plan
        st.html(look.card_title("倒排工期", f"时限 {told_day(plan.window.due)}" if plan else ""))
        if plan and scene.found.reported:
            st.html(panels.schedule_table(scene.found))
        else:
            st.html(look.empty("暂无倒排工期", "没有规定时限，或尚未收到数据。"))


def definition_card(store: Store, scene: Scene) -> None:
    """口径, documents and sources: where each number comes from."""
    measure, plan = scene.found.measure, scene.found.plan
    with st.container(border=True, key="card_definition"):
        st.html(look.card_title("口径与来源"))
        pairs = [("口径", measure.definition), ("依据", measure.basis)]
        if plan:
            pairs.append(("时限依据", plan.basis))
            pairs += [("说明", plan.note)] if plan.note else []
        if apart := [f"{region}{told}" for region, told in scene.found.disagreements]:
            pairs.append(("两表不一致", f"{'；'.join(apart)}。本页采用前者，请核对。"))
        st.html(look.facts(pairs))
        province = scene.roster.province
        rows = [panels.source_row(snapshot, province) for snapshot in sources(store, scene.view)]
        grid(rows, hide_index=True, alt="数据来源", key="sources", column_config=CONTENT)
        st.html(look.on_paper(rows, without=tuple(CONTENT)))


# -- a campaign's page ----------------------------------------------------------------------


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

        _one_of(list(titles), key, follow)
        return chosen

    return choose


def _one_of(titles: list[str], key: str, follow: Callable[[], None] | None = None) -> str:
    """Buttons while they are few, else a list; what is chosen stands in the session under the key."""
    st.session_state.setdefault(key, titles[0])
    if len(titles) <= BUTTONS:
        st.segmented_control(
            "指标",
            titles,
            format_func=literal,
            key=key,
            on_change=follow,
            required=True,
            label_visibility="collapsed",
        )
    else:
        st.selectbox("指标", titles, key=key, on_change=follow, label_visibility="collapsed", width=420)
    return str(st.session_state[key])


def campaign_page(
    store: Store, title: str, campaign: str, further: Callable[[Store, Scene], None] | None = None
) -> None:
    """The page of a campaign: one measure in full, all its measures side by side, definitions and sources.

    `further` are the cards that only this campaign has.
    """
    scene = head(store, title, pick_measure(campaign), planned_stages(campaign))
    if scene is None:
        return
    headline(scene)
    stages_card(scene, campaign)
    left, right = st.columns([5, 7], gap="small")
    with left:
        map_card(scene)
    with right:
        league_card(scene)
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


def stages_card(scene: Scene, campaign: str) -> None:
    """The dated stages of the province's plans at the day of the figures; nothing where no document dates any."""
    _stages(scene.roster, campaign, scene.found.as_of or scene.view.on, "数据截至")


def planned_stages(campaign: str) -> Callable[[Roster], None]:
    """The same before any figures, as of today."""
    return lambda roster: _stages(roster, campaign, today(), "今天")


@keeps_its_place
def _stages(roster: Roster, campaign: str, day: date, named: str) -> None:
    known = timelines_for(campaign, roster.province)
    if not known:
        return
    own = all(timeline.province == roster.province for timeline in known)
    with st.container(border=True, key="card_stages"):
        aside = "" if own else "本省没有单独的阶段安排，供参照"
        st.html(look.card_title("工作阶段" if own else f"工作阶段（参照：{_whose(known)}方案）", aside))
        st.html(timelines.chart(known, day, named))
        st.html(look.source(timelines.key_words()))
        with st.expander("各阶段起止和依据"):
            for timeline in known:
                st.html(look.card_title(timelines.named(timeline), f"依据：{timeline.basis}"))
                st.html(panels.stage_table(timeline, day))


def _whose(known: Sequence[Timeline]) -> str:
    return "、".join(timelines.named(timeline) for timeline in known)


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
        st.html(look.card_title(f"{measure.title}（{title}）", f"数据截至 {told_day(found.as_of)}"))
        st.html(panels.league(found, scene.region_code))
        st.html(look.source(f"口径：{measure.definition}{panels.rules_words(found)}"))
        region = "" if scene.region_code is None else scene.standing.region
        measure_link(province, measure, region, found.as_of, f"到“{title}”查看")


@keeps_its_place
def matrix_card(scene: Scene, campaign: str) -> None:
    """All measures of the campaign by region, the weakest first; nothing where there is only one."""
    seen = [
        load_view(scene.roster.province, m.id, scene.view.on) for m in of_campaign(scene.roster, campaign)
    ]
    known = [found for found in map(load_standings, seen) if found.reported]
    if len(known) < 2:
        return
    shown = matrix.arranged(scene.roster.province, known)
    with st.container(border=True, key="card_matrix"):
        st.html(look.card_title("各项指标", matrix.order_words(shown)))
        st.html(matrix.table(shown, scene.region_code))
        st.html(look.source(matrix.key_words(shown)))
