"""A table of a report as plain data: columns, rows, units, and how every document prints a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from zyb.numerals import MINUS, NO_VALUE, percent_number, points, rounded
from zyb.rulebook.verdicts import Tone

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


@dataclass(frozen=True)
class TableColumn:
    title: str
    kind: ColumnKind


# The unit of a share, beside those of counts.
PERCENTS = "%"


def unit_line(units: Sequence[str]) -> str:
    """“单位：家、%”; nothing where nothing is counted."""
    return f"单位：{'、'.join(units)}" if units else ""


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """An annex or the table of a slide. `tones` colours the verdict of each row; `total` is the 全省 row."""

    title: str
    units: tuple[str, ...]
    """What its numbers count: 家, %."""
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None
    tones: tuple[Tone, ...]
    notes: tuple[str, ...] = ()
    section: int | None = None
    """The section that the rows are of, in case a writer adds a chart."""
    is_schedule: bool = field(default=False, compare=False)
    """Whether it is the 倒排工期 of a measure, which the text refers to."""
    short: str = field(default="", compare=False)
    """What the tab of a sheet calls it: the title without whose table it is."""

    @property
    def unit(self) -> str:
        return unit_line(self.units)

    @property
    def tab(self) -> str:
        return self.short or self.title

    def texts(self) -> list[list[str]]:
        """Rows and total as printed."""
        wanted = [*self.rows, *([self.total] if self.total else [])]
        return [
            [shown(cell, column.kind) for cell, column in zip(row, self.columns, strict=True)]
            for row in wanted
        ]
