"""历史批次: what was uploaded when and by whom; look into it, fetch the original, withdraw it."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.pickers import link, pick_province
from zyb.ui.upload.snapshots import pick_snapshot, snapshot_card

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
left, right = st.columns([6, 1.5], vertical_alignment="bottom", gap="small")
with right:
    roster = pick_province(store)
snapshots = store.snapshots(roster.province_code)
withdrawn = sum(snapshot.withdrawn for snapshot in snapshots)
look.show(
    look.page_head("历史批次", f"{roster.province} · 共 {len(snapshots)} 个批次，其中已撤回 {withdrawn} 个"),
    left,
)

with st.container(border=True, key="card_register"):
    if not snapshots:
        look.show(look.empty("还没有批次", "请在“数据上报”上传工作簿。"))
        link("pages/intake/upload.py", "去上报数据", "upload_file")
        st.stop()
    look.show(look.card_title("批次列表", "勾选一行查看内容、下载原文件或撤回"))
    chosen = pick_snapshot(snapshots)

if chosen:
    snapshot_card(store, viewer, roster, chosen)
