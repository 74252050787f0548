"""每县不少于20家: counties held against a floor, on a map and in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from zyb import palette
from zyb.answers.counties import CountyFloor, FloorState, floor_measures
from zyb.answers.progress import View
from zyb.exports.inquiries.cards import CardTable
from zyb.html import HtmlCell, HtmlRow, Markup, RowKind
from zyb.maps import plotted
from zyb.maps.drawing import MapClass, MapSheet, map_sheet
from zyb.maps.plotted import MapPlace
from zyb.numerals import (
    count,
)
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.loading import (
    load_county_floors,
    load_county_shapes,
    load_shapes,
    load_view,
)
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.map import MAP_HEIGHT, county_chart, county_sheet
from zyb.ui.progress.scene import Scene, one_of

FLOOR_WORDS: dict[FloorState, str] = {
    "reached": "已达到",
    "below": "未达到",
    "none": "尚无",
    "open": "待核实",
    "silent": "未报送",
}
FLOOR_TONES: dict[FloorState, str] = {
    "reached": "good",
    "below": "watch",
    "none": "lagging",
    "open": "missing",
    "silent": "missing",
}


def floor_places(roster: Roster, floors: Sequence[CountyFloor]) -> list[MapPlace]:
    return [_floor_place(roster, floor) for floor in floors]


def _floor_place(roster: Roster, floor: CountyFloor) -> MapPlace:
    region = roster.region(floor.region_code)
    lines = [region.name] if region else []
    if floor.amount is not None:
        most = "至多" if floor.unplaced else ""
        lines.append(f"已完成 {count(floor.amount)} 家，还差{most} {count(floor.missing)} 家")
    if floor.unplaced:
        lines.append(f"本市另有 {count(floor.unplaced)} 家未写明县区")
    lines.append(f"{palette.SHAPES[FLOOR_TONES[floor.state]]} {FLOOR_WORDS[floor.state]}")
    return MapPlace(
        code=floor.county_code, name=floor.county, colour=palette.FLOORS[floor.state],
        text=count(floor.amount) if floor.amount is not None else "", mark=_floor_mark(floor.state),
        hover=tuple(lines), emphasis="light" if floor.state in ("reached", "none") else "dark",
        hatched=floor.state == "silent",
    )  # fmt: skip


def _floor_mark(state: FloorState) -> str:
    return "" if state == "silent" else palette.SHAPES[FLOOR_TONES[state]]


def floor_legend(floors: Sequence[CountyFloor], at_least: int) -> list[MapClass]:
    numbers = Counter(floor.state for floor in floors)
    ranges: dict[FloorState, str] = {
        "reached": f"（{at_least}家及以上）",
        "below": f"（不足{at_least}家）",
        "open": "（算上未写明县区的可能达到）",
    }
    return [
        (
            None if state == "silent" else palette.FLOORS[state],
            f"{_floor_mark(state)} {words}{ranges.get(state, '')} {numbers[state]}".lstrip(),
        )
        for state, words in FLOOR_WORDS.items()
    ]


def floor_table(roster: Roster, floors: Sequence[CountyFloor], chosen: str | None) -> Markup:
    """By region: counties in each class and how many 家 they lack together, the largest lack first."""
    headings = [
        HtmlCell("地区", "left"), HtmlCell("县区"), HtmlCell("已达到"), HtmlCell("未达到"), HtmlCell("尚无"), HtmlCell("待核实"), HtmlCell("未写明县区（家）"),
        HtmlCell("还差（家）"), HtmlCell("差得最多的县区", "left"),
    ]  # fmt: skip
    by_region = {
        region.code: [floor for floor in floors if floor.region_code == region.code]
        for region in roster.regions
    }
    lacking = sorted(by_region, key=lambda code: -_lack(by_region[code]))
    rows = [
        _floor_row(region.short, by_region[code], "chosen" if code == chosen else "")
        for code in lacking
        if (region := roster.region(code))
    ]
    return look.league(headings, [_floor_row(level_words(roster.province).whole, floors, "total"), *rows])


def _lack(floors: Sequence[CountyFloor]) -> int:
    return sum(floor.missing or 0 for floor in floors)


def _lack_words(floors: Sequence[CountyFloor]) -> str:
    """At most, where some may be the counties' own that name none."""
    return f"至多{count(_lack(floors))}" if _unplaced(floors) else count(_lack(floors))


def _unplaced(floors: Sequence[CountyFloor]) -> int:
    return sum({floor.region_code: floor.unplaced for floor in floors}.values())


def _lacking(floor: CountyFloor) -> str:
    most = "至多" if floor.unplaced else ""
    return f"{floor.county}（完成{floor.amount}家，{most}差{floor.missing}家）"


def _floor_row(name: str, floors: Sequence[CountyFloor], kind: RowKind) -> HtmlRow:
    numbers = Counter(floor.state for floor in floors)
    silent = numbers["silent"] == len(floors)
    short = sorted((f for f in floors if f.missing), key=lambda f: -(f.missing or 0))[:3]
    named = "、".join(map(_lacking, short)) if kind != "total" else ""
    states: tuple[FloorState, ...] = ("reached", "below", "none", "open")
    told = [count(None if silent else numbers[state]) for state in states]
    told.append(count(None if silent else _unplaced(floors)))
    return HtmlRow(
        [
            HtmlCell(name, "name"),
            HtmlCell(count(len(floors))),
            *(HtmlCell(text) for text in told),
            HtmlCell(look.strong(count(None) if silent else _lack_words(floors))),
            HtmlCell(look.badge("未报送", "missing") if silent else named, "wrap"),
        ],
        kind,
    )


def floors_taken(scene: Scene, seen: View, floors: Sequence[CountyFloor]) -> CardTable:
    """A row a county: what the map shows, and what the regions' rows add up."""
    columns = [
        ("地区", "text"), ("县区", "text"), ("已完成（家）", "count"), ("还差（家）", "count"), ("本市未写明县区（家）", "count"), ("情况", "text"),
    ]  # fmt: skip
    names = {region.code: region.short for region in scene.roster.regions}
    shown = [one for one in floors if scene.region_code in (None, one.region_code)]
    rows = [
        (names.get(one.region_code, ""), one.county, one.amount, one.missing, one.unplaced, FLOOR_WORDS[one.state])
        for one in shown
    ]  # fmt: skip
    measure = seen.measure
    return CardTable(
        title=f"各县区{measure.title}", place=scene.roster.province, on=seen.on, columns=columns, rows=rows,
        notes=[("口径", measure.definition), ("依据", measure.basis), ("说明", "有未写明县区的，还差为至多数")],
    )  # fmt: skip


@keeps_its_place
def floor_card(scene: Scene, campaign: str) -> None:
    """每县不少于20家 on the map of counties; nothing where the campaign has no floor."""
    floors = {measure.title: measure.id for measure in floor_measures(scene.roster.province, campaign)}
    if not floors or scene.roster.province_code == NATION.code:  # each province has its own map of counties
        return
    with st.container(border=True, key="card_floors"):
        title, choice = st.columns([5, 4], vertical_alignment="center", gap="small")
        with choice:
            chosen = one_of(list(floors), "floor") if len(floors) > 1 else next(iter(floors))
        seen = load_view(scene.roster.province, floors[chosen], scene.view.on)
        look.show(look.card_title(f"{scene.standing.short}县区地图：{chosen}"), title)
        known = load_county_floors(seen)
        taken = floors_taken(scene, seen, known)
        left, right = st.columns([5, 7], gap="small")
        with left:
            sheet = _floor_sheet(scene, seen, known)
            look.show(look.legend(sheet.legend))
            _floor_map(scene, sheet, taken)
        with right:
            look.show(floor_table(scene.roster, known, scene.region_code))
            look.show(look.source(f"口径：{seen.measure.definition}依据：{seen.measure.basis}。"))
        take(taken, "floors", drawing=partial(map_sheet, sheet))


def _floor_sheet(scene: Scene, seen: View, floors: Sequence[CountyFloor]) -> MapSheet:
    """The counties of the region that was chosen, or of the province below the borders of its regions."""
    own = [floor for floor in floors if scene.region_code in (None, floor.region_code)]
    shapes = load_county_shapes(scene.roster.province, scene.region_code)
    over = None if scene.region_code else load_shapes(scene.roster.province).regions
    return county_sheet(
        scene, f"{scene.standing.region if scene.region_code else scene.roster.province}各县区帮扶底线", shapes, floor_places(scene.roster, own),
        floor_legend(own, seen.measure.numerator.at_least), seen.on, over,
    )  # fmt: skip


def _floor_map(scene: Scene, sheet: MapSheet, taken: CardTable) -> None:
    if sheet.over is None:
        figure = plotted.choropleth(sheet.shapes, sheet.places, None, MAP_HEIGHT)
    else:
        figure = plotted.county_choropleth(sheet.shapes, sheet.places, sheet.over, MAP_HEIGHT)
    county_chart(scene, sheet.shapes, figure, "floors", f"{scene.standing.region}各县区帮扶底线地图", taken)
