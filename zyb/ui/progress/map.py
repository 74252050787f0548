"""各地地图: regions (and counties) in the colours of their verdicts; a click chooses one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Literal

import streamlit as st

from zyb import palette
from zyb.briefing import (
    carried_words,
    pace_words,
    rolled_words,
)
from zyb.exports.inquiries.cards import CardTable, value_kind
from zyb.html import Markup, joined
from zyb.maps import plotted
from zyb.maps.drawing import MapClass, MapSheet, map_sheet
from zyb.maps.plotted import MapPlace
from zyb.maps.polygons import REVIEW_NUMBER, GeoJson, ProvinceMap
from zyb.numerals import (
    count,
    value_number,
    value_text,
)
from zyb.periods import chinese_day
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import Roster
from zyb.rulebook.verdicts import Verdict, Verdicts
from zyb.standing.rolling_up import own_page
from zyb.standing.scales import HOW, ValueScale, value_scale
from zyb.standing.standings import Standing, Standings
from zyb.ui import look
from zyb.ui.filtered.taking import picture_config, take
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import (
    load_shapes,
)
from zyb.ui.frame.pickers import (
    PROVINCE,
    choose,
)
from zyb.ui.progress.scene import Scene, few


def places(found: Standings) -> list[MapPlace]:
    known = scale(found)
    return [_place(found, standing, known) for standing in found.regions]


def scale(found: Standings) -> ValueScale | None:
    """The classes of values that nothing judges; None where verdicts colour the map."""
    return None if found.judges else value_scale((s.value for s in found.regions), found.measure.kind)


@dataclass(frozen=True)
class Paint:
    """A place's colour, which lettering stands out on it, and the shape of its judgement."""

    colour: str
    emphasis: Literal["light", "dark"]
    mark: str


def paint(
    judged: Verdict, value: Fraction | None, known: ValueScale | None, *, by_a_person: bool = False
) -> Paint:
    """Of its verdict, or where nothing is judged of its value; what a person judged all the same keeps its shape."""
    found = known.of(value) if known else None
    if found:
        light = found.shade >= palette.LIGHT_VALUES
        return Paint(
            palette.VALUES[found.shade], "light" if light else "dark", mark(judged) if by_a_person else ""
        )
    light = judged.id in palette.LIGHT_LETTERING
    return Paint(palette.VERDICTS[judged.id], "light" if light else "dark", mark(judged))


def _place(found: Standings, standing: Standing, known: ValueScale | None) -> MapPlace:
    measure = found.measure
    painted = paint(standing.verdict, standing.value, known, by_a_person=standing.override is not None)
    silent = standing.verdict.id == "not_reported"
    lines = [f"{measure.denominator.title} {count(standing.denominator)} {measure.unit}"]
    if measure.sources[0].alone and standing.denominator is None:
        lines = []
    if not silent and measure.surveys:
        if measure.weight_title:
            lines.append(f"{measure.weight_title} {count(standing.asked)}")
        beside = pace_words(found, standing)
        lines.append(
            "，".join(filter(None, (f"{measure.title} {value_text(standing.value, measure.kind)}", beside)))
        )
    elif not silent:
        lines.append(f"{measure.numerator.title} {count(standing.numerator)} {measure.unit}")
        value = value_text(standing.value, measure.kind) + measure.gap_unit
        lines.append(f"{measure.title} {value}，{pace_words(found, standing)}")
        lines.append(f"{measure.lacking} {count(standing.remaining)} {measure.unit}")
    lines.append(f"{standing.verdict.shape} {standing.verdict.title}")
    if standing.stale:
        lines.append(carried_words(standing))
    if standing.alone:
        lines.append(standing.alone.told)
    if rolled := rolled_words(standing):
        lines.append(rolled)
    if standing.override:
        lines.append(f"人工调整，规则评价：{standing.proposed.title}")
    return MapPlace(
        code=standing.region_code, name=standing.short, colour=painted.colour,
        text="" if standing.value is None else value_number(standing.value, found.measure.kind), mark=painted.mark,
        hover=tuple(lines), emphasis=painted.emphasis, hatched=silent,
    )  # fmt: skip


def _told(found: Standings, known: ValueScale | None) -> Counter[str]:
    return Counter(one.verdict.id for one in found.regions if known is None or one.value is None)


def mark(judged: Verdict) -> str:
    """The shape of a judgement; where nothing is judged, hatching or paleness says so."""
    return "" if judged.tone == "missing" else judged.shape


def map_legend(found: Standings) -> Markup:
    """The verdicts; who is judged by old figures is counted among them, and told."""
    known = scale(found)
    legend = verdict_legend(found.verdicts, _told(found, known), known, found.measure.kind)
    if not found.carried:
        return legend
    named = few(found.carried)
    return joined(legend, look.source(f"其中沿用前期 {len(found.carried)}：{named}"))


def verdict_legend(
    table: Verdicts, numbers: Counter[str], known: ValueScale | None = None, kind: str = ""
) -> Markup:
    """Every class that occurs with the number of its places, and always 未报送; of values that nothing judges how
    their classes were made."""
    legend = look.legend(legend_entries(table, numbers, known, kind))
    return joined(legend, look.source(f"{HOW}。")) if known and known.classes else legend


def legend_entries(
    table: Verdicts, numbers: Counter[str], known: ValueScale | None = None, kind: str = ""
) -> list[MapClass]:
    """Colours and words, for the page and for a drawing alike."""
    shown = [v for v in table.values() if numbers[v.id] or v.id == "not_reported"]
    entries: list[MapClass] = [
        (palette.VALUES[one.shade], f"{one.words(kind)} {one.members}") for one in (known.classes if known else ())
    ]  # fmt: skip
    return entries + [
        (
            None if v.id == "not_reported" else palette.VERDICTS[v.id],
            f"{mark(v)} {v.title} {numbers[v.id]}".lstrip(),
        )
        for v in shown
    ]


MAP_HEIGHT = 424
UNCOUNTED = "不在统计范围"
REVIEWED = f"示意图　审图号 {REVIEW_NUMBER}"
SKETCH = f"示意图，界线不作为划界依据。底图：天地图，审图号 {REVIEW_NUMBER}"


def _follow_map(roster: Roster) -> None:
    """A click on the map chooses the region for the whole page; a second click returns to the province."""
    code = plotted.selected_code(st.session_state["map"]["selection"])
    if code and roster.region(code) is None:
        return  # 台湾, 香港, 澳门 in the picture of the country: there is nothing to choose
    name = next((region.name for region in roster.regions if region.code == code), None)
    choose("region", None if name == st.session_state["region"] else name)


def uncounted(shapes: ProvinceMap) -> list[MapPlace]:
    """What belongs to the country and is in no statistics here: no colour, no class."""
    names = {label.code: label.name for label in shapes.labels}
    return [
        MapPlace(code=code, name=names[code], colour=palette.GRID, hover=(UNCOUNTED,))
        for code in shapes.uncounted
    ]


def _way_down(scene: Scene) -> None:
    """From a province in the country to its own page, as of any day that it has."""
    if scene.roster.province_code != NATION.code or not scene.region_code:
        return
    own = own_page(scene.region_code)
    title = f"进入{own}的页面" if own == scene.standing.region else f"到{own}的页面看所属各市"
    st.button(
        literal(title),
        icon=":material/south_east:",
        key="way_down",
        type="tertiary",
        on_click=_enter,
        args=(own,),
    )


def _enter(province: str) -> None:
    choose("region", None)
    choose(PROVINCE, province)


def map_card(scene: Scene) -> None:
    with st.container(border=True, key="card_map", height="stretch"):
        look.show(
            look.card_title(
                f"各地{scene.found.measure.title}", f"点击地区看明细，再点返回{scene.found.province.region}"
            )
        )
        look.show(map_legend(scene.found))
        with st.spinner("正在绘制地图…", show_time=False):
            shapes = load_shapes(scene.roster.province)
            shown = [*places(scene.found), *uncounted(shapes)]
            figure = plotted.choropleth(shapes, shown, scene.region_code, MAP_HEIGHT)
        taken = map_taken(scene)
        st.plotly_chart(
            figure, key="map", on_select=lambda: _follow_map(scene.roster), selection_mode="points",
            config=picture_config(figure, taken, REVIEWED if not shapes.tiled else shapes.sketch), alt=f"{scene.roster.province}各地{scene.found.measure.title}{'示意图' if shapes.tiled else '地图'}",
        )  # fmt: skip
        look.show(look.source(below(shapes)))
        take(taken, "map", drawing=partial(map_sheet, _sheet(scene, shapes, shown)))
        _way_down(scene)


def map_taken(scene: Scene) -> CardTable:
    """What the map shows, region by region."""
    found, measure = scene.found, scene.found.measure
    columns = [("地区", "text"), (measure.title, value_kind(measure)), ("评价", "text"), ("数据截至", "date")]
    rows = [(one.short, one.value, one.verdict.title, one.as_of) for one in found.regions]
    return scene.card(f"各地{measure.title}", columns, rows)


def _sheet(scene: Scene, shapes: ProvinceMap, shown: Sequence[MapPlace]) -> MapSheet:
    found, known = scene.found, scale(scene.found)
    day = f"数据截至{chinese_day(found.as_of or scene.view.on)}"
    legend = legend_entries(found.verdicts, _told(found, known), known, found.measure.kind)
    return MapSheet(
        title=f"{scene.roster.province}各地{found.measure.title}（{day}）", shapes=shapes, places=shown, legend=legend,
        notes=[f"{below(shapes).rstrip('。')}。"],
    )  # fmt: skip


def county_sheet(
    scene: Scene, title: str, shapes: ProvinceMap, shown: Sequence[MapPlace], legend: Sequence[MapClass], on: date, over: GeoJson | None = None
) -> MapSheet:  # fmt: skip
    """A map of counties to take away, those of a region or, with the regions' borders `over` them, those of the province."""
    day = f"数据截至{chinese_day(on)}"
    return MapSheet(
        title=f"{title}（{day}）", shapes=shapes, places=shown, legend=legend, notes=[f"{below(shapes).rstrip('。')}。"],
        over=over,
    )  # fmt: skip


def below(shapes: ProvinceMap) -> str:
    """Whose map it is, and that it settles no borders; of tiles why there is none."""
    return f"{shapes.sketch}。{shapes.note.remedy}" if shapes.tiled else SKETCH


def county_chart(
    scene: Scene, shapes: ProvinceMap, figure: plotted.PlottedMap, key: str, words: str, taken: CardTable
) -> None:
    """A click on a county chooses it, and its region with it. A picture of it is named as the table is."""
    st.plotly_chart(
        figure,
        key=key,
        on_select=lambda: _follow_county(scene.roster, key),
        selection_mode="points",
        config=picture_config(figure, taken, REVIEWED),
        alt=words,
    )
    look.show(look.source(below(shapes)))


def _follow_county(roster: Roster, key: str) -> None:
    code = plotted.selected_code(st.session_state[key]["selection"])
    county = next((county for county in roster.counties if county.code == code), None)
    region = roster.region_of_county(code) if code else None
    if county and region:
        choose("region", region.name)
        st.session_state["county"] = county.name
