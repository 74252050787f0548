"""各地排名: the league table, what it is held against, and the rules behind its verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import streamlit as st

from zyb import palette
from zyb.answers.progress import View
from zyb.answers.tracing import sources_behind
from zyb.briefing import (
    both_targets,
    carried_words,
    not_begun,
    partly_told,
    remainder_words,
    short_day,
    short_title,
    told_rules,
    verdict_rules,
)
from zyb.exports.inquiries.cards import CardTable, figure_notes, gap_cell, gap_kind, value_kind
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup, RowKind, joined
from zyb.numerals import (
    NO_VALUE,
    count,
    gap_text,
    percent,
    signed_count,
    value_text,
)
from zyb.rulebook.verdicts import Verdict
from zyb.standing.scales import ValueScale
from zyb.standing.standings import Standing, Standings
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads
from zyb.ui.progress import overriding
from zyb.ui.progress.map import scale
from zyb.ui.progress.overriding import MARK, SHORT_MARK, verdict_badge
from zyb.ui.progress.scene import Scene

# A longer heading of the league table turns into a second line.
ONE_LINE_HEADING = 5
# What takes more than two lines is told above the table alone.
LONGEST_HEADING = 10


def _headings(found: Standings) -> list[HtmlCell]:
    """The measure's own words, whole: the two sides one above the other, as a fraction is written."""
    measure = found.measure
    sides = joined(measure.numerator.title, "／", look.below(measure.denominator.title))
    if measure.surveys:
        sides = joined(measure.weight_title)
    value = short_title(measure)
    if len(value) > LONGEST_HEADING:
        value = {"growth": "增长", "count": "数量"}.get(measure.kind, "比率")
    return _said_of(found, [
        HtmlCell("位次", "rank"), HtmlCell("地区", "left"), HtmlCell(sides), HtmlCell("", "bar"),
        HtmlCell(value, "tall" if len(value) > ONE_LINE_HEADING else ""),
        HtmlCell(found.gap_title), HtmlCell(measure.lacking), HtmlCell("占剩余"), HtmlCell("新增"), HtmlCell("评价"),
    ])  # fmt: skip


def _said_of(found: Standings, cells: list[HtmlCell]) -> list[HtmlCell]:
    """Without the columns that say nothing of a survey: of a percentage nothing is new and nothing left."""
    if not found.measure.surveys:
        return cells
    rank, name, asked, bar, value, gap, *_, judged = cells
    return [rank, name, *([asked] if found.measure.weight_title else []), bar, value, gap, judged]


def _rank_text(standing: Standing) -> str:
    if standing.rank is None:
        return ""
    change = standing.rank_change
    if not change:
        return str(standing.rank)
    return f"{standing.rank} {'↑' if change > 0 else '↓'}{abs(change)}"


def bar_tone(judged: Verdict) -> str:
    """A value that no window judges is no missing one."""
    return "plain" if judged.tone == "missing" else judged.tone


def full_width(found: Standings, values: Iterable[Fraction | None]) -> float:
    """The end of the axis that all bars of a table share, so that the tick of the pace stands in one line."""
    paces = [s.pace for s in found.regions] if found.measure.counts else [found.province.pace]
    most = max((float(value) for value in (*values, *paces) if value is not None), default=0.0)
    return max(1.0, most) if found.measure.kind in ("ratio", "survey") else most * 1.1 or 1.0


def _row(
    found: Standings,
    standing: Standing,
    chosen: str | None,
    full: float,
    known: ValueScale | None,
    province: str,
) -> HtmlRow:
    kind: RowKind = (
        "total" if standing is found.province else "chosen" if standing.region_code == chosen else ""
    )
    value = float(standing.value) if standing.value is not None else None
    pace = float(standing.pace) if standing.pace is not None else None
    # Hatched is who has not reported; who has no task has no bar.
    shade = known.of(standing.value) if known and standing is not found.province else None
    apart = found.measure.counts and standing is found.province
    tone = bar_tone(standing.verdict) if known is None else "plain"
    bar = look.bullet(value, pace, tone, full=full, colour=palette.VALUES[shade.shade] if shade else "")
    return HtmlRow(
        _said_of(
            found,
            [
                HtmlCell(_rank_text(standing), "rank"),
                HtmlCell(_name(found, standing, province), "name"),
                HtmlCell(_led(found, standing, province)),
                HtmlCell("" if standing.verdict.id == "no_task" or apart else bar, "bar"),
                HtmlCell(look.strong(value_text(standing.value, found.measure.kind))),
                HtmlCell(gap_text(standing.gap, found.measure.kind)),
                HtmlCell(count(standing.remaining)),
                HtmlCell(_share(found, standing)),
                HtmlCell(signed_count(standing.added)),
                HtmlCell(verdict_badge(standing, SHORT_MARK)),
            ],
        ),
        kind,
    )


def _led(found: Standings, standing: Standing, province: str) -> str:
    shown = _sides(found, standing)
    return leads.rows_lead(found, standing, "numerator", province, shown) if province else shown


def _sides(found: Standings, standing: Standing) -> str:
    """Both numbers; of a survey how many were asked."""
    if found.measure.surveys:
        return count(standing.asked) if found.measure.weight_title else ""
    return f"{count(standing.numerator)}／{count(standing.denominator)}"


def _name(found: Standings, standing: Standing, province: str) -> Markup:
    """Leads to all that is measured there; with the day of its figures, where they are old ones, and how little of a
    province its sum is."""
    parts: list[str | Markup] = [leads.region_lead(found, standing, province)]
    if standing.stale:
        parts.append(look.noted(short_day(standing), carried_words(standing)))
    if partly := partly_told(standing):
        parts.append(look.below(partly))
    return joined(*parts)


def _share(found: Standings, standing: Standing) -> str:
    """Of what all regions lack together; where the province says less than they, that sum stands in its row."""
    if found.measure.whole:
        return NO_VALUE
    if found.measure.of_institutions:  # the province's own institutions and silent regions hold the rest
        return percent(standing.share_of_remaining)
    if standing is found.province and standing.remaining not in (None, found.regional_remainder):
        return f"合计{count(found.regional_remainder)}"
    return percent(standing.share_of_remaining)


def league(found: Standings, chosen: str | None, province: str = "") -> Markup:
    """全省 pinned on top, then best first; bars and pace tick on one axis. In a province its figures lead to their rows."""
    shown = (found.province, *found.by_gap())
    # The sum of all counts is on no axis with its parts.
    drawn = found.regions if found.measure.counts else shown
    full = full_width(found, (standing.value for standing in drawn))
    known = scale(found)
    rows = [_row(found, standing, chosen, full, known, province) for standing in shown]
    return look.league(_headings(found), rows)


def yardstick_words(found: Standings) -> str:
    """What the tick in the bars is."""
    if found.province.pace is None:
        return not_begun(found)
    measure = found.measure
    due = (
        next((s.pace for s in found.regions if s.pace is not None), None)
        if measure.counts
        else found.province.pace
    )
    if due is None:
        return f"全省{found.yardstick} {value_text(found.province.pace, measure.kind)}{measure.gap_unit}"
    return f"竖线为{found.yardstick} {value_text(due, measure.kind)}{measure.gap_unit}"


def lacking_words(found: Standings) -> str:
    said = remainder_words(found)
    lack = found.measure.lacking
    return f"{found.province.region}{lack}：{said}，占剩余按各地合计计算。" if said else ""


def rules_words(found: Standings) -> str:
    """The rules of the verdicts; nothing is judged where no document sets a target."""
    if found.plan is None:
        return lacking_words(found)
    both = both_targets(found)
    return (
        lacking_words(found)
        + (f"目标：{both}，按本省目标评价。" if both else "")
        + f"评价规则（与{found.yardstick}{'之差占目标数的百分比' if found.measure.counts else '相差的百分点'}）：{told_rules(verdict_rules(found.verdicts, found.measure.paced, not found.measure.higher_is_better))}。"
    )


def league_taken(found: Standings, seen: View) -> CardTable:
    """The same rows and figures, and of which day each is."""
    measure = found.measure
    sides = [(measure.numerator.title, "count"), (measure.denominator.title, "count")]
    if measure.surveys:
        sides = [(measure.weight_title, "count")] if measure.weight_title else []
    left = [] if measure.surveys else [(measure.lacking, "count"), ("占剩余", "share"), ("新增", "count")]
    columns = [
        ("位次", "count"), ("地区", "text"), *sides, (short_title(measure), value_kind(measure)),
        (found.gap_title, gap_kind(measure)), *left, ("评价", "text"), ("数据截至", "date"),
    ]  # fmt: skip
    shown = (found.province, *found.by_gap())
    return CardTable(
        title=f"{measure.title}各地排名", place=seen.roster.province, on=found.as_of or seen.on, columns=columns,
        rows=[_taken(found, one) for one in shown], notes=figure_notes(found, sources_behind(seen)),
    )  # fmt: skip


def _taken(found: Standings, standing: Standing) -> TakenRow:
    measure = found.measure
    sides: TakenRow = (standing.numerator, standing.denominator)
    if measure.surveys:
        sides = (standing.asked,) if measure.weight_title else ()
    left: TakenRow = (
        standing.remaining,
        None if measure.whole else standing.share_of_remaining,
        standing.added,
    )
    judged = standing.verdict.title + (f"（{MARK}）" if standing.override else "")
    return (
        standing.rank, standing.short, *sides, standing.value, gap_cell(standing.gap, measure),
        *(() if measure.surveys else left), judged, standing.as_of or (found.as_of if standing.told else None),
    )  # fmt: skip


def league_card(scene: Scene, *beside: CardTable) -> None:
    """`beside`: what else of the page is taken away here, because it has no card of its own."""
    with st.container(border=True, key="card_league", height="stretch"):
        look.show(look.card_title("各地排名", yardstick_words(scene.found)))
        look.show(league(scene.found, scene.region_code, scene.roster.province))
        look.show(look.source(rules_words(scene.found) + overriding.overrides_words(scene.found)))
        take(league_taken(scene.found, scene.view), "league", *beside)
