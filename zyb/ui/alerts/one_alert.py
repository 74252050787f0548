"""One alert in full: how it went from period to period, and what people wrote beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from zyb.access import OwnRegion, Permission, Viewer, refusal
from zyb.alerting import Alert, Survey
from zyb.exports.inquiries.cards import in_unit
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import gap_text
from zyb.rulebook.measures import Measure
from zyb.standing.alert_course import AlertRules, AlertStep
from zyb.standing.yardsticks import MIXED_GAP_TITLE
from zyb.store import AlertRecord, Store
from zyb.ui import look
from zyb.ui.alerts.claiming import forms
from zyb.ui.alerts.views import show_sheet
from zyb.ui.frame import leads, pickers
from zyb.ui.frame.grids import as_number, grid, signed_columns
from zyb.ui.frame.labels import literal

KINDS = {"claim": "认领", "note": "备注", "release": "解除"}
# A year and the month that it starts from.
PERIODS_SHOWN = 13


def alert_card(store: Store, viewer: Viewer, seen: Survey, alert: Alert) -> None:
    """One alert: its sentence, its course period by period, what was added, and what may be added now."""
    refused = refusal(viewer, Permission.CLAIM, OwnRegion(alert.region_code, alert.region))
    with st.container(border=True, key="card_alert"):
        badge = look.badge(alert.state.title, alert.state.tone)
        look.show(look.card_title(f"{alert.region}：{alert.measure.title}", badge))
        look.show(joined(alert.sentence))
        left, right = st.columns([6, 5], gap="medium")
        with left:
            _course(alert, seen.rules)
        with right:
            if alert.records:
                look.show(_records(alert.records))
            if alert.open and refused is None:
                forms(store, viewer, seen, alert)
            elif alert.open and refused:
                look.show(look.muted(refused))
            region = "" if alert.of_the_whole else alert.region
            leads.measure_link(seen.province, alert.measure, region, alert.as_of, "查看口径、来源和各次报送")
            if region:
                st.button(
                    literal(f"查看{region}督办单"), icon=":material/assignment_late:", key="to_sheet",
                    on_click=show_sheet, args=(region,),
                )  # fmt: skip


def _course(alert: Alert, rules: AlertRules) -> None:
    rows = [_period_row(alert.measure, step, rules) for step in reversed(alert.history)]
    gaps = [as_number(in_unit(step.signal.gap, alert.measure)[0]) for step in reversed(alert.history)]
    drawn = [row | {MIXED_GAP_TITLE: gap} for row, gap in zip(rows, gaps, strict=True)]
    height: Literal["content", "auto"] = "content" if len(rows) <= PERIODS_SHOWN else "auto"
    grid(
        drawn, hide_index=True, alt="逐期情况", height=height, placeholder=look.NO_VALUE, column_config=signed_columns(MIXED_GAP_TITLE)
    )  # fmt: skip
    look.show(look.on_paper(rows))


def _period_row(measure: Measure, step: AlertStep, rules: AlertRules) -> dict[str, object]:
    states, signal = rules.states, step.signal
    level = rules.level(step.rank)
    return {
        "数据截至": signal.day.isoformat(), "报送": "已报送" if signal.reported else "未报送",
        MIXED_GAP_TITLE: gap_text(signal.gap, measure.kind) + (measure.gap_unit if signal.gap is not None else ""), "还差": None if measure.surveys else signal.remaining,
        "状态": states[step.state].title if step.state in states else "正常", "级别": level.title if level else "—",
    }  # fmt: skip


def _records(records: Sequence[AlertRecord]) -> Markup:
    """What people added, in full: it is short and should be read."""
    headings = [HtmlCell(text, "left") for text in ("记录", "内容", "期限", "记录人", "时间")]
    return look.league(
        headings, [HtmlRow([HtmlCell(text, kind) for text, kind in _told(r)]) for r in records]
    )


def _told(record: AlertRecord) -> list[tuple[str, str]]:
    said = "；".join(filter(None, (record.owner, record.cause, record.action, record.reason)))
    due = record.due.isoformat() if record.due else "—"
    moment = pickers.moment(record.recorded_at) if record.recorded_at else "—"
    return [
        (KINDS[record.kind], "name"), (said, "wrap"), (due, "left"), (record.recorded_by, "left"), (moment, "left"),
    ]  # fmt: skip
