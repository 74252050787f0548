"""The items of a campaign one below the other, the worst first: where it stands, against which target, who is last."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from zyb.exports.inquiries.cards import CardTable
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup
from zyb.numerals import count, points, value_text
from zyb.rulebook.measures import campaigns
from zyb.rulebook.places.levels import level_words
from zyb.standing.standings import Standing, Standings
from zyb.store import Store
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.leads import measure_address
from zyb.ui.frame.loading import load_standings, load_view
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.scene import Scene, of_campaign

# With nothing set by a document, an item is held against everything being done.
WHOLE = Fraction(1)
NAMES = 3


@keeps_its_place
def items_card(store: Store, scene: Scene) -> None:
    """Every ratio of the campaign that is reported; nothing where there is only one."""
    own = of_campaign(scene.roster, scene.found.measure.campaign)
    seen = [load_standings(load_view(scene.roster.province, m.id, scene.view.on)) for m in own]
    known = [found for found in seen if found.reported and found.measure.kind == "ratio"]
    if len(known) < 2:
        return
    planned = any(found.plan for found in known)
    with st.container(border=True, key="card_items"):
        aside = "离目标最远的在前" if planned else "比率最低的在前"
        look.show(look.card_title(f"{scene.standing.short}：各项由弱到强", aside))
        look.show(look.wide(items_table(scene.roster.province, known, scene.region_code, planned)))
        take(items_taken(scene, known, planned), "items")
        if not planned:
            look.show(
                look.source(
                    f"{level_words(scene.roster.province).documents}没有规定这些项目的时限和目标，只列比率，不作进展评价。"
                )
            )


def items_table(province: str, known: list[Standings], region_code: str | None, planned: bool) -> Markup:
    """A row an item; where documents set targets, the target and who has not reached it."""
    headings = [HtmlCell("项目", "left"), HtmlCell("完成／应完成"), HtmlCell("", "bar"), HtmlCell("比率")]
    headings += (
        [HtmlCell("目标"), HtmlCell("与目标差"), HtmlCell("未达目标")] if planned else [HtmlCell("还差")]
    )
    ordered = _ordered(known, region_code)
    return look.league([*headings, HtmlCell(_weakest_title(known), "left")], [
        _row(province, found, _own(found, region_code), planned) for found in ordered
    ])  # fmt: skip


def items_taken(scene: Scene, known: Sequence[Standings], planned: bool) -> CardTable:
    limit = (
        [("目标", "share"), ("与目标差", "points"), ("未达目标（地）", "count")]
        if planned
        else [("还差", "count")]
    )
    columns = [("项目", "text"), ("完成", "count"), ("应完成", "count"), ("比率", "share"), *limit]
    rows = [
        _taken(found, _own(found, scene.region_code), planned) for found in _ordered(known, scene.region_code)
    ]
    campaign = campaigns()[known[0].measure.campaign]
    place = "" if scene.region_code is None else scene.standing.region
    return CardTable(
        title=f"{campaign}各项由弱到强", place=f"{scene.roster.province}{place}", on=scene.view.on,
        columns=[*columns, (_weakest_title(known), "text")], rows=rows,
        notes=[(found.measure.title, f"{found.measure.definition}依据：{found.measure.basis}") for found in known],
    )  # fmt: skip


def _taken(found: Standings, standing: Standing, planned: bool) -> TakenRow:
    plan = found.plan
    target: TakenRow = (None, None, None)
    if plan:
        gap = None if standing.value is None else (standing.value - plan.target) * 100
        target = (plan.target, gap, len(_short_of(found)))
    left = target if planned else (standing.remaining,)
    return (
        found.measure.title,
        standing.numerator,
        standing.denominator,
        standing.value,
        *left,
        _weakest(found),
    )


def _ordered(known: Sequence[Standings], region_code: str | None) -> list[Standings]:
    return sorted(known, key=lambda found: _distance(found, _own(found, region_code)))


def _short_of(found: Standings) -> list[Standing]:
    return [s for s in found.reported if s.value is not None and _lead(found, s.value) < 0]


def _weakest_title(known: Sequence[Standings]) -> str:
    return "最低的地区" if all(found.measure.higher_is_better for found in known) else "最弱的地区"


def _own(found: Standings, region_code: str | None) -> Standing:
    return found.region(region_code) or found.province


def _distance(found: Standings, standing: Standing) -> tuple[bool, Fraction]:
    """Whoever has no figure comes last."""
    return standing.value is None, _lead(found, standing.value or Fraction(0))


def _lead(found: Standings, value: Fraction) -> Fraction:
    """How far on the good side of the target; negative is short of it, or above what is allowed."""
    return (value - _target(found)) if found.measure.higher_is_better else (_target(found) - value)


def _target(found: Standings) -> Fraction:
    return found.plan.target if found.plan else WHOLE if found.measure.higher_is_better else Fraction(0)


def _row(province: str, found: Standings, standing: Standing, planned: bool) -> HtmlRow:
    value = float(standing.value) if standing.value is not None else None
    target = float(_target(found)) if found.plan else None
    cells = [
        HtmlCell(_name(province, found, standing), "name"),
        HtmlCell(f"{count(standing.numerator)}／{count(standing.denominator)}"),
        HtmlCell(look.bullet(value, target, _tone(standing)), "bar"),
        HtmlCell(look.heat(value_text(standing.value, found.measure.kind), _tone(standing))),
    ]
    cells += _against_target(found, standing) if planned else [HtmlCell(count(standing.remaining))]
    return HtmlRow([*cells, HtmlCell(_weakest(found), "left")])


def _name(province: str, found: Standings, standing: Standing) -> Markup:
    """A way to the item itself, with its map and ranking."""
    region = "" if standing is found.province else standing.region
    address = measure_address(province, found.measure, region, found.as_of)
    return look.lead(address, found.measure.title, f"查看{found.measure.title}")


def _tone(standing: Standing) -> str:
    """The verdict's, as on the map and in the table of all measures; a value that nothing judges stays plain."""
    return "plain" if standing.verdict.tone == "missing" else standing.verdict.tone


def _against_target(found: Standings, standing: Standing) -> list[HtmlCell]:
    if not found.plan:
        return [HtmlCell("未设"), HtmlCell("—"), HtmlCell("—")]
    gap = standing.value - found.plan.target if standing.value is not None else None
    short = _short_of(found)
    return [
        HtmlCell(value_text(found.plan.target, found.measure.kind)),
        HtmlCell(points(gap)),
        HtmlCell(f"{len(short)} 地" if short else "无"),
    ]


def _weakest(found: Standings) -> str:
    """The regions at the bottom, while they are few and not simply all of them; at the top where less is better."""
    known = [s for s in found.reported if s.value is not None]
    weakest = min if found.measure.higher_is_better else max
    low = weakest((s.value for s in known if s.value is not None), default=None)
    last = [s.short for s in known if s.value == low]
    if low is None or len(last) == len(known):
        return "各地相同" if known else "—"
    named = "、".join(last) if len(last) <= NAMES else f"{'、'.join(last[:NAMES])}等{len(last)}地"
    return f"{named} {value_text(low, found.measure.kind)}"
