"""Tables that are laid out otherwise, put as all others are: regions across, or two tables side by side.

Every cell of the sheet that comes out knows where it stands in the official's (`Sheet.place`).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from zyb.intake.rosters import names_region
from zyb.intake.tables.found import ROWS_SEARCHED
from zyb.intake.tables.tiers import A_YEAR
from zyb.reading import CellPlace, CellText, Doubts, Moved, RearrangedSheet, Sheet
from zyb.rulebook.columns import common_headings
from zyb.rulebook.lexicon.headings import lexicon, plain_heading, written_heading

# Summaries only: a province has two hundred counties, a form twenty figures.
MOST_ROWS, MOST_COLUMNS = 1000, 400
REGIONS_ACROSS = FEWEST_YEARS = 2
Cells = Sequence[Sequence[str]]


def _small(sheet: Sheet) -> bool:
    return sheet.n_rows <= MOST_ROWS and sheet.n_cols <= MOST_COLUMNS


# -- regions across and measures down ---------------------------------------------------------


def turned(sheet: Sheet) -> Sheet | None:
    """The sheet with a line for each of its columns, if one of its first rows names regions."""
    if not _small(sheet) or isinstance(sheet, RearrangedSheet):
        return None
    head = next((n for n, row in enumerate(sheet.rows(0, ROWS_SEARCHED)) if _names_regions(row)), None)
    if head is None:
        return None
    rows = sheet.rows()
    left = next(n for n, cell in enumerate(rows[head]) if names_region(cell) or _heads(rows, head, n))
    end = head + 1
    while end < len(rows) and any(rows[end]):
        end += 1
    lines = [[row[column] for row in rows[head:end]] for column in range(left, sheet.n_cols)]
    return _rearranged(sheet, [*rows[:head], *lines], (Moved(0, 0), Moved(head, head, left, turned=True)))


def _names_regions(row: Sequence[str]) -> bool:
    return sum(names_region(cell) for cell in row if cell) >= REGIONS_ACROSS


def _heads(rows: Cells, head: int, column: int) -> bool:
    """Whether the column holds the names of the measures, or years: something stands below the row of the regions."""
    below = [row[column] for row in rows[head + 1 : head + 4] if row[column]]
    return _are_years(below) or any(not cell.replace(".", "").isdigit() for cell in below)


def _are_years(cells: Sequence[str]) -> bool:
    """2023, 2024: one after the other, as figures hardly ever are."""
    if len(cells) < FEWEST_YEARS or not all(map(A_YEAR.fullmatch, cells)):
        return False
    years = [int(float(cell)) for cell in cells]
    return all(later - earlier == 1 for earlier, later in itertools.pairwise(years))


# -- two tables side by side ------------------------------------------------------------------


def one_below_the_other(sheet: Sheet) -> Sheet:
    """The sheet with what stands side by side under the same headings put one below the other."""
    if not _small(sheet) or isinstance(sheet, RearrangedSheet):
        return sheet
    rows = sheet.rows(0, 2 * ROWS_SEARCHED)
    for head, row in enumerate(rows[:ROWS_SEARCHED]):
        if blocks := _blocks(row, rows[head + 1 :]):
            return _stacked(sheet, sheet.rows(), head, blocks)
    return sheet


def _blocks(row: Sequence[str], below: Cells) -> list[int]:
    """Where each of the tables begins that have the same headings, the regions' first among them. What stands in brackets
    (百家, 本月) is of the heading: under another one stand other figures."""
    filled = [cell for cell in row if cell.strip()]
    if len(set(filled)) == len(filled):
        return []
    said = [(at, written_heading(cell)) for at, cell in enumerate(row) if cell.strip()]
    for number in (2, 3, 4):
        size, rest = divmod(len(said), number)
        parts = [said[n * size : (n + 1) * size] for n in range(number)]
        texts = [[text for _, text in part] for part in parts]
        placed = any(is_place(plain_heading(text)) and not _has_figures(below, at) for at, text in parts[0])
        if size > 1 and not rest and placed and all(one == texts[0] for one in texts):
            starts = [part[0][0] for part in parts]
            same = {later - earlier for earlier, later in itertools.pairwise(starts)}
            return starts if len(same) == 1 else []
    return []


def is_place(heading: str) -> bool:
    core = lexicon().meaning(heading).core
    return heading in common_headings()["region"] or "place" in core


def _has_figures(below: Cells, column: int) -> bool:
    """地方企业 over numbers, beside 中央企业, is no place."""
    first = next((line[column] for line in below if line[column].strip()), "")
    return first.replace(".", "", 1).isdigit()


def _stacked(sheet: Sheet, rows: Cells, head: int, blocks: Sequence[int]) -> Sheet:
    """The rows above, the headings of the first table, and the bodies of all of them."""
    first, width, body = blocks[0], blocks[1] - blocks[0], rows[head + 1 :]
    lines = [line[at : at + width] for at in blocks for line in body]
    bodies = (Moved(head + 1 + n * len(body), head + 1, at) for n, at in enumerate(blocks))
    headings = rows[head][first : first + width]
    return _rearranged(
        sheet, [*rows[:head], headings, *lines], (Moved(0, 0), Moved(head, head, first), *bodies)
    )


# -- the sheet that comes out -----------------------------------------------------------------


def _rearranged(sheet: Sheet, rows: Cells, moved: tuple[Moved, ...]) -> Sheet:
    width = max(map(len, rows), default=0)
    columns = [
        pa.array([(row[n] or None) if n < len(row) else None for row in rows], pa.string())
        for n in range(width)
    ]
    table = pa.table(columns, names=[f"c{n}" for n in range(width)])
    return found_again(sheet, RearrangedSheet(sheet.name, sheet.hidden, table, moved=moved))


def found_again(sheet: Sheet, found: RearrangedSheet) -> Sheet:
    """The rearranged sheet with what is known of single cells of the official's."""
    there = {found.place(row, n): (row, n) for row in range(found.n_rows) for n in range(found.n_cols)}
    faults = [(there.get((row, column)), text) for row, column, text in sheet.faults]
    return replace(
        found,
        faults=tuple((*cell, text) for cell, text in faults if cell),
        doubts=Doubts(
            unsaved=tuple(there[cell] for cell in sheet.doubts.unsaved if cell in there),
            unclear=tuple(there[cell] for cell in sheet.doubts.unclear if cell in there),
            rows=tuple(
                dict.fromkeys(new for (row, _), (new, _) in there.items() if row in sheet.doubts.rows)
            ),
            struck=tuple(there[cell] for cell in sheet.doubts.struck if cell in there),
            shown=_there(sheet.doubts.shown, there),
            comments=_there(sheet.doubts.comments, there),
        ),
    )


def _there(told: Sequence[CellText], there: Mapping[CellPlace, CellPlace]) -> tuple[CellText, ...]:
    return tuple((*there[row, column], text) for row, column, text in told if (row, column) in there)
