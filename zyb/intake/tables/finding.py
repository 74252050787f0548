"""Finding the table in a sheet: which rows are headings, which ledger they speak of, which column means what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

import pyarrow.compute as pc

from zyb.intake.cells.as_of import find_days
from zyb.intake.cells.values import LONGEST_LINE, count, narrow
from zyb.intake.rosters import names_region
from zyb.intake.tables.assigning import TELLS_MORE, Assignment, HeadingFound, assigned, headings_of
from zyb.intake.tables.bycontent import Contents, with_content
from zyb.intake.tables.found import ROWS_SEARCHED, ColumnFound, TableFound
from zyb.intake.tables.layouts.lengthwise import a_line_a_region
from zyb.intake.tables.layouts.rearranging import one_below_the_other, turned
from zyb.intake.tables.marked import Marked, marked
from zyb.intake.tables.sides import sides_of
from zyb.intake.tables.tiers import (
    Boxes,
    are_tiers,
    boxes_of,
    filled,
    flatten,
    groups_over,
    has_figures,
    is_one_year,
)
from zyb.intake.tables.vocabulary import vocabulary
from zyb.reading import Sheet
from zyb.rulebook.book import rule
from zyb.rulebook.columns import FIGURES, common_headings
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.lexicon.headings import plain_heading

TIERS = (1, 2, 3)
TITLE_WORD = 4
SOME_YEAR = 2000
# The sheet's own title says the ledger's whole name: then its columns are missing, it is not another ledger's table.
WHOLE_TITLE = 1000
MISSING = 20
# Headings of which the lower tiers are taken for data are worse than a column that is missing.
HALF_READ = 3
# Cells on top of a sheet that might be headings: a form of three tiers has a hundred.
MOST_HEADINGS = 3000
TELLING = ("flag", "choice", "date")


def _makes_sense(ledger: Ledger, fields: Mapping[str, tuple[ColumnFound, ...]], spoken: str) -> bool:
    """A summary needs its region and a figure; a list one of its required columns and what tells it from others."""
    if ledger.is_list:
        required = [c.name for c in ledger.columns if c.required and not c.stated and c.name in fields]
        # A name, a code and a telephone number are in every list.
        telling = any(ledger.column(name).type in TELLING for name in fields)
        titled = any(word in spoken for word in ledger.title_words)
        # With its whole name above, even the columns that it cannot do without may be called otherwise.
        named = narrow(ledger.title) in spoken and len(fields) > len(required) + 1
        key = ledger.key_column.name in fields
        if not key and any(
            len(twins) > 1 and ledger.column(name).type in TELLING for name, twins in fields.items()
        ):
            return False  # 粉尘 | 噪声 over 纳入 | 完成, of regions
        return len(fields) > 1 and (named or bool(required)) and (telling or len(required) > 1 or titled)
    region = ledger.of_type("region")
    if region and region.name not in fields:
        return _figures_of_one_region(ledger, fields, spoken)
    titled = any(word in spoken for word in ledger.title_words)
    return titled or any(ledger.column(name).type in FIGURES for name in fields)


def _figures_of_one_region(
    ledger: Ledger, fields: Mapping[str, tuple[ColumnFound, ...]], spoken: str
) -> bool:
    """Nothing but the figures, all of them: the title must speak of the ledger, or the headings be its own."""
    wanted = [column for column in ledger.columns if column.required and column.type != "region"]
    if not wanted or any(column.name not in fields for column in wanted):
        return False
    own = all(plain_heading(fields[column.name][0].heading) in column.headings for column in wanted)
    return any(word in spoken for word in ledger.title_words) or (own and len(wanted) > 1)


@dataclass(frozen=True)
class _Above:
    """What stands above some row, with the names of sheet and file: in one piece, and line by line."""

    spoken: str
    names: str
    lines: tuple[str, ...] = ()
    of_any: bool = False
    """Whether it is asked what the table may be, whatever its title speaks of."""

    def with_row(self, row: list[str]) -> _Above:
        line = narrow("".join(row)[:LONGEST_LINE])
        return replace(self, spoken=self.spoken + line, lines=(*self.lines, line))

    def speaks_rather_of(self, other: Ledger, ledger: Ledger) -> bool:
        """Whether the title names the other and not this one: by words that are its own, or where this has none."""
        if self.of_any or not self.titled(other) or not self._names(other.title_words):
            return False
        own, theirs = (self._names(_own_words()[one.id]) for one in (ledger, other))
        return theirs > own or not self._names(ledger.title_words) or self._lines_name(other, ledger)

    def _lines_name(self, other: Ledger, ledger: Ledger) -> bool:
        """Whether the title itself names the other and not this one, whatever the file is called."""
        title = self.title[len(self.names) :]
        named = any(word in title for word in _own_words()[other.id])
        return named and not any(word in title for word in (ledger.title, *ledger.title_words))

    def _names(self, words: Iterable[str]) -> int:
        return sum(word in self.title for word in words)

    @cached_property
    def title(self) -> str:
        """Without lines that say who reports (填报单位：宝鸡市疾控中心), of what day and in which unit."""
        return "".join((self.names, *(line for line in self.lines if ":" not in line)))

    def titled(self, ledger: Ledger) -> int:
        title = narrow(ledger.title)
        if self.of_any:
            return TITLE_WORD
        if any(word in self.spoken for word in ledger.other_words):
            return 0
        words = TITLE_WORD * sum(word in self.spoken for word in ledger.title_words)
        return words + WHOLE_TITLE * any(title in line for line in self.lines)


@rule
def _own_words() -> dict[str, tuple[str, ...]]:
    """The words of each ledger's title that no other's has: 四率, but not 台账."""
    known = ledgers().values()
    return {
        one.id: tuple(
            word
            for word in one.title_words
            if not any(
                word in said
                for other in known
                if other is not one
                for said in (other.title, *other.title_words)
            )
        )
        for one in known
    }


def _candidate(
    head: _Head,
    ledger: Ledger,
    ledgers: Sequence[Ledger],
    rows: range,
    read: Assignment,
    above: _Above,
    below: _Below,
) -> TableFound | None:
    unknown = tuple(ColumnFound(index=one.at, heading=one.text, like=one.like) for one in read.unknown)
    found = with_content(
        TableFound(
            sheet=head.sheet, ledger=ledger, first_row=rows.start, body_row=rows.stop, score=0,
            fields=read.fields, unknown=unknown, titled=bool(above.titled(ledger)),
        ),
        head.contents,
    )  # fmt: skip
    if not _makes_sense(ledger, found.fields, above.spoken):
        return None
    named = tuple(one for one in ledgers if one.id != ledger.id and above.speaks_rather_of(one, ledger))
    left_out = len(found.missing) + found.placeless + found.shortened
    left_out += HALF_READ * _goes_on(found, below)
    score = read.score + above.titled(ledger) - len(rows) - 2 * len(found.unknown) - MISSING * left_out
    return replace(found, score=score, named=named)


def _goes_on(found: TableFound, below: _Below) -> bool:
    """Whether the headings go on below: under a count stand words (合计, 其中：大型) in a line that is of no place."""
    words = below.words
    columns = [(found.ledger.column(name), twins) for name, twins in found.fields.items()]
    under_a_count = any(
        one.index in words for column, twins in columns if column.type in FIGURES for one in twins
    )
    places = [one.index for column, twins in columns if column.type == "region" for one in twins]
    return under_a_count and (len(words) > 1 or (bool(places) and not any(below.cells[at] for at in places)))


@dataclass(frozen=True)
class _Below:
    """The row below the headings."""

    cells: Sequence[str]

    @cached_property
    def words(self) -> set[int]:
        """The columns in which it holds no number."""
        return {n for n, cell in enumerate(self.cells) if cell and count(cell).fault == "not_a_number"}


@dataclass(frozen=True)
class _Head:
    """The first rows of a sheet, in which the headings are looked for."""

    sheet: Sheet
    top: int
    rows: list[list[str]]
    boxes: Boxes
    contents: Contents

    def row(self, number: int) -> list[str]:
        """Blank where it is not looked at, or the sheet has ended."""
        return self.rows[number - self.top] if number - self.top < len(self.rows) else []

    def tiers(self, first: int, depth: int) -> list[list[str]] | None:
        """`depth` rows from `first` on as headings; none where the last of them can be no heading.

        A lower tier may hold one cell beside the merged ones, a title line holds no more than one.
        """
        bare = self.rows[first - self.top : first - self.top + depth]
        tiers = filled(self.boxes, bare, first)
        last = tiers[-1] if depth > 1 else bare[-1]
        told = len(tiers) == depth and (sum(map(bool, last)) > 1 or (depth > 1 and is_one_year(last)))
        return tiers if told and are_tiers(tiers) else None


def _head(sheet: Sheet) -> _Head:
    top = _first_filled(sheet)
    rows = sheet.rows(top, top + ROWS_SEARCHED + max(TIERS))
    return _Head(sheet, top, rows, boxes_of(sheet, range(top, top + len(rows))), Contents(sheet))


def candidates(
    sheet: Sheet, ledgers: Sequence[Ledger], name: str, *, whatever: bool = False
) -> list[TableFound]:
    """Every reading of the sheet's head as one of the ledgers. The only one that it may be needs no title; nor does
    any when it is asked `whatever` the table may be."""
    head = _head(sheet)
    named = name[:LONGEST_LINE] + sheet.name[:LONGEST_LINE]
    alone = "".join(ledgers[0].title_words) if len(ledgers) == 1 else ""
    above = _Above(narrow(named + alone), narrow(named), of_any=whatever)
    known = vocabulary(tuple(ledgers))
    is_data = cache(lambda row: _is_data(head.rows[row]))
    found: list[TableFound] = []
    looked_at = 0
    for first, row in enumerate(head.rows[:ROWS_SEARCHED], head.top):
        if looked_at > MOST_HEADINGS:
            break
        for depth in TIERS:
            tiers = head.tiers(first, depth)
            if tiers is None or is_data(first - head.top + depth - 1):
                break
            rows = range(first, first + depth)
            over = groups_over(head.rows, head.boxes, first, head.top)
            columns, sides = flatten(tiers), sides_of(tiers, sheet, rows.stop)
            views = _Views(_View(head, headings_of(columns, known, over, sides)))
            if ticked := marked(tiers, sheet, rows.stop, ledgers):
                views = replace(
                    views, of_lists=_ticked(head, ticked, headings_of(ticked.headings(columns), known, over))
                )
            looked_at += len(views.all)
            found += _readings(views, ledgers, rows, above)
        if not found or len(set(filter(None, row))) == 1:
            above = above.with_row(
                row
            )  # what stands in the table is no title of the headings that it repeats
    return found


@dataclass(frozen=True)
class _View:
    """The headings over some rows; `ticks`: how many of them are questions whose ticked answers were read."""

    head: _Head
    headings: Sequence[HeadingFound]
    ticks: int = 0


def _ticked(head: _Head, ticked: Marked, headings: Sequence[HeadingFound]) -> _View:
    read = replace(head, sheet=ticked.sheet, contents=Contents(ticked.sheet))
    return _View(read, headings, len(ticked.columns))


@dataclass(frozen=True)
class _Views:
    """The same headings for summaries and for lists, where ticks answer a question."""

    plain: _View
    of_lists: _View | None = None

    @property
    def all(self) -> list[HeadingFound]:
        return [*self.plain.headings, *(self.of_lists.headings if self.of_lists else ())]

    def of(self, ledger: Ledger) -> _View:
        return (self.of_lists or self.plain) if ledger.is_list else self.plain


def _readings(views: _Views, ledgers: Sequence[Ledger], rows: range, above: _Above) -> Iterator[TableFound]:
    below = _Below(views.plain.head.row(rows.stop))
    ignored = common_headings()["ignored"]
    years = any(heading.recognised.said.core == {"year"} for heading in views.all)
    numbers = {number for heading in views.all for number in heading.recognised.choice}
    for number in sorted(numbers | set(range(len(ledgers)) if years else ())):
        ledger = ledgers[number]
        view, titled = views.of(ledger), bool(above.titled(ledger))
        read = assigned(number, ledger, view.headings, ignored, titled)
        if read and (candidate := _candidate(view.head, ledger, ledgers, rows, read, above, below)):
            yield replace(candidate, score=candidate.score + TELLS_MORE * view.ticks)


def _is_data(row: list[str]) -> bool:
    """A row with figures, or one that names a place of the country: no heading does."""
    return has_figures(row) or any(names_region(cell) for cell in row if cell)


def _first_filled(sheet: Sheet) -> int:
    """The first row that holds anything; blank ones above it are no title."""
    firsts = (pc.index(pc.is_valid(column), True).as_py() for column in sheet.table.columns)
    return min((first for first in firsts if first >= 0), default=0)


def find_tables(sheets: Iterable[Sheet], ledgers: Iterable[Ledger], name: str) -> list[TableFound]:
    """The best reading of each sheet that has one, in the order of the sheets."""
    ledgers = list(ledgers)
    best = (_laid_out_somehow(sheet, ledgers, name) for sheet in sheets)
    return [table for found in best if found for table in of_each_moment(found)]


def _laid_out_somehow(sheet: Sheet, ledgers: Sequence[Ledger], name: str) -> TableFound | None:
    """As it stands; where that makes no whole table and it has a line for each figure, with a line for each region."""
    found = _reading(one_below_the_other(sheet), ledgers, name)
    if found and not (found.missing or found.placeless):
        return found
    other = a_line_a_region(sheet)
    return found if other is sheet else _reading(other, ledgers, name) or found


def _reading(sheet: Sheet, ledgers: Sequence[Ledger], name: str) -> TableFound | None:
    """As it stands, or, where that makes no whole table, with its columns as lines."""
    upright = _best(candidates(sheet, ledgers, name))
    if upright and (upright.ledger.is_list or not (upright.missing or upright.placeless)):
        return upright
    lying = turned(sheet)
    other = _best(candidates(lying, ledgers, name)) if lying else None
    if other and not (other.missing or other.placeless or other.ledger.is_list):
        return other
    known = upright and (upright.titled or not upright.missing)
    return upright if known else _untitled(sheet, ledgers, name) or upright


def _untitled(sheet: Sheet, ledgers: Sequence[Ledger], name: str) -> TableFound | None:
    """What the table would be if its title said so: of 地区 | 任务数 nobody knows which tasks, and that is asked."""
    guesses = [
        one
        for one in candidates(sheet, ledgers, name, whatever=True)
        if not (one.missing or one.placeless or one.ledger.is_list)
    ]
    best = _best(guesses)
    if best is None or len(ledgers) == 1:
        return None
    others = dict.fromkeys(one.ledger for one in guesses if one.ledger.id != best.ledger.id)
    return replace(best, rivals=tuple(others) or (best.ledger,))


def _best(found: Sequence[TableFound]) -> TableFound | None:
    """The reading that most speaks for; with the other ledgers that as much speaks for."""
    best = max(found, key=lambda one: one.score, default=None)
    if best is None:
        return None
    equal = [one.ledger for one in found if one.score == best.score and one.ledger.id != best.ledger.id]
    return replace(best, rivals=tuple(dict.fromkeys(equal)))


def of_each_moment(found: TableFound) -> list[TableFound]:
    """Months side by side are as many reports, each with the columns of its month. Counts that stand beside them without
    a month are of the latest one: an earlier report that would need them is none. Where of the latest month not all is
    understood, it is asked about, and no earlier one goes in for it."""
    moments = list(
        dict.fromkeys(one.moment for twins in found.fields.values() for one in twins if one.moment)
    )
    if len(moments) < 2:
        return [replace(_of_moment(found, one), moment=one) for one in moments] or [found]
    latest = max(moments, key=_when)
    whole = replace(_of_moment(found, latest), moment=latest, beside=True)
    tables, left_over = [], list(found.unknown)
    for moment in [latest] if whole.missing else moments:
        own = _of_moment(_without_undated_counts(found), moment)
        if moment == latest:
            tables.append(whole)
        elif {column.name for column in own.missing} <= {column.name for column in whole.missing}:
            tables.append(replace(own, moment=moment, beside=True))
        else:
            left_over += [one for twins in own.fields.values() for one in twins if one.moment]
    unknown = tuple(sorted(left_over, key=lambda one: one.index))
    return [replace(table, unknown=unknown) for table in tables]


def _when(moment: str) -> date:
    """To tell the later of two: a month without a year is of the same year as the other."""
    days = find_days((f"截至{moment.removeprefix('截至').removeprefix('截止')}", f"{SOME_YEAR}年"), (), ())
    return days.found.day if days.found else date.min


def _without_undated_counts(found: TableFound) -> TableFound:
    kept = {
        name: twins
        for name, twins in found.fields.items()
        if found.ledger.column(name).type not in FIGURES or any(one.moment for one in twins)
    }
    return replace(found, fields=kept)


def _of_moment(found: TableFound, moment: str) -> TableFound:
    own = {
        name: tuple(one for one in twins if one.moment in ("", moment))
        for name, twins in found.fields.items()
    }
    return replace(found, fields={name: twins for name, twins in own.items() if twins})
