"""数据疑点: figures that cannot all be right, among the alerts."""

from __future__ import annotations

import streamlit as st

from zyb.alerting import Fault, Survey
from zyb.exports.inquiries.cards import listed_card
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads
from zyb.ui.frame.grids import grid

FAULT_KINDS = {
    "fell": "累计数减少",
    "disagree": "两表不一致",
    "repeated": "与上年末相同",
    "startless": "缺上年末累计数",
}
FAULT_RULES = (
    "累计数减少：没有说明原因的，恢复到减少前的数才消除；说明原因的，列到下一次报送。两表不一致：汇总表与当月企业台账数出的数不同，"
    "改正后消除。与上年末相同：每年从零开始的指标，核实并调整评价或改正后消除。缺上年末累计数：补报后消除。合计与各地区之和不符的表格在上报时即退回，不会入库。"
)
FAULT_COLUMNS = ["类别", "地区", "台账", "数据截至", "批次", "内容", "情况"]
# One click from a doubt to the snapshot that it is about.
FAULT_WIDTHS = {"内容": st.column_config.LinkColumn(display_text="查看", width=60)}


def faults_of(seen: Survey, region_code: str | None) -> list[Fault]:
    return [fault for fault in seen.faults if region_code in (None, fault.region_code)]


def faults_card(seen: Survey, region_code: str | None) -> None:
    """Figures that cannot all be right."""
    faults = faults_of(seen, region_code)
    with st.container(border=True, key="card_faults"):
        look.show(look.card_title("数据疑点", f"{len(faults)} 处"))
        if faults:
            rows = [_fault_row(fault) for fault in faults]
            led = [
                row | {"内容": leads.numbered_address(fault.snapshot, seen.province)}
                for row, fault in zip(rows, faults, strict=True)
            ]
            grid(
                led, hide_index=True, alt="数据疑点", key="faults", column_config=FAULT_WIDTHS,
                column_order=FAULT_COLUMNS,
            )  # fmt: skip
            look.show(look.on_paper(rows, most=look.ALL_ON_PAPER))
            take(listed_card("数据疑点", seen.province, seen.on, rows, {"数据截至": "date"}), "faults")
        else:
            look.show(look.muted("没有数据疑点：累计数没有减少，汇总表与企业台账一致。"))
        look.show(look.source(FAULT_RULES))


def _fault_row(fault: Fault) -> dict[str, object]:
    return {
        "类别": FAULT_KINDS[fault.kind], "地区": fault.region, "台账": fault.ledger.title,
        "数据截至": fault.as_of.isoformat(), "批次": fault.snapshot, "情况": fault.sentence,
    }  # fmt: skip
