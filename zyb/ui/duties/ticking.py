"""登记完成, 撤销登记: the forms by which people say that something was done, and take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zyb.access import OwnRegion, Permission, Viewer, refusal
from zyb.answers.ticking import tick, ticks, untick
from zyb.errors import NotPossible
from zyb.periods import today
from zyb.rulebook.duties import STATES, DutySubject
from zyb.rulebook.duties.model import EXEMPT
from zyb.standing.duties import DutyStanding, DutySurvey
from zyb.store import DutyTick, Store
from zyb.ui import look
from zyb.ui.frame import pickers
from zyb.ui.frame.grids import grid
from zyb.ui.frame.labels import literal
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.frame.submitting import field, said, sent_at_once, submit
from zyb.wording.closings import ended

KINDS = {"tick": "完成", "exempt": "免报"}
SAVED, TAKEN_BACK = "已登记。", "登记已撤销。"
LONGEST = 200


def tick_card(store: Store, viewer: Viewer, seen: DutySurvey) -> None:
    """For whoever may tell of a region; others read why not."""
    with st.container(border=True, key="card_tick"):
        look.show(look.card_title("登记完成", "台账收到即自动认定；其余的在这里登记日期、报送人和文件"))
        if refused := refusal(viewer, Permission.TICK):
            look.show(look.muted(refused))
            return
        offered = [standing for standing in seen.standings if _open_to(viewer, standing)]
        if not offered:
            look.show(look.empty("没有可以登记的事项", "可以换一个日期或地区；已完成的不必登记。"))
            return
        _form(store, viewer, seen.province, offered)


def _form(store: Store, viewer: Viewer, province: str, offered: Sequence[DutyStanding]) -> None:
    left, right = st.columns([5, 2], gap="small")
    standing = _pick_standing(left, offered)
    subject = _pick_subject(right, standing, _open_to(viewer, standing))
    if standing.closing:
        look.show(look.muted(f"{ended(standing.closing)}，这一项不再提醒；补登记后列为完成。"))
    form = f"tick_{standing.duty.id}_{standing.term.due}_{subject.code}"
    with sent_at_once(form):
        one, two, three = st.columns([1, 1, 2], gap="small")
        one.date_input(
            "完成日期", value=_proposed(standing), min_value=standing.term.first, max_value=today(), format="YYYY-MM-DD",
            key=field(form, "day"),
        )  # fmt: skip
        two.text_input("报送人", value=viewer.name, max_chars=50, key=field(form, "person"))
        three.text_input("文件名称或文号", max_chars=LONGEST, key=field(form, "file"))
        st.text_input("说明", max_chars=LONGEST, key=field(form, "note"))
        st.checkbox("以上内容属实，登记后计入完成", key=field(form, "sure"))
        act = partial(_record, store, viewer, province, standing, subject, form)
        submit("登记", form, act, SAVED, type="primary")


def _pick_standing(slot: DeltaGenerator, offered: Sequence[DutyStanding]) -> DutyStanding:
    """In the order in which they ask for attention; what nobody hands in comes last."""
    ordered = sorted(offered, key=lambda one: (not one.duty.reported, STATES.index(one.state.id)))
    known = {f"{one.duty.id} {one.term.due}": one for one in ordered}
    chosen = slot.selectbox("事项", list(known), format_func=lambda name: literal(_said_of(known[name])), key="tick_duty")  # fmt: skip
    return known.get(chosen or "", ordered[0])


def _pick_subject(slot: DeltaGenerator, standing: DutyStanding, owing: Sequence[DutySubject]) -> DutySubject:
    known = {one.code: one for one in owing}
    key = f"tick_who_{standing.duty.id}_{standing.term.due}"
    chosen = slot.selectbox(
        "由谁报送", list(known), format_func=lambda code: literal(known[code].name), key=key
    )
    return known.get(chosen or "", owing[0])


def _said_of(standing: DutyStanding) -> str:
    return f"{standing.term.due} {standing.title}"


def _proposed(standing: DutyStanding) -> date:
    return max(min(standing.term.due, today()), standing.term.first)


def _open_to(viewer: Viewer, standing: DutyStanding) -> list[DutySubject]:
    """Who has not done it in time, as far as this viewer may tell of them; nobody before it begins."""
    if standing.term.first > today():
        return []
    return [
        cell.subject
        for cell in standing.cells
        if cell.state.id not in ("done", EXEMPT) and _may(viewer, cell.subject)
    ]


def _may(viewer: Viewer, subject: DutySubject) -> bool:
    return refusal(viewer, Permission.TICK, OwnRegion(subject.region_code, subject.name)) is None


def _record(
    store: Store, viewer: Viewer, province: str, standing: DutyStanding, subject: DutySubject, form: str
) -> int:
    if not said(form, "sure"):
        raise NotPossible("还没有确认内容属实。", "请核对后勾选确认。")
    return tick(
        store, province, standing.duty.id, subject.code, standing.term.due, by=viewer, day=said(form, "day"),
        person=said(form, "person"), file=said(form, "file"), note=said(form, "note"),
    )  # fmt: skip


# -- what was recorded ----------------------------------------------------------------------


@keeps_its_place
def ticks_card(store: Store, viewer: Viewer, seen: DutySurvey) -> None:
    """The records that hold, and taking one back."""
    known = {
        (cell.subject.code, one.duty.id, one.term.due): (one, cell.subject)
        for one in seen.standings
        for cell in one.cells
    }
    held = [one for one in ticks(store, seen.province) if (one.subject_code, one.duty, one.due) in known]
    if not held:
        return
    with st.container(border=True, key="card_ticks"):
        look.show(look.card_title("登记记录", f"{len(held)} 条"))
        about = [known[one.subject_code, one.duty, one.due] for one in held]
        rows = [_row(one, *told) for one, told in zip(held, about, strict=True)]
        grid(rows, hide_index=True, alt="登记记录", key="ticks")
        look.show(look.on_paper(rows, most=look.ALL_ON_PAPER))
        own = {
            one.id: (one, f"{subject.name}　{_said_of(standing)}")
            for one, (standing, subject) in zip(held, about, strict=True)
            if _may(viewer, subject)
        }
        if own:
            _take_back(store, viewer, seen.province, own)


def _row(one: DutyTick, standing: DutyStanding, subject: DutySubject) -> dict[str, object]:
    return {
        "到期": one.due.isoformat(), "事项": standing.title, "由谁": subject.name, "登记": KINDS[one.kind],
        "完成日期": one.day.isoformat() if one.kind == "tick" else look.NO_VALUE,
        "报送人": one.person or look.NO_VALUE, "文件": one.file or look.NO_VALUE, "说明": one.note or look.NO_VALUE,
        "登记人": one.recorded_by, "登记时间": pickers.moment(one.recorded_at),
    }  # fmt: skip


def _take_back(store: Store, viewer: Viewer, province: str, held: Mapping[int, tuple[DutyTick, str]]) -> None:
    with st.expander("撤销一条登记"):
        chosen = st.selectbox(
            "登记", list(held), format_func=lambda n: literal(held[n][1]), key="untick_which"
        )
        one, _ = held.get(chosen or 0, next(iter(held.values())))
        form = f"untick_{one.id}"
        with sent_at_once(form):
            st.text_input("撤销原因", max_chars=LONGEST, key=field(form, "reason"))
            look.show(look.muted("撤销后重新计算；原来的登记和撤销都保留在记录中。"))
            submit("确认撤销", form, partial(_undo, store, viewer, province, one, form), TAKEN_BACK)


def _undo(store: Store, viewer: Viewer, province: str, one: DutyTick, form: str) -> int:
    reason = said(form, "reason")
    return untick(store, province, one.duty, one.subject_code, one.due, by=viewer, reason=reason, seen=one.id)
