"""What people added: explanations of files, what they undertook about alerts, verdicts of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from zyb.errors import NotPossible
from zyb.periods import chinese_moment
from zyb.records import END_OF_TIME, AlertRecord, Explanation, Learned, Rewording, VerdictRecord
from zyb.store.database import Database, audit, insert, names_of, record, sql, stamp, utc

ALERT_ACTIONS = {"claim": "认领预警", "note": "预警备注", "release": "解除预警"}


class People(Database):
    """Records are added, never changed; each with its line in the audit."""

    # -- explanations -------------------------------------------------------------------

    def learned(self, province_code: str, unit: str = "") -> Learned:
        """What a province's officials have explained of files of all of it and, after that, of one unit's (a region's).

        Where both explain the same word the unit's own is the later entry, and the later one holds.
        """
        query = sql("learned.sql")
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, unit]).fetchall()
        return Learned(
            tuple((ledger, said, meaning) for kind, ledger, said, meaning in rows if kind == "heading"),
            tuple((said, meaning) for kind, _, said, meaning in rows if kind == "place"),
            tuple((column, said, meaning) for kind, column, said, meaning in rows if kind == "value"),
        )

    def learn(self, province_code: str, learned: Learned, *, by: str, unit: str = "") -> list[Explanation]:
        """Remember explanations for a unit, or for the whole province; the newest of a word holds.

        What others had explained otherwise, and holds no more.
        """
        rows = [("heading", ledger, said, meaning) for ledger, said, meaning in learned.headings]
        rows += [("place", "", said, meaning) for said, meaning in learned.places]
        rows += [("value", column, said, meaning) for column, said, meaning in learned.values]
        if not rows:
            return []
        meant = {(kind, ledger, said): meaning for kind, ledger, said, meaning in rows}
        with self._transaction() as cursor:
            replaced = [
                known
                for known in self.explanations(province_code)
                if known.unit == unit
                and meant.get((known.kind, known.ledger, known.said), known.meaning) != known.meaning
            ]
            for row in rows:
                cursor.execute(
                    "insert or replace into explanations values (?, ?, ?, ?, ?, ?, ?, ?)",
                    [province_code, unit, *row, self._stamp(), by],
                )
                audit(cursor, by, "记住写法", row[2], " ".join(filter(None, (unit, row[1], row[3]))))
        return replaced

    def explanations(self, province_code: str) -> list[Explanation]:
        """Everything that is remembered in a province: its own first, then unit by unit, the newest first."""
        query = sql("explanations.sql")
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code]).fetchall()
        return [
            replace(found, learned_at=utc(found.learned_at))
            for found in (record(Explanation, row) for row in rows)
        ]

    def forget(self, province_code: str, known: Explanation, *, by: str) -> None:
        """No longer remembered, unless a colleague has explained the same otherwise or forgotten it since it was read."""
        query = "delete from explanations where province_code = ? and unit = ? and ledger = ? and said = ?"
        with self.exclusively():
            now = [
                one
                for one in self.explanations(province_code)
                if (one.unit, one.ledger, one.said) == (known.unit, known.ledger, known.said)
            ]
            if now != [known]:
                raise _explained_since(known, now)
            with self._transaction() as cursor:
                cursor.execute(query, [province_code, known.unit, known.ledger, known.said])
                subject = " ".join(filter(None, (known.unit, known.ledger)))
                audit(cursor, by, "忘记写法", known.said, subject)

    # -- alerts -------------------------------------------------------------------------

    def add_alert_record(self, record: AlertRecord) -> int:
        """One more line beside an alert, with its line in the audit; its number."""
        said = {name: value for name, value in asdict(record).items() if name != "id"}
        with self._transaction() as cursor:
            number = insert(cursor, "alert_records", said | {"recorded_at": self._stamp()})
            detail = "；".join(
                str(part)
                for part in (record.owner, record.cause, record.action, record.due, record.reason)
                if part
            )
            subject = f"{record.region_code} {record.measure} {record.as_of}"
            audit(cursor, record.recorded_by, ALERT_ACTIONS[record.kind], subject, detail)
        return number

    def alert_records(self, province_code: str, known_at: datetime | None = None) -> list[AlertRecord]:
        """Everything that people have added to a province's alerts, oldest first."""
        query = sql("alert_records.sql").format(chosen=names_of(AlertRecord))
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, stamp(known_at or END_OF_TIME)]).fetchall()
        found = [record(AlertRecord, row) for row in rows]
        return [replace(record, recorded_at=utc(record.recorded_at)) for record in found]

    # -- verdicts -----------------------------------------------------------------------

    def add_verdict_record(self, record: VerdictRecord, *, at: datetime | None = None) -> int:
        """One more verdict (or its taking back), with its line in the audit; its number.

        `at` is for a history told afterwards (the demo); the audit line always has the clock's time.
        """
        said = {name: value for name, value in asdict(record).items() if name != "id"}
        with self._transaction() as cursor:
            number = insert(cursor, "verdict_records", said | {"recorded_at": self._stamp(at)})
            action = "调整评价" if record.verdict else "撤销调整"
            subject = f"{record.region_code} {record.measure} {record.as_of}"
            told = f"{record.proposed} → {record.verdict}；" if record.verdict else ""
            audit(cursor, record.recorded_by, action, subject, told + record.reason)
        return number

    def verdict_records(
        self, province_code: str, measure: str | None = None, known_at: datetime | None = None
    ) -> list[VerdictRecord]:
        """What people have said of a province's figures (in one measure, or in all), oldest first."""
        query = sql("verdict_records.sql").format(chosen=names_of(VerdictRecord))
        values = [province_code, measure, measure, stamp(known_at or END_OF_TIME)]
        with self._cursor() as cursor:
            found = [record(VerdictRecord, row) for row in cursor.execute(query, values).fetchall()]
        return [replace(record, recorded_at=utc(record.recorded_at)) for record in found]

    # -- wording of reports ---------------------------------------------------------------

    def add_rewordings(self, changes: Sequence[Rewording], *, then: Callable[[], object]) -> None:
        """A line a sentence, each with its line in the audit; none of them unless what comes `then` succeeds."""
        if not changes:
            with self.exclusively():
                then()
            return
        with self._transaction() as cursor:
            for change in changes:
                said = {name: value for name, value in asdict(change).items() if name != "id"}
                insert(cursor, "rewordings", said | {"recorded_at": self._stamp()})
                subject = f"{change.sentence}.{change.variant}"
                audit(cursor, change.recorded_by, "修改措辞", subject, f"{change.before} → {change.after}")
            then()

    def rewordings(self, limit: int = 200) -> list[Rewording]:
        """What people have changed in the wording, newest first."""
        query = f"select {names_of(Rewording)} from rewordings order by id desc limit ?"
        with self._cursor() as cursor:
            found = [record(Rewording, row) for row in cursor.execute(query, [limit]).fetchall()]
        return [replace(change, recorded_at=utc(change.recorded_at)) for change in found]


def _explained_since(known: Explanation, now: Sequence[Explanation]) -> NotPossible:
    if not now:
        return NotPossible(f"“{known.said}”的说明已被删除。", "请刷新页面后核对。")
    who = f"由{now[0].learned_from}于{chinese_moment(now[0].learned_at)}"
    return NotPossible(f"“{known.said}”已{who}重新说明，没有删除。", "请刷新页面，核对后再决定。")
