"""How a table is made to fit its sheet across: upright or on its side, size of letters, widths, continued columns."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zyb.briefing.report_table import ReportTable
from zyb.exports.word.elements import POINTS_A_MM, clean
from zyb.exports.word.page import LANDSCAPE, PORTRAIT, Paper
from zyb.letters import ems

# More columns than this lie on their side, even where they would fit upright.
MOST_UPRIGHT = 9
UPRIGHT_SIZES, LYING_SIZES = (12.0, 10.5), (12.0, 10.5, 9.0)
# Room in a cell beside its text, in characters; a verdict has its shape too.
PADDING, SHAPE = 1.0, 1.0


@dataclass(frozen=True)
class Breaking:
    """How far texts may be broken: lines of a head, and characters of one that stays on a line;
    characters before a name or words go on below."""

    head_lines: int
    short_head: float
    widest: Mapping[str, float]


UNBROKEN = re.compile(r"[（“《〔]*(?:[0-9A-Za-z.%]+年?|[^（“《〔])[）”》〕：；、，。]*|.")
# A text of more characters is a sentence of several lines.
LONG = 30.0
# Figures are never broken.
ROOMY = Breaking(2, 4.0, {"name": 14.0, "words": 20.0})
CLOSE = Breaking(2, 3.0, {"name": 8.0, "words": 14.0})
TIGHT = Breaking(3, 3.0, {"name": 8.0, "words": 14.0})
DENSE = Breaking(4, 3.0, TIGHT.widest)


@dataclass(frozen=True)
class Fit:
    """`groups` are the columns of each stretch of the table; names stand in every one."""

    sheet: Paper
    size: float
    groups: tuple[tuple[int, ...], ...]
    needs: tuple[float, ...]
    long: frozenset[int] = frozenset()

    def widths(self, group: Sequence[int]) -> list[float]:
        """In millimetres: the whole width of the text, shared by what each column needs.

        What is left over goes to texts that are `long`, so that they take fewer lines.
        """
        wanted = {column: self.needs[column] for column in group}
        left = max(_room(self.sheet, self.size) - sum(wanted.values()), 0.0)
        taking = self.long.intersection(group)
        for column in taking:
            wanted[column] += left / len(taking)
        return [need * self.sheet.width / sum(wanted.values()) for need in wanted.values()]


def fit(table: ReportTable, largest: float = UPRIGHT_SIZES[0]) -> Fit:
    """In the largest letters that fit, none larger than `largest`."""
    everything = tuple(range(len(table.columns)))
    widest = [max(map(ems, column)) for column in zip(*_written(table), strict=True)]
    told = [place for place in everything if table.columns[place].kind == "words"]
    long = frozenset(place for place in told if widest[place] > LONG)
    choices = _choices(len(everything), bool(long))
    for sheet, size, breaking in (choice for choice in choices if choice[1] <= largest):
        needs = tuple(_needs(table, widest, breaking))
        if sum(needs) <= _room(sheet, size):
            return Fit(sheet, size, (everything,), needs, long)
    needs, smallest = tuple(_needs(table, widest, TIGHT)), LYING_SIZES[-1]
    return Fit(LANDSCAPE, smallest, tuple(_groups(table, needs, _room(LANDSCAPE, smallest))), needs)


def _choices(columns: int, has_long: bool) -> Iterator[tuple[Paper, float, Breaking]]:
    """The largest letters first; with sentences in the cells smaller ones, which leave them more room."""
    if has_long and columns <= MOST_UPRIGHT:
        yield PORTRAIT, UPRIGHT_SIZES[-1], TIGHT
    if columns <= MOST_UPRIGHT:
        yield from itertools.product([PORTRAIT], UPRIGHT_SIZES, (ROOMY, CLOSE, TIGHT))
    yield from itertools.product([LANDSCAPE], LYING_SIZES, (ROOMY, CLOSE, TIGHT, DENSE))


def _room(sheet: Paper, size: float) -> float:
    """Characters on a line."""
    return sheet.width * POINTS_A_MM / size


def _written(table: ReportTable) -> list[list[str]]:
    """What stands below the head; a table without rows has one empty one."""
    return [[clean(text) for text in row] for row in table.texts()] or [[""] * len(table.columns)]


def _needs(table: ReportTable, widest: Sequence[float], breaking: Breaking) -> Iterator[float]:
    """Characters that each column needs for its widest text and its head."""
    for column, width in zip(table.columns, widest, strict=True):
        wanted = width + (SHAPE if column.kind == "verdict" else 0.0)
        held = min(wanted, breaking.widest.get(column.kind, wanted))
        yield max(held, _head(clean(column.title), breaking)) + PADDING


def _head(title: str, breaking: Breaking) -> float:
    if ems(title) <= breaking.short_head:
        return ems(title)
    return max(map(ems, _even(title, breaking.head_lines)))


def broken(title: str, room: float) -> list[str]:
    """The lines of a head where `room` characters stand on one: before a bracket, or else of even length."""
    if ems(title) <= room:
        return [title]
    before, bracket, after = title.partition("（")
    if before and bracket:
        return [*broken(before, room), *broken(bracket + after, room)]
    for lines in range(2, len(title)):
        if max(map(ems, _even(title, lines))) <= room:
            return _even(title, lines)
    return [title]


def _even(title: str, lines: int) -> list[str]:
    """Words of letters and digits stay whole, and so do years; no line begins with a closing mark or ends with an opening one."""
    each, at = ems(title) / lines, 0.0
    written = [""] * lines
    for piece in UNBROKEN.findall(title):
        written[min(math.ceil((at + ems(piece) / 2) / each), lines) - 1] += piece
        at += ems(piece)
    return [line for line in written if line]


def _groups(table: ReportTable, needs: Sequence[float], room: float) -> Iterator[tuple[int, ...]]:
    """As few groups as possible, of even length, each beginning with the columns that name the row."""
    names = _naming(table)
    others = range(len(names), len(needs))
    left = max(room - sum(needs[column] for column in names), 1.0)
    count = min(math.ceil(sum(needs[column] for column in others) / left), len(others))
    each = math.ceil(len(others) / count)
    for start in range(0, len(others), each):
        yield (*names, *others[start : start + each])


def _naming(table: ReportTable) -> tuple[int, ...]:
    """The columns up to the first name."""
    kinds = [column.kind for column in table.columns]
    return tuple(range(kinds.index("name") + 1)) if "name" in kinds else (0,)
