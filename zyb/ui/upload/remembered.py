"""已记住的说明: what officials have explained, for whom, by whom and when; each can be forgotten again."""

from __future__ import annotations

import streamlit as st

from zyb.access import Viewer
from zyb.errors import ZybError
from zyb.html import joined
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Roster
from zyb.store import Explanation, Store
from zyb.ui import look
from zyb.ui.frame import pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.submitting import uninterrupted
from zyb.ui.frame.ticks import keep_ticked
from zyb.uploads import forget, refusal_to_forget

ABOUT = (
    "上报时指定过的表头、地名和填法，以后不再询问。记在哪个地区名下，就只用于该地区的表；"
    "“{全省}”的用于各地没有另作指定的表。删除后，下次遇到会重新询问，已入库的数据不受影响。"
)


def remembered(store: Store, viewer: Viewer, roster: Roster) -> None:
    """Folded away; nothing where nothing has been explained yet."""
    known = store.explanations(roster.province_code)
    if not known:
        return
    with st.expander(literal(f"已记住的列对应、地名和填法（{len(known)}）")):
        look.show(look.muted(level_words(roster.province).filled(ABOUT)))
        ticked = keep_ticked("remembered", [(one.unit, one.kind, one.ledger, one.said) for one in known])
        grid(
            [_row(roster, one) for one in known], hide_index=True, on_select="rerun",
            selection_mode="single-row", key="remembered", alt="已记住的列对应、地名和填法",
        )  # fmt: skip
        if ticked is None:
            look.show(look.muted("勾选一行，可以删除。"))
        else:
            _offer(store, viewer, roster, known[ticked])


def _row(roster: Roster, one: Explanation) -> dict[str, object]:
    ledger = _ledger(one)
    return {
        "用于": _unit(roster, one), "台账": ledger.title if ledger else "各台账",
        "文件中的写法": one.said, "读作": meaning(roster, one),
        "指定人": one.learned_from, "指定时间": pickers.moment(one.learned_at),
    }  # fmt: skip


def _ledger(one: Explanation) -> Ledger | None:
    """A value is explained of a column: “enforcement.violations”."""
    return ledgers().get(one.ledger.partition(".")[0])


def _unit(roster: Roster, one: Explanation) -> str:
    return roster.name_of(one.unit) if one.unit else level_words(roster.province).whole


def meaning(roster: Roster, one: Explanation) -> str:
    """“地区：西安市”, “列：累计完成数” or “违法行为：未检测”."""
    ledger = _ledger(one)
    if one.kind == "place":
        return f"地区：{roster.name_of(one.meaning)}"
    if one.kind == "value":
        column = one.ledger.partition(".")[2]
        titled = ledger.column(column).title if ledger and ledger.has(column) else "已不再使用的列"
        return f"{titled}：{one.meaning}"
    known = ledger is not None and ledger.has(one.meaning)
    return f"列：{ledger.column(one.meaning).title}" if ledger and known else "已不再使用的列"


def _offer(store: Store, viewer: Viewer, roster: Roster, one: Explanation) -> None:
    if reason := refusal_to_forget(viewer, roster, one):
        look.show(look.muted(reason))
    elif st.button("删除这一条", icon=":material/delete:", key="forget"):
        _confirm(store, viewer, roster, one)


@st.dialog("删除已记住的说明")
def _confirm(store: Store, viewer: Viewer, roster: Roster, one: Explanation) -> None:
    told = f"{_unit(roster, one)}的表中“{one.said}”不再读作“{meaning(roster, one)}”"
    look.show(joined(f"{told}，下次上报遇到时重新询问。已入库的数据不变，删除会留下记录。"))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("取消", key="keep_remembered"):
            st.rerun()
        done = st.button(
            "确认删除",
            type="primary",
            key="really_forget",
            on_click=_forget,
            args=(store, viewer, roster, one),
        )
        if done:
            st.rerun()


def _forget(store: Store, viewer: Viewer, roster: Roster, one: Explanation) -> None:
    try:
        uninterrupted(lambda: forget(store, roster, one, by=viewer))
    except ZybError as error:
        st.toast(literal(error), icon=":material/report:")
        return
    st.session_state.pop("remembered", None)  # another line has moved up to the place that was chosen
    st.toast("已删除，下次遇到会重新询问。")
