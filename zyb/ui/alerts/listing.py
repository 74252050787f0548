"""滞后预警: the list of alerts, its counts and filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from zyb.access import Viewer
from zyb.alerting import Alert, Survey
from zyb.exports.inquiries.cards import CardTable, in_unit, listed_card
from zyb.html import Markup
from zyb.numerals import gap_text, value_text
from zyb.periods import chinese_day
from zyb.rulebook.measures import campaigns
from zyb.rulebook.regions import load_roster
from zyb.standing.alert_course import AlertRules, State
from zyb.standing.yardsticks import MIXED_GAP_TITLE
from zyb.store import Store
from zyb.ui import look
from zyb.ui.alerts.checked import checked_card, checked_of
from zyb.ui.alerts.faults import faults_card, faults_of
from zyb.ui.alerts.missed import missed_card
from zyb.ui.alerts.one_alert import alert_card
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads
from zyb.ui.frame.grids import as_number, grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.ticks import keep_ticked
from zyb.wording.closings import alerts_rest

WIDTHS = {"说明": st.column_config.TextColumn(width=620), "责任人": st.column_config.TextColumn(width=88)}
ANY_LEVEL, ANY_MEASURE = "全部级别", "全部指标"
STATE = "state"  # in the address, as the level is


def told_number(seen: Survey) -> str:
    """“未解除 92 项，报送逾期 3 项，数据疑点 2 处，核查待核实 12 项”."""
    still = sum(1 for alert in seen.alerts if alert.open)
    missed = f"报送逾期 {len(seen.missed)} 项，" if seen.missed else ""
    found = len(checked_of(seen, None).open)
    checked = f"，核查待核实 {found} 项" if found else ""
    return f"未解除 {still} 项，{missed}数据疑点 {len(seen.faults)} 处{checked}"


def told_reports(seen: Survey) -> str:
    """“最近一次报送：专项治理2024年3月1日，其余2024年12月31日”: not everything is as new as the page's own day."""
    newest: dict[str, date] = {}
    for found in seen.latest:
        day = found.as_of or found.on
        newest[found.measure.campaign] = max(day, newest.get(found.measure.campaign, day))
    told = [f"{title}{chinese_day(newest[name])}" for name, title in campaigns().items() if name in newest]
    if set(newest.values()) <= {seen.on}:
        return ""
    return f"各专项最近一次报送：{'、'.join(told)}。"


def list_page(store: Store, viewer: Viewer, seen: Survey, region_code: str | None) -> None:
    """The counts, the list, the alert that is picked, and figures that cannot all be right."""
    with st.container(key="alert_counts"):
        look.show(counts(seen, region_code))
    with st.container(border=True, key="card_alerts"):
        look.show(look.card_title("预警清单", "勾选一行查看经过、认领或解除；在右上角选择地区"))
        shown = filtered(seen, region_code)
        chosen = pick(shown) if shown else None
        if not shown:
            look.show(look.empty("没有符合条件的预警", "可以换一个状态、级别、地区或指标。"))
        if rest := alerts_rest(seen.closed):
            look.show(look.source(rest))
        look.show(legend(seen.rules))
        take(alerts_taken(seen, shown), "alerts")
    if chosen:
        alert_card(store, viewer, seen, chosen)
    missed_card(seen, region_code)
    faults_card(seen, region_code)
    checked_card(seen, region_code)


def counts(seen: Survey, region_code: str | None) -> Markup:
    """How many alerts in each state, with the highest levels among them, and the faults beside."""
    own = [alert for alert in seen.alerts if region_code in (None, alert.region_code)]
    cards = [
        _state_card(seen, state, [alert for alert in own if alert.state.id == name], region_code)
        for name, state in seen.rules.states.items()
    ]
    faults = faults_of(seen, region_code)
    note = look.badge("请核实", "watch") if faults else look.badge("没有", "good")
    return look.kpis(*cards, look.kpi("数据疑点", str(len(faults)), "处", note=note))


def _state_card(seen: Survey, state: State, alerts: Sequence[Alert], region_code: str | None) -> Markup:
    """It leads on to those of the state; the note names the highest level that is reached in it."""
    rules = seen.rules
    region = load_roster(seen.province).name_of(region_code) if region_code else ""
    address = leads.page_address(
        "alerts", province=seen.province, region=region, as_of=seen.on, **{STATE: state.title}
    )  # fmt: skip
    number = look.lead(address, str(len(alerts)), f"列出{state.title}的预警")
    highest = max((alert.history[-1].rank for alert in alerts), default=0)
    level = rules.level(highest) if state.id != "cleared" else None
    if level is None:
        return look.kpi(state.title, number, "项", note=look.badge(state.title, state.tone))
    so_high = sum(1 for alert in alerts if alert.history[-1].rank == highest)
    return look.kpi(state.title, number, "项", note=look.badge(f"{level.title} {so_high}", state.tone))


def legend(rules: AlertRules) -> Markup:
    states = "；".join(f"{state.title}：{state.rule}" for state in rules.states.values())
    return look.source(f"{states}。级别：{level_rules(rules)}。依据：{rules.basis}。")


def level_rules(rules: AlertRules) -> str:
    """When each level is reached, in words."""
    return "；".join(
        f"{level.title}：连续{level.behind}期滞后或{level.silent}期未报送" for level in rules.levels
    )


def filtered(seen: Survey, region_code: str | None) -> list[Alert]:
    """By state, level and measure, as picked, within the page's region; open ones unless asked otherwise."""
    states = [state.title for state in seen.rules.states.values()]
    levels = [level.title for level in reversed(seen.rules.levels)]
    own = [alert for alert in seen.alerts if region_code in (None, alert.region_code)]
    one, two, three = st.columns([6, 2, 3], gap="small")
    chosen = one.pills(
        "状态", states, format_func=literal, selection_mode="multi", key=STATE, bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    level = two.selectbox(
        "级别", [ANY_LEVEL, *levels], key="level", bind="query-params", label_visibility="collapsed"
    )
    measure = three.selectbox(
        "指标", [ANY_MEASURE, *dict.fromkeys(alert.measure.title for alert in own)], key="alert_measure",
        label_visibility="collapsed",
    )  # fmt: skip
    return [
        alert
        for alert in own
        if (alert.state.title in chosen if chosen else alert.open)
        and level in (ANY_LEVEL, alert.level.title if alert.level else "")
        and measure in (ANY_MEASURE, alert.measure.title)
    ]


def alert_row(alert: Alert) -> dict[str, object]:
    return {
        "状态": f"{alert.state.shape} {alert.state.title}", "级别": alert.level.title if alert.level else "—",
        "地区": alert.region, "指标": alert.measure.title, "数值": value_text(alert.standing.value, alert.measure.kind) + alert.measure.gap_unit,
        MIXED_GAP_TITLE: gap_text(alert.standing.gap, alert.measure.kind) + (alert.measure.gap_unit if alert.standing.gap is not None else ""), "还差": alert.standing.remaining, "连续期数": alert.periods,
        "起始": alert.since.isoformat() if alert.since else "—", "责任人": alert.owner or "—",
        "期限": alert.due.isoformat(), "说明": alert.sentence,
    }  # fmt: skip


def numbered_row(alert: Alert) -> dict[str, object]:
    """As it stands in the grid, whose columns are sorted by a click: figures as numbers, their unit beside them."""
    told, standing = alert_row(alert), alert.standing
    (value, unit), (gap, _) = (in_unit(one, alert.measure) for one in (standing.value, standing.gap))
    apart: dict[str, object] = {
        "数值": as_number(value), "单位": unit, MIXED_GAP_TITLE: as_number(gap), "级别": alert.level.title if alert.level else None,
        "起始": alert.since.isoformat() if alert.since else None, "责任人": alert.owner or None,
    }  # fmt: skip
    places = (name for title in told for name in (("数值", "单位") if title == "数值" else (title,)))
    return {name: apart[name] if name in apart else told[name] for name in places}


def alerts_taken(seen: Survey, alerts: Sequence[Alert]) -> CardTable:
    """The same rows; figures whole, and the shape of a state left to the screen."""
    rows = [
        numbered_row(alert)
        | {
            "状态": alert.state.title, "数值": in_unit(alert.standing.value, alert.measure)[0],
            MIXED_GAP_TITLE: in_unit(alert.standing.gap, alert.measure)[0],
        }
        for alert in alerts
    ]  # fmt: skip
    kinds = {"数值": "number", MIXED_GAP_TITLE: "number", "起始": "date", "期限": "date"}
    return listed_card("滞后预警清单", seen.province, seen.on, rows, kinds, notes=[("级别", f"{level_rules(seen.rules)}。"), ("依据", seen.rules.basis)])  # fmt: skip


def pick(alerts: Sequence[Alert]) -> Alert | None:
    """The list, and the alert that is ticked in it: the same one wherever it moves to."""
    ticked = keep_ticked("alerts", [(alert.region_code, alert.measure.id) for alert in alerts])
    grid(
        [numbered_row(alert) for alert in alerts], hide_index=True, on_select="rerun", selection_mode="single-row", key="alerts",
        alt="预警清单", column_config=WIDTHS, placeholder=look.NO_VALUE,
    )  # fmt: skip
    look.show(look.on_paper([alert_row(alert) for alert in alerts], most=look.ALL_ON_PAPER))
    return None if ticked is None else alerts[ticked]
