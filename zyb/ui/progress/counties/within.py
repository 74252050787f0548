"""Within a region: its counties on a map and in a table, and the enterprises of one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from zyb.answers.counties import county_verdict
from zyb.answers.drilling import ROWS_A_PAGE, CountyFigure, counties, enterprises, list_behind, open_columns
from zyb.exports.inquiries.cards import CardDrawing, CardTable, value_kind
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.inquiries.model import Inquiry
from zyb.maps import plotted
from zyb.maps.drawing import MapClass, MapSheet, map_sheet
from zyb.maps.plotted import MapPlace
from zyb.numerals import (
    count,
    value_number,
    value_text,
)
from zyb.periods import chinese_day
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import Region
from zyb.rulebook.verdicts import Verdict
from zyb.standing.scales import ValueScale, value_scale
from zyb.standing.standings import Standings
from zyb.store import Store, Trace
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.grids import grid
from zyb.ui.frame.leads import inquiry_link
from zyb.ui.frame.loading import (
    load_county_shapes,
)
from zyb.ui.progress.league import bar_tone, full_width
from zyb.ui.progress.map import MAP_HEIGHT, county_chart, county_sheet, legend_entries, paint
from zyb.ui.progress.scene import Scene


def county_places(
    found: Standings, region: Region, names: dict[str, str], figures: Sequence[CountyFigure]
) -> list[MapPlace]:
    """The region's counties in the classes of the map of regions; who is in no report is 未报送."""
    by_code, known = {figure.county_code: figure for figure in figures}, _scale(found, figures)
    return [_county_place(found, code, names[code], by_code.get(code), known) for code in region.members]


def _scale(found: Standings, figures: Sequence[CountyFigure]) -> ValueScale | None:
    return None if found.judges else value_scale((f.value for f in figures), found.measure.kind)


def _county_place(
    found: Standings, code: str, name: str, figure: CountyFigure | None, known: ValueScale | None
) -> MapPlace:
    judged = county_verdict(found, figure) if figure else found.verdicts["not_reported"]
    painted = paint(judged, figure.value if figure else None, known)
    lines = []
    if figure:
        lines.append(
            f"{found.measure.numerator.title} {count(figure.numerator)}／{count(figure.denominator)}"
        )
        lines.append(f"{found.measure.title} {value_text(figure.value, found.measure.kind)}")
    return MapPlace(
        code=code, name=name, colour=painted.colour,
        text=value_number(figure.value, found.measure.kind) if figure and figure.value is not None else "",
        mark=painted.mark,
        hover=(*lines, f"{judged.shape} {judged.title}"),
        emphasis=painted.emphasis,
        hatched=judged.id == "not_reported",
    )  # fmt: skip


def county_legend(found: Standings, region: Region, figures: Sequence[CountyFigure]) -> list[MapClass]:
    known = _scale(found, figures)
    told = [figure for figure in figures if figure.placed and (known is None or figure.value is None)]
    numbers = Counter(county_verdict(found, figure).id for figure in told)
    numbers["not_reported"] += len(set(region.members) - {figure.county_code for figure in figures})
    return legend_entries(found.verdicts, numbers, known, found.measure.kind)


def county_table(found: Standings, figures: Sequence[CountyFigure]) -> Markup:
    """The counties of a region, weakest first, on one axis, judged as the regions are."""
    measure = found.measure
    headings = [
        HtmlCell("县区", "left"), HtmlCell(measure.denominator.title), HtmlCell(measure.numerator.title), HtmlCell("", "bar"), HtmlCell("数量" if measure.counts else "比率"), HtmlCell("评价"),
    ]  # fmt: skip
    full = full_width(found, (figure.value for figure in figures))
    return look.league(headings, [_county_row(found, figure, full) for figure in figures])


def county_counts(found: Standings, figures: Sequence[CountyFigure]) -> Markup:
    """Without a task of their own there is nothing to hold counties against: what they have done, least first."""
    ordered = sorted(figures, key=lambda figure: figure.numerator)
    told = "、".join(f"{figure.county} {count(figure.numerator)}" for figure in ordered)
    measure = found.measure
    said = f"各县区没有单独的任务数，只列{measure.numerator.title}（{measure.unit}）："
    return joined(look.muted(said), told)


def _county_row(found: Standings, figure: CountyFigure, full: float) -> HtmlRow:
    judged, pace = _verdict_of(found, figure), found.province.pace
    value = float(figure.value) if figure.value is not None else None
    tick = float(pace) if pace is not None and value is not None else None
    return HtmlRow([
        HtmlCell(figure.county, "name"),
        HtmlCell(count(figure.denominator)),
        HtmlCell(count(figure.numerator)),
        HtmlCell(look.bullet(value, tick, bar_tone(judged), full=full), "bar"),
        HtmlCell(look.strong(value_text(figure.value, found.measure.kind))),
        HtmlCell(look.badge(judged.title, judged.tone) if value is not None and figure.placed else ""),
    ])  # fmt: skip


def _verdict_of(found: Standings, figure: CountyFigure) -> Verdict:
    """What names no county is none and is not judged."""
    return county_verdict(found, figure) if figure.placed else found.verdicts["unplanned"]


def enterprise_row(ledger: Ledger, trace: Trace) -> dict[str, object]:
    """An enterprise in the ledger's own words, without personal data, and where it stands."""
    sheet = f"{trace.sheet} " if trace.sheet else ""
    own = {column.title: _in_list(column, trace.values[column.name]) for column in open_columns(ledger)}
    return {**own, "批次": trace.snapshot, "位置": f"{sheet}第 {trace.line} 行"}


def _in_list(column: Column, value: object) -> object:
    """An empty cell of text stays empty: the grid would write None."""
    return "" if value is None and column.type != "count" else value


def _county_sheet(scene: Scene, region: Region, known: Sequence[CountyFigure]) -> MapSheet:
    """The region's counties by the measure, in the classes of the map of regions."""
    names = {county.code: county.name for county in scene.roster.counties}
    return county_sheet(
        scene, f"{region.name}各县区{scene.found.measure.title}", load_county_shapes(scene.roster.province, region.code),
        county_places(scene.found, region, names, known), county_legend(scene.found, region, known),
        told_on(scene, known),
    )  # fmt: skip


def _county_map(scene: Scene, known: Sequence[CountyFigure]) -> None:
    region = scene.roster.region(scene.region_code or "")
    if region is None:
        return
    sheet = _county_sheet(scene, region, known)
    look.show(look.legend(sheet.legend))
    shapes, named = sheet.shapes, st.session_state.get("county")
    chosen = next((county.code for county in scene.roster.counties if county.name == named), None)
    figure = plotted.choropleth(shapes, sheet.places, chosen, MAP_HEIGHT)
    county_chart(
        scene,
        shapes,
        figure,
        "county_map",
        f"{region.name}各县区{scene.found.measure.title}地图",
        counties_taken(scene, known),
    )


def counties_card(store: Store, scene: Scene) -> None:
    """Within the chosen region its counties and the enterprises of one of them; the whole list as a file."""
    ledger = list_behind(scene.view)
    if ledger is None or scene.roster.province_code == NATION.code:  # they stand on the provinces' own pages
        return
    county = ""
    with st.container(border=True, key="card_counties"):
        if scene.region_code:
            known = counties(store, scene.view, scene.region_code)
            own = (
                f"《{ledger.title}》，数据截至{chinese_day(told_on(scene, known))}"
                if known
                else f"《{ledger.title}》"
            )
            look.show(look.card_title(f"{scene.standing.region}：各县区与企业", own))
            _counties(scene, known)
            county = _enterprises(store, scene, ledger, known)
            take(counties_taken(scene, known), "counties", drawing=_county_drawing(scene, known))
        else:
            look.show(look.card_title(f"{scene.roster.province}：全部明细", f"《{ledger.title}》"))
            look.show(look.source("选择地区后，这里列出该地区的各县区和明细。"))
        _all_rows(scene, ledger, county)


def _all_rows(scene: Scene, ledger: Ledger, county: str) -> None:
    """Where all of it is filtered, sorted and taken along, and not this page of it alone; nothing where nobody has reported."""
    region = scene.region_code or ""
    parts = (part for part, _ in scene.view.now.sources if part.ledger == ledger.id)
    if any(region in ("", part.region_code) for part in parts):
        asked = Inquiry(
            ledger_id=ledger.id, province=scene.roster.province, days=(scene.view.on,), regions=(region,) if region else (),
            counties=(county,) if county else (),
        )  # fmt: skip
        inquiry_link(asked, "在数据查询中查看全部明细，筛选、下载")


def _county_drawing(scene: Scene, known: Sequence[CountyFigure]) -> CardDrawing | None:
    """The map as it is shown; where there is none there is nothing to draw."""
    region = scene.roster.region(scene.region_code or "")
    if region is None or not any(figure.value is not None for figure in known):
        return None
    return partial(map_sheet, _county_sheet(scene, region, known))


def counties_taken(scene: Scene, known: Sequence[CountyFigure]) -> CardTable:
    found, measure = scene.found, scene.found.measure
    columns = [
        ("县区", "text"), (measure.denominator.title, "count"), (measure.numerator.title, "count"), (measure.title, value_kind(measure)),
        ("评价", "text"),
    ]  # fmt: skip
    rows = [
        (one.county, one.denominator, one.numerator, one.value, _verdict_of(found, one).title if one.value is not None and one.placed else "")
        for one in known
    ]  # fmt: skip
    title = f"{scene.standing.region}各县区{measure.title}"
    return scene.card(title, columns, rows, on=told_on(scene, known))


def told_on(scene: Scene, known: Sequence[CountyFigure]) -> date:
    """The day of the table that tells of counties, which may be newer or older than the regions' own figures."""
    return next((one.as_of for one in known if one.as_of), scene.found.as_of or scene.view.on)


def _enterprises(store: Store, scene: Scene, ledger: Ledger, known: Sequence[CountyFigure]) -> str:
    """A page of the enterprises; the code of the county that is picked, or nothing."""
    names = {"全部县区": "", **{figure.county: figure.county_code for figure in known if figure.placed}}
    if st.session_state.get("county") not in names:
        st.session_state.pop("county", None)
    chosen = st.selectbox("县区", list(names), key="county", label_visibility="collapsed", width=220)
    rows = enterprises(store, scene.view, ledger, scene.region_code or "", names[chosen])
    if not rows:
        look.show(look.empty("没有企业名单", "该地区尚未上报企业台账，或台账中没有写县区。"))
        return names[chosen]
    told = [enterprise_row(ledger, trace) for trace in rows]
    grid(told, hide_index=True, alt="企业名单", key="list", placeholder=look.NO_VALUE)
    look.show(look.on_paper(told))
    if len(rows) == ROWS_A_PAGE:
        look.show(look.muted(f"这里列出前 {ROWS_A_PAGE} 行；其余在数据查询中查看。"))
    return names[chosen]


def _counties(scene: Scene, known: Sequence[CountyFigure]) -> None:
    """Map and table side by side; without shares there is nothing to colour."""
    if not any(figure.value is not None for figure in known):
        if known:
            look.show(county_counts(scene.found, known))
        return
    left, right = st.columns([5, 7], gap="small")
    with left:
        _county_map(scene, known)
    with right:
        look.show(county_table(scene.found, known))
