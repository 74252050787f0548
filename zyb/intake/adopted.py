"""原值与采用值: the cells of which something else is taken over than stands in the official's own file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from zyb.intake.submission import Submission
from zyb.intake.summaries.lines import ACROSS
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.numerals import as_written, column_letters
from zyb.reading import RearrangedSheet
from zyb.rulebook.columns import Column
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.problems import cell_name

NOTHING = "（不采用）"


@dataclass(frozen=True)
class Changed:
    """One cell: where it stands, what stands there, and what would be saved."""

    sheet: str
    line: int
    cell: str
    column: str
    original: str
    adopted: str


def changed_cells(found: Submission) -> list[Changed]:
    """In the order of the sheets, row by row. A blank cell that is filled from elsewhere is none of them."""
    names = _place_names(found)
    every = (cell for table in found.tables for cell in _of_table(found, table, names))
    places = {sheet: place for place, sheet in enumerate(found.sheets)}
    return sorted(every, key=lambda cell: (places[cell.sheet], cell.line, len(cell.cell), cell.cell))


def _place_names(found: Submission) -> Mapping[str, Mapping[str, str]]:
    """Type of a column → code → name: in the body a place is its code."""
    roster = found.roster
    regions = dict(roster.titles) if roster else {}
    if (
        roster and found.ledger and not found.ledger.is_list
    ):  # its 合计 line is all of it, not its own institutions
        regions[roster.province_code] = level_words(roster.province).whole
    counties = {county.code: county.name for county in roster.counties} if roster else {}
    return {"region": regions, "county": counties}


def _of_table(
    found: Submission, table: TableFound, names: Mapping[str, Mapping[str, str]]
) -> Iterator[Changed]:
    if isinstance(table.sheet, RearrangedSheet) and found.rows:
        yield from _of_rearranged(found, table, table.sheet)
        return
    rows = _rows(found, table)
    for name, fields in table.fields.items():
        column = table.ledger.column(name)
        for field in fields:
            own = rows.filter(pc.equal(rows["year"], field.year)) if field.year else rows
            adopted = _adopted(own, column, names)
            if adopted is not None and own.num_rows:
                yield from _differing(table, column, field, own["line"], adopted)


def _of_rearranged(found: Submission, table: TableFound, sheet: RearrangedSheet) -> Iterator[Changed]:
    """Cells that have left their rows are known by the names that they have in the official's sheet."""
    rows = enumerate(sheet.rows())
    texts = {
        cell_name(*sheet.place(n, at)): text.strip() for n, row in rows for at, text in enumerate(row) if text
    }
    for row in found.rows:
        region = next((column for column in table.ledger.columns if column.type == "region"), None)
        told: list[tuple[str, str, object]] = [(row.named, region.title, row.region.name)] if region else []
        told += [
            (row.cells[name], one.title, as_written(row.values[name], one.type))
            for name in row.cells
            if (one := table.ledger.column(name))
        ]
        for cell, title, value in told if row.sheet.removesuffix(ACROSS) == sheet.name else ():
            original, adopted = texts.get(cell, ""), NOTHING if value is None else str(value)
            if original and original != adopted:
                yield Changed(sheet.name, row.line, cell, title, original, adopted)


def _rows(found: Submission, table: TableFound) -> pa.Table:
    """The body's rows that were read from this table; below it on its sheet another may begin."""
    begins = sorted(t.first_row for t in found.tables if t.sheet.name == table.sheet.name)
    end = dict(pairwise(begins)).get(table.first_row, table.sheet.n_rows)
    line, here = found.body["line"], pc.equal(found.body["sheet"], table.sheet.name)
    within = pc.and_(pc.greater(line, table.body_row), pc.less_equal(line, end))
    return found.body.filter(pc.and_(here, within))


def _adopted(
    rows: pa.Table, column: Column, names: Mapping[str, Mapping[str, str]]
) -> pa.ChunkedArray | None:
    """What is saved, as text; None for a column that is not saved as it stands, such as the year."""
    if column.type in names:
        told = names[column.type]
        codes = rows[f"{column.type}_code"].to_pylist()
        return pa.chunked_array([pa.array([told.get(code) for code in codes], pa.string())])
    if column.name not in rows.column_names:
        return None
    if column.type == "percent":
        texts = [as_written(value, column.type) for value in rows[column.name].to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])
    return rows[column.name].cast(pa.string())


def _differing(
    table: TableFound, column: Column, field: ColumnFound, lines: pa.ChunkedArray, adopted: pa.ChunkedArray
) -> Iterator[Changed]:
    stands = table.sheet.table.column(field.index).take(pc.subtract(lines, 1))
    # A line break inside a cell is no other word.
    plain = pc.utf8_trim_whitespace(stands)
    differs = pc.and_(pc.is_valid(plain), pc.not_equal(plain, adopted.fill_null(NOTHING)))
    for place in pc.indices_nonzero(differs).to_pylist():
        line = lines[place].as_py()
        cell = f"{column_letters(field.index)}{line}"
        taken = adopted[place].as_py() or NOTHING
        yield Changed(table.sheet.name, line, cell, column.title, stands[place].as_py(), taken)
