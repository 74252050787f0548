"""Headings side by side that are one figure: its parts and their sum, or as of several times.

申报数 over 初次 | 变更 | 合计, 上年同期 | 本期 over 完成数, 完成数 over 上月末 | 本月末 | 增减: of such a tier one column is what the
table reports, and what the other tiers say is its whole heading. The others keep all their words, and are judged by them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zyb.intake.cells.values import LONGEST_ANSWER, narrow
from zyb.intake.tables.tiers import groups_spread
from zyb.reading import Sheet
from zyb.rulebook.lexicon.headings import (
    LONGEST_HEADING,
    PERIOD,
    Now,
    Sense,
    TierWords,
    lexicon,
    plain_heading,
    tier_words,
)
from zyb.rulebook.lexicon.headings import YEAR as YEAR_SAID

# Of a form; a list of thousands of lines is not added up.
LINES_LOOKED_AT = 1_000
SIGNED = re.compile(r"[+-]?\d{1,9}(?:\.0+)?")
SUM, YEAR, NUMBER = "sum", "year", "number"
# As the rules write a tier that is nothing but a year.
A_YEAR = "年"
# Shares and changes are none of the figures.
NO_FIGURE = frozenset({"share", "change", "order"})
# So many figures of one table as of the same times are its state at these; one alone may be what was done in them.
FIGURES_ALIKE = 2

Family = Mapping[int, str]
"""Columns under one group with what the tier says of each."""


@dataclass(frozen=True)
class Side:
    """What a column is called without the tiers that only tell it from its likes."""

    rest: tuple[str, ...]
    beside: str = ""
    """Where it may be the period's own figure all the same: the heading beside it that speaks for the other."""


@dataclass(frozen=True)
class _Chosen:
    """The column that is reported, of those that a tier tells apart, and whether it can be called without it; `beside`
    as in Side."""

    column: int
    level: int
    beside: str = ""
    without: bool = True


def sides_of(tiers: list[list[str]], sheet: Sheet, body: int) -> dict[int, Side]:
    """Of tiers over the rows from `body` on, the columns that are the reported one among their likes."""
    table = _Tiers(groups_spread(tiers), sheet, body, tier_words())
    chosen = [one for level in range(len(tiers)) for one in table.chosen(level)] if len(tiers) > 1 else []
    sides = {}
    for at in {one.column for one in chosen}:
        own = [one for one in chosen if one.column == at]
        levels = {one.level for one in own if one.without}
        sides[at] = Side(table.without(at, levels) if levels else (), "".join(one.beside for one in own))
    return {at: side for at, side in sides.items() if side.rest or side.beside}


@dataclass(frozen=True)
class _Tiers:
    rows: Sequence[Sequence[str]]
    sheet: Sheet
    body: int
    words: TierWords

    def without(self, column: int, levels: Container[int]) -> tuple[str, ...]:
        """The heading of a column but for these tiers."""
        said = (row[column] for level, row in enumerate(self.rows) if level not in levels)
        return tuple(dict.fromkeys(filter(None, said)))

    def chosen(self, level: int) -> Iterator[_Chosen]:
        for family in self._families(level):
            yield from self._sums(family, level)
            yield from self._latest(family, level)

    def _families(self, level: int) -> list[Family]:
        """What stands side by side in a tier under the same group, and is not all the same."""
        found: dict[tuple[str, ...], dict[int, str]] = {}
        for column, text in enumerate(self.rows[level]):
            if text and len(text) <= LONGEST_HEADING:
                found.setdefault(tuple(row[column] for row in self.rows[:level]), {})[column] = text
        return [family for family in found.values() if len(set(family.values())) > 1]

    def _sums(self, family: Family, level: int) -> Iterator[_Chosen]:
        """The 合计 of parts. Years are reports of their own, and of months there may be more than these: then no year
        has it for its figure, and the others with a question."""
        said = {at: lexicon().meaning(text) for at, text in family.items()}
        sums = [at for at, one in said.items() if one.core == {SUM}]
        if not sums or any(one.year for one in said.values()):
            return
        time = next((family[at] for at, one in said.items() if self._is_a_time(family[at], one)), "")
        yield from (_Chosen(at, level, time, without=not time) for at in sums)

    def _is_a_time(self, text: str, said: Sense) -> bool:
        return YEAR in said.core or PERIOD.search(said.written) is not None or _word(text) in self._times

    @property
    def _times(self) -> frozenset[str]:
        """The words that say as of when a figure is."""
        now = [words for one in self.words.now for words in (one.words, one.beside)]
        return self.words.sides.before.union(*now)

    def _latest(self, family: Family, level: int) -> Iterator[_Chosen]:
        """本月末 beside 上月末 says itself what it is; 本期 beside 上年同期 and 本月 beside 上月 are looked at."""
        sides, told = self.words.sides, {at: _word(text) for at, text in family.items()}
        known = frozenset(told.values())
        certain = _only(told, sides.levels)
        if certain and known & (sides.before | sides.change | sides.added):
            yield from (_Chosen(at, level) for at in certain)
            return
        for now in self.words.now:
            columns = _only(told, now.words)
            if columns and known & now.beside:
                found = (self._looked_at(at, told, level, now) for at in columns)
                yield from (one for one in found if one)
                return

    def _looked_at(self, column: int, told: Family, level: int, now: Now) -> _Chosen | None:
        if now.proof:
            return self._proven(column, told, level, now)
        beside = next(word for word in told.values() if word in now.beside)
        if self._figures(now, level) >= FIGURES_ALIKE:
            return _Chosen(column, level)
        return _Chosen(column, level, beside) if told[column] != A_YEAR else None

    def _figures(self, now: Now, level: int) -> int:
        """How many figures the table has as of now."""
        rests = {
            self.without(at, {level}) for at, text in enumerate(self.rows[level]) if _word(text) in now.words
        }
        return sum(lexicon().meaning("".join(rest)).core.isdisjoint(NO_FIGURE) for rest in rests)

    def _proven(self, column: int, told: Family, level: int, now: Now) -> _Chosen | None:
        """上月数 and what is 新增 make 本月数 in every line: then it is the figure to date. An 增减 is the difference of
        figures of single months as well, and these fall now and then: where none does, it is for a person to say."""
        rest, sides = self.without(column, {level}), self.words.sides
        alike = {word: at for at, word in told.items() if self.without(at, {level}) == rest}
        before = next((word for word in alike if word in now.beside), "")
        difference = next((word for word in alike if word in sides.change | sides.added), "")
        if not before or not difference:
            return None
        lines = self._numbers(alike[before], alike[difference], column)
        if not lines or any(earlier + more != latest for earlier, more, latest in lines):
            return None
        if difference in sides.added:
            return _Chosen(column, level)
        changes = [more for _, more, _ in lines]
        return _Chosen(column, level, before) if min(changes) >= 0 < max(changes) else None

    def _numbers(self, *columns: int) -> list[tuple[int, ...]]:
        """The lines in which all of these columns hold numbers; none of a sheet that is too long to be a form."""
        if self.sheet.n_rows - self.body > LINES_LOOKED_AT:
            return []
        body = self.sheet.rows(self.body)
        lines = [[_number(cells[at]) for at in columns] for cells in body]
        return [tuple(n for n in line if n is not None) for line in lines if None not in line]


def _only(told: Family, words: Container[str]) -> list[int]:
    """The columns of which the tier says one of these words; none, if it says two of them."""
    found = [at for at, word in told.items() if word in words]
    return found if len({told[at] for at in found}) == 1 else []


def _word(text: str) -> str:
    """As the rules write it, without 数 at its end, and a year without its number: 2023年同期 beside 2024年."""
    whole = plain_heading(text)
    plain = YEAR_SAID.sub("", whole) or (whole and A_YEAR)
    numbers = next((one.words for one in lexicon().concepts if one.name == NUMBER), ())
    ends = [end for end in numbers if plain.endswith(end) and plain != end]
    return plain.removesuffix(max(ends, key=len, default=""))


def _number(text: str) -> int | None:
    plain = narrow(text[:LONGEST_ANSWER]).replace(",", "")
    return int(float(plain)) if SIGNED.fullmatch(plain) else None
