"""A Table of the Briefing in one size of letters: how wide its columns are, how high its rows, where its verdict shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zyb import palette
from zyb.briefing.report_table import ReportTable, TableColumn
from zyb.deck import measuring
from zyb.rulebook.verdicts import Tone

PADDING = 0.1  # left and right of a cell
AIR = 0.06  # above and below the lines of a cell, together
LONGEST_WORDS = 40.0  # ems: sentences are broken beyond this
LONGEST_HEAD = 5.6  # ems: heads longer than this take two lines
SHORTEST_HEAD = 3.0
SHORTEST_WORDS = 9.0
LONGEST_NAME = 12.0
SLACK = 0.6  # ems: what is measured a little short still does not break
RIGHT = {"count", "percent", "growth", "points", "rate"}
CENTRED = {"rank", "verdict"}


@dataclass(frozen=True)
class PrintedRow:
    """As printed; `tone` colours the cell that carries the verdict."""

    cells: tuple[str, ...]
    tone: Tone | None = None
    is_total: bool = False


@dataclass(frozen=True)
class MeasuredTable:
    """A table in one size of letters and so wide: knows how high its rows become."""

    table: ReportTable
    width: float
    size: float

    @cached_property
    def rows(self) -> tuple[PrintedRow, ...]:
        texts = [tuple(row) for row in self.table.texts()]
        tones = [*self.table.tones, *[None] * len(texts)]
        marked = judged_column(self.table)
        return tuple(
            PrintedRow(_marked(cells, marked, tone), tone)
            for cells, tone in zip(texts[: len(self.table.rows)], tones, strict=False)
        )

    @cached_property
    def total(self) -> PrintedRow | None:
        return PrintedRow(tuple(self.table.texts()[-1]), is_total=True) if self.table.total else None

    @cached_property
    def head(self) -> PrintedRow:
        return PrintedRow(tuple(column.title for column in self.table.columns))

    @cached_property
    def widths(self) -> list[float]:
        """Columns as wide as their longest cell; spare room is shared, heads and sentences give way first."""
        wanted = [_wanted(self._column(n), column, self.size) for n, column in enumerate(self.table.columns)]
        natural = [most for _, most in wanted]
        spare = self.width - sum(natural)
        if spare >= 0:
            return [width + spare * width / sum(natural) for width in natural]
        least = [least for least, _ in wanted]
        giving = sum(natural) - sum(least)
        share = max(self.width - sum(least), 0.0) / giving if giving else 0.0
        squeezed = [low + (high - low) * share for low, high in wanted]
        return [width * self.width / sum(squeezed) for width in squeezed]

    def _column(self, number: int) -> list[str]:
        return [row.cells[number] for row in (*self.rows, *([self.total] if self.total else []))]

    def height(self, row: PrintedRow) -> float:
        bold = 1.04 if row in (self.head, self.total) else 1.0
        most = max(
            measuring.lines(text, width - 2 * PADDING, self.size * bold)
            for text, width in zip(row.cells, self.widths, strict=True)
        )
        return most * measuring.line_height(self.size) + AIR

    @cached_property
    def fixed(self) -> float:
        """The rows that stand on every page: the head and 全省."""
        return self.height(self.head) + (self.height(self.total) if self.total else 0.0)

    @property
    def wanted(self) -> float:
        return self.fixed + sum(self.height(row) for row in self.rows)


def judged_column(table: ReportTable) -> int | None:
    """Where the verdict shows: in its own column, otherwise on the name."""
    if not table.tones:
        return None
    kinds = [column.kind for column in table.columns]
    return kinds.index("verdict") if "verdict" in kinds else kinds.index("name") if "name" in kinds else None


def _marked(cells: tuple[str, ...], column: int | None, tone: Tone | None) -> tuple[str, ...]:
    """With the shape of its tone, so that it survives a black and white print."""
    if column is None or tone is None:
        return cells
    text, shape = cells[column], palette.SHAPES[tone]
    if text.startswith(tuple(shape for shape in palette.SHAPES.values() if shape)):
        return cells
    return (*cells[:column], f"{shape} {text}", *cells[column + 1 :])


def least_width(texts: Sequence[str], column: TableColumn, size: float) -> float:
    return _wanted(texts, column, size)[0]


def _wanted(texts: Sequence[str], column: TableColumn, size: float) -> tuple[float, float]:
    """The least and the natural width of a column in inches."""
    longest = (
        max([measuring.ems(text) for text in texts], default=0.0) * 1.04 + SLACK
    )  # bold letters are wider
    head = measuring.ems(column.title) + SLACK
    folded = head if head <= LONGEST_HEAD else max(LONGEST_HEAD, head / 2 + SLACK)
    least, most = max(longest, SHORTEST_HEAD), max(longest, folded)
    if column.kind == "name":
        least = min(longest, LONGEST_NAME)
    elif column.kind == "words":
        least, most = min(longest, SHORTEST_WORDS), max(min(longest, LONGEST_WORDS), folded)
    em, sides = size / measuring.POINTS, 2 * PADDING
    return least * em + sides, most * em + sides
