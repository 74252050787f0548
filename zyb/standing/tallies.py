"""Tallies: the sums per region of one snapshot, and the totals of several snapshots in force.

Everything after these is pure arithmetic on a dozen rows: a page costs the same for a
thousand enterprises as for ten million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zyb.records import NO_COUNTY, Part, Source


@dataclass(frozen=True)
class Tally:
    """One sum of a snapshot. `item` splits it further (a kind of violation, an institution)."""

    part: Part
    name: str
    amount: int
    county_code: str = NO_COUNTY
    item: str = ""


# County and item → amount.
Split = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Totals:
    """The amounts in force on a day, by region part and tally; what nobody reported has none (not zero).

    `alone`: the counties that have spoken for themselves where nobody has for the whole region.
    """

    amounts: Mapping[tuple[Part, str], Split] = field(default_factory=dict)
    sources: Mapping[Part, Source] = field(default_factory=dict)
    alone: Mapping[Part, frozenset[str]] = field(default_factory=dict)

    def amount(self, part: Part, tally: str, item: str | None = None) -> int | None:
        """The region's amount, of one item or of all."""
        split = self.amounts.get((part, tally)) if part in self.sources else None
        if split is None:
            return None
        return sum(amount for (_, of_item), amount in split.items() if item in (None, of_item))

    def by_county(self, part: Part, tally: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for (county, _), amount in self.amounts.get((part, tally), {}).items():
            found[county] = found.get(county, 0) + amount
        return found

    def replaced_by(self, tallies: Iterable[Tally], parts: Iterable[Part], source: Source) -> Totals:
        """These totals as they would be with one more snapshot in force."""
        new = list(parts)
        amounts = {key: without(split, key[0], new) for key, split in self.amounts.items()}
        for tally in tallies:
            split = amounts.setdefault((tally.part.whole, tally.name), {})
            place = (tally.county_code, tally.item)
            split[place] = split.get(place, 0) + tally.amount
        sources = {**self.sources, **{part.whole: source for part in new}}
        before = {part: () for part in self.sources if part not in self.alone}
        alone = counties_alone(new, {**before, **self.alone})
        return Totals({key: split for key, split in amounts.items() if split}, sources, alone)


def counties_alone(
    parts: Iterable[Part], before: Mapping[Part, Iterable[str]] | None = None
) -> dict[Part, frozenset[str]]:
    """Which counties have spoken, where nothing speaks for the whole region. `before`: what spoke already, without counties
    for the whole."""
    spoken = {part: set(counties) for part, counties in (before or {}).items()}
    whole = {part for part, counties in spoken.items() if not counties}
    for part in parts:
        if part.county_code:
            spoken.setdefault(part.whole, set()).add(part.county_code)
        else:
            whole.add(part)
    return {part: frozenset(counties) for part, counties in spoken.items() if part not in whole}


def without(split: Split, part: Part, replaced: Iterable[Part]) -> dict[tuple[str, str], int]:
    """What is left of a region's amounts when others speak for all of it or for some of its counties."""
    gone = {other.county_code for other in replaced if other.whole == part}
    if NO_COUNTY in gone:
        return {}
    return {place: amount for place, amount in split.items() if place[0] not in gone}
