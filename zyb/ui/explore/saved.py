"""我的查询: what a person keeps by name, opened again with a click."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zyb.access import Viewer
from zyb.answers.saving import LONGEST_NAME, forget_view, save_view, saved_address, views_of
from zyb.inquiries.model import Asking
from zyb.records import SavedView
from zyb.store import Store
from zyb.ui import look
from zyb.ui.explore.asking import put
from zyb.ui.frame.labels import literal
from zyb.ui.frame.submitting import field, press, said

FORM = "explore_save"


def pick_saved(store: Store, viewer: Viewer, asked: Asking) -> None:
    views = views_of(store, viewer)
    with st.popover("我的查询", icon=":material/bookmark:", key="explore_saved"):
        if not views:
            look.show(look.muted("还没有保存过查询。给当前的查询取一个名称，下次一点即可打开。"))
        for number, view in enumerate(views):
            _line(store, viewer, view, number)
        name = st.text_input(
            "名称", key=field(FORM, "name"), max_chars=LONGEST_NAME, placeholder="例如 榆林未完成"
        )
        press(
            "保存当前查询", FORM, lambda: save_view(store, said(FORM, "name") or name, asked, by=viewer), "查询已保存。",
            type="primary", icon=":material/bookmark_add:",
        )  # fmt: skip


def _line(store: Store, viewer: Viewer, view: SavedView, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            literal(view.name), key=f"explore_view_{number}", icon=":material/bookmark:", type="tertiary",
            on_click=put, args=(saved_address(view),),
        )  # fmt: skip
        press(
            "删除", f"explore_forget_{view.name}", partial(forget_view, store, view.name, by=viewer), "查询已删除。",
            icon=":material/delete:",
        )  # fmt: skip
