"""While no region is picked: every region in a line, how many measures it is behind in and what it owes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from zyb.exports.inquiries.cards import CardTable
from zyb.html import HtmlCell, HtmlRow
from zyb.rulebook.regions import Roster
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.leads import page_address
from zyb.ui.region.profile import RegionProfile, region_profile


def roll_card(roster: Roster, on: date) -> None:
    profiles = [region_profile(roster, region, on) for region in roster.regions]
    with st.container(border=True, key="card_region_roll"):
        look.show(look.card_title("各地概况", "滞后最多的在前；点击地区查看全部指标"))
        headings = [
            HtmlCell("地区", "left"), HtmlCell("滞后指标"), HtmlCell("评价的指标"), HtmlCell("本期未报送"), HtmlCell("未解除预警"),
            HtmlCell("逾期项次"), HtmlCell("最近报送"),
        ]  # fmt: skip
        ordered = sorted(profiles, key=lambda one: (-one.behind, -len(one.alerts)))
        look.show(look.wide(look.league(headings, [_row(one) for one in ordered])))
        take(roll_taken(roster, on, ordered), "roll")


def roll_taken(roster: Roster, on: date, ordered: Sequence[RegionProfile]) -> CardTable:
    counted = ("滞后指标", "评价的指标", "本期未报送", "未解除预警", "逾期项次")
    columns = [("地区", "text"), *((title, "count") for title in counted), ("最近报送", "date")]
    rows = [
        (one.region.name, one.behind, one.judged, one.silent, len(one.alerts), one.duties.counts()["overdue"], one.newest_day)
        for one in ordered
    ]  # fmt: skip
    return CardTable(title="各地概况", place=roster.province, on=on, columns=columns, rows=rows)


def _row(one: RegionProfile) -> HtmlRow:
    name = one.region.name
    address = page_address("region", province=one.roster.province, region=name, as_of=one.on)
    return HtmlRow([
        HtmlCell(look.lead(address, name, f"查看{name}概况"), "name"),
        HtmlCell(look.strong(str(one.behind))),
        HtmlCell(str(one.judged)),
        HtmlCell(str(one.silent)),
        HtmlCell(str(len(one.alerts))),
        HtmlCell(str(one.duties.counts()["overdue"])),
        HtmlCell(one.newest),
    ])  # fmt: skip
