"""The third wall: a database file that holds the documented views and nothing else, written anew after a write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from zyb.numerals import HUNDRED_PERCENT
from zyb.records import PartInForce
from zyb.rulebook.ledgers import Ledger
from zyb.store.database import sql
from zyb.store.editions import Editions
from zyb.store.tables import ensure_rows_table, has_table, listed, rows_table


@dataclass(frozen=True, kw_only=True)
class DeskCopy:
    """What a copy is made of: views that are known as tables, and ledgers with the parts that are in force.

    `columns` are those of the ledger that may be seen, by its name. `counties` is asked for names and not copied.
    """

    known: Mapping[str, pa.Table]
    counties: pa.Table
    ledgers: Sequence[tuple[Ledger, Sequence[PartInForce]]]
    columns: Mapping[str, Sequence[str]]


class DeskCopies(Editions):
    """The live database is only read."""

    def write_desk_copy(self, path: Path, wanted: DeskCopy) -> None:
        with duckdb.connect(str(path)) as copy:
            for name, table in wanted.known.items():
                _keep(copy, name, table)
            for ledger, parts in wanted.ledgers:
                self._copy_ledger(copy, wanted, ledger, parts)
            copy.execute("checkpoint")

    def _copy_ledger(
        self, copy: duckdb.DuckDBPyConnection, wanted: DeskCopy, ledger: Ledger, parts: Sequence[PartInForce]
    ) -> None:
        chosen = "".join(f", {_cell(ledger, name)} as {name}" for name in wanted.columns[ledger.id])
        values = {**listed(parts), "as_ofs": [source.as_of for _, source in parts]}
        with self._cursor() as cursor:
            if not has_table(cursor, ledger):
                parts = ()
            ensure_rows_table(cursor, ledger)
            cursor.register("desk_regions", wanted.known["regions"])
            cursor.register("desk_counties", wanted.counties)
            query = sql("desk_rows.sql").format(chosen=chosen, rows=rows_table(ledger))
            # Portion by portion; read to its end, because a result left open keeps its transaction alive.
            _keep(copy, ledger.id, cursor.sql(query, params=values).to_arrow_reader(100_000))
            cursor.unregister("desk_regions")
            cursor.unregister("desk_counties")


def _cell(ledger: Ledger, name: str) -> str:
    """A percentage as people write it: 54.8."""
    return (
        f"lines.{name} / {HUNDRED_PERCENT // 100}.0"
        if ledger.column(name).type == "percent"
        else f"lines.{name}"
    )


def _keep(copy: duckdb.DuckDBPyConnection, name: str, rows: pa.Table | pa.RecordBatchReader) -> None:
    """Names are those of ledgers and of documented views: checked identifiers."""
    copy.register("coming", rows)
    copy.execute(f"create table {name} as select * from coming")
    copy.unregister("coming")
