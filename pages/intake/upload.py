"""数据上报: drop the file as it is, see everything that is wrong at once, confirm, done."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.numerals import count
from zyb.reading import LIMITS
from zyb.reading.limits import MB
from zyb.rulebook.ledgers import ledgers
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.pickers import pick_province
from zyb.ui.upload.confirming import STEPS
from zyb.ui.upload.file_card import arrived, receive
from zyb.ui.upload.remembered import remembered
from zyb.ui.upload.waiting import MINUTES_KEPT

viewer = require(Permission.UPLOAD)

SIZES = (
    f"每个文件不超过 {LIMITS.max_bytes // MB} MB、{LIMITS.max_sheets} 张工作表，"
    f"每张表不超过 {count(LIMITS.max_rows)} 行、{LIMITS.max_columns} 列；"
    "多个工作簿可以打成一个 zip 一起上报。"
    f"没有确认的文件 {MINUTES_KEPT} 分钟没有操作即从内存中清除，需要时重新拖入。"
)

store = the_store()
left, right = st.columns([6, 1.5], vertical_alignment="bottom", gap="small")
look.show(
    look.page_head("数据上报", "把收到的工作簿原样拖进来；系统自动认表、认列、认地区，并一次列出全部问题。"),
    left,
)
with right:
    roster = pick_province(store)

with st.container(border=True, key="card_files"):
    files = st.file_uploader(
        "选择或拖入文件（可以多选）",
        type=["xlsx", "xlsm", "xls", "xlsb", "ods", "et", "csv", "txt", "zip"],
        accept_multiple_files=True,
        key="files",
    )

# A place of its own: else the first file's card would inherit what stood here.
guide = st.empty()
if not files:
    with guide.container(border=True, key="card_guide"):
        look.show(look.steps(STEPS, 0))
        look.show(
            look.facts(
                (ledger.title, "、".join(c.title for c in ledger.columns if c.required))
                for ledger in ledgers().values()
            )
        )
        look.show(
            look.source(
                "可以上报的台账及必需的列。标题、单位行、合计行、备注不必删除；表头写法不同也能识别。"
            )
        )
        look.show(look.source(SIZES))

receive(store, viewer, arrived(files), roster.province)
remembered(store, viewer, roster)
