"""Standings of several measures beside each other, a row a region and the province's own behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from zyb.access import Viewer
from zyb.answers.side_by_side import FigureColumn, RegionFigures, SideBySide, side_by_side
from zyb.exports.inquiries.standings import standings_taken
from zyb.inquiries.cells import NUMERIC, cell_number, cell_text
from zyb.inquiries.model import StandingsInquiry
from zyb.inquiries.words import days_told, name_of_file
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_WARNING, is_demo
from zyb.standing.standings import Standings
from zyb.ui import look
from zyb.ui.explore.asking import ask
from zyb.ui.filtered import downloads
from zyb.ui.filtered.downloads import demo_mark
from zyb.ui.filtered.paging import ASCENDING, DESCENDING
from zyb.ui.frame import leads
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import load_standings, load_view

PLACE = "地区"
FORMATS = {
    "share": "%.1f%%",
    "growth": "%+.1f%%",
    "points": "%+.1f",
    "count": "localized",
    "number": "localized",
}
REGION_COLUMN = st.column_config.TextColumn(PLACE, pinned=True, width=110)


def standings_card(viewer: Viewer, asked: StandingsInquiry) -> None:
    with st.container(border=True, key="card_beside"):
        if not asked.measures:
            look.show(look.empty("没有选择指标", "请在“指标”中选择一项或几项。"))
            return
        found = side_by_side(asked, _on(asked.province))
        look.show(
            look.card_title(f"各地进度：{len(asked.measures)} 项指标", f"数据截至 {days_told(asked.days)}")
        )
        chosen = _table(found)
        with st.container(horizontal=True, vertical_alignment="center", key="explore_foot"):
            warning = DEMO_WARNING if is_demo() else ""
            downloads.buttons(
                lambda: standings_taken(found, to=viewer, warning=warning),
                len(found.regions),
                asked,
                name_of_file(asked, demo_mark()),
            )
        downloads.under_way(asked)
        look.show(look.source(_key(asked)))
    if chosen:
        _measures_card(found, chosen)


def _on(province: str) -> Any:
    def standings_on(measure: str, day: date) -> Standings:
        return load_standings(load_view(province, measure, day))

    return standings_on


def _key(asked: StandingsInquiry) -> str:
    change = "；变化为前一个日期减后一个日期，比率以百分点计" if len(asked.days) > 1 else ""
    return f"点击表头按该指标排序，点击一行查看该地区各指标的口径与来源{change}"


def _table(found: SideBySide) -> RegionFigures | None:
    asked, every = found.asked, [*found.regions, found.province]
    named = {f"{one.measure.title} {one.short_title}": one for one in found.columns}
    key = f"explore_beside_{hash(asked) & 0xFFFFFF:x}"
    config = {name: _heading(column, asked) for name, column in named.items()}
    grid(
        _grouped(found, every, list(named)), hide_index=True, key=key, alt="各地进度", placeholder=look.NO_VALUE,
        height="content", column_config={PLACE: REGION_COLUMN, **config},
        on_select=lambda: _picked(key, asked, named), selection_mode=["single-row", "single-column"],
    )  # fmt: skip
    look.show(look.on_paper([_on_paper(found, one) for one in every]))
    ticked = st.session_state.get(key, {}).get("selection", {}).get("rows", [])
    return every[ticked[0]] if ticked and ticked[0] < len(every) else None


def _grouped(found: SideBySide, every: Sequence[RegionFigures], names: Sequence[str]) -> pd.DataFrame:
    """The columns of a measure stand under its title."""
    titles = [column.measure.title for column in found.columns]
    heads = pd.MultiIndex.from_tuples([("", PLACE), *zip(titles, names, strict=True)])
    rows = [[one.region, *map(_cell, one.cells, found.columns)] for one in every]
    return pd.DataFrame(rows, columns=heads)


def _cell(cell: object, column: FigureColumn) -> object:
    return cell_number(cell, column.kind) if column.kind in NUMERIC else cell_text(cell, column.kind)


def _heading(column: FigureColumn, asked: StandingsInquiry) -> Any:
    is_sorted = column.measure.id == asked.sort and column.figure == "value" and column.day == asked.days[0]
    title = column.short_title + (f" {DESCENDING if asked.descending else ASCENDING}" if is_sorted else "")
    if column.kind not in NUMERIC:
        return st.column_config.TextColumn(title)
    return st.column_config.NumberColumn(
        title, format=FORMATS[column.kind], help=literal(column.measure.definition)
    )


def _picked(key: str, asked: StandingsInquiry, named: Mapping[str, FigureColumn]) -> None:
    """By a measure, or by the regions as the roster lists them."""
    columns = st.session_state[key]["selection"]["columns"]
    if columns:
        ask(asked.sorted_by(named[columns[0]].measure.id if columns[0] in named else ""))


def _on_paper(found: SideBySide, one: RegionFigures) -> dict[str, object]:
    cells = zip(found.columns, one.cells, strict=True)
    return {
        "地区": one.region,
        **{column.title: cell_text(cell, column.kind) or look.NO_VALUE for column, cell in cells},
    }


def _measures_card(found: SideBySide, chosen: RegionFigures) -> None:
    """From a region's figures to the page of each measure, where definition, files and rows stand."""
    region = load_roster(found.asked.province).region(chosen.region_code)
    with st.container(border=True, key="card_origin"):
        look.show(look.card_title(f"{chosen.region}：各指标的口径与来源", "点击查看"))
        with st.container(horizontal=True):
            for one in found.found[:: len(found.asked.days)]:
                name = region.name if region else ""
                leads.measure_link(found.asked.province, one.measure, name, one.as_of, one.measure.title)
