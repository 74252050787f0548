"""认领, 备注, 解除: the forms by which people act on an alert."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from zyb.access import Viewer
from zyb.alerting import Alert, Survey, claim, newest_decision, note, release
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.submitting import field, said, sent_at_once, submit

SAVED = "已保存。"
WEEKS_TO_MEND = timedelta(weeks=4)


def forms(store: Store, viewer: Viewer, seen: Survey, alert: Alert) -> None:
    """Each alert has forms of its own, empty again after each record: what was sent cannot be sent again."""
    claiming, noting, releasing = st.tabs(["认领", "备注", "解除"])
    subject = (store, seen.province, alert.region_code, alert.measure.id, seen.on)
    own, last = f"{alert.region_code}_{alert.measure.id}", newest_decision(alert)
    known = last.id if last else 0
    with claiming:
        _claim_form(f"claim_{own}", alert, lambda **told: claim(*subject, by=viewer, seen=known, **told))
    form = f"note_{own}"
    with noting, sent_at_once(form):
        st.text_area("备注内容", max_chars=500, height=80, key=field(form, "text"))
        submit("保存备注", form, lambda: note(*subject, by=viewer, reason=said(form, "text")), SAVED)
    with releasing:
        _release_form(
            f"release_{own}", lambda reason: release(*subject, by=viewer, reason=reason, seen=known)
        )


def _claim_form(form: str, alert: Alert, act: Callable[..., int]) -> None:
    with sent_at_once(form):
        st.text_input("责任人", value=alert.owner, max_chars=50, key=field(form, "owner"))
        st.text_area("滞后原因", max_chars=500, height=80, key=field(form, "cause"))
        st.text_area("整改措施", max_chars=500, height=80, key=field(form, "action"))
        st.date_input("整改期限", value=_proposed(alert), format="YYYY-MM-DD", key=field(form, "due"))
        names = ("owner", "cause", "action", "due")
        submit(
            "提交认领", form, lambda: act(**{name: said(form, name) for name in names}), SAVED, type="primary"
        )


def _release_form(form: str, act: Callable[[str], int]) -> None:
    with sent_at_once(form):
        st.text_area("解除原因", max_chars=500, height=80, key=field(form, "reason"))
        look.show(look.muted("解除后如下一期仍滞后，将重新列入预警。记录不会删除。"))
        submit("确认解除", form, lambda: act(said(form, "reason")), SAVED)


def _proposed(alert: Alert) -> date:
    """Four weeks after the figures, or the task's own deadline when that comes first."""
    task_due = alert.history[-1].signal.due
    return min(max(task_due, alert.as_of + timedelta(days=1)), alert.as_of + WEEKS_TO_MEND)
