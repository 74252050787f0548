"""A card of a page as a table to take away: the rows that are shown, in their order, with figures as numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from zyb.access import Permission, Viewer, insist
from zyb.exports.books.pouring import PouredColumn
from zyb.exports.inquiries.table import TakenRow, TakenTable, mark_of
from zyb.html import Markup
from zyb.inquiries.cells import NUMERIC, told_apart
from zyb.inquiries.words import NOT_IN_FILE_NAMES
from zyb.letters import columns as letters
from zyb.numerals import NO_VALUE
from zyb.periods import chinese_day
from zyb.records import Source
from zyb.rulebook.measures import Measure
from zyb.standing.standings import Standings

CardColumn = tuple[str, str]
"""A title, and a kind of a poured column: text, date, count, share, growth, points, number."""
CardNote = tuple[str, str]
CardDrawing = Callable[..., Markup]
"""Draws a file; is told what has to be said in it first."""

NO_KINDS: Mapping[str, str] = MappingProxyType({})
NARROWEST, WIDEST = 8, 46
ROOM = 3  # beside the letters, for the arrow of the filter


@dataclass(frozen=True, kw_only=True)
class CardTable:
    """What a card shows, made of the same objects. The sum stands among the rows, where the card has it.

    Shares are fractions, and so are differences of them, in 百分点.
    """

    title: str
    place: str
    on: date
    columns: Sequence[CardColumn]
    rows: Sequence[TakenRow]
    notes: Sequence[CardNote] = ()

    def name(self, warning: str = "") -> str:
        """陕西省专项治理完成率各地排名（截至2024年6月30日）"""
        told = f"{self.place}{self.title}（截至{chinese_day(self.on)}）".translate(NOT_IN_FILE_NAMES)
        return "_".join(filter(None, (mark_of(warning), told)))


def listed_card(
    title: str, place: str, on: date, rows: Sequence[Mapping[str, object]], kinds: Mapping[str, str] = NO_KINDS, *,
    without: Collection[str] = (), notes: Sequence[CardNote] = (),
) -> CardTable:  # fmt: skip
    """The rows of a grid: whole numbers are counts and everything else is text, unless `kinds` says what it is."""
    names = [name for name in (rows[0] if rows else ()) if name not in without]
    known = {name: kinds.get(name) or _kind_of([row.get(name) for row in rows]) for name in names}
    cells = [tuple(_listed(row.get(name), known[name]) for name in names) for row in rows]
    return CardTable(title=title, place=place, on=on, columns=list(known.items()), rows=cells, notes=notes)


def _kind_of(values: Sequence[object]) -> str:
    told = [value for value in values if value is not None]
    return "count" if told and all(type(value) is int for value in told) else "text"


def _listed(value: object, kind: str) -> object:
    """A dash says that nothing stands there; a day written out is a day again."""
    if value is None or value == NO_VALUE:
        return None
    return date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value


def card_taken(card: CardTable, *, to: Viewer | None, warning: str = "") -> TakenTable:
    """`NotPermitted` for whom it is not."""
    insist(to, Permission.EXPORT)
    day = f"数据截至{chinese_day(card.on)}"
    told = [("注意", warning)] if warning else []
    told += [("内容", f"{card.place}{card.title}"), ("数据截至", chinese_day(card.on)), *card.notes]
    return TakenTable(
        name=card.name(warning), on=card.on, title=f"{card.place}{card.title}", warning=warning,
        aside="　".join(filter(None, (warning, day, f"{len(card.rows)}行"))), columns=tuple(_poured(card)),
        total=len(card.rows), portions=lambda: iter([list(card.rows)]), sums=(), notes=tuple(told), kept=1,
    )  # fmt: skip


def drawing_taken(draw: CardDrawing, *, to: Viewer | None, warning: str = "") -> bytes:
    """`NotPermitted` for whom it is not. Invented data say so in the drawing itself."""
    insist(to, Permission.EXPORT)
    return draw(*filter(None, [warning])).encode()


def _poured(card: CardTable) -> Iterator[PouredColumn]:
    """As wide as what stands in it."""
    titles = told_apart([title for title, _ in card.columns])
    for place, (title, (_, kind)) in enumerate(zip(titles, card.columns, strict=True)):
        widest = max((_room(row[place], kind) for row in card.rows), default=0)
        yield PouredColumn(title, kind, min(max(NARROWEST, letters(title) + ROOM, widest), WIDEST))


def _room(value: object, kind: str) -> int:
    if value is None or kind in NUMERIC:
        return 0
    return letters(str(value)) + 2


# -- what figures need ------------------------------------------------------------------------------


def value_kind(measure: Measure) -> str:
    """How the values of a measure are written: as shares, with a sign, or as they are."""
    if measure.counts:
        return "number"
    return "growth" if measure.kind == "growth" else "share"


def gap_kind(measure: Measure) -> str:
    return "number" if measure.counts else "points"


def gap_cell(gap: Fraction | None, measure: Measure) -> Fraction | None:
    return gap if gap is None or measure.counts else gap * 100


def in_unit(value: Fraction | None, measure: Measure) -> tuple[Fraction | None, str]:
    """Where values of several measures stand in one column: 54.8 and “%”, 28 and “例”."""
    if measure.counts:
        return value, measure.unit
    return (None if value is None else value * 100), "%"


def figure_notes(found: Standings, sources: Iterable[Source] = ()) -> list[CardNote]:
    """Definition, document, and the snapshots in force that the figures come from."""
    measure = found.measure
    told = [("口径", f"{measure.definition}（单位：{measure.unit}）"), ("依据", measure.basis)]
    told += [("时限依据", found.plan.basis)] if found.plan else []
    if days := _by_day(sources):
        told.append(("来源批次", "；".join(f"{day}：{numbers}" for day, numbers in days)))
    return told


def _by_day(sources: Iterable[Source]) -> list[tuple[str, str]]:
    known = sorted({(one.as_of, one.snapshot) for one in sources}, reverse=True)
    days = dict.fromkeys(day for day, _ in known)
    return [
        (f"数据截至{chinese_day(day)}", "、".join(str(n) for d, n in reversed(known) if d == day))
        for day in days
    ]
