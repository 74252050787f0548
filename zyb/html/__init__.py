"""HTML as a value: text goes in as `str` and is escaped by construction; what comes out is `Markup`.

  tag(name, *parts, classes=, …)        an element
  joined(*parts, between=)              pieces in a row
  table(headings, rows, classes, …)     every table, of HtmlCell and HtmlRow
  style_sheet(rules)                    rules of ours for one page

`Markup` is made here alone. An f-string, `str()` or `"".join` of markup is text again, and is seen as such.
"""

from markupsafe import Markup

from zyb.html.elements import BREAK, NOTHING, joined, style_sheet, tag
from zyb.html.tables import HtmlCell, HtmlRow, RowKind, table

__all__ = [
    "BREAK",
    "NOTHING",
    "HtmlCell",
    "HtmlRow",
    "Markup",
    "RowKind",
    "joined",
    "style_sheet",
    "table",
    "tag",
]
