"""What is wrong with a list: each distinct fault once, with all its rows; then as problems, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from zyb.problems import Problem, cell_name, problem

# A hundred thousand equal problems help nobody: the first of each kind are named cell by cell,
# the rest are counted. The workbook of faulty rows holds them all.
NAMED_PER_KIND = 300
GROUPS_PER_KIND = 2000


@dataclass(frozen=True)
class Finding:
    """One fault (a code, in a column, with a value) and every row that has it, zero-based in the sheet."""

    code: str
    sheet: str
    column: int
    rows: np.ndarray
    value: str = ""
    words: dict[str, object] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.rows)

    def problem_at(self, row: int) -> Problem:
        return problem(
            self.code, self.sheet, cell_name(row, self.column), self.value, row=row + 1, **self.words
        )


def by_value(
    code: str, sheet: str, column: int, rows: np.ndarray, values: list[str], words: list[dict[str, object]]
) -> Iterator[Finding]:
    """Findings from faulty rows and, side by side, their values; what would read alike is one finding."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, value in enumerate(values):
        groups.setdefault((value, *words[place].values()), []).append(place)
    for places in list(groups.values())[:GROUPS_PER_KIND]:
        yield Finding(code, sheet, column, rows[places], values[places[0]], words[places[0]])
    rest = [place for places in list(groups.values())[GROUPS_PER_KIND:] for place in places]
    if rest:
        yield Finding(code, sheet, column, rows[rest], "…", words[rest[0]])


def as_problems(findings: Iterable[Finding]) -> list[Problem]:
    """Cell by cell in the order of the sheet, the first of each kind; how many more there are is said."""
    kinds: dict[tuple[str, str, int], list[tuple[int, Finding]]] = {}
    for found in findings:
        kind = kinds.setdefault((found.code, found.sheet, found.column), [])
        kind += [(int(row), found) for row in found.rows[: NAMED_PER_KIND + 1]]
    problems = []
    totals = _totals(findings)
    for key, places in kinds.items():
        places.sort(key=lambda place: place[0])
        named = [found.problem_at(row) for row, found in places[:NAMED_PER_KIND]]
        problems += named
        if totals[key] > NAMED_PER_KIND:
            rest = totals[key] - NAMED_PER_KIND
            problems.append(problem("more_of_the_same", key[1], named[-1].cell, named[0].message, rest=rest))
    return problems


def _totals(findings: Iterable[Finding]) -> dict[tuple[str, str, int], int]:
    totals: dict[tuple[str, str, int], int] = {}
    for found in findings:
        key = (found.code, found.sheet, found.column)
        totals[key] = totals.get(key, 0) + found.count
    return totals
