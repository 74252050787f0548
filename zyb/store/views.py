"""Inquiries that people keep by name, and that personal data were looked at."""

from __future__ import annotations

from dataclasses import replace

from zyb.records import SavedView
from zyb.store.database import Database, audit, names_of, record, sql, utc


class Views(Database):
    """A person's own; each change has its line in the audit."""

    def saved_views(self, owner: str) -> list[SavedView]:
        """A person's, by name."""
        query = sql("saved_views.sql").format(chosen=names_of(SavedView))
        with self._cursor() as cursor:
            found = [record(SavedView, row) for row in cursor.execute(query, [owner]).fetchall()]
        return [replace(view, saved_at=utc(view.saved_at)) for view in found]

    def save_view(self, view: SavedView, *, by: str) -> None:
        """In the place of the person's own of the same name."""
        query = "insert or replace into saved_views (owner, name, address, saved_at) values (?, ?, ?, ?)"
        with self._transaction() as cursor:
            cursor.execute(query, [view.owner, view.name, view.address, self._stamp()])
            audit(cursor, by, "保存查询", view.name, view.address)

    def forget_view(self, owner: str, name: str, *, by: str) -> None:
        with self._transaction() as cursor:
            cursor.execute("delete from saved_views where owner = ? and name = ?", [owner, name])
            audit(cursor, by, "删除查询", name, "")

    def note_unmasked(self, subject: str, detail: str, *, by: str) -> None:
        """That somebody has had personal data shown, and of whom."""
        with self._transaction() as cursor:
            audit(cursor, by, "显示个人信息", subject, detail)

    def note_statement(self, statement: str, became: str, *, by: str) -> None:
        """What somebody asked in SQL of their own; it changes no figure, and the copy that it ran on still holds."""
        with self._transaction(aside=True) as cursor:
            audit(cursor, by, "查询语句", became, statement)
