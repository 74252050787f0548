"""Tallies: the sums per region of one snapshot, and the totals of several snapshots in force.

Everything after these is pure arithmetic on a dozen rows: a page costs the same for a
thousand enterprises as for ten million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

NO_YEAR = 0


@dataclass(frozen=True)
class Part:
    """What one snapshot speaks for: a ledger, a reporting region and, where the ledger has years, a year."""

    ledger: str
    region_code: str
    year: int = NO_YEAR


@dataclass(frozen=True)
class Tally:
    part: Part
    name: str
    amount: int
    county_code: str = ""
    item: str = ""


@dataclass(frozen=True)
class Source:
    """Where a part's figures come from: the snapshot and its 数据截至."""

    snapshot: int
    as_of: date


@dataclass(frozen=True)
class Totals:
    """The amounts in force on a day, by part and tally; what nobody reported has none (not zero)."""

    amounts: Mapping[tuple[Part, str], int] = field(default_factory=dict)
    sources: Mapping[Part, Source] = field(default_factory=dict)

    def amount(self, part: Part, tally: str) -> int | None:
        return self.amounts.get((part, tally)) if part in self.sources else None

    def replaced_by(self, tallies: Iterable[Tally], parts: Iterable[Part], source: Source) -> Totals:
        """These totals as they would be with one more snapshot in force."""
        new = set(parts)
        amounts = {key: amount for key, amount in self.amounts.items() if key[0] not in new}
        for tally in tallies:
            key = (tally.part, tally.name)
            amounts[key] = amounts.get(key, 0) + tally.amount
        return Totals(amounts, {**self.sources, **dict.fromkeys(new, source)})
