"""Which uploads are in force, worked out from the log of all uploads: what zyb/sql/editions.sql says, for any set of them.

A split of a change looks at states that the store has never been in: half of the uploads of a moment, some of a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from zyb.records import Edition, LoggedPart, Part, PartInForce, Source


@dataclass(frozen=True)
class LogState:
    """The uploads that are taken account of, by their places in the log, and the day that is looked at."""

    on: date
    taken: frozenset[int]


@dataclass(frozen=True)
class ReportLog:
    """Parts of uploads in the order of 数据截至 and number: of two of the same part the later one holds."""

    province_code: str
    lines: tuple[LoggedPart, ...]

    def edition(self, taken: Collection[int], on: date) -> Edition:
        """What is in force on a day, of these lines of the log alone."""
        latest: dict[Part, LoggedPart] = {}
        for place, line in enumerate(self.lines):
            if line.as_of > on:
                break
            if place in taken:
                latest[line.part] = line
        return Edition(self.province_code, on, tuple(_not_replaced(latest)))


def _not_replaced(latest: dict[Part, LoggedPart]) -> Iterable[PartInForce]:
    """A county's own report holds until a newer one of the whole region."""
    for part in sorted(latest, key=_order):
        line, whole = latest[part], latest.get(part.whole)
        if whole is None or whole is line or (line.as_of, line.snapshot) > (whole.as_of, whole.snapshot):
            yield part, Source(line.snapshot, line.as_of)


def _order(part: Part) -> tuple[str, str, int, str]:
    return part.ledger, part.region_code, part.year, part.county_code
