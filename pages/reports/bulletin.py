"""通报与文件: the report as Word, slides, workbook and text; checked, issued, and produced again."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui import drafting, issued
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.EXPORT)

store = the_store()
choice = drafting.pick(store)
if choice is None:
    st.stop()
drafting.page(store, viewer, choice)
issued.card(store, choice.roster)
