"""The league table and what stands in for a grid on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from zyb.html import HtmlCell, HtmlRow, Markup, table, tag
from zyb.letters import columns
from zyb.ui.look.cards import source

# A list that goes on for pages is read in the workbook, not on paper.
ROWS_ON_PAPER = 60
MANY_COLUMNS = 10
# As wide as a day, or as five characters.
ONE_LINE_ON_PAPER = 10
# In a grid and on paper alike; Streamlit would write None.
NO_VALUE = "—"
# What no workbook holds is printed to the end, short of a whole ream.
ALL_ON_PAPER = 1000


def league(headings: Sequence[HtmlCell], rows: Iterable[HtmlRow]) -> Markup:
    """The ranking; 全省 first as HtmlRow(kind="total")."""
    return table(headings, rows, "z-league")


def form(headings: Sequence[HtmlCell], rows: Iterable[HtmlRow], kind: str = "") -> Markup:
    """Ruled like the forms of an office, for what is printed."""
    return table(headings, rows, f"z-form {kind}".rstrip())


def wide(made: Markup, kind: str = "") -> Markup:
    """A table that may be wider than its card scrolls inside it; the first column stays."""
    return tag("div", made, classes=f"z-scroll {kind}".rstrip())


def on_paper(
    rows: Sequence[Mapping[str, object]], without: Collection[str] = (), most: int = ROWS_ON_PAPER
) -> Markup:
    """The rows of a scrolling grid: unseen on the screen, printed whole in the grid's place.

    Of a long list of enterprises only the beginning is printed, and that is said.
    """
    names = [name for name in (rows[0] if rows else ()) if name not in without]
    texts = [[_said(row.get(name)) for name in names] for row in rows[:most]]
    kinds = [_kind_on_paper(column) for column in zip(*texts, strict=True)]
    body = [HtmlRow([HtmlCell(text, kind) for text, kind in zip(row, kinds, strict=True)]) for row in texts]
    made = league([HtmlCell(name, "left") for name in names], body)
    left = f"共 {len(rows)} 行，这里只打印前 {most} 行。" if len(rows) > most else ""
    many = " z-many" if len(names) > MANY_COLUMNS else ""
    return tag("div", made, source(left) if left else "", classes=f"z-printed{many}")


def _kind_on_paper(texts: Sequence[str]) -> str:
    """A column of days, figures or names stays on one line; sentences turn."""
    return "left" if max(map(columns, texts), default=0) <= ONE_LINE_ON_PAPER else "wrap"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return NO_VALUE if value is None else str(value)
