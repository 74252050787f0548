"""Tables with a line for each figure (地区 | 指标 | 数量), put as all others are: a line a region, a column an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from zyb.intake.tables.found import ROWS_SEARCHED
from zyb.intake.tables.layouts.rearranging import MOST_COLUMNS, MOST_ROWS, found_again, is_place
from zyb.intake.tables.noted import speaks_of_figures
from zyb.reading import Doubts, RearrangedSheet, Sheet
from zyb.rulebook.columns import common_headings, lengthwise_headings
from zyb.rulebook.lexicon.headings import plain_heading, written_heading

# A line a figure: as many lines as a region has of them.
MOST_LINES = 10 * MOST_ROWS
FEWEST_INDICATORS = 2
FEWEST_HEADINGS, MOST_HEADINGS = 3, 12
# The unit that may stand beside each figure; what is counted otherwise is not put together.
UNITS = {"", "家", "户", "个", "件", "项"}

LineKey = tuple[str, ...]

PlacedCell = tuple[str, tuple[int, int]]
"""A text, and where it stands in the official's sheet."""


@dataclass(frozen=True, kw_only=True)
class _LongHead:
    """The line of headings: where the regions stand, the indicators, the figures, and what else tells lines apart."""

    row: int
    place: int
    indicator: int
    number: int
    years: tuple[int, ...]
    units: tuple[int, ...]
    left_out: tuple[int, ...]

    @property
    def kept(self) -> tuple[int, ...]:
        return self.place, *self.years


def a_line_a_region(sheet: Sheet) -> Sheet:
    """The sheet itself, unless each of its lines names a region and one of several indicators."""
    if isinstance(sheet, RearrangedSheet) or sheet.n_rows > MOST_LINES or sheet.n_cols > MOST_COLUMNS:
        return sheet
    heads = (_head(row, number) for number, row in enumerate(sheet.rows(0, ROWS_SEARCHED)))
    head = next((one for one in heads if one), None)
    return (_spread(sheet, head) if head else None) or sheet


def _head(row: Sequence[str], number: int) -> _LongHead | None:
    """None where a heading is none of these: what it would say of the figures would be lost."""
    filled = [(at, text) for at, text in enumerate(row) if text.strip()]
    if not FEWEST_HEADINGS <= len(filled) <= MOST_HEADINGS:
        return None
    found: dict[str, list[int]] = {}
    for at, text in filled:
        found.setdefault(_kind(text), []).append(at)
    places = found.get("place", [])
    single = all(len(found.get(kind, ())) == 1 for kind in ("indicator", "number"))
    if not places or not single or "" in found:
        return None
    (indicator,), (figures,) = found["indicator"], found["number"]
    units = (*places[1:], *found.get("unit", ()))
    return _LongHead(
        row=number, place=places[0], indicator=indicator, number=figures, years=tuple(found.get("year", ())),
        units=units, left_out=tuple(found.get("ignored", ())),
    )  # fmt: skip


def _kind(text: str) -> str:
    """What a heading is here; brackets that say more than the unit make it another (数量（百家）)."""
    common, words = common_headings(), lengthwise_headings()
    plain = plain_heading(text)
    bracketed = written_heading(text).removeprefix(plain).strip("()[]")
    if plain in words["indicators"]:
        return "indicator"
    if plain in words["numbers"]:
        return "number" if bracketed in UNITS else ""
    if plain in words["units"]:
        return "unit"
    if plain in common["year"]:
        return "year"
    return "ignored" if plain in common["ignored"] else "place" if is_place(plain) else ""


def _spread(sheet: Sheet, head: _LongHead) -> Sheet | None:
    body = list(_body(sheet, head))
    indicators = list(dict.fromkeys(line[head.indicator][0] for line in body))
    if len(indicators) < FEWEST_INDICATORS or len(indicators) == len(body):
        return None
    rows = sheet.rows()
    below = head.row + 1 + len(body)
    if any(row[head.indicator].strip() for row in rows[below:]):
        return None  # lines that would be left out
    if any(line[at][0] not in UNITS for line in body for at in head.units):
        return None
    # 应为98家 in the remarks, or a region that cannot be read: on one line a region neither would have a place.
    if any(speaks_of_figures(line[at][0]) for line in body for at in head.left_out):
        return None
    if any(head.row < row < below and at in head.kept for row, at, _ in sheet.faults):
        return None
    above = [_placed(row, number) for number, row in enumerate(rows[: head.row])]
    lines = [
        _headings(_placed(rows[head.row], head.row), body, head, indicators),
        *_lines(body, head, indicators),
    ]
    notes = [_placed(row, number) for number, row in enumerate(rows[below:], below)]
    return _sheet(sheet, [*above, *lines, *notes])


def _placed(row: Sequence[str], number: int) -> list[PlacedCell]:
    return [(text, (number, at)) for at, text in enumerate(row)]


def _body(sheet: Sheet, head: _LongHead) -> Iterator[list[PlacedCell]]:
    """The lines with an indicator; a region's name may stand over its lines once."""
    named: dict[int, PlacedCell] = {}
    for number, row in enumerate(sheet.rows(head.row + 1), head.row + 1):
        if not row[head.indicator].strip():
            return
        line = [(text.strip(), (number, at)) for at, text in enumerate(row)]
        for at in head.kept:
            named[at] = line[at] if line[at][0] or at not in named else named[at]
            line[at] = named[at]
        yield line


def _headings(
    own: Sequence[PlacedCell], body: Sequence[list[PlacedCell]], head: _LongHead, indicators: Sequence[str]
) -> list[PlacedCell]:
    first = {line[head.indicator][0]: line[head.indicator] for line in reversed(body)}
    return [*(own[at] for at in head.kept), *(first[indicator] for indicator in indicators)]


def _lines(
    body: Sequence[list[PlacedCell]], head: _LongHead, indicators: Sequence[str]
) -> Iterator[list[PlacedCell]]:
    """A line a region; what is told of one twice begins a second line of it, which will be found to be one too many."""
    lines: dict[LineKey, dict[str, list[PlacedCell]]] = {}
    times: dict[LineKey, int] = {}
    for line in body:
        own, indicator = tuple(line[at][0] for at in head.kept), line[head.indicator][0]
        key: LineKey = (*own, indicator)
        times[key] = times.get(key, 0) + 1
        lines.setdefault((*own, str(times[key])), {})[indicator] = line
    for key, told in lines.items():
        whole = lines[(*key[:-1], "1")] | told
        first = next(iter(told.values()))
        blank: PlacedCell = ("", first[head.number][1])
        figures = (whole[one][head.number] if one in whole else blank for one in indicators)
        yield [*(first[at] for at in head.kept), *figures]


def _sheet(sheet: Sheet, rows: Sequence[Sequence[PlacedCell]]) -> Sheet:
    width = max(map(len, rows))
    texts = [[row[n][0] or None if n < len(row) else None for row in rows] for n in range(width)]
    table = pa.table(
        [pa.array(column, pa.string()) for column in texts], names=[f"c{n}" for n in range(width)]
    )
    own = {(at, n): place for at, row in enumerate(rows) for n, (_, place) in enumerate(row)}
    return found_again(sheet, RearrangedSheet(sheet.name, sheet.hidden, table, (), (), Doubts(), (), own))
