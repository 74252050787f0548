"""What is the matter with the data folder, on every page until it is mended: lost records, a full disk."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.errors import ZybError
from zyb.store import Store
from zyb.ui.loading import the_store


def tell_of_troubles(viewer: Viewer) -> None:
    """A store that does not open says so itself, on the page that asks for it."""
    with suppress(ZybError):
        store = the_store()
        for words in store.troubles:
            st.warning(words, icon=":material/report:")
        if store.lost and refusal(viewer, Permission.ADMINISTER) is None:
            st.button("已核对，不再提示", key="noted_loss", on_click=_take_note, args=(store, viewer))


def _take_note(store: Store, viewer: Viewer) -> None:
    try:
        store.take_note_of_loss(by=viewer.name)
    except ZybError as error:
        st.toast(str(error))
