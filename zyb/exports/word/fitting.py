"""How a table is made to fit its sheet: upright or on its side, size of letters, widths, continued columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zyb.briefing.model import Table
from zyb.exports.word.elements import clean, ems
from zyb.exports.word.page import LANDSCAPE, PORTRAIT, Sheet

# More columns than this lie on their side, even where they would fit upright.
MOST_UPRIGHT = 9
UPRIGHT_SIZES, LYING_SIZES = (12.0, 10.5), (12.0, 10.5, 9.0)
# Characters that a cell may ask for before its text goes on below; figures are never broken.
WIDEST = {"name": 8.0, "words": 14.0}
PADDING = 1.0
HEAD_LINES = 3
POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True)
class Fit:
    """`groups` are the columns of each stretch of the table; names stand in every one. Widths are millimetres."""

    sheet: Sheet
    size: float
    groups: tuple[tuple[int, ...], ...]
    needs: tuple[float, ...]

    def widths(self, group: Sequence[int]) -> list[float]:
        """The whole width of the text, shared by what each column needs."""
        wanted = [self.needs[column] for column in group]
        return [need * self.sheet.width / sum(wanted) for need in wanted]


def fit(table: Table) -> Fit:
    everything = tuple(range(len(table.columns)))
    needs = tuple(_needs(table))
    for sheet, size in _choices(len(everything)):
        if sum(needs) <= _room(sheet, size):
            return Fit(sheet, size, (everything,), needs)
    smallest = LYING_SIZES[-1]
    groups = tuple(_groups(table, needs, _room(LANDSCAPE, smallest)))
    return Fit(LANDSCAPE, smallest, groups, needs)


def _choices(columns: int) -> Iterator[tuple[Sheet, float]]:
    if columns <= MOST_UPRIGHT:
        yield from ((PORTRAIT, size) for size in UPRIGHT_SIZES)
    yield from ((LANDSCAPE, size) for size in LYING_SIZES)


def _room(sheet: Sheet, size: float) -> float:
    """Characters on a line."""
    return sheet.width * POINTS_A_MM / size


def _needs(table: Table) -> Iterator[float]:
    """Characters that each column needs."""
    columns = zip(*table.texts(), strict=True) if table.rows or table.total else [()] * len(table.columns)
    for column, texts in zip(table.columns, columns, strict=True):
        widest = max(map(ems, map(clean, texts)), default=0.0)
        if column.kind == "verdict":
            widest += 1.5
        head = math.ceil(ems(clean(column.title)) / HEAD_LINES)
        yield max(min(widest, WIDEST.get(column.kind, widest)), head, 1.5) + PADDING


def _groups(table: Table, needs: Sequence[float], room: float) -> Iterator[tuple[int, ...]]:
    """As few groups as possible, of even length, each beginning with the columns that name the row."""
    names = _naming(table)
    others = range(len(names), len(needs))
    left = max(room - sum(needs[column] for column in names), 1.0)
    count = math.ceil(sum(needs[column] for column in others) / left)
    each = math.ceil(len(others) / count)
    for start in range(0, len(others), each):
        yield (*names, *others[start : start + each])


def _naming(table: Table) -> tuple[int, ...]:
    """The columns up to the first name."""
    kinds = [column.kind for column in table.columns]
    return tuple(range(kinds.index("name") + 1)) if "name" in kinds else (0,)
