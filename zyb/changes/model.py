"""A change of a figure and the terms that it is split into, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from zyb.rulebook.measures import Measure
from zyb.standing.arithmetic import value_of


class ChangeKind(StrEnum):
    """Why a count is another one. The order is the one in which terms are told."""

    NEW = "new"
    """A report of a later day said more than the one before it."""
    REDUCED = "reduced"
    """A report of a later day said less than the one before it."""
    FIRST = "first"
    """A report of a later day of a part that had nothing before."""
    LATE = "late"
    """A report as of the first day or before that came after the first looking."""
    CORRECTED = "corrected"
    """A report took the place of one of the same part and the same day."""
    WITHDRAWN = "withdrawn"
    TURNED = "turned"
    """No report: with a later day another year is counted."""
    ELSEWHERE = "elsewhere"
    """Not the region's own report: another one brought in who is added up, or the list that ours is held against."""


KIND_TITLES: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "新增",
    ChangeKind.REDUCED: "减少",
    ChangeKind.FIRST: "首次报送",
    ChangeKind.LATE: "迟报",
    ChangeKind.CORRECTED: "更正",
    ChangeKind.WITHDRAWN: "撤回",
    ChangeKind.TURNED: "年度起算",
    ChangeKind.ELSEWHERE: "他地报送影响",
}
NUMERATOR, DENOMINATOR = "numerator", "denominator"
SIDES = (NUMERATOR, DENOMINATOR)
# What both sides are, numerator first.
SidesPair = tuple[int, int]


@dataclass(frozen=True)
class LookedThen:
    """A day, and the moment whose knowledge of it is meant (UTC)."""

    on: date
    known_at: datetime


@dataclass(frozen=True)
class ChangeTerm:
    """One reason of a region's change of one side. `snapshot` brought it, or was withdrawn; none where only the day moved."""

    region_code: str
    side: str
    kind: ChangeKind
    amount: int
    snapshot: int | None
    on: date


@dataclass(frozen=True)
class PlaceChange:
    """A place's two sides before and after, and every reason between: of each side they add up to the difference."""

    region_code: str
    region: str
    before: SidesPair
    after: SidesPair
    terms: tuple[ChangeTerm, ...]

    def difference(self, side: str) -> int:
        which = SIDES.index(side)
        return self.after[which] - self.before[which]

    def by_kind(self, side: str) -> dict[ChangeKind, int]:
        """What each kind comes to, in the order of kinds; kinds that cancel themselves out are told as 0."""
        sums: Counter[ChangeKind] = Counter()
        for term in self.terms:
            if term.side == side:
                sums[term.kind] += term.amount
        return {kind: sums[kind] for kind in ChangeKind if kind in sums}

    @property
    def changed(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True)
class ChangeSplit:
    """Why the figures of a measure are others than they were."""

    measure: Measure
    first: LookedThen
    second: LookedThen
    whole: PlaceChange
    """The province, or the one region that was asked for."""
    regions: tuple[PlaceChange, ...]
    """What each region brought to the whole; empty where one region was asked for."""
    told: tuple[bool, bool] = (True, True)
    """Whether anybody had reported by each of the two: where nobody has there is no figure, and not nought."""

    @property
    def sides(self) -> tuple[str, ...]:
        return SIDES[:1] if self.measure.counts else SIDES

    def title_of(self, side: str) -> str:
        operand = self.measure.numerator if side == NUMERATOR else self.measure.denominator
        return operand.title

    def value(self, pair: SidesPair) -> Fraction | None:
        return value_of(self.measure, pair[0], pair[1] or None)

    @property
    def values(self) -> tuple[Fraction | None, Fraction | None]:
        """Of the whole before and after; none where nobody has reported."""
        before, after = (
            self.value(pair) if told else None
            for pair, told in zip((self.whole.before, self.whole.after), self.told, strict=True)
        )
        return before, after

    @property
    def kinds(self) -> list[ChangeKind]:
        """Those that occur anywhere, in their order."""
        found = {term.kind for place in (self.whole, *self.regions) for term in place.terms}
        return [kind for kind in ChangeKind if kind in found]

    @property
    def kind_titles(self) -> list[str]:
        return [KIND_TITLES[kind] for kind in self.kinds]


def added_up(region_code: str, region: str, places: Iterable[PlaceChange]) -> PlaceChange:
    """Several places together."""
    places = list(places)
    before, after = (
        (sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))
        for pairs in ([place.before for place in places], [place.after for place in places])
    )
    return PlaceChange(
        region_code, region, before, after, tuple(term for place in places for term in place.terms)
    )
