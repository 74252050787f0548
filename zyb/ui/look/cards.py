"""Heads, cards, tiles, steps, notices and receipts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zyb.ui.look.drawings import _share_text
from zyb.ui.look.elements import Html, element, html, joined, tag

PRODUCT = "职业病防治进展看板"
ASSETS = Path(__file__).resolve().parents[1] / "assets"
FAVICON = ASSETS / "favicon.png"
LOGO = ASSETS / "logo.svg"
SIDEBAR_WIDTH = 232


def page_head(title: str, subtitle: str = "", *meta: str) -> Html:
    left = element("div", "", element("h1", "", title), element("p", "", subtitle))
    lines = Html("<br>".join(html(line) for line in meta))
    return element("div", "z-head", left, element("div", "z-meta", lines))


def card_title(title: str, aside: str = "") -> Html:
    return element("div", "z-title", element("h3", "", title), element("span", "", aside))


def source(text: str) -> Html:
    return element("p", "z-source", text)


def empty(title: str, remedy: str) -> Html:
    """Nothing to show: what is missing and what to do about it."""
    return element("div", "z-empty", element("strong", "", title), remedy)


def facts(pairs: Iterable[tuple[str, str]]) -> Html:
    return element("dl", "z-facts", *(html(element("dt", "", k), element("dd", "", v)) for k, v in pairs))


def demo_banner(words: str) -> Html:
    """Above every page of an installation whose figures are invented; stays on paper."""
    return element("div", "z-demo", words)


def viewer_badge(name: str, title: str, version: str) -> Html:
    who = element("div", "", name, element("small", "", f"{title} · {version} 版"))
    return element("div", "z-viewer", element("span", "", name[:1]), who)


def hero(
    label: str, value: str, unit: str, *, share: float, pace: float | None, aside: str = "", note: str = ""
) -> Html:
    """The one figure of the page, with a bar of `share` (0–1) and the tick of the pace (0–1)."""
    tick = element("b", "", style=f"left:{_share_text(pace)}") if pace is not None else Html("")
    bar = element("div", "z-track", element("i", "", style=f"width:{_share_text(share)}"), tick)
    foot = element("div", "", bar, element("div", "z-note", element("span", "", note)))
    return element("div", "z-kpi z-hero", _label(label, aside), _value(value, unit), foot)


def kpi(
    label: str, value: str, unit: str = "", *, note: str = "", aside: str = "", picture: Html | None = None
) -> Html:
    foot = element("div", "z-note", element("span", "", note), picture or Html(""))
    return element("div", "z-kpi", _label(label, aside), _value(value, unit), foot)


def kpis(*cards: Html) -> Html:
    """A row of cards; with a hero in front it is wider than the others."""
    has_hero = bool(cards) and "z-hero" in cards[0]
    return element("div", "z-kpis" if has_hero else "z-kpis z-plain", *cards)


def tile(title: str, value: str, *, aside: str = "", note: str = "", mark: Html | None = None) -> Html:
    """A small card of a row of many: what, how much, how it is judged, and a line of words."""
    head = element("div", "z-label", element("span", "", title), mark or Html(""))
    figure = element("div", "z-value", value, element("small", "", aside))
    return element("div", "z-tile", head, figure, element("div", "z-note", note))


def tiles(*cards: Html) -> Html:
    return element("div", "z-tiles", *cards)


def _label(label: str, aside: str) -> Html:
    return element("div", "z-label", element("span", "", label), element("span", "", aside))


def _value(value: str, unit: str) -> Html:
    return element("div", "z-value", value, element("small", "", unit))


@dataclass(frozen=True)
class Alert:
    """One thing to see to: headline, sentence, and the state at its right."""

    title: str
    sentence: str
    tone: str
    word: str


def alert_list(alerts: Iterable[Alert]) -> Html:
    return joined(
        element(
            "div",
            f"z-alert z-{alert.tone}",
            element("i", ""),
            element("div", "", element("strong", "", alert.title), element("p", "", alert.sentence)),
            tag(alert.word, alert.tone),
        )
        for alert in alerts
    )


def steps(names: Sequence[str], current: int) -> Html:
    """Where we are: names before `current` (from 0) are done; len(names) means all are."""
    return element(
        "ol",
        "z-steps",
        *(
            element("li", "z-past" if i < current else "z-now" if i == current else "", n)
            for i, n in enumerate(names)
        ),
    )


@dataclass(frozen=True)
class ProblemLine:
    """One problem of a workbook: cell (C7), sheet, what stands there, the sentence, the remedy."""

    cell: str
    sheet: str
    value: str
    sentence: str
    remedy: str
    tone: str = "lagging"


def problem_list(problems: Iterable[ProblemLine]) -> Html:
    return joined(_problem(problem) for problem in problems)


def _problem(problem: ProblemLine) -> Html:
    place = element("div", "z-cell", problem.cell, element("small", "", problem.sheet))
    found = html(" ", element("code", "", problem.value)) if problem.value else Html("")
    words = element("div", "", element("p", "", problem.sentence, found), element("p", "", problem.remedy))
    return element("div", f"z-problem z-{problem.tone}", place, words)


def notice(title: str, remedy: str, tone: str) -> Html:
    """What stands in the way of something as a whole, and what to do about it."""
    return element("div", f"z-notice z-{tone}", element("strong", "", title), remedy)


def change(label: str, before: str, after: str) -> Html:
    """What confirming would do to a figure: 全省完成率 54.8 % → 55.3 %."""
    return element(
        "div", "z-change", f"{label}　", element("s", "", before), "　→　", element("b", "", after)
    )


def receipt(title: str, *lines: str) -> Html:
    return element(
        "div", "z-receipt", element("strong", "", title), *(element("div", "", line) for line in lines)
    )
