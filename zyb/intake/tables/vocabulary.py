"""What a heading may mean in any of the ledgers: few columns of few ledgers, told at one look at the heading.

To ask every column of every ledger takes a hundred times as long, and a sheet may have thousands of cells on top
that might be headings. Which columns match hangs on the words that a heading holds, so each set of words is
thought about once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from zyb.rulebook.ledgers import YEAR, Column, Ledger

# Sets of words remembered: those of all forms many times over, not every one that ever stood on top.
CHOICES_KEPT = 4_000

WHOLE_MATCH = 2

Matching = tuple[Column, int]
"""A column that a heading matches, and how well."""
Choice = Mapping[int, Sequence[Matching]]
"""By the number of a ledger its columns that a heading matches, in their order."""
Words = frozenset[str]


class Vocabulary:
    """The headings and words of some ledgers."""

    def __init__(self, ledgers: Sequence[Ledger]) -> None:
        self._ledgers = ledgers
        columns = [column for ledger in ledgers for column in ledger.columns]
        self._headings = {heading for column in columns for heading in column.headings}
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted({word for column in columns for word in (*column.words, *column.without)}):
            self._by_letter.setdefault(word[:1], []).append(word)
        self._columns = lru_cache(maxsize=CHOICES_KEPT)(self._find_columns)

    def choice(self, heading: str) -> Choice:
        """The columns that match the heading; in most cells on top of other people's tables there are none."""
        bare = YEAR.sub("", heading)
        said = self._said(heading)
        return self._columns(*said, *(said if bare == heading else self._said(bare)))

    def _said(self, heading: str) -> tuple[str, Words]:
        """All that counts of a heading: the whole of it where some column is called so, and the words that it holds."""
        words = [
            word
            for at, letter in enumerate(heading)
            for word in self._by_letter.get(letter, ())
            if heading.startswith(word, at)
        ]
        return heading if heading in self._headings else "", frozenset(words)

    def _find_columns(self, heading: str, words: Words, bare: str, bare_words: Words) -> Choice:
        """A column whose headings carry a year sees them without it."""
        found: dict[int, list[Matching]] = {}
        for number, ledger in enumerate(self._ledgers):
            for column in ledger.columns:
                said = (bare, bare_words) if column.yearly else (heading, words)
                if level := _level(column, *said):
                    found.setdefault(number, []).append((column, level))
        return found


def _level(column: Column, heading: str, words: Words) -> int:
    """As `Column.match`, for what counts of a heading."""
    if heading and heading in column.headings:
        return WHOLE_MATCH
    return int(words.isdisjoint(column.without) and not words.isdisjoint(column.words))


@lru_cache(maxsize=16)
def vocabulary(ledgers: tuple[Ledger, ...]) -> Vocabulary:
    """A ledger whose headings have been explained is another ledger, and these have a vocabulary of their own."""
    return Vocabulary(ledgers)


def meaning(matching: Sequence[Matching], previous: str) -> tuple[Column | None, int]:
    """Which of the columns is meant. One that must follow another comes first right behind it."""
    for column, _ in matching:
        if column.after and column.after == previous:
            return column, WHOLE_MATCH
    best: tuple[Column | None, int] = None, 0
    for column, level in matching:
        if not column.after and level > best[1]:
            best = column, level
    return best
