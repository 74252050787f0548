"""联动核查 in one line of the overview: how many findings nobody has dealt with today, and of what."""

from __future__ import annotations

from zyb.html import Markup
from zyb.periods import today
from zyb.rulebook.regions import Roster
from zyb.ui import look
from zyb.ui.frame.leads import page_address
from zyb.ui.frame.loading import load_findings

TITLE = "联动核查"
MOST_TOLD = 3


def findings_line(roster: Roster, region_code: str | None) -> Markup:
    """As of today, as the page that it leads to."""
    seen = load_findings(roster.province, today()).within(region_code)
    region = roster.region(region_code) if region_code else None
    address = page_address("linkage", province=roster.province, region=region.name if region else "")
    number = len(seen.open)
    mark = look.badge("待核实", "lagging") if number else look.badge("没有问题", "good")
    counted = [f"{check.title} {n} 项" for check, n in seen.open_by_check()]
    more = "等" if len(counted) > MOST_TOLD else ""
    told = (
        f"待核实 {number} 项：{'；'.join(counted[:MOST_TOLD])}{more}"
        if number
        else "几张名单相互对照，没有待核实的问题"
    )
    shown = look.box("z-strip", look.strong(TITLE), mark, look.box("", told))
    return look.lead(address, shown, f"查看{TITLE}")
