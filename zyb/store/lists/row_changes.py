"""Rows of two snapshots, or of two days, held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from zyb.inquiries.fields import InquiryField
from zyb.records import Part, PartInForce
from zyb.rulebook.ledgers import Ledger
from zyb.store.database import sql
from zyb.store.editions import Editions
from zyb.store.lists.inquiring import shown_cell
from zyb.store.tables import ensure_rows_table, has_table, listed, rows_table


class RowChanges(Editions):
    """Where each row that differs is kept; what stands in it is read a page at a time."""

    def row_changes(
        self,
        ledger: Ledger,
        before: Sequence[PartInForce],
        after: Sequence[PartInForce],
        scope: Sequence[Part],
        order: Sequence[str],
    ) -> pa.Table:
        """Kind (new, gone, changed, ambiguous, same) and the places of the row before and after, region by region in this
        order; of a part of the scope that names a county its rows alone."""
        values = listed([*before, *after]) | {
            "sides": [0] * len(before) + [1] * len(after),
            "order": list(order),
            "scope_regions": [part.region_code for part in scope],
            "scope_years": [part.year for part in scope],
            "scope_counties": [part.county_code for part in scope],
        }
        with self._cursor() as cursor:
            if not has_table(cursor, ledger):
                return pa.table({"kind": pa.array([], pa.string()), "before": [], "after": []})
            ensure_rows_table(cursor, ledger)
            return cursor.sql(_query(ledger), params=values).to_arrow_table()

    def rows_at(
        self, ledger: Ledger, places: Sequence[int], fields: Sequence[InquiryField], unmasked: bool
    ) -> Mapping[int, tuple[Any, ...]]:
        """By place the cells of a row as they are shown: snapshot, sheet and line, then these fields."""
        shown = ["rowid", "snapshot", "sheet", "line", *(shown_cell(field, unmasked) for field in fields)]
        query = sql("rows_at.sql").format(chosen=", ".join(shown), rows=rows_table(ledger))
        with self._cursor() as cursor:
            rows = cursor.execute(query, {"places": list(places)}).fetchall() if places else []
        return {row[0]: row[1:] for row in rows}


def _query(ledger: Ledger) -> str:
    """A summary has neither codes nor names: its rows are those of a region, or of a county."""
    cells = ", ".join(f"lines.{name}" for name in ("region_code", "county_code", *_names(ledger)))
    code = ledger.of_type("uscc") if ledger.is_list else None
    name = (
        next((column for column in ledger.stored if column.type == "text"), None) if ledger.is_list else None
    )
    return sql("row_changes.sql").format(
        rows=rows_table(ledger), cells=cells,
        code=f"coalesce(lines.{code.name}, '')" if code else "''",
        name=f"coalesce(lines.{name.name}, '')" if name else "''",
    )  # fmt: skip


def _names(ledger: Ledger) -> list[str]:
    return [column.name for column in ledger.stored]
