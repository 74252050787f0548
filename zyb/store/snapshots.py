"""Snapshots: saved with their tallies in one transaction, withdrawn, tallied anew, listed in the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from zyb.errors import NotPossible
from zyb.inquiries.register import LINES_A_PAGE, SORTS, RegisterInquiry
from zyb.intake import Submission
from zyb.intake.tallying import PLACES, rules_fingerprint, tallied_columns, tally
from zyb.periods import chinese_moment
from zyb.records import END_OF_TIME, CheckedFile, Part, RegisterLine, RegisterPage, Snapshot
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import load_roster
from zyb.standing.tallies import Tally
from zyb.store.checks import checked_file, count_filled, keep_check
from zyb.store.database import append, audit, fingerprint, insert, names_of, record, sql, stamp, utc
from zyb.store.originals import Originals
from zyb.store.tables import STORED_TYPES, ensure_rows_table, insert_rows, rows_table

# A report or page asks for the register of its province once for each measure.
REGISTERS_KEPT = 4


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A table that is to become a snapshot, with the file it came in and what is said beside it.

    `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
    """

    submission: Submission
    content: bytes = field(repr=False)
    file_name: str
    by: str
    reason: str = ""
    source: str = ""
    at: datetime | None = None
    explained: int = 0
    """So many of its headings, names and values somebody explained."""

    @property
    def faultless(self) -> bool:
        found = self.submission
        return not found.blocked and None not in (found.ledger, found.roster, found.as_of)

    @cached_property
    def sha256(self) -> str:
        return fingerprint(self.content)


class Snapshots(Originals):
    """What was uploaded, and the register of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._register = lru_cache(maxsize=REGISTERS_KEPT)(self._find_register)

    # -- writing ------------------------------------------------------------------------

    def save_snapshot(
        self,
        submission: Submission,
        content: bytes,
        file_name: str,
        *,
        by: str,
        reason: str = "",
        source: str = "",
        at: datetime | None = None,
    ) -> int:
        """One table of a file; the new snapshot's number."""
        return self.save_snapshots(
            [
                Upload(
                    submission=submission,
                    content=content,
                    file_name=file_name,
                    by=by,
                    reason=reason,
                    source=source,
                    at=at,
                )
            ]
        )[0]

    def save_snapshots(self, uploads: Sequence[Upload]) -> list[int]:
        """Snapshots, rows, tallies, original bytes and audit lines: all of them, or nothing; the new numbers."""
        for upload in uploads:
            if not upload.faultless:
                raise NotPossible("文件中还有需要改正的问题，不能入库。", "请改正后重新上报。")
        kept: list[str] = []
        try:
            for upload in uploads:
                kept += self._keep_original(upload.sha256, upload.content)
            with self._transaction() as cursor:
                return [self._insert(cursor, upload) for upload in uploads]
        except BaseException:
            self._take_back(kept)
            raise

    def _insert(self, cursor: duckdb.DuckDBPyConnection, upload: Upload) -> int:
        submission = upload.submission
        assert submission.ledger and submission.roster
        snapshot = insert(cursor, "snapshots", {
            "ledger": submission.ledger.id, "province_code": submission.roster.province_code,
            "as_of": submission.as_of, "uploaded_at": self._stamp(upload.at), "uploaded_by": upload.by,
            "file_name": upload.file_name, "sha256": upload.sha256, "sheet": submission.sheet,
            "title": submission.title, "source": upload.source, "reason": upload.reason, "row_count": submission.n_rows,
        })  # fmt: skip
        insert_rows(cursor, snapshot, submission)
        _insert_parts(cursor, snapshot, submission.parts())
        _insert_tallies(cursor, snapshot, submission.ledger, submission.tallies(), submission.told)
        told = f"{submission.ledger.title} {upload.file_name} {upload.sha256}"
        audit(cursor, upload.by, "上报", f"批次{snapshot}", told)
        count_filled(cursor, submission.ledger, [snapshot])
        keep_check(cursor, _checked(upload), self._stamp(upload.at), snapshot)
        return snapshot

    def withdraw(self, snapshot: int, *, by: str, reason: str, at: datetime | None = None) -> None:
        """Take a snapshot out of force. It stays in the register and in editions known earlier.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        if not reason.strip():
            raise NotPossible("撤回批次需要填写原因。", "请写明撤回的原因后重试。")
        with self.exclusively():
            _refuse_withdrawn(self.snapshot(snapshot))
            with self._transaction() as cursor:
                cursor.execute(
                    "insert into withdrawals values (?, ?, ?, ?)",
                    [snapshot, self._stamp(at), by, reason.strip()],
                )
                audit(cursor, by, "撤回", f"批次{snapshot}", reason.strip())

    def retally(self, ledger: Ledger, snapshots: Sequence[int], *, by: str) -> None:
        """Add these snapshots of one ledger up anew, by its rules of today; nothing else of them changes.

        From the stored rows, through the function that tallied them when they were saved. A column that the
        snapshot did not tell, or that was not declared then and therefore not stored, still says nothing: its
        tallies stay unreported, never zero. A cell whose text is not of the type that the column has today is blank.
        """
        with self._transaction() as cursor:
            ensure_rows_table(cursor, ledger)
            for snapshot in snapshots:
                told = _told(cursor, ledger, snapshot)
                tallies = tally(ledger, _stored_body(cursor, ledger, snapshot), told)
                for table in ("tallies", "tallied"):
                    cursor.execute(f"delete from {table} where snapshot = ?", [snapshot])
                _insert_tallies(cursor, snapshot, ledger, tallies, told)
            first, last = min(snapshots), max(snapshots)
            subject = f"批次{first}" if first == last else f"批次{first}至{last}"
            audit(cursor, by, "重新汇总", subject, f"{ledger.title} 共{len(snapshots)}个批次，汇总规则有变化")

    # -- the register -------------------------------------------------------------------

    def outdated(self, known: Iterable[Ledger]) -> list[tuple[int, str, int]]:
        """Snapshots that were tallied by other rules than these ledgers have: number, ledger, rows."""
        fingerprints = {ledger.id: rules_fingerprint(ledger) for ledger in known}
        values = {"ledgers": list(fingerprints), "fingerprints": list(fingerprints.values())}
        with self._cursor() as cursor:
            return cursor.execute(sql("outdated.sql"), values).fetchall()

    def snapshots(self, province_code: str | None = None) -> list[Snapshot]:
        """The register, newest first, withdrawn ones included."""
        return list(self._register(self.revision, province_code))

    def _find_register(self, revision: int, province_code: str | None) -> tuple[Snapshot, ...]:
        """`revision` is what the answer hangs on beside the province."""
        return tuple(self._snapshots(province_code, None))

    def snapshot(self, number: int) -> Snapshot:
        found = self._snapshots(None, number)
        if not found:
            raise NotPossible(f"没有批次{number}。", "请在历史批次中核对批次号。")
        return found[0]

    def _snapshots(self, province_code: str | None, number: int | None) -> list[Snapshot]:
        with self._cursor() as cursor:
            rows = cursor.execute(
                sql("snapshots.sql"), {"province": province_code, "number": number}
            ).fetchall()
        return [_snapshot(row) for row in rows]

    def register_page(
        self, asked: RegisterInquiry, *, limit: int | None = LINES_A_PAGE, offset: int | None = None
    ) -> RegisterPage:
        """The lines of the page that is asked for, or any `limit` of them from `offset` on."""
        start = (asked.page - 1) * LINES_A_PAGE if offset is None else offset
        rows = f"limit {'all' if limit is None else int(limit)} offset {int(start)}"
        counted = "select count(*), count(*) filter (state = 'withdrawn') from found"
        chosen = (
            f"select {names_of(Snapshot)}, state, first_region from found order by {_order(asked)} {rows}"
        )
        ((total, withdrawn),) = self._asked(asked, counted)
        return RegisterPage(tuple(map(_line, self._asked(asked, chosen))), total, withdrawn)

    def register_line(self, snapshot: int) -> RegisterLine | None:
        """The line of a snapshot, whatever its province; None where there is none of that number."""
        chosen = f"select {names_of(Snapshot)}, state, first_region from found where id = {int(snapshot)}"
        return next(map(_line, self._asked(RegisterInquiry(), chosen)), None)

    def page_of_snapshot(self, asked: RegisterInquiry, snapshot: int) -> int | None:
        """The page that holds a snapshot; None where the filters hide it."""
        places = f"select id, row_number() over (order by {_order(asked)}) as place from found"
        found = self._asked(asked, f"select place from ({places}) where id = {int(snapshot)}")
        return next(((int(place) - 1) // LINES_A_PAGE + 1 for (place,) in found), None)

    def people_who_reported(self, province_code: str) -> list[str]:
        query = "select distinct uploaded_by from snapshots where province_code = ? order by uploaded_by"
        with self._cursor() as cursor:
            return [name for (name,) in cursor.execute(query, [province_code]).fetchall()]

    def _asked(self, asked: RegisterInquiry, query: str) -> list[tuple[Any, ...]]:
        province = load_roster(asked.province).province_code if asked.province else None
        values = {
            "province": province, "ledgers": list(asked.ledgers), "regions": list(asked.regions),
            "states": list(asked.states), "people": list(asked.people), "text": asked.text,
        }  # fmt: skip
        with self._cursor() as cursor:
            return cursor.execute(sql("register.sql").format(asked=query), values).fetchall()

    def region_codes(self, number: int) -> list[str]:
        """The regions that a snapshot speaks for."""
        query = "select distinct region_code from parts where snapshot = ? order by region_code"
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query, [number]).fetchall()]

    def same_bytes(self, sha256: str, ledger: str, province_code: str, as_of: date) -> int | None:
        """The snapshot in force that already holds these bytes for this ledger and day."""
        query = sql("same_bytes.sql")
        with self._cursor() as cursor:
            rows = cursor.execute(query, [sha256, ledger, province_code, as_of]).fetchall()
        return int(rows[0][0]) if rows else None

    def days(
        self, province_code: str, ledgers: Sequence[str], known_at: datetime | None = None
    ) -> list[date]:
        """The distinct 数据截至 of the snapshots in force, oldest first; of the nation, those of all provinces."""
        query = sql("report_days.sql")
        moment, everywhere = stamp(known_at or END_OF_TIME), province_code == NATION.code
        with self._cursor() as cursor:
            return [
                row[0]
                for row in cursor.execute(
                    query, [province_code, everywhere, list(ledgers), moment, moment]
                ).fetchall()
            ]

    def report_days(self, province_code: str) -> list[date]:
        """Every 数据截至 of the province, whatever the ledger, oldest first."""
        query = sql("days_in_force.sql")
        with self._cursor() as cursor:
            return [
                row[0]
                for row in cursor.execute(query, [province_code, province_code == NATION.code]).fetchall()
            ]

    def province_codes(self) -> list[str]:
        """The provinces that have snapshots in force, by the number of them."""
        query = sql("provinces_in_force.sql")
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query).fetchall()]


def _checked(upload: Upload) -> CheckedFile:
    return checked_file(
        upload.submission, upload.file_name, upload.sha256, by=upload.by, explained=upload.explained
    )


def _line(row: tuple[Any, ...]) -> RegisterLine:
    *snapshot, state, first_region = row
    return RegisterLine(_snapshot(tuple(snapshot)), state, first_region)


def _order(asked: RegisterInquiry) -> str:
    """The newest first, also among equals; names of columns are those of SORTS alone."""
    assert not asked.sort or asked.sort in SORTS
    turned = "desc" if asked.descending else "asc"
    return f"{asked.sort} {turned}, id desc" if asked.sort else "id desc"


def _refuse_withdrawn(known: Snapshot) -> None:
    if known.withdrawn_at:
        when = chinese_moment(known.withdrawn_at)
        raise NotPossible(f"批次{known.id}已由{known.withdrawn_by}于{when}撤回，不能重复撤回。")


def _insert_parts(cursor: duckdb.DuckDBPyConnection, snapshot: int, parts: Sequence[Part]) -> None:
    append(cursor, "parts", pa.table({
        "snapshot": pa.array([snapshot] * len(parts), pa.int64()),
        "region_code": pa.array([part.region_code for part in parts], pa.string()),
        "year": pa.array([part.year for part in parts], pa.int32()),
        "county_code": pa.array([part.county_code for part in parts], pa.string()),
    }))  # fmt: skip


def _insert_tallies(
    cursor: duckdb.DuckDBPyConnection,
    snapshot: int,
    ledger: Ledger,
    tallies: Sequence[Tally],
    told: frozenset[str],
) -> None:
    """The sums, and by which rules and from which columns they were added up."""
    append(cursor, "tallies", pa.table({
        "snapshot": pa.array([snapshot] * len(tallies), pa.int64()),
        "region_code": pa.array([tally.part.region_code for tally in tallies], pa.string()),
        "county_code": pa.array([tally.county_code for tally in tallies], pa.string()),
        "year": pa.array([tally.part.year for tally in tallies], pa.int32()),
        "item": pa.array([tally.item for tally in tallies], pa.string()),
        "name": pa.array([tally.name for tally in tallies], pa.string()),
        "amount": pa.array([tally.amount for tally in tallies], pa.int64()),
    }))  # fmt: skip
    cursor.execute(
        "insert into tallied (snapshot, fingerprint, told) values (?, ?, ?::varchar[])",
        [snapshot, rules_fingerprint(ledger), sorted(told)],
    )


def _stored_body(cursor: duckdb.DuckDBPyConnection, ledger: Ledger, snapshot: int) -> pa.Table:
    """A snapshot's rows as they were when it was saved, as far as tallies look at them."""
    types = {name: STORED_TYPES.get(ledger.column(name).type, "varchar") for name in tallied_columns(ledger)}
    own = [f"try_cast({name} as {kind}) as {name}" for name, kind in types.items()]
    query = f"select {', '.join([*PLACES, *own])} from {rows_table(ledger)} where snapshot = ?"
    return cursor.sql(query, params=[snapshot]).to_arrow_table()


def _told(cursor: duckdb.DuckDBPyConnection, ledger: Ledger, snapshot: int) -> frozenset[str]:
    """The columns that a snapshot's table told.

    Of one from before this was written down: those with a value in any row, and blank ones that a tally of
    then has counted as none.
    """
    query = "select told from tallied where snapshot = ?"
    if known := cursor.execute(query, [snapshot]).fetchall():
        return frozenset(known[0][0])
    names = [column.name for column in ledger.stored]
    counts = ", ".join(f"count({name})" for name in names)
    rows = cursor.execute(
        f"select {counts} from {rows_table(ledger)} where snapshot = ?", [snapshot]
    ).fetchall()
    filled = {name for name, number in zip(names, rows[0], strict=True) if number}
    query = "select name from tallies where snapshot = ? group by name having sum(amount) = 0"
    none = {name for (name,) in cursor.execute(query, [snapshot]).fetchall()}
    blank = {rule.count for rule in ledger.tallies if rule.name in none} & set(names)
    return frozenset(filled | blank)


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    found = record(Snapshot, row)
    return replace(found, uploaded_at=utc(found.uploaded_at), withdrawn_at=utc(found.withdrawn_at))
