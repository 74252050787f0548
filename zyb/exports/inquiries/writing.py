"""An answer written into a file as its rows come: workbook, CSV in two encodings, Parquet.

`progress` hears of every portion; whatever it raises ends the writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import IO, Any

import pyarrow as pa

from zyb.exports.books.pouring import PouredBook, PouredColumn, RowsWritten, pour
from zyb.exports.inquiries.table import TakenRow, TakenTable
from zyb.exports.marked.marks import clean
from zyb.inert import csv_text
from zyb.inquiries.cells import NUMERIC, cell_text, told_apart
from zyb.numerals import HUNDRED_PERCENT, MINUS

LINE_END = "\r\n"
# Behind the columns that are shown, in every row of invented data: a workbook says it at its head.
MARK_COLUMN = "说明"
SHEET = "查询结果"
TYPES: Mapping[str, pa.DataType] = {
    "count": pa.int64(), "date": pa.date32(), "percent": pa.float64(), "share": pa.float64(), "growth": pa.float64(),
    "points": pa.float64(), "number": pa.float64(), "decimal": pa.float64(),
}  # fmt: skip

TakenWriter = Callable[[TakenTable, IO[bytes], RowsWritten], None]


@dataclass(frozen=True)
class TakenForm:
    """A form that an answer can take."""

    id: str
    title: str
    ending: str
    media_type: str
    writer: TakenWriter
    mark: str = ""
    """What tells two forms of one ending apart in the name of a file."""

    def write(self, table: TakenTable, to: IO[bytes], progress: RowsWritten) -> None:
        self.writer(table, to, progress)

    def file_name(self, name: str) -> str:
        return f"{name}{self.mark}.{self.ending}"


def _workbook(table: TakenTable, to: IO[bytes], progress: RowsWritten) -> None:
    book = PouredBook(
        title=table.title, aside=table.aside, warning=table.warning, on=table.on, sheet=SHEET, columns=table.columns,
        total=table.total, kept=table.kept, sums=table.sums, notes=table.notes,
    )  # fmt: skip
    pour(book, (row for rows in table.portions() for row in rows), to, progress)


def _csv(encoding: str, mark: bytes = b"") -> TakenWriter:
    def write(table: TakenTable, to: IO[bytes], progress: RowsWritten) -> None:
        kinds = [column.kind for column in table.columns]
        to.write(mark + csv_text([_headings(table)], LINE_END).encode(encoding))
        for rows in _portions(table, progress):
            lines = [
                [_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)] + _mark(table)
                for row in rows
            ]
            to.write(csv_text(lines, LINE_END).encode(encoding))

    return write


def _cell(value: object, kind: str) -> str:
    """What is read by programs has the minus of a keyboard."""
    text = clean(cell_text(value, kind))
    return text.replace(MINUS, "-") if kind in NUMERIC else text


def _headings(table: TakenTable) -> list[str]:
    """A workbook's headings turn; elsewhere they are one line."""
    titles = [column.title.replace("\n", " ") for column in table.columns]
    return [*titles, MARK_COLUMN] if table.warning else titles


def _mark(table: TakenTable) -> list[str]:
    return [table.warning] if table.warning else []


def _portions(table: TakenTable, progress: RowsWritten) -> Iterator[list[TakenRow]]:
    written = 0
    progress(0, table.total)
    for rows in table.portions():
        yield rows
        written += len(rows)
        progress(written, table.total)
    if table.sums_are_rows:
        yield list(table.sums)


def _parquet(table: TakenTable, to: IO[bytes], progress: RowsWritten) -> None:
    from pyarrow import parquet  # takes longer to load than a page to show

    names = told_apart(_headings(table))  # Parquet knows columns by their names
    kinds = [TYPES.get(column.kind, pa.string()) for column in table.columns]
    kinds += [pa.string()] if table.warning else []
    schema = pa.schema(list(zip(names, kinds, strict=True)), metadata=dict(table.notes))
    with parquet.ParquetWriter(to, schema) as writer:
        for rows in _portions(table, progress):
            columns = [
                _typed(column, [row[place] for row in rows]) for place, column in enumerate(table.columns)
            ]
            columns += [[table.warning] * len(rows)] if table.warning else []
            arrays = [pa.array(cells, kind) for cells, kind in zip(columns, kinds, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _typed(column: PouredColumn, cells: list[Any]) -> list[Any]:
    if column.kind == "percent":
        return [None if cell is None else cell / HUNDRED_PERCENT for cell in cells]
    if TYPES.get(column.kind) == pa.float64():
        return [float(cell) if isinstance(cell, Fraction | int | float) else None for cell in cells]
    if column.kind in TYPES:
        return [cell if isinstance(cell, int | date) else None for cell in cells]
    return [None if cell is None else clean(str(cell)) for cell in cells]


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKEN_FORMS: Mapping[str, TakenForm] = {
    form.id: form
    for form in (
        TakenForm("xlsx", "Excel", "xlsx", XLSX, _workbook),
        TakenForm("csv", "CSV（UTF-8）", "csv", "text/csv", _csv("utf-8", "\ufeff".encode())),
        TakenForm("gb18030", "CSV（GB18030）", "csv", "text/csv", _csv("gb18030"), "（GB18030）"),
        TakenForm("parquet", "Parquet", "parquet", "application/vnd.apache.parquet", _parquet),
    )
}
