"""What the store is asked: an inquiry together with the snapshots that are in force on its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from zyb.inquiries.model import Inquiry
from zyb.records import PartInForce


@dataclass(frozen=True, kw_only=True)
class RowQuestion:
    """`parts` are those of the ledger in force on each day of the inquiry. `order` are the regions as they are listed.

    Where regions are asked for, `regions` are those whose reports count for them. `industries`: which texts of an
    industry column are within what is asked. Personal columns show their first letter, unless `unmasked`.
    """

    asked: Inquiry
    parts: tuple[tuple[date, tuple[PartInForce, ...]], ...]
    order: tuple[str, ...]
    regions: tuple[str, ...] = ()
    industries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unmasked: bool = False

    @property
    def of_everything(self) -> RowQuestion:
        """The same rows without any filter."""
        return replace(self, asked=self.asked.unfiltered, regions=(), industries={})


@dataclass(frozen=True)
class DaySum:
    """Of the rows that were asked for, as in force on one day: how many they are, and the sums by column."""

    day: date
    rows: int
    sums: Mapping[str, int]
