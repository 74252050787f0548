"""What stands beside a region's measures: how it is on the whole, its alerts, what it owes, what it sent last."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st

from zyb.alerting import Alert
from zyb.html import HtmlCell, HtmlRow, Markup
from zyb.periods import chinese_day
from zyb.standing.duties import DutyStanding
from zyb.ui import look
from zyb.ui.alerts.views import SHEET
from zyb.ui.frame import leads
from zyb.ui.region.profile import RegionProfile

# What a card holds before it leads on to the page that has all of them.
MOST = 6
PRESSING = ("overdue", "soon")


def headline(profile: RegionProfile) -> None:
    look.show(
        look.kpis(_behind(profile), _silent(profile), _alerts(profile), _duties(profile), _newest(profile))
    )


def _behind(profile: RegionProfile) -> Markup:
    badge = look.badge("滞后", "lagging") if profile.behind else look.badge("没有滞后", "good")
    return look.kpi("滞后指标", str(profile.behind), f"／{profile.judged} 项", note=badge)


def _silent(profile: RegionProfile) -> Markup:
    badge = look.badge("请督促上报", "missing") if profile.silent else look.badge("均已报送", "good")
    return look.kpi("本期未报送", str(profile.silent), "项", note=badge)


def _alerts(profile: RegionProfile) -> Markup:
    levels = Counter(alert.level.title for alert in profile.alerts if alert.level)
    highest = next(iter(levels), "")
    note = look.badge(f"{highest} {levels[highest]}", "lagging") if highest else look.badge("正常", "good")
    shown = look.lead(_own(profile, "alerts", as_of=profile.on), str(len(profile.alerts)), "查看全部预警")
    return look.kpi("未解除预警", shown, "项", note=note)


def _duties(profile: RegionProfile) -> Markup:
    overdue, state = profile.duties.counts()["overdue"], profile.duties.rules.states["overdue"]
    note = look.badge(state.title, state.tone) if overdue else look.badge("没有逾期", "good")
    shown = look.lead(_own(profile, "duties", on=profile.on), str(overdue), "查看报送与节点")
    return look.kpi("报送与节点", shown, "项次逾期", note=note)


def _newest(profile: RegionProfile) -> Markup:
    shown = look.lead(_own(profile, "snapshots"), profile.newest, "查看历史批次")
    return look.kpi("最近一次报送", shown, note=look.muted("数据截至"))


def _own(profile: RegionProfile, page: str, **said: object) -> str:
    """The address of a page, opened at this region."""
    return leads.page_address(page, province=profile.roster.province, region=profile.region.name, **said)


def ways_on(profile: RegionProfile) -> None:
    """One click to the region's 督办单 and to what it still has to send."""
    province, region, on = profile.roster.province, profile.region.name, profile.on
    with st.container(key="region_ways", horizontal=True):
        leads.page_link(
            "alerts", "打开督办单", "description", province=province, region=region, as_of=on, view=SHEET
        )
        leads.page_link(
            "alerts", "全部预警", "notifications_active", province=province, region=region, as_of=on
        )
        leads.page_link("duties", "报送与节点", "event_available", province=province, region=region, on=on)
        leads.page_link("snapshots", "历史批次", "history", province=province, region=region)


def alerts_card(profile: RegionProfile) -> None:
    with st.container(border=True, key="card_region_alerts"):
        look.show(look.card_title("预警", f"{len(profile.alerts)} 项未解除"))
        if not profile.alerts:
            look.show(look.empty("没有未解除的预警", "低于序时进度或未报送时在这里列出。"))
            return
        look.show(
            look.alert_list(
                look.AlertCard(
                    _alert_lead(profile, alert), "，".join(alert.clauses) + "。", alert.state.tone,
                    alert.level.title if alert.level else alert.state.title,
                )
                for alert in profile.alerts[:MOST]
            )
        )  # fmt: skip
        _more(len(profile.alerts))


def _alert_lead(profile: RegionProfile, alert: Alert) -> Markup:
    address = leads.measure_address(profile.roster.province, alert.measure, profile.region.name, alert.as_of)
    return look.lead(address, alert.measure.title, f"查看{profile.region.short}{alert.measure.title}")


def duties_card(profile: RegionProfile) -> None:
    pressing = [one for one in profile.duties.standings if one.state.id in PRESSING]
    with st.container(border=True, key="card_region_duties"):
        look.show(look.card_title("逾期和将要到期的事项", f"{len(pressing)} 项"))
        if not pressing:
            look.show(look.empty("没有逾期或将要到期的事项", "全部事项见“报送与节点”。"))
            return
        look.show(look.alert_list(_duty(one, profile.on) for one in pressing[:MOST]))
        _more(len(pressing))


def _duty(one: DutyStanding, on: date) -> look.AlertCard:
    days = (one.term.due - on).days
    when = f"还有{days}天" if days > 0 else "今天到期" if not days else f"已过{-days}天"
    return look.AlertCard(
        one.title, f"{chinese_day(one.term.due)}到期，{when}。", one.state.tone, one.state.title
    )


def _more(number: int) -> None:
    if number > MOST:
        look.show(look.source(f"共 {number} 项，这里列出前 {MOST} 项；其余见上方链接。"))


def reports_card(profile: RegionProfile) -> None:
    with st.container(border=True, key="card_region_reports"):
        look.show(look.card_title("最近报送", "点击批次查看文件、工作表和每一行"))
        if not profile.reports:
            look.show(look.empty("没有报送记录", "该地区尚未报送，请督促上报。"))
            return
        headings = [HtmlCell("台账", "left"), HtmlCell("数据截至"), HtmlCell("批次")]
        rows = [
            HtmlRow([
                HtmlCell(one.title, "name"), HtmlCell(one.source.as_of.isoformat()),
                HtmlCell(
                    look.lead(leads.numbered_address(one.source.snapshot, profile.roster.province), str(one.source.snapshot), f"查看批次 {one.source.snapshot}")
                ),
            ])
            for one in profile.reports
        ]  # fmt: skip
        look.show(look.wide(look.league(headings, rows)))
