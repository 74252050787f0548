"""帮助: the users' guide, chapter by chapter."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.labels import literal
from zyb.ui.help import guide

viewer = require(Permission.VIEW_PROGRESS)

WIDTH_OF_TEXT = 960  # lines of about sixty characters

look.show(
    look.page_head("帮助", "怎样上报、怎样看懂、怎样改正。台账、提示、评价和指标各表直接取自程序所用的规则。")
)

chapters = guide.chapters()
tabs = st.tabs([chapter.title for chapter in chapters], key="chapter", on_change="rerun", bind="query-params")
for number, (tab, chapter) in enumerate(zip(tabs, chapters, strict=True)):
    with tab, st.container(border=True, key=f"card_chapter_{number}"):
        for piece in chapter.pieces:
            # Markdown only for what we wrote ourselves; what comes from the rules is escaped HTML.
            if isinstance(piece, str):
                st.markdown(piece, width=WIDTH_OF_TEXT)
            else:
                with st.expander(literal(piece.title)) if piece.title else st.container(border=True):
                    for part in piece.parts:
                        look.show(part)
