"""Issued bulletins: numbered within province and year, their text kept as it was issued."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

import duckdb

from zyb.errors import NotPossible, ZybError
from zyb.records import Bulletin
from zyb.store.database import Database, audit, fingerprint, insert, record, sql, stamp, utc


class Bulletins(Database):
    """Never changed: a revision is another bulletin."""

    def add_bulletin(self, bulletin: Bulletin, content: str, *, at: datetime | None = None) -> int:
        """The bulletin under the next number of its province and year, with its line in the audit; its id.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        said = {name: value for name, value in asdict(bulletin).items() if name not in ("id", "on")}
        said |= {"on_day": bulletin.on, "known_at": stamp(bulletin.known_at), "content": content}
        with self._transaction() as cursor:
            said["issued_at"] = self._stamp(at)
            _refuse_second_revision(cursor, bulletin.revises)
            said["number"] = _next_bulletin(cursor, bulletin)
            number = insert(cursor, "bulletins", said)
            issued = replace(bulletin, number=said["number"])
            subject = f"{bulletin.province_code} {issued.label}"
            audit(cursor, bulletin.issued_by, "签发", subject, f"{bulletin.title} {bulletin.sha256}")
        return number

    def bulletins(self, province_code: str | None = None, number: int | None = None) -> list[Bulletin]:
        """The issued bulletins (of a province, or the one with this id), newest first."""
        query = sql("bulletins.sql").format(chosen=_bulletin_columns())
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


def _bulletin_columns() -> str:
    """In the order of the fields; `on` is a word of SQL."""
    return ", ".join("on_day" if field.name == "on" else field.name for field in fields(Bulletin))


def _bulletin(row: tuple[Any, ...]) -> Bulletin:
    found = record(Bulletin, row)
    return replace(found, known_at=utc(found.known_at), issued_at=utc(found.issued_at))


def _next_bulletin(cursor: duckdb.DuckDBPyConnection, bulletin: Bulletin) -> int:
    query = "select coalesce(max(number), 0) + 1 from bulletins where province_code = ? and year = ?"
    return int(cursor.execute(query, [bulletin.province_code, bulletin.year]).fetchall()[0][0])


def _refuse_second_revision(cursor: duckdb.DuckDBPyConnection, revised: int | None) -> None:
    """Corrections are a chain: of two people who correct the same bulletin the second must see the first's."""
    query = "select year, number from bulletins where revises = ?"
    for year, number in cursor.execute(query, [revised]).fetchall() if revised else []:
        raise NotPossible(f"这一期已由{year}年第{number}期修订。", "请在最新的一期上修订。")
