"""单位 × 事项和期次: how each stands, who has handed in the least first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from zyb.exports.inquiries.cards import CardTable
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import percent
from zyb.periods import chinese_day
from zyb.rulebook.duties import Duty, DutyTerm
from zyb.standing.duties.submissions import (
    KIND_TITLES,
    SubmissionBoard,
    SubmissionCount,
    SubmissionMark,
    SubmissionUnit,
    first_day,
)
from zyb.ui import look
from zyb.ui.duties.listing import distance
from zyb.ui.filtered.taking import take
from zyb.ui.frame.labels import literal
from zyb.ui.frame.leads import page_address
from zyb.ui.frame.pickers import on_picked, settled
from zyb.wording.reminders import ended_told

SPANS = {"近3个月": 3, "近12个月": 12, "全部": 0}
USUAL_SPAN = "近12个月"
SPAN, DUTY = "span", "duty"
EVERY_DUTY = "全部事项"
EXPLAINED = (
    "应报：到期的，加上未到期已报送的；报送率＝（按时＋迟报）÷应报，按时率＝按时÷应报。"
    "台账入库或登记的日期不晚于到期日的为按时。免报和未到期的不计入应报。"
)


def pick_span() -> str:
    """In the address; how far back it is looked."""
    options = [USUAL_SPAN, *(name for name in SPANS if name != USUAL_SPAN)]
    chosen = settled(SPAN, options, USUAL_SPAN, memory="submissions_span")
    st.session_state[SPAN] = chosen
    st.segmented_control(
        "期间", list(SPANS), format_func=literal, key=SPAN, required=True, on_change=on_picked,
        args=(SPAN, USUAL_SPAN), label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def pick_duty(shown: SubmissionBoard) -> str:
    """The id of a duty; empty for all."""
    titles = {duty.id: duty.title for duty in shown.duties}
    chosen = settled(DUTY, ["", *titles], "", memory="submissions_duty")
    st.session_state[DUTY] = chosen
    st.selectbox(
        "事项", ["", *titles], format_func=lambda name: literal(titles.get(name, EVERY_DUTY)), key=DUTY, on_change=on_picked,
        args=(DUTY, ""), label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def within_span(whole: SubmissionBoard, span: str) -> SubmissionBoard:
    return whole.due_since(first_day(whole.on, SPANS[span]))


def told_number(shown: SubmissionBoard) -> str:
    """“应报 242 项次，未报 77 项次”."""
    counted = shown.counted
    return f"应报 {counted.due} 项次，未报 {counted.missing} 项次"


def counts(shown: SubmissionBoard, province: str, region: str) -> Markup:
    """The rates, and how many of each kind."""
    counted = shown.counted
    address = page_address("duties", province=province, region=region, on=shown.on)
    late_units = len(shown.behind)
    behind = look.badge(f"{late_units} 个单位", "lagging") if late_units else look.badge("没有未报", "good")
    return look.kpis(
        look.kpi("报送率", percent(counted.reporting), note=look.muted(f"应报 {counted.due} 项次")),
        look.kpi("按时率", percent(counted.punctual), note=look.muted(f"按时 {counted.on_time} 项次")),
        look.kpi(
            KIND_TITLES["missing"],
            look.lead(address, str(counted.missing), "查看报送与节点"),
            "项次",
            note=behind,
        ),
        look.kpi(KIND_TITLES["late"], str(counted.late), "项次", note=look.muted("到期以后才报送")),
        look.kpi(KIND_TITLES["ahead"], str(counted.ahead), "项次", note=look.muted(_exempt_told(counted))),
    )


def _exempt_told(counted: SubmissionCount) -> str:
    return f"另有免报 {counted.exempt} 项次" if counted.exempt else "到期前报送即为按时"


def board_card(shown: SubmissionBoard, duty_id: str) -> None:
    """With a duty chosen a column a period; of all, a mark a period."""
    look.show(look.card_title("报送情况一览", "未报多的在前；把指针停在标记上看期次和来源"))
    if not shown.units:
        look.show(look.empty("这段时间没有要求报送的事项", "可以换一个日期、期间或地区。"))
        return
    if duty_id:
        duty = shown.duties[0]
        terms = shown.terms_of(duty)
        made = _table(
            shown,
            [_period(term) for term in terms],
            lambda unit: [_of_term(unit, term, shown.on) for term in terms],
        )
    else:
        heads = [HtmlCell(duty.title, "left z-tall") for duty in shown.duties]
        made = _table(shown, heads, lambda unit: [_of_duty(unit, duty) for duty in shown.duties])
    look.show(look.wide(made))
    states = {mark.cell.state.id: mark.cell.state for mark in shown.marks}
    look.show(look.source("　".join(f"{state.shape} {state.title}" for state in states.values())))
    if shown.counted.ended:
        look.show(look.source(ended_told(shown.counted)))
    look.show(look.source(EXPLAINED))
    take(board_taken(shown), "board", units_taken(shown))


def _period(term: DutyTerm) -> HtmlCell:
    due = f"{term.due.isoformat()} 到期"
    return HtmlCell(joined(term.label, look.below(due)) if term.label else due, "left")


def _table(shown: SubmissionBoard, heads: Sequence[HtmlCell], cells) -> Markup:  # type: ignore[no-untyped-def]
    headings = [HtmlCell("单位", "left"), HtmlCell("报送率"), HtmlCell("按时率"), HtmlCell("未报"), *heads]
    total = shown.counted
    whole = HtmlRow([HtmlCell("合计", "name"), *_rates(total), *[HtmlCell("")] * len(heads)], "total")
    rows = [HtmlRow([_name(unit, shown), *_rates(unit.counted), *cells(unit)]) for unit in shown.by_urgency]
    return look.league(headings, [whole, *rows])


def _name(unit: SubmissionUnit, shown: SubmissionBoard) -> HtmlCell:
    """A region's name leads to what it owes."""
    name = unit.subject.name
    if not unit.subject.is_region:
        return HtmlCell(name, "name")
    address = page_address("duties", province=shown.province, region=name, on=shown.on)
    return HtmlCell(look.lead(address, name, f"查看{name}的报送与节点"), "name")


def _rates(counted: SubmissionCount) -> list[HtmlCell]:
    missing = look.toned(str(counted.missing), "lagging") if counted.missing else str(counted.missing)
    return [HtmlCell(percent(counted.reporting)), HtmlCell(percent(counted.punctual)), HtmlCell(missing)]


def _of_duty(unit: SubmissionUnit, duty: Duty) -> HtmlCell:
    marks = unit.of(duty)
    return HtmlCell(joined(*map(_dot, marks)) if marks else look.NO_VALUE, "left")


def _dot(mark: SubmissionMark) -> Markup:
    return look.dot(mark.cell.state.shape, mark.cell.state.tone, told(mark))


def _of_term(unit: SubmissionUnit, term: DutyTerm, on: date) -> HtmlCell:
    mark = next((one for one in unit.marks if one.term == term), None)
    if mark is None:
        return HtmlCell(look.NO_VALUE, "left")
    done, state = mark.cell.done, mark.cell.state
    said = (
        done.came.isoformat()
        if done
        else distance(term.due, on)
        if mark.kind in ("missing", "ahead")
        else state.title
    )
    return HtmlCell(look.chip(f"{state.shape} {said}", state.tone, told(mark)), "left")


def told(mark: SubmissionMark) -> str:
    """“中小微企业帮扶台账（2024年7月），2024年7月31日到期：未报”, and how it was done."""
    cell = mark.cell
    how = cell.done.told if cell.done else cell.excuse
    said = f"{mark.title}，{chinese_day(mark.term.due)}到期：{KIND_TITLES[mark.kind]}"
    return f"{said}，{how}" if how else said


def board_taken(shown: SubmissionBoard) -> CardTable:
    """A row a mark: who owed what by when, and how it was done."""
    columns = [
        ("单位", "text"), ("事项", "text"), ("期次", "text"), ("到期", "date"), ("情况", "text"), ("报送日期", "date"), ("迟报天数", "count"),
        ("数据截至", "date"), ("来源或理由", "text"), ("依据", "text"),
    ]  # fmt: skip
    rows = [_mark_row(unit, mark) for unit in shown.by_urgency for mark in unit.marks]
    return CardTable(
        title="报送情况一览",
        place=shown.province,
        on=shown.on,
        columns=columns,
        rows=rows,
        notes=[("说明", EXPLAINED)],
    )


def _mark_row(unit: SubmissionUnit, mark: SubmissionMark) -> TakenRow:
    done, due = mark.cell.done, mark.term.due
    late = (done.came - due).days if done and mark.kind == "late" else None
    return (
        unit.subject.name, mark.duty.title, mark.term.label, due, KIND_TITLES[mark.kind], done.came if done else None, late,
        done.day if done else None, done.told if done else mark.cell.excuse, mark.duty.basis,
    )  # fmt: skip


def units_taken(shown: SubmissionBoard) -> CardTable:
    units = ((unit.subject.name, unit.counted) for unit in shown.by_urgency)
    return _rates_taken(shown, "各单位报送率", "单位", [("合计", shown.counted), *units])


def _rates_taken(
    shown: SubmissionBoard, title: str, called: str, rows: Iterable[tuple[str, SubmissionCount]]
) -> CardTable:
    columns = [
        (called, "text"), ("应报", "count"), ("按时", "count"), ("迟报", "count"), ("未报", "count"), ("报送率", "share"), ("按时率", "share"),
    ]  # fmt: skip
    cells = [(name, n.due, n.on_time, n.late, n.missing, n.reporting, n.punctual) for name, n in rows]
    return CardTable(
        title=title,
        place=shown.province,
        on=shown.on,
        columns=columns,
        rows=cells,
        notes=[("说明", EXPLAINED)],
    )


# -- rates ----------------------------------------------------------------------------------


def rates_card(shown: SubmissionBoard) -> None:
    """By duty, and month by month as they were due."""
    if not shown.counted.due:
        return
    titles = {duty.id: duty.title for duty in shown.duties}
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="card_rates_duty"):
        look.show(look.card_title("按事项", "横条为报送率，竖线为按时率"))
        found = {titles[name]: n for name, n in shown.by_duty().items() if n.due}
        look.show(_rates_table("事项", found.items()))
        take(_rates_taken(shown, "各事项报送率", "事项", found.items()), "rates_duty")
    with right, st.container(border=True, key="card_rates_month"):
        look.show(look.card_title("按到期月份", "报送率和按时率的走势"))
        look.show(_rates_table("月份", shown.by_month().items()))
        take(_rates_taken(shown, "逐月报送率", "月份", shown.by_month().items()), "rates_month")


def _rates_table(called: str, rows: Iterable[tuple[str, SubmissionCount]]) -> Markup:
    headings = [
        HtmlCell(called, "left"), HtmlCell("应报"), HtmlCell("按时"), HtmlCell("迟报"), HtmlCell("未报"),
        HtmlCell("报送率"), HtmlCell("按时率"), HtmlCell("", "bar"),
    ]  # fmt: skip
    return look.league(headings, [_rates_row(name, counted) for name, counted in rows])


def _rates_row(name: str, counted: SubmissionCount) -> HtmlRow:
    numbers = (counted.due, counted.on_time, counted.late, counted.missing)
    return HtmlRow([
        HtmlCell(name, "wrap"), *(HtmlCell(str(number)) for number in numbers),
        HtmlCell(percent(counted.reporting)), HtmlCell(percent(counted.punctual)), HtmlCell(_bar(counted), "bar"),
    ])  # fmt: skip


def _bar(counted: SubmissionCount) -> Markup:
    """As long as what was handed in; a line where it was in time."""
    reported, on_time = float(counted.reporting or 0), float(counted.punctual or 0)
    return look.bullet(reported, on_time, "watch" if counted.missing else "good")
