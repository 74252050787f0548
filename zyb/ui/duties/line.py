"""报送与节点 in one line of the overview: what is overdue today, and what is due next."""

from __future__ import annotations

from zyb.html import Markup
from zyb.periods import chinese_day, today
from zyb.rulebook.regions import Roster
from zyb.standing.duties import DutySurvey
from zyb.ui import look
from zyb.ui.frame.leads import page_address
from zyb.ui.frame.loading import load_duties

TITLE = "报送与节点"


def duties_line(roster: Roster, region_code: str | None) -> Markup:
    """As of today, whatever day the figures beside it are of: what is due goes by the calendar."""
    seen = load_duties(roster.province, today()).within(region_code)
    region = next((one.name for one in roster.regions if one.code == region_code), "")
    address = page_address("duties", province=roster.province, region=region)
    shown = look.box("z-strip", look.strong(TITLE), _mark(seen), look.box("", *_told(seen)))
    return look.lead(address, shown, f"查看{TITLE}")


def _mark(seen: DutySurvey) -> Markup:
    overdue = seen.rules.states["overdue"]
    return look.badge(overdue.title, overdue.tone) if seen.missed else look.badge("没有逾期", "good")


def _told(seen: DutySurvey) -> list[str]:
    overdue, following = seen.counts()["overdue"], seen.following
    told = [f"截至今天逾期未完成 {overdue} 项次" if overdue else "截至今天没有逾期未完成的事项"]
    if following:
        titles = "、".join(standing.title for standing in following)
        told.append(f"；下一个到期 {chinese_day(following[0].term.due)}：{titles}")
    else:
        told.append("；没有将要到期的事项")
    return told
