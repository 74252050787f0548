"""滞后预警: the list of alerts, one alert in full, and what people add to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal

import streamlit as st

from zyb.access import Permission, Region, Viewer, refusal
from zyb.alerting import Alert, Fault, Survey, claim, newest_decision, note, release
from zyb.numerals import percent, points
from zyb.periods import chinese_day
from zyb.rulebook.measures import campaigns
from zyb.standing.courses import State, Step, alert_rules
from zyb.standing.yardsticks import MIXED_GAP_TITLE
from zyb.store import AlertRecord, Store
from zyb.ui import look
from zyb.ui.frame import controls, leads
from zyb.ui.frame.controls import choose
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.submitting import field, said, submit
from zyb.ui.frame.ticks import keep_ticked

SAVED = "已保存。"
KINDS = {"claim": "认领", "note": "备注", "release": "解除"}
FAULT_KINDS = {"fell": "累计数减少", "disagree": "两表不一致"}
FAULT_RULES = (
    "累计数减少：没有说明原因的，恢复到减少前的数才消除；说明原因的，列到下一次报送。两表不一致：汇总表与当月企业台账数出的数不同，"
    "改正后消除。合计与各地区之和不符的表格在上报时即退回，不会入库。"
)
# A year and the month that it starts from.
PERIODS_SHOWN = 13
WEEKS_TO_MEND = timedelta(weeks=4)
WIDTHS = {"说明": st.column_config.TextColumn(width=620), "责任人": st.column_config.TextColumn(width=88)}
FAULT_COLUMNS = ["类别", "地区", "台账", "数据截至", "批次", "内容", "情况"]
# One click from a doubt to the snapshot that it is about.
FAULT_WIDTHS = {"内容": st.column_config.LinkColumn(display_text="查看", width=60)}
ANY_LEVEL, ANY_MEASURE = "全部级别", "全部指标"
VIEWS = ["预警清单", "督办单"]
SHEET = VIEWS[1]


def told_number(seen: Survey) -> str:
    """“未解除 92 项，数据疑点 2 处”."""
    still = sum(1 for alert in seen.alerts if alert.open)
    return f"未解除 {still} 项，数据疑点 {len(seen.faults)} 处"


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
        st.html(counts(seen, region_code))
    with st.container(border=True, key="card_alerts"):
        st.html(look.card_title("预警清单", "勾选一行查看经过、认领或解除；在右上角选择地区"))
        shown = filtered(seen, region_code)
        chosen = pick(shown) if shown else None
        if not shown:
            st.html(look.empty("没有符合条件的预警", "可以换一个状态、级别、地区或指标。"))
        st.html(legend())
    if chosen:
        alert_card(store, viewer, seen, chosen)
    faults_card(seen, region_code)


def counts(seen: Survey, region_code: str | None) -> look.Html:
    """How many alerts in each state, with the highest levels among them, and the faults beside."""
    own = [alert for alert in seen.alerts if region_code in (None, alert.region_code)]
    cards = [
        _state_card(state, [alert for alert in own if alert.state.id == name])
        for name, state in alert_rules().states.items()
    ]
    faults = faults_of(seen, region_code)
    note = look.tag("请核实", "watch") if faults else look.tag("没有", "good")
    return look.kpis(*cards, look.kpi("数据疑点", str(len(faults)), "处", note=note))


def _state_card(state: State, alerts: Sequence[Alert]) -> look.Html:
    """The note names the highest level that is reached in the state."""
    highest = max((alert.history[-1].rank for alert in alerts), default=0)
    level = alert_rules().level(highest) if state.id != "cleared" else None
    if level is None:
        return look.kpi(state.title, str(len(alerts)), "项", note=look.tag(state.title, state.tone))
    number = sum(1 for alert in alerts if alert.history[-1].rank == highest)
    return look.kpi(state.title, str(len(alerts)), "项", note=look.tag(f"{level.title} {number}", state.tone))


def faults_of(seen: Survey, region_code: str | None) -> list[Fault]:
    return [fault for fault in seen.faults if region_code in (None, fault.region_code)]


def legend() -> look.Html:
    rules = alert_rules()
    states = "；".join(f"{state.title}：{state.rule}" for state in rules.states.values())
    return look.source(f"{states}。级别：{level_rules()}。依据：{rules.basis}。")


def level_rules() -> str:
    """When each level is reached, in words."""
    return "；".join(
        f"{level.title}：连续{level.behind}期滞后或{level.silent}期未报送" for level in alert_rules().levels
    )


def pick_view() -> str:
    """The list of alerts or the 督办单; the choice stands in the address."""
    said = st.query_params.get("view")
    st.session_state["alert_view"] = said if said in VIEWS else VIEWS[0]
    st.segmented_control(
        "显示", VIEWS, key="alert_view", on_change=_view_picked, label_visibility="collapsed", required=True
    )
    return str(st.session_state["alert_view"])


def _view_picked() -> None:
    chosen = st.session_state["alert_view"]
    choose("view", None if chosen == VIEWS[0] else chosen)


def show_sheet(region: str) -> None:
    """Go on to the 督办单 of a region."""
    choose("view", SHEET)
    choose("region", region)


def filtered(seen: Survey, region_code: str | None) -> list[Alert]:
    """By state, level and measure, as picked, within the page's region; open ones unless asked otherwise."""
    states = [state.title for state in alert_rules().states.values()]
    levels = [level.title for level in reversed(alert_rules().levels)]
    own = [alert for alert in seen.alerts if region_code in (None, alert.region_code)]
    one, two, three = st.columns([6, 2, 3], gap="small")
    chosen = one.pills(
        "状态", states, format_func=literal, selection_mode="multi", key="alert_states", label_visibility="collapsed",
    )  # fmt: skip
    level = two.selectbox("级别", [ANY_LEVEL, *levels], key="alert_level", label_visibility="collapsed")
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
        "地区": alert.region, "指标": alert.measure.title, "数值": percent(alert.standing.value),
        MIXED_GAP_TITLE: points(alert.standing.gap), "还差": alert.standing.remaining, "连续期数": alert.periods,
        "起始": alert.since.isoformat() if alert.since else "—", "责任人": alert.owner or "—",
        "期限": alert.due.isoformat(), "说明": alert.sentence,
    }  # fmt: skip


def pick(alerts: Sequence[Alert]) -> Alert | None:
    """The list, and the alert that is ticked in it: the same one wherever it moves to."""
    told = [alert_row(alert) for alert in alerts]
    ticked = keep_ticked("alerts", [(alert.region_code, alert.measure.id) for alert in alerts])
    grid(
        told, hide_index=True, on_select="rerun", selection_mode="single-row", key="alerts",
        alt="预警清单", column_config=WIDTHS, placeholder=look.NO_VALUE,
    )  # fmt: skip
    st.html(look.on_paper(told, most=look.ALL_ON_PAPER))
    return None if ticked is None else alerts[ticked]


def alert_card(store: Store, viewer: Viewer, seen: Survey, alert: Alert) -> None:
    """One alert: its sentence, its course period by period, what was added, and what may be added now."""
    refused = refusal(viewer, Permission.CLAIM, Region(alert.region_code, alert.region))
    with st.container(border=True, key="card_alert"):
        tag = look.tag(alert.state.title, alert.state.tone)
        st.html(look.card_title(f"{alert.region}：{alert.measure.title}", tag))
        st.html(look.html(alert.sentence))
        left, right = st.columns([6, 5], gap="medium")
        with left:
            _course(alert)
        with right:
            if alert.records:
                st.html(_records(alert.records))
            if alert.open and refused is None:
                _forms(store, viewer, seen, alert)
            elif alert.open and refused:
                st.html(look.muted(refused))
            leads.measure_link(
                seen.province, alert.measure, alert.region, alert.as_of, "查看口径、来源和各次报送"
            )
            st.button(
                literal(f"查看{alert.region}督办单"), icon=":material/assignment_late:", key="to_sheet",
                on_click=show_sheet, args=(alert.region,),
            )  # fmt: skip


def _course(alert: Alert) -> None:
    rows = [_period_row(step) for step in reversed(alert.history)]
    height: Literal["content", "auto"] = "content" if len(rows) <= PERIODS_SHOWN else "auto"
    grid(rows, hide_index=True, alt="逐期情况", height=height, placeholder=look.NO_VALUE)
    st.html(look.on_paper(rows))


def _period_row(step: Step) -> dict[str, object]:
    states, signal = alert_rules().states, step.signal
    level = alert_rules().level(step.rank)
    return {
        "数据截至": signal.day.isoformat(), "报送": "已报送" if signal.reported else "未报送",
        MIXED_GAP_TITLE: points(signal.gap), "还差": signal.remaining,
        "状态": states[step.state].title if step.state in states else "正常", "级别": level.title if level else "—",
    }  # fmt: skip


def _records(records: Sequence[AlertRecord]) -> look.Html:
    """What people added, in full: it is short and should be read."""
    headings = [look.Cell(text, "left") for text in ("记录", "内容", "期限", "记录人", "时间")]
    return look.league(
        headings, [look.Row([look.Cell(text, kind) for text, kind in _told(r)]) for r in records]
    )


def _told(record: AlertRecord) -> list[tuple[str, str]]:
    said = "；".join(filter(None, (record.owner, record.cause, record.action, record.reason)))
    due = record.due.isoformat() if record.due else "—"
    moment = controls.moment(record.recorded_at) if record.recorded_at else "—"
    return [
        (KINDS[record.kind], "name"), (said, "wrap"), (due, "left"), (record.recorded_by, "left"), (moment, "left"),
    ]  # fmt: skip


def _forms(store: Store, viewer: Viewer, seen: Survey, alert: Alert) -> None:
    """Each alert has forms of its own, empty again after each record: what was sent cannot be sent again."""
    claiming, noting, releasing = st.tabs(["认领", "备注", "解除"])
    subject = (store, seen.province, alert.region_code, alert.measure.id, seen.on)
    own, last = f"{alert.region_code}_{alert.measure.id}", newest_decision(alert)
    by, known = viewer.name, last.id if last else 0
    with claiming:
        _claim_form(f"claim_{own}", alert, lambda **told: claim(*subject, by=by, seen=known, **told))
    with noting, st.form(f"note_{own}", border=False):
        form = f"note_{own}"
        st.text_area("备注内容", max_chars=500, height=80, key=field(form, "text"))
        submit("保存备注", form, lambda: note(*subject, by=by, reason=said(form, "text")), SAVED)
    with releasing:
        _release_form(f"release_{own}", lambda reason: release(*subject, by=by, reason=reason, seen=known))


def _claim_form(form: str, alert: Alert, act: Callable[..., int]) -> None:
    with st.form(form, border=False):
        st.text_input("责任人", value=alert.owner, max_chars=50, key=field(form, "owner"))
        st.text_area("滞后原因", max_chars=500, height=80, key=field(form, "cause"))
        st.text_area("整改措施", max_chars=500, height=80, key=field(form, "action"))
        st.date_input("整改期限", value=_proposed(alert), format="YYYY-MM-DD", key=field(form, "due"))
        names = ("owner", "cause", "action", "due")
        submit(
            "提交认领", form, lambda: act(**{name: said(form, name) for name in names}), SAVED, type="primary"
        )


def _release_form(form: str, act: Callable[[str], int]) -> None:
    with st.form(form, border=False):
        st.text_area("解除原因", max_chars=500, height=80, key=field(form, "reason"))
        st.html(look.muted("解除后如下一期仍滞后，将重新列入预警。记录不会删除。"))
        submit("确认解除", form, lambda: act(said(form, "reason")), SAVED)


def _proposed(alert: Alert) -> date:
    """Four weeks after the figures, or the task's own deadline when that comes first."""
    task_due = alert.history[-1].signal.due
    return min(max(task_due, alert.as_of + timedelta(days=1)), alert.as_of + WEEKS_TO_MEND)


def faults_card(seen: Survey, region_code: str | None) -> None:
    """Figures that cannot all be right."""
    faults = faults_of(seen, region_code)
    with st.container(border=True, key="card_faults"):
        st.html(look.card_title("数据疑点", f"{len(faults)} 处"))
        if faults:
            rows = [_fault_row(fault) for fault in faults]
            led = [
                row | {"内容": leads.numbered_address(fault.snapshot, seen.province)}
                for row, fault in zip(rows, faults, strict=True)
            ]
            grid(
                led,
                hide_index=True,
                alt="数据疑点",
                key="faults",
                column_config=FAULT_WIDTHS,
                column_order=FAULT_COLUMNS,
            )
            st.html(look.on_paper(rows, most=look.ALL_ON_PAPER))
        else:
            st.html(look.muted("没有数据疑点：累计数没有减少，汇总表与企业台账一致。"))
        st.html(look.source(FAULT_RULES))


def _fault_row(fault: Fault) -> dict[str, object]:
    return {
        "类别": FAULT_KINDS[fault.kind], "地区": fault.region, "台账": fault.ledger.title,
        "数据截至": fault.as_of.isoformat(), "批次": fault.snapshot, "情况": fault.sentence,
    }  # fmt: skip
