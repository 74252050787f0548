"""Snapshots: saved with their tallies in one transaction, withdrawn, tallied anew, listed in the register."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from zyb.errors import NotPossible, ZybError
from zyb.intake import Submission
from zyb.intake.tallying import PLACES, rules_fingerprint, tallied_columns, tally
from zyb.periods import chinese_moment
from zyb.records import END_OF_TIME, Part, Snapshot
from zyb.rulebook.ledgers import Ledger
from zyb.standing.tallies import Tally
from zyb.store.database import Database, append, audit, fingerprint, insert, record, sql, stamp, utc
from zyb.store.faults import told
from zyb.store.tables import STORED_TYPES, ensure_rows_table, insert_rows, rows_table

# A report or page asks for the register of its province once for each measure.
REGISTERS_KEPT = 4
# A file on its way in, and one that is in: its name is the hash of its bytes.
log = logging.getLogger("zyb")

INCOMING, HASH = "incoming-", re.compile(r"[0-9a-f]{64}")
HALF = re.compile(INCOMING + r"[a-z0-9_]{8}")
# Where originals go that belong to no snapshot.
ASIDE = "unclaimed"


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

    @property
    def faultless(self) -> bool:
        found = self.submission
        return not found.blocked and None not in (found.ledger, found.roster, found.as_of)

    @cached_property
    def sha256(self) -> str:
        return fingerprint(self.content)


class Snapshots(Database):
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

    def _take_back(self, kept: Iterable[str]) -> None:
        """Originals of what did not go in. Whether it did is asked, not concluded from the fault: where nobody
        answers they stay, and the next start knows."""
        try:
            known = self._originals()
        except Exception:
            return
        for sha256 in set(kept) - known:
            (self.uploads / sha256).unlink(missing_ok=True)

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
        return snapshot

    def _keep_original(self, sha256: str, content: bytes) -> list[str]:
        """The bytes as they came, under their hash; the hash, where no file of that name was there before.

        One that is there and damaged is put right, and stays whatever becomes of this upload: others lead to it.
        """
        target = self.uploads / sha256
        known = target.exists()
        if known and self.has_original(sha256):
            return []
        try:
            handle, name = tempfile.mkstemp(prefix=INCOMING, dir=self.uploads)
        except OSError as error:
            raise _not_kept(error) from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
            _settle(self.uploads)
        except OSError as error:
            raise _not_kept(error) from error
        finally:
            Path(name).unlink(missing_ok=True)
        return [] if known else [sha256]

    def sweep(self) -> int:
        """Clear away what a killed upload left in the folder; the number of files.

        Half files go. Originals of snapshots that never were are put aside, not deleted: after an older database was
        put back they may be all that is left of an upload. Where the database has lost something they stay where they are.
        """
        with self.exclusively():
            files = [file for file in self.uploads.iterdir() if file.is_file()]
            half = [file for file in files if HALF.fullmatch(file.name)]
            for file in half:
                file.unlink(missing_ok=True)
            known = self._originals()
            odd = [file for file in files if HASH.fullmatch(file.name) and file.name not in known]
            aside = [] if self.lost else odd
            try:
                for file in aside:
                    (self.folder / ASIDE).mkdir(exist_ok=True)
                    file.replace(self.folder / ASIDE / file.name)
            except OSError:  # something of that name lies in the way: what was not put aside does no harm
                log.warning("originals of no snapshot stay where they are", exc_info=True)
        return len(half) + len(aside)

    def _originals(self) -> set[str]:
        with self._cursor() as cursor:
            query = "select distinct sha256 from snapshots"
            return {sha256 for (sha256,) in cursor.execute(query).fetchall()}

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
        """The distinct 数据截至 of the snapshots in force, oldest first."""
        query = sql("report_days.sql")
        moment = stamp(known_at or END_OF_TIME)
        with self._cursor() as cursor:
            return [
                row[0]
                for row in cursor.execute(query, [province_code, list(ledgers), moment, moment]).fetchall()
            ]

    def report_days(self, province_code: str) -> list[date]:
        """Every 数据截至 of the province, whatever the ledger, oldest first."""
        query = sql("days_in_force.sql")
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query, [province_code]).fetchall()]

    def province_codes(self) -> list[str]:
        """The provinces that have snapshots in force, by the number of them."""
        query = sql("provinces_in_force.sql")
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query).fetchall()]

    def original(self, sha256: str) -> bytes:
        """The bytes as they came, never others."""
        try:
            content = (self.uploads / sha256).read_bytes()
        except OSError as error:
            raise ZybError(f"原始文件已不在数据目录中{_code(sha256)}。", ORIGINAL_BACK) from error
        if fingerprint(content) != sha256:
            raise ZybError(f"原始文件已损坏，与入库时不一致{_code(sha256)}。", ORIGINAL_BACK)
        return content

    def has_original(self, sha256: str) -> bool:
        """Whether `original` will give it. A file is read through once, and again when it has changed."""
        try:
            found = (self.uploads / sha256).stat()
            return _fingerprint_of(self.uploads / sha256, found.st_size, found.st_mtime_ns) == sha256
        except OSError:
            return False


ORIGINAL_BACK = "请管理员从备份中恢复这个文件（文件名就是校验码），或向上报人索取；已入库的数据不受影响。"


def _code(sha256: str) -> str:
    return f"（校验码 {sha256[:16]}）"


@lru_cache(maxsize=1024)
def _fingerprint_of(file: Path, size: int, changed: int) -> str:
    """`size` and `changed` are what the answer hangs on beside the name."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """A new name in a folder is safe from a power cut only when the folder itself is written; Windows has no such step."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_kept(error: OSError) -> ZybError:
    return told(error) or ZybError("原始文件没有保存。", "请联系管理员核对数据目录后重试。")


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
