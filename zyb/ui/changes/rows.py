"""与另一批次比较, 两日逐行比较: two uploads or two days of a ledger row by row, bound to the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from zyb.access import Viewer
from zyb.answers.inquiring import reporting_regions
from zyb.changes import ROW_KINDS, RowChange, RowsCompared, changes_page, compared, of_days, of_snapshots
from zyb.errors import ZybError
from zyb.exports.inquiries.row_changes import SAME_UPLOADS, asked_of, counts_told, row_changes_taken
from zyb.exports.inquiries.table import TakenTable
from zyb.inquiries.cells import cell_text, told_apart
from zyb.inquiries.model import ROWS_A_SCREEN, Inquiry
from zyb.inquiries.words import name_of_file
from zyb.numerals import count
from zyb.periods import chinese_day
from zyb.settings import DEMO_WARNING, is_demo
from zyb.store import Snapshot, Store
from zyb.ui import look
from zyb.ui.filtered import downloads
from zyb.ui.filtered.paging import page_in_address, paging, turn_in_address
from zyb.ui.frame import leads, pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.placeholders import keeps_its_place

KIND, KINDS, PAGE = "kind", "compared_kinds", "compared_page"
DIFFERENCES, SHOWN = "differences", "rows"
NONE = ""


@keeps_its_place
def compared_card(store: Store, viewer: Viewer, province: str, snapshot: Snapshot) -> None:
    others = [one for one in store.snapshots(snapshot.province_code) if _comparable(one, snapshot)]
    if not others:
        return
    with st.container(border=True, key="card_compared"):
        look.show(look.card_title("与另一批次比较", "逐行：新增、减少、修改"))
        other = _pick_other(others, snapshot)
        if other is None:
            look.show(look.muted("选择同一台账的另一批次，列出两个批次共同地区中不同的行。"))
            return
        before, after = sorted((other, snapshot), key=lambda one: (one.as_of, one.id))
        try:
            found = compared(store, of_snapshots(store, province, before, after, by=viewer))
        except ZybError as error:
            look.show(look.notice(error.message, error.remedy, "watch"))
            return
        _shown(store, viewer, found, "两个批次在共同的地区完全相同。")


@keeps_its_place
def days_card(store: Store, viewer: Viewer, asked: Inquiry) -> None:
    """逐行比较 of the two days that an inquiry has beside each other, once somebody asks for it."""
    with st.container(border=True, key="card_compared"):
        look.show(look.card_title("两日逐行比较", "新增、减少、修改；地区按筛选，其他筛选条件不适用"))
        first, second = sorted(asked.days)
        if not _pick_to_compare(f"列出{chinese_day(first)}到{chinese_day(second)}不同的行"):
            return
        look.show(look.source(SAME_UPLOADS))
        days = first, second
        two = of_days(store, asked.province, asked.ledger_id, days, reporting_regions(asked), by=viewer)
        _shown(store, viewer, compared(store, two), "两天有效的数据完全相同。")


def _pick_to_compare(told: str) -> bool:
    """Long lists take seconds: nothing is compared until somebody asks for it."""
    chosen = pickers.settled(DIFFERENCES, [NONE, SHOWN], NONE)
    st.session_state[DIFFERENCES] = chosen == SHOWN
    return st.toggle(
        literal(told), key=DIFFERENCES,
        on_change=lambda: pickers.picked(DIFFERENCES, SHOWN if st.session_state[DIFFERENCES] else NONE, NONE),
    )  # fmt: skip


def _comparable(one: Snapshot, snapshot: Snapshot) -> bool:
    return one.ledger == snapshot.ledger and one.id != snapshot.id


def _pick_other(others: Sequence[Snapshot], snapshot: Snapshot) -> Snapshot | None:
    """Nothing is compared until somebody asks for it. In the address stands the number alone."""
    known = {str(one.id): one for one in others}
    chosen = pickers.settled(leads.COMPARED, [NONE, *known], NONE, memory=f"with_{snapshot.id}")
    key = f"with_{snapshot.id}"
    st.session_state[key] = chosen
    st.selectbox(
        "与哪个批次比较", [NONE, *known], key=key, label_visibility="collapsed", width=520,
        format_func=lambda number: _called(known[number]) if number else "不比较",
        on_change=lambda: pickers.picked(leads.COMPARED, st.session_state[key], NONE, memory=key),
    )  # fmt: skip
    return known.get(chosen)


def _called(one: Snapshot) -> str:
    withdrawn = "，已撤回" if one.withdrawn else ""
    return f"批次 {one.id}（数据截至 {one.as_of}{withdrawn}）{one.file_name}"


def _shown(store: Store, viewer: Viewer, found: RowsCompared, alike: str) -> None:
    question = found.question
    look.show(look.muted(f"{question.before.title} → {question.after.title}：{counts_told(found)}"))
    if not found.number():
        look.show(look.empty("没有不同的行", alike))
        return
    kind = _pick_kind(found)
    total = found.number(kind)
    page = page_in_address(PAGE, total, ROWS_A_SCREEN)
    rows = [_row(found, one) for one in changes_page(store, found, kind, page)]
    grid(rows, hide_index=True, alt="逐行比较", key=f"compared_{kind}_{page}", placeholder=look.NO_VALUE)
    look.show(look.on_paper(rows, most=ROWS_A_SCREEN))
    with st.container(horizontal=True, vertical_alignment="center", key="compared_foot"):
        asked = asked_of(question)
        name = name_of_file(asked, downloads.demo_mark())
        downloads.buttons(lambda: _taken(store, viewer, found, kind), total, asked, name, "compared")
        paging("compared", page, ROWS_A_SCREEN, total, turn_in_address(PAGE))
    downloads.under_way(asked)


def _taken(store: Store, viewer: Viewer, found: RowsCompared, kind: str) -> TakenTable:
    return row_changes_taken(store, found, kind, to=viewer, warning=DEMO_WARNING if is_demo() else "")


def _pick_kind(found: RowsCompared) -> str:
    kinds = [NONE, *(kind for kind in ROW_KINDS if found.number(kind))]
    words = {f"{ROW_KINDS.get(kind, '全部')} {count(found.number(kind))}": kind for kind in kinds}
    chosen = pickers.settled(KIND, kinds, NONE)
    st.session_state[KINDS] = next(said for said, kind in words.items() if kind == chosen)

    def follow() -> None:
        """From the first page of the kind."""
        st.query_params.pop(PAGE, None)
        pickers.picked(KIND, words[st.session_state[KINDS]], NONE)

    st.segmented_control(
        "变化", list(words), format_func=literal, key=KINDS, on_change=follow, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def _row(found: RowsCompared, one: RowChange) -> dict[str, object]:
    fields = found.question.fields
    titles = told_apart([field.title for field in fields])
    cells = {
        title: cell if field.kind == "count" else cell_text(cell, field.kind)
        for title, field, cell in zip(titles, fields, one.cells, strict=True)
    }
    places = {
        "原位置": one.before.told if one.before else None,
        "现位置": one.after.told if one.after else None,
    }
    return {"变化": one.title, "修改内容": one.told or None, **cells, **places}
