"""The one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from zyb.html.elements import NOTHING, tag

RowKind = Literal["", "total", "chosen"]


@dataclass(frozen=True)
class HtmlCell:
    """A cell or heading. Its kind is its class in the stylesheets, `z-` before each word; none is a plain one.

    In a league table one of rank, name, left, bar, wrap, tall (a heading), or none for a number; in a matrix also
    title, limit (what it is held against), whole (the province) and picked (the chosen region); in a form one of
    short (on one line), number, words (read from the left) and blank (to be filled in); on the wall one of right and
    mid, on-… (the ground of a verdict) and ink-… (its letters).
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class HtmlRow:
    cells: Sequence[HtmlCell]
    kind: RowKind = ""
    style: str | None = None


def table(
    headings: Sequence[HtmlCell],
    rows: Iterable[HtmlRow],
    classes: str,
    *,
    widths: Sequence[float] = (),
    style: str | None = None,
) -> Markup:
    """Where its columns were measured beforehand, `widths` are their shares of the whole (0–1)."""
    head = tag("thead", tag("tr", *(_cell("th", cell) for cell in headings)))
    return tag("table", _columns(widths), head, tag("tbody", *map(_row, rows)), classes=classes, style=style)


def _columns(widths: Sequence[float]) -> Markup:
    each = (tag("col", style=f"width:{100 * width:.2f}%") for width in widths)
    return tag("colgroup", *each) if widths else NOTHING


def _row(row: HtmlRow) -> Markup:
    return tag("tr", *(_cell("td", cell) for cell in row.cells), classes=_class(row.kind), style=row.style)


def _cell(name: str, cell: HtmlCell) -> Markup:
    return tag(name, cell.text, classes=_class(cell.kind))


def _class(kind: str) -> str:
    return " ".join(f"z-{word}" for word in kind.split())
