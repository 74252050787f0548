"""逾期未完成的报送与节点, among the alerts and beside them: a list of its own."""

from __future__ import annotations

import streamlit as st

from zyb.alerting import Survey
from zyb.exports.inquiries.cards import listed_card
from zyb.standing.duties import MissedDuty
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.grids import grid
from zyb.ui.frame.pickers import link, told_day

TITLE = "逾期未完成的报送与节点"


def missed_of(seen: Survey, region_code: str | None) -> list[MissedDuty]:
    return [one for one in seen.missed if region_code in (None, one.subject.region_code)]


def missed_card(seen: Survey, region_code: str | None) -> None:
    """As of the day of the figures, like everything on the page; the page of duties goes by today."""
    missed = missed_of(seen, region_code)
    with st.container(border=True, key="card_missed"):
        look.show(look.card_title(TITLE, f"{len(missed)} 项"))
        if missed:
            rows = [_row(one) for one in missed]
            grid(rows, hide_index=True, alt=TITLE, key="missed")
            look.show(look.on_paper(rows, most=look.ALL_ON_PAPER))
            take(listed_card(TITLE, seen.province, seen.on, rows, {"最近到期": "date"}), "missed")
        else:
            look.show(look.muted("没有逾期未完成的报送与节点。"))
        look.show(
            look.source(
                f"截至{told_day(seen.on)}；同一事项多期逾期的合为一项。截至今天的情况见“报送与节点”。"
            )
        )
        link("pages/progress/duties.py", "查看报送与节点，登记完成", "event_available")


def _row(one: MissedDuty) -> dict[str, object]:
    return {
        "由谁": one.subject.name, "事项": one.duty.title, "最近到期": one.due.isoformat(), "期数": len(one.terms),
        "情况": f"{one.sentence}。", "依据": one.duty.basis,
    }  # fmt: skip
