"""A measure by kind: 申报 by industry, cases by violation and by disposal. Tallies only, never rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import streamlit as st

from zyb.answers.drilling import KindFigure, kinds
from zyb.answers.progress import View
from zyb.exports.inquiries.cards import CardTable
from zyb.exports.inquiries.table import TakenRow
from zyb.html import HtmlCell, HtmlRow, Markup
from zyb.numerals import count, percent
from zyb.rulebook.book import remembered
from zyb.rulebook.measures import Breakdown
from zyb.store import Store
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame.loading import load_view
from zyb.ui.frame.placeholders import keeps_its_place
from zyb.ui.progress.scene import Scene, of_campaign


@remembered(256)
def _kinds(store: Store, seen: View, breakdown: Breakdown, region_code: str | None) -> tuple[KindFigure, ...]:
    return tuple(kinds(store, seen, breakdown, region_code))


@keeps_its_place
def breakdown_cards(store: Store, scene: Scene) -> None:
    """The breakdowns of the campaign's measures, two in a row; nothing where no report tells kinds."""
    told = []
    for measure in of_campaign(scene.roster, scene.found.measure.campaign):
        if measure.breakdowns:
            seen = load_view(scene.roster.province, measure.id, scene.view.on)
            told += [(seen, b, _kinds(store, seen, b, scene.region_code)) for b in measure.breakdowns]
    told = [(seen, breakdown, figures) for seen, breakdown, figures in told if figures]
    for column, (seen, breakdown, figures) in zip(
        st.columns(len(told), gap="small") if told else [], told, strict=True
    ):
        with column:
            _card(scene, seen, breakdown, figures)


def _card(scene: Scene, seen: View, breakdown: Breakdown, figures: Sequence[KindFigure]) -> None:
    key = f"card_kinds_{breakdown.counted.tally}"
    with st.container(border=True, key=key, height="stretch"):
        look.show(look.card_title(f"{scene.standing.short}{breakdown.title}", f"单位：{seen.measure.unit}"))
        look.show(_table(breakdown, figures))
        look.show(look.source(_words(seen, breakdown)))
        take(breakdown_taken(scene, seen, breakdown, figures), f"kinds_{breakdown.counted.tally}")


def breakdown_taken(
    scene: Scene, seen: View, breakdown: Breakdown, figures: Sequence[KindFigure]
) -> CardTable:
    grouped = [("门类", "text")] if any(figure.group for figure in figures) else []
    columns = [(breakdown.heading, "text"), *grouped, (breakdown.counted.title, "count")]
    columns += [(breakdown.done.title, "count"), ("比率", "share")] if breakdown.done else []
    columns += [(breakdown.then.title, "count"), ("比率", "share")] if breakdown.then else []
    place = "" if scene.region_code is None else scene.standing.region
    return CardTable(
        title=breakdown.title, place=f"{scene.roster.province}{place}", on=seen.on, columns=columns,
        rows=[_taken(breakdown, figure, bool(grouped)) for figure in figures],
        notes=[("说明", _words(seen, breakdown)), ("依据", seen.measure.basis)],
    )  # fmt: skip


def _taken(breakdown: Breakdown, figure: KindFigure, grouped: bool) -> TakenRow:
    done: TakenRow = (figure.numerator, figure.value) if breakdown.done else ()
    then: TakenRow = (figure.followed, figure.followed_value) if breakdown.then else ()
    return (figure.kind, *((figure.group,) if grouped else ()), figure.denominator, *done, *then)


def _words(seen: View, breakdown: Breakdown) -> str:
    if breakdown.classified:
        return f"口径：{seen.measure.definition}"
    said = f"口径：按{breakdown.heading}分列的{breakdown.counted.title}数；涉及几项的，每项各计一次。"
    steps = [breakdown.counted, *filter(None, (breakdown.done, breakdown.then))]
    shares = (f"{after.title}÷{before.title}" for before, after in itertools.pairwise(steps))
    return said + (f"比率依次为{'、'.join(shares)}。" if len(steps) > 1 else "")


def _table(breakdown: Breakdown, figures: Sequence[KindFigure]) -> Markup:
    """The most numerous kind first; a bar for the share that is done, or for the kind's own size."""
    grouped = any(figure.group for figure in figures)
    most = max(figure.denominator for figure in figures)
    headings = [HtmlCell(breakdown.heading, "left")]
    headings += [HtmlCell("门类", "left")] if grouped else []
    headings.append(HtmlCell(breakdown.counted.title))
    headings += [HtmlCell(breakdown.done.title)] if breakdown.done else []
    headings += [HtmlCell("", "bar"), *([HtmlCell("比率")] if breakdown.done else [])]
    headings += [HtmlCell(breakdown.then.title), HtmlCell("比率")] if breakdown.then else []
    return look.league(headings, [_row(breakdown, figure, most, grouped) for figure in figures])


def _row(breakdown: Breakdown, figure: KindFigure, most: int, grouped: bool) -> HtmlRow:
    cells = [HtmlCell(figure.kind, "name")]
    cells += [HtmlCell(figure.group or "—", "left")] if grouped else []
    cells.append(HtmlCell(count(figure.denominator)))
    if not breakdown.done:
        return HtmlRow([*cells, HtmlCell(look.bullet(figure.denominator / most), "bar")])
    share = float(figure.value) if figure.value is not None else None
    done = [HtmlCell(count(figure.numerator)), HtmlCell(look.bullet(share), "bar")]
    done.append(HtmlCell(look.strong(percent(figure.value))))
    if breakdown.then:
        done += [HtmlCell(count(figure.followed)), HtmlCell(look.strong(percent(figure.followed_value)))]
    return HtmlRow([*cells, *done])
