"""What a unit still has to hand in, counted down; and what is sent to those who are late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.exports.calendar import calendar_file, calendar_name, due_ahead
from zyb.html import HtmlCell, HtmlRow
from zyb.periods import chinese_day
from zyb.rulebook.regions import Region, Roster
from zyb.settings import DEMO_MARK, DEMO_WARNING, is_demo
from zyb.standing.duties.submissions import SubmissionBoard, SubmissionMark, SubmissionUnit
from zyb.ui import look
from zyb.ui.duties.listing import distance
from zyb.ui.frame.labels import literal
from zyb.ui.frame.leads import page_link
from zyb.wording.reminders import reminder, reminders

EVERYBODY, WITH_SOON = "全部未报的单位", "全部未报和即将到期的单位"


def own_card(whole: SubmissionBoard, roster: Roster, region: Region) -> None:
    """Of one region: what is overdue and what comes next, with the days left, and where it is handed in."""
    marks = [mark for unit in whole.units if unit.subject.region_code == region.code for mark in unit.marks]
    pressing = [mark for mark in marks if mark.awaited]
    pressing.sort(key=lambda mark: mark.term.due)
    with st.container(border=True, key="card_own"):
        look.show(look.card_title(f"{region.name}待报", _countdown(pressing, whole)))
        if not pressing:
            look.show(look.empty("没有待报的事项", "已到期的都已报送；以后到期的在起始日以后列出。"))
            return
        headings = [HtmlCell(name, "left") for name in ("到期", "还有", "事项", "单位", "状态")]
        look.show(look.wide(look.league(headings, [_row(mark, whole) for mark in pressing])))
        with st.container(horizontal=True, key="own_ways"):
            page_link("upload", "去上报数据", "upload_file", province=roster.province, region=region.name)
            page_link(
                "duties",
                "登记完成",
                "event_available",
                province=roster.province,
                region=region.name,
                on=whole.on,
            )


def _countdown(pressing: list[SubmissionMark], whole: SubmissionBoard) -> str:
    ahead = [mark for mark in pressing if mark.term.due >= whole.on]
    overdue = len(pressing) - len(ahead)
    told = f"未报 {overdue} 项次" if overdue else "没有逾期未报"
    if not ahead:
        return told
    following = ahead[0]
    return f"{told}；下一个到期 {chinese_day(following.term.due)}，{distance(following.term.due, whole.on)}"


def _row(mark: SubmissionMark, whole: SubmissionBoard) -> HtmlRow:
    state = mark.cell.state
    return HtmlRow([
        HtmlCell(mark.term.due.isoformat(), "left"), HtmlCell(distance(mark.term.due, whole.on), "left"),
        HtmlCell(mark.title, "wrap"), HtmlCell(mark.cell.subject.name, "left"),
        HtmlCell(look.badge(state.title, state.tone), "left"),
    ])  # fmt: skip


# -- reminders ------------------------------------------------------------------------------


def reminders_card(viewer: Viewer, whole: SubmissionBoard) -> None:
    """Ready to paste: of all who are late at once, or of one unit."""
    told = {unit.subject.code: unit for unit in whole.by_urgency if reminder(unit, whole.on)}
    late = list(whole.behind)
    with st.container(border=True, key="card_reminders"):
        look.show(look.card_title("催报", f"{len(late)} 个单位有未报；点右上角的复制按钮，粘贴即可发送"))
        if not told:
            look.show(look.empty("没有需要催报的单位", "已到期的都已报送，近期也没有到期的事项。"))
            return
        if refused := refusal(viewer, Permission.EXPORT):
            look.show(look.muted(refused))
            return
        text = _chosen_text(whole, told, late)
        st.code(text, language=None, wrap_lines=True, height=260)
        mark = f"{DEMO_MARK}_" if is_demo() else ""
        st.download_button(
            "下载催报文字", data=f"\ufeff{text}\n".encode(), on_click="ignore", icon=":material/download:", key="reminders_file",
            file_name=f"{mark}{whole.province}催报（{chinese_day(whole.on)}）.txt", mime="text/plain",
        )  # fmt: skip


def _chosen_text(
    whole: SubmissionBoard, told: Mapping[str, SubmissionUnit], late: Sequence[SubmissionUnit]
) -> str:
    groups = {EVERYBODY: late, WITH_SOON: tuple(told.values())} if late else {WITH_SOON: tuple(told.values())}
    each = {unit.subject.name: (unit,) for unit in told.values()}
    offered = {**groups, **each}
    chosen = st.selectbox(
        "催报单位", list(offered), format_func=literal, key="reminded", label_visibility="collapsed"
    )
    text = reminders(offered.get(chosen or "", tuple(told.values())), whole.on)
    return f"{DEMO_WARNING}\n\n{text}" if is_demo() else text


def calendar_button(viewer: Viewer, roster: Roster, region: Region | None, whole: SubmissionBoard) -> None:
    """The days due from now on, for a calendar."""
    if refusal(viewer, Permission.EXPORT):
        return
    warning, ahead = DEMO_WARNING if is_demo() else "", due_ahead(roster, region, whole.on)
    st.download_button(
        literal(f"下载报送日历（{len(ahead)}项）"),
        data=lambda: calendar_file(roster, region, whole.on, to=viewer, warning=warning), disabled=not ahead,
        file_name=calendar_name(roster, region, whole.on, warning), mime="text/calendar", on_click="ignore",
        icon=":material/event:", key="calendar_file",
        help="今后到期的事项，可导入手机和电脑的日历，到期前三天提醒。" if ahead else "这一天以后没有到期的事项。",
    )  # fmt: skip
