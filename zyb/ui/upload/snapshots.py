"""历史批次: one snapshot in detail, and its withdrawal."""

from __future__ import annotations

import streamlit as st

from zyb.access import Viewer
from zyb.answers.drilling import ROWS_A_PAGE, open_columns
from zyb.errors import ZybError
from zyb.html import joined
from zyb.inquiries.register import SNAPSHOT_STATES, STATE_TONES
from zyb.numerals import as_written
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import Roster
from zyb.store import Snapshot, Store
from zyb.ui import look
from zyb.ui.frame import pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.submitting import SAVED, uninterrupted
from zyb.ui.upload.rows_preview import place_name
from zyb.uploads import original, refusal_to_download, refusal_to_withdraw, withdraw


def snapshot_card(store: Store, viewer: Viewer, roster: Roster, snapshot: Snapshot, state: str) -> None:
    ledger = ledgers()[snapshot.ledger]
    badge = look.badge(SNAPSHOT_STATES[state], STATE_TONES[state])
    with st.container(border=True, key="card_snapshot"):
        look.show(look.card_title(f"批次 {snapshot.id}：{ledger.title}（数据截至 {snapshot.as_of}）", badge))
        look.show(look.facts(_facts(snapshot)))
        region = _pick_region(store, roster, snapshot)
        rows = [
            {
                "地区": place_name(ledger, roster, trace.region_code),
                **({"年度": str(trace.year)} if trace.year else {}),
            }
            | {
                column.title: as_written(trace.values[column.name], column.type)
                for column in open_columns(ledger)
            }
            | {"工作表": trace.sheet or "—", "行": trace.line}
            for trace in store.traces(ledger, [snapshot.id], region, limit=ROWS_A_PAGE)
        ]
        grid(rows, hide_index=True, alt="批次内容", key=f"rows_{snapshot.id}", placeholder=look.NO_VALUE)
        look.show(look.on_paper(rows))
        if snapshot.row_count > ROWS_A_PAGE:
            look.show(
                look.muted(
                    f"共 {snapshot.row_count} 行，这里每个范围最多列出 {ROWS_A_PAGE} 行；全部内容请下载原文件。"
                )
            )
        kept, refused = store.has_original(snapshot.sha256), refusal_to_download(store, viewer, snapshot)
        with st.container(horizontal=True):
            _download(store, viewer, snapshot, kept, refused)
            _withdrawal(store, viewer, snapshot, kept, refused)
        if not kept and refused is None:
            _why_no_original(store, viewer, snapshot)


def _download(store: Store, viewer: Viewer, snapshot: Snapshot, kept: bool, refused: str | None) -> None:
    if refused:
        look.show(look.muted(refused))
        return
    st.download_button(
        "下载原文件" if kept else "原文件缺失或已损坏", data=lambda: original(store, snapshot, to=viewer),
        file_name=snapshot.file_name, disabled=not kept, on_click="ignore", icon=":material/download:",
        key=f"original_{snapshot.id}_{kept}",
    )  # fmt: skip


def _why_no_original(store: Store, viewer: Viewer, snapshot: Snapshot) -> None:
    try:
        original(store, snapshot, to=viewer)
    except ZybError as error:
        look.show(look.notice(error.message, error.remedy, "watch"))


def _pick_region(store: Store, roster: Roster, snapshot: Snapshot) -> str | None:
    """Of a snapshot that speaks for several regions, the rows of one of them."""
    codes = store.region_codes(snapshot.id)
    if len(codes) < 2:
        return None
    names = {"全部地区": None, **{roster.name_of(code): code for code in codes}}
    key = f"rows_region_{snapshot.id}"
    chosen = st.selectbox("地区", list(names), key=key, label_visibility="collapsed", width=220)
    return names[chosen]


def _facts(snapshot: Snapshot) -> list[tuple[str, str]]:
    pairs = [
        ("文件", snapshot.file_name + (f"（工作表“{snapshot.sheet}”）" if snapshot.sheet else "")),
        ("表题", snapshot.title or "—"),
        ("上报", f"{snapshot.uploaded_by}，{pickers.moment(snapshot.uploaded_at)}"),
        ("校验码", snapshot.sha256[:16]),
    ]
    if snapshot.source:
        pairs.append(("来源文件", snapshot.source))
    if snapshot.reason:
        pairs.append(("核减原因", snapshot.reason))
    if snapshot.withdrawn_at:
        told = f"{snapshot.withdrawn_by}，{pickers.moment(snapshot.withdrawn_at)}；原因：{snapshot.withdrawal_reason}"
        pairs.append(("撤回", told))
    return pairs


def _withdrawal(store: Store, viewer: Viewer, snapshot: Snapshot, kept: bool, refused: str | None) -> None:
    if snapshot.withdrawn and refused is None:
        look.show(look.muted(f"如需恢复，请{'下载' if kept else '找到'}原文件后重新上报。"))
    if snapshot.withdrawn:
        return
    if reason := refusal_to_withdraw(store, viewer, snapshot):
        look.show(look.muted(reason))
    elif st.button("撤回此批次", icon=":material/undo:", key=f"withdraw_{snapshot.id}"):
        _ask(store, viewer, snapshot, kept)


@st.dialog("撤回批次")
def _ask(store: Store, viewer: Viewer, snapshot: Snapshot, kept: bool) -> None:
    """Nothing is lost without a reason and a second click; the record stays."""
    look.show(
        joined(
            f"撤回批次 {snapshot.id}（{ledgers()[snapshot.ledger].title}，数据截至 {snapshot.as_of}）后，"
            f"各项指标恢复为此前的数据。{'批次和原文件仍保留，可以查看和下载。' if kept else '批次仍保留，可以查看。'}"
        )
    )
    reason = st.text_input("撤回原因（必填）", key="withdrawal_reason", max_chars=200)
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("取消", key="keep"):
            st.rerun()
        if st.button("确认撤回", type="primary", key="really_withdraw"):
            try:
                uninterrupted(lambda: _withdraw(store, viewer, snapshot, reason))
            except ZybError as error:
                st.error(literal(error))
                return
            st.rerun()


def _withdraw(store: Store, viewer: Viewer, snapshot: Snapshot, reason: str) -> None:
    withdraw(store, snapshot.id, by=viewer, reason=reason)
    st.session_state[SAVED] = f"批次 {snapshot.id} 已撤回。"
