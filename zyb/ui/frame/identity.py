"""The viewer of the running page. Every page's first statement is `require(Permission.…)`."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.ui.frame.labels import literal
from zyb.web.identity import viewer_of


def viewer() -> Viewer | None:
    """Who is looking, as our middleware said; None when it said nothing (then everything is refused)."""
    return viewer_of(dict(st.user.to_dict()))


def require(permission: Permission) -> Viewer:
    """The viewer, if they may see this page; otherwise the reason on the screen and the end of the page."""
    person = viewer()
    reason = refusal(person, permission)
    if reason is not None:
        st.error(literal(reason), icon=":material/lock:")
    if reason is not None or person is None:
        st.stop()
    return person
