"""报送与节点 by the day that they are due: how many of each state, and of each who has done it and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from zyb.exports.inquiries.cards import CardTable
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.periods import chinese_day
from zyb.rulebook.duties import Duty, duty_rules
from zyb.rulebook.duties.model import EXCUSED, RESTED
from zyb.rulebook.measures import campaigns
from zyb.standing.duties import DutyCell, DutyStanding, DutySurvey
from zyb.ui import look
from zyb.ui.duties.choosing import in_states, pick_campaign, pick_states
from zyb.ui.filtered.taking import take
from zyb.wording.closings import duties_rest, ended

# A page that goes on for longer is narrowed down, and says so.
MOST_SHOWN = 80
EVERY_CAMPAIGN = "各专项"
HEADINGS = ("到期", "报送事项", "各地", "完成", "状态")


def told_number(seen: DutySurvey) -> str:
    """“逾期 36 项次，下一个到期 2024年11月30日”."""
    following = seen.following
    ahead = f"下一个到期 {chinese_day(following[0].term.due)}" if following else "没有将要到期的事项"
    return f"{seen.rules.states['overdue'].title} {seen.counts()['overdue']} 项次，{ahead}"


def counts(seen: DutySurvey) -> Markup:
    """How many of each state: each of those who owe something counts each time. 已结束 and 免报 stand where there are any."""
    found = seen.counts()
    states = {name: s for name, s in seen.rules.states.items() if name not in EXCUSED or found[name]}
    return look.kpis(
        *(
            look.kpi(state.title, str(found[name]), "项次", note=look.badge(state.title, state.tone))
            for name, state in states.items()
        )
    )


def list_card(seen: DutySurvey) -> None:
    with st.container(border=True, key="card_duties"):
        look.show(look.card_title("按到期日", "每项列出各地是否完成；在右上角选择地区和日期"))
        one, two = st.columns([6, 2], gap="small")
        with one:
            states = pick_states(seen)
        with two:
            own = seen.of_campaign(pick_campaign())
        shown = in_states(own, states)
        if not seen.standings:
            look.show(
                look.empty("还没有到起始日的事项", "可以换一个日期或地区；各省的事项在选择省份后列出。")
            )
        elif not shown:
            look.show(look.empty("没有符合条件的事项", "可以换一个状态或专项。"))
        else:
            look.show(look.wide(table(shown[:MOST_SHOWN], seen.on)))
            take(duties_taken(seen, shown), "duties")
        if len(shown) > MOST_SHOWN:
            look.show(
                look.source(f"共 {len(shown)} 项，这里列出前 {MOST_SHOWN} 项；请用状态、专项或地区缩小范围。")
            )
        if rest := duties_rest(seen):
            look.show(look.source(rest))
        look.show(look.source(rules_told()))


def duties_taken(seen: DutySurvey, shown: Sequence[DutyStanding]) -> CardTable:
    """A row a duty and period; who has not done it by name, so that no list has to be looked through."""
    columns = [
        ("到期", "date"), ("报送事项", "text"), ("专项", "text"), ("由谁", "text"), ("应完成（个）", "count"), ("已完成（个）", "count"), ("状态", "text"),
        ("未完成的", "text"), ("依据", "text"),
    ]  # fmt: skip
    rows = [
        (
            one.term.due, one.title, _campaign(one.duty), duty_rules().words.whom[one.duty.who], len(one.cells), one.fulfilled,
            one.state.title, "、".join(cell.subject.short for cell in one.cells if not cell.fulfilled), one.duty.basis,
        )
        for one in shown
    ]  # fmt: skip
    return CardTable(
        title="报送与节点",
        place=seen.province,
        on=seen.on,
        columns=columns,
        rows=rows,
        notes=[("状态", rules_told())],
    )


def rules_told() -> str:
    return "；".join(f"{state.shape} {state.title}：{state.rule}" for state in duty_rules().states.values())


def table(shown: Iterable[DutyStanding], on: date) -> Markup:
    headings = [HtmlCell(title, "left") for title in HEADINGS]
    return look.league(headings, _rows(shown, on))


def _rows(shown: Iterable[DutyStanding], on: date) -> Iterator[HtmlRow]:
    """Month by month, as in a calendar."""
    for (year, month), own in groupby(shown, lambda one: (one.term.due.year, one.term.due.month)):
        yield HtmlRow(
            [HtmlCell(f"{year}年{month}月", "name"), *[HtmlCell("")] * (len(HEADINGS) - 1)], "total"
        )
        yield from (_row(standing, on) for standing in own)


def _row(standing: DutyStanding, on: date) -> HtmlRow:
    duty, term = standing.duty, standing.term
    owner = f"{_campaign(duty)} · {duty_rules().words.whom[duty.who]}"
    due = joined(term.due.isoformat(), look.below(distance(term.due, on)))
    return HtmlRow([
        HtmlCell(due, "left"),
        HtmlCell(joined(look.strong(standing.title), look.below(owner)), "wrap"),
        HtmlCell(joined(*map(_mark, standing.cells), between=" "), "wrap"),
        HtmlCell(f"{standing.fulfilled}／{len(standing.cells)}", "left"),
        HtmlCell(_state(standing), "left"),
    ])  # fmt: skip


def _state(standing: DutyStanding) -> Markup:
    """With the day of the closing below it, where nobody is reminded any more."""
    badge = look.badge(standing.state.title, standing.state.tone)
    rests = standing.closing if standing.count(RESTED) else None
    return joined(badge, look.below(ended(rests))) if rests else badge


def _campaign(duty: Duty) -> str:
    return campaigns()[duty.campaign] if duty.campaign else EVERY_CAMPAIGN


def distance(due: date, on: date) -> str:
    days = (due - on).days
    return f"还有{days}天" if days > 0 else "今天到期" if not days else f"已过{-days}天"


def _mark(cell: DutyCell) -> Markup:
    """Shape, name and colour; how it was done stands in the tooltip."""
    told = f"{cell.subject.name}：{cell.state.title}"
    if cell.done or cell.excuse:
        told += f"，{cell.done.told if cell.done else cell.excuse}"
    return look.chip(f"{cell.state.shape}{cell.subject.short}", cell.state.tone, told)


# -- what the documents say -----------------------------------------------------------------


def basis_card(duties: Sequence[Duty]) -> None:
    """Each duty that has begun in the words of its document."""
    if not duties:
        return
    with st.expander("依据：各项的原文和对原文的处理"):
        headings = [HtmlCell(title, "left") for title in ("报送事项", "依据", "原文", "说明")]
        rows = [
            HtmlRow([
                HtmlCell(duty.title, "wrap"), HtmlCell(duty.basis, "wrap"), HtmlCell(f"“{duty.clause}”", "wrap"),
                HtmlCell(duty.note or look.NO_VALUE, "wrap"),
            ])
            for duty in duties
        ]  # fmt: skip
        look.show(look.wide(look.league(headings, rows)))


def begun(seen: DutySurvey) -> list[Duty]:
    """Each once, in the order in which they are first due."""
    return list({standing.duty.id: standing.duty for standing in seen.standings}.values())
