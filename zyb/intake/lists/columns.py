"""Lists of enterprises and cases, read column by column: a million rows cost what their distinct texts cost.

Each column is dictionary-encoded; a distinct text is understood once, in readable Python, and its
meaning is spread over the rows by Arrow. Only codes are worked on in bulk, by their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells import codes
from zyb.intake.cells.answers import Word
from zyb.intake.cells.readers import READERS
from zyb.intake.cells.values import narrow
from zyb.intake.context import stated, stated_in
from zyb.intake.lists.county_sources import with_counties
from zyb.intake.lists.findings import Finding, Words
from zyb.intake.lists.institutions import of_the_province
from zyb.intake.lists.legends import with_legend
from zyb.intake.lists.lines import fields_of, lines_of, mask, spread, whole
from zyb.intake.lists.places import regions_of
from zyb.intake.lists.reader import ListReader, text_at
from zyb.intake.tables.found import ColumnFound
from zyb.reading.cells import holds
from zyb.records import NO_YEAR
from zyb.rulebook.columns import Column

# A column of answers has few different ones.
LOOKED_AT_TOGETHER = 100
ARROW = {
    "count": pa.int64(), "percent": pa.int64(), "text": pa.string(), "flag": pa.string(), "date": pa.date32(),
    "uscc": pa.string(), "industry": pa.string(), "choice": pa.string(),
}  # fmt: skip


# So many lines that part a list are told one by one.
DIVIDERS_TOLD = 50
MERGED_LOOKED_AT = 200
# A line that states something of the rows below begins in one of the first columns.
LABELS_STAND_IN = 3


@dataclass(frozen=True)
class ListBody:
    """The rows as adopted, and what is wrong with them."""

    table: pa.Table
    findings: tuple[Finding, ...]


# -- which rows count ---------------------------------------------------------------------


def _rows_that_count(reader: ListReader) -> None:
    reader.found = spread(reader.found)
    lines = reader.lines = lines_of(reader.found, reader.roster)
    reader.rows = lines.rows
    key = reader.ledger.key_column
    at = reader.field_of(key)
    if at is None:
        return
    of_ledger: Words = {"ledger": reader.ledger.title}
    told: list[tuple[str, np.ndarray, str, Words]] = [
        ("example_row", lines.examples, "", {}),
        ("nil_row", lines.nil, "", {}),
        ("nameless_row", lines.nameless, "", {"column": key.title}),
        *(("divided_list", rows, text, of_ledger) for rows, text in _dividers(reader)),
        *(("merged_rows", rows, "", {**of_ledger, "count": n}) for rows, n in _merged_names(reader, at)),
    ]
    reader.findings += [
        Finding(code=code, sheet=reader.sheet.name, column=at.index, rows=rows, value=value, words=words)
        for code, rows, value, words in told
        if len(rows)
    ]


def _dividers(reader: ListReader) -> Iterator[tuple[np.ndarray, str]]:
    """Lines that part the list, each with its text."""
    for row in reader.lines.dividers[:DIVIDERS_TOLD]:
        cells = reader.sheet.rows(int(row), int(row) + 1)[0]
        yield np.array([row]), next(filter(None, map(str.strip, cells)), "")


def _merged_names(reader: ListReader, at: ColumnFound) -> Iterator[tuple[np.ndarray, int]]:
    """Where a name is merged over several rows that count, the first of them and their number: one enterprise or case
    with a row for each of its hazards, and counted as many."""
    for top, left, bottom, _ in reader.sheet.merged[:MERGED_LOOKED_AT]:
        if left == at.index and bottom > top >= reader.found.body_row:
            number = int(np.count_nonzero((reader.rows >= top) & (reader.rows <= bottom)))
            if number > 1:
                yield np.array([top]), number


# -- one column at a time -----------------------------------------------------------------


def _adopt(reader: ListReader, column: Column, at: ColumnFound) -> pa.Array:
    """Typed values; what had to be refused or understood becomes a finding."""
    if column.type == "text":
        return reader.texts(at)
    if column.type == "uscc":
        return _adopt_codes(reader, at, reader.texts(at))
    encoded = _without_unclear(reader, column, at, reader.distinct(at))
    texts = encoded.dictionary.to_pylist()
    context = replace(reader.context, beside=frozenset(map(narrow, texts[:LOOKED_AT_TOGETHER])))
    known = with_legend(reader, column, at)
    words = [READERS[column.type](known, text, context) for text in texts]
    _report_words(reader, column, at, encoded, words)
    values = pa.array([word.value for word in words], ARROW[column.type])
    return values.take(encoded.indices) if len(values) else pa.nulls(len(encoded), ARROW[column.type])


def _without_unclear(reader: ListReader, column: Column, at: ColumnFound, encoded: pa.Array) -> pa.Array:
    """Days without those that are a number 2024.1: January, or an October whose zero was not kept."""
    told = (
        [row for row, index in reader.sheet.doubts.unclear if index == at.index]
        if column.type == "date"
        else []
    )
    places = np.flatnonzero(np.isin(reader.rows, told))
    if not len(places):
        return encoded
    texts = encoded.dictionary_decode()
    reader.report("october_or_january", at, places, np.zeros(len(places), np.int8), lambda place: (
        text_at(texts, place), {"column": column.title}
    ))  # fmt: skip
    known = np.ones(len(encoded), bool)
    known[places] = False
    return pc.if_else(pa.array(known), texts, pa.scalar(None, pa.string())).dictionary_encode()


def _report_words(
    reader: ListReader, column: Column, at: ColumnFound, encoded: pa.DictionaryArray, words: list[Word]
) -> None:
    """The rows of every distinct text that something is to be said about."""
    if not any(word.code for word in words):
        return
    indices = pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False)
    shown, numbers = ([text(word) for word in words] for text in (_shown, _number))
    say = _SayWord(column, encoded.dictionary, pa.array(shown), pa.array(numbers), indices)
    for code in dict.fromkeys(word.code for word in words if word.code):
        faulty = np.array([word.code == code for word in words] + [False])
        places = np.flatnonzero(faulty[indices])
        reader.report(code, at, places, indices[places], say)


def _shown(word: Word) -> str:
    return word.shown


def _number(word: Word) -> str:
    """The value as it goes in; what is shown may be something else: 中型应为 300 至 999 人."""
    return "" if word.value is None else str(word.value)


@dataclass(frozen=True)
class _SayWord:
    """`indices` numbers the distinct text of every row, and what is shown of it."""

    column: Column
    texts: pa.Array
    shown: pa.Array
    numbers: pa.Array
    indices: np.ndarray

    def __call__(self, place: int) -> tuple[str, Words]:
        index = int(self.indices[place])
        shown, options = text_at(self.shown, index), "、".join(self.column.options)
        number = text_at(self.numbers, index)
        words: Words = {"column": self.column.title, "number": number, "shown": shown, "options": options}
        return text_at(self.texts, index), words


def _adopt_codes(reader: ListReader, at: ColumnFound, texts: pa.Array) -> pa.Array:
    plain = codes.plain_codes(texts)
    lost = codes.lost_digits(plain)
    short = codes.wrong_length(plain) & ~lost
    reader.report_texts("code_lost_digits", at, lost, texts)
    reader.report_texts("code_length", at, short, texts)
    reader.report_texts("code_check_digit", at, codes.fails_check(plain) & ~lost, texts)
    return plain


def _cell_faults(reader: ListReader) -> None:
    faults = reader.sheet.faults
    told = np.array([row for row, _, _ in faults], np.int64)
    counted = set(told[np.isin(told, reader.rows)].tolist()) if faults else set()
    meant = {at.index for _, at in fields_of(reader.found)}
    reader.findings += [
        Finding(code="cell_fault", sheet=reader.sheet.name, column=index, rows=np.array([row]), value=text)
        for row, index, text in faults
        if row in counted and index in meant
    ]


# -- years ----------------------------------------------------------------------------------


def _years(reader: ListReader) -> pa.Array:
    from zyb.intake.cells.values import year

    column = reader.ledger.of_type("year")
    if column is None:
        return pa.array(np.full(len(reader.rows), NO_YEAR, np.int32))
    at = reader.field_of(column)
    default = reader.context.year or NO_YEAR
    if at is None:
        return pa.array(np.full(len(reader.rows), default, np.int32))
    encoded = reader.distinct(at)
    read = [year(text) for text in encoded.dictionary.to_pylist()]
    words = [Word(y, "" if y else "unclear_year") for y in read]
    _report_words(reader, column, at, encoded, words)
    values = pa.array([y or NO_YEAR for y in read], pa.int32()).take(encoded.indices)
    return pc.fill_null(values, default)


# -- the whole table ----------------------------------------------------------------------


def read_list(reader: ListReader) -> ListBody:
    """Rows, columns, places, years; the checks across columns are in zyb.intake.lists.checks."""
    _rows_that_count(reader)
    _cell_faults(reader)
    size = len(reader.rows)
    own = {one.name: _stored(reader, one, size) for one in reader.ledger.stored if one.institution}
    placed = with_counties(reader, regions_of(reader, of_the_province(reader, own)))
    columns: dict[str, pa.Array] = {
        "sheet": pa.repeat(reader.sheet.name, size),
        "line": pa.array((reader.rows + 1).astype(np.int32)),
        "region_code": placed.regions,
        "county_code": placed.counties,
        "year": _years(reader),
    }
    if reader.ledger.of_type("county"):
        columns["county_source"] = placed.sources
    for column in reader.ledger.stored:
        found = own.get(column.name)
        columns[column.name] = _stored(reader, column, size) if found is None else found
    return ListBody(pa.table(columns), tuple(reader.findings))


def _stored(reader: ListReader, column: Column, size: int) -> pa.Array:
    at = reader.field_of(column)
    return _adopt(reader, column, at) if at else _absent(reader, column, size)


def _absent(reader: ListReader, column: Column, size: int) -> pa.Array:
    """A column that the form states above the table (帮扶单位：…), or that is not there at all."""
    if not column.stated:
        return pa.nulls(size, ARROW[column.type])
    labels = (column.stated, *column.headings)
    said = stated(reader.around, labels)
    if sections := _sections(reader, labels):
        lines, names = zip(*sections, strict=True)
        which = np.searchsorted(np.array(lines), reader.rows)
        return pa.array([said, *names], pa.string()).take(pa.array(which))
    return pa.repeat(said, size) if said is not None else pa.nulls(size, ARROW[column.type])


def _sections(reader: ListReader, labels: Sequence[str]) -> list[tuple[int, str]]:
    """Lines within the list that state it anew (帮扶单位：徐州市职业病防治院), with what they state of the rows below."""
    lines = _other_lines(reader, labels[0])
    said = (
        (row, stated_in([" ".join(filter(None, reader.sheet.rows(row, row + 1)[0]))], labels))
        for row in lines
    )
    return [(row, name) for row, name in said if name]


def _other_lines(reader: ListReader, label: str) -> list[int]:
    """Lines of the body that are no rows of it and begin with the label."""
    found: set[int] = set()
    for column in reader.sheet.table.columns[:LABELS_STAND_IN]:
        if holds(whole(column), label.encode()):
            begins = pc.match_substring_regex(
                whole(column), rf"^[\s\pZ]*{re.escape(label)}[^:：]{{0,12}}[:：]"
            )
            found.update(np.flatnonzero(mask(begins)).tolist())
    lines = np.array(sorted(row for row in found if row >= reader.found.body_row), np.int64)
    return [int(row) for row in lines[~np.isin(lines, reader.rows)]]
