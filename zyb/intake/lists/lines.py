"""What each line of a list is: a row, a sum, a note, a place that heads the rows below it, or nothing.

Whole columns are looked at, never a line by itself: a list may have a million of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells.boxes import OPEN, TICKED
from zyb.intake.tables.bycontent import ENDINGS_OF_FIRMS
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.rulebook.columns import Column
from zyb.rulebook.regions import Roster
from zyb.rulebook.sheets import any_of, sheet_words

# RE2's \s knows no wide and no thin spaces.
_S = r"[\s\pZ]*"
_OF_SO_MANY = rf"{_S}[:：]?{_S}(共?\d+{_S}[家户个起件]?)?{_S}$"
TOTAL_LINE = (
    rf"^{_S}(合{_S}计|总{_S}计|小{_S}计|共{_S}计|累{_S}计|总{_S}数|合{_S}计{_S}数|汇{_S}总){_OF_SO_MANY}"
)
# What 数据—分类汇总 puts between the rows: 西安市 计数, 总计数.
SUBTOTAL_LINE = r"^.{1,40}[\s\pZ](计数|数值计数|汇总|求和|平均值|最大值|最小值|乘积)$|^.{1,40}(小计|合计|总计)[\s\pZ]*[:：]?[\s\pZ]*(共?\d+[家户个起件]?)?$|^总(计数|平均值|最大值|最小值)$"
# What sums up the rows of this table; 小计 sums up some of them, 累计 others besides.
WHOLE_TOTAL = rf"^{_S}(合{_S}计|总{_S}计|共{_S}计|总{_S}数|合{_S}计{_S}数|汇{_S}总){_OF_SO_MANY}"
# 5家 where an enterprise's name should stand: so many there are.
SO_MANY_NAME = rf"^{_S}共?{_S}\d+{_S}[家户个起件]{_S}$"
# 例：…, left from a template, and whether notes and signatures begin so: what follows the words of the rules.
AFTER_EXAMPLE = rf"{_S}([:：)）】\]]|\d{{0,2}}{_S}$)"
AFTER_NOTE = rf"{_S}([(（][^)）]*[)）])?{_S}\d*{_S}[:：、.]"
# Where an enterprise's name should stand, that there is none: 本县辖区内未发现…
NONE_HERE = r"((本|我|全|该)[县区市镇旗]|辖区)(内|辖区|域)?.{0,6}(无|没有|未发现).{0,12}"
# *西安市 and 一、西安市（12家）： are 西安市.
GROUP_DECORATION = r"^[*＊※★☆]+|[*＊※]+$|^[(（]?[一二三四五六七八九十\d]+[)）]?[、.．)）]|[:：]$|[(（]共?\d+[家户个起件]?[)）][:：]?$|[\s\pZ]+"
# A line of words that stands where an enterprise's name should, and heads or ends the rows around it.
WORDS = r"\p{Han}.*\p{Han}"
HEADS_ROWS = r"^[\s\pZ]*([(（]?[一二三四五六七八九十]{1,3}[)）、.．]|以下|下列|以上|上述|其中)|[:：][\s\pZ]*$"
FIRM = rf"({'|'.join(ENDINGS_OF_FIRMS)}){_S}$"
# A form's boxes that nobody has ticked: as good as blank.
UNTICKED = rf"^[^{TICKED}]*[{OPEN}][^{TICKED}]*$"
ANSWER = rf"^{_S}([0-9A-Z]{{15,18}}|[是否√×{TICKED}].*){_S}$"
COLUMN_NUMBERS = re.compile(r"[甲乙丙丁\d]{1,2}")
# A number must not be added up once for every row that its cell covers.
SPREAD = ("text", "uscc", "industry", "flag", "choice", "date", "year")
IDENTITY = ("text", "uscc")


def _none() -> np.ndarray:
    return np.array([], np.int64)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Numbers of lines, zero-based and in order, by what they are.

    `sums` are all lines of sums, `totals` those of the whole table. `groups` head the rows below them, and
    `places` says what stands there. `dividers` say something of the rows around them, and nobody knows what follows from it. `examples` show how to fill in the form, `nil` say that there is nobody
    to be listed.
    """

    rows: np.ndarray = field(default_factory=_none)
    nameless: np.ndarray = field(default_factory=_none)
    sums: np.ndarray = field(default_factory=_none)
    totals: np.ndarray = field(default_factory=_none)
    groups: np.ndarray = field(default_factory=_none)
    dividers: np.ndarray = field(default_factory=_none)
    examples: np.ndarray = field(default_factory=_none)
    nil: np.ndarray = field(default_factory=_none)
    places: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))


def whole(cells: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The cells in one piece."""
    found = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    if isinstance(found, pa.ChunkedArray):
        found = pa.concat_arrays(found.chunks) if found.num_chunks else pa.array([], pa.string())
    return found


def trimmed(cells: pa.ChunkedArray | pa.Array) -> pa.Array:
    text = pc.utf8_trim_whitespace(whole(cells))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def mask(answers: Any) -> np.ndarray:
    found: np.ndarray = pc.fill_null(answers, False).to_numpy(zero_copy_only=False)
    return found


def fields_of(found: TableFound) -> Iterator[tuple[Column, ColumnFound]]:
    for name, fields in found.fields.items():
        for at in fields:
            yield found.ledger.column(name), at


def lines_of(found: TableFound, roster: Roster) -> Lines:
    """Which lines count: neither blank nor 合计 nor a note; one with data but without its name is told apart."""
    at = next(iter(found.fields.get(found.ledger.key_column.name, ())), None)
    if at is None:
        return Lines()
    table = found.sheet.table
    lead, names = _lead(table, at.index), trimmed(table.column(at.index))
    named, numbers = mask(pc.is_valid(names)), np.arange(len(table))
    own, filled = _filled_cells(found)
    says = _Saying(lead, names)
    sums = says.either(TOTAL_LINE) | says.first(SUBTOTAL_LINE) | says.name(SO_MANY_NAME)
    examples = says.either(_example_line())
    lonely = (own == named) & (filled <= 1) & ~sums & (~named | mask(pc.equal(lead, names)))
    heads, places = _groups(roster, lead, np.flatnonzero(lonely))
    groups = np.isin(numbers, heads)
    dividers = lonely & ~groups & mask(pc.match_substring_regex(lead, WORDS))
    dividers &= ~named | (says.first(_divider()) & ~mask(pc.match_substring_regex(lead, FIRM)))
    notes = says.first(_note_line())
    if notes.any():  # a row that answers what is asked is none, whatever it begins with
        notes &= ~((own >= 2) & _answered(found))
    notes[_stating(found, lead, np.flatnonzero(lonely))] = True
    speaks = (numbers >= found.body_row) & ~notes
    speaks[found.body_row : found.body_row + 1] &= not _numbers_the_columns(found)
    speaks &= ~_repeats_the_headings(found)
    nil = says.name(_nil_name())
    if nil.any():
        nil &= ~_coded(found)
    below = speaks & ~sums & ~groups & ~dividers & ~examples & ~nil
    last = np.flatnonzero(below & named & (own >= 2))
    inside = numbers <= last[-1] if len(last) else np.zeros(len(table), bool)
    filled = filled + mask(pc.match_substring_regex(lead, r"^\d+$"))
    if len(last):  # a line of text further down is a note or a signature, whatever it says
        below &= inside | (filled >= 2)
    told = speaks[heads]
    summing = np.flatnonzero(speaks & sums)
    summed = pa.array(summing)
    return Lines(
        rows=np.flatnonzero(below & named),
        nameless=np.flatnonzero(below & ~named & (own >= 1) & ((filled >= 2) | inside)),
        sums=summing,
        totals=summing[_Saying(lead.take(summed), names.take(summed)).either(WHOLE_TOTAL)],
        groups=heads[told],
        dividers=np.flatnonzero(speaks & dividers & inside & ~nil & ~examples),
        examples=np.flatnonzero(speaks & examples & (own >= 1)),
        nil=np.flatnonzero(speaks & nil),
        places=places.filter(pa.array(told)),
    )


def _stating(found: TableFound, lead: pa.Array, lonely: np.ndarray) -> np.ndarray:
    """Of lines that say nothing else, those that state a column of the rows below: 帮扶单位：徐州市职业病防治院."""
    labels = [column.stated for column in found.ledger.stored if column.stated]
    if not labels or not len(lonely):
        return lonely[:0]
    pattern = rf"^{_S}({any_of(labels)})[^:：]{{0,12}}[:：]"
    stating: np.ndarray = lonely[mask(pc.match_substring_regex(lead.take(pa.array(lonely)), pattern))]
    return stating


def _example_line() -> str:
    return rf"^{_S}[(（【\[]?{_S}({sheet_words().examples}){AFTER_EXAMPLE}"


def _note_line() -> str:
    return rf"^{_S}[(（*※]?{_S}({sheet_words().notes}){AFTER_NOTE}"


def _nil_name() -> str:
    words = sheet_words()
    return rf"^{_S}({words.nil}|({words.nil_begins}).{{0,12}}|{NONE_HERE}){_S}[。.]?{_S}$"


def _divider() -> str:
    """（三）经核实移出名单企业, 以下企业已退出治理："""
    words = sheet_words()
    return rf"{HEADS_ROWS}|{words.against}|{words.set_aside}"


def _coded(found: TableFound) -> np.ndarray:
    """Whether a row has a code: whatever its name, somebody is meant."""
    column = found.ledger.of_type("uscc")
    fields = found.fields.get(column.name, ()) if column else ()
    coded = np.zeros(found.sheet.n_rows, bool)
    for at in fields:
        coded |= mask(pc.match_substring_regex(found.sheet.table.column(at.index), r"[0-9A-Z]{9,}"))
    return coded


def _repeats_the_headings(found: TableFound) -> np.ndarray:
    """The headings once more, as on the top of every printed page: all that a row says are they."""
    repeats = np.ones(found.sheet.n_rows, bool)
    some = np.zeros(found.sheet.n_rows, np.int16)
    headings = found.sheet.rows(found.heading_row, found.body_row)[0]
    for _, at in fields_of(found):
        cells = found.sheet.table.column(at.index)
        same = mask(pc.equal(cells, headings[at.index]))
        repeats &= same | ~mask(pc.is_valid(cells))
        some += same
    found_rows: np.ndarray = repeats & (some > 1)
    return found_rows


class _Saying:
    """What lines say by their first text, or by what stands for the name. Most say none of it, which a single search
    through a column tells: only the others are asked one by one."""

    def __init__(self, lead: pa.Array, names: pa.Array) -> None:
        said = (
            TOTAL_LINE,
            SUBTOTAL_LINE,
            SO_MANY_NAME,
            _example_line(),
            _divider(),
            _note_line(),
            _nil_name(),
        )
        anything = "|".join(f"(?:{pattern})" for pattern in said)
        found = (mask(pc.match_substring_regex(texts, anything)) for texts in (lead, names))
        self._lines = np.flatnonzero(np.logical_or(*found))
        self._size = len(lead)
        self._lead, self._names = (texts.take(pa.array(self._lines)) for texts in (lead, names))

    def first(self, pattern: str) -> np.ndarray:
        return self._where(self._lead, pattern)

    def name(self, pattern: str) -> np.ndarray:
        return self._where(self._names, pattern)

    def either(self, pattern: str) -> np.ndarray:
        found: np.ndarray = self.first(pattern) | self.name(pattern)
        return found

    def _where(self, texts: pa.Array, pattern: str) -> np.ndarray:
        found = np.zeros(self._size, bool)
        found[self._lines] = mask(pc.match_substring_regex(texts, pattern))
        return found


def _groups(roster: Roster, lead: pa.Array, lonely: np.ndarray) -> tuple[np.ndarray, pa.Array]:
    """Of lines that say nothing else, those whose text is a region or a county, and what it is called."""
    bare = pc.replace_substring_regex(lead.take(pa.array(lonely)), GROUP_DECORATION, "")
    bare = pc.replace_substring_regex(bare, rf"^({roster.province}|{roster.province_short})", "")
    known = pa.array([*roster.names, *_county_names(roster)], pa.string())
    is_place = mask(pc.is_in(bare, value_set=known))
    return lonely[is_place], bare.filter(pa.array(is_place))


def _county_names(roster: Roster) -> Iterator[str]:
    """Whole names only: 桥西区, 石家庄市桥西区; a firm may well be called 桥西."""
    names = {county.code: county.name for county in roster.counties}
    yield from names.values()
    for former in roster.former:
        yield from (former.name, former.parent + former.name)
    for region in roster.regions:
        yield from (region.name + names[code] for code in region.members if code in names)


def _filled_cells(found: TableFound) -> tuple[np.ndarray, np.ndarray]:
    """How many of the ledger's cells each row fills: without those that only say where and when, and in all."""
    own = np.zeros(found.sheet.n_rows, np.int16)
    around = own.copy()
    for column, at in fields_of(found):
        cells = found.sheet.table.column(at.index)
        filled = mask(pc.is_valid(cells))
        if column.ticked:
            filled &= ~mask(pc.match_substring_regex(cells, UNTICKED))
        counts = around if column.type in ("region", "county", "year") else own
        counts += filled
    return own, own + around


def _answered(found: TableFound) -> np.ndarray:
    """Whether a row has a code or a 是 or 否 where one is asked for; those who sign give names and days."""
    answered = np.zeros(found.sheet.n_rows, bool)
    for column, at in fields_of(found):
        if column.type in ("uscc", "flag", "choice"):
            answered |= mask(pc.match_substring_regex(found.sheet.table.column(at.index), ANSWER))
    return answered


def _lead(table: pa.Table, last: int) -> pa.Array:
    """The first text of each row up to the name: 1, 合计, 注：…"""
    cells = [trimmed(table.column(index)) for index in range(last + 1)]
    return pc.coalesce(*cells)


def _numbers_the_columns(found: TableFound) -> bool:
    """“甲 1 2 3” right below the headings."""
    first = found.sheet.rows(found.body_row, found.body_row + 1)
    said = [text.strip() for text in first[0] if text.strip()] if first else []
    return len(said) > 2 and all(COLUMN_NUMBERS.fullmatch(text) for text in said)


# -- cells merged downwards -----------------------------------------------------------------


def spread(found: TableFound) -> TableFound:
    """The table with what a cell merged over several rows says in each of them that says something itself.

    Two rows merged throughout, for a taller line, stay one.
    """
    boxes = [box for box in found.sheet.merged if box[0] >= found.body_row and box[2] > box[0]]
    if not boxes:
        return found
    said = _filled_cells(found)[0] > 0
    table = found.sheet.table
    names = _sources(boxes, _key_index(found), said)
    for column, at in fields_of(found):
        if column.type in SPREAD:
            source = _sources(boxes, at.index, said)
            cells = whole(table.column(at.index))
            filled = cells.take(pa.array(source))
            if column.type == "uscc":  # the code stands beside the merged name, in its first row
                filled = pc.coalesce(filled, cells.take(pa.array(names)))
            table = table.set_column(at.index, table.column_names[at.index], filled)
    return replace(found, sheet=replace(found.sheet, table=table))


def _key_index(found: TableFound) -> int:
    at = found.fields.get(found.ledger.key_column.name, ())
    return at[0].index if at else -1


def _sources(boxes: list[tuple[int, int, int, int]], column: int, said: np.ndarray) -> np.ndarray:
    """For every line the line whose cell in the column holds for it. Cells that overlap are none of Excel's: the
    first of them holds."""
    source, end = np.arange(len(said)), 0
    for top, bottom in sorted((top, bottom) for top, left, bottom, _ in boxes if left == column):
        if top >= end:
            end = min(bottom + 1, len(said))
            covered = source[top:end]
            covered[said[top:end]] = top
    return source
