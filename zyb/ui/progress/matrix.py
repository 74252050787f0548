"""The measures of a campaign by region: a row a measure, a column a region, the weakest in the upper left corner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from zyb import palette
from zyb.briefing import (
    carried_words,
    short_day,
)
from zyb.exports.inquiries.cards import CardTable, value_kind
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup, joined
from zyb.numerals import (
    number,
    short_percent_number,
    value_number,
)
from zyb.rulebook.measures import campaigns
from zyb.rulebook.verdicts import verdicts
from zyb.standing.standings import Standing, Standings
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.leads import measure_address
from zyb.ui.frame.loading import (
    load_standings,
    load_view,
)
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.overriding import MARK, SHORT_MARK, override_words
from zyb.ui.progress.scene import Scene, of_campaign

LOWEST, LOWEST_SHAPE = "lowest", "↓"
SILENT = "▨"
BEHIND = ("lagging", "watch")


@dataclass(frozen=True)
class Matrix:
    """Measures and regions in the order in which they are shown."""

    province: str
    many: tuple[Standings, ...]
    places: tuple[int, ...]
    """The regions by their place on the roster."""

    @property
    def judged(self) -> bool:
        return any(found.plan for found in self.many)


def arranged(province: str, many: Sequence[Standings]) -> Matrix:
    """Measures furthest below their pace (or target) first, then the lowest; who has no figure last."""
    ordered = sorted(many, key=_measure_order)
    places = range(len(ordered[0].regions))
    return Matrix(province, tuple(ordered), tuple(sorted(places, key=lambda n: _region_order(ordered, n))))


def _measure_order(found: Standings) -> tuple[bool, Fraction | int, bool, Fraction | int]:
    whole = found.province
    return whole.lead is None, whole.lead or 0, whole.value is None, _goodness(found, whole)


def _goodness(found: Standings, standing: Standing) -> Fraction:
    """The value, greater the better."""
    value = Fraction(0) if found.measure.counts else standing.value or Fraction(0)
    return value if found.measure.higher_is_better else -value


def _region_order(many: Sequence[Standings], place: int) -> tuple[bool, int, int, int, Fraction]:
    """Most measures behind, most of them the lowest of all, lowest on the whole; who has no figure last."""
    tones = _tones(many, place)
    own = [(found, found.regions[place]) for found in many if not found.measure.counts]
    values = [_goodness(found, standing) for found, standing in own if standing.value is not None]
    mean = sum(values, Fraction(0)) / len(values) if values else Fraction(0)
    return not values, -tones["lagging"], -tones["watch"], -tones[LOWEST], mean


def _tones(many: Sequence[Standings], place: int) -> Counter[str]:
    return Counter(_tone(found, found.regions[place]) for found in many)


def _tone(found: Standings, standing: Standing) -> str:
    """The verdict's; where nothing sets a pace, who is last is at least told."""
    tone = standing.verdict.tone
    return LOWEST if tone == "missing" and not found.plan and standing.value in _lowest(found) else tone


def _lowest(found: Standings) -> tuple[Fraction, ...]:
    """The lowest value of the regions, unless all are alike; none where low is good."""
    values = {standing.value for standing in found.regions if standing.value is not None}
    return (min(values),) if len(values) > 1 and found.measure.higher_is_better else ()


# -- the table ------------------------------------------------------------------------------


def table(shown: Matrix, chosen: str | None) -> Markup:
    """Each figure leads to its measure and region, where its definition, files and rows are told."""
    regions = [_region_heading(shown, place, chosen) for place in shown.places]
    limits = [HtmlCell("目标", "limit"), HtmlCell("序时", "limit")] if shown.judged else []
    headings = [HtmlCell("指标", "left"), *limits, HtmlCell(shown.many[0].province.region, "whole"), *regions]
    rows = [_row(shown, found, chosen) for found in shown.many]
    return look.wide(look.league(headings, rows), "z-matrix")


def _region_heading(shown: Matrix, place: int, chosen: str | None) -> HtmlCell:
    """The name, and below it in how many measures the region is behind."""
    standing, tones = shown.many[0].regions[place], _tones(shown.many, place)
    told = (look.toned(f"{_shape(tone)}{tones[tone]}", tone) for tone in (*BEHIND, LOWEST) if tones[tone])
    return HtmlCell(joined(standing.short, look.below(*told)), _kind(standing.region_code, chosen))


def _kind(region_code: str, chosen: str | None) -> str:
    return "picked" if region_code == chosen else ""


def _shape(tone: str) -> str:
    return LOWEST_SHAPE if tone == LOWEST else palette.SHAPES[tone]


def _row(shown: Matrix, found: Standings, chosen: str | None) -> HtmlRow:
    cells = [HtmlCell(_titled(found), "title")]
    if shown.judged:
        cells += [HtmlCell(_target(found), "limit"), HtmlCell(_pace(found), "limit")]
    cells.append(HtmlCell(_figure(shown, found, found.province), "whole"))
    ordered = (found.regions[place] for place in shown.places)
    cells += [HtmlCell(_figure(shown, found, s), _kind(s.region_code, chosen)) for s in ordered]
    return HtmlRow(cells)


def _target(found: Standings) -> str:
    if found.plan is None:
        return "未设"
    return value_number(found.plan.target, found.measure.kind).removesuffix(".0")


def _pace(found: Standings) -> str:
    due = _due(found)
    return number(due) if found.measure.counts else short_percent_number(due)


def _due(found: Standings) -> Fraction | None:
    """Nothing for a measure that is held against its target, which stands beside it."""
    return found.province.pace if found.measure.paced else None


def _figure(shown: Matrix, found: Standings, standing: Standing) -> Markup:
    whole = standing is found.province
    address = measure_address(shown.province, found.measure, "" if whole else standing.region, found.as_of)
    silent = standing.verdict.id == "not_reported"
    said = SILENT if silent else value_number(standing.value, found.measure.kind)
    tone = standing.verdict.tone if whole else _tone(found, standing)
    figure = look.heat(said, tone)
    if standing.stale:
        figure = joined(figure, look.noted(short_day(standing), carried_words(standing)))
    if standing.alone:
        figure = joined(figure, look.noted("部分", standing.alone.told))
    if standing.override:
        figure = joined(figure, look.noted(SHORT_MARK, f"{MARK}。{override_words(standing)}"))
    return look.lead(address, figure, f"查看{standing.short}{found.measure.title}的口径与来源")


def matrix_taken(scene: Scene, shown: Matrix) -> CardTable:
    """A row a region and a column a measure, so that a column has one unit; the order is that of the screen."""
    columns = [("地区", "text"), *((_titled(found), value_kind(found.measure)) for found in shown.many)]
    limits: list[TakenRow] = []
    if shown.judged:
        limits.append(("目标", *(found.plan.target if found.plan else None for found in shown.many)))
        limits.append(("序时", *(_due(found) for found in shown.many)))
    rows: list[TakenRow] = [(shown.many[0].province.region, *(found.province.value for found in shown.many))]
    rows += [
        (shown.many[0].regions[place].short, *(found.regions[place].value for found in shown.many))
        for place in shown.places
    ]
    campaign = campaigns()[shown.many[0].measure.campaign]
    told = [
        (found.measure.title, f"{found.measure.definition}依据：{found.measure.basis}")
        for found in shown.many
    ]
    days = [found.as_of for found in shown.many if found.as_of]
    return CardTable(
        title=f"{campaign}各项指标", place=shown.province, on=max(days, default=scene.view.on), columns=columns, rows=[*limits, *rows],
        notes=told,
    )  # fmt: skip


def _titled(found: Standings) -> str:
    return found.measure.title + (f"（{found.measure.unit}）" if found.measure.counts else "")


# -- around the table -----------------------------------------------------------------------


def order_words(shown: Matrix) -> str:
    order = "与序时（目标）之差最大的指标" if shown.judged else "比率最低的指标"
    apart = "，另注的除外" if any(found.measure.counts for found in shown.many) else ""
    return f"{order}、落后最多的地区在前 · 单位：%{apart}"


def key_words(shown: Matrix) -> str:
    """What the shapes mean, as far as they occur."""
    occur = {s.verdict.id for found in shown.many for s in (found.province, *found.regions)}
    known = verdicts(shown.province)
    told = [verdict for verdict in known.values() if verdict.id in occur]
    said = [
        f"{_shape(tone)} {'、'.join(titles)}"
        for tone in ("good", "watch", "lagging")
        if (titles := [verdict.title for verdict in told if verdict.tone == tone])
    ]
    if any(_tones(shown.many, place)[LOWEST] for place in shown.places):
        said.append(f"{LOWEST_SHAPE} 没有规定时限的指标中，该项最低的地区")
    if "not_begun" in occur:
        said.append(f"{known['not_begun'].title}的指标暂不评价")
    if "not_reported" in occur:
        said.append(f"{SILENT} 未报送")
    return "　".join([*said, *_carried(shown), *_overridden(shown)])


def _carried(shown: Matrix) -> list[str]:
    """Whose figures are of an earlier day."""
    if not any(found.carried for found in shown.many):
        return []
    return ["比率下标有日期的，本期未报送，沿用该日数据"]


def _overridden(shown: Matrix) -> list[str]:
    """Which verdicts are a person's."""
    changed = [(f, s) for f in shown.many for s in f.regions if s.override]
    each = [f"{s.short}{f.measure.title}（规则评价：{s.proposed.title}）" for f, s in changed]
    return [f"{MARK}：{'、'.join(each)}"] if each else []


@keeps_its_place
def matrix_card(scene: Scene, campaign: str) -> None:
    """All measures of the campaign by region, the weakest first; nothing where there is only one."""
    seen = [
        load_view(scene.roster.province, m.id, scene.view.on) for m in of_campaign(scene.roster, campaign)
    ]
    known = [found for found in map(load_standings, seen) if found.reported]
    if len(known) < 2:
        return
    shown = arranged(scene.roster.province, known)
    with st.container(border=True, key="card_matrix"):
        look.show(look.card_title("各项指标", order_words(shown)))
        look.show(table(shown, scene.region_code))
        look.show(look.source(key_words(shown)))
        take(matrix_taken(scene, shown), "matrix")
