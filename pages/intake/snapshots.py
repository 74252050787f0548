"""历史批次: what was uploaded when and by whom; look into it, fetch the original, withdraw it."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.inquiries.register import LINES_A_PAGE
from zyb.numerals import count
from zyb.ui import look
from zyb.ui.changes.rows import compared_card
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.pickers import link, pick_province
from zyb.ui.upload import register
from zyb.ui.upload.snapshots import snapshot_card

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
left, right = st.columns([6, 1.5], vertical_alignment="bottom", gap="small")
with right:
    roster = pick_province(store)
asked = register.read(store, roster)
page = store.register_page(asked)
found = "符合条件的" if asked.filtered else ""
look.show(
    look.page_head(
        "历史批次",
        f"{roster.province} · 共 {count(page.total)} 个{found}批次，其中已撤回 {count(page.withdrawn)} 个",
    ),
    left,
)

with st.container(border=True, key="card_register"):
    if not page.total and not asked.filtered:
        look.show(look.empty("还没有批次", "请在“数据上报”上传工作簿。"))
        link("pages/intake/upload.py", "去上报数据", "upload_file")
        st.stop()
    told = f"勾选一行查看内容、下载原文件或撤回；点表头排序，每页 {LINES_A_PAGE} 个"
    look.show(look.card_title("批次列表", told))
    with st.container(horizontal=True, vertical_alignment="center"):
        register.filters(store, roster, asked)
    chosen = register.register_card(store, viewer, asked, page)

if chosen:
    snapshot_card(store, viewer, roster, chosen.snapshot, chosen.state)
    compared_card(store, viewer, roster.province, chosen.snapshot)
