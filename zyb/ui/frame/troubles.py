"""What is the matter with the data folder, on every page until it is mended: lost records, a full disk."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.errors import ZybError
from zyb.store import Store
from zyb.ui.frame.labels import literal
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.uploads import take_note_of_loss


@keeps_its_place
def tell_of_troubles(viewer: Viewer) -> None:
    """Above the page. Without a store there is nothing to show: then the sentence stands alone."""
    try:
        store = the_store()
    except ZybError as error:
        st.error(literal(error), icon=":material/report:")
        st.stop()
    for words in store.troubles:
        st.warning(literal(words), icon=":material/report:")
    if store.lost and refusal(viewer, Permission.ADMINISTER) is None:
        st.button("已核对，不再提示", key="noted_loss", on_click=_take_note, args=(store, viewer))


def _take_note(store: Store, viewer: Viewer) -> None:
    try:
        take_note_of_loss(store, by=viewer)
    except ZybError as error:
        st.toast(literal(error))
