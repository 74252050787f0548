"""What was checked before it was accepted, and how completely it was filled in: counts, never what stood in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

import duckdb

from zyb.intake import Submission
from zyb.intake.units import reporting_unit
from zyb.records import CheckedFile, CheckedReport, FilledCells, ProblemCount
from zyb.rulebook.ledgers import Ledger
from zyb.store.database import Database, audit, insert, record, sql, utc
from zyb.store.tables import ensure_rows_table, has_table, rows_table

# What of a row tells of a problem.
PROBLEMS = 4


def checked_file(
    found: Submission, file_name: str, sha256: str, *, by: str, explained: int = 0
) -> CheckedFile:
    """What is kept of a table that was checked."""
    counts = found.problem_counts()
    return CheckedFile(
        checked_by=by, file_name=file_name, sha256=sha256, sheet=found.sheet,
        ledger=found.ledger.id if found.ledger else "",
        province_code=found.roster.province_code if found.roster else "",
        unit=reporting_unit([found], file_name), as_of=found.as_of, row_count=found.n_rows, explained=explained,
        problems=tuple(ProblemCount(code, severity, n, n) for (code, severity), n in sorted(counts.items())),
    )  # fmt: skip


class Checks(Database):
    """Checks are written aside: no figure hangs on them."""

    def add_checks(self, checks: Sequence[CheckedFile]) -> None:
        """What was checked and not accepted; of the same content and person once, with what the last check says."""
        if not checks:
            return
        with self._transaction(aside=True) as cursor:
            for check in checks:
                keep_check(cursor, check, self._stamp(), None)
            errors = sum(one.found for check in checks for one in check.problems if one.severity == "error")
            audit(
                cursor,
                checks[0].checked_by,
                "核对",
                checks[0].file_name,
                f"{errors}处错误 {checks[0].sha256}",
            )

    def checked_reports(
        self, province_code: str, since: date, until: date, unit: str | None = None
    ) -> list[CheckedReport]:
        """What was handed in for days of this span, the latest check first."""
        values = {"province": province_code, "since": since, "until": until, "unit": unit}
        with self._cursor() as cursor:
            rows = cursor.execute(sql("checked_reports.sql"), values).fetchall()
        return [
            _report(head, [row[-PROBLEMS:] for row in lines])
            for head, lines in groupby(rows, key=lambda row: row[:-PROBLEMS])
        ]

    def filled_cells(
        self, province_code: str, since: date, until: date, unit: str | None = None
    ) -> list[FilledCells]:
        values = {"province": province_code, "since": since, "until": until, "unit": unit}
        with self._cursor() as cursor:
            return [
                record(FilledCells, row) for row in cursor.execute(sql("filled_cells.sql"), values).fetchall()
            ]

    def uncounted(self) -> list[tuple[int, str]]:
        with self._cursor() as cursor:
            return cursor.execute(sql("uncounted.sql")).fetchall()

    def count_filled(self, ledger: Ledger, snapshots: Sequence[int], *, by: str) -> None:
        """Of snapshots that were saved before this was counted."""
        with self._transaction() as cursor:
            count_filled(cursor, ledger, snapshots)
            audit(cursor, by, "统计填写情况", ledger.id, f"{len(snapshots)}个批次")


def _report(head: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> CheckedReport:
    problems = tuple(ProblemCount(*line) for line in lines if line[0] is not None)
    found = record(CheckedReport, (*head, problems))
    return replace(
        found, first_checked_at=utc(found.first_checked_at), last_checked_at=utc(found.last_checked_at)
    )


def keep_check(
    cursor: duckdb.DuckDBPyConnection, check: CheckedFile, at: datetime, snapshot: int | None
) -> None:
    """In the place of the open check of this content and person, if there is one; with a snapshot it is closed."""
    said: dict[str, object] = {
        name: value
        for name, value in asdict(check).items()
        if name not in ("problems", "checked_by", "sha256")
    }
    said["snapshot"] = snapshot
    same = [check.sha256, check.checked_by, check.ledger, check.sheet]
    number = next((int(row[0]) for row in cursor.execute(sql("open_check.sql"), same).fetchall()), 0)
    if number:
        changed = ", ".join(f"{name} = ?" for name in said)
        cursor.execute(f"update checked_files set {changed} where id = ?", [*said.values(), number])
        cursor.execute("update checked_problems set remaining = 0 where checked_file = ?", [number])
    else:
        own = {"checked_at": at, "checked_by": check.checked_by, "sha256": check.sha256}
        number = insert(cursor, "checked_files", own | said)
    for one in check.problems:
        _keep_problem(cursor, number, one)


def _keep_problem(cursor: duckdb.DuckDBPyConnection, number: int, one: ProblemCount) -> None:
    key = [number, one.code, one.severity]
    query = "select count(*) from checked_problems where checked_file = ? and code = ? and severity = ?"
    if cursor.execute(query, key).fetchall()[0][0]:
        cursor.execute(sql("found_again.sql"), [one.found, one.remaining, *key])
    else:
        cursor.execute(
            "insert into checked_problems values (?, ?, ?, ?, ?)", [*key, one.found, one.remaining]
        )


def count_filled(cursor: duckdb.DuckDBPyConnection, ledger: Ledger, snapshots: Sequence[int]) -> None:
    """Of each column that the ledger keeps how many rows have it, region by region: from the stored rows."""
    if not (ledger.stored and has_table(cursor, ledger)):
        return
    ensure_rows_table(cursor, ledger)
    names = [column.name for column in ledger.stored]
    columns = [f"count(nullif(trim({name}::varchar), '')) as filled_{name}" for name in names]
    query = sql("count_filled.sql").format(
        rows=rows_table(ledger),
        columns=", ".join(columns),
        counts=", ".join(f"filled_{name}" for name in names),
    )
    cursor.execute(query, {"names": names, "snapshots": list(snapshots)})
