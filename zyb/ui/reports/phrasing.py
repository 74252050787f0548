"""措辞: the installation's own wording of reports, fetched, checked, taken and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from zyb.access import Permission, Viewer, refusal
from zyb.briefing.model import Request
from zyb.briefing.text.rewording import changed, checked, give_up, own_file, place_title, shipped_file, take
from zyb.errors import ZybError
from zyb.html import joined
from zyb.settings import data_folder
from zyb.store import Rewording, Store
from zyb.ui import look
from zyb.ui.frame import pickers
from zyb.ui.frame.labels import literal
from zyb.ui.frame.submitting import press
from zyb.ui.upload.waiting import content_of
from zyb.wording.templates import FILE

SHIPPED, OWN = "程序自带措辞", "本单位措辞"
HOW = "下载措辞文件，用记事本改动要改的句子，再上传；只保留要改的句子也可以。启用前先检查，有误的不会生效。"
NAMES_SHOWN, CHANGES_SHOWN = 6, 50


def card(store: Store, viewer: Viewer, request: Request | None) -> None:
    """Everybody is told when reports are not in the shipped wording; who may change it."""
    may = refusal(viewer, Permission.REWORD) is None
    own = own_file(data_folder())
    if not may and own is None:
        return
    with st.container(border=True, key="card_wording"):
        look.show(look.card_title("措辞", OWN if own is not None else SHIPPED))
        if own is not None:
            look.show(joined(look.badge(f"正在使用{OWN}", "watch"), "　", _told(own)))
        if may:
            turn = sha256(own or b"").hexdigest()[:8]
            with st.popover("查看或更换措辞", icon=":material/edit_document:", key=f"wording_{turn}"):
                _form(store, viewer, request, own, turn)
            _record(store.rewordings(CHANGES_SHOWN))


def _record(changes: Sequence[Rewording]) -> None:
    """Who changed which sentence when, and how it read before."""
    if not changes:
        return
    with st.expander("措辞改动记录", key="wording_record"):
        for change in changes:
            aside = f"{change.recorded_by}，{pickers.moment(change.recorded_at)}"
            look.show(look.card_title(place_title(change), aside))
            look.show(look.facts([("改前", change.before or "（无）"), ("改后", change.after or "（无）")]))


def _told(own: bytes) -> str:
    """Which sentences; a file that somebody put there by hand may be anything."""
    try:
        names = changed(own.decode("utf-8-sig", "replace"))
    except ZybError:
        return "文件有误，请恢复程序自带措辞或重新上传。"
    more = f"等 {len(names)} 处" if len(names) > NAMES_SHOWN else ""
    return f"改动：{'、'.join(names[:NAMES_SHOWN])}{more}。"


def _form(store: Store, viewer: Viewer, request: Request | None, own: bytes | None, turn: str) -> None:
    """`turn` grows with each change, so that a form that has done its work is gone."""
    look.show(look.muted(HOW))
    with st.container(horizontal=True, key="wording_files"):
        _fetch("下载现用措辞", _whole_text(own), "wording_now")
        if own is not None:
            _fetch("下载程序自带措辞", shipped_file(), "wording_shipped")
            press(
                "恢复程序自带措辞", f"wording_give_up_{turn}",
                lambda: give_up(store, data_folder(), by=viewer, seen=own),
                "已恢复程序自带措辞，文件已按此重写。", icon=":material/undo:",
            )  # fmt: skip
    given = st.file_uploader("上传措辞文件", type=["toml", "txt"], key=f"wording_file_{turn}")
    if given is not None:
        _take(store, viewer, request, given, own, turn)


def _whole_text(own: bytes | None) -> bytes:
    return own if own is not None else shipped_file()


def _fetch(label: str, content: bytes, key: str) -> None:
    st.download_button(
        literal(label), data=content, file_name=FILE, mime="text/plain", on_click="ignore", icon=":material/download:", key=key,
    )  # fmt: skip


def _take(
    store: Store, viewer: Viewer, request: Request | None, given: UploadedFile, own: bytes | None, turn: str
) -> None:
    """Nothing is replaced before it is known to be sound and somebody has seen what it changes."""
    try:
        with st.spinner("正在检查，并用当前文件试写…", show_time=False):
            text = checked(store, content_of(given), request)
    except ZybError as error:
        st.error(literal(error), icon=":material/error:")
        return
    look.show(joined(look.badge("检查通过", "good"), f"　改动：{'、'.join(changed(text))}。"))
    press(
        "启用此措辞", f"wording_take_{turn}",
        lambda: take(store, data_folder(), text, by=viewer, seen=own),
        "本单位措辞已启用，文件已按此重写。", type="primary",
    )  # fmt: skip
