"""What is wrong with a list: each distinct fault once, with all its rows; then as problems, cell by cell.

A hundred thousand faulty rows cost what their distinct faults cost: rows are grouped by numbers, and only
a group's sentence is put into words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from zyb.rulebook.problems import Problem, catalogue, cell_name, cell_place, problem

# A hundred thousand equal problems help nobody: the first of each kind are named cell by cell,
# the rest are counted. The workbook of faulty rows holds them all.
NAMED_PER_KIND = 300
MORE = "more_of_the_same"
GROUPS_PER_KIND = 2000

Words = dict[str, object]
# The value and the words of one faulty row, asked for by its number. What is kept in a finding is no closure:
# findings are handed from process to process.
Say = Callable[[int], tuple[str, Words]]


@dataclass(frozen=True)
class Among:
    """The same, asked for by a number among some places."""

    say: Say
    places: np.ndarray

    def __call__(self, number: int) -> tuple[str, Words]:
        return self.say(int(self.places[number]))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault (a code, in a column, with a value) and every row that has it, zero-based and in order.

    Where faults are too many to be told apart one by one, `say` still knows the value and words of each row.
    """

    code: str
    sheet: str
    column: int
    rows: np.ndarray
    value: str = ""
    words: Words = field(default_factory=dict)
    say: Say | None = None

    @property
    def count(self) -> int:
        return len(self.rows)

    def problem_at(self, row: int) -> Problem:
        value, words = (
            self.say(int(np.searchsorted(self.rows, row))) if self.say else (self.value, self.words)
        )
        return problem(self.code, self.sheet, cell_name(row, self.column), value, row=row + 1, **words)


def alike(*columns: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """A number for each row; rows that are equal in every column have the same."""
    numbers: np.ndarray = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        encoded = whole.dictionary_encode("encode")
        indices = encoded.indices.to_numpy(zero_copy_only=False)
        _, numbers = np.unique(numbers * (len(encoded.dictionary) + 1) + indices, return_inverse=True)
    return numbers


def grouped(
    code: str, sheet: str, column: int, rows: np.ndarray, groups: np.ndarray, say: Say
) -> Iterator[Finding]:
    """Faulty rows of equal number as one finding, in the order of their first rows; `say` knows the nth row."""
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))[group]
    ends = np.cumsum(np.bincount(rank))
    *told, rest = np.split(np.argsort(rank, kind="stable"), ends[:GROUPS_PER_KIND])
    for places in told:
        value, words = say(int(places[0]))
        yield Finding(code=code, sheet=sheet, column=column, rows=rows[places], value=value, words=words)
    if len(rest):
        others = np.sort(rest)
        yield Finding(
            code=code, sheet=sheet, column=column, rows=rows[others], value="…", say=Among(say, others)
        )


def as_problems(findings: Iterable[Finding]) -> list[Problem]:
    """Cell by cell in the order of the sheet, the first of each kind; how many more there are is said."""
    return [problem for alike in _kinds(findings).values() for problem in _named(alike)]


Alike = tuple[str, str, str, str]
"""Code, sheet, column and words of a problem, apart from its row: two cells of one column may say the same."""


@dataclass(frozen=True)
class LeftOut:
    """Problems that are counted and not named: so many more that say this."""

    severity: str
    said: Alike
    count: int


def alike_words(problem: Problem) -> Alike:
    """What a problem says, whichever row it stands in."""
    return problem.code, problem.sheet, _column_of(problem), problem.wherever


def _column_of(problem: Problem) -> str:
    return (cell_place(problem.cell) or (0, ""))[1]


def bounded(problems: Sequence[Problem]) -> tuple[list[Problem], tuple[LeftOut, ...]]:
    """The first of each kind (a code, in a column), and what is left out of the others."""
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for found in problems:
        kinds.setdefault((found.code, found.sheet, _column_of(found)), []).append(found)
    large = {kind: alike for kind, alike in kinds.items() if len(alike) > NAMED_PER_KIND and kind[0] != MORE}
    if not large:
        return list(problems), ()
    beyond = [one for alike in large.values() for one in alike[NAMED_PER_KIND:]]
    gone = {id(one) for one in beyond}
    kept = [found for found in problems if id(found) not in gone]
    for alike in large.values():
        words = {"total": len(alike), "named": NAMED_PER_KIND, "rest": len(alike) - NAMED_PER_KIND}
        kept.append(problem(MORE, alike[0].sheet, alike[0].cell, alike[0].message, **words))
    counts = Counter((one.severity, alike_words(one)) for one in beyond)
    return kept, tuple(LeftOut(severity, said, n) for (severity, said), n in counts.items())


def unnamed(findings: Iterable[Finding]) -> Counter[str]:
    """How many faults of each severity are counted without being named."""
    rest: Counter[str] = Counter()
    for code, more in unnamed_codes(findings).items():
        rest[catalogue()[code].severity] += more
    return rest


def unnamed_codes(findings: Iterable[Finding]) -> Counter[str]:
    """The same of each code."""
    rest: Counter[str] = Counter()
    for (code, _, _), alike in _kinds(findings).items():
        more = sum(found.count for found in alike) - NAMED_PER_KIND
        if more > 0:
            rest[code] += more
    return rest


def _kinds(findings: Iterable[Finding]) -> dict[tuple[str, str, int], list[Finding]]:
    kinds: dict[tuple[str, str, int], list[Finding]] = {}
    for found in findings:
        kinds.setdefault((found.code, found.sheet, found.column), []).append(found)
    return kinds


def _named(findings: list[Finding]) -> Iterator[Problem]:
    """The first cells of one kind, and how many more there are."""
    firsts = [found.rows[:NAMED_PER_KIND] for found in findings]
    rows = np.concatenate(firsts)
    owners = np.repeat(np.arange(len(findings)), [len(first) for first in firsts])
    named = [
        findings[owners[n]].problem_at(int(rows[n])) for n in np.argsort(rows, kind="stable")[:NAMED_PER_KIND]
    ]
    yield from named
    total = sum(found.count for found in findings)
    if rest := total - len(named):
        last, words = named[-1], {"total": total, "named": len(named), "rest": rest}
        yield problem(MORE, last.sheet, last.cell, named[0].message, **words)
