"""需要调度: who is to be called, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from zyb.briefing import carried_words, not_begun, pace_words, short_title
from zyb.exports.inquiries.cards import CardTable, gap_cell, gap_kind, value_kind
from zyb.html import Markup
from zyb.numerals import absolute_points, percent
from zyb.rulebook.verdicts import OPEN
from zyb.standing.standings import Standing, Standings
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.leads import measure_address
from zyb.ui.progress.scene import Scene
from zyb.wording.schedules import task

# A region that holds this much of the province's remainder is named even when it keeps pace
# (西安 is above average and holds 46.6 % of what is left). Set by this program, not by a document.
MAIN_SHARE = Fraction(1, 4)
KEPT_FOR_SILENT = 2
# Who has to look into what was sent, and what is wrong with it.
ASKED = {"repeated": "与上年末相同，请核实", "startless": "缺上年末累计数，请补报"}


@dataclass(frozen=True)
class Attention:
    """A region that needs a call, and one sentence that says why."""

    standing: Standing
    headline: str
    sentence: str


def attention(found: Standings, limit: int = 5) -> list[Attention]:
    """Who is behind, the largest shortfall first; then who holds the bulk of the remainder; then who is silent.

    Before the task begins nobody can be pressed for its remainder; whom a person has judged good is not
    behind. However many are behind, who is silent keeps a place or two, and so does who has sent figures that have to be
    looked into first. Of a closed campaign nobody is called.
    """
    if found.closing:
        return []
    behind = [s for s in found.regions if _is_behind(found, s) and not _set_right(s)]
    rest = [s for s in found.regions if found.begun and s not in behind]
    bulk = [s for s in rest if (s.share_of_remaining or 0) >= MAIN_SHARE]
    pressed = sorted(behind, key=lambda s: (-(s.shortfall or 0), s.lead or 0)) + bulk
    open_ones = [s for s in found.regions if _asked(s)]
    unheard = [*found.carried, *found.missing] if found.reported else []
    silent = [*open_ones, *(s for s in unheard if s not in pressed and s not in open_ones)]
    ordered = pressed[: max(limit - len(silent), limit - KEPT_FOR_SILENT)] + silent
    return [_attention(found, standing) for standing in ordered[:limit]]


def _is_behind(found: Standings, standing: Standing) -> bool:
    """By how many; of a survey, which has no numbers, by its percentage."""
    return bool(standing.shortfall) or (found.measure.surveys and (standing.lead or 0) < 0)


def _set_right(standing: Standing) -> bool:
    """A person has put a good verdict in place of the rule's."""
    return standing.override is not None and standing.verdict.tone == "good"


def _attention(found: Standings, standing: Standing) -> Attention:
    if asked := _asked(standing):
        told = "；".join(found.caveats_of(standing))
        return Attention(standing, f"{standing.short}　{asked}", f"{told}。")
    if standing.value is None and (standing.numerator is None or standing.denominator is None):
        return Attention(standing, f"{standing.short}　未报送", "本期没有收到数据，请督促上报。")
    return Attention(
        standing,
        f"{standing.short}　{_why(found, standing)}",
        "；".join(_reasons(found, standing)) + "。",
    )


def _asked(standing: Standing) -> str:
    """What has to be cleared up before it can be judged; "" where nothing has."""
    if standing.alone and standing.verdict.id == "undetermined":
        return "请其余县区报送"
    return ASKED.get(standing.verdict.id, "")


def _why(found: Standings, standing: Standing) -> str:
    unit = found.measure.unit
    if found.measure.surveys and standing.gap is not None and _is_behind(found, standing):
        beyond = "高出目标" if standing.falls else "距目标差"
        return f"{beyond} {absolute_points(standing.gap)} 个百分点"
    if standing.shortfall and not _set_right(standing):
        if standing.falls:
            return f"高出目标 {standing.shortfall} {unit}"
        return f"{'落后序时' if found.measure.paced else '距目标差'} {standing.shortfall} {unit}"
    if (standing.share_of_remaining or 0) >= MAIN_SHARE:
        return f"占剩余较多，{found.measure.lacking} {standing.remaining} {unit}"
    return "本期未报送"


def _reasons(found: Standings, standing: Standing) -> list[str]:
    unit = found.measure.unit
    reasons = [carried_words(standing)] if standing.stale else []
    reasons.append(f"{found.said(standing, space=' ')}，{pace_words(found, standing)}")
    if standing.override:
        reasons.append(f"人工调整为“{standing.verdict.title}”")
    if standing.share_of_remaining:
        left = f"{found.measure.lacking} {standing.remaining} {unit}"
        share = percent(standing.share_of_remaining)
        reasons.append(f"{left}，占{found.province.region}剩余 {share}")
    if plan := found.schedule(standing):
        reasons.append(task(plan, found.measure))
    if standing.stalled:
        reasons.append("本期无新增")
    return reasons


def none_behind(found: Standings) -> str:
    if found.measure.whole:
        return f"要求的是{found.province.region}平均，各地不单独评价"
    if not found.begun:
        return f"{not_begun(found)}，暂不评价"
    if found.plan is None:
        return "没有规定时限" if found.measure.paced else "未设目标"
    if any(s.verdict.id in OPEN for s in found.regions):
        titles = dict.fromkeys(s.verdict.title for s in found.regions if s.verdict.id in OPEN)
        told = (
            "、".join(s.short for s in found.regions if s.verdict.title == title) + title for title in titles
        )
        return f"{'，'.join(told)}，暂不评价"
    everybody = (
        f"{'、'.join(s.short for s in found.missing)}未报送，已报送的地区" if found.missing else "各地"
    )
    return f"{everybody}均达到{'序时' if found.measure.paced else '目标'}"


def attention_order(found: Standings) -> str:
    unit = found.measure.unit
    if found.measure.surveys:
        return "按距目标的百分点排序"
    if not found.measure.higher_is_better:
        return f"按高出目标的{unit}数排序"
    return f"按{'落后序时' if found.measure.paced else '距目标'}的{unit}数排序"


def attention_list(found: Standings, items: Sequence[Attention], province: str = "") -> Markup:
    """In a province each leads to its region, opened at this measure."""
    return look.alert_list(
        look.AlertCard(
            _led(found, item, province),
            item.sentence,
            item.standing.verdict.tone,
            item.standing.verdict.title,
        )
        for item in items
    )


def _led(found: Standings, item: Attention, province: str) -> str | Markup:
    if not province:
        return item.headline
    address = measure_address(province, found.measure, item.standing.region, found.as_of)
    return look.lead(
        address, item.headline, f"查看{item.standing.short}{found.measure.title}的进度、报送和来源"
    )


def attention_taken(scene: Scene) -> CardTable:
    found, measure = scene.found, scene.found.measure
    columns = [
        ("地区", "text"), ("情况", "text"), ("说明", "text"), (short_title(measure), value_kind(measure)), (found.gap_title, gap_kind(measure)),
        (measure.lacking, "count"), ("占剩余", "share"), ("评价", "text"),
    ]  # fmt: skip
    rows = [
        (one.short, item.headline.removeprefix(one.short).strip(), item.sentence, one.value, gap_cell(one.gap, measure),
         one.remaining, one.share_of_remaining, one.verdict.title)
        for item in attention(found)
        for one in (item.standing,)
    ]  # fmt: skip
    return scene.card(f"{measure.title}需要调度的地区", columns, rows)


def attention_card(scene: Scene) -> None:
    with st.container(border=True, key="card_attention", height="stretch"):
        look.show(look.card_title("需要调度", attention_order(scene.found)))
        items = attention(scene.found)
        if scene.over:
            look.show(look.empty("专项已结束，不再调度", scene.over))
        elif items:
            look.show(attention_list(scene.found, items, scene.roster.province))
            take(attention_taken(scene), "attention")
        elif not scene.found.reported:
            look.show(look.empty("尚未收到各地数据", "任务数已下达，收到台账后这里列出需要调度的地区。"))
        else:
            look.show(look.empty("没有需要调度的地区", f"{none_behind(scene.found)}。"))
