"""A table whose cells follow from one another: which of them may be formulas, and what the formulas say.

A formula stands only where its exact result is the Briefing's own number, so that a workbook that
recalculates shows what every other document shows. Everything else is written as the number itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from zyb.briefing.report_table import Cell, ColumnKind
from zyb.numerals import NO_VALUE, column_letters, rounded

GridKind = ColumnKind | Literal["day", "change"]
GridValue = Cell | date
GridRow = Mapping[str, GridValue]
Exact = Callable[[GridRow, Sequence[GridRow]], GridValue]
SUMMED: tuple[GridKind, ...] = ("count", "rate")


@dataclass(frozen=True)
class CellRule:
    """How a cell follows from others: as Excel says it, and the same in exact numbers.

    In the formula `{completed}` is the cell of that column in the same row, `{completed:above}` the one above
    it, `{value:all}` the column's rows, `{remaining:sum}` its total; other names are parameters of the grid.
    """

    formula: str
    exact: Exact


@dataclass(frozen=True)
class SheetColumn:
    """A column. `in_total` says whether its rule holds for the total row as well."""

    key: str
    title: str
    kind: GridKind
    rule: CellRule | None = None
    in_total: bool = True


@dataclass(frozen=True)
class Grid:
    """`parameters` are the addresses of cells elsewhere, `known` what stands in them."""

    fields: tuple[SheetColumn, ...]
    rows: tuple[GridRow, ...]
    total: GridRow | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    known: GridRow = field(default_factory=dict)

    def of(self, *kinds: GridKind) -> list[int]:
        return [place for place, column in enumerate(self.fields) if column.kind in kinds]

    def place(self, key: str) -> int:
        return next(place for place, column in enumerate(self.fields) if column.key == key)

    def follows(self, column: SheetColumn, row: GridRow) -> bool:
        """Whether the column's rule gives what the Briefing says."""
        return (
            column.rule is not None and column.rule.exact({**self.known, **row}, self.rows) == row[column.key]
        )

    def total_follows(self, column: SheetColumn) -> bool:
        return self.total is not None and column.in_total and self.follows(column, self.total)

    def is_sum(self, column: SheetColumn) -> bool:
        """Whether the total is what the rows add up to, as far as they are known."""
        numbers = [n for row in self.rows if isinstance(n := row[column.key], int | Fraction)]
        return bool(
            self.total and numbers and column.kind in SUMMED and sum(numbers) == self.total[column.key]
        )

    def own_totals(self) -> list[str]:
        """Titles of the columns whose total is neither the sum of the rows nor the same in all of them."""
        return [column.title for column in self.fields if self._stands_alone(column)]

    def _stands_alone(self, column: SheetColumn) -> bool:
        total = self.total[column.key] if self.total else None
        if column.kind not in SUMMED or not isinstance(total, int | Fraction) or self.is_sum(column):
            return False
        quotient = column.kind == "rate" and self.total_follows(column)
        return not quotient and {row[column.key] for row in self.rows} - {None} != {total}


class _Address:
    """The cell of a column in one row; its format asks for the column's rows or its total instead."""

    def __init__(self, column: int, row: int, first: int, last: int) -> None:
        self.letters = column_letters(column)
        self.row, self.first, self.last = row + 1, first + 1, last + 1

    def __format__(self, wanted: str) -> str:
        name = self.letters
        if wanted == "all":
            return f"${name}${self.first}:${name}${self.last}"
        if wanted == "above":
            return f"{name}{self.row - 1}"
        return f"${name}${self.last + 1}" if wanted == "sum" else f"{name}{self.row}"


@dataclass(frozen=True)
class Placed:
    """A grid whose first row stands in a row of a sheet (both counted from 0)."""

    grid: Grid
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.grid.rows) - 1

    @property
    def total_row(self) -> int:
        return self.last + 1

    def formula(self, column: SheetColumn, number: int) -> str | None:
        """Of the cell in this row of the grid; None where the number itself stands."""
        if not self.grid.follows(column, self.grid.rows[number]):
            return None
        return self._by_rule(column, self.first + number)

    def total_formula(self, column: SheetColumn) -> str | None:
        follows = self.grid.total_follows(column)
        if self.grid.is_sum(column) and not (follows and column.kind == "rate"):
            return f"=SUM({self._address(column.key, self.last):all})".replace("$", "")
        return self._by_rule(column, self.total_row) if follows else None

    def _by_rule(self, column: SheetColumn, row: int) -> str | None:
        if column.rule is None:
            return None
        cells = {one.key: self._address(one.key, row) for one in self.grid.fields}
        return "=" + column.rule.formula.format_map({**self.grid.parameters, **cells})

    def _address(self, key: str, row: int) -> _Address:
        return _Address(self.grid.place(key), row, self.first, self.last)


def written(value: GridValue, kind: GridKind) -> float | int | str | date:
    """What a cell holds: 百分点 rounded as they are printed, shares as they are, a dash for nothing."""
    if value is None or value == "":
        return NO_VALUE
    if kind == "points" and isinstance(value, int | Fraction):
        return float(rounded(Fraction(value) * 100)) + 0.0
    return float(value) if isinstance(value, Fraction) else value
