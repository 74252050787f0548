"""A hundred thousand rows of 数据查询 as files: `python -m tests.benchmarks.details [rows]`.

Beside the least, the rows leaving the database, and beside XlsxWriter writing the same cells one by one.
"""

from __future__ import annotations

import io
import random
import resource
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import xlsxwriter

from tests.benchmarks.clock import report, side_by_side
from zyb.access import LOCAL_ADMIN
from zyb.answers.inquiring import answered, question
from zyb.exports.inquiries.rows import rows_taken
from zyb.exports.inquiries.table import TakenTable
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.exports.plain import CELLS_ARE_TEXT
from zyb.inquiries.model import Inquiry
from zyb.intake import Submission
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Edition, Store

ROWS, ROUNDS = 100_000, 3
PROVINCE, DAY = "陕西省", date(2024, 12, 31)
LEDGERS = ("governance_enterprises", "assistance")
TYPES = {"count": pa.int64(), "date": pa.date32()}


def invented(column: Column, number: int, chance: random.Random) -> object:
    """Different from row to row, as names, codes and days are."""
    if column.type == "count":
        return chance.randrange(1, 900)
    if column.type == "date":
        return date(2024, 1, 2) + timedelta(chance.randrange(350))
    if column.type == "flag":
        return chance.choice("是否")
    if column.options:
        return chance.choice(column.options)  # no table has a thousand kinds of them
    return {"uscc": f"91610100MA{number:08}", "industry": "3011"}.get(
        column.type, f"某某建材{column.title}{number}"
    )


def body(ledger: Ledger, rows: int) -> pa.Table:
    chance, roster = random.Random(1), load_roster(PROVINCE)
    regions = [chance.choice(roster.regions) for _ in range(rows)]
    columns: dict[str, Any] = {
        "sheet": pa.array(["台账"] * rows),
        "line": pa.array(range(4, rows + 4), pa.int32()),
        "year": pa.array([0] * rows, pa.int32()),
        "region_code": pa.array([region.code for region in regions]),
        "county_code": pa.array([chance.choice(roster.counties).code for _ in regions]),
    }
    for column in ledger.stored:
        cells = [invented(column, number, chance) for number in range(rows)]
        columns[column.name] = pa.array(cells, TYPES.get(column.type, pa.string()))
    return pa.table(columns)


def filled(store: Store, ledger: Ledger, rows: int) -> Edition:
    roster = load_roster(PROVINCE)
    found = Submission(ledger=ledger, roster=roster, as_of=DAY, sheet="台账", body=body(ledger, rows))
    store.save_snapshot(found, ledger.id.encode(), "台账.xlsx", by="王某")
    return store.edition(roster.province_code, DAY)


def table_of(store: Store, ledger: Ledger) -> TakenTable:
    asked = Inquiry(ledger_id=ledger.id, province=PROVINCE, days=(DAY,))
    page = answered(store, question(store, asked, by=LOCAL_ADMIN))
    return rows_taken(store, page.question, page.sums, to=LOCAL_ADMIN)


def rows_of(table: TakenTable) -> Iterator[tuple[Any, ...]]:
    return (row for portion in table.portions() for row in portion)


def written(table: TakenTable, form: str) -> int:
    stream = io.BytesIO()
    TAKEN_FORMS[form].write(table, stream, lambda done, total: None)
    return stream.tell()


def cell_by_cell(table: TakenTable) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, **CELLS_ARE_TEXT}) as book:
        look, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        page = book.add_worksheet()
        for number, row in enumerate(rows_of(table)):
            for place, value in enumerate(row):
                if value is not None:
                    page.write(number, place, value, day if isinstance(value, date) else look)


def resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(ledger: Ledger, rows: int) -> None:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        filled(store, ledger, rows)
        table = table_of(store, ledger)
        before = resident()
        size = written(table, "xlsx")
        print(f"\npeak memory of the first file: {resident() - before:+.0f} MB; {size / 1e6:.1f} MB large")
        contenders = {
            "rows out of the database": lambda: sum(1 for _ in rows_of(table)),
            "as a workbook": lambda: written(table, "xlsx"),
            "as CSV": lambda: written(table, "csv"),
            "as Parquet": lambda: written(table, "parquet"),
            "XlsxWriter, cell by cell": lambda: cell_by_cell(table),
        }
        title = f"{rows:,} rows of {len(table.columns)} columns ({ledger.title}) taken from 数据查询"
        report(title, side_by_side(contenders, ROUNDS))


def main(rows: int = ROWS) -> None:
    for name in LEDGERS:
        measure(ledgers()[name], rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
