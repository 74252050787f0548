"""The league table and what stands in for a grid on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

from zyb.ui.look.cards import source
from zyb.ui.look.elements import Html, element, joined

# A list that goes on for pages is read in the workbook, not on paper.
ROWS_ON_PAPER = 60
MANY_COLUMNS = 10
# As wide as a day, or as five characters.
ONE_LINE_ON_PAPER = 10
# In a grid and on paper alike; Streamlit would write None.
NO_VALUE = "—"
# What no workbook holds is printed to the end, short of a whole ream.
ALL_ON_PAPER = 1000
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
    head = element("thead", "", element("tr", "", *(_cell("th", cell) for cell in headings)))
    body = joined(
        element("tr", f"z-{row.kind}" if row.kind else "", *(_cell("td", cell) for cell in row.cells))
        for row in rows
    )
    return element("table", "z-league", head, element("tbody", "", body))


def wide(table: Html, kind: str = "") -> Html:
    """A table that may be wider than its card scrolls inside it; the first column stays."""
    return element("div", f"z-scroll {kind}".rstrip(), table)


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
    return element("div", f"z-printed{many}", table, source(left) if left else "")


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
    return element(name, f"z-{cell.kind}" if cell.kind else "", cell.text)
