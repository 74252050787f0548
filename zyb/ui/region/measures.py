"""All measures of a region, a card a campaign: value, pace, rank, trend and verdict; each leads to its own page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from zyb.briefing import carried_words, short_day
from zyb.exports.inquiries.cards import CardTable, in_unit
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import NO_VALUE, count, gap_text, signed_count, value_text
from zyb.standing.arithmetic import value_of
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads
from zyb.ui.frame.loading import load_history
from zyb.ui.progress.overriding import SHORT_MARK, verdict_badge
from zyb.ui.region.profile import RegionMeasure, RegionProfile

HEADINGS = ("指标", "数值", "序时或目标", "还差", "位次", "较上期", "走势", "评价")


def measures_cards(profile: RegionProfile) -> None:
    for title, own in profile.by_campaign:
        with st.container(border=True, key=f"card_region_{own[0].found.measure.campaign}"):
            look.show(look.card_title(title, _aside(own)))
            look.show(look.wide(table(profile, own)))
            take(measures_taken(profile, title, own), f"region_{own[0].found.measure.campaign}")


def _aside(own: Sequence[RegionMeasure]) -> str:
    behind, silent = sum(one.behind for one in own), sum(one.silent for one in own)
    told = [f"{len(own)} 项指标"]
    told += [f"{behind} 项滞后"] if behind else []
    told += [f"{silent} 项本期未报送"] if silent else []
    return "，".join(told)


def measures_taken(profile: RegionProfile, title: str, own: Sequence[RegionMeasure]) -> CardTable:
    """Measures of several kinds are below each other, so the unit stands beside the figure."""
    columns = [
        ("指标", "text"), ("数值", "number"), ("单位", "text"), ("分子", "count"), ("分母", "count"), ("序时或目标", "number"),
        ("相差", "number"), ("还差", "count"), ("还差单位", "text"), ("位次", "count"), ("较上期", "count"), ("评价", "text"), ("数据截至", "date"),
    ]  # fmt: skip
    notes = [
        (one.found.measure.title, f"{one.found.measure.definition}依据：{one.found.measure.basis}")
        for one in own
    ]
    return CardTable(
        title=f"{title}各项指标", place=f"{profile.roster.province}{profile.region.name}", on=profile.on, columns=columns,
        rows=[_taken(one) for one in own], notes=notes,
    )  # fmt: skip


def _taken(one: RegionMeasure) -> TakenRow:
    standing, measure = one.standing, one.found.measure
    (value, unit), (pace, _), (gap, _) = (
        in_unit(each, measure) for each in (standing.value, standing.pace, standing.gap)
    )
    sides: TakenRow = (None, None) if measure.counts else (standing.numerator, standing.denominator)
    return (
        measure.title, value, unit, *sides, pace, gap, standing.remaining, measure.unit, standing.rank, standing.added,
        standing.verdict.title, standing.as_of,
    )  # fmt: skip


def table(profile: RegionProfile, own: Sequence[RegionMeasure]) -> Markup:
    headings = [HtmlCell(title, "left" if title == HEADINGS[0] else "") for title in HEADINGS]
    return look.league(headings, [_row(profile, one) for one in own])


def _row(profile: RegionProfile, one: RegionMeasure) -> HtmlRow:
    found, standing, measure = one.found, one.standing, one.found.measure
    unit = measure.gap_unit
    return HtmlRow([
        HtmlCell(_title(profile, one), "name"),
        HtmlCell(joined(look.strong(_with(value_text(standing.value, measure.kind), unit)), _sides(one))),
        HtmlCell(_yardstick(one)),
        HtmlCell(_with(count(standing.remaining), measure.unit)),
        HtmlCell(f"{standing.rank}／{sum(s.rank is not None for s in found.regions)}" if standing.rank else NO_VALUE),
        HtmlCell(signed_count(standing.added)),
        HtmlCell(_trend(one)),
        HtmlCell(verdict_badge(standing, SHORT_MARK)),
    ])  # fmt: skip


def _yardstick(one: RegionMeasure) -> Markup:
    """What the value is held against, and below it how far it is from that."""
    standing, measure = one.standing, one.found.measure
    if standing.pace is None:
        return joined(NO_VALUE)
    pace = _with(value_text(standing.pace, measure.kind), measure.gap_unit)
    return joined(pace, look.below(f"差 {gap_text(standing.gap, measure.kind)}"))


def _with(text: str, unit: str) -> str:
    return text if text == NO_VALUE else f"{text}{unit}"


def _title(profile: RegionProfile, one: RegionMeasure) -> Markup:
    measure, standing = one.found.measure, one.standing
    address = leads.measure_address(profile.roster.province, measure, profile.region.name, one.found.as_of)
    title = look.lead(address, measure.title, f"查看{profile.region.short}{measure.title}")
    parts = [title]
    if standing.stale:
        parts.append(look.noted(short_day(standing), carried_words(standing)))
    if standing.alone:
        parts.append(look.below(standing.alone.told))
    return joined(*parts)


def _sides(one: RegionMeasure) -> Markup:
    standing = one.standing
    if standing.numerator is None or standing.denominator is None or one.found.measure.counts:
        return joined("")
    return look.below(f"{count(standing.numerator)}／{count(standing.denominator)}")


def _trend(one: RegionMeasure) -> Markup:
    """From two reports on; a single one has no course."""
    points = load_history(one.view, one.standing.region_code)
    values = [value_of(one.found.measure, point.completed, point.enrolled) for point in points]
    known = [float(value) for value in values if value is not None]
    return look.spark(known) if len(known) > 1 else joined("")
