"""倒排工期: what each region has to bring a week."""

from __future__ import annotations

import streamlit as st

from zyb.exports.inquiries.cards import CardTable
from zyb.html import HtmlCell, HtmlRow, Markup
from zyb.numerals import (
    count,
    percent,
)
from zyb.standing.standings import Standing, Standings
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.pickers import (
    told_day,
)
from zyb.ui.progress.scene import Scene
from zyb.wording.schedules import task


def schedule_table(found: Standings) -> Markup:
    """Who must bring how many a week, the largest remainder first."""
    headings = [
        HtmlCell("地区", "left"),
        HtmlCell("还差"),
        HtmlCell("占剩余"),
        HtmlCell("剩余周数"),
        HtmlCell("进度要求", "left"),
    ]
    rows = [_schedule_row(found, standing) for standing in (found.province, *_ordered(found))]
    return look.league(headings, [row for row in rows if row])


def _ordered(found: Standings) -> list[Standing]:
    return sorted(found.reported, key=lambda s: -(s.remaining or 0))


def _schedule_row(found: Standings, standing: Standing) -> HtmlRow | None:
    plan = found.schedule(standing)
    if plan is None:
        return None
    cells = [
        HtmlCell(standing.short, "name"),
        HtmlCell(count(plan.remaining)),
        HtmlCell(percent(standing.share_of_remaining)),
        HtmlCell(str(plan.weeks_left) if plan.weeks_left else plan.bare_time_left),
        HtmlCell(task(plan, found.measure), "left"),
    ]
    return HtmlRow(cells, "total" if standing is found.province else "")


def schedule_taken(scene: Scene) -> CardTable:
    """The days that are left are counted for each: of a deadline that has passed there are none."""
    found = scene.found
    columns = [
        ("地区", "text"),
        ("还差", "count"),
        ("占剩余", "share"),
        ("剩余周数", "count"),
        ("剩余时间", "text"),
        ("进度要求", "text"),
    ]
    rows = [
        (one.short, plan.remaining, one.share_of_remaining, plan.weeks_left, plan.bare_time_left, task(plan, found.measure))
        for one in (found.province, *_ordered(found))
        if (plan := found.schedule(one))
    ]  # fmt: skip
    return scene.card(f"{found.measure.title}倒排工期", columns, rows)


def schedule_card(scene: Scene) -> None:
    with st.container(border=True, key="card_schedule", height="stretch"):
        plan = scene.found.plan
        look.show(look.card_title("倒排工期", f"时限 {told_day(plan.window.due)}" if plan else ""))
        if scene.over:
            look.show(look.empty("专项已结束，不再倒排工期", scene.over))
        elif plan and scene.found.reported:
            look.show(schedule_table(scene.found))
            take(schedule_taken(scene), "schedule")
        else:
            look.show(look.empty("暂无倒排工期", "没有规定时限，或尚未收到数据。"))
