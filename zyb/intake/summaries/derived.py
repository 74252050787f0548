"""Shares, remainders and growths that a table gives beside its counts: 完成率 80.0% over 50 of 100 means that one of the
three is wrong. Nothing of them is taken over; the counts are held against them.

What a column headed like one of these is derived from is learned from the column itself: where most of its lines are
that of the same two numbers, the other lines were meant to be. Where they are that of no two, and for a single line, its
heading tells: 培训率 is the share of the trained, 较2023年增长 the growth since the count of 2023.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zyb.intake.cells import values
from zyb.intake.cells.values import narrow
from zyb.intake.summaries.lines import Reader, SummaryLine
from zyb.intake.tables.found import ColumnFound
from zyb.numerals import rounded
from zyb.rulebook.columns import Column
from zyb.rulebook.lexicon.headings import lexicon

Numbers = dict[ColumnFound, int | None]
NumberedLines = Sequence[tuple[SummaryLine, Numbers]]

NUMBER = re.compile(r"([-+]?\d{1,9}(?:\.(\d{1,20}))?)([%％]?)")
# Concepts that a heading names such a column by; those of which it may say more, and those that no column is read with.
SHARE, UNDONE, CHANGE = KINDS = "share", "undone", "change"
OF_GROWTH = {SHARE, CHANGE, "year"}
NO_FIGURES = {*KINDS, "order"}
# 增幅 and 增长率 are parts of a hundred; 增长 may be a number of enterprises.
A_RATE, A_FALL = re.compile(r"[率幅速%]"), re.compile(r"[降减]")
# Lines that have to agree before the others are held against them; with a column that is not read, chance is likelier.
FEWEST, FEWEST_UNREAD = 2, 3


@dataclass(frozen=True)
class _Shown:
    """A number as written, and what its last digit counts: it may have been rounded, or cut off."""

    value: Fraction
    step: Fraction
    percent: bool


_Known = tuple[SummaryLine, Numbers, _Shown]


@dataclass(frozen=True)
class _Relation:
    """How a column may come from two counts: as a share or a growth, in hundredths or as a number (`times`), or as what
    is left. What is said to have fallen by so much is less by it (`falls`)."""

    smaller: ColumnFound
    larger: ColumnFound
    word: str
    times: int = 1
    falls: bool = False

    def expected(self, numbers: Numbers) -> Fraction | None:
        smaller, larger = numbers.get(self.smaller), numbers.get(self.larger)
        if smaller is None or larger is None:
            return None
        if self.word == UNDONE:
            return Fraction(larger - smaller)
        of = larger if self.word == SHARE else smaller
        part = smaller if self.word == SHARE else larger - smaller
        return Fraction(part, of) * self.times if of else None

    def holds(self, shown: _Shown, numbers: Numbers) -> bool:
        expected = self.expected(numbers)
        exact = self.word == UNDONE or (self.times == 1 and shown.step == 1)
        may_differ = 0 if exact else shown.step
        said = [shown.value, -shown.value] if self.falls else [shown.value]
        return expected is None or any(abs(one - expected) <= may_differ for one in said)

    def tells(self, numbers: Numbers) -> bool:
        """Nothing of many and all of many are also what other columns hold."""
        smaller, larger = numbers.get(self.smaller) or 0, numbers.get(self.larger) or 0
        return 0 < smaller < larger or (self.word == CHANGE and 0 < larger < smaller)


def check_derived(reader: Reader, told: NumberedLines) -> None:
    unread = [one for one in reader.table.unknown if NO_FIGURES.isdisjoint(one.said.core)]
    ignored = [found for _, found in reader.fields("ignored")]
    for column in (*reader.table.unknown, *ignored):
        if words := [word for word in KINDS if word in column.said.core]:
            _check_column(reader, column, words, _known(column, told, unread), unread)


def _check_column(
    reader: Reader, column: ColumnFound, words: Sequence[str], known: list[_Known], unread: list[ColumnFound]
) -> None:
    learned = _learned(_relations(reader, column, words, known), known, FEWEST)
    learned = learned or _learned(_with_unread(reader, column, words, known, unread), known, FEWEST_UNREAD)
    relation = learned or _by_heading(reader, column, known)
    if relation is None:
        return
    otherwise = [one for one in known if not relation.holds(one[2], one[1])]
    if learned or len(known) <= FEWEST:
        for line, numbers, shown in otherwise:
            words_told = _words(column, relation, numbers, shown)
            reader.report(
                "derived_differs", line.row, column.index, line.cells[column.index].strip(), **words_told
            )
    elif otherwise:
        line, numbers, shown = otherwise[0]
        words_told = {**_words(column, relation, numbers, shown), "count": len(otherwise)}
        reader.report(
            "derived_all_differ", line.row, column.index, line.cells[column.index].strip(), **words_told
        )


def _known(column: ColumnFound, told: NumberedLines, unread: Sequence[ColumnFound]) -> list[_Known]:
    """The lines in which the column holds a number, with the numbers of columns that are not read as well."""
    found = []
    for line, numbers in told:
        if shown := _shown(line.cells[column.index]):
            beside = {one: values.count(line.cells[one.index]).number for one in unread}
            found.append((line, numbers | beside, shown))
    return found


def _shown(text: str) -> _Shown | None:
    plain = narrow(text[: values.LONGEST_ANSWER]).replace(",", "")
    found = NUMBER.fullmatch(plain)
    if found is None or not values.one_figure(text):
        return None
    step = Fraction(1, 10 ** len(found[2] or ""))
    return _Shown(Fraction(found[1]), step, bool(found[3]))


def _relations(
    reader: Reader, column: ColumnFound, words: Sequence[str], known: Sequence[_Known]
) -> Iterator[_Relation]:
    """A share of two counts of one year and item, a growth of one count between two years."""
    for (one, smaller), (other, larger) in itertools.permutations(reader.counts(), 2):
        alike = smaller.kind == larger.kind
        grown = one is other and (smaller.moment, smaller.item) == (larger.moment, larger.item) and not alike
        for word in words:
            if grown if word == CHANGE else alike:
                yield from _as_written(smaller, larger, word, column, known)


def _with_unread(
    reader: Reader,
    column: ColumnFound,
    words: Sequence[str],
    known: Sequence[_Known],
    unread: Sequence[ColumnFound],
) -> Iterator[_Relation]:
    """With one of the numbers in a column that is none of the ledger: 任务数, 上年同期."""
    for (_, read), other in itertools.product(reader.counts(), unread):
        for smaller, larger in ((read, other), (other, read)):
            for word in words:
                yield from _as_written(smaller, larger, word, column, known)


def _as_written(
    smaller: ColumnFound, larger: ColumnFound, word: str, column: ColumnFound, known: Sequence[_Known]
) -> Iterator[_Relation]:
    falls = word == CHANGE and bool(A_FALL.search(column.heading))
    percent = any(shown.percent for _, _, shown in known)
    for times in (100,) if percent else (1,) if word == UNDONE else (1, 100):
        yield _Relation(smaller, larger, word, times, falls)


def _learned(relations: Iterable[_Relation], known: Sequence[_Known], fewest: int) -> _Relation | None:
    """The relation that most of the lines have that can tell."""
    for relation in relations:
        asked = [(shown, numbers) for _, numbers, shown in known if relation.tells(numbers)]
        agree = sum(relation.holds(shown, numbers) for shown, numbers in asked)
        if agree >= fewest and 2 * agree > len(asked):
            return relation
    return None


def _by_heading(reader: Reader, column: ColumnFound, known: Sequence[_Known]) -> _Relation | None:
    """完成率 beside the only 完成数 and 纳入数 is their share, of one or two lines 未完成数 their difference; 较2023年增长 is
    the growth since the count of that year."""
    if not known:
        return None
    said = column.said.core - lexicon().silent_for("count")
    hundredths = any(shown.percent or abs(shown.value) > 1 for _, _, shown in known)
    if CHANGE in said:
        return _growth(reader, column, known) if said <= OF_GROWTH else None
    words = (SHARE, UNDONE) if len(known) <= FEWEST else (SHARE,)
    for rule in reader.ledger.at_most:
        smaller, larger = reader.ledger.column(rule.smaller), reader.ledger.column(rule.larger)
        alone = [one.larger for one in reader.ledger.at_most if one.smaller == rule.smaller] == [rule.larger]
        word = next((word for word in words if alone and _is_of(smaller, said, word)), "")
        if word and (pair := _pair(reader, smaller, larger, column)):
            return _Relation(*pair, word, 100 if word == SHARE and hundredths else 1)
    return None


def _is_of(counted: Column, said: frozenset[str], word: str) -> bool:
    rest = said - counted.takes
    return word in rest and rest - {word} in counted.cores


def _pair(
    reader: Reader, smaller: Column, larger: Column, column: ColumnFound
) -> tuple[ColumnFound, ColumnFound] | None:
    """The only columns of the two counts; where each year or item has its own, none is told by a heading."""
    one, other = (reader.table.fields.get(count.name, ()) for count in (smaller, larger))
    return (one[0], other[0]) if len(one) == len(other) == 1 and column.year in (None, one[0].year) else None


def _growth(reader: Reader, column: ColumnFound, known: Sequence[_Known]) -> _Relation | None:
    percent = any(shown.percent for _, _, shown in known) or bool(A_RATE.search(column.heading))
    hundredths = any(shown.percent or abs(shown.value) > 1 for _, _, shown in known)
    since = column.said.year
    for count in reader.ledger.columns if percent and since else ():
        years = {one.year: one for one in reader.table.fields.get(count.name, ()) if one.year}
        if count.type == "count" and len(years) == 2 and min(years) == since:
            falls = bool(A_FALL.search(column.heading))
            return _Relation(years[min(years)], years[max(years)], CHANGE, 100 if hundredths else 1, falls)
    return None


def _words(column: ColumnFound, relation: _Relation, numbers: Numbers, shown: _Shown) -> dict[str, object]:
    expected = relation.expected(numbers)
    assert expected is not None
    places = len(f"{shown.step.denominator}") - 1
    return {
        "column": column.heading,
        "smaller": relation.smaller.heading,
        "smaller_number": numbers[relation.smaller],
        "larger": relation.larger.heading,
        "larger_number": numbers[relation.larger],
        "expected": f"{rounded(expected, min(places, 4))}{'%' if shown.percent else ''}",
    }
