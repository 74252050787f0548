"""Marks beside the answers of a cell: ☑是□否, 是（ ）否（√）, 合格/不合格√, 粉尘√ 化学毒物 物理因素√.

Whether the marks stand before or behind what they mark follows from the cell itself: a mark that has nothing before it stands
before, one that has nothing behind it stands behind, and one that touches a single answer marks that one. Where both can
be, nobody knows which answer is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zyb.intake.cells.boxes import CROSSES, OPEN, TICKED, boxed
from zyb.rulebook.lexicon.folding import folded

_MARK = rf"[(\[【〔]\s*(?P<held>[{TICKED}{OPEN}{CROSSES}]?)\s*[)\]】〕]|(?P<bare>[{TICKED}{OPEN}{CROSSES}])"
TOKEN = re.compile(rf"(?P<mark>{_MARK})|(?P<gap>[\s/|、\\]+)|(?P<words>\([^()]*\)|.)")
# A cross by itself marks nothing: 未申报× may as well be what is wrong.
MARKED = re.compile(rf"[{TICKED}{OPEN}]|[(\[【〔]\s*[)\]】〕]")
# What goes on with the answer before it; 、 and , may as well stand between two answers that are both meant.
GOES_ON = ",;:。"
LISTS = "、,;"


@dataclass(frozen=True)
class _Item:
    """A mark, or a label that may be marked. `gap`: what stands between it and the item before; nothing, if they touch."""

    text: str
    gap: str
    mark: bool = False

    @property
    def ticks(self) -> bool:
        return self.mark and self.text in TICKED


@dataclass(frozen=True)
class Ticked:
    """The labels that are ticked. `unclear`: there are marks, and which label they stand for cannot be told."""

    ticked: tuple[str, ...] = field(default=())
    unclear: bool = False


Labels = Callable[[str], Sequence[str]]
"""The answers that words without a gap between them are, 已申报未申报 or 粉尘化学毒物; what is none of them is one label."""


def has_marks(text: str) -> bool:
    """Whether there are marks together with words; alone they are words themselves (√, ○)."""
    plain = _spelled(text)
    return bool(MARKED.search(plain)) and any(
        found["words"] and found["words"] not in GOES_ON + "_" for found in TOKEN.finditer(plain)
    )


def marked(text: str, labels: Labels, several: bool, blanks: str = "_") -> Ticked:
    """What is ticked of the labels of a text; of `several` that may be meant at once a list may share one mark. `blanks`:
    letters that only hold a place."""
    items = _with_doubled_marks(list(_items(_spelled(text), labels, blanks)))
    if not any(item.mark for item in items):
        return Ticked(unclear=True)
    if not any(item.ticks for item in items):
        return Ticked(unclear=not _is_form(items))
    reading = _reading(items)
    if reading is None or (_shares_a_mark(items, reading, several)):
        return Ticked(unclear=True)
    return Ticked(tuple(items[at].text for at, mark in sorted(reading.items()) if items[mark].ticks))


def _spelled(text: str) -> str:
    return boxed(folded(text))


def _items(plain: str, labels: Labels, blanks: str) -> Iterator[_Item]:
    gap = words = ""
    for blank in blanks:
        plain = plain.replace(blank, " ")
    for found in (*TOKEN.finditer(plain), None):
        if found and found["words"]:
            words += found["words"]
            continue
        for said, before in _pieces(words, labels):
            yield _Item(said, gap + before)
            gap = ""
        gap += words[-1:] if words[-1:] in GOES_ON else ""
        words = ""
        if found and found["mark"]:
            yield _Item(found["held"] or found["bare"] or "□", gap, mark=True)
            gap = ""
        elif found:
            gap += found["gap"]


def _pieces(words: str, labels: Labels) -> Iterator[tuple[str, str]]:
    """The labels of words without a gap, each with the comma that parts it from the one before."""
    rest = words
    for said in labels(words.strip(GOES_ON)) if words.strip(GOES_ON) else ():
        before, _, rest = rest.partition(said)
        yield said, before


def _with_doubled_marks(items: list[_Item]) -> list[_Item]:
    """√□否: a tick beside the box that it is meant for."""
    kept: list[_Item] = []
    for item in items:
        last = kept[-1] if kept else None
        beside = last is not None and last.mark and item.mark and not item.gap and last.ticks != item.ticks
        if beside and last is not None and (last.gap or len(kept) == 1):
            kept[-1] = _Item("☑", last.gap, mark=True)
        else:
            kept.append(item)
    return kept


def _is_form(items: Sequence[_Item]) -> bool:
    """Boxes that nobody has ticked: as good as blank. A ring or brackets at only some of the answers are more than that."""
    marks = [item.text for item in items if item.mark]
    labels = len(items) - len(marks)
    return all(mark in OPEN for mark in marks) and (
        len(marks) >= labels > 1 or all(mark not in "○◯◻" for mark in marks)
    )


# -- which label each mark stands for ------------------------------------------------------------

Reading = Mapping[int, int]
"""The numbers of labels, each with that of its mark."""


def _reading(items: Sequence[_Item]) -> Reading | None:
    """The one way in which the marks can be read; none, where there are several or none."""
    found = [_aside(items, 1), _aside(items, -1)]
    possible = [one for one in found if one is not None]
    touching = _touching(items)
    if len(possible) == 1:
        return possible[0]
    if touching is not None or not possible:
        return touching
    ticked = [{label for label, mark in one.items() if items[mark].ticks} for one in possible]
    return possible[0] if ticked[0] == ticked[1] else None


def _aside(items: Sequence[_Item], side: int) -> Reading | None:
    """Each mark for the label right behind it (1) or before it (-1), if every mark has one and none clearly stands to the
    other side."""
    found: dict[int, int] = {}
    marks = [at for at, item in enumerate(items) if item.mark]
    spaced = not any(_touches(items, at, side) for at in marks)
    for at in marks:
        if not _is_label(items, at + side):
            return None
        if _touches(items, at, -side) and not _touches(items, at, side) and not spaced:
            return None
        found[at + side] = at
    return found


def _touching(items: Sequence[_Item]) -> Reading | None:
    """Each mark for the only label that it touches; none, where one touches both or neither."""
    found: dict[int, int] = {}
    for at in (at for at, item in enumerate(items) if item.mark):
        sides = [side for side in (-1, 1) if _touches(items, at, side)] or [
            side for side in (-1, 1) if _is_label(items, at + side)
        ]
        if len(sides) != 1 or at + sides[0] in found:
            return None
        found[at + sides[0]] = at
    return found


def _is_label(items: Sequence[_Item], at: int) -> bool:
    return 0 <= at < len(items) and not items[at].mark


def _touches(items: Sequence[_Item], at: int, side: int) -> bool:
    return _is_label(items, at + side) and not items[max(at, at + side)].gap


def _shares_a_mark(items: Sequence[_Item], reading: Reading, several: bool) -> bool:
    """√未申报、未检测: whether a tick means the unmarked label that is listed with its own, nobody knows."""
    for label, mark in reading.items():
        beside = label + (label - mark)
        if items[mark].ticks and _is_label(items, beside) and beside not in reading:
            gap = items[max(label, beside)].gap
            if any(letter in gap for letter in (LISTS if several else GOES_ON)):
                return True
    return False
