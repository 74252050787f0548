"""DuckDB: the only module that runs SQL.

One connection per process, one cursor per piece of work, one writer at a time. Everything
that an upload brings is written in one transaction; a snapshot never changes afterwards.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import starmap
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from zyb.errors import NotPossible, StoreBusy, ZybError
from zyb.intake import Submission
from zyb.intake.tallying import PLACES, rules_fingerprint, tallied_columns, tally
from zyb.ledgers import Ledger
from zyb.tallies import Part, Source, Split, Tally, Totals, without

SQL = Path(__file__).resolve().parent / "sql"
STORED_TYPES = {"count": "bigint", "date": "date"}
# Snapshot, region, year → tally → county and item → amount.
Amounts = dict[tuple[int, str, int], dict[str, dict[tuple[str, str], int]]]
ALERT_ACTIONS = {"claim": "认领预警", "note": "预警备注", "release": "解除预警"}
InForce = tuple[Part, Source]
# The few days that one upload or page asks for again and again.
EDITIONS_KEPT = 64
# The number of an upload that is looked at as if it had been saved.
PREVIEW = 0
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """The snapshots in force on a day, as known at a moment. Immutable: a cache may hang on it."""

    province_code: str
    on: date
    sources: tuple[tuple[Part, Source], ...]

    @property
    def snapshots(self) -> tuple[int, ...]:
        return tuple(sorted({source.snapshot for _, source in self.sources}))

    def as_of(self, ledgers: Sequence[str]) -> date | None:
        """The latest 数据截至 among these ledgers."""
        return max((source.as_of for part, source in self.sources if part.ledger in ledgers), default=None)


@dataclass(frozen=True)
class Snapshot:
    """A line of the register of uploads. Moments are UTC."""

    id: int
    ledger: str
    province_code: str
    as_of: date
    uploaded_at: datetime
    uploaded_by: str
    file_name: str
    sha256: str
    sheet: str
    title: str
    source: str
    reason: str
    row_count: int
    regions: int
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawal_reason: str | None

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@dataclass(frozen=True)
class Learned:
    """Explained headings (ledger, plain heading, column) and places (as written, region code)."""

    headings: tuple[tuple[str, str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Explanation:
    """One thing that is remembered. A blank unit is the province's own; a place holds for every ledger."""

    unit: str
    kind: str
    ledger: str
    said: str
    meaning: str
    learned_at: datetime
    learned_from: str


@dataclass(frozen=True)
class AlertRecord:
    """What a person added to an alert: a claim, a note or a release. Never changed, only added to.

    `as_of` is the day of the figures that it was written on; `recorded_at` (UTC) when.
    """

    province_code: str
    region_code: str
    measure: str
    kind: str
    as_of: date
    recorded_by: str
    owner: str = ""
    cause: str = ""
    action: str = ""
    due: date | None = None
    reason: str = ""
    id: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class VerdictRecord:
    """A person's verdict on a region's figures, or (empty) that it is taken back. Never changed, only added to.

    `as_of`, `numerator` and `denominator` are the figures it is about, `proposed` is the rule's verdict on them.
    """

    province_code: str
    region_code: str
    measure: str
    as_of: date
    numerator: int
    denominator: int
    proposed: str
    verdict: str
    reason: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0


@dataclass(frozen=True)
class Rewording:
    """A sentence of the reports' wording before and after somebody changed it. Never changed, only added to."""

    sentence: str
    variant: str
    before: str
    after: str
    recorded_by: str
    recorded_at: datetime = END_OF_TIME
    id: int = 0


@dataclass(frozen=True)
class Bulletin:
    """An issued bulletin: everything but its text, which `Store.bulletin_content` brings. Never changed.

    `known_at` (UTC) bounds what it was made from. `revises` is the id of the bulletin that it corrects.
    """

    province_code: str
    year: int
    kind: str
    title: str
    campaign: str
    """Empty for all campaigns."""
    region_code: str
    """Empty for the whole province."""
    on: date
    known_at: datetime
    issued_by: str
    sha256: str
    checks: str = "[]"
    revises: int | None = None
    changes: str = ""
    number: int = 0
    issued_at: datetime | None = None
    id: int = 0

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.number}期"


@dataclass(frozen=True)
class Trace:
    """A stored row: where a figure stands in the official's own file."""

    snapshot: int
    sheet: str
    line: int
    region_code: str
    year: int
    values: dict[str, int | str | None]


@cache
def _sql(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


def _utc(moment: Any) -> Any:
    return moment.replace(tzinfo=UTC) if moment else None


def _stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def now() -> datetime:
    return datetime.now(UTC)


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _rows_table(ledger: Ledger) -> str:
    """Ledger and column names are checked identifiers (zyb.ledgers), so they may stand in SQL."""
    return f"rows_{ledger.id}"


class Store:
    """The database and the uploaded files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uploads = folder / "uploads"
        self.revision = 0
        """Grows with every write of this process, the only one that holds the database."""
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._edition = lru_cache(maxsize=EDITIONS_KEPT)(self._find_edition)
        try:
            self.uploads.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ZybError("数据目录无法建立或写入。", "请核对设置 ZYB_DATA，并确认有写入权限。") from error
        self._connect()

    # -- opening and closing ------------------------------------------------------------

    def _connect(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._connection is None:
                self._connection = self._open()
            return self._connection

    def _open(self) -> duckdb.DuckDBPyConnection:
        try:
            connection = duckdb.connect(str(self.folder / "zyb.duckdb"))
        except duckdb.Error as error:
            raise _cannot_open(error) from error
        try:
            self._migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Each schema file is applied once, in order, in a transaction of its own."""
        connection.execute("create table if not exists schema_versions (version integer primary key)")
        row = connection.execute("select coalesce(max(version), 0) from schema_versions").fetchone()
        version = int(row[0]) if row else 0
        files = sorted((SQL / "schema").glob("*.sql"))
        if version > len(files):
            raise ZybError("数据库由更新版本的程序建立。", "请升级程序后再打开。")
        for number, file in enumerate(files[version:], version + 1):
            connection.execute("begin")
            connection.execute(file.read_text(encoding="utf-8"))
            connection.execute("insert into schema_versions values (?)", [number])
            connection.execute("commit")

    def close(self) -> None:
        with self._opening:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one piece of work. A fatal fault (a full disk) closes every connection; open anew."""
        cursor = self._connect().cursor()
        try:
            yield cursor
        except duckdb.FatalException as error:
            self.close()
            raise ZybError("数据没有保存：磁盘可能已满。", "请清理磁盘空间后重试。") from error
        finally:
            cursor.close()

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All or nothing; then a checkpoint, so that the log never holds the only copy."""
        with self._writing, self._cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
                cursor.execute("commit")
            except BaseException:
                with suppress(duckdb.Error):  # nothing to roll back where the commit itself failed
                    cursor.execute("rollback")
                raise
            self.revision += 1
            # What is committed stays committed, whether or not the log could be folded in just now.
            with suppress(duckdb.TransactionException):
                cursor.execute("checkpoint")

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
        """Snapshot, rows, tallies, original bytes and audit line together; the new snapshot's number.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        if submission.blocked or not (submission.ledger and submission.roster and submission.as_of):
            raise NotPossible("文件中还有需要改正的问题，不能入库。", "请改正后重新上报。")
        sha256 = fingerprint(content)
        stored_now = self._keep_original(sha256, content)
        head = {
            "ledger": submission.ledger.id, "province_code": submission.roster.province_code,
            "as_of": submission.as_of, "uploaded_at": _stamp(at or now()), "uploaded_by": by, "file_name": file_name,
            "sha256": sha256, "sheet": submission.sheet, "title": submission.title, "source": source,
            "reason": reason, "row_count": submission.n_rows,
        }  # fmt: skip
        try:
            with self._transaction() as cursor:
                snapshot = _insert_snapshot(cursor, head)
                _insert_rows(cursor, snapshot, submission)
                _insert_parts(cursor, snapshot, submission.parts())
                _insert_tallies(cursor, snapshot, submission.ledger, submission.tallies(), submission.told)
                _audit(
                    cursor, by, "上报", f"批次{snapshot}", f"{submission.ledger.title} {file_name} {sha256}"
                )
        except BaseException:
            if stored_now:
                (self.uploads / sha256).unlink(missing_ok=True)
            raise
        return snapshot

    def _keep_original(self, sha256: str, content: bytes) -> bool:
        """The bytes as they came, under their hash. True when they were not there before."""
        target = self.uploads / sha256
        if target.exists():
            return False
        handle, name = tempfile.mkstemp(dir=self.uploads)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except OSError as error:
            Path(name).unlink(missing_ok=True)
            raise ZybError("原始文件没有保存：磁盘可能已满。", "请清理磁盘空间后重试。") from error
        return True

    def withdraw(self, snapshot: int, *, by: str, reason: str, at: datetime | None = None) -> None:
        """Take a snapshot out of force. It stays in the register and in editions known earlier.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        if not reason.strip():
            raise NotPossible("撤回批次需要填写原因。", "请写明撤回的原因后重试。")
        known = self.snapshot(snapshot)
        if known.withdrawn:
            raise NotPossible(f"批次{snapshot}已经撤回，不能重复撤回。")
        with self._transaction() as cursor:
            cursor.execute(
                "insert into withdrawals values (?, ?, ?, ?)",
                [snapshot, _stamp(at or now()), by, reason.strip()],
            )
            _audit(cursor, by, "撤回", f"批次{snapshot}", reason.strip())

    def retally(self, ledger: Ledger, snapshots: Sequence[int], *, by: str) -> None:
        """Add these snapshots of one ledger up anew, by its rules of today; nothing else of them changes.

        From the stored rows, through the function that tallied them when they were saved. A column that the
        snapshot did not tell, or that was not declared then and therefore not stored, still says nothing: its
        tallies stay unreported, never zero. A cell whose text is not of the type that the column has today is blank.
        """
        with self._transaction() as cursor:
            _ensure_rows_table(cursor, ledger)
            for snapshot in snapshots:
                told = _told(cursor, ledger, snapshot)
                tallies = tally(ledger, _stored_body(cursor, ledger, snapshot), told)
                for table in ("tallies", "tallied"):
                    cursor.execute(f"delete from {table} where snapshot = ?", [snapshot])
                _insert_tallies(cursor, snapshot, ledger, tallies, told)
            first, last = min(snapshots), max(snapshots)
            subject = f"批次{first}" if first == last else f"批次{first}至{last}"
            _audit(
                cursor, by, "重新汇总", subject, f"{ledger.title} 共{len(snapshots)}个批次，汇总规则有变化"
            )

    # -- reading ------------------------------------------------------------------------

    def outdated(self, known: Iterable[Ledger]) -> list[tuple[int, str, int]]:
        """Snapshots that were tallied by other rules than these ledgers have: number, ledger, rows."""
        fingerprints = {ledger.id: rules_fingerprint(ledger) for ledger in known}
        values = {"ledgers": list(fingerprints), "fingerprints": list(fingerprints.values())}
        with self._cursor() as cursor:
            return cursor.execute(_sql("outdated.sql"), values).fetchall()

    def editions(
        self, province_code: str, days: Sequence[date], known_at: datetime | None = None
    ) -> list[Edition]:
        """The edition of each day, in the order asked for."""
        values = {"province": province_code, "days": list(days), "known_at": _stamp(known_at or END_OF_TIME)}
        found: dict[date, list[tuple[Part, Source]]] = {day: [] for day in days}
        with self._cursor() as cursor:
            for day, ledger, region, year, county, snapshot, as_of in cursor.execute(
                _sql("editions.sql"), values
            ).fetchall():
                found[day].append((Part(ledger, region, year, county), Source(snapshot, as_of)))
        return [Edition(province_code, day, tuple(found[day])) for day in days]

    def edition(self, province_code: str, on: date, known_at: datetime | None = None) -> Edition:
        """The edition of one day; asked for again before anything is written, it is remembered."""
        return self._edition(self.revision, province_code, on, known_at)

    def _find_edition(
        self, revision: int, province_code: str, on: date, known_at: datetime | None
    ) -> Edition:
        """`revision` is what the answer hangs on beside the words of the question."""
        return self.editions(province_code, [on], known_at)[0]

    def totals(self, editions: Iterable[Edition], tallies: Sequence[str] | None = None) -> list[Totals]:
        """The tallies (all, or those named) of each edition; one query for all of them."""
        editions = list(editions)
        wanted = sorted({snapshot for edition in editions for snapshot in edition.snapshots})
        amounts: Amounts = {}
        with self._cursor() as cursor:
            values = {"snapshots": wanted, "tallies": None if tallies is None else list(tallies)}
            rows = cursor.execute(_sql("totals.sql"), values).fetchall()
        for snapshot, region, year, county, name, item, amount in rows:
            split = amounts.setdefault((snapshot, region, year), {}).setdefault(name, {})
            split[county, item] = amount
        return [_totals(edition, amounts) for edition in editions]

    def snapshots(self, province_code: str | None = None) -> list[Snapshot]:
        """The register, newest first, withdrawn ones included."""
        return self._snapshots(province_code, None)

    def snapshot(self, number: int) -> Snapshot:
        found = self._snapshots(None, number)
        if not found:
            raise NotPossible(f"没有批次{number}。", "请在历史批次中核对批次号。")
        return found[0]

    def _snapshots(self, province_code: str | None, number: int | None) -> list[Snapshot]:
        with self._cursor() as cursor:
            rows = cursor.execute(
                _sql("snapshots.sql"), {"province": province_code, "number": number}
            ).fetchall()
        return [_snapshot(row) for row in rows]

    def region_codes(self, number: int) -> list[str]:
        """The regions that a snapshot speaks for."""
        query = "select distinct region_code from parts where snapshot = ? order by region_code"
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query, [number]).fetchall()]

    def speaks(self, snapshot: Snapshot) -> bool:
        """Whether anything of the snapshot is still in force today."""
        return snapshot.id in self.edition(snapshot.province_code, date.max).snapshots

    def same_bytes(self, sha256: str, ledger: str, province_code: str, as_of: date) -> int | None:
        """The snapshot in force that already holds these bytes for this ledger and day."""
        query = """
            select id from snapshots where sha256 = ? and ledger = ? and province_code = ? and as_of = ?
            and id not in (select snapshot from withdrawals) order by id desc limit 1
        """
        with self._cursor() as cursor:
            row = cursor.execute(query, [sha256, ledger, province_code, as_of]).fetchone()
        return int(row[0]) if row else None

    def days(
        self, province_code: str, ledgers: Sequence[str], known_at: datetime | None = None
    ) -> list[date]:
        """The distinct 数据截至 of the snapshots in force, oldest first."""
        query = """
            select distinct as_of from snapshots where province_code = ? and ledger in (select unnest(?::varchar[]))
            and uploaded_at <= ? and id not in (select snapshot from withdrawals where withdrawn_at <= ?)
            order by as_of
        """
        moment = _stamp(known_at or END_OF_TIME)
        with self._cursor() as cursor:
            return [
                row[0]
                for row in cursor.execute(query, [province_code, list(ledgers), moment, moment]).fetchall()
            ]

    def report_days(self, province_code: str) -> list[date]:
        """Every 数据截至 of the province, whatever the ledger, oldest first."""
        query = """
            select distinct as_of from snapshots where province_code = ?
            and id not in (select snapshot from withdrawals) order by as_of
        """
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query, [province_code]).fetchall()]

    def province_codes(self) -> list[str]:
        """The provinces that have snapshots in force, by the number of them."""
        query = """
            select province_code from snapshots where id not in (select snapshot from withdrawals)
            group by province_code order by count(*) desc, province_code
        """
        with self._cursor() as cursor:
            return [row[0] for row in cursor.execute(query).fetchall()]

    def is_untouched(self) -> bool:
        """No upload has ever been accepted, not even one that was withdrawn."""
        with self._cursor() as cursor:
            row = cursor.execute("select count(*) from snapshots").fetchone()
        return row is not None and row[0] == 0

    def traces(
        self,
        ledger: Ledger,
        snapshots: Sequence[int],
        region_code: str | None = None,
        county_code: str = "",
        limit: int | None = None,
        without: Sequence[str] = (),
    ) -> list[Trace]:
        """The rows behind a figure: sheet, line and values as adopted; `without` these counties."""
        names = [column.name for column in ledger.stored]
        chosen = ", ".join(["snapshot", "sheet", "line", "region_code", "year", *names])
        # The first lines are found in the narrow columns; only these are then read in full.
        query = f"""
            select {chosen} from {_rows_table(ledger)} where rowid in (
                select rowid from {_rows_table(ledger)}
                where snapshot in (select unnest($snapshots::bigint[]))
                  and ($region is null or region_code = $region) and ($county = '' or county_code = $county)
                  and county_code not in (select unnest($without::varchar[]))
                order by snapshot desc, line, year limit {int(limit) if limit else "all"}
            )
            order by snapshot desc, line, year
        """
        places = {"region": region_code, "county": county_code, "without": list(without)}
        values = {"snapshots": list(snapshots), **places}
        with self._cursor() as cursor:
            if not _has_table(cursor, ledger):
                return []
            rows = cursor.execute(query, values).fetchall()
        return [_trace(row, names) for row in rows]

    def count_in_force(self, ledger: Ledger, parts: Sequence[InForce]) -> int:
        """How many rows `rows_in_force` brings."""
        with self._cursor() as cursor:
            if not _has_table(cursor, ledger):
                return 0
            query = _sql("rows.sql").format(chosen="count(*)", rows=_rows_table(ledger), ordered="")
            return int(cursor.execute(query, _listed(parts)).fetchall()[0][0])

    def rows_in_force(
        self, ledger: Ledger, parts: Sequence[InForce], names: Sequence[str], portion: int = 5_000
    ) -> Iterator[list[tuple[Any, ...]]]:
        """All rows, a portion at a time: snapshot, sheet, line, region, county, year, then these stored columns."""
        fixed = ("snapshot", "sheet", "line", "region_code", "county_code", "year")
        chosen = ", ".join(f"lines.{name}" for name in (*fixed, *names))
        ordered = "order by lines.region_code, lines.county_code, lines.snapshot, lines.sheet, lines.line"
        with self._cursor() as cursor:
            if not _has_table(cursor, ledger):
                return
            query = _sql("rows.sql").format(chosen=chosen, rows=_rows_table(ledger), ordered=ordered)
            cursor.execute(query, _listed(parts))
            while rows := cursor.fetchmany(portion):
                yield rows

    def compare_rows(self, submission: Submission) -> tuple[int, int, int]:
        """New, changed and unchanged rows of a list against the rows in force for the same parts."""
        ledger = submission.ledger
        assert ledger and submission.roster and submission.as_of
        edition = self.edition(submission.roster.province_code, submission.as_of)
        spoken = {part.whole for part in submission.parts()}
        numbers = {source.snapshot for part, source in edition.sources if part.whole in spoken}
        with self._cursor() as cursor:
            if not numbers or not _has_table(cursor, ledger):
                return len(submission.body), 0, 0
            _ensure_rows_table(cursor, ledger)
            cursor.register("incoming", submission.body)
            row = cursor.execute(_comparison(ledger), [sorted(numbers)]).fetchall()[0]
            cursor.unregister("incoming")
        return int(row[0]), int(row[1]), int(row[2])

    def learned(self, province_code: str, unit: str = "") -> Learned:
        """What a province's officials have explained of files of all of it and, after that, of one unit's (a region's).

        Where both explain the same word the unit's own is the later entry, and the later one holds.
        """
        query = """
            select kind, ledger, said, meaning from explanations
            where province_code = ? and unit in ('', ?) order by unit, said
        """
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, unit]).fetchall()
        return Learned(
            tuple((ledger, said, meaning) for kind, ledger, said, meaning in rows if kind == "heading"),
            tuple((said, meaning) for kind, _, said, meaning in rows if kind == "place"),
        )

    def learn(self, province_code: str, learned: Learned, *, by: str, unit: str = "") -> None:
        """Remember explanations for a unit, or for the whole province; the newest of a word holds."""
        rows = [("heading", ledger, said, meaning) for ledger, said, meaning in learned.headings]
        rows += [("place", "", said, meaning) for said, meaning in learned.places]
        if not rows:
            return
        with self._transaction() as cursor:
            for row in rows:
                cursor.execute(
                    "insert or replace into explanations values (?, ?, ?, ?, ?, ?, ?, ?)",
                    [province_code, unit, *row, _stamp(now()), by],
                )
                _audit(cursor, by, "记住写法", row[2], " ".join(filter(None, (unit, row[1], row[3]))))

    def explanations(self, province_code: str) -> list[Explanation]:
        """Everything that is remembered in a province: its own first, then unit by unit, the newest first."""
        query = """
            select unit, kind, ledger, said, meaning, learned_at, learned_from from explanations
            where province_code = ? order by unit, learned_at desc, kind, ledger, said
        """
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code]).fetchall()
        return [replace(found, learned_at=_utc(found.learned_at)) for found in starmap(Explanation, rows)]

    def forget(self, province_code: str, said: str, *, by: str, unit: str = "", ledger: str = "") -> None:
        """No longer remembered: a heading of the ledger or, without a ledger, a place."""
        query = "delete from explanations where province_code = ? and unit = ? and ledger = ? and said = ?"
        with self._transaction() as cursor:
            cursor.execute(query, [province_code, unit, ledger, said])
            _audit(cursor, by, "忘记写法", said, " ".join(filter(None, (unit, ledger))))

    def codes_elsewhere(self, submission: Submission, limit: int = 200) -> list[tuple[str, str]]:
        """Codes of a list that are in force in the same ledger under another region: code, region code."""
        ledger = submission.ledger
        code = ledger.of_type("uscc") if ledger else None
        if not (ledger and code and submission.roster and submission.as_of):
            return []
        edition = self.edition(submission.roster.province_code, submission.as_of)
        numbers = sorted({source.snapshot for part, source in edition.sources if part.ledger == ledger.id})
        query = f"""
            select distinct old.{code.name}, old.region_code
            from (select distinct {code.name}, region_code from incoming) as incoming
            join {_rows_table(ledger)} as old
                on old.{code.name} = incoming.{code.name} and old.region_code <> incoming.region_code
            where old.snapshot in (select unnest(?::bigint[]))
              and old.region_code not in (select unnest(?::varchar[]))
            order by all limit ?
        """
        with self._cursor() as cursor:
            if not numbers or not _has_table(cursor, ledger):
                return []
            cursor.register("incoming", submission.body)
            rows = cursor.execute(query, [numbers, list(submission.region_codes), limit]).fetchall()
            cursor.unregister("incoming")
        return [(said, region) for said, region in rows]

    def matches(
        self,
        ours: Ledger,
        our_parts: Sequence[InForce],
        theirs: Ledger,
        their_parts: Sequence[InForce],
        coming: Submission | None = None,
    ) -> list[tuple[str, int, str, int]]:
        """Region, year, county and how many of our rows in force there have a code that also stands in theirs.

        The rows of an upload that is not saved yet are those of the snapshot PREVIEW.
        """
        our_code, their_code = ours.of_type("uscc"), theirs.of_type("uscc")
        assert our_code and their_code
        values = _listed(our_parts) | {f"their_{key}": said for key, said in _listed(their_parts).items()}
        with self._cursor() as cursor:
            query = _sql("matches.sql").format(
                our_rows=_rows_with(cursor, ours, our_code.name, coming), our_code=our_code.name,
                their_rows=_rows_with(cursor, theirs, their_code.name, coming), their_code=their_code.name,
            )  # fmt: skip
            if coming:
                cursor.register("coming", coming.body)
            return cursor.execute(query, values).fetchall()

    # -- alerts -------------------------------------------------------------------------

    def add_alert_record(self, record: AlertRecord) -> int:
        """One more line beside an alert, with its line in the audit; its number."""
        said = {name: value for name, value in asdict(record).items() if name != "id"}
        said["recorded_at"] = _stamp(now())
        with self._transaction() as cursor:
            number = _insert(cursor, "alert_records", said)
            detail = "；".join(
                str(part)
                for part in (record.owner, record.cause, record.action, record.due, record.reason)
                if part
            )
            subject = f"{record.region_code} {record.measure} {record.as_of}"
            _audit(cursor, record.recorded_by, ALERT_ACTIONS[record.kind], subject, detail)
        return number

    def alert_records(self, province_code: str, known_at: datetime | None = None) -> list[AlertRecord]:
        """Everything that people have added to a province's alerts, oldest first."""
        names = [field.name for field in fields(AlertRecord)]
        query = f"""
            select {", ".join(names)} from alert_records
            where province_code = ? and recorded_at <= ? order by id
        """
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, _stamp(known_at or END_OF_TIME)]).fetchall()
        found = [AlertRecord(**dict(zip(names, row, strict=True))) for row in rows]
        return [replace(record, recorded_at=_utc(record.recorded_at)) for record in found]

    # -- verdicts of people ---------------------------------------------------------------

    def add_verdict_record(self, record: VerdictRecord, *, at: datetime | None = None) -> int:
        """One more verdict (or its taking back), with its line in the audit; its number.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        said = {name: value for name, value in asdict(record).items() if name != "id"}
        said["recorded_at"] = _stamp(at or now())
        with self._transaction() as cursor:
            number = _insert(cursor, "verdict_records", said)
            action = "调整评价" if record.verdict else "撤销调整"
            subject = f"{record.region_code} {record.measure} {record.as_of}"
            told = f"{record.proposed} → {record.verdict}；" if record.verdict else ""
            _audit(cursor, record.recorded_by, action, subject, told + record.reason)
        return number

    def verdict_records(
        self, province_code: str, measure: str | None = None, known_at: datetime | None = None
    ) -> list[VerdictRecord]:
        """What people have said of a province's figures (in one measure, or in all), oldest first."""
        names = ", ".join(field.name for field in fields(VerdictRecord))
        query = f"""
            select {names} from verdict_records
            where province_code = ? and (? is null or measure = ?) and recorded_at <= ? order by id
        """
        values = [province_code, measure, measure, _stamp(known_at or END_OF_TIME)]
        with self._cursor() as cursor:
            found = [VerdictRecord(*row) for row in cursor.execute(query, values).fetchall()]
        return [replace(record, recorded_at=_utc(record.recorded_at)) for record in found]

    # -- wording of reports ---------------------------------------------------------------

    def add_rewordings(self, changes: Sequence[Rewording], *, then: Callable[[], None]) -> None:
        """A line a sentence, each with its line in the audit; none of them unless what comes `then` succeeds."""
        with self._transaction() as cursor:
            for change in changes:
                said = {name: value for name, value in asdict(change).items() if name != "id"}
                _insert(cursor, "rewordings", said | {"recorded_at": _stamp(now())})
                subject = f"{change.sentence}.{change.variant}"
                _audit(cursor, change.recorded_by, "修改措辞", subject, f"{change.before} → {change.after}")
            then()

    def rewordings(self, limit: int = 200) -> list[Rewording]:
        """What people have changed in the wording, newest first."""
        names = ", ".join(field.name for field in fields(Rewording))
        query = f"select {names} from rewordings order by id desc limit ?"
        with self._cursor() as cursor:
            found = [Rewording(*row) for row in cursor.execute(query, [limit]).fetchall()]
        return [replace(change, recorded_at=_utc(change.recorded_at)) for change in found]

    # -- bulletins ----------------------------------------------------------------------

    def add_bulletin(self, bulletin: Bulletin, content: str, *, at: datetime | None = None) -> int:
        """The bulletin under the next number of its province and year, with its line in the audit; its id.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        said = {name: value for name, value in asdict(bulletin).items() if name not in ("id", "on")}
        said |= {"on_day": bulletin.on, "known_at": _stamp(bulletin.known_at), "content": content}
        said["issued_at"] = _stamp(at or now())
        with self._transaction() as cursor:
            _refuse_second_revision(cursor, bulletin.revises)
            said["number"] = _next_bulletin(cursor, bulletin)
            number = _insert(cursor, "bulletins", said)
            issued = replace(bulletin, number=said["number"])
            subject = f"{bulletin.province_code} {issued.label}"
            _audit(cursor, bulletin.issued_by, "签发", subject, f"{bulletin.title} {bulletin.sha256}")
        return number

    def bulletins(self, province_code: str | None = None, number: int | None = None) -> list[Bulletin]:
        """The issued bulletins (of a province, or the one with this id), newest first."""
        query = f"""
            select {_bulletin_columns()} from bulletins
            where ($province is null or province_code = $province) and ($number is null or id = $number)
            order by id desc
        """
        with self._cursor() as cursor:
            rows = cursor.execute(query, {"province": province_code, "number": number}).fetchall()
        return [_bulletin(row) for row in rows]

    def bulletin_content(self, number: int) -> str:
        """The text as it was issued; a text that is no longer the same is refused."""
        with self._cursor() as cursor:
            query = "select content, sha256 from bulletins where id = ?"
            rows = cursor.execute(query, [number]).fetchall()
        if not rows:
            raise NotPossible("没有这一期通报。", "请在已签发的清单中核对。")
        content, sha256 = rows[0]
        if fingerprint(content.encode()) != sha256:
            raise ZybError("这一期通报的内容与签发时不一致，不能使用。", "请联系管理员用备份恢复。")
        return str(content)

    def original(self, sha256: str) -> bytes:
        return (self.uploads / sha256).read_bytes()

    def audit_lines(self, limit: int = 200) -> list[tuple[datetime, str, str, str, str]]:
        query = "select happened_at, actor, action, subject, detail from audit order by id desc limit ?"
        with self._cursor() as cursor:
            return cursor.execute(query, [limit]).fetchall()


def _rows_with(
    cursor: duckdb.DuckDBPyConnection, ledger: Ledger, code: str, coming: Submission | None
) -> str:
    """Where the rows of a ledger are read from, those of an upload on its way among them."""
    if coming is None or coming.ledger != ledger:
        return _rows_table(ledger)
    names = f"region_code, year, county_code, {code}"
    new = f"select {PREVIEW} as snapshot, {names} from coming"
    if not _has_table(cursor, ledger):
        return f"({new})"
    return f"(select snapshot, {names} from {_rows_table(ledger)} union all {new})"


def _listed(parts: Sequence[InForce]) -> dict[str, list[Any]]:
    """Parts in force as columns, the way a query takes them."""
    return {
        "snapshots": [source.snapshot for _, source in parts],
        "regions": [part.region_code for part, _ in parts],
        "years": [part.year for part, _ in parts],
        "counties": [part.county_code for part, _ in parts],
    }


def _cannot_open(error: duckdb.Error) -> ZybError:
    if "lock" in str(error).lower():
        return StoreBusy(
            "数据库正被另一个程序占用（看板可能正在运行）。", "请先关闭看板或另一个命令，再重试。"
        )
    return ZybError("数据库文件无法打开，可能已损坏。", "请联系管理员用最近的备份恢复。")


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    found = Snapshot(*row)
    return replace(found, uploaded_at=_utc(found.uploaded_at), withdrawn_at=_utc(found.withdrawn_at))


def _bulletin_columns() -> str:
    """In the order of the fields; `on` is a word of SQL."""
    return ", ".join("on_day" if field.name == "on" else field.name for field in fields(Bulletin))


def _bulletin(row: tuple[Any, ...]) -> Bulletin:
    found = Bulletin(*row)
    return replace(found, known_at=_utc(found.known_at), issued_at=_utc(found.issued_at))


def _next_bulletin(cursor: duckdb.DuckDBPyConnection, bulletin: Bulletin) -> int:
    query = "select coalesce(max(number), 0) + 1 from bulletins where province_code = ? and year = ?"
    return int(cursor.execute(query, [bulletin.province_code, bulletin.year]).fetchall()[0][0])


def _refuse_second_revision(cursor: duckdb.DuckDBPyConnection, revised: int | None) -> None:
    """Corrections are a chain: of two people who correct the same bulletin the second must see the first's."""
    query = "select year, number from bulletins where revises = ?"
    for year, number in cursor.execute(query, [revised]).fetchall() if revised else []:
        raise NotPossible(f"这一期已由{year}年第{number}期修订。", "请在最新的一期上修订。")


def _trace(row: tuple[Any, ...], names: list[str]) -> Trace:
    snapshot, sheet, line, region_code, year, *values = row
    return Trace(snapshot, sheet, line, region_code, year, dict(zip(names, values, strict=True)))


def _totals(edition: Edition, amounts: Amounts) -> Totals:
    """What each part's snapshot says of it; a county that reported for itself replaces its share of the region."""
    counties = [part for part, _ in edition.sources if part.county_code]
    divided = {part.whole for part in counties}
    found: dict[tuple[Part, str], Split] = {}
    sources: dict[Part, Source] = {}
    for part, source in edition.sources:
        newest = sources.get(part.whole)
        if newest is None or source.as_of > newest.as_of:
            sources[part.whole] = source
        for name, split in amounts.get((source.snapshot, part.region_code, part.year), {}).items():
            key = (part.whole, name)
            # Most regions report as a whole: their splits are shared between editions, never copied.
            found[key] = (
                {**found.get(key, {}), **_said_by(part, split, counties)} if part.whole in divided else split
            )
    return Totals(found, sources)


def _said_by(part: Part, split: Split, counties: list[Part]) -> dict[tuple[str, str], int]:
    if part.county_code:
        return {place: amount for place, amount in split.items() if place[0] == part.county_code}
    return without(split, part, counties)


def _comparison(ledger: Ledger) -> str:
    """An enterprise is known again by its code, else by its name, within its region and year."""
    code = ledger.of_type("uscc")
    names = [column.name for column in ledger.stored]
    first = next(column.name for column in ledger.stored if column.type == "text")
    key = f"concat_ws('|', region_code, year, coalesce({code.name + ', ' if code else ''}{first}))"
    differs = " or ".join(f"old.{name} is distinct from incoming.{name}" for name in (*names, "county_code"))
    return f"""
        with old as (
            select *, {key} as old_key from {_rows_table(ledger)}
            where snapshot in (select unnest(?::bigint[]))
            qualify row_number() over (partition by old_key order by snapshot desc, line) = 1
        ), compared as (
            select old.old_key is null as is_new, coalesce({differs}, false) as is_changed
            from (select *, {key} as new_key from incoming) as incoming
            left join old on old.old_key = incoming.new_key
        )
        select count(*) filter (is_new), count(*) filter (not is_new and is_changed),
            count(*) filter (not is_new and not is_changed)
        from compared
    """


def _insert_snapshot(cursor: duckdb.DuckDBPyConnection, head: dict[str, object]) -> int:
    return _insert(cursor, "snapshots", head)


def _insert(cursor: duckdb.DuckDBPyConnection, table: str, said: dict[str, object]) -> int:
    """One line, by column names of our own; the number that it was given."""
    names, marks = ", ".join(said), ", ".join("?" * len(said))
    query = f"insert into {table} ({names}) values ({marks}) returning id"
    row = cursor.execute(query, list(said.values())).fetchone()
    assert row
    return int(row[0])


def _has_table(cursor: duckdb.DuckDBPyConnection, ledger: Ledger) -> bool:
    query = "select 1 from duckdb_tables() where table_name = ?"
    # Fetched to the end: a result left open forbids registering rows on the same cursor.
    return bool(cursor.execute(query, [_rows_table(ledger)]).fetchall())


def _ensure_rows_table(cursor: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """A ledger's table follows its declaration: made on first use, a new column is added."""
    table = _rows_table(ledger)
    cursor.execute(
        f"create table if not exists {table} (snapshot bigint not null, sheet varchar not null,"
        " line integer not null, region_code varchar not null, county_code varchar not null, year integer not null)"
    )
    for column in ledger.stored:
        cursor.execute(
            f"alter table {table} add column if not exists {column.name} {STORED_TYPES.get(column.type, 'varchar')}"
        )


def _insert_rows(cursor: duckdb.DuckDBPyConnection, snapshot: int, submission: Submission) -> None:
    assert submission.ledger
    _ensure_rows_table(cursor, submission.ledger)
    rows = submission.body
    numbered = rows.add_column(0, "snapshot", pa.array([snapshot] * len(rows), pa.int64()))
    _append(cursor, _rows_table(submission.ledger), numbered)


def _insert_parts(cursor: duckdb.DuckDBPyConnection, snapshot: int, parts: Sequence[Part]) -> None:
    _append(cursor, "parts", pa.table({
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
    _append(cursor, "tallies", pa.table({
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
    query = f"select {', '.join([*PLACES, *own])} from {_rows_table(ledger)} where snapshot = ?"
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
        f"select {counts} from {_rows_table(ledger)} where snapshot = ?", [snapshot]
    ).fetchall()
    filled = {name for name, number in zip(names, rows[0], strict=True) if number}
    query = "select name from tallies where snapshot = ? group by name having sum(amount) = 0"
    none = {name for (name,) in cursor.execute(query, [snapshot]).fetchall()}
    blank = {rule.count for rule in ledger.tallies if rule.name in none} & set(names)
    return frozenset(filled | blank)


def _append(cursor: duckdb.DuckDBPyConnection, table: str, data: pa.Table) -> None:
    cursor.register("incoming", data)
    cursor.execute(f"insert into {table} by name select * from incoming")
    cursor.unregister("incoming")


def _audit(cursor: duckdb.DuckDBPyConnection, by: str, action: str, subject: str, detail: str) -> None:
    cursor.execute(
        "insert into audit (happened_at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        [_stamp(now()), by, action, subject, detail],
    )
