"""Which columns are shown, in which order; and personal data for whoever may see them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.answers.saving import note_unmasked
from zyb.inquiries.model import FIGURES, Asking, Inquiry, StandingsInquiry
from zyb.rulebook.campaigns import campaigns_of
from zyb.rulebook.measures import measures
from zyb.store import Store
from zyb.ui.explore.asking import ask, control
from zyb.ui.explore.filters import pills
from zyb.ui.frame.labels import literal

UNMASKED = "explore_unmasked"


def pick(store: Store, viewer: Viewer, asked: Asking) -> bool:
    """The columns of rows, or the measures of standings. Whether personal data are shown in full."""
    if isinstance(asked, Inquiry):
        return _pick_columns(store, viewer, asked)
    _pick_measures(asked)
    return False


def _pick_columns(store: Store, viewer: Viewer, asked: Inquiry) -> bool:
    """Chosen in the order in which they are to stand."""
    with st.popover("列", icon=":material/view_column:", key="explore_columns_popover"):
        known, usual = asked.fields, [field.name for field in asked.shown]
        st.multiselect(
            "显示的列，按选择的先后排列", list(known), format_func=lambda name: literal(known[name].title),
            placeholder="请选择", **control("columns", usual, asked, _with_columns),
        )  # fmt: skip
        _pick_order(asked)
        st.button(
            "恢复常用的列", key="explore_usual", disabled=not asked.columns, type="tertiary",
            on_click=_usual, args=(asked,),
        )  # fmt: skip
        return _unmasking(store, viewer, asked)


def _pick_order(asked: Inquiry) -> None:
    """The same as a click on a heading, for whoever has no mouse and for columns that are not shown."""
    titles = {
        "": "按地区、县区和文件中的先后",
        **{field.name: field.title for field in asked.fields.values()},
    }
    st.selectbox(
        "排序", list(titles), format_func=lambda name: literal(titles[name]),
        **control("sort", asked.sort, asked, lambda now, name: replace(now, sort=name, descending=False, page=1)),
    )  # fmt: skip
    st.toggle(
        "从大到小", disabled=not asked.sort,
        **control("descending", asked.descending, asked, lambda now, turned: replace(now, descending=turned, page=1)),
    )  # fmt: skip


def _usual(asked: Inquiry) -> None:
    ask(replace(asked, columns=()))


def _with_columns(asked: Asking, names: list[str]) -> Asking:
    assert isinstance(asked, Inquiry)
    return replace(asked, columns=tuple(names))


def _unmasking(store: Store, viewer: Viewer, asked: Inquiry) -> bool:
    """Only of columns that are shown, and only for as long as the same rows are looked at."""
    if not any(field.personal for field in asked.shown) or refusal(viewer, Permission.UNMASK):
        return False
    rows = replace(asked, page=1, sort="", descending=False)
    if st.session_state.get(UNMASKED) != rows:
        st.session_state[UNMASKED] = None
    st.session_state["explore_unmask"] = st.session_state[UNMASKED] == rows
    return st.toggle(
        "显示个人信息", key="explore_unmask", help="只显示第一个字；打开后显示全部内容，并记录在操作日志中。",
        on_change=_unmask, args=(store, viewer, rows),
    )  # fmt: skip


def _unmask(store: Store, viewer: Viewer, rows: Inquiry) -> None:
    if st.session_state["explore_unmask"]:
        note_unmasked(store, rows, by=viewer)
        st.session_state[UNMASKED] = rows
    else:
        st.session_state[UNMASKED] = None


# -- measures -----------------------------------------------------------------------------------


def _pick_measures(asked: StandingsInquiry) -> None:
    """Campaign by campaign; those chosen stand in the order in which they were chosen."""
    opened = st.popover(
        literal(f"指标 {len(asked.measures)}"), icon=":material/query_stats:", key="explore_measures"
    )
    with opened.container(key="explore_measure_list"):
        words = {title: name for name, title in FIGURES.items()}
        pills("数值", "figures", words, asked.figures, asked, _with_figures)
        for campaign in campaigns_of(asked.province).values():
            _of_campaign(asked, campaign.id, campaign.title)


def _with_figures(asked: StandingsInquiry, names: tuple[str, ...]) -> Asking:
    return replace(asked, figures=tuple(name for name in FIGURES if name in names) or ("value",))


def _of_campaign(asked: StandingsInquiry, campaign: str, title: str) -> None:
    known = measures(asked.province)
    own = {one.title: name for name, one in known.items() if one.campaign == campaign}

    def chosen(now: StandingsInquiry, names: tuple[str, ...]) -> Asking:
        kept = [name for name in now.measures if known[name].campaign != campaign or name in names]
        every = (*kept, *(name for name in names if name not in kept))
        return replace(now, measures=every, sort=now.sort if now.sort in every else "")

    if own:
        pills(title, f"measures_{campaign}", own, asked.measures, asked, chosen)
