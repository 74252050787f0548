"""The only door to Streamlit's grid: what leaves through it, as CSV or copied, runs nothing in a spreadsheet.

The grid's toolbar writes its CSV in the browser from the cells as they are, and copying takes them as they are
shown; neither can be told to protect anything (only to be absent, `client.disableDataExport`, and people do copy
figures from grids). So the text of a cell that a spreadsheet would run has its apostrophe in the grid already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from zyb.inert import protected
from zyb.numerals import NO_VALUE, rounded
from zyb.ui import look

Colours = Callable[["pd.Series[Any]"], list[str]]
# What people write where there is no figure: on the screen it needs no apostrophe, and alone it is no formula.
NO_ROWS = "没有数据"
NO_FIGURE = re.compile("[-－]+")
NOTHING_TOLD = (None, "", NO_VALUE)
SHARE = re.compile(r"(\d+)(\.\d+)?%")


def grid(
    rows: Sequence[Mapping[str, object]] | pd.DataFrame, *, colours: Colours | None = None, **said: Any
) -> None:
    """Rows as `st.dataframe` shows them; `colours` gives the styles of a column's cells. Streamlit would write “None” where there
    is nothing, and “empty” where there are no rows."""
    if len(rows) == 0:
        look.show(look.muted(NO_ROWS))
        return
    said.setdefault("placeholder", NO_VALUE)
    own = said.pop("column_config", None) or {}
    cells: Any
    if isinstance(rows, pd.DataFrame):
        cells = rows.map(cell)
        cells = cells.style.apply(colours) if colours else cells
    else:
        cells, shares = _shares_as_numbers([_row(row) for row in rows], own)
        own = shares | own
    st.dataframe(cells, column_config=own, **said)


def _shares_as_numbers(
    rows: list[dict[str, object]], own: Mapping[str, Any]
) -> tuple[list[dict[str, object]], dict[str, Any]]:
    """Columns that hold nothing but shares are sorted by a click as numbers, and printed as they were told; not those whose
    printing is a card's `own`."""
    found: dict[str, Any] = {}
    for title in dict.fromkeys(title for row in rows for title in row if title not in own):
        told = [value for row in rows if (value := row.get(title)) not in NOTHING_TOLD]
        shares = [SHARE.fullmatch(value) for value in told if isinstance(value, str)]
        places = {len(share[2] or "") for share in shares if share}
        if told and len(shares) == len(told) and all(shares) and len(places) == 1:
            found[title] = st.column_config.NumberColumn(format=f"%.{max(places.pop() - 1, 0)}f%%")
    if not found:
        return rows, found
    numbered = [
        {title: _number(value) if title in found else value for title, value in row.items()} for row in rows
    ]
    return numbered, found


def _number(value: object) -> float | None:
    return None if value in NOTHING_TOLD else float(str(value).removesuffix("%"))


def as_number(value: Fraction | None, places: int = 1) -> float | None:
    """A figure as it is printed, for a column that is sorted by a click on its heading: text would be sorted letter by letter."""
    return None if value is None else float(rounded(value, places))


def signed_columns(*titles: str) -> dict[str, Any]:
    """Columns of differences, with their sign."""
    return {title: st.column_config.NumberColumn(format="%+.1f") for title in titles}


def share_columns(*titles: str) -> dict[str, Any]:
    """Columns of shares, whose numbers are per cent."""
    return {title: st.column_config.NumberColumn(format="%.1f%%") for title in titles}


def cell(value: object) -> object:
    if not isinstance(value, str) or NO_FIGURE.fullmatch(value):
        return value
    # The grid puts no quotation marks around a lone carriage return, which ends a line for a spreadsheet.
    return protected(value.replace("\r\n", "\n").replace("\r", "\n"))


def _row(row: Mapping[str, object]) -> dict[str, object]:
    return {str(cell(name)): cell(value) for name, value in row.items()}
