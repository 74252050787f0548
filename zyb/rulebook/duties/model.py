"""A duty: what is due, from whom, by when, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from zyb.rulebook.duties.rhythm import DutyTerm, rhythm
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import Region, Roster

# In the order in which they ask for attention.
STATES = ("overdue", "soon", "unknown", "coming", "rested", "exempt", "late", "done")
FULFILLED = frozenset({"late", "done"})
RESTED = "rested"
"""Not done when its campaign was closed: nobody is reminded of it any more."""
EXEMPT = "exempt"
"""Not owed, as somebody decided with a reason: 无此类企业."""
EXCUSED = frozenset({RESTED, EXEMPT})
PROVINCE = "省级"
WHOM = ("cities", "province", "districts", "enterprises")


@dataclass(frozen=True)
class DutyState:
    id: str
    title: str
    rule: str
    tone: str
    shape: str


@dataclass(frozen=True)
class DutyWords:
    """How people call those that owe and the periods, and what is said of a duty that was missed."""

    whom: Mapping[str, str]
    every: Mapping[str, str]
    overdue_once: str
    overdue_often: str


@dataclass(frozen=True)
class DutyRules:
    soon_days: int
    states: Mapping[str, DutyState]
    words: DutyWords
    lock_days: int | None = None
    """So many days after something was due its reports are locked; None where they never are."""


@dataclass(frozen=True)
class DutySubject:
    """Who owes something: a reporting region, a county of one (`region_code` is the region's), or the province."""

    code: str
    name: str
    short: str
    region_code: str

    @property
    def is_region(self) -> bool:
        return self.code == self.region_code


@dataclass(frozen=True, kw_only=True)
class Duty:
    """`due` is the day of what is due once; with `every` the last day on which a term may be due.

    `ledger`, `measures`: what answers it without anybody's word (each of the measures); both empty, a person records it.
    """

    id: str
    title: str
    campaign: str
    """Empty for all campaigns."""
    who: str
    province: str
    """Empty for the whole nation."""
    place: str
    regions: tuple[str, ...]
    start: date
    since: date | None
    """From which day a ledger answers it, where that is earlier than `start`."""
    due: date
    every: str
    day: tuple[int, int]
    ledger: str
    measures: tuple[str, ...]
    reported: bool
    """Whether it is handed in; what is not, nobody can miss by not telling of it."""
    replaces: str
    basis: str
    clause: str
    note: str

    @cached_property
    def terms(self) -> tuple[DutyTerm, ...]:
        """Every time it is due, in order."""
        if self.every:
            return tuple(rhythm(self.every, self.start, self.due, self.day))
        return (DutyTerm(self.start, self.due),)

    def term(self, due: date) -> DutyTerm | None:
        return next((term for term in self.terms if term.due == due), None)

    def subjects(self, roster: Roster) -> tuple[DutySubject, ...]:
        """Who owes it in the order of the roster; nobody where the place is not in the province."""
        if self.who == "province" and roster.province_code == NATION.code:
            return tuple(map(_region, roster.regions))
        if self.who == "province":
            return (DutySubject(roster.province_code, PROVINCE, PROVINCE, roster.province_code),)
        if self.regions:
            return tuple(_region(one) for one in roster.regions if one.name in self.regions)
        if self.place in ("", roster.province):
            return tuple(map(_region, roster.regions))
        return self._in_place(roster)

    def _in_place(self, roster: Roster) -> tuple[DutySubject, ...]:
        region = next((one for one in roster.regions if one.name == self.place), None)
        if region and self.who == "districts":
            members = set(region.members)
            return tuple(
                DutySubject(c.code, c.name, c.name, region.code) for c in roster.counties if c.code in members
            )
        if region:
            return (_region(region),)
        county = next((one for one in roster.counties if one.name == self.place), None)
        above = roster.region_of_county(county.code) if county else None
        return (DutySubject(county.code, county.name, county.name, above.code),) if county and above else ()


def _region(region: Region) -> DutySubject:
    return DutySubject(region.code, region.name, region.short, region.code)
