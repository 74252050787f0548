"""各专项进展: every campaign in one row, each by the figure that stands for it; each leads to its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from zyb.alerting import Alert, Survey
from zyb.briefing.outlines import CampaignText, campaign_texts
from zyb.exports.inquiries.cards import CardTable, in_unit
from zyb.exports.inquiries.table import TakenRow
from zyb.html import Markup
from zyb.numerals import gap_text, value_text
from zyb.periods import chinese_day
from zyb.rulebook.campaigns import Campaign, campaigns_of
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import Roster
from zyb.standing.alert_course import AlertRules
from zyb.standing.standings import Standing, Standings
from zyb.ui import look
from zyb.ui.frame import leads
from zyb.ui.frame.loading import load_standings, load_survey, load_view
from zyb.ui.frame.pickers import told_day
from zyb.ui.progress.overriding import SHORT_MARK, verdict_badge
from zyb.wording.closings import closed

ALERTS, CLOSED = "滞后预警", "已结束"


def strip(roster: Roster, on: date, region_code: str | None) -> Markup:
    """A tile a campaign and one for the alerts; what nobody has reported says so."""
    known = campaigns_of(roster.province)
    tiles = [
        _tile(roster, known[campaign.id], _leading(roster, campaign, on), on, region_code)
        for campaign in campaign_texts("")
    ]
    return look.tiles(*tiles, _alerts(roster, load_survey(roster.province, on), on, region_code))


def tiles_taken(roster: Roster, on: date, region_code: str | None) -> CardTable:
    """A row a campaign: the figure of its tile, with the unit beside it, since a column holds several."""
    columns = [
        ("专项", "text"), ("指标", "text"), ("地区", "text"), ("数值", "number"), ("单位", "text"), ("序时或目标", "number"), ("相差", "number"),
        ("滞后地区", "count"), ("评价", "text"), ("数据截至", "date"),
    ]  # fmt: skip
    known = campaigns_of(roster.province)
    shown = [(known[one.id], _leading(roster, one, on)) for one in campaign_texts("")]
    rows = [_taken(campaign, found, on, region_code) for campaign, found in shown]
    notes = [
        note
        for _, found in shown
        if found
        for note in [(found.measure.title, f"{found.measure.definition}依据：{found.measure.basis}")]
    ]
    return CardTable(
        title="各专项进展", place=roster.province, on=on, columns=columns, rows=rows, notes=notes
    )


def _taken(campaign: Campaign, found: Standings | None, on: date, region_code: str | None) -> TakenRow:
    if found is None:
        return (campaign.title, "尚无数据", *[None] * 8)
    standing = found.region(region_code) or found.province
    (value, unit), (pace, _), (gap, _) = (
        in_unit(one, found.measure) for one in (standing.value, standing.pace, standing.gap)
    )
    over = campaign.closed_on(on)
    whole = standing is found.province and not over
    return (
        campaign.title, found.measure.title, standing.region, value, unit, pace, gap, _behind(found) if whole else None,
        CLOSED if over else standing.verdict.title, standing.as_of or found.as_of,
    )  # fmt: skip


def _behind(found: Standings) -> int:
    return sum(s.verdict.tone in ("watch", "lagging") for s in found.regions)


def _leading(roster: Roster, campaign: CampaignText, on: date) -> Standings | None:
    """The measure that reports begin with, or the first that anybody has reported."""
    return next((found for found in _known(roster, _ordered(campaign), on) if found.reported), None)


def _ordered(campaign: CampaignText) -> Iterator[str]:
    yield from campaign.measures
    for group in campaign.groups:
        yield from group.measures


def _known(roster: Roster, names: Iterable[str], on: date) -> Iterator[Standings]:
    there = measures(roster.province)
    return (load_standings(load_view(roster.province, name, on)) for name in names if name in there)


def _tile(
    roster: Roster, campaign: Campaign, found: Standings | None, on: date, region_code: str | None
) -> Markup:
    over = look.badge(CLOSED) if campaign.closed_on(on) else None
    if found is None:
        return look.tile(campaign.title, "—", note="尚无数据", mark=over)
    standing = found.region(region_code) or found.province
    whole = standing is found.province
    behind = _behind(found)
    shown = look.tile(
        campaign.title,
        value_text(standing.value, found.measure.kind) + found.measure.gap_unit,
        aside=f"{behind} 地滞后" if whole and behind and not over else "",
        note=f"{_own_day(standing.as_of or found.as_of, on)}{found.measure.title}",
        mark=over or verdict_badge(standing, SHORT_MARK),
    )
    address = leads.measure_address(
        roster.province, found.measure, "" if whole else standing.region, found.as_of
    )
    ended = f"；{closed(campaign, campaign.closing)}" if over and campaign.closing else ""
    return look.lead(address, shown, _told(found, standing) + ended)


def _own_day(day: date | None, on: date) -> str:
    """“截至3月1日 · ”: figures that are older than the day that was picked say so."""
    if day is None or day == on:
        return ""
    return f"截至{chinese_day(day) if day.year != on.year else f'{day.month}月{day.day}日'} · "


def _told(found: Standings, standing: Standing) -> str:
    parts = [found.measure.title, f"数据截至 {told_day(found.as_of)}"]
    if standing.gap is not None:
        parts.append(
            f"{found.gap_title} {gap_text(standing.gap, found.measure.kind)} {found.measure.gap_unit or '个百分点'}"
        )
    return f"{'，'.join(parts)}；点击查看"


def _levels(alerts: Sequence[Alert], rules: AlertRules) -> str:
    """“约谈 3，通报 5，督办 20”: how many have reached which level, the highest first."""
    reached = Counter(alert.level.title for alert in alerts if alert.level)
    ordered = (level.title for level in reversed(rules.levels))
    return "，".join(f"{title} {reached[title]}" for title in ordered if reached[title])


def _alerts(roster: Roster, seen: Survey, on: date, region_code: str | None) -> Markup:
    open_ones = [a for a in seen.alerts if a.open and region_code in (None, a.region_code)]
    tone = "lagging" if any(alert.level for alert in open_ones) else "good"
    mark = look.badge("未解除" if open_ones else "正常", tone)
    shown = look.tile(ALERTS, f"{len(open_ones)} 项", note=_levels(open_ones, seen.rules), mark=mark)
    region = next((r.name for r in roster.regions if r.code == region_code), "")
    address = leads.page_address("alerts", province=roster.province, region=region, as_of=on)
    return look.lead(address, shown, f"查看{ALERTS}")
