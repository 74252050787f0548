"""认定免报: the form by which an analyst says, with a reason, that a unit does not owe something."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.answers.ticking import exempt
from zyb.standing.duties.submissions import SubmissionBoard, SubmissionMark, SubmissionUnit
from zyb.store import Store
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.frame.submitting import field, said, sent_at_once, submit

SAVED = "已认定免报；可在报送与节点的登记记录中撤销。"
LONGEST = 500


@keeps_its_place
def exempt_card(store: Store, viewer: Viewer, shown: SubmissionBoard) -> None:
    """Only for whoever may; closed until it is needed."""
    if refusal(viewer, Permission.EXEMPT):
        return
    open_units = [unit for unit in shown.units if _open(unit)]
    if not open_units:
        return
    with st.expander("认定免报：本地没有报送对象等，写明理由"):
        left, right = st.columns(2, gap="small")
        unit = _pick_unit(left, open_units)
        duty_id, marks = _pick_duty(right, unit)
        form = f"exempt_{duty_id}_{unit.subject.code}"
        with sent_at_once(form):
            days = {mark.term.due: mark.title for mark in marks}
            st.multiselect(
                "期次", list(days), default=list(days), format_func=lambda due: literal(f"{due} 到期　{days[due]}"),
                key=field(form, "dues"), placeholder="请选择",
            )  # fmt: skip
            st.text_input("免报的理由", max_chars=LONGEST, key=field(form, "reason"))
            look.show(
                look.muted(
                    "免报的不计入应报，不催报、不预警；以后报来的仍列为完成。记录只增不改，写入操作日志。"
                )
            )
            act = partial(_record, store, viewer, shown.province, duty_id, unit, form)
            submit("认定免报", form, act, SAVED)


def _open(unit: SubmissionUnit) -> list[SubmissionMark]:
    return [mark for mark in unit.marks if mark.awaited]


def _pick_unit(slot, open_units: list[SubmissionUnit]) -> SubmissionUnit:  # type: ignore[no-untyped-def]
    known = {unit.subject.code: unit for unit in open_units}
    chosen = slot.selectbox(
        "单位", list(known), format_func=lambda code: literal(known[code].subject.name), key="exempt_unit"
    )
    return known.get(chosen or "", open_units[0])


def _pick_duty(slot, unit: SubmissionUnit) -> tuple[str, list[SubmissionMark]]:  # type: ignore[no-untyped-def]
    titles = {mark.duty.id: mark.duty.title for mark in _open(unit)}
    chosen = slot.selectbox(
        "事项",
        list(titles),
        format_func=lambda name: literal(titles[name]),
        key=f"exempt_duty_{unit.subject.code}",
    )
    duty_id = chosen if chosen in titles else next(iter(titles))
    return duty_id, [mark for mark in _open(unit) if mark.duty.id == duty_id]


def _record(
    store: Store, viewer: Viewer, province: str, duty_id: str, unit: SubmissionUnit, form: str
) -> list[int]:
    dues, reason = said(form, "dues") or [], said(form, "reason") or ""
    return exempt(store, province, duty_id, unit.subject.code, dues, by=viewer, reason=reason)
