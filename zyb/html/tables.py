"""The one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from zyb.html.elements import tag

RowKind = Literal["", "total", "chosen"]


@dataclass(frozen=True)
class HtmlCell:
    """A cell or heading. Its kind is its class in the stylesheets, `z-` before it; none is a plain one.

    In a league table one of rank, name, left, bar, wrap, tall (a heading), or none for a number; in a matrix also
    title, limit (what it is held against), whole (the province) and picked (the chosen region); in a form one of
    short (on one line), number, words (read from the left) and blank (to be filled in).
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class HtmlRow:
    cells: Sequence[HtmlCell]
    kind: RowKind = ""


def table(headings: Sequence[HtmlCell], rows: Iterable[HtmlRow], classes: str) -> Markup:
    head = tag("thead", tag("tr", *(_cell("th", cell) for cell in headings)))
    return tag("table", head, tag("tbody", *map(_row, rows)), classes=classes)


def _row(row: HtmlRow) -> Markup:
    return tag("tr", *(_cell("td", cell) for cell in row.cells), classes=_class(row.kind))


def _cell(name: str, cell: HtmlCell) -> Markup:
    return tag(name, cell.text, classes=_class(cell.kind))


def _class(kind: str) -> str:
    return f"z-{kind}" if kind else ""
