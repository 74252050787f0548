"""The look: small builders of our own HTML (styled by assets/look.css).

Text from data goes in as plain `str` and is escaped here; only what these functions return (`Html`) is let
through as it is. So a page cannot forget to escape: `st.html(look.tag(name))` is safe whatever the name.

Builder → classes, roughly in the order of a page:
  page_head(title, subtitle, *meta)     .z-head .z-meta        title left, 数据截至 right
  demo_banner(words)                    .z-demo                above every page of the demo
  kpis(hero(…), kpi(…), …)              .z-kpis .z-kpi .z-hero one row; .z-track: bar with pace tick
  tiles(tile(…), …)                     .z-tiles .z-tile       a row of small cards, each may be a lead(…)
  card_title(title, aside)              .z-title               first thing in a card (below)
  league(headings, rows)                .z-league              Row([Cell(…)], kind="total" | "chosen")
  on_paper(rows)                        .z-printed             stands in for a grid when printed
  bullet(value, pace, tone)             .z-bullet              value bar and pace tick on a common axis
  tag(word, tone)                       .z-tag.z-good|watch|lagging|missing  colour + ●◆▼▨ + word
  alert_list([Alert(…)])                .z-alert
  legend([(colour, words)])             .z-legend              colour None is hatched (未报送)
  marks([(kind, words)])                .z-mark                lines and bars of a chart
  source(text)                          .z-source              审图号, 文号, 口径 under a card
  empty(title, remedy)                  .z-empty
  facts([(name, value)])                .z-facts
  steps(names, current)                 .z-steps               current counts from 0
  problem_list([ProblemLine(…)])        .z-problem
  change(label, before, after)          .z-change
  receipt(title, *lines)                .z-receipt
  spark(values), bars(values)           an <img>, for kpi(…, picture=)
  heat(text, tone)                      .z-heat                a figure in a matrix (.z-matrix)
  below(*parts)                         .z-below               a second line in a heading
  noted(word, told)                     .z-noted               a small mark with a tooltip
  strong(text), toned(text, tone)       inside a sentence; join with html(…)
A container is a white card when its key starts with "card": `st.container(border=True, key="card_map")`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal
from unicodedata import east_asian_width
from urllib.parse import quote

from zyb import palette

PRODUCT = "职业病防治进展看板"
ASSETS = Path(__file__).resolve().parent / "assets"
FAVICON = ASSETS / "favicon.png"
LOGO = ASSETS / "logo.svg"
SIDEBAR_WIDTH = 232
# A list that goes on for pages is read in the workbook, not on paper.
ROWS_ON_PAPER, MANY_COLUMNS = 60, 10
# As wide as a day, or as five characters.
ONE_LINE_ON_PAPER = 10
# In a grid and on paper alike; Streamlit would write None.
NO_VALUE = "—"
# What no workbook holds is printed to the end, short of a whole ream.
ALL_ON_PAPER = 1000


class Html(str):
    """Markup made here; anything else is text and gets escaped."""


def html(*parts: str) -> Html:
    """Pieces in a row, text escaped, markup kept."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def _element(name: str, classes: str, *parts: str, style: str = "") -> Html:
    attributes = f' class="{classes}"' if classes else ""
    attributes += f' style="{escape(style)}"' if style else ""
    return Html(f"<{name}{attributes}>{html(*parts)}</{name}>")


def _joined(parts: Iterable[str]) -> Html:
    return html(*parts)


# ---- words ----


def strong(text: str) -> Html:
    return _element("span", "z-strong", text)


def toned(text: str, tone: str) -> Html:
    return _element("span", f"z-text-{tone}", text)


def muted(text: str) -> Html:
    return _element("span", "z-muted", text)


def tag(word: str, tone: str = "plain") -> Html:
    """A verdict or state as colour, shape and word, so that it survives a black-and-white printer."""
    return _element("span", f"z-tag z-{tone}", word)


def below(*parts: str) -> Html:
    """A second, smaller line in a heading."""
    return _element("small", "z-below", *(html(part) for part in parts))


def noted(word: str, told: str) -> Html:
    """A small mark beside something; what there is to tell about it stands in the tooltip."""
    return Html(f'<span class="z-noted" title="{escape(told)}">{escape(word)}</span>')


def heat(text: str, tone: str) -> Html:
    """A figure in a matrix: colour and shape tell the verdict, the figure stays readable."""
    return _element("span", f"z-heat z-{tone}", text)


def lead(address: str, shown: Html, told: str) -> Html:
    """Something that leads to another page; it looks as it would without."""
    attributes = f'href="{escape(address)}" target="_self" title="{escape(told)}"'
    return Html(f'<a {attributes} style="color:inherit;text-decoration:none">{shown}</a>')


# ---- head, cards ----


def page_head(title: str, subtitle: str = "", *meta: str) -> Html:
    left = _element("div", "", _element("h1", "", title), _element("p", "", subtitle))
    lines = Html("<br>".join(html(line) for line in meta))
    return _element("div", "z-head", left, _element("div", "z-meta", lines))


def card_title(title: str, aside: str = "") -> Html:
    return _element("div", "z-title", _element("h3", "", title), _element("span", "", aside))


def source(text: str) -> Html:
    return _element("p", "z-source", text)


def empty(title: str, remedy: str) -> Html:
    """Nothing to show: what is missing and what to do about it."""
    return _element("div", "z-empty", _element("strong", "", title), remedy)


def facts(pairs: Iterable[tuple[str, str]]) -> Html:
    return _element("dl", "z-facts", *(html(_element("dt", "", k), _element("dd", "", v)) for k, v in pairs))


def demo_banner(words: str) -> Html:
    """Above every page of an installation whose figures are invented; stays on paper."""
    return _element("div", "z-demo", words)


def viewer_badge(name: str, title: str, version: str) -> Html:
    who = _element("div", "", name, _element("small", "", f"{title} · {version} 版"))
    return _element("div", "z-viewer", _element("span", "", name[:1]), who)


# ---- figures ----


def hero(
    label: str, value: str, unit: str, *, share: float, pace: float | None, aside: str = "", note: str = ""
) -> Html:
    """The one figure of the page, with a bar of `share` (0–1) and the tick of the pace (0–1)."""
    tick = _element("b", "", style=f"left:{_percent(pace)}") if pace is not None else Html("")
    bar = _element("div", "z-track", _element("i", "", style=f"width:{_percent(share)}"), tick)
    foot = _element("div", "", bar, _element("div", "z-note", _element("span", "", note)))
    return _element("div", "z-kpi z-hero", _label(label, aside), _value(value, unit), foot)


def kpi(
    label: str, value: str, unit: str = "", *, note: str = "", aside: str = "", picture: Html | None = None
) -> Html:
    foot = _element("div", "z-note", _element("span", "", note), picture or Html(""))
    return _element("div", "z-kpi", _label(label, aside), _value(value, unit), foot)


def kpis(*cards: Html) -> Html:
    """A row of cards; with a hero in front it is wider than the others."""
    has_hero = bool(cards) and "z-hero" in cards[0]
    return _element("div", "z-kpis" if has_hero else "z-kpis z-plain", *cards)


def tile(title: str, value: str, *, aside: str = "", note: str = "", mark: Html | None = None) -> Html:
    """A small card of a row of many: what, how much, how it is judged, and a line of words."""
    head = _element("div", "z-label", _element("span", "", title), mark or Html(""))
    figure = _element("div", "z-value", value, _element("small", "", aside))
    return _element("div", "z-tile", head, figure, _element("div", "z-note", note))


def tiles(*cards: Html) -> Html:
    return _element("div", "z-tiles", *cards)


def _label(label: str, aside: str) -> Html:
    return _element("div", "z-label", _element("span", "", label), _element("span", "", aside))


def _value(value: str, unit: str) -> Html:
    return _element("div", "z-value", value, _element("small", "", unit))


def bullet(value: float | None, pace: float | None = None, tone: str = "plain", *, full: float = 1.0) -> Html:
    """A bar on an axis from 0 to `full`: value, shaded up to the pace, tick at the pace. None is hatched."""
    if value is None:
        return _element("div", "z-bullet z-missing")
    shade = tick = Html("")
    if pace is not None:
        shade = _element("u", "", style=f"width:{_percent(pace / full)}")
        tick = _element("b", "", style=f"left:{_percent(pace / full)}")
    bar = _element("i", "", style=f"width:{_percent(value / full)}")
    return _element("div", f"z-bullet z-{tone}", shade, bar, tick)


def box(kind: str, *parts: str) -> Html:
    return _element("div", kind, *parts)


def at(kind: str, share: float, *parts: str) -> Html:
    """Something at its place on an axis from 0 to 1."""
    return _element("span", kind, *parts, style=f"left:{_percent(share)}")


def segment(kind: str, start: float, end: float, words: str, told: str) -> Html:
    """A piece of an axis from 0 to 1; what does not fit into it stands in the tooltip."""
    style = f"left:{_percent(start)};width:{_percent(end - start)}"
    return Html(
        f'<span class="z-stage z-{kind}" style="{style}" title="{escape(told)}">{escape(words)}</span>'
    )


def _percent(share: float) -> str:
    """A CSS length; what lies outside the axis stops at its end."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def spark(values: Sequence[float], colour: str = palette.JADE, width: int = 74, height: int = 26) -> Html:
    """A small line, last point marked. Fewer than two values draw nothing."""
    if len(values) < 2:
        return Html("")
    low, span = min(values), (max(values) - min(values)) or 1
    step = width / (len(values) - 1)
    points = [(i * step, height - 3 - (v - low) / span * (height - 6)) for i, v in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    drawing = (
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.8"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>'
    )
    return _image(drawing, width + 4, height)


def bars(values: Sequence[float], colour: str = palette.JADE, width: int = 74, height: int = 26) -> Html:
    """Small columns, the last one in full colour."""
    if not values:
        return Html("")
    top, step = max(values) or 1, width / len(values)
    columns = [(i * step + 1, value / top * height) for i, value in enumerate(values)]
    drawing = "".join(
        f'<rect x="{x:.1f}" y="{height - h:.1f}" width="{max(step - 2.6, 1):.1f}" height="{h:.1f}" rx="1.2" '
        f'fill="{colour}" opacity="{1 if i == len(columns) - 1 else 0.38}"/>'
        for i, (x, h) in enumerate(columns)
    )
    return _image(drawing, width, height)


def _image(drawing: str, width: int, height: int) -> Html:
    """st.html drops inline <svg>; as an image it stays."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{drawing}</svg>'
    return Html(f'<img alt="" width="{width}" height="{height}" src="data:image/svg+xml,{quote(svg)}">')


# ---- tables and lists ----


RowKind = Literal["", "total", "chosen"]


@dataclass(frozen=True)
class Cell:
    """A cell or heading; `kind` is one of rank, name, left, bar, wrap, or nothing for a number.

    In a matrix also title, limit (what it is held against), whole (the province) and picked (the chosen region).
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    kind: RowKind = ""


def league(headings: Sequence[Cell], rows: Iterable[Row]) -> Html:
    """The ranking; 全省 first as Row(kind="total")."""
    head = _element("thead", "", _element("tr", "", *(_cell("th", cell) for cell in headings)))
    body = _joined(
        _element("tr", f"z-{row.kind}" if row.kind else "", *(_cell("td", cell) for cell in row.cells))
        for row in rows
    )
    return _element("table", "z-league", head, _element("tbody", "", body))


def wide(table: Html, kind: str = "") -> Html:
    """A table that may be wider than its card scrolls inside it; the first column stays."""
    return _element("div", f"z-scroll {kind}".rstrip(), table)


def on_paper(
    rows: Sequence[Mapping[str, object]], without: Collection[str] = (), most: int = ROWS_ON_PAPER
) -> Html:
    """The rows of a scrolling grid: unseen on the screen, printed whole in the grid's place.

    Of a long list of enterprises only the beginning is printed, and that is said.
    """
    names = [name for name in (rows[0] if rows else ()) if name not in without]
    texts = [[_said(row.get(name)) for name in names] for row in rows[:most]]
    kinds = [_kind_on_paper(column) for column in zip(*texts, strict=True)]
    body = [Row([Cell(text, kind) for text, kind in zip(row, kinds, strict=True)]) for row in texts]
    table = league([Cell(name, "left") for name in names], body)
    left = f"共 {len(rows)} 行，这里只打印前 {most} 行。" if len(rows) > most else ""
    many = " z-many" if len(names) > MANY_COLUMNS else ""
    return _element("div", f"z-printed{many}", table, source(left) if left else "")


def _kind_on_paper(texts: Sequence[str]) -> str:
    """A column of days, figures or names stays on one line; sentences turn."""
    return "left" if max(map(_width, texts), default=0) <= ONE_LINE_ON_PAPER else "wrap"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return NO_VALUE if value is None else str(value)


def _cell(name: str, cell: Cell) -> Html:
    return _element(name, f"z-{cell.kind}" if cell.kind else "", cell.text)


@dataclass(frozen=True)
class Alert:
    """One thing to see to: headline, sentence, and the state at its right."""

    title: str
    sentence: str
    tone: str
    word: str


def alert_list(alerts: Iterable[Alert]) -> Html:
    return _joined(
        _element(
            "div",
            f"z-alert z-{alert.tone}",
            _element("i", ""),
            _element("div", "", _element("strong", "", alert.title), _element("p", "", alert.sentence)),
            tag(alert.word, alert.tone),
        )
        for alert in alerts
    )


def legend(items: Iterable[tuple[str | None, str]]) -> Html:
    """Colour and words of each class; None is the hatching of 未报送."""
    return _element("div", "z-legend", *(_legend_item(colour, words) for colour, words in items))


def _legend_item(colour: str | None, words: str) -> Html:
    patch = _element("i", "z-hatched") if colour is None else _element("i", "", style=f"background:{colour}")
    return _element("span", "", patch, words)


def marks(items: Iterable[tuple[str, str]]) -> Html:
    """What is drawn in a chart: line, dots, bar, striped, tick or hatched, and its words."""
    return _element(
        "div",
        "z-legend",
        *(_element("span", "", _element("i", f"z-mark z-{kind}"), words) for kind, words in items),
    )


# ---- upload ----


def steps(names: Sequence[str], current: int) -> Html:
    """Where we are: names before `current` (from 0) are done; len(names) means all are."""
    return _element(
        "ol",
        "z-steps",
        *(
            _element("li", "z-past" if i < current else "z-now" if i == current else "", n)
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
    return _joined(_problem(problem) for problem in problems)


def _problem(problem: ProblemLine) -> Html:
    place = _element("div", "z-cell", problem.cell, _element("small", "", problem.sheet))
    found = html(" ", _element("code", "", problem.value)) if problem.value else Html("")
    words = _element("div", "", _element("p", "", problem.sentence, found), _element("p", "", problem.remedy))
    return _element("div", f"z-problem z-{problem.tone}", place, words)


def notice(title: str, remedy: str, tone: str) -> Html:
    """What stands in the way of something as a whole, and what to do about it."""
    return _element("div", f"z-notice z-{tone}", _element("strong", "", title), remedy)


def change(label: str, before: str, after: str) -> Html:
    """What confirming would do to a figure: 全省完成率 54.8 % → 55.3 %."""
    return _element(
        "div", "z-change", f"{label}　", _element("s", "", before), "　→　", _element("b", "", after)
    )


def receipt(title: str, *lines: str) -> Html:
    return _element(
        "div", "z-receipt", _element("strong", "", title), *(_element("div", "", line) for line in lines)
    )
