"""评价调整 beside a report: the verdicts that its text rests on, and the form to put another in their place."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from zyb.access import Permission, Viewer, refusal
from zyb.answers.overrides import choices
from zyb.briefing.model import Briefing, RegionLine, Section
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import gap_text, value_text
from zyb.standing.standings import Standings
from zyb.ui import look
from zyb.ui.frame.loading import load_standings, load_view
from zyb.ui.progress import overriding

BEHIND = ("watch", "lagging")


def card(viewer: Viewer, briefing: Briefing) -> None:
    """Only measures with a plan are judged; who may not judge is shown what others have changed."""
    judged = [section for section in briefing.sections if section.due]
    may = refusal(viewer, Permission.JUDGE) is None
    offered = judged if may else [section for section in judged if _changed(section)]
    if not offered:
        return
    with st.container(border=True, key="card_judging"):
        count = sum(_changed(section) for section in judged)
        look.show(look.card_title("评价调整", f"已调整 {count} 处" if count else "按规则评价"))
        section = _pick_section(offered)
        if section.lines:
            look.show(_table(section))
        _judgement(briefing, section, _pick_region(briefing, section))


def _changed(section: Section) -> int:
    return sum(bool(line.judgement.proposed) for line in section.lines or (section.whole,))


def _pick_section(offered: Sequence[Section]) -> Section:
    if len(offered) == 1:
        return offered[0]
    titles = {section.title: section for section in offered}
    return titles[st.selectbox("指标", list(titles), key="judging_measure")]


def _table(section: Section) -> Markup:
    headings = [HtmlCell("位次", "rank"), HtmlCell("地区", "left"), HtmlCell(section.short_title), HtmlCell(section.gap_title), HtmlCell("评价", "left")]  # fmt: skip
    return look.league(headings, [_row(section, line) for line in section.ranked()])


def _row(section: Section, line: RegionLine) -> HtmlRow:
    held = line.judgement
    badge = look.badge(held.title, held.tone)
    if held.proposed:
        badge = joined(
            badge, look.noted(overriding.SHORT_MARK, f"规则评价：{held.proposed}；理由：{held.reason}")
        )
    return HtmlRow([
        HtmlCell(str(line.rank or "—"), "rank"), HtmlCell(line.short, "name"), HtmlCell(value_text(line.value, section.kind)),
        HtmlCell(gap_text(line.gap, section.kind)), HtmlCell(badge, "left"),
    ])  # fmt: skip


def _pick_region(briefing: Briefing, section: Section) -> str:
    """Who is furthest behind first: these are the verdicts that people look at twice."""
    if not section.lines:
        return briefing.request.region_code
    names = {line.name: line.code for line in section.lines}
    behind = [line.name for line in reversed(section.ranked()) if line.judgement.tone in BEHIND]
    ordered = list(dict.fromkeys([*behind, *names]))
    return names[st.selectbox("地区", ordered, key=f"judging_region_{section.measure_id}")]


def _judgement(briefing: Briefing, section: Section, code: str) -> None:
    seen = load_view(briefing.request.province, section.measure_id, briefing.request.on)
    found = load_standings(seen)
    overriding.judgement(seen, found, code, stacked=True)
    if not _open_to_judgement(found, code):
        look.show(look.muted("这一评价由数据直接确定，不能调整。"))


def _open_to_judgement(found: Standings, code: str) -> bool:
    standing = found.region(code)
    return standing is not None and bool(standing.override or choices(found, standing))
