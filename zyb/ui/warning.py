"""滞后预警: the list of alerts, one alert in full, and what people add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import streamlit as st

from zyb.access import Viewer
from zyb.alerting import Alert, Survey, claim, note, release
from zyb.alerts import Step, alert_rules
from zyb.errors import ZybError
from zyb.numerals import percent, points
from zyb.store import AlertRecord, Store
from zyb.ui import look, panels

KINDS = {"claim": "认领", "note": "备注", "release": "解除"}
WEEKS_TO_MEND = timedelta(weeks=4)
EVERYTHING = "全部"


def counts(seen: Survey) -> look.Html:
    """How many alerts in each state, and how many at each level."""
    states = Counter(alert.state.id for alert in seen.alerts)
    cards = [
        look.kpi(state.title, str(states[name]), "项", note=look.tag(state.title, state.tone))
        for name, state in alert_rules().states.items()
    ]
    return look.kpis(*cards)


def legend() -> look.Html:
    rules = alert_rules()
    states = "；".join(f"{state.title}：{state.rule}" for state in rules.states.values())
    levels = "；".join(f"{level.title}：连续{level.behind}期滞后" for level in rules.levels)
    return look.source(f"{states}。级别：{levels}。依据：{rules.basis}。")


def filtered(seen: Survey) -> list[Alert]:
    """By state, region and measure, as picked; open ones unless asked otherwise."""
    states = [state.title for state in alert_rules().states.values()]
    regions = dict.fromkeys(alert.region for alert in seen.alerts)
    measures = dict.fromkeys(alert.measure.title for alert in seen.alerts)
    one, two, three = st.columns([5, 2, 3], gap="small")
    chosen = one.pills(
        "状态", states, selection_mode="multi", key="alert_states", label_visibility="collapsed"
    )
    region = two.selectbox("地区", [EVERYTHING, *regions], key="alert_region", label_visibility="collapsed")
    measure = three.selectbox(
        "指标", [EVERYTHING, *measures], key="alert_measure", label_visibility="collapsed"
    )
    return [
        alert
        for alert in seen.alerts
        if (alert.state.title in chosen if chosen else alert.open)
        and region in (EVERYTHING, alert.region)
        and measure in (EVERYTHING, alert.measure.title)
    ]


def alert_row(alert: Alert) -> dict[str, object]:
    return {
        "状态": f"{alert.state.shape} {alert.state.title}", "级别": alert.level.title if alert.level else "—",
        "地区": alert.region, "指标": alert.measure.title, "数值": percent(alert.standing.value),
        "与序时差": points(alert.standing.gap), "还差": alert.standing.remaining, "连续期数": alert.periods,
        "起始": alert.since.isoformat() if alert.since else "—", "责任人": alert.owner or "—",
        "期限": alert.due.isoformat(), "说明": alert.sentence,
    }  # fmt: skip


def pick(alerts: Sequence[Alert]) -> Alert | None:
    event = st.dataframe(
        [alert_row(alert) for alert in alerts], hide_index=True, on_select="rerun",
        selection_mode="single-row", key="alerts", alt="预警清单",
    )  # fmt: skip
    rows = event.selection.rows
    return alerts[rows[0]] if rows and rows[0] < len(alerts) else None


def alert_card(store: Store, viewer: Viewer, seen: Survey, alert: Alert, may_act: bool) -> None:
    """One alert: its sentence, its course period by period, what was added, and what may be added now."""
    with st.container(border=True, key="card_alert"):
        tag = look.tag(alert.state.title, alert.state.tone)
        st.html(look.card_title(f"{alert.region}：{alert.measure.title}", tag))
        st.html(look.html(alert.sentence))
        left, right = st.columns([6, 5], gap="medium")
        with left:
            st.dataframe(
                [_period_row(step) for step in reversed(alert.history)], hide_index=True, alt="逐期情况"
            )
        with right:
            if alert.records:
                st.dataframe([_record_row(r) for r in alert.records], hide_index=True, alt="处理记录")
            if alert.open and may_act:
                _forms(store, viewer, seen, alert)


def _period_row(step: Step) -> dict[str, object]:
    states, signal = alert_rules().states, step.signal
    level = alert_rules().level(step.rank)
    return {
        "数据截至": signal.day.isoformat(), "报送": "已报送" if signal.reported else "未报送",
        "与序时差": points(signal.gap), "还差": signal.remaining,
        "状态": states[step.state].title if step.state in states else "正常", "级别": level.title if level else "—",
    }  # fmt: skip


def _record_row(record: AlertRecord) -> dict[str, object]:
    told = "；".join(filter(None, (record.owner, record.cause, record.action, record.reason)))
    return {
        "记录": KINDS[record.kind], "内容": told, "期限": record.due.isoformat() if record.due else "—",
        "记录人": record.recorded_by, "时间": panels.moment(record.recorded_at) if record.recorded_at else "—",
    }  # fmt: skip


def _forms(store: Store, viewer: Viewer, seen: Survey, alert: Alert) -> None:
    claiming, noting, releasing = st.tabs(["认领", "备注", "解除"])
    subject = (store, seen.province, alert.region_code, alert.measure.id, seen.on)
    with claiming, st.form("claim", border=False):
        owner = st.text_input("责任人", value=alert.owner, max_chars=50)
        cause = st.text_area("滞后原因", max_chars=500, height=80)
        action = st.text_area("整改措施", max_chars=500, height=80)
        due = st.date_input("整改期限", value=_proposed(alert), format="YYYY-MM-DD")
        if st.form_submit_button("提交认领", type="primary") and isinstance(due, date):
            _try(lambda: claim(*subject, by=viewer.name, owner=owner, cause=cause, action=action, due=due))
    with noting, st.form("note", border=False):
        text = st.text_area("备注内容", max_chars=500, height=80)
        if st.form_submit_button("保存备注"):
            _try(lambda: note(*subject, by=viewer.name, reason=text))
    with releasing, st.form("release", border=False):
        reason = st.text_area("解除原因", max_chars=500, height=80)
        st.html(look.muted("解除后如下一期仍滞后，将重新列入预警。记录不会删除。"))
        if st.form_submit_button("确认解除"):
            _try(lambda: release(*subject, by=viewer.name, reason=reason))


def _proposed(alert: Alert) -> date:
    """Four weeks after the figures, or the task's own deadline when that comes first."""
    return min(max(alert.due, alert.as_of + timedelta(days=1)), alert.as_of + WEEKS_TO_MEND)


def _try(act: Callable[[], int]) -> None:
    try:
        act()
    except ZybError as error:
        st.error(str(error))
        return
    st.toast("已保存。")
    st.rerun()


def faults_card(seen: Survey) -> None:
    """Figures that cannot all be right."""
    with st.container(border=True, key="card_faults"):
        st.html(look.card_title("数据疑点", f"{len(seen.faults)} 处"))
        if not seen.faults:
            st.html(look.empty("没有数据疑点", "累计数没有减少，汇总表与企业台账一致。"))
            return
        rows = [
            {"地区": f.region, "台账": f.ledger.title, "数据截至": f.as_of.isoformat(), "批次": f.snapshot, "情况": f.sentence}
            for f in seen.faults
        ]  # fmt: skip
        st.dataframe(rows, hide_index=True, alt="数据疑点", key="faults")
