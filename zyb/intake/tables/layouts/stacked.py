"""Several tables in one sheet, one below the other: each is handed on as a sheet of its own.

Rows keep their numbers, so that a problem still names the cell of the official's file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.tables.tiers import has_figures
from zyb.reading import Sheet
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.lexicon.headings import YEAR, plain_heading
from zyb.rulebook.sheets import is_page_sum, without_continued

# A list of thousands of enterprises has nothing stacked below it that is worth the search.
ROWS_SEARCHED = 3000
# How many cells of a row must be known headings to make it a heading row.
HEADINGS_IN_A_ROW = 2
# Of the cells of a heading row at least one in so many is known.
PART_OF_A_ROW = 3
TITLE_LINES = 6
MOST_TIERS = 3
SUMS, LONGEST_LABEL = ("合计", "总计", "小计"), 8


def tables_apart(sheet: Sheet, ledgers: Iterable[Ledger]) -> list[Sheet]:
    """The sheet, or its parts when more than one heading row stands in it."""
    if sheet.n_rows > ROWS_SEARCHED:
        return [sheet]
    rows = sheet.rows()
    known = _known(rows, ledgers)
    headings = _heading_rows(rows, known)
    starts = _of_tables(rows, headings)
    repeated = [start for start in headings if start not in starts]
    heads = [_page_head(rows, known, headings[0], start) for start in repeated]
    sheet = _without(sheet, [*itertools.chain(*heads)])
    if len(starts) < 2:
        return [sheet]
    cuts = [0, *(_first_line_above(rows, start) for start in starts[1:]), len(rows)]
    return [_part(sheet, first, last) for first, last in itertools.pairwise(cuts)]


def _known(rows: list[list[str]], ledgers: Iterable[Ledger]) -> set[str]:
    """The texts of the sheet that are headings of a ledger."""
    known = {h for ledger in ledgers for column in ledger.columns for h in column.headings}
    return {cell for cell in set(itertools.chain(*rows)) if cell.strip() and _without_year(cell) in known}


def _heading_rows(rows: list[list[str]], told: set[str]) -> list[int]:
    """Rows that begin a heading: tiers right below each other are one heading."""
    found = [i for i, cells in enumerate(rows) if _are_headings([cell for cell in cells if cell], told)]
    return [index for n, index in enumerate(found) if n == 0 or index - found[n - 1] > 2]


def _of_tables(rows: list[list[str]], starts: list[int]) -> list[int]:
    """Without the headings that stand once more over the next page of the same table, with no title of their own."""
    pages = itertools.pairwise(starts)
    return [*starts[:1], *(start for last, start in pages if not _goes_on(rows, starts[0], last, start))]


def _goes_on(rows: list[list[str]], first: int, last: int, start: int) -> bool:
    """Whether the same headings, under no title or the same one (续表), follow a page on which nothing was summed up."""
    title = _first_line_above(rows, start)
    if rows[start] != rows[first]:
        return False
    said = set(_said(rows[title:start]))
    told = set(_said(rows[_first_line_above(rows, first) : first]))
    return title == start or (said <= told and not any(map(_is_whole_sum, _said(rows[last:title]))))


def _page_head(rows: list[list[str]], known: set[str], first: int, start: int) -> range:
    """The lines over a page that stand over the first one already: title and headings."""
    depth = 1
    while (
        depth < MOST_TIERS
        and rows[start + depth : start + depth + 1] == rows[first + depth : first + depth + 1]
        and not known.isdisjoint(rows[first + depth])
        and not has_figures(rows[first + depth])
    ):
        depth += 1
    return range(_first_line_above(rows, start), start + depth)


def _without(sheet: Sheet, rows: list[int]) -> Sheet:
    """The sheet with these rows blank, all others in their places."""
    if not rows:
        return sheet
    kept = np.ones(sheet.n_rows, bool)
    kept[rows] = False
    columns = [pc.if_else(kept, column, pa.scalar(None, pa.string())) for column in sheet.table.columns]
    return replace(sheet, table=pa.table(columns, names=sheet.table.column_names))


def _said(rows: list[list[str]]) -> Iterator[str]:
    """The texts of some lines, without blanks and without what says that they stand over the next page."""
    texts = (without_continued(narrow(cell[:LONGEST_LINE])) for cells in rows for cell in cells if cell)
    return filter(None, texts)


def _is_whole_sum(text: str) -> bool:
    return text.endswith(("合计", "总计")) and not is_page_sum(text)


def _are_headings(cells: list[str], told: set[str]) -> bool:
    """Different ones, and no small part of what the row says: 已完成 may well stand in a cell. Beside a figure they are none:
    合计 | 纳入治理企业数 | 3000."""
    known = [cell for cell in cells if cell in told]
    likely = len(set(known)) >= HEADINGS_IN_A_ROW and len(known) * PART_OF_A_ROW >= len(cells)
    return likely and not has_figures(cells)


def _without_year(cell: str) -> str:
    return YEAR.sub("", plain_heading(cell))


def _first_line_above(rows: list[list[str]], start: int) -> int:
    """Where the title of the table begins whose heading is at `start`."""
    first = start
    while first > 0 and start - first < TITLE_LINES and _is_title(rows[first - 1]):
        first -= 1
    return first


def _is_title(cells: list[str]) -> bool:
    """A line that holds at most a title and a unit, and no figure; nor is it a sum: 合计 | 5家."""
    said = [cell for cell in cells if cell.strip()]
    summed = any(len(cell) <= LONGEST_LABEL and narrow(cell).endswith(SUMS) for cell in said)
    return len(said) <= 2 and not summed and not any(cell.strip().isdigit() for cell in said)


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
        doubts=sheet.doubts.of_rows(first, last),
    )
