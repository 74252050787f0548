"""What happens in the invented year, region by region: data/rules/demo.toml, and figures for any month of it."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from math import ceil

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measure_ids
from zyb.rulebook.places.divisions import provinces
from zyb.rulebook.regions import Region, Roster, load_roster

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


@dataclass(frozen=True, kw_only=True)
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
    later: tuple[tuple[int, int], ...] = ()
    """完成 after the first year: month and figure, in the order of the months."""
    before: RegionStory | None = None
    """The year before, which 帮扶 and 申报 go on from."""
    enters: tuple[int, ...] = ()
    """How the list of 帮扶 fills, where it does not fill as the work goes on."""
    speed: float = 1.0
    """How fast 帮扶 is, compared with the first year's."""
    left_out: int = 0
    """Of last year's 监测超标 so many are not on the list of 帮扶."""
    list_only: bool = False
    """Of problems found it sends only the list, no sums."""
    dust: tuple[int, int, int, int] = (2, 4, 6, 6)
    """尘毒: the first month of 自查 and how many months it takes, and so of 复查."""

    def progress(self, month: int) -> tuple[int, int]:
        """纳入、完成 of 专项治理 at the month's end."""
        if month > MONTHS:
            return self.enrolled.end, self._completed_later(month)
        steady = tuple(100 * n // MONTHS for n in range(MONTHS + 1))
        return self.enrolled.at(month, steady), self.completed.at(month, self.pattern)

    def _completed_later(self, month: int) -> int:
        known = ((MONTHS, self.completed.end), *self.later)
        for (start, before), (end, after) in pairwise(known):
            if month <= end:
                return between(before, after, (month - start) / (end - start))
        return known[-1][1]

    def helped(self, month: int) -> int:
        """Enterprises on the list of 帮扶 at the month's end."""
        filled = (self.enters or self.pattern)[month]
        return between(0, ceil(self.target * self.assisted / 100), filled / 100)

    def declarations(self, month: int) -> int:
        """申报数 of the year; the growth is that on the first year's baseline."""
        start = self.before.declarations(MONTHS) if self.before else self.declared
        grown = self.declared + self.declared * self.growth // 100
        return between(start, max(start, grown), self.pattern[month] / 100)

    def quality(self, month: int) -> float:
        """How much of what is due is done, from about half the region's effort to all of it."""
        return self.effort / 100 * (0.55 + 0.45 * self.pattern[min(month, MONTHS)] / 100)


@dataclass(frozen=True, kw_only=True)
class Story:
    seed: int
    year: int
    roster: Roster
    regions: tuple[RegionStory, ...]
    own_reports: tuple[str, ...]
    """Cities that send their lists themselves."""
    own_county: str
    """A county that does."""
    began: int
    """The first invented year: the year before is the baseline of 申报."""

    def reporting(self, month: int) -> list[RegionStory]:
        return [one for one in self.regions if month not in one.silent]

    def new_year(self) -> date:
        return date(self.year, 1, 1)

    def month_end(self, month: int) -> date:
        """Month 0 is the end of the year before, month 13 the first of the next."""
        year, month = self.year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
        return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, kw_only=True)
class Claim:
    """认领: who takes up which alert when, with the reason and what is going to be done."""

    province: str
    region: str
    measure: str
    on: date
    cause: str
    action: str
    due: date


@rule
def claims() -> tuple[Claim, ...]:
    return told_claims(toml.load(rules_file("demo.toml")))


def told_claims(below: toml.RulesTable) -> tuple[Claim, ...]:
    found = []
    for table in below.tables("claims"):
        found.append(Claim(
            **_place(table), measure=table.choice("measure", sorted(measure_ids())), on=table.day("on"),
            cause=table.text("cause"), action=table.text("action"), due=table.day("due"),
        ))  # fmt: skip
        table.finish()
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class ToldVerdict:
    """人工调整: what a person makes of a region's figures, and why; said on a day."""

    province: str
    region: str
    measure: str
    on: date
    verdict: str
    reason: str
    said_on: date


@rule
def judgements() -> tuple[ToldVerdict, ...]:
    found = []
    for table in toml.load(rules_file("demo.toml")).tables("judgements"):
        found.append(ToldVerdict(
            **_place(table), measure=table.choice("measure", sorted(measure_ids())), on=table.day("on"),
            verdict=table.text("verdict"), reason=table.text("reason"), said_on=table.day("said_on"),
        ))  # fmt: skip
        table.finish()
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
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


@rule
def corrections() -> tuple[Correction, ...]:
    found = []
    for table in toml.load(rules_file("demo.toml")).tables("corrections"):
        change = table.table("change")
        found.append(Correction(
            kind=table.choice("kind", ("withdrawn", "amended", "lowered")), **_place(table),
            ledger=table.choice("ledger", tuple(ledgers())), as_of=table.day("as_of"),
            change={name: change.integer(name) for name in change.data}, reason=table.text("reason"),
        ))  # fmt: skip
        change.finish()
        table.finish()
    return tuple(found)


def _place(table: toml.RulesTable) -> dict[str, str]:
    """A province and one of its regions, by their full names."""
    province = table.choice("province", [name for _, name in provinces()])
    return {
        "province": province,
        "region": table.choice("region", [one.name for one in load_roster(province).regions]),
    }


def month_number(day: date, year: int) -> int:
    """Months from the beginning of the first invented year: its January is 1, the next one 13."""
    return (day.year - year) * MONTHS + day.month


def between(start: int, end: int, share: float) -> int:
    """A whole number on the way; grows with the share."""
    return start + int((end - start) * share + 0.5)


def _region(table: toml.RulesTable, region: Region, patterns: Mapping[str, tuple[int, ...]]) -> RegionStory:
    story = RegionStory(
        region=region, enrolled=_anchors(table, "enrolled"), completed=_anchors(table, "completed"),
        pattern=patterns[table.choice("pattern", tuple(patterns))], target=table.integer("target"),
        assisted=table.integer("assisted"), declared=table.integer("declared"), growth=table.integer("growth"),
        effort=table.integer("effort"), nominated=table.integer("nominated", 0),
        silent=frozenset(table.integers("silent", ())), disagrees=table.flag("disagrees", False),
    )  # fmt: skip
    table.finish()
    return story


def _anchors(table: toml.RulesTable, key: str) -> Anchors:
    figures = table.integers(key)
    if len(figures) != len(fields(Anchors)):
        raise table.fault(f"“{key}”应为三个数：上年末、3 月 1 日、年末。")
    return Anchors(*figures)


def _pattern(table: toml.RulesTable, name: str) -> tuple[int, ...]:
    shares = table.integers(name)
    if len(shares) != MONTHS + 1 or list(shares) != sorted(shares) or shares[NOTICE_MONTH] == shares[-1]:
        raise table.fault(f"“{name}”应为 {MONTHS + 1} 个由小到大的百分数。")
    return shares


@rule
def stories() -> tuple[Story, ...]:
    """The year of each province that the file tells of."""
    table = toml.load(rules_file("demo.toml"))
    drawn = table.table("patterns")
    patterns = {name: _pattern(drawn, name) for name in drawn.data}
    seed, year, senders = table.integer("seed"), table.integer("year"), table.table("own_reports")
    found = []
    for province, below in table.table("regions").items():
        roster, own = load_roster(province), senders.table(province)
        told_of = tuple(_region(below.table(one.name), one, patterns) for one in roster.regions)
        below.finish()
        found.append(Story(
            seed=seed, year=year, roster=roster, regions=told_of, own_reports=own.texts("regions"),
            own_county=own.text("county", ""), began=year,
        ))  # fmt: skip
        own.finish()
    senders.finish()
    for further in ("claims", "judgements", "corrections"):
        table.tables(further)
    table.table("later")
    table.finish()
    return tuple(found)
