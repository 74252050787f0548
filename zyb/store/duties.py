"""What answers a duty (报送与节点): the reports that came, and what people recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from zyb.records import END_OF_TIME, DutyReport, DutyTick
from zyb.store.database import Database, audit, insert, names_of, record, sql, stamp, utc

TICK_ACTIONS = {"tick": "登记报送", "untick": "撤销登记", "exempt": "认定免报"}


class DutyEvidence(Database):
    """Records are added, never changed; each with its line in the audit."""

    def add_duty_tick(self, tick: DutyTick) -> int:
        """One more record of a duty; its number."""
        said = {name: value for name, value in asdict(tick).items() if name != "id"}
        with self._transaction() as cursor:
            number = insert(cursor, "duty_ticks", said | {"recorded_at": self._stamp()})
            told = "；".join(filter(None, (str(tick.day), tick.person, tick.file, tick.note)))
            subject = f"{tick.subject_code} {tick.duty} {tick.due}"
            audit(cursor, tick.recorded_by, TICK_ACTIONS[tick.kind], subject, told)
        return number

    def duty_ticks(self, province_code: str, known_at: datetime | None = None) -> list[DutyTick]:
        """Everything that people have recorded of a province's duties, oldest first."""
        query = sql("duty_ticks.sql").format(chosen=names_of(DutyTick))
        with self._cursor() as cursor:
            rows = cursor.execute(query, [province_code, stamp(known_at or END_OF_TIME)]).fetchall()
        return [replace(found, recorded_at=utc(found.recorded_at)) for found in (record(DutyTick, row) for row in rows)]  # fmt: skip

    def duty_reports(
        self, province_code: str, ledgers: Sequence[str], known_at: datetime | None = None
    ) -> list[DutyReport]:
        """Every report of these ledgers that holds, oldest first: each region, or county that reported for itself."""
        moment = stamp(known_at or END_OF_TIME)
        with self._cursor() as cursor:
            rows = cursor.execute(
                sql("duty_reports.sql"), [province_code, list(ledgers), moment, moment]
            ).fetchall()
        found = (record(DutyReport, row) for row in rows)
        return [replace(report, uploaded_at=utc(report.uploaded_at)) for report in found]
