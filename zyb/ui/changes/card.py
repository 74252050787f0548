"""变化原因: why the figures of the day are others than they were, in a sentence, by region, and upload by upload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import streamlit as st

from zyb.answers.progress import report_days
from zyb.changes import (
    ChangeSplit,
    LookedThen,
    PlaceChange,
    UploadChange,
    by_upload,
    change_sentence,
    known_days,
    refusal,
    shown_then,
)
from zyb.exports.inquiries.cards import CardTable, listed_card
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import count, signed_count
from zyb.periods import BEIJING
from zyb.records import END_OF_TIME
from zyb.store import Store
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads, pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.loading import load_change_split
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.scene import Scene

SINCE, KNOWN = "since", "known"
NOW = "now"
CONTENT = {
    "内容": st.column_config.LinkColumn(display_text="查看", width=60),
    "逐行比较": st.column_config.LinkColumn(display_text="与上一批次", width=90),
}


@keeps_its_place
def changes_card(store: Store, scene: Scene) -> None:
    days = _days(store, scene)
    if not days or refusal(scene.found.measure) or not scene.found.reported:
        return
    with st.container(border=True, key="card_changes"):
        title, since_slot, known_slot = st.columns([6, 2, 2], vertical_alignment="bottom", gap="small")
        look.show(look.card_title("变化原因", "每一项都对应到批次"), title)
        with since_slot:
            since = _pick_since(days)
        with known_slot:
            known_at = _pick_known(store, scene, since)
        found = load_change_split(
            scene.roster.province, scene.found.measure.id,
            LookedThen(since, known_at), LookedThen(_asked(scene), END_OF_TIME), scene.region_code,
        )  # fmt: skip
        look.show(joined(change_sentence(found)))
        if found.whole.changed and all(found.told):
            _told(store, scene, found)


def _told(store: Store, scene: Scene, found: ChangeSplit) -> None:
    if found.regions:
        look.show(look.wide(_by_region(found)))
    rows = [_upload_row(scene, found, one) for one in by_upload(store, found, scene.roster.province_code)]
    amounts = [found.title_of(side) for side in found.sides]
    signed = {title: st.column_config.NumberColumn(format="%+d") for title in amounts}
    grid(
        rows, hide_index=True, alt="变化涉及的批次", key="change_uploads", column_config={**CONTENT, **signed},
        placeholder=look.NO_VALUE,
    )  # fmt: skip
    printed = [row | {title: signed_count(_whole(row[title])) for title in amounts} for row in rows]
    look.show(look.on_paper(printed, without=tuple(CONTENT)))
    take(changes_taken(scene, found), "changes", uploads_taken(scene, found, rows))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def changes_taken(scene: Scene, found: ChangeSplit) -> CardTable:
    """By region and side, as in the card; of one region its own row alone."""
    columns = [("地区", "text"), ("项目", "text"), ("原为", "count"), ("现为", "count"), ("变化", "count")]
    columns += [(title, "count") for title in found.kind_titles]
    rows = [_cells(found, place, side) for place, side in _changed(found)]
    return scene.card(f"{scene.found.measure.title}变化原因", columns, rows)


def uploads_taken(scene: Scene, found: ChangeSplit, rows: Sequence[Mapping[str, object]]) -> CardTable:
    title = f"{scene.found.measure.title}变化涉及的批次"
    kinds = {found.title_of(side): "count" for side in found.sides} | {"数据截至": "date"}
    return listed_card(
        title, scene.roster.province, scene.view.on, rows, kinds, without=tuple(CONTENT), notes=scene.notes
    )


def _changed(found: ChangeSplit) -> list[tuple[PlaceChange, str]]:
    """Each side of each region that changed, the province's own first."""
    places = [found.whole, *(place for place in found.regions if place.changed)]
    return [(place, side) for place in places for side in found.sides if place.by_kind(side)]


def _cells(found: ChangeSplit, place: PlaceChange, side: str) -> TakenRow:
    before, after = (pair[found.sides.index(side)] for pair in (place.before, place.after))
    kinds = place.by_kind(side)
    return (
        place.region, found.title_of(side), before, after, place.difference(side), *(kinds.get(kind) for kind in found.kinds)
    )  # fmt: skip


def _asked(scene: Scene) -> date:
    return scene.view.asked or scene.view.on


def _days(store: Store, scene: Scene) -> list[date]:
    """The reports before the day, newest first; and the day itself, which may have been another one then."""
    day = _asked(scene)
    known = report_days(store, scene.roster.province, scene.found.measure.id)
    before = [one for one in reversed(known) if one < day]
    return [*before, day] if before else []


def _pick_since(days: Sequence[date]) -> date:
    options = [day.isoformat() for day in days]
    chosen = pickers.settled(SINCE, options, options[0])
    st.session_state[SINCE] = chosen
    st.selectbox(
        "与哪天比", options, key=SINCE, format_func=lambda day: f"与 {day} 比", label_visibility="collapsed",
        on_change=pickers.on_picked, args=(SINCE, options[0]),
    )  # fmt: skip
    return date.fromisoformat(chosen)


def _pick_known(store: Store, scene: Scene, since: date) -> datetime:
    """What was known of that day: now, or at the end of one of the days on which something was learned of it."""
    days = known_days(store, scene.roster.province, scene.found.measure.id, since)
    then = shown_then(store, scene.roster.province, scene.found.measure.id, since, days)
    options = [NOW, *(day.isoformat() for day in days[1:])]
    first = then.isoformat() if then and then in days[1:] else NOW
    chosen = pickers.settled(KNOWN, options, first)
    st.session_state[KNOWN] = chosen
    st.selectbox(
        "起点按何时掌握的情况", options, key=KNOWN, format_func=_known_words, label_visibility="collapsed",
        on_change=pickers.on_picked, args=(KNOWN, first), disabled=len(options) == 1,
        help="选“当时”即与当时看到的数比较，此后更正、撤回、迟报的单独列出。",
    )  # fmt: skip
    return END_OF_TIME if chosen == NOW else datetime.combine(date.fromisoformat(chosen), time.max, BEIJING)


def _known_words(option: str) -> str:
    return "按现在掌握的情况" if option == NOW else f"按当时（{option}）掌握的"


# -- tables ---------------------------------------------------------------------------------


def _by_region(found: ChangeSplit) -> Markup:
    """A row for each side of each region that changed, the province's own first."""
    headings = [
        HtmlCell("地区", "left"),
        HtmlCell("项目", "left"),
        HtmlCell("原为"),
        HtmlCell("现为"),
        HtmlCell("变化"),
    ]
    headings += [HtmlCell(title) for title in found.kind_titles]
    return look.league(headings, [_region_row(found, place, side) for place, side in _changed(found)])


def _region_row(found: ChangeSplit, place: PlaceChange, side: str) -> HtmlRow:
    region, title, before, after, difference, *kinds = _cells(found, place, side)
    cells = [
        HtmlCell(region, "name"), HtmlCell(title, "left"), HtmlCell(count(before)), HtmlCell(count(after)),
        HtmlCell(signed_count(difference)), *(HtmlCell("" if kind is None else signed_count(kind)) for kind in kinds),
    ]  # fmt: skip
    return HtmlRow(cells, "total" if place is found.whole else "")


def _upload_row(scene: Scene, found: ChangeSplit, one: UploadChange) -> dict[str, object]:
    snapshot, province = one.snapshot, scene.roster.province
    return {
        "批次": snapshot.id if snapshot else None,
        "内容": leads.snapshot_address(snapshot, province) if snapshot else None,
        "逐行比较": leads.compared_address(snapshot.id, one.before, province)
        if snapshot and one.before
        else None,
        "原因": one.title,
        **{found.title_of(side): one.amount(side) for side in found.sides},
        "数据截至": (snapshot.as_of if snapshot else one.on).isoformat(),
        "地区": "、".join(one.regions),
        "文件": snapshot.file_name if snapshot else None,
        "上报时间": pickers.moment(snapshot.uploaded_at) if snapshot else None,
        "说明": one.remark or None,
    }
