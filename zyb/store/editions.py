"""Editions: which snapshots are in force on a day, and the tallies that they add up to."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from zyb.records import END_OF_TIME, Edition, LoggedPart, Part, Snapshot, Source
from zyb.rulebook.places.divisions import NATION
from zyb.standing.tallies import Split, Totals, counties_alone, without
from zyb.store.database import Database, sql, stamp, utc

# Snapshot, region, year → tally → county and item → amount.
Amounts = dict[tuple[int, str, int], dict[str, dict[tuple[str, str], int]]]
EditionQuestion = tuple[str, date, datetime | None]
# A year of reports of two provinces, which every measure of a page or report asks for anew.
EDITIONS_KEPT = 128


class Remembered:
    """Editions of one revision of the store, by what was asked: a write, or too many of them, and all are forgotten."""

    def __init__(self, most: int) -> None:
        self._most, self._revision = most, -1
        self._found: dict[EditionQuestion, Edition] = {}
        self._door = threading.Lock()

    def among(self, revision: int, questions: Iterable[EditionQuestion]) -> dict[EditionQuestion, Edition]:
        with self._door:
            if revision != self._revision:
                return {}
            return {question: self._found[question] for question in questions if question in self._found}

    def add(self, revision: int, found: Mapping[EditionQuestion, Edition]) -> None:
        with self._door:
            if revision != self._revision or len(self._found) + len(found) > self._most:
                self._found = {}
            self._revision = revision
            self._found.update(found)


class Editions(Database):
    """What speaks on a day, as it was known at a moment."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._known = Remembered(EDITIONS_KEPT)

    def editions(
        self, province_code: str, days: Sequence[date], known_at: datetime | None = None
    ) -> list[Edition]:
        """The edition of each day, in the order asked for; what was asked before is remembered until the next write.
        The nation's holds its own parts and those of all provinces: no two have a region of the same code."""
        revision = self.revision
        keys = [(province_code, day, known_at) for day in dict.fromkeys(days)]
        found = self._known.among(revision, keys)
        if missing := [day for place, day, moment in keys if (place, day, moment) not in found]:
            new = {
                (province_code, edition.on, known_at): edition
                for edition in self._find_editions(province_code, missing, known_at)
            }
            self._known.add(revision, new)
            found |= new
        return [found[province_code, day, known_at] for day in days]

    def edition(self, province_code: str, on: date, known_at: datetime | None = None) -> Edition:
        return self.editions(province_code, [on], known_at)[0]

    def _find_editions(
        self, province_code: str, days: Sequence[date], known_at: datetime | None
    ) -> list[Edition]:
        values = {
            "province": province_code,
            "everywhere": province_code == NATION.code,
            "days": list(days),
            "known_at": stamp(known_at or END_OF_TIME),
        }
        found: dict[date, list[tuple[Part, Source]]] = {day: [] for day in days}
        with self._cursor() as cursor:
            for day, ledger, region, year, county, snapshot, as_of in cursor.execute(
                sql("editions.sql"), values
            ).fetchall():
                found[day].append((Part(ledger, region, year, county), Source(snapshot, as_of)))
        return [Edition(province_code, day, tuple(found[day])) for day in days]

    def report_log(self, province_code: str, ledgers: Sequence[str]) -> list[LoggedPart]:
        """Every part of every upload of these ledgers, withdrawn ones too, in the order of 数据截至 and number; of the nation
        those of all provinces."""
        values = {
            "province": province_code,
            "everywhere": province_code == NATION.code,
            "ledgers": list(ledgers),
        }
        with self._cursor() as cursor:
            rows = cursor.execute(sql("report_log.sql"), values).fetchall()
        return [
            LoggedPart(
                snapshot=snapshot, part=Part(*part), as_of=as_of, uploaded_at=utc(uploaded), withdrawn_at=utc(withdrawn)
            )
            for snapshot, *part, as_of, uploaded, withdrawn in rows
        ]  # fmt: skip

    def totals(self, editions: Iterable[Edition], tallies: Sequence[str] | None = None) -> list[Totals]:
        """The tallies (all, or those named) of each edition; one query for all of them."""
        editions = list(editions)
        wanted = sorted({snapshot for edition in editions for snapshot in edition.snapshots})
        amounts: Amounts = {}
        with self._cursor() as cursor:
            values = {"snapshots": wanted, "tallies": None if tallies is None else list(tallies)}
            rows = cursor.execute(sql("totals.sql"), values).fetchall()
        for snapshot, region, year, county, name, item, amount in rows:
            split = amounts.setdefault((snapshot, region, year), {}).setdefault(name, {})
            split[county, item] = amount
        return [_totals(edition, amounts) for edition in editions]

    def speaks(self, snapshot: Snapshot) -> bool:
        """Whether anything of the snapshot is still in force today."""
        return snapshot.id in self.edition(snapshot.province_code, date.max).snapshots


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
    return Totals(found, sources, counties_alone(part for part, _ in edition.sources))


def _said_by(part: Part, split: Split, counties: list[Part]) -> dict[tuple[str, str], int]:
    if part.county_code:
        return {place: amount for place, amount in split.items() if place[0] == part.county_code}
    return without(split, part, counties)
