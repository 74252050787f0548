"""A hundred thousand rows to Excel: `python -m tests.benchmarks.details [rows]`.

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
from zyb.answers.drilling import open_columns
from zyb.exports.books.detail import write_detail
from zyb.exports.plain import CELLS_ARE_TEXT
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


def rows_of(store: Store, edition: Edition, ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    parts = [(part, source) for part, source in edition.sources if part.ledger == ledger.id]
    for portion in store.rows_in_force(ledger, parts, [column.name for column in open_columns(ledger)]):
        yield from portion


def cell_by_cell(store: Store, edition: Edition, ledger: Ledger) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, **CELLS_ARE_TEXT}) as book:
        look, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        page = book.add_worksheet()
        for number, row in enumerate(rows_of(store, edition, ledger)):
            for place, value in enumerate(row):
                if value is not None:
                    page.write(number, place, value, day if isinstance(value, date) else look)


def resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(ledger: Ledger, rows: int) -> None:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as store:
        edition = filled(store, ledger, rows)
        before = resident()
        size = len(write_detail(store, edition, ledger, to=LOCAL_ADMIN))
        print(f"\npeak memory of the first file: {resident() - before:+.0f} MB; {size / 1e6:.1f} MB large")
        contenders = {
            "rows out of the database": lambda: sum(1 for _ in rows_of(store, edition, ledger)),
            "write_detail": lambda: write_detail(store, edition, ledger, to=LOCAL_ADMIN),
            "XlsxWriter, cell by cell": lambda: cell_by_cell(store, edition, ledger),
        }
        columns = len(open_columns(ledger)) + 7
        report(
            f"{rows:,} rows of {columns} columns ({ledger.title}) to Excel", side_by_side(contenders, ROUNDS)
        )


def main(rows: int = ROWS) -> None:
    for name in LEDGERS:
        measure(ledgers()[name], rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
