"""Inquiries kept by name, each for the person who saved it; and the word that personal data were shown."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from zyb.access import Permission, Viewer, insist
from zyb.errors import NotPossible
from zyb.inert import visible
from zyb.inquiries.addresses import InquiryAddress, address_of
from zyb.inquiries.model import Asking, Inquiry
from zyb.inquiries.words import filters_told, title_of
from zyb.records import SavedView
from zyb.store import Store

LONGEST_NAME = 30
# As many as a list that opens on the page can show.
MOST_VIEWS = 50


def views_of(store: Store, person: Viewer) -> list[SavedView]:
    return store.saved_views(person.user)


def save_view(store: Store, name: str, asked: Asking, *, by: Viewer) -> None:
    """In the place of one's own of the same name."""
    insist(by, Permission.VIEW_PROGRESS)
    name = " ".join(visible(name).split())
    if not name:
        raise NotPossible("没有填写名称。", "请给这个查询取一个名称，例如“榆林未完成”。")
    if len(name) > LONGEST_NAME:
        raise NotPossible(f"名称有{len(name)}个字，最多{LONGEST_NAME}个字。", "请缩短后再保存。")
    with store.exclusively():
        known = {view.name for view in views_of(store, by)}
        if name not in known and len(known) >= MOST_VIEWS:
            raise NotPossible(f"已保存{len(known)}个查询，最多{MOST_VIEWS}个。", "请先删除不再使用的。")
        store.save_view(SavedView(by.user, name, urlencode(address_of(asked), doseq=True)), by=by.name)


def forget_view(store: Store, name: str, *, by: Viewer) -> None:
    insist(by, Permission.VIEW_PROGRESS)
    with store.exclusively():
        if name not in {view.name for view in views_of(store, by)}:
            raise NotPossible(f"查询“{name}”已被删除。", "请刷新页面后核对。")
        store.forget_view(by.user, name, by=by.name)


def saved_address(view: SavedView) -> InquiryAddress:
    """What the address said when it was saved; the rules may have changed since."""
    return parse_qs(view.address, keep_blank_values=True)


def note_unmasked(store: Store, asked: Inquiry, *, by: Viewer) -> None:
    """Who has personal data shown, of which rows."""
    insist(by, Permission.UNMASK)
    store.note_unmasked(title_of(asked), filters_told(asked), by=by.name)
