"""Checks across the columns and rows of a list; each is one comparison of whole columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.lists import ListBody, ListReader, key_column
from zyb.intake.tables import Field
from zyb.ledgers import Column
from zyb.problems import cell_name


def check_list(reader: ListReader, body: ListBody) -> None:
    """Adds to the reader's findings."""
    _blank_cells(reader, body.table)
    _at_most(reader, body.table)
    _date_orders(reader, body.table)
    _expected(reader, body.table)
    _limits(reader, body.table)
    _same_code_twice(reader, body.table)
    _same_name_twice(reader, body.table)


def _both(
    reader: ListReader, first: str, second: str
) -> tuple[tuple[Column, Field], tuple[Column, Field]] | None:
    ledger = reader.ledger
    one, other = ledger.column(first), ledger.column(second)
    at, other_at = reader.field_of(one), reader.field_of(other)
    return ((one, at), (other, other_at)) if at and other_at else None


def _places(mask: pa.ChunkedArray) -> np.ndarray:
    return np.flatnonzero(pc.fill_null(mask, False).to_numpy())


def _texts(column: pa.ChunkedArray, places: np.ndarray) -> list[str]:
    return [str(value) for value in column.take(pa.array(places)).to_pylist()]


def _blank_cells(reader: ListReader, table: pa.Table) -> None:
    """What the form wants of every row. A column that nobody has filled in yet is a stage of the work:
    until 30 June only the first four columns of the 帮扶台账 are due."""
    for column in reader.ledger.stored:
        at = reader.field_of(column)
        if at is None or not column.required or column == key_column(reader.ledger) or not len(table):
            continue
        told = [found.rows for found in reader.findings if found.column == at.index]
        blank = _places(pc.is_null(table[column.name]))
        unfilled = blank[~np.isin(reader.rows[blank], np.concatenate(told))] if told else blank
        whole = len(unfilled) == len(table)
        words: dict[str, object] = {"column": column.title}
        places = unfilled[:1] if whole else unfilled
        code = "column_blank" if whole else "blank_cell"
        reader.report(code, at, places, [""] * len(places), [words] * len(places))


def _at_most(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.at_most:
        if not (pair := _both(reader, rule.smaller, rule.larger)):
            continue
        (smaller, at), (larger, _) = pair
        places = _places(pc.greater(table[rule.smaller], table[rule.larger]))
        limits = _texts(table[rule.larger], places)
        names = _texts(table[key_column(reader.ledger).name], places)
        words: list[dict[str, object]] = [
            {"smaller": smaller.title, "larger": larger.title, "limit": limit, "region": name}
            for limit, name in zip(limits, names, strict=True)
        ]
        reader.report("exceeds", at, places, _texts(table[rule.smaller], places), words)


def _date_orders(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.date_orders:
        if not (pair := _both(reader, rule.earlier, rule.later)):
            continue
        (earlier, _), (later, at) = pair
        places = _places(pc.greater(table[rule.earlier], table[rule.later]))
        words: list[dict[str, object]] = [
            {"earlier": earlier.title, "later": later.title, "limit": day}
            for day in _texts(table[rule.earlier], places)
        ]
        reader.report("dates_reversed", at, places, _texts(table[rule.later], places), words)


def _expected(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.expects:
        if not (pair := _both(reader, rule.when, rule.column)):
            continue
        (when, _), (column, at) = pair
        said = pc.is_in(table[rule.when], value_set=pa.array(list(rule.values), pa.string()))
        places = _places(pc.and_(said, pc.is_null(table[rule.column])))
        words: dict[str, object] = {"when": when.title, "column": column.title}
        reader.report("expected_value", at, places, [""] * len(places), [words] * len(places))


def _limits(reader: ListReader, table: pa.Table) -> None:
    for rule in reader.ledger.below:
        column = reader.ledger.column(rule.column)
        at = reader.field_of(column)
        if at is None:
            continue
        places = _places(pc.greater_equal(table[rule.column], rule.limit))
        words: dict[str, object] = {"column": column.title, "reason": rule.reason}
        reader.report("beyond_limit", at, places, _texts(table[rule.column], places), [words] * len(places))


def _repeated(values: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Positions of every repetition after the first, and the position of its first occurrence."""
    encoded = values.dictionary_encode()
    indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    first = np.full(len(encoded.dictionary) + 1, -1, np.int64)
    known = np.flatnonzero(indices >= 0)
    first[indices[known[::-1]]] = known[::-1]
    again = known[first[indices[known]] != known]
    return again, first[indices[again]]


def _whole(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return pa.concat_arrays(found.chunks) if isinstance(found, pa.ChunkedArray) else found


def _report_twins(reader: ListReader, at: Field, code: str, values: pa.Array) -> None:
    again, first = _repeated(values)
    words: list[dict[str, object]] = [{"other": cell_name(int(reader.rows[n]), at.index)} for n in first]
    reader.report(code, at, again, _texts(pa.chunked_array([values]), again), words)


def _same_code_twice(reader: ListReader, table: pa.Table) -> None:
    """The same code again in one region; a case list may name an offender more than once."""
    column = reader.ledger.of_type("uscc")
    at = reader.field_of(column)
    if column is None or at is None or reader.ledger.grain == "case":
        return
    _report_twins(reader, at, "duplicate_code", _whole(_keyed(reader, table, column.name)))


def _same_name_twice(reader: ListReader, table: pa.Table) -> None:
    at = reader.field_of(key_column(reader.ledger))
    if at is not None and reader.ledger.grain != "case":
        _report_twins(reader, at, "duplicate_name", _names(reader, table))


def _names(reader: ListReader, table: pa.Table) -> pa.Array:
    """Without a code the name must tell enterprises apart; with one it need not."""
    names = _keyed(reader, table, key_column(reader.ledger).name)
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
    _report_across(read, key_column(ledger), "duplicate_name", [_names(r, t) for r, t in read])


def _report_across(
    read: list[tuple[ListReader, pa.Table]], column: Column, code: str, values: list[pa.Array]
) -> None:
    again, first = _repeated(pa.concat_arrays(values))
    starts = np.cumsum([0, *map(len, values)])
    sheet, earlier = (np.searchsorted(starts, places, "right") - 1 for places in (again, first))
    for n, (reader, _) in enumerate(read):
        at = reader.field_of(column)
        here = np.flatnonzero((sheet == n) & (earlier < n))
        if at is None or not len(here):
            continue
        places = again[here] - starts[n]
        others = [
            _cell_of(read, column, int(e), int(p - starts[e]))
            for e, p in zip(earlier[here], first[here], strict=True)
        ]
        words: list[dict[str, object]] = [{"other": other} for other in others]
        reader.report(code, at, places, _texts(pa.chunked_array([values[n]]), places), words)


def _cell_of(read: list[tuple[ListReader, pa.Table]], column: Column, sheet: int, place: int) -> str:
    reader, _ = read[sheet]
    at = reader.field_of(column)
    return f"工作表“{reader.sheet.name}”{cell_name(int(reader.rows[place]), at.index if at else 0)}"


def _keyed(reader: ListReader, table: pa.Table, name: str) -> pa.ChunkedArray:
    """The column as it is, split by year and institution where the ledger has them."""
    parts = [table[name]]
    if reader.ledger.yearly:
        parts.append(pc.cast(table["year"], pa.string()))
    if reader.ledger.item:
        parts.append(pc.fill_null(table[reader.ledger.item], ""))
    return pc.binary_join_element_wise(*parts, " ") if len(parts) > 1 else parts[0]
