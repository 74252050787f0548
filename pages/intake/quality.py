"""数据质量: how the files of each unit were checked, mended and accepted, and how completely they were filled in."""

from __future__ import annotations

import streamlit as st

from zyb.access import Permission
from zyb.quality import quality_survey
from zyb.ui import look
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.pickers import link, pick_place
from zyb.ui.quality import cards
from zyb.ui.quality.choosing import pick_span, span_told

viewer = require(Permission.VIEW_PROGRESS)

store = the_store()
with st.container(key="pickers_quality"):
    left, span_slot, roster, region_code = pick_place(store)
with span_slot:
    since, until = pick_span(store.report_days(roster.province_code))

seen = quality_survey(store, roster.province, since, until, region_code)
look.show(
    look.page_head("数据质量", f"{roster.province} · {seen.whole.name} · {span_told(since, until)}"), left
)
if not seen.units:
    with st.container(border=True, key="card_empty"):
        look.show(
            look.empty(
                "没有核对记录", "上报的文件核对后，问题、轮次和填写情况列在这里；可以换一个地区或年份。"
            )
        )
        link("pages/intake/upload.py", "去上报数据", "upload_file")
    st.stop()

look.show(cards.kpis(seen.whole, roster.province, seen.whole.name if region_code else ""))
cards.units_card(seen)
left, right = st.columns(2, gap="small")
with left:
    cards.trend_card(seen)
with right:
    cards.columns_card(seen)
cards.kinds_card(seen)
cards.reports_card(seen)
cards.note_card(seen, region_code)
look.show(
    look.source(
        "轮次：同一地区、同一台账、同一数据截至日期，到入库为止核对过的不同版本。发现问题：各种错误和提醒在各版本中最多有几处；"
        "入库时还有的为留作提醒，其余为已改正。只记录问题的种类和数量，不记录单元格的内容。"
        "启用本功能以前入库的批次没有核对记录，只统计填写率。"
    )
)
