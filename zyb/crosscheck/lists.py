"""Which lists a check looks at on a day: of what year, and of whom nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zyb.records import NO_YEAR, PartInForce
from zyb.rulebook.checks.cross_checks import CrossCheck, ListChoice
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import Roster
from zyb.store import Edition, ListInForce, Store


@dataclass(frozen=True)
class CheckedLists:
    """A check with the parts that hold of its lists, without the regions that cannot be checked."""

    check: CrossCheck
    of: tuple[ListInForce, ...]
    not_in: tuple[ListInForce, ...] = ()
    unsent: tuple[str, ...] = ()
    """Regions with a list of ours and none of theirs: nobody knows who is on it."""

    @property
    def newest(self) -> dict[str, int]:
        """By region the newest report among all its lists."""
        return newest_of(said for one in (*self.of, *self.not_in) for said in one.parts)


def newest_of(parts: Iterable[PartInForce]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part, source in parts:
        found[part.region_code] = max(source.snapshot, found.get(part.region_code, 0))
    return found


class ListsThen:
    """What is in force on a day, as known at a moment."""

    def __init__(self, store: Store, roster: Roster, on: date, known_at: datetime | None) -> None:
        self.store, self.roster, self.on, self.known_at = store, roster, on, known_at

    def edition(self, on: date | None = None) -> Edition:
        return self.store.edition(self.roster.province_code, on or self.on, self.known_at)

    def lists_of(self, check: CrossCheck) -> CheckedLists:
        ours, theirs = self._held(check.of), self._held(check.not_in)
        if not check.not_in:
            return CheckedLists(check, ours)
        sent, asked = _regions(theirs), _regions(ours)
        checkable = tuple(ListInForce(one.choice, _within(one.parts, sent)) for one in ours)
        unsent = tuple(region.code for region in self.roster.regions if region.code in asked - sent)
        return CheckedLists(check, checkable, theirs, unsent)

    def _held(self, choices: Iterable[ListChoice]) -> tuple[ListInForce, ...]:
        return tuple(ListInForce(one, self._parts_of(one)) for one in choices)

    def _parts_of(self, choice: ListChoice) -> tuple[PartInForce, ...]:
        """Of a list without years that of a year is what was reported in it, though a later one may hold by now."""
        yearly = ledgers()[choice.ledger].yearly
        year_end = date(choice.year, 12, 31) if choice.year and not yearly else self.on
        sources = self.edition(min(self.on, year_end)).sources
        known = [said for said in sources if said[0].ledger == choice.ledger]
        if choice.year is not None:
            return tuple((p, s) for p, s in known if (p.year or s.as_of.year) == choice.year)
        return tuple(_latest(known)) if yearly else tuple(known)


def _latest(known: Sequence[PartInForce]) -> Iterator[PartInForce]:
    """Of each region its latest year: who was on the list once is none of the present."""
    last: dict[str, int] = {}
    for part, _ in known:
        last[part.region_code] = max(part.year, last.get(part.region_code, NO_YEAR))
    return ((part, source) for part, source in known if part.year == last[part.region_code])


def _regions(lists: Iterable[ListInForce]) -> set[str]:
    return {part.region_code for one in lists for part, _ in one.parts}


def _within(parts: Iterable[PartInForce], regions: set[str]) -> tuple[PartInForce, ...]:
    return tuple(said for said in parts if said[0].region_code in regions)
