"""The database file: opened, brought up to date, read by cursors, written in transactions with an audit line."""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from zyb.errors import NotPossible, ZybError
from zyb.periods import chinese_moment
from zyb.store import watermark
from zyb.store.faults import DAMAGED, NEWER, NOT_OPENED, NOT_REACHED, Unsure, told
from zyb.store.watermark import Written

SQL = Path(__file__).resolve().parents[1] / "sql"
FILE, LOG = "zyb.duckdb", "zyb.duckdb.wal"
# Three of 4 kB stand before the first block of a database file.
HEADERS = 3 * 4096
# A checkpoint is tried again after so many seconds where somebody was in the way.
PAUSES = (0.0, 0.02, 0.1)
AGAIN = 60.0
# Folding the log in needs room for the blocks that it changes; one that ran out of room has every connection closed.
ROOM, ROOM_FOR_LOG = 4 << 20, 4
# Of a database that had to be opened anew: others may still hold the broken one for a moment.
PATIENCE = 3.0
TICK = timedelta(microseconds=1)
# The tables that say when something happened: what comes later is never stamped earlier.
STAMPED = {
    "snapshots": "uploaded_at", "withdrawals": "withdrawn_at", "alert_records": "recorded_at",
    "verdict_records": "recorded_at", "bulletins": "greatest(issued_at, known_at)", "rewordings": "recorded_at",
    "explanations": "learned_at", "duty_ticks": "recorded_at",
    "saved_views": "saved_at",
    "finding_records": "recorded_at", "link_records": "recorded_at",
    "checked_files": "checked_at",
}  # fmt: skip

# A clock is corrected by minutes; one that is off by more has been set wrong, now or before.
CLOCK_SLACK = timedelta(hours=1)

# No record is made so late; a clock that shows it would be the last that ever counted.
NEVER = datetime(2200, 1, 1)

R = TypeVar("R")
log = logging.getLogger("zyb")


@cache
def sql(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


def utc(moment: Any) -> Any:
    return moment.replace(tzinfo=UTC) if moment else None


def stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def now() -> datetime:
    return datetime.now(UTC)


def _believed(moment: datetime) -> datetime:
    """All that comes later is stamped later than this: a time that cannot be would stay for good."""
    if moment >= NEVER:
        raise NotPossible(
            f"本机时钟显示{moment.year}年，明显有误，没有保存。", "请管理员核对本机时钟后重试。"
        )
    return moment


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Database:
    """One connection per process, one cursor per piece of work, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uploads = folder / "uploads"
        self.revision = 0
        """Grows with every write of this process, the only one that holds the database."""
        self.lost = ""
        """What the database held when it was last written and holds no longer, in a sentence; see `watermark`."""
        self.unfolded = False
        """Whether the log holds what the database file does not: the disk was full, or somebody was in the way."""
        self._writing = threading.RLock()
        self._opening = threading.RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._latest = datetime.min
        self._later: threading.Timer | None = None
        try:
            self.uploads.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise (told(error) or NOT_REACHED.error()) from error
        self._connect()

    # -- opening ------------------------------------------------------------------------

    def _connect(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._connection is None:
                self._connection = self._open()
            return self._connection

    def _open(self) -> duckdb.DuckDBPyConnection:
        folded = not (self.folder / LOG).exists()
        try:
            connection = duckdb.connect(str(self.folder / FILE))
        except duckdb.Error as error:
            log.warning("the database did not open", exc_info=True)
            raise (told(error) or NOT_OPENED.error()) from error
        try:
            self._migrate(connection)
            if folded:
                self._refuse_cut_short(connection)
            self._look_for_loss(connection)
            self._latest = max(self._latest, _last_moment(connection))
        except duckdb.Error as error:
            connection.close()
            log.warning("the database opened and could not be read", exc_info=True)
            raise (told(error) or NOT_OPENED.error()) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Each schema file is applied once, in order, in a transaction of its own."""
        connection.execute("create table if not exists schema_versions (version integer primary key)")
        version = _one(connection, "select coalesce(max(version), 0) from schema_versions")
        files = sorted((SQL / "schema").glob("*.sql"))
        if version > len(files):
            raise NEWER.error()
        for number, file in enumerate(files[version:], version + 1):
            connection.execute("begin")
            connection.execute(file.read_text(encoding="utf-8"))
            connection.execute("insert into schema_versions values (?)", [number])
            connection.execute("commit")

    def _refuse_cut_short(self, connection: duckdb.DuckDBPyConnection) -> None:
        """A file without its end opens like any other, and fails only on the page that needs it.

        Free blocks at the end may rightly be missing; then the last one in use is asked for, which takes longer.
        """
        blocks = "select block_size, total_blocks from pragma_database_size()"
        size, number = connection.execute(blocks).fetchall()[0]
        there = (self.folder / FILE).stat().st_size - HEADERS
        if there < size * number and there < size * (1 + _last_block(connection)):
            raise DAMAGED.error()

    def _look_for_loss(self, connection: duckdb.DuckDBPyConnection) -> None:
        """A log that is cut short opens without a word and without what stood in it."""
        last, known = _last_line(connection), watermark.read(self.folder)
        self.lost = known.lost or _loss(last, known)
        if self.lost and self.lost != known.lost:
            log.error("the log was cut short")
            watermark.write(self.folder, Written(last.line, last.at, last.said, self.lost))

    def close(self) -> None:
        with self._opening:
            if self._later is not None:
                self._later.cancel()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    # -- time ---------------------------------------------------------------------------

    def now(self) -> datetime:
        """The clock's time, but never earlier than anything that is on record or was asked for before.

        A clock that is put back would otherwise hide the newest reports from a document that is made of them.
        """
        with self._opening:
            self._latest = max(min(stamp(now()), NEVER), self._latest)
            return self._latest.replace(tzinfo=UTC)

    def _stamp(self, at: datetime | None = None) -> datetime:
        """For a new record: later than all before it. `at` is for a history told afterwards (the demo)."""
        if at is not None:
            return stamp(at)
        with self._opening:
            self._latest = max(_believed(stamp(now())), self._latest + TICK)
            return self._latest

    # -- reading and writing ------------------------------------------------------------

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one piece of work. A fatal fault (a full disk) closes every connection; open anew."""
        cursor = self._connect().cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            if isinstance(error, duckdb.FatalException):
                self.close()
            if sentence := told(error):
                log.warning("the database failed", exc_info=True)
                raise sentence from error
            raise
        finally:
            cursor.close()

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Nobody else writes meanwhile: what is looked at in here still holds when it is written upon."""
        with self._writing:
            yield

    @contextmanager
    def _transaction(self, *, aside: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """All or nothing; then a checkpoint, so that the log never holds the only copy.

        What is written `aside` changes no figure: nothing that is remembered of the store need be found anew for it.

        Every transaction writes at least one audit line. Whether what was committed went in is never guessed: where
        the commit fails, the database is opened anew and asked for that line.
        """
        with self._writing:
            with self._cursor() as cursor:
                before = _last_line(cursor)
                cursor.execute("begin")
                try:
                    yield cursor
                    last = _last_line(cursor)
                except BaseException:
                    with suppress(duckdb.Error):
                        cursor.execute("rollback")
                    raise
                assert last.line > before.line, "a transaction without a line in the audit"
                self._commit(cursor, last)
            self.revision += not aside
            self._tidy(last)

    def _tidy(self, last: Written) -> None:
        """What was committed stays so, whatever goes wrong from here on."""
        try:
            watermark.write(self.folder, Written(last.line, last.at, last.said, self.lost))
            self.fold()
        except Exception:
            log.warning("tidying after a commit failed", exc_info=True)

    def _commit(self, cursor: duckdb.DuckDBPyConnection, last: Written) -> None:
        try:
            cursor.execute("commit")
        except (duckdb.Error, RuntimeError) as error:  # an interrupt comes as a RuntimeError
            log.warning("a commit failed", exc_info=True)
            if not self._went_in(last, error):
                raise

    def _went_in(self, last: Written, fault: Exception) -> bool:
        """Whether the database holds the audit line of a commit that failed."""
        until = time.monotonic() + PATIENCE
        while True:
            self.close()
            try:
                with self._cursor() as cursor:
                    return _last_line(cursor) == last
            except ZybError:
                if time.monotonic() > until:
                    self.revision += 1
                    raise Unsure(
                        "保存时数据库出现故障，现在无法确认是否已经保存。",
                        "请先处理磁盘空间等故障，重新打开后在“历史批次”等记录中核对，再决定是否重新提交。",
                    ) from fault
                time.sleep(PAUSES[-1])

    def fold(self) -> None:
        """Fold the log into the database file. What is committed stays committed, whether or not that succeeds."""
        for pause in PAUSES if self._has_room() else ():
            time.sleep(pause)
            try:
                with self._cursor() as cursor:
                    cursor.execute("checkpoint")
            except duckdb.TransactionException:
                continue
            except (duckdb.Error, ZybError):
                break
            self.unfolded = False
            return
        log.warning("the log was not folded in; it will be tried again")
        self.unfolded = True
        self._fold_later()

    def _fold_later(self) -> None:
        """Not only after the next write, which may be next month's."""
        if self._later is not None:
            self._later.cancel()
        self._later = threading.Timer(AGAIN, self._fold_again)
        self._later.daemon = True
        self._later.start()

    def _fold_again(self) -> None:
        with self._writing:
            if self._connection is not None:
                self.fold()

    def _has_room(self) -> bool:
        """Trying without room would cost every reader the connection."""
        log_file = self.folder / LOG
        waiting = log_file.stat().st_size if log_file.exists() else 0
        return shutil.disk_usage(self.folder).free >= ROOM + ROOM_FOR_LOG * waiting

    # -- what a person should know --------------------------------------------------------

    @property
    def troubles(self) -> list[str]:
        """What is the matter with the data folder, in sentences, until it is mended."""
        found = [self.lost] if self.lost else []
        if self.unfolded and not self._has_room():
            found.append(
                "数据目录所在磁盘的空间不足。已入库的数据没有丢失，但新的上报可能无法保存，请尽快清理磁盘。"
            )
        if self._latest - stamp(now()) > CLOCK_SLACK:
            latest, clock = chinese_moment(self._latest.replace(tzinfo=UTC)), chinese_moment(now())
            found.append(
                f"本机时钟（{clock}）早于已有记录的时间（{latest}），新记录的时间都会记在其后，与实际不符；"
                "先后次序和各项数值不受影响。请管理员核对本机时钟。"
            )
        return found

    def take_note_of_loss(self, *, by: str) -> None:
        """Somebody has seen what is missing: it stays on record and is not told again."""
        if not self.lost:
            return
        with self._transaction() as cursor:
            audit(cursor, by, "核对缺失", "数据库日志", self.lost)
            self.lost = ""

    def audit_lines(self, limit: int = 200) -> list[tuple[datetime, str, str, str, str]]:
        query = "select happened_at, actor, action, subject, detail from audit order by id desc limit ?"
        with self._cursor() as cursor:
            return cursor.execute(query, [limit]).fetchall()


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """The one value of a query. Read to the end: a result left open keeps its transaction alive."""
    return connection.execute(query).fetchall()[0][0]


def _last_block(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last block in use; -1 for an empty database."""
    tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
    used = [_one(connection, f"select max(block_id) from pragma_storage_info('{name}')") for name in tables]
    used.append(_one(connection, "select max(block_id) from pragma_metadata_info()"))
    return max((block for block in used if block is not None), default=-1)


def _last_line(connection: duckdb.DuckDBPyConnection) -> Written:
    query = "select id, happened_at, action, subject from audit order by id desc limit 1"
    for number, at, action, subject in connection.execute(query).fetchall():
        return Written(int(number), at.isoformat(), f"{action} {subject}")
    return Written()


def _loss(last: Written, known: Written) -> str:
    if last.line >= known.line:
        return ""
    when = chinese_moment(datetime.fromisoformat(known.at).replace(tzinfo=UTC))
    return (
        f"数据库比上次写入时少了记录：最后一条操作是{when}的“{known.said}”，现在库中没有。"
        "数据库的日志文件可能被删除或截断，或者换上了旧的数据库文件。"
        "请用最近的备份恢复，或在“历史批次”中核对后重新上报。"
    )


def _last_moment(connection: duckdb.DuckDBPyConnection) -> datetime:
    """The latest time on record, whatever the clock says today."""
    each = " union all ".join(
        f"select max({column}) as moment from {table}" for table, column in STAMPED.items()
    )
    found: datetime | None = _one(connection, f"select max(moment) from ({each})")
    return found or datetime.min


def names_of(kind: type) -> str:
    """The columns of a record, in the order of its fields."""
    return ", ".join(field.name for field in fields(kind))


def record(kind: type[R], row: Sequence[Any]) -> R:
    """A row whose columns were asked for in the order of the record's fields."""
    return kind(**dict(zip((field.name for field in fields(kind)), row, strict=True)))  # type: ignore[arg-type]


def insert(cursor: duckdb.DuckDBPyConnection, table: str, said: dict[str, object]) -> int:
    """One line, by column names of our own; the number that it was given."""
    names, marks = ", ".join(said), ", ".join("?" * len(said))
    query = f"insert into {table} ({names}) values ({marks}) returning id"
    return int(cursor.execute(query, list(said.values())).fetchall()[0][0])


def append(cursor: duckdb.DuckDBPyConnection, table: str, data: pa.Table) -> None:
    cursor.register("incoming", data)
    cursor.execute(f"insert into {table} by name select * from incoming")
    cursor.unregister("incoming")


def audit(cursor: duckdb.DuckDBPyConnection, by: str, action: str, subject: str, detail: str) -> None:
    cursor.execute(
        "insert into audit (happened_at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        [stamp(now()), by, action, subject, detail],
    )
