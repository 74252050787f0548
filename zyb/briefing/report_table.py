"""A table of a report: columns, rows and units as plain data, the same in every document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zyb.briefing.cells import Cell, ColumnKind, shown
from zyb.rulebook.verdicts import Tone


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
