"""What stands in a cell of a report's table, and how every document prints it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from zyb.numerals import MINUS, NO_VALUE, percent_number, points, rounded

# What a column holds, and with it how a cell is printed and whether a column of it has a sum.
ColumnKind = Literal["rank", "name", "count", "percent", "growth", "points", "rate", "verdict", "words"]
Cell = int | Fraction | str | None


def shown(cell: Cell, kind: ColumnKind) -> str:
    """A cell as every document prints it: counts without separators, percents without the sign (unit line)."""
    if cell is None or cell == "":
        return NO_VALUE
    if isinstance(cell, str):
        return cell
    if kind == "percent":
        return percent_number(Fraction(cell))
    if kind in ("points", "growth"):
        return points(Fraction(cell))
    if kind == "rate":
        return str(rounded(Fraction(cell))).replace("-", MINUS)
    return str(cell).replace("-", MINUS)
