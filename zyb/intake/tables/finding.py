"""Finding the table in a sheet: which rows are headings, which ledger they speak of, which column means what."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

import pyarrow.compute as pc

from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.tables.vocabulary import WHOLE_MATCH, Choice, Vocabulary, meaning, vocabulary
from zyb.reading import Range, Sheet
from zyb.rulebook.ledgers import LONGEST_HEADING, YEAR, Column, Ledger, common_headings, plain_heading

# Title, unit line, filling unit and blank rows seldom take more; a heading has at most three tiers.
ROWS_SEARCHED = 30
TIERS = (1, 2, 3)
WHOLE_HEADING = 10
PART_OF_HEADING = 6
TITLE_WORD = 4
# The sheet's own title says the ledger's whole name: then its columns are missing, it is not another ledger's table.
WHOLE_TITLE = 1000
# Headings that mean one and the same column: a form has one a year or an item. So many are no headings.
MOST_TWINS = 60
# With all its blanks.
LONGEST_FIGURE = 100
TELLING = ("flag", "choice", "date")


@dataclass(frozen=True)
class ColumnFound:
    """A sheet column understood as a ledger column; `year` when the heading carries one."""

    index: int
    heading: str
    year: int | None = None


class HeadingFound(NamedTuple):
    """What stands above the sheet column `at`: as written, without what varies, and the columns that match it."""

    at: int
    text: str
    plain: str
    choice: Choice


@dataclass(frozen=True, kw_only=True)
class TableFound:
    sheet: Sheet
    ledger: Ledger
    first_row: int
    body_row: int
    score: int
    fields: Mapping[str, tuple[ColumnFound, ...]] = field(default_factory=dict)
    unknown: tuple[ColumnFound, ...] = ()

    @property
    def heading_row(self) -> int:
        return self.body_row - 1

    @property
    def placeless(self) -> bool:
        """A summary of figures alone: which region they are about stands around the table."""
        regions = [column.name for column in self.ledger.columns if column.type == "region"]
        return not self.ledger.is_list and not any(name in self.fields for name in regions)

    @property
    def wanted(self) -> list[Column]:
        """The columns that the ledger asks of every table, wherever its region may stand."""
        columns = [column for column in self.ledger.columns if column.required and not column.stated]
        return [column for column in columns if not (self.placeless and column.type == "region")]

    @property
    def put_off(self) -> list[Column]:
        """What the ledger's short form leaves for later, and the table has not."""
        return [c for c in self.wanted if not self.ledger.always_has(c) and c.name not in self.fields]

    @property
    def shortened(self) -> bool:
        """Cut to its first columns, which are due first. With a later one there, or an unknown one, a column has
        been forgotten or misspelt."""
        form, put_off = self.ledger.short_form, self.put_off
        if not form or not put_off or form.columns[0] not in self.fields:
            return False
        later = [column for column in self.wanted if not self.ledger.always_has(column)]
        cut = later[-len(put_off) :] == put_off
        return cut and (put_off == later or not self.unknown)

    @property
    def missing(self) -> list[Column]:
        form = self.ledger.short_form
        if form and self.shortened:
            return [self.ledger.column(name) for name in form.columns if name not in self.fields]
        return [column for column in self.wanted if column.name not in self.fields]

    def rows_above(self) -> list[tuple[int, list[str]]]:
        """What stands above the headings, with the numbers of the rows; further up everything is blank."""
        start = max(self.first_row - ROWS_SEARCHED, 0)
        return list(enumerate(self.sheet.rows(start, self.first_row), start))

    @property
    def title_lines(self) -> list[str]:
        return [" ".join(filter(None, cells)) for _, cells in self.rows_above() if any(cells)]


Boxes = Mapping[int, Sequence[Range]]
"""The merged ranges of a sheet's head, by their first row."""


def _boxes(sheet: Sheet, rows: range) -> Boxes:
    found: dict[int, list[Range]] = {}
    for box in sheet.merged:
        if box[0] in rows:
            found.setdefault(box[0], []).append(box)
    return found


def _filled(boxes: Boxes, rows: list[list[str]], first: int) -> list[list[str]]:
    """Merged cells hold their text once; give it to every cell that they cover."""
    filled = [list(row) for row in rows]
    for number, row in enumerate(rows):
        for _, left, bottom, right in boxes.get(first + number, ()):
            text = row[left] if left < len(row) else ""
            for covered in filled[number : bottom - first + 1]:
                covered[left : right + 1] = [text] * len(covered[left : right + 1])
    return filled


def _groups_spread(tiers: list[list[str]]) -> list[list[str]]:
    """Without merged cells (csv) a group's name stands over its first column only: spread it rightwards."""
    spread = [list(row) for row in tiers]
    for upper, lower in itertools.pairwise(spread):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
                upper[column] = upper[column - 1]
    return spread


def flatten(tiers: list[list[str]]) -> list[str]:
    """Two-tier headings as one: group + column, a text that repeats downwards only once."""
    columns = zip(*_groups_spread(tiers), strict=True)
    return ["".join(dict.fromkeys(filter(None, parts))) for parts in columns]


Reading = tuple[Mapping[str, tuple[ColumnFound, ...]], Sequence[HeadingFound], int]
"""Headings as the columns of a ledger, those that it does not know, and how much speaks for it."""


def _understand(number: int, headings: Sequence[HeadingFound]) -> Reading | None:
    """The headings as columns of the ledger with this number in the vocabulary that they were looked up in."""
    fields: dict[str, list[ColumnFound]] = {}
    unknown: list[HeadingFound] = []
    score, previous, ignored = 0, "", common_headings()["ignored"]
    for heading in headings:
        matching = heading.choice.get(number)
        column, level = meaning(matching, previous) if matching else (None, 0)
        if column is None:
            previous = ""
            if heading.plain not in ignored:
                unknown.append(heading)
            continue
        previous = column.name
        year = YEAR.search(heading.plain) if column.yearly else None
        twins = fields.setdefault(column.name, [])
        twins.append(ColumnFound(heading.at, heading.text, int(year[1]) if year else None))
        if len(twins) > MOST_TWINS:
            return None
        score += (0, PART_OF_HEADING, WHOLE_HEADING)[level] if column.type != "ignored" else 1
    return {name: tuple(twins) for name, twins in fields.items()}, unknown, score


def _makes_sense(ledger: Ledger, fields: Mapping[str, tuple[ColumnFound, ...]], spoken: str) -> bool:
    """A summary needs its region and a figure; a list one of its required columns and what tells it from others."""
    if ledger.is_list:
        required = [c.name for c in ledger.columns if c.required and not c.stated and c.name in fields]
        # A name, a code and a telephone number are in every list.
        telling = any(ledger.column(name).type in TELLING for name in fields)
        titled = any(word in spoken for word in ledger.title_words)
        # With its whole name above, even the columns that it cannot do without may be called otherwise.
        named = narrow(ledger.title) in spoken and len(fields) > len(required) + 1
        return len(fields) > 1 and (named or bool(required)) and (telling or len(required) > 1 or titled)
    region = ledger.of_type("region")
    if region and region.name not in fields:
        return _figures_of_one_region(ledger, fields, spoken)
    return any(ledger.column(name).type == "count" for name in fields)


def _figures_of_one_region(
    ledger: Ledger, fields: Mapping[str, tuple[ColumnFound, ...]], spoken: str
) -> bool:
    """Nothing but the figures, all of them: the title must speak of the ledger, or the headings be its own."""
    wanted = [column for column in ledger.columns if column.required and column.type != "region"]
    if not wanted or any(column.name not in fields for column in wanted):
        return False
    own = all(c.match(plain_heading(fields[c.name][0].heading)) == WHOLE_MATCH for c in wanted)
    return any(word in spoken for word in ledger.title_words) or (own and len(wanted) > 1)


def _headings(tiers: list[list[str]], known: Vocabulary) -> list[HeadingFound]:
    return [_heading(at, text, known) for at, text in enumerate(flatten(tiers)) if text]


def _heading(at: int, text: str, known: Vocabulary) -> HeadingFound:
    plain = plain_heading(text) if len(text) <= LONGEST_HEADING else ""
    return HeadingFound(at, text, plain, known.choice(plain))


@dataclass(frozen=True)
class _Above:
    """What stands above some row, with the names of sheet and file: in one piece, and line by line."""

    spoken: str
    lines: tuple[str, ...] = ()

    def with_row(self, row: list[str]) -> _Above:
        line = narrow("".join(row)[:LONGEST_LINE])
        return _Above(self.spoken + line, (*self.lines, line))


def _candidate(sheet: Sheet, ledger: Ledger, rows: range, read: Reading, above: _Above) -> TableFound | None:
    fields, unlisted, score = read
    if not _makes_sense(ledger, fields, above.spoken):
        return None
    unknown = tuple(ColumnFound(heading.at, heading.text) for heading in unlisted)
    found = TableFound(
        sheet=sheet, ledger=ledger, first_row=rows.start, body_row=rows.stop, score=0, fields=fields,
        unknown=unknown,
    )  # fmt: skip
    score += TITLE_WORD * sum(word in above.spoken for word in ledger.title_words)
    title = narrow(ledger.title)
    score += WHOLE_TITLE * any(title in line for line in above.lines)
    left_out = len(found.missing) + found.placeless + found.shortened
    score -= len(rows) + 2 * len(unknown) + 2 * WHOLE_HEADING * left_out
    return replace(found, score=score)


def _has_figures(row: list[str]) -> bool:
    cells = (narrow(cell) for cell in row if len(cell) <= LONGEST_FIGURE)
    return any(cell.replace(".", "", 1).isdigit() and len(cell) < 12 for cell in cells)


def candidates(sheet: Sheet, ledgers: Sequence[Ledger], name: str) -> list[TableFound]:
    """Every reading of the sheet's head as one of the ledgers. The only one that it may be needs no title."""
    top = _first_filled(sheet)
    head = sheet.rows(top, top + ROWS_SEARCHED + max(TIERS))
    named = name[:LONGEST_LINE] + sheet.name[:LONGEST_LINE]
    above = _Above(narrow(named + ("".join(ledgers[0].title_words) if len(ledgers) == 1 else "")))
    known = vocabulary(tuple(ledgers))
    has_figures = cache(lambda row: _has_figures(head[row]))
    boxes = _boxes(sheet, range(top, top + len(head)))
    found = []
    for first, row in enumerate(head[:ROWS_SEARCHED], top):
        for depth in TIERS:
            bare = head[first - top : first - top + depth]
            tiers = _filled(boxes, bare, first)
            # A lower tier may hold one cell beside the merged ones, a title line holds no more than one.
            last = tiers[-1] if depth > 1 else bare[-1]
            if len(tiers) < depth or sum(map(bool, last)) < 2 or has_figures(first - top + depth - 1):
                break
            rows, headings = range(first, first + depth), _headings(tiers, known)
            for number in sorted({number for heading in headings for number in heading.choice}):
                if read := _understand(number, headings):
                    found.append(_candidate(sheet, ledgers[number], rows, read, above))
        above = above.with_row(row)
    return [candidate for candidate in found if candidate]


def _first_filled(sheet: Sheet) -> int:
    """The first row that holds anything; blank ones above it are no title."""
    firsts = (pc.index(pc.is_valid(column), True).as_py() for column in sheet.table.columns)
    return min((first for first in firsts if first >= 0), default=0)


def find_tables(sheets: Iterable[Sheet], ledgers: Iterable[Ledger], name: str) -> list[TableFound]:
    """The best reading of each sheet that has one, in the order of the sheets."""
    ledgers = list(ledgers)
    best = (max(candidates(s, ledgers, name), key=lambda c: c.score, default=None) for s in sheets)
    return [table for table in best if table]
