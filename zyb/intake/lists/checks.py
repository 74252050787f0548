"""Checks across the columns and rows of a list; each is one comparison of whole columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.lists.columns import ListBody
from zyb.intake.lists.findings import Words, alike
from zyb.intake.lists.reader import ListReader
from zyb.intake.lists.sums import check_totals
from zyb.intake.tables.found import ColumnFound
from zyb.rulebook.columns import Column
from zyb.rulebook.industries import risk
from zyb.rulebook.problems import cell_name


def check_list(reader: ListReader, body: ListBody) -> None:
    """Adds to the reader's findings."""
    _blank_cells(reader, body.table)
    _at_most(reader, body.table)
    _date_orders(reader, body.table)
    _expected(reader, body.table)
    _limits(reader, body.table)
    _risks(reader, body.table)
    _same_code_twice(reader, body.table)
    _same_name_twice(reader, body.table)
    check_totals(reader, body.table)


def _both(
    reader: ListReader, first: str, second: str
) -> tuple[tuple[Column, ColumnFound], tuple[Column, ColumnFound]] | None:
    ledger = reader.ledger
    one, other = ledger.column(first), ledger.column(second)
    at, other_at = reader.field_of(one), reader.field_of(other)
    return ((one, at), (other, other_at)) if at and other_at else None


def _places(mask: pa.ChunkedArray) -> np.ndarray:
    return np.flatnonzero(pc.fill_null(mask, False).to_numpy())


def report_values(
    reader: ListReader,
    code: str,
    at: ColumnFound,
    places: np.ndarray,
    values: pa.ChunkedArray | pa.Array,
    told: dict[str, pa.ChunkedArray],
    **words: object,
) -> None:
    """A fault with a value in each place, and words that every row takes from its own cells."""
    chosen = pa.array(places)
    groups = alike(*(column.take(chosen) for column in (values, *told.values())))
    reader.report(code, at, places, groups, _SayCells(values, told, words))


@dataclass(frozen=True)
class _SayCells:
    """A value with words from the same row, and words that are the same in all."""

    values: pa.ChunkedArray | pa.Array
    told: dict[str, pa.ChunkedArray]
    words: Words

    def __call__(self, place: int) -> tuple[str, Words]:
        own = {name: _text(column, place) for name, column in self.told.items()}
        return _text(self.values, place), self.words | own


def _text(column: pa.ChunkedArray | pa.Array, place: int) -> str:
    return str(column[place].as_py())


def _blank_cells(reader: ListReader, table: pa.Table) -> None:
    """What the form wants of every row. A column that nobody has filled in yet is a stage of the work:
    until 30 June only the first four columns of the 帮扶台账 are due."""
    for column in reader.ledger.stored:
        at = reader.field_of(column)
        if at is None or not column.required or column == reader.ledger.key_column or not len(table):
            continue
        unfilled = _untold(reader, at, _places(pc.is_null(table[column.name])))
        whole = len(unfilled) == len(table)
        places = unfilled[:1] if whole else unfilled
        code = "column_blank" if whole else "blank_cell"
        reader.report_same(code, at, places, column=column.title)


def _untold(reader: ListReader, at: ColumnFound, blank: np.ndarray) -> np.ndarray:
    """Of places without a value those whose cell has not been found at fault: it is not blank."""
    told = [found.rows for found in reader.findings if found.column == at.index]
    return blank[~np.isin(reader.rows[blank], np.concatenate(told))] if told else blank


def _at_most(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.at_most:
        if not (pair := _both(reader, rule.smaller, rule.larger)):
            continue
        (smaller, at), (larger, _) = pair
        places = _places(pc.greater(table[rule.smaller], table[rule.larger]))
        told = {"limit": table[rule.larger], "region": table[reader.ledger.key_column.name]}
        words = {"smaller": smaller.title, "larger": larger.title}
        report_values(reader, "exceeds", at, places, table[rule.smaller], told, **words)


def _date_orders(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.date_orders:
        if not (pair := _both(reader, rule.earlier, rule.later)):
            continue
        (earlier, _), (later, at) = pair
        places = _places(pc.greater(table[rule.earlier], table[rule.later]))
        told = {"limit": table[rule.earlier]}
        words = {"earlier": earlier.title, "later": later.title}
        report_values(reader, "dates_reversed", at, places, table[rule.later], told, **words)


def _expected(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.expects:
        if not (pair := _both(reader, rule.when, rule.column)):
            continue
        (when, _), (column, at) = pair
        said = pc.is_in(table[rule.when], value_set=pa.array(list(rule.values), pa.string()))
        places = _untold(reader, at, _places(pc.and_(said, pc.is_null(table[rule.column]))))
        reader.report_same("expected_value", at, places, when=when.title, column=column.title)


def _limits(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.below:
        column = reader.ledger.column(rule.column)
        at = reader.field_of(column)
        if at is None:
            continue
        values = table[rule.column]
        places = _places(pc.greater_equal(values, rule.limit))
        report_values(reader, "beyond_limit", at, places, values, {}, column=column.title, reason=rule.reason)


def _risks(reader: ListReader, table: pa.Table) -> None:
    """风险类别 as filled in against that of the industry's code; what was filled in holds."""
    for column in reader.ledger.stored:
        if not column.by_industry or not (pair := _both(reader, column.name, column.by_industry)):
            continue
        (_, at), _ = pair
        said = table[column.by_industry].combine_chunks().dictionary_encode()
        known = pa.array([risk(text) or None for text in said.dictionary.to_pylist()], pa.string())
        own = known.take(said.indices)
        places = _places(pc.not_equal(table[column.name], own))
        told = {"industry": table[column.by_industry], "own": own}
        report_values(reader, "risk_not_of_industry", at, places, table[column.name], told)


def _repeated(values: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Positions of every repetition after the first; and, for every position, that of its first occurrence."""
    encoded = values.dictionary_encode()
    indices = pc.fill_null(encoded.indices, len(encoded.dictionary)).to_numpy(zero_copy_only=False)
    places = np.arange(len(values))
    first = np.empty(len(encoded.dictionary) + 1, np.int64)
    first[indices[::-1]] = places[::-1]  # of several, the last one written holds
    firsts = first[indices]
    return np.flatnonzero((firsts != places) & (indices < len(encoded.dictionary))), firsts


def _whole(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return pa.concat_arrays(found.chunks) if isinstance(found, pa.ChunkedArray) else found


def _report_twins(reader: ListReader, at: ColumnFound, code: str, values: pa.Array) -> None:
    again, first = _repeated(values)
    reader.report(code, at, again, first[again], _SayTwin(values, first, reader.rows, at.index))


@dataclass(frozen=True)
class _SayTwin:
    """Where the same value stands first; `rows` are the lines of the sheet."""

    values: pa.Array
    first: np.ndarray
    rows: np.ndarray
    column: int

    def __call__(self, place: int) -> tuple[str, Words]:
        return _text(self.values, place), {"other": cell_name(int(self.rows[self.first[place]]), self.column)}


def _same_code_twice(reader: ListReader, table: pa.Table) -> None:
    """The same code again in one region; a case list may name an offender more than once."""
    column = reader.ledger.of_type("uscc")
    at = reader.field_of(column)
    if column is None or at is None or reader.ledger.grain == "case":
        return
    _report_twins(reader, at, "duplicate_code", _whole(_keyed(reader, table, column.name)))


def _same_name_twice(reader: ListReader, table: pa.Table) -> None:
    at = reader.field_of(reader.ledger.key_column)
    if at is not None and reader.ledger.grain != "case":
        _report_twins(reader, at, "duplicate_name", _names(reader, table))


def _names(reader: ListReader, table: pa.Table) -> pa.Array:
    """Without a code the name must tell enterprises apart; with one it need not."""
    names = _keyed(reader, table, reader.ledger.key_column.name)
    code = reader.ledger.of_type("uscc")
    if code is not None:
        names = pc.if_else(pc.is_null(table[code.name]), names, pa.scalar(None, pa.string()))
    return _whole(names)


def check_together(read: list[tuple[ListReader, pa.Table]]) -> None:
    """What no sheet can tell alone: an enterprise that stands on two of them."""
    if len(read) < 2 or read[0][0].ledger.grain == "case":
        return
    ledger = read[0][0].ledger
    code = ledger.of_type("uscc")
    if code is not None:
        _report_across(read, code, "duplicate_code", [_whole(_keyed(r, t, code.name)) for r, t in read])
    _report_across(read, ledger.key_column, "duplicate_name", [_names(r, t) for r, t in read])


def _report_across(
    read: list[tuple[ListReader, pa.Table]], column: Column, code: str, values: list[pa.Array]
) -> None:
    whole = pa.concat_arrays(values)
    again, first = _repeated(whole)
    starts = np.cumsum([0, *map(len, values)])
    fields = [reader.field_of(column) for reader, _ in read]
    pages = tuple(
        _Page(reader.sheet.name, reader.rows, at.index if at else 0)
        for (reader, _), at in zip(read, fields, strict=True)
    )
    for n, ((reader, _), at) in enumerate(zip(read, fields, strict=True)):
        here = again[(_sheets(starts, again) == n) & (_sheets(starts, first[again]) < n)]
        if at is not None:
            reader.report(
                code, at, here - starts[n], first[here], _SayAcross(whole, first, starts, pages, starts[n])
            )


def _sheets(starts: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The number of the sheet of each place, counted through all of them."""
    return np.searchsorted(starts, places, "right") - 1


@dataclass(frozen=True)
class _Page:
    """What names a cell of a sheet."""

    sheet: str
    rows: np.ndarray
    column: int

    def cell(self, place: int) -> str:
        return f"工作表“{self.sheet}”{cell_name(int(self.rows[place]), self.column)}"


@dataclass(frozen=True)
class _SayAcross:
    """Where the same value stands first, on one of several pages; `start` is that of the sheet asked about."""

    values: pa.Array
    first: np.ndarray
    starts: np.ndarray
    pages: tuple[_Page, ...]
    start: int

    def __call__(self, place: int) -> tuple[str, Words]:
        twin = self.first[self.start + place]
        sheet = int(_sheets(self.starts, twin))
        other = self.pages[sheet].cell(int(twin - self.starts[sheet]))
        return _text(self.values, self.start + place), {"other": other}


def _keyed(reader: ListReader, table: pa.Table, name: str) -> pa.ChunkedArray:
    """The column as it is, split by year and institution where the ledger has them."""
    parts = [table[name]]
    if reader.ledger.yearly:
        parts.append(pc.cast(table["year"], pa.string()))
    if reader.ledger.item:
        parts.append(pc.fill_null(table[reader.ledger.item], ""))
    return pc.binary_join_element_wise(*parts, " ") if len(parts) > 1 else parts[0]
