"""Shares and remainders that a table gives beside its counts: 完成率 80.0% over 50 of 100 means that one of the three is
wrong. Nothing of them is taken over; the counts are held against them.

What a column headed like a share or a remainder is derived from is learned from the column itself: where most of its
lines are that of the same two counts, the other lines were meant to be. A single line is told by its heading.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zyb.intake.cells import values
from zyb.intake.cells.values import narrow
from zyb.intake.summaries.lines import Reader, SummaryLine
from zyb.intake.tables.found import ColumnFound
from zyb.numerals import rounded

Numbers = dict[ColumnFound, int | None]
NumberedLines = Sequence[tuple[SummaryLine, Numbers]]

NUMBER = re.compile(r"(-?\d{1,9}(?:\.(\d{1,20}))?)([%％]?)")
# Concepts that a heading names such a column by.
SHARE, UNDONE = "share", "undone"
# Lines that have to agree before the others are held against them.
FEWEST = 2


@dataclass(frozen=True)
class _Shown:
    """A number as written, and what its last digit counts: it may have been rounded, or cut off."""

    value: Fraction
    step: Fraction
    percent: bool


_Known = tuple[SummaryLine, Numbers, _Shown]


@dataclass(frozen=True)
class _Relation:
    """How a column may come from two counts: as a share, in hundredths or as a number (`times`), or as what is left."""

    smaller: ColumnFound
    larger: ColumnFound
    word: str
    times: int = 1

    def expected(self, numbers: Numbers) -> Fraction | None:
        smaller, larger = numbers.get(self.smaller), numbers.get(self.larger)
        if smaller is None or larger is None or (self.word == SHARE and not larger):
            return None
        return Fraction(smaller, larger) * self.times if self.word == SHARE else Fraction(larger - smaller)

    def holds(self, shown: _Shown, numbers: Numbers) -> bool:
        expected = self.expected(numbers)
        exact = self.word == UNDONE or (self.times == 1 and shown.step == 1)
        return expected is None or abs(shown.value - expected) <= (0 if exact else shown.step)

    def tells(self, numbers: Numbers) -> bool:
        """Nothing of many and all of many are also what other columns hold."""
        return 0 < (numbers.get(self.smaller) or 0) < (numbers.get(self.larger) or 0)


def check_derived(reader: Reader, told: NumberedLines) -> None:
    ignored = [found for _, found in reader.fields("ignored")]
    for column in (*reader.table.unknown, *ignored):
        words = [word for word in (SHARE, UNDONE) if word in column.said.core]
        known = [
            (line, numbers, shown)
            for line, numbers in (told if words else ())
            if (shown := _shown(line.cells[column.index]))
        ]
        relation = _learned(reader, words, known) or _by_heading(reader, column, known)
        for line, numbers, shown in known if relation else ():
            assert relation
            if not relation.holds(shown, numbers):
                _tell(reader, line, column, relation, numbers, shown)


def _shown(text: str) -> _Shown | None:
    plain = narrow(text[: values.LONGEST_ANSWER]).replace(",", "")
    found = NUMBER.fullmatch(plain)
    if found is None or not values.one_figure(text):
        return None
    step = Fraction(1, 10 ** len(found[2] or ""))
    return _Shown(Fraction(found[1]), step, bool(found[3]))


def _relations(reader: Reader, words: Sequence[str], percent: bool) -> Iterator[_Relation]:
    counts = [found for _, found in reader.counts()]
    for smaller, larger in itertools.permutations(counts, 2):
        if smaller.kind == larger.kind:  # of one year, one item
            for word in words:
                for times in (100,) if percent else (1, 100) if word == SHARE else (1,):
                    yield _Relation(smaller, larger, word, times)


def _learned(reader: Reader, words: Sequence[str], known: Sequence[_Known]) -> _Relation | None:
    """The relation that most of the lines have that can tell."""
    percent = any(shown.percent for _, _, shown in known)
    for relation in _relations(reader, words, percent):
        asked = [(shown, numbers) for _, numbers, shown in known if relation.tells(numbers)]
        agree = sum(relation.holds(shown, numbers) for shown, numbers in asked)
        if agree >= FEWEST and 2 * agree > len(asked):
            return relation
    return None


def _by_heading(reader: Reader, column: ColumnFound, known: Sequence[_Known]) -> _Relation | None:
    """Of one or two lines: 完成率 beside the only 完成数 and 纳入数 is their share, 未完成数 their difference."""
    if not 0 < len(known) <= FEWEST or len(reader.ledger.at_most) != 1:
        return None
    (rule,) = reader.ledger.at_most
    smaller, larger = (reader.table.fields.get(name, ()) for name in (rule.smaller, rule.larger))
    if len(smaller) != 1 or len(larger) != 1:
        return None
    counted = reader.ledger.column(rule.smaller)
    rest = column.said.core - counted.takes
    word = next((word for word in (SHARE, UNDONE) if word in rest and rest - {word} in counted.cores), "")
    written = known[0][2]
    times = 100 if word == SHARE and (written.percent or written.value > 1) else 1
    return _Relation(smaller[0], larger[0], word, times) if word else None


def _tell(
    reader: Reader,
    line: SummaryLine,
    column: ColumnFound,
    relation: _Relation,
    numbers: Numbers,
    shown: _Shown,
) -> None:
    expected = relation.expected(numbers)
    assert expected is not None
    places = len(f"{shown.step.denominator}") - 1
    sign = "%" if shown.percent else ""
    words = {
        "column": column.heading,
        "smaller": relation.smaller.heading,
        "smaller_number": numbers[relation.smaller],
        "larger": relation.larger.heading,
        "larger_number": numbers[relation.larger],
        "expected": f"{rounded(expected, min(places, 4))}{sign}",
    }
    reader.report("derived_differs", line.row, column.index, line.cells[column.index].strip(), **words)
