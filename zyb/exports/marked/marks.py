"""What is to be marked in a workbook, as plain data: it travels to the reading process as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from zyb.inert import unturned

# By severity, the gravest first.
COLOURS = {"error": "F6C6C0", "warning": "FCE3AE", "note": "DCEAF5"}
# Comments are drawings: a workbook with tens of thousands of them opens slowly. Colours and the list go on.
MOST_COMMENTS = 3_000
LONGEST_CELL = 32_000
NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Mark:
    """One cell, the severity that colours it, and what its comment says."""

    sheet: str
    cell: str
    severity: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ListedProblem:
    """One line of the list of problems."""

    severity: str
    word: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Marks:
    """Everything to be marked; `heads` stand above the list, the first is its title."""

    heads: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    not_read: str
    cells: tuple[Mark, ...]
    lines: tuple[ListedProblem, ...]
    lost: str = ""
    """What is said in front where the file holds pictures, shapes or charts, not all of which come back."""

    def retitled(self, titles: Mapping[str, str]) -> Marks:
        """The same marks where the sheets are called otherwise."""
        cells = tuple(replace(one, sheet=titles.get(one.sheet, one.sheet)) for one in self.cells)
        lines = tuple(replace(one, sheet=titles.get(one.sheet, one.sheet)) for one in self.lines)
        return replace(self, cells=cells, lines=lines)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Marks:
        return cls(
            tuple(data["heads"]),
            tuple((severity, words) for severity, words in data["legend"]),
            data["not_read"],
            tuple(Mark(**mark) for mark in data["cells"]),
            tuple(ListedProblem(**line) for line in data["lines"]),
            data["lost"],
        )


def clean(text: str) -> str:
    """Without the control characters that a workbook cannot hold, and without those that turn what follows round."""
    return unturned(NOT_IN_A_CELL.sub("", text))[:LONGEST_CELL]
