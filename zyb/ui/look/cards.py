"""Heads, cards, tiles, steps, notices and receipts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zyb.html import BREAK, NOTHING, Markup, joined, tag
from zyb.ui.look.drawings import _share_text
from zyb.ui.look.elements import badge

PRODUCT = "职业病防治进展看板"
ASSETS = Path(__file__).resolve().parents[1] / "assets"
FAVICON = ASSETS / "favicon.png"
LOGO = ASSETS / "logo.svg"
SIDEBAR_WIDTH = 232


def page_head(title: str, subtitle: str = "", *meta: str) -> Markup:
    left = tag("div", tag("h1", title), tag("p", subtitle))
    return tag("div", left, tag("div", joined(*meta, between=BREAK), classes="z-meta"), classes="z-head")


def card_title(title: str, aside: str = "") -> Markup:
    return tag("div", tag("h3", title), tag("span", aside), classes="z-title")


def source(text: str) -> Markup:
    return tag("p", text, classes="z-source")


def empty(title: str, remedy: str) -> Markup:
    """Nothing to show: what is missing and what to do about it."""
    return tag("div", tag("strong", title), remedy, classes="z-empty")


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    return tag("dl", *(joined(tag("dt", k), tag("dd", v)) for k, v in pairs), classes="z-facts")


def demo_banner(words: str) -> Markup:
    """Above every page of an installation whose figures are invented; stays on paper."""
    return tag("div", words, classes="z-demo")


def viewer_badge(name: str, title: str, version: str) -> Markup:
    who = tag("div", name, tag("small", f"{title} · {version} 版"))
    return tag("div", tag("span", name[:1]), who, classes="z-viewer")


def hero(
    label: str, value: str, unit: str, *, share: float, pace: float | None, aside: str = "", note: str = ""
) -> Markup:
    """The one figure of the page, with a bar of `share` (0–1) and the tick of the pace (0–1)."""
    tick = tag("b", style=f"left:{_share_text(pace)}") if pace is not None else NOTHING
    bar = tag("div", tag("i", style=f"width:{_share_text(share)}"), tick, classes="z-track")
    foot = tag("div", bar, tag("div", tag("span", note), classes="z-note"))
    return tag("div", _label(label, aside), _value(value, unit), foot, classes="z-kpi z-hero")


def kpi(
    label: str, value: str, unit: str = "", *, note: str = "", aside: str = "", picture: Markup | None = None
) -> Markup:
    """`value` may lead on to where it comes from."""
    foot = tag("div", tag("span", note), picture or NOTHING, classes="z-note")
    return tag("div", _label(label, aside), _value(value, unit), foot, classes="z-kpi")


def kpis(*cards: Markup, leader: Markup | None = None) -> Markup:
    """A row of cards; a hero leads it, and is wider than the others."""
    return tag("div", leader or NOTHING, *cards, classes="z-kpis" if leader else "z-kpis z-plain")


def tile(title: str, value: str, *, aside: str = "", note: str = "", mark: Markup | None = None) -> Markup:
    """A small card of a row of many: what, how much, how it is judged, and a line of words."""
    head = tag("div", tag("span", title), mark or NOTHING, classes="z-label")
    figure = tag("div", value, tag("small", aside), classes="z-value")
    return tag("div", head, figure, tag("div", note, classes="z-note"), classes="z-tile")


def tiles(*cards: Markup) -> Markup:
    return tag("div", *cards, classes="z-tiles")


def _label(label: str, aside: str) -> Markup:
    return tag("div", tag("span", label), tag("span", aside), classes="z-label")


def _value(value: str, unit: str) -> Markup:
    return tag("div", value, tag("small", unit), classes="z-value")


@dataclass(frozen=True)
class AlertCard:
    """One thing to see to: headline, sentence, and the state at its right; the headline may lead on."""

    title: str | Markup
    sentence: str
    tone: str
    word: str


def alert_list(alerts: Iterable[AlertCard]) -> Markup:
    return joined(*map(_alert, alerts))


def _alert(alert: AlertCard) -> Markup:
    words = tag("div", tag("strong", alert.title), tag("p", alert.sentence))
    return tag("div", tag("i"), words, badge(alert.word, alert.tone), classes=f"z-alert z-{alert.tone}")


def steps(names: Sequence[str], current: int) -> Markup:
    """Where we are: names before `current` (from 0) are done; len(names) means all are."""
    states = ["z-past" if i < current else "z-now" if i == current else "" for i in range(len(names))]
    each = (tag("li", name, classes=state) for name, state in zip(names, states, strict=True))
    return tag("ol", *each, classes="z-steps")


@dataclass(frozen=True)
class ProblemLine:
    """One problem of a workbook: cell (C7), sheet, what stands there, the sentence, the remedy."""

    cell: str
    sheet: str
    value: str
    sentence: str
    remedy: str
    tone: str = "lagging"


def problem_list(problems: Iterable[ProblemLine]) -> Markup:
    return joined(*map(_problem, problems))


def _problem(problem: ProblemLine) -> Markup:
    place = tag("div", problem.cell, tag("small", problem.sheet), classes="z-cell")
    found = joined(" ", tag("code", problem.value)) if problem.value else NOTHING
    words = tag("div", tag("p", problem.sentence, found), tag("p", problem.remedy))
    return tag("div", place, words, classes=f"z-problem z-{problem.tone}")


def notice(title: str, remedy: str, tone: str) -> Markup:
    """What stands in the way of something as a whole, and what to do about it."""
    return tag("div", tag("strong", title), remedy, classes=f"z-notice z-{tone}")


def change(label: str, before: str, after: str) -> Markup:
    """What confirming would do to a figure: 全省完成率 54.8 % → 55.3 %."""
    return tag("div", f"{label}　", tag("s", before), "　→　", tag("b", after), classes="z-change")


def receipt(title: str, *lines: str) -> Markup:
    return tag("div", tag("strong", title), *(tag("div", line) for line in lines), classes="z-receipt")
