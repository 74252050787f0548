"""The 合计 of a list against its rows: what it states is counted and added up again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.cells import values
from zyb.intake.cells.flags import YES
from zyb.intake.lists.findings import Finding, Words
from zyb.intake.lists.lines import fields_of, mask
from zyb.intake.lists.reader import ListReader
from zyb.intake.tables.found import ColumnFound
from zyb.intake.tables.telling import hidden_clue
from zyb.numerals import signed_count
from zyb.rulebook.columns import Column
from zyb.rulebook.problems import catalogue

# A list has one 合计, or one a group; whoever sends thousands does not mean sums.
TOTALS_COMPARED = 100
SO_MANY = re.compile(r"(?:合计|总计|共计|总数|合计数)[:：]?共?(\d{1,9})[家户个起件]?")
IN_CASES = {"case": "件数"}


@dataclass(frozen=True)
class _Stated:
    """A number in a line of sums, where it stands, and what it may be: what is said first is what is meant."""

    index: int
    number: int
    title: str
    how: str
    likely: tuple[np.ndarray, ...]
    """For every row what it adds; the sum may be that of any of them."""


def check_totals(reader: ListReader, table: pa.Table) -> None:
    """Every 合计 and 总计; one that is the sum of its own group of rows is right as well.

    While rows are without a name, or cells refused, no sum can be right.
    """
    totals = reader.lines.totals[-TOTALS_COMPARED:]
    if not len(reader.rows) or len(reader.lines.nameless):
        return
    for row in totals.tolist():
        spans = _spans(reader, row, alone=len(totals) == 1)
        for stated in _stated(reader, table, row):
            sums = [int(adds[first:last].sum()) for adds in stated.likely for first, last in spans]
            if stated.number not in sums:
                _report(reader, row, stated, sums[0])


def _spans(reader: ListReader, row: int, alone: bool) -> list[tuple[int, int]]:
    """The rows that a line of sums may be about: all of them; where there are several, its group."""
    everything = [(0, len(reader.rows))]
    if alone:
        return everything
    cuts = np.searchsorted(reader.rows, reader.lines.sums)
    here = int(np.searchsorted(reader.lines.sums, row))
    bounds = [0, *cuts.tolist(), len(reader.rows)]
    around = [(bounds[here], bounds[here + 1]), (bounds[here + 1], bounds[here + 2])]
    return everything + [(first, last) for first, last in around if first < last]


def _stated(reader: ListReader, table: pa.Table, row: int) -> Iterator[_Stated]:
    cells = reader.sheet.rows(row, row + 1)[0]
    yield from _in_words(reader, table, cells)
    for column, at in fields_of(reader.found):
        number = _number(cells[at.index])
        likely = _likely(reader, table, column) if number is not None else ()
        if number is not None and likely and not _refused(reader, at):
            title, how = _told(reader, column)
            yield _Stated(at.index, number, title, how, likely)


def _in_words(reader: ListReader, table: pa.Table, cells: list[str]) -> Iterator[_Stated]:
    """“合计：12家”."""
    for index, text in enumerate(cells):
        if said := SO_MANY.fullmatch(values.narrow(text[: values.LONGEST_ANSWER])):
            title, how = _told(reader, reader.ledger.key_column)
            yield _Stated(index, int(said[1]), title, how, _rows(reader, table))


def _number(text: str) -> int | None:
    read = values.count(text)
    return None if read.approximate else read.number


def _told(reader: ListReader, column: Column) -> tuple[str, str]:
    if column.type == "count":
        return column.title, "各行相加"
    if column.type == "flag":
        return column.title, f"填“{YES}”的行数"
    return IN_CASES.get(reader.ledger.grain, "家数"), "表中行数"


def _likely(reader: ListReader, table: pa.Table, column: Column) -> tuple[np.ndarray, ...]:
    """What the rows add to the sum of the column: their number, one for 是, one for a row that is filled in."""
    cells = table[column.name] if column.name in table.column_names else None
    if cells is None:
        return ()
    if column.type == "count":
        return (pc.fill_null(cells, 0).to_numpy(),)
    if column.type == "flag":
        return (mask(pc.equal(cells, YES)), mask(pc.is_valid(cells)), *_rows(reader, table)[:1])
    if column.type == "uscc" or column == reader.ledger.key_column:
        return (*_rows(reader, table), mask(pc.is_valid(cells)))
    return ()


def _rows(reader: ListReader, table: pa.Table) -> tuple[np.ndarray, ...]:
    """One for every row; in a list of cases perhaps one for every enterprise."""
    every = np.ones(len(table), np.int64)
    if reader.ledger.grain != "case":
        return (every,)
    numbers = table[reader.ledger.key_column.name].combine_chunks().dictionary_encode().indices.to_numpy()
    firsts = np.zeros(len(table), np.int64)
    firsts[np.unique(numbers, return_index=True)[1]] = 1
    return every, firsts


def _refused(reader: ListReader, at: ColumnFound) -> bool:
    """Whether a cell of the column is at fault and adds nothing for that reason."""
    here = (found.code for found in reader.findings if found.column == at.index)
    return any(catalogue()[code].severity == "error" for code in here)


def _report(reader: ListReader, row: int, stated: _Stated, total: int) -> None:
    difference = signed_count(stated.number - total)
    words: Words = {
        "column": stated.title,
        "sum": total,
        "difference": difference,
        "how": stated.how,
        "parts": f"表中各行{hidden_clue(reader.found)}",
    }
    reader.findings.append(
        Finding(
            code="total_differs", sheet=reader.sheet.name, column=stated.index, rows=np.array([row]),
            value=str(stated.number), words=words,
        )
    )  # fmt: skip
