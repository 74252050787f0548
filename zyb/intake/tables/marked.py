"""The answers to one question in cells of their own: 是否已申报 over 是 | 否, an item over 合格 | 不合格 | 不适用, and a √ in one
of them. What is ticked becomes the text of the first of these cells, as if it had been written there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property, reduce
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.values import LONGEST_ANSWER, narrow
from zyb.intake.tables.tiers import groups_spread
from zyb.reading import Sheet
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.lexicon.headings import lexicon, plain_heading, tier_words

# 已完成 | 未完成: what is said of one of the two is denied of the other.
UNDONE, DONE, DAY = "undone", "done", "day"
TICKED, SAYS = "☑", "："
# What is no mark in the column of an option: a choice with it is asked about.
DOUBTED = "？"
FEWEST = 2

Answers = Mapping[int, str]
"""Columns of the sheet with the answer that a tick in them gives."""


@dataclass(frozen=True)
class Marked:
    """A sheet with the answers that were ticked as texts. `columns`: those that hold them, with the cells of their
    headings; the other columns of a question are `left_out`."""

    sheet: Sheet
    columns: Mapping[int, tuple[str, ...]]
    left_out: frozenset[int]

    def headings(self, columns: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The cells of all headings, each question once."""
        return [
            self.columns.get(at, () if at in self.left_out else cells) for at, cells in enumerate(columns)
        ]


def marked(
    tiers: Sequence[Sequence[str]], sheet: Sheet, body: int, ledgers: Sequence[Ledger]
) -> Marked | None:
    """The sheet with its ticks from row `body` on read; none, where no question of the tiers has answers below."""
    spread = groups_spread([list(row) for row in tiers])
    columns: dict[int, tuple[str, ...]] = {}
    left_out: set[int] = set()
    table = sheet.table
    for question in _questions(spread, ledgers):
        answers = question.answers
        if (texts := _chosen(sheet, body, question)) is not None:
            first, *others = answers
            above = dict.fromkeys(filter(None, (row[first] for row in spread[:-1])))
            columns[first] = (question.asked,) if question.asked else tuple(above)
            left_out.update(others)
            table = table.set_column(first, table.column_names[first], texts)
    return Marked(replace(sheet, table=table), columns, frozenset(left_out)) if columns else None


# -- which columns are answers ------------------------------------------------------------------


@dataclass(frozen=True)
class _Question:
    """Columns with the answers of a question; it is `asked` by a heading of its own where nothing stands above. Of
    `several` options each may hold as well."""

    answers: Answers
    asked: str = ""
    several: bool = False


def _questions(tiers: Sequence[Sequence[str]], ledgers: Sequence[Ledger]) -> Iterator[_Question]:
    """Columns below the same text whose last tier holds answers that rule each other out or are options of one choice;
    a day may stand beside them (是 | 否 | 时间). Answers that deny each other ask for themselves: 已申报 | 未申报."""
    groups: dict[tuple[str, ...], dict[int, str]] = {}
    for at, text in enumerate(tiers[-1]):
        above = tuple(row[at] for row in tiers[:-1])
        if text and any(above) and above[-1] and above[-1] != text:
            groups.setdefault(above, {})[at] = plain_heading(text)
    for said in groups.values():
        answers = {at: text for at, text in said.items() if not _is_day(text)}
        if len(answers) >= FEWEST and len(set(answers.values())) == len(answers):
            read_as = _read_as(frozenset(answers.values()), ledgers)
            if read_as:
                of_list = _are_options(frozenset(answers.values()), ledgers)
                yield _Question({at: read_as[text] for at, text in answers.items()}, several=of_list)
    yield from _pairs(tiers)


def _pairs(tiers: Sequence[Sequence[str]]) -> Iterator[_Question]:
    """已申报 beside 未申报, with nothing above them."""
    undone, texts = _words(UNDONE), tiers[-1]
    for at, (left, right) in enumerate(pairwise(texts)):
        if not (left and right and any(word in left or word in right for word in undone)):
            continue  # most headings deny nothing
        pair = (plain_heading(left), plain_heading(right))
        alone = all(row[one] in ("", texts[one]) for row in tiers[:-1] for one in (at, at + 1))
        if alone and all(pair) and _denies(frozenset(pair)):
            yes = next(text for text in pair if not text.startswith(undone))
            yield _Question({at: pair[0], at + 1: pair[1]}, asked=yes)


def _is_day(text: str) -> bool:
    return DAY in lexicon().meaning(text).core


def _are_options(texts: frozenset[str], ledgers: Iterable[Ledger]) -> bool:
    columns = (column for ledger in ledgers for column in ledger.columns if column.multiple)
    return any(texts <= set(column.options) for column in columns)


def _read_as(texts: frozenset[str], ledgers: Iterable[Ledger]) -> Mapping[str, str] | None:
    """What each of the answers is read as; none, where they are no answers to one question."""
    for answers in tier_words().answers:
        if texts <= answers.keys():
            return answers
    options = (column.options for ledger in ledgers for column in ledger.columns if column.type == "choice")
    if any(texts <= set(one) for one in options) or _denies(texts):
        return {text: text for text in texts}
    return None


def _denies(texts: frozenset[str]) -> bool:
    """已完成 | 未完成, 达标 | 不达标."""
    if len(texts) != FEWEST:
        return False
    no, yes = sorted(texts, key=lambda text: not text.startswith(_words(UNDONE)))
    bare = {yes, *(yes.removeprefix(word) for word in _words(DONE))}
    return any(no == word + said for word in _words(UNDONE) for said in bare)


def _words(concept: str) -> tuple[str, ...]:
    return next((one.words for one in lexicon().concepts if one.name == concept), ())


# -- which of them is ticked --------------------------------------------------------------------


class _Cell(Enum):
    """What stands in the cell of an answer. A ring ticks it where nothing better does."""

    TICK = auto()
    RING = auto()
    CROSS = auto()
    EMPTY = auto()
    WORDS = auto()


def _cell(text: str) -> _Cell:
    plain, marks = narrow(text[:LONGEST_ANSWER]).lower(), tier_words().marks
    known = {
        _Cell.TICK: marks.ticks, _Cell.RING: marks.rings, _Cell.CROSS: marks.crosses, _Cell.EMPTY: marks.empty | {""},
    }  # fmt: skip
    return next((cell for cell, words in known.items() if plain in words), _Cell.WORDS)


def _of_list(text: str) -> _Cell:
    """In the column of an option 是 and 有 tick it, 否 and 无 do not."""
    plain, marks = narrow(text[:LONGEST_ANSWER]).lower(), tier_words().marks
    return _Cell.TICK if plain in marks.yes else _Cell.CROSS if plain in marks.no else _cell(text)


def _chosen(sheet: Sheet, body: int, question: _Question) -> pa.ChunkedArray | None:
    """The first of the columns with the answers as texts; none, where the cells hold no ticks but something else."""
    answers = question.answers
    columns = [sheet.table.column(at).slice(body).combine_chunks().dictionary_encode() for at in answers]
    kind_of = _of_list if question.several else _cell
    kinds = {text: kind_of(text) for column in columns for text in column.dictionary.to_pylist()}
    words = {text for text, kind in kinds.items() if kind is _Cell.WORDS}
    others = {text for text in words if narrow(text) not in answers.values()}
    tick = _Cell.RING if _Cell.TICK not in kinds.values() else _Cell.TICK
    ticks = [text for text, kind in kinds.items() if kind is tick]
    answered = bool(ticks) or words > others
    if not answered or len(others) > len(answers) or any(narrow(text).isdigit() for text in others):
        return None
    if question.asked and all(narrow(text)[:1].isdigit() for text in ticks):
        return None  # figures of a summary, 已申报 1, 未申报 0
    told = [
        _Told(column, answer, kinds, tick, question.several)
        for column, answer in zip(columns, answers.values(), strict=True)
    ]
    above = sheet.table.column(next(iter(answers))).slice(0, body)
    return pa.chunked_array([*above.chunks, _together(told)])


@dataclass(frozen=True)
class _Told:
    """What the cells of one answer say; each distinct text is looked at once."""

    column: pa.DictionaryArray
    answer: str
    kinds: Mapping[str, _Cell]
    tick: _Cell
    several: bool = False

    @cached_property
    def said(self) -> pa.Array:
        """The answer where it is ticked or written once more, with what else stands there: 否：变更中."""
        return self._spread(self._said)

    @cached_property
    def crossed(self) -> pa.Array:
        """The answer where it is crossed out: 否：×. Whether that means it, nobody knows; of a list it is left out."""
        if self.several:
            return pa.nulls(len(self.column), pa.string())
        return self._spread(lambda text: self._with(text) if self.kinds[text] is _Cell.CROSS else None)

    def _said(self, text: str) -> str | None:
        if self.kinds[text] is self.tick or narrow(text) == self.answer:
            return self.answer
        return self._with(text) if self.kinds[text] is _Cell.WORDS else None

    def _with(self, text: str) -> str:
        return f"{self.answer}{DOUBTED if self.several else SAYS}{text}"

    def _spread(self, meaning: Callable[[str], str | None]) -> pa.Array:
        meanings = pa.array(map(meaning, self.column.dictionary.to_pylist()), pa.string())
        return meanings.take(self.column.indices)


def _together(told: Sequence[_Told]) -> pa.Array:
    """The one that is ticked; of several all of them, each with its box, as on a form. A cross beside a tick says nothing."""
    said = [one.said for one in told]
    boxes = [pc.coalesce(pc.binary_join_element_wise(TICKED, texts, ""), "") for texts in said]
    number = reduce(pc.add, (pc.is_valid(texts).cast(pa.int8()) for texts in said))
    alone = pc.coalesce(*said, pc.coalesce(*(one.crossed for one in told)))
    return pc.if_else(pc.greater(number, 1), pc.binary_join_element_wise(*boxes, ""), alone)
