"""The database file: opened, brought up to date, read by cursors, written in transactions with an audit line."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from zyb.errors import StoreBusy, ZybError

SQL = Path(__file__).resolve().parents[1] / "sql"


@cache
def sql(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


def utc(moment: Any) -> Any:
    return moment.replace(tzinfo=UTC) if moment else None


def stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def now() -> datetime:
    return datetime.now(UTC)


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Database:
    """One connection per process, one cursor per piece of work, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uploads = folder / "uploads"
        self.revision = 0
        """Grows with every write of this process, the only one that holds the database."""
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        try:
            self.uploads.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ZybError("数据目录无法建立或写入。", "请核对设置 ZYB_DATA，并确认有写入权限。") from error
        self._connect()

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

    def audit_lines(self, limit: int = 200) -> list[tuple[datetime, str, str, str, str]]:
        query = "select happened_at, actor, action, subject, detail from audit order by id desc limit ?"
        with self._cursor() as cursor:
            return cursor.execute(query, [limit]).fetchall()


def _cannot_open(error: duckdb.Error) -> ZybError:
    if "lock" in str(error).lower():
        return StoreBusy(
            "数据库正被另一个程序占用（看板可能正在运行）。", "请先关闭看板或另一个命令，再重试。"
        )
    return ZybError("数据库文件无法打开，可能已损坏。", "请联系管理员用最近的备份恢复。")


def insert(cursor: duckdb.DuckDBPyConnection, table: str, said: dict[str, object]) -> int:
    """One line, by column names of our own; the number that it was given."""
    names, marks = ", ".join(said), ", ".join("?" * len(said))
    query = f"insert into {table} ({names}) values ({marks}) returning id"
    row = cursor.execute(query, list(said.values())).fetchone()
    assert row
    return int(row[0])


def append(cursor: duckdb.DuckDBPyConnection, table: str, data: pa.Table) -> None:
    cursor.register("incoming", data)
    cursor.execute(f"insert into {table} by name select * from incoming")
    cursor.unregister("incoming")


def audit(cursor: duckdb.DuckDBPyConnection, by: str, action: str, subject: str, detail: str) -> None:
    cursor.execute(
        "insert into audit (happened_at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        [stamp(now()), by, action, subject, detail],
    )
