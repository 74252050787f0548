"""A table of rows for each ledger: it follows the ledger's declaration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from zyb.intake import Submission
from zyb.records import PREVIEW, PartInForce
from zyb.rulebook.ledgers import Ledger
from zyb.store.database import append, sql

STORED_TYPES = {"count": "bigint", "percent": "bigint", "date": "date"}


def rows_table(ledger: Ledger) -> str:
    """Ledger and column names are checked identifiers (zyb.rulebook.ledgers), so they may stand in SQL."""
    return f"rows_{ledger.id}"


def has_table(cursor: duckdb.DuckDBPyConnection, ledger: Ledger) -> bool:
    query = "select 1 from duckdb_tables() where table_name = ?"
    # Fetched to the end: a result left open forbids registering rows on the same cursor.
    return bool(cursor.execute(query, [rows_table(ledger)]).fetchall())


def ensure_rows_table(cursor: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """A ledger's table follows its declaration: made on first use, a new column is added."""
    table = rows_table(ledger)
    cursor.execute(sql("rows_table.sql").format(rows=table))
    # Where a row's county was read; rows of earlier programs do not tell.
    cursor.execute(f"alter table {table} add column if not exists county_source varchar")
    for column in ledger.stored:
        cursor.execute(
            f"alter table {table} add column if not exists {column.name} {STORED_TYPES.get(column.type, 'varchar')}"
        )


def insert_rows(cursor: duckdb.DuckDBPyConnection, snapshot: int, submission: Submission) -> None:
    assert submission.ledger
    ensure_rows_table(cursor, submission.ledger)
    rows = submission.body
    numbered = rows.add_column(0, "snapshot", pa.array([snapshot] * len(rows), pa.int64()))
    append(cursor, rows_table(submission.ledger), numbered)


def rows_with(
    cursor: duckdb.DuckDBPyConnection, ledger: Ledger, columns: Sequence[str], coming: Submission | None
) -> str:
    """Where the rows of a ledger are read from, those of an upload on its way among them."""
    if coming is None or coming.ledger != ledger:
        return rows_table(ledger)
    names = ", ".join(dict.fromkeys(["region_code", "year", "county_code", *columns]))
    new = f"select {PREVIEW} as snapshot, {names} from coming"
    if not has_table(cursor, ledger):
        return f"({new})"
    return f"(select snapshot, {names} from {rows_table(ledger)} union all {new})"


def listed(parts: Sequence[PartInForce]) -> dict[str, list[Any]]:
    """Parts in force as columns, the way a query takes them."""
    return {
        "snapshots": [source.snapshot for _, source in parts],
        "regions": [part.region_code for part, _ in parts],
        "years": [part.year for part, _ in parts],
        "counties": [part.county_code for part, _ in parts],
    }
