"""Several tables in one sheet, one below the other: each is handed on as a sheet of its own.

Rows keep their numbers, so that a problem still names the cell of the official's file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa

from zyb.intake.tables.tiers import has_figures
from zyb.reading import Sheet
from zyb.rulebook.headings import YEAR, plain_heading
from zyb.rulebook.ledgers import Ledger

# A list of thousands of enterprises has nothing stacked below it that is worth the search.
ROWS_SEARCHED = 3000
# How many cells of a row must be known headings to make it a heading row.
HEADINGS_IN_A_ROW = 2
# Of the cells of a heading row at least one in so many is known.
PART_OF_A_ROW = 3
TITLE_LINES = 6


def tables_apart(sheet: Sheet, ledgers: Iterable[Ledger]) -> list[Sheet]:
    """The sheet, or its parts when more than one heading row stands in it."""
    if sheet.n_rows > ROWS_SEARCHED:
        return [sheet]
    rows = sheet.rows()
    starts = _of_tables(rows, _heading_rows(rows, ledgers))
    if len(starts) < 2:
        return [sheet]
    cuts = [0, *(_first_line_above(rows, start) for start in starts[1:]), len(rows)]
    return [_part(sheet, first, last) for first, last in itertools.pairwise(cuts)]


def _heading_rows(rows: list[list[str]], ledgers: Iterable[Ledger]) -> list[int]:
    """Rows that begin a heading: tiers right below each other are one heading."""
    known = {h for ledger in ledgers for column in ledger.columns for h in column.headings}
    told = {cell for cell in set(itertools.chain(*rows)) if cell.strip() and _without_year(cell) in known}
    found = [i for i, cells in enumerate(rows) if _are_headings([cell for cell in cells if cell], told)]
    return [index for n, index in enumerate(found) if n == 0 or index - found[n - 1] > 2]


def _of_tables(rows: list[list[str]], starts: list[int]) -> list[int]:
    """Without the headings that stand once more over the next page of the same table, with no title of their own."""
    return [
        start
        for n, start in enumerate(starts)
        if n == 0 or rows[start] != rows[starts[0]] or _first_line_above(rows, start) < start
    ]


def _are_headings(cells: list[str], told: set[str]) -> bool:
    """Different ones, and no small part of what the row says: 已完成 may well stand in a cell. Beside a figure they are none:
    合计 | 纳入治理企业数 | 3000."""
    if has_figures(cells):
        return False
    known = [cell for cell in cells if cell in told]
    return len(set(known)) >= HEADINGS_IN_A_ROW and len(known) * PART_OF_A_ROW >= len(cells)


def _without_year(cell: str) -> str:
    return YEAR.sub("", plain_heading(cell))


def _first_line_above(rows: list[list[str]], start: int) -> int:
    """Where the title of the table begins whose heading is at `start`."""
    first = start
    while first > 0 and start - first < TITLE_LINES and _is_title(rows[first - 1]):
        first -= 1
    return first


def _is_title(cells: list[str]) -> bool:
    """A line that holds at most a title and a unit, and no figure."""
    said = [cell for cell in cells if cell.strip()]
    return len(said) <= 2 and not any(cell.strip().isdigit() for cell in said)


def _part(sheet: Sheet, first: int, last: int) -> Sheet:
    """The rows from `first` up to `last` in their places, with nothing above and below them."""
    columns = [
        pa.concat_arrays([pa.nulls(first, pa.string()), *column.slice(first, last - first).chunks])
        for column in sheet.table.columns
    ]
    return replace(
        sheet,
        table=pa.table(columns, names=sheet.table.column_names),
        merged=tuple(box for box in sheet.merged if first <= box[0] < last),
        faults=tuple(fault for fault in sheet.faults if first <= fault[0] < last),
    )
