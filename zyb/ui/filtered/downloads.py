"""What is shown as a file: written on the click; a long one beside the page, with its progress and a way to stop it."""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable
from functools import partial

import streamlit as st

from zyb.access import Permission, refusal
from zyb.exports.inquiries.table import TakenTable, mark_of
from zyb.exports.inquiries.writing import TAKEN_FORMS, TakenForm
from zyb.html import joined
from zyb.numerals import count
from zyb.settings import DEMO_WARNING, is_demo
from zyb.ui import look
from zyb.ui.filtered.writing import TakenWork, begin
from zyb.ui.frame.faults import as_told
from zyb.ui.frame.identity import viewer
from zyb.ui.frame.labels import literal
from zyb.ui.frame.placeholders import keeps_its_place

# So many rows are written before anybody asks how far it is.
AT_ONCE = 20_000
ICONS = {"xlsx": "table_view", "csv": "csv", "gb18030": "csv", "parquet": "database"}
WORK = "explore_file_work"
MEGABYTE = 1024 * 1024
SECONDS_A_LOOK = 0.5

Taking = Callable[[], TakenTable]


def demo_mark() -> str:
    """What stands in front of the names of files here."""
    return mark_of(DEMO_WARNING if is_demo() else "")


def buttons(taking: Taking, rows: int, asked: Hashable, name: str, key: str = "explore") -> None:
    """A button a form; nothing for whoever may not have data. `name` is the file's, without its ending; `key` tells several
    on a page apart."""
    if refusal(viewer(), Permission.EXPORT):
        return
    for form in TAKEN_FORMS.values():
        if rows <= AT_ONCE:
            at_once(form, taking, name, key)
        else:
            _beside(form, taking, asked, name, key)


def at_once(form: TakenForm, taking: Taking, name: str, key: str) -> None:
    """Written on the click; who may have it is asked by whoever makes the table."""
    st.download_button(
        literal(form.title), data=partial(_content, form, taking), file_name=form.file_name(name), mime=form.media_type,
        on_click="ignore", icon=f":material/{ICONS[form.id]}:", key=f"{key}_{form.id}",
        type="primary" if form.id == "xlsx" else "secondary",
    )  # fmt: skip


def _content(form: TakenForm, taking: Taking) -> bytes:
    stream = io.BytesIO()
    form.write(taking(), stream, lambda done, total: None)
    return stream.getvalue()


# -- long ones ----------------------------------------------------------------------------------


def _beside(form: TakenForm, taking: Taking, asked: Hashable, name: str, key: str) -> None:
    st.button(
        literal(form.title), icon=f":material/{ICONS[form.id]}:", key=f"{key}_make_{form.id}",
        type="primary" if form.id == "xlsx" else "secondary", on_click=_begin, args=(form, taking, asked, name),
    )  # fmt: skip


def _begin(form: TakenForm, taking: Taking, asked: Hashable, name: str) -> None:
    """Another one takes its place: such files are large."""
    _drop()
    who = viewer()
    st.session_state[WORK] = begin(form, taking, asked, form.file_name(name), who.user if who else "")


def _drop() -> None:
    work = st.session_state.pop(WORK, None)
    if isinstance(work, TakenWork):
        work.drop()


@keeps_its_place
def under_way(asked: Hashable) -> None:
    """The file in work for what is shown, or the one that is done; nothing for who looks at something else by now."""
    work = st.session_state.get(WORK)
    if not isinstance(work, TakenWork) or work.asked != asked:
        return
    if work.ended:
        _ended(work)
    else:
        _watched(work)


@st.fragment(run_every=SECONDS_A_LOOK)
def _watched(work: TakenWork) -> None:
    """The bar, until there is a file to fetch or a reason why there is none."""
    if work.ended:
        st.rerun()
    bar, end = st.columns([6, 1], vertical_alignment="bottom", gap="small")
    share = work.done / work.total if work.total else 0.0
    bar.progress(share, literal(f"正在写入 {work.form.title}：{count(work.done)}／{count(work.total)} 行"))
    end.button("取消", key="explore_cancel", icon=":material/close:", on_click=_drop, width="stretch")


def _ended(work: TakenWork) -> None:
    if work.fault:
        st.error(literal(as_told(work.fault, "写文件")))
        return
    told = f"保存 {work.form.title} 文件（{count(work.total)} 行，{work.size / MEGABYTE:.1f} MB）"
    look.show(joined(look.saving(work.address, told, work.name), look.muted(work.name)))
