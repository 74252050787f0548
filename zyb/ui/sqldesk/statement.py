"""The statement: written, run, and dropped as soon as the person does anything else."""

from __future__ import annotations

import streamlit as st

from zyb.access import Viewer
from zyb.errors import ZybError
from zyb.sqldesk import LONGEST, DeskAnswer, ask
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.labels import literal

STATEMENT, PAGE = "q", "page"
WRITTEN, ANSWER = "sql_statement", "sql_answer"
HEIGHT = 180


def statement_card(store: Store, viewer: Viewer) -> DeskAnswer | None:
    """The answer to what was run last, which stays while somebody turns its pages."""
    if WRITTEN not in st.session_state:
        st.session_state[WRITTEN] = st.query_params.get(STATEMENT, "")[:LONGEST]
    look.show(look.card_title("语句", "一条 SELECT，只读；运行会记入日志"))
    written = st.text_area(
        "查询语句", key=WRITTEN, height=HEIGHT, max_chars=LONGEST, label_visibility="collapsed",
        placeholder="例如 select region, count(*) from employers group by region",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        asked = st.button("运行", type="primary", icon=":material/play_arrow:", key="sql_run")
        spot = st.empty()
    if asked:
        st.query_params.from_dict({STATEMENT: written})
        st.session_state[ANSWER] = None
        try:
            st.session_state[ANSWER] = _run(store, viewer, written, spot)
        except ZybError as fault:
            st.error(literal(fault), icon=":material/block:")
    answer = st.session_state.get(ANSWER)
    return answer if isinstance(answer, DeskAnswer) else None


def _run(store: Store, viewer: Viewer, written: str, spot: st.delta_generator.DeltaGenerator) -> DeskAnswer:
    """Whatever the person does next, or leaving the page, raises in what is told here, and the process ends with it."""
    said = -1

    def told(seconds: float) -> None:
        nonlocal said
        if int(seconds) != said:
            said = int(seconds)
            with spot.container(horizontal=True, vertical_alignment="center"):
                st.button("停止", icon=":material/stop:", key=f"sql_stop_{said}")
                st.text(f"正在查询，已用 {said} 秒")

    try:
        return ask(store, written, by=viewer, wanted=told)
    finally:
        spot.empty()


def insert(example: str) -> None:
    st.session_state[WRITTEN] = example
