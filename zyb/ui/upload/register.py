"""历史批次: the register of uploads. What is asked, and which snapshot is looked at, stand in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from zyb.access import Viewer
from zyb.exports.inquiries.register import regions_of, register_taken
from zyb.inquiries.register import (
    KEYS,
    LINES_A_PAGE,
    PAGE,
    SNAPSHOT_STATES,
    SORTS,
    RegisterInquiry,
    register_address,
    register_chips,
    register_file,
    register_inquiry,
)
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import Roster, load_roster
from zyb.settings import DEMO_WARNING, is_demo
from zyb.store import RegisterLine, RegisterPage, Store
from zyb.ui import look
from zyb.ui.filtered import controls, downloads
from zyb.ui.filtered.chips import filter_bar
from zyb.ui.filtered.paging import ASCENDING, DESCENDING, paging
from zyb.ui.frame import pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.leads import SNAPSHOT
from zyb.ui.frame.ticks import keep_ticked

REGISTER = "register"
NUMBERS = ("批次", "行数")


# -- the address ------------------------------------------------------------------------------


def read(store: Store, roster: Roster) -> RegisterInquiry:
    """What the address asks; a link that names a snapshot and no page opens the one that holds it."""
    said = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    asked, unknown = register_inquiry(roster.province, said)
    if unknown:
        told = "、".join(f"“{text[:20]}”" for text in unknown)
        st.warning(literal(f"地址中的条件{told}不能识别，没有按它筛选。"), icon=":material/link_off:")
    number = named()
    if number is not None and PAGE not in st.query_params:
        asked = replace(asked, page=store.page_of_snapshot(asked, number) or 1)
    return asked


def named() -> int | None:
    """The snapshot that the address names."""
    text = st.query_params.get(SNAPSHOT, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def ask(asked: RegisterInquiry) -> None:
    """Another question; which snapshot was looked at before is left behind."""
    _put(register_address(asked))


def _put(address: dict[str, list[str]]) -> None:
    others = {key: st.query_params.get_all(key) for key in st.query_params if key not in (*KEYS, SNAPSHOT)}
    st.query_params.from_dict({**others, **address})


# -- the card ---------------------------------------------------------------------------------


def filters(store: Store, roster: Roster, asked: RegisterInquiry) -> None:
    filter_bar(REGISTER, register_chips(asked), asked.unfiltered, ask, lambda: _offered(store, roster, asked))


def _offered(store: Store, roster: Roster, asked: RegisterInquiry) -> None:
    _several("状态", "states", {title: state for state, title in SNAPSHOT_STATES.items()}, asked)
    _several("地区", "regions", {region.short: region.code for region in roster.regions}, asked)
    _chosen("台账", "ledgers", [*ledgers()], asked, lambda one: ledgers()[one].title)
    people = dict.fromkeys([*store.people_who_reported(roster.province_code), *asked.people])
    _chosen("上报人", "people", list(people), asked, str)
    st.text_input(
        "文字", placeholder="批次号、文件名、来源、原因或校验码",
        **controls.control(
            "register_text", asked.text, asked, lambda now, text: replace(now, text=text.strip(), page=1), ask
        ),
    )  # fmt: skip


def _several(label: str, name: str, options: dict[str, str], asked: RegisterInquiry) -> None:
    controls.several(
        label, options, getattr(asked, name),
        lambda value, change: controls.control(f"register_{name}", value, asked, change, ask),
        lambda now, values: replace(now, **{name: values}, page=1),
    )  # fmt: skip


def _chosen(
    label: str, name: str, options: list[str], asked: RegisterInquiry, called: Callable[[str], str]
) -> None:
    st.multiselect(
        literal(label), options, format_func=lambda one: literal(called(one)), placeholder="不限",
        **controls.control(
            f"register_{name}", list(getattr(asked, name)), asked,
            lambda now, values: replace(now, **{name: tuple(values)}, page=1), ask,
        ),
    )  # fmt: skip


def register_card(
    store: Store, viewer: Viewer, asked: RegisterInquiry, page: RegisterPage
) -> RegisterLine | None:
    """A page of the lines that were asked for; the snapshot that is ticked, else the one that the address names."""
    number = named()
    if not page.lines:
        look.show(look.empty("没有符合条件的批次", "可以去掉一个条件。"))
    ticked = _table(asked, page, number) if page.lines else None
    if page.lines:
        with st.container(horizontal=True, vertical_alignment="center", key="register_foot"):
            warning = DEMO_WARNING if is_demo() else ""
            downloads.buttons(
                lambda: register_taken(store, asked, to=viewer, warning=warning), page.total, asked,
                register_file(asked, downloads.demo_mark()),
            )  # fmt: skip
            paging(
                REGISTER,
                asked.page,
                LINES_A_PAGE,
                page.total,
                lambda n: ask(replace(asked, page=n)),
                "个批次",
            )
        downloads.under_way(asked)
    return ticked or (_hidden(store, asked, number) if number is not None else None)


def register_row(line: RegisterLine) -> dict[str, object]:
    one = line.snapshot
    return {
        "批次": one.id, "状态": SNAPSHOT_STATES[line.state], "台账": ledgers()[one.ledger].title,
        "数据截至": one.as_of.isoformat(), "地区": regions_of(line), "行数": one.row_count, "文件": one.file_name,
        "上报人": one.uploaded_by, "上报时间": pickers.moment(one.uploaded_at), "来源": one.source, "核减原因": one.reason,
    }  # fmt: skip


def _table(asked: RegisterInquiry, page: RegisterPage, number: int | None) -> RegisterLine | None:
    """A click on a heading sorts all lines; one on a line names its snapshot in the address."""
    rows, ids = [register_row(line) for line in page.lines], [line.snapshot.id for line in page.lines]
    # In another order it is another table: in the one that was clicked the heading stays marked.
    key = f"{REGISTER}_by_{asked.sort}_{asked.descending}" if asked.sort else REGISTER
    ticked = keep_ticked(key, ids)
    if ticked is None and number in ids:
        ticked = ids.index(number)
        st.session_state[key] = {"selection": {"rows": [ticked], "columns": [], "cells": []}}
    grid(
        rows, hide_index=True, key=key, alt="历史批次", placeholder=look.NO_VALUE,
        column_config={title: _heading(name, title, asked) for name, title in SORTS.items()},
        on_select=lambda: _picked(key, asked, ids), selection_mode=["single-row", "single-column"],
    )  # fmt: skip
    look.show(look.on_paper(rows, most=look.ALL_ON_PAPER))
    return None if ticked is None else page.lines[ticked]


def _heading(name: str, title: str, asked: RegisterInquiry) -> object:
    turned = f" {DESCENDING if asked.descending else ASCENDING}" if name == asked.sort else ""
    if title in NUMBERS:
        return st.column_config.NumberColumn(literal(title + turned), format="%d")
    return st.column_config.TextColumn(literal(title + turned))


def _picked(key: str, asked: RegisterInquiry, ids: list[int]) -> None:
    chosen = st.session_state[key]["selection"]
    names = {title: name for name, title in SORTS.items()}
    if chosen["columns"] and chosen["columns"][0] in names:
        ask(asked.sorted_by(names[chosen["columns"][0]]))
    elif chosen["rows"] and chosen["rows"][0] < len(ids):
        # With its page, which is the one that is seen: the first is no more said than elsewhere.
        _put({**register_address(asked), PAGE: [str(asked.page)], SNAPSHOT: [str(ids[chosen["rows"][0]])]})
    else:
        ask(asked)


def _hidden(store: Store, asked: RegisterInquiry, number: int) -> RegisterLine | None:
    """A snapshot that a link names is shown also where the list does not have it, and why it does not is said."""
    one = store.register_line(number)
    if one is None:
        st.warning(literal(f"没有批次 {number}，请核对链接中的批次号。"), icon=":material/link_off:")
    elif one.snapshot.province_code != load_roster(asked.province).province_code:
        own = load_roster(one.snapshot.province_code).province
        st.warning(literal(f"批次 {number} 是{own}的，请在右上角选择{own}。"), icon=":material/link_off:")
        return None
    elif store.page_of_snapshot(asked, number) is None:
        look.show(look.notice(f"批次 {number} 不符合所选的筛选条件，没有列在表中。", "", "watch"))
        st.button("去掉筛选条件，在列表中查看", key="register_reveal", on_click=_reveal, args=(asked, number))
    return one


def _reveal(asked: RegisterInquiry, number: int) -> None:
    _put({**register_address(asked.unfiltered), SNAPSHOT: [str(number)]})
