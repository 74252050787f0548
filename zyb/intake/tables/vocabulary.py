"""What a heading may mean in any of the ledgers: few columns of few ledgers, told at one look at the heading.

To ask every column of every ledger takes a hundred times as long, and a sheet may have thousands of cells on top
that might be headings. Which columns match hangs on the words and concepts that a heading holds, so each set of them
is thought about once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from zyb.rulebook.book import remembered
from zyb.rulebook.columns import (
    ENDS_WITH_YEAR,
    FIGURES,
    KNOWN_BY_ALL,
    NO_MATCH,
    SAME_MATCH,
    WHOLE_MATCH,
    WORD_MATCH,
    Column,
)
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.lexicon.headings import (
    LONGEST_HEADING,
    YEAR,
    Sense,
    is_partway,
    lexicon,
    plain_of,
    written_heading,
)

# Remembered: those of all forms many times over, not every one that ever stood on top.
PARTS_KEPT = CHOICES_KEPT = 4_000

# 填报日期：2024年7月2日, 单位：家 say something; no heading does. 其中：… and 求和项:… are headings.
LABELLED = re.compile(r"\s*(?!其中|求和项)[^:：]{1,12}[:：]\s*\S")

Matching = tuple[Column, int]
"""A column that a heading matches, and how well."""
Choice = Mapping[int, Sequence[Matching]]
"""By the number of a ledger its columns that a heading matches, in their order."""


class Recognised(NamedTuple):
    """A heading without what varies, what it says, and the columns that it may be."""

    plain: str
    said: Sense
    choice: Choice


class _Part(NamedTuple):
    """One cell of a heading. All that counts of it, with a year and without: whole, and the words that it holds."""

    plain: str
    bare: str
    said: Sense
    words: frozenset[str]


# “五个一”工作开展情况 over a group of columns says of none of them what it is.
SAYS_NOTHING_ABOVE = frozenset({"state"})
LAUNCHED = frozenset({"launch"})
TOTAL = frozenset({"sum"})

NOTHING = _Part("", "", Sense(frozenset(), frozenset()), frozenset())


class Vocabulary:
    """The headings, words and concepts of some ledgers."""

    def __init__(self, ledgers: Sequence[Ledger]) -> None:
        self._columns = [
            (number, column) for number, ledger in enumerate(ledgers) for column in ledger.columns
        ]
        self._lexicon = lexicon()
        self._headings = {
            heading
            for _, column in self._columns
            for heading in (*column.headings, *column.loosely, *column.explained)
        }
        told = {concept for _, column in self._columns for core in column.cores for concept in core}
        self._concepts = told | self._lexicon.names
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted({word for _, c in self._columns for word in (*c.words, *c.without)}):
            self._by_letter.setdefault(word[:1], []).append(word)
        self._part = lru_cache(maxsize=PARTS_KEPT)(self._look_at)
        self._alone = lru_cache(maxsize=PARTS_KEPT)(self._of_one)
        self._chosen: dict[tuple[object, ...], Choice] = {}

    def recognised(self, *parts: str) -> Recognised:
        """The cells of a heading, from the top down. In most tables of other people there is nothing to recognise."""
        if len(parts) == 1:
            return self._alone(parts[0])
        cells = [self._part(part) for part in parts]
        plain, bare = "".join(cell.plain for cell in cells), "".join(cell.bare for cell in cells)
        said = _together([cell.said for cell in cells])
        words = frozenset().union(*(cell.words for cell in cells))
        choice = self._choice(plain, bare, said, words)
        above = _together([cell.said for cell in cells[:-1]]).core
        choice = _better(choice, self._alone(parts[-1]).choice, above)
        return Recognised(plain, said, self._as_total(choice, parts))

    def _of_one(self, text: str) -> Recognised:
        plain, bare, said, words = self._part(text)
        return Recognised(plain, said, self._choice(plain, bare, said, words))

    def recognised_by(self, parts: Sequence[str], rest: Sequence[str]) -> Recognised:
        """A heading of which the `rest` says which count it is, unless all its cells together say so."""
        whole, bare = self.recognised(*parts), self.recognised(*rest)
        counts = {
            number: [(column, level) for column, level in matching if column.type in FIGURES]
            for number, matching in bare.choice.items()
        }
        own = {
            number: matching
            for number, matching in whole.choice.items()
            if matching and not (_needed(counts.get(number, ())) and not _needed(matching))
        }
        core, hints, year, moment, written = bare.said
        said = Sense(core, hints, year or whole.said.year, moment, written)
        return Recognised(whole.plain, said, {**counts, **own})

    def _as_total(self, choice: Choice, parts: Sequence[str]) -> Choice:
        """纳入治理企业数 | 合计 | 其中：大型: of a group the 合计 is what the group is called, and under a group that is
        itself called 合计 stands what is below it. Where a ledger has a column for such sums, or a year to each, that counts."""
        sums = [self._part(part).said.core == TOTAL for part in parts]
        if not (sums[0] or sums[-1]):
            return choice
        rest = self.recognised(*(parts[1:] if sums[0] else parts[:-1])).choice
        return {
            **{
                number: [(column, level) for column, level in matching if not column.yearly]
                for number, matching in rest.items()
            },
            **choice,
        }

    def _look_at(self, text: str) -> _Part:
        if len(text) > LONGEST_HEADING or LABELLED.match(text):
            return NOTHING
        written = written_heading(text)
        plain = plain_of(written)
        words = [
            word
            for at, letter in enumerate(plain)
            for word in self._by_letter.get(letter, ())
            if plain.startswith(word, at)
        ]
        return _Part(plain, YEAR.sub("", plain), self._lexicon.meaning_of(written), frozenset(words))

    def _choice(self, plain: str, bare: str, said: Sense, words: frozenset[str]) -> Choice:
        """What counts of a heading is little: most of those that differ are chosen for alike."""
        whole = tuple(text if text in self._headings else "" for text in (plain, bare, said.written))
        dated = bool(ENDS_WITH_YEAR.search(plain))
        partway = is_partway(said.moment)
        core = said.core & self._concepts
        key = (whole, core, said.core <= self._concepts, said.hints, words, dated, partway)
        if key not in self._chosen:
            if len(self._chosen) > CHOICES_KEPT:
                self._chosen.clear()
            self._chosen[key] = self._choose(plain, said)
        return self._chosen[key]

    def _choose(self, plain: str, said: Sense) -> Choice:
        found: dict[int, list[Matching]] = {}
        for number, column in self._columns:
            if level := column.match(plain, said):
                found.setdefault(number, []).append((column, level))
        return found


def _needed(matching: Sequence[Matching]) -> bool:
    """Whether the ledger cannot do without one of the columns: 合计 of 中型 | 小型 under 任务数 is the number of tasks."""
    return any(column.required for column, _ in matching)


def _better(whole: Choice, alone: Choice, above: frozenset[str]) -> Choice:
    """What stands under a group is what it says by itself (检查内容 | 责任制), where the group says nothing that would
    make another thing of it. A count is of what its group is of."""
    found = {number: dict(matching) for number, matching in whole.items()}
    for number, matching in alone.items():
        for column, level in matching:
            told = (
                column.type not in FIGURES
                and (level >= SAME_MATCH or column.type in KNOWN_BY_ALL)
                and above.isdisjoint(column.refuses - SAYS_NOTHING_ABOVE)
            )
            levels = found.setdefault(number, {}) if told else {}
            if told and level > levels.get(column, NO_MATCH):
                levels[column] = level
    return {number: list(levels.items()) for number, levels in found.items() if levels}


def _together(said: Sequence[Sense]) -> Sense:
    if len(said) == 1:
        return said[0]
    groups = frozenset().union(*(_above(one.core) for one in said[:-1]))
    return Sense(
        groups | said[-1].core,
        frozenset().union(*(one.hints for one in said)),
        next((one.year for one in said if one.year), None),
        next((one.moment for one in said if one.moment), ""),
        "".join(one.written for one in said),
    )


def _above(core: frozenset[str]) -> frozenset[str]:
    """What a group says of the columns under it: 开展情况 says nothing of them, 开展 does."""
    return core if SAYS_NOTHING_ABOVE.isdisjoint(core) else core - SAYS_NOTHING_ABOVE - LAUNCHED


@remembered(16)
def vocabulary(ledgers: tuple[Ledger, ...]) -> Vocabulary:
    """A ledger whose headings have been explained is another ledger, and these have a vocabulary of their own."""
    return Vocabulary(ledgers)


def meanings(matching: Sequence[Matching], previous: str) -> tuple[list[Column], int]:
    """Which of the columns may be meant, and how well: one, or several that the heading says equally. A column that
    must follow another comes first right behind it."""
    for column, _ in matching:
        if column.after and column.after == previous:
            return [column], WHOLE_MATCH
    free = [(column, level) for column, level in matching if not column.after]
    best = max((level for _, level in free), default=NO_MATCH)
    equal = [column for column, level in free if level == best]
    return equal[:1] if best == WORD_MATCH else equal, best
