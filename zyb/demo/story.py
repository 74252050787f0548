"""What happens in the invented year, region by region: data/rules/demo.toml, and figures for any month of it."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import ceil
from typing import Any

from zyb import rules
from zyb.regions import Region, Roster, load_roster

MONTHS = 12
# The notice's figures stand at 1 March: as good as the end of February.
NOTICE_MONTH = 2


@dataclass(frozen=True)
class Anchors:
    """A cumulative figure at the end of the year before, on 1 March and at the end of the year."""

    before: int
    march: int
    end: int

    def at(self, month: int, pattern: Sequence[int]) -> int:
        if month <= NOTICE_MONTH:
            return between(self.before, self.march, month / NOTICE_MONTH)
        gone = pattern[NOTICE_MONTH]
        return between(self.march, self.end, (pattern[month] - gone) / (pattern[MONTHS] - gone))


@dataclass(frozen=True)
class RegionStory:
    """One region's year. Shares are per cent, as in the file."""

    region: Region
    enrolled: Anchors
    completed: Anchors
    pattern: tuple[int, ...]
    target: int
    assisted: int
    declared: int
    growth: int
    effort: int
    nominated: int
    silent: frozenset[int]
    disagrees: bool

    def progress(self, month: int) -> tuple[int, int]:
        """纳入、完成 of 专项治理 at the month's end."""
        steady = tuple(100 * n // MONTHS for n in range(MONTHS + 1))
        return self.enrolled.at(month, steady), self.completed.at(month, self.pattern)

    def helped(self, month: int) -> int:
        """Enterprises on the list of 帮扶 at the month's end."""
        return between(0, ceil(self.target * self.assisted / 100), self.pattern[month] / 100)

    def declarations(self, month: int) -> int:
        grown = self.declared * self.growth // 100
        return self.declared + between(0, grown, self.pattern[month] / 100)

    def quality(self, month: int) -> float:
        """How much of what is due is done, from about half the region's effort to all of it."""
        return self.effort / 100 * (0.55 + 0.45 * self.pattern[month] / 100)


@dataclass(frozen=True)
class Story:
    seed: int
    year: int
    roster: Roster
    regions: tuple[RegionStory, ...]
    own_reports: tuple[str, ...]
    """Cities that send their lists themselves."""
    own_county: str
    """A county that does."""

    def reporting(self, month: int) -> list[RegionStory]:
        return [one for one in self.regions if month not in one.silent]

    def new_year(self) -> date:
        return date(self.year, 1, 1)

    def month_end(self, month: int) -> date:
        """Month 0 is the end of the year before."""
        year, month = (self.year, month) if month else (self.year - 1, MONTHS)
        return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Claim:
    """认领: who takes up which alert when, with the reason and what is going to be done."""

    province: str
    region: str
    measure: str
    on: date
    cause: str
    action: str
    due: date


@cache
def claims() -> tuple[Claim, ...]:
    found = []
    for table in rules.load(rules.RULES / "demo.toml").tables("claims"):
        found.append(Claim(
            table.text("province"), table.text("region"), table.text("measure"), table.day("on"),
            table.text("cause"), table.text("action"), table.day("due"),
        ))  # fmt: skip
        table.finish()
    return tuple(found)


@dataclass(frozen=True)
class Judgement:
    """人工调整: what a person makes of a region's figures, and why; said on a day."""

    province: str
    region: str
    measure: str
    on: date
    verdict: str
    reason: str
    said_on: date


@cache
def judgements() -> tuple[Judgement, ...]:
    found = []
    for table in rules.load(rules.RULES / "demo.toml").tables("judgements"):
        found.append(Judgement(
            table.text("province"), table.text("region"), table.text("measure"), table.day("on"),
            table.text("verdict"), table.text("reason"), table.day("said_on"),
        ))  # fmt: skip
        table.finish()
    return tuple(found)


@dataclass(frozen=True)
class Correction:
    """A city's own file that was not right, and what became of it.

    `withdrawn`: reported with `change` added and taken back. `amended`: reported so, and then once more as
    it is. `lowered`: what is reported stays, below the month before, with the reason.
    """

    kind: str
    province: str
    region: str
    ledger: str
    as_of: date
    change: Mapping[str, int]
    reason: str


@cache
def corrections() -> tuple[Correction, ...]:
    found = []
    for table in rules.load(rules.RULES / "demo.toml").tables("corrections"):
        change = table.table("change")
        found.append(Correction(
            table.choice("kind", ("withdrawn", "amended", "lowered")), table.text("province"),
            table.text("region"), table.text("ledger"), table.day("as_of"),
            {name: change.integer(name) for name in change.data}, table.text("reason"),
        ))  # fmt: skip
        change.finish()
        table.finish()
    return tuple(found)


def between(start: int, end: int, share: float) -> int:
    """A whole number on the way; grows with the share."""
    return start + int((end - start) * share + 0.5)


def _region(table: dict[str, Any], region: Region, patterns: dict[str, list[int]]) -> RegionStory:
    return RegionStory(
        region,
        Anchors(*table["enrolled"]),
        Anchors(*table["completed"]),
        tuple(patterns[table["pattern"]]),
        table["target"],
        table["assisted"],
        table["declared"],
        table["growth"],
        table["effort"],
        table.get("nominated", 0),
        frozenset(table.get("silent", ())),
        table.get("disagrees", False),
    )


@cache
def stories() -> tuple[Story, ...]:
    """The year of each province that the file tells of."""
    told = rules.load(rules.RULES / "demo.toml").data
    found = []
    for province, regions in told["regions"].items():
        roster, own = load_roster(province), told["own_reports"][province]
        told_of = tuple(_region(regions[one.name], one, told["patterns"]) for one in roster.regions)
        found.append(Story(told["seed"], told["year"], roster, told_of, tuple(own["regions"]), own["county"]))
    return tuple(found)
