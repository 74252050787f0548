"""联动核查 among the alerts: how many findings nobody has dealt with, check by check."""

from __future__ import annotations

import streamlit as st

from zyb.alerting import Survey
from zyb.crosscheck import CheckSurvey
from zyb.exports.inquiries.cards import listed_card
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.grids import grid
from zyb.ui.frame.loading import load_findings
from zyb.ui.frame.pickers import link, told_day

TITLE = "联动核查待核实的问题"


def checked_of(seen: Survey, region_code: str | None) -> CheckSurvey:
    return load_findings(seen.province, seen.on).within(region_code)


def checked_card(seen: Survey, region_code: str | None) -> None:
    """As of the day of the figures, like everything on the page; the page of findings goes by today."""
    with st.container(border=True, key="card_checked"):
        found = checked_of(seen, region_code)
        look.show(look.card_title(TITLE, f"{len(found.open)} 项"))
        if counted := found.open_by_check():
            rows = [
                {"核查": one.title, "待核实": n, "怎样办": one.remedy, "依据": one.basis}
                for one, n in counted
            ]
            grid(rows, hide_index=True, alt=TITLE, key="checked")
            look.show(look.on_paper(rows, most=look.ALL_ON_PAPER))
            take(listed_card(TITLE, seen.province, seen.on, rows), "checked")
        else:
            look.show(look.muted("没有待核实的问题。"))
        look.show(look.source(f"截至{told_day(seen.on)}有效的名单相互对照。逐家的情况见“联动核查”。"))
        link("pages/intake/linkage.py", "查看联动核查，逐家销号", "compare_arrows")
