"""The chapters after the first year: further years of the same regions, and a province that only has 尘毒.

What goes on without a break (专项治理, 尘毒) is told by the first year's story with months beyond its twelfth; what
begins anew each year (帮扶, 申报, 提质合规, 执法) by a story of that year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zyb.demo.story import MONTHS, Anchors, Claim, RegionStory, Story, stories, told_claims
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import Roster, load_roster

# 天津市方案 四: 自查自改 from November 2024 to March 2025, 检查复查 from April to August 2025.
DUST_MONTHS = (11, 5, 16, 5)
LAST_MONTH = 27
COMPLETED_AT = (15, 18, LAST_MONTH)


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """Files of a kind, and the months (counted from the first year's January) in which they come."""

    title: str
    """Of a workbook with a sheet a ledger; empty for a file of its own."""
    ledgers: tuple[str, ...]
    provinces: tuple[str, ...]
    months: tuple[int, ...]
    bare: bool
    """A county's own list has no column 县区."""
    reason: str
    """Why figures are below those of the year before."""


@dataclass(frozen=True, kw_only=True)
class Lone:
    """The one region that reports a ledger in a month."""

    province: str
    region: str
    ledger: str
    month: int


@dataclass(frozen=True, kw_only=True)
class LateNomination:
    """推荐表 that come when the day is over."""

    province: str
    region: str
    nominated: int
    on: date


@dataclass(frozen=True, kw_only=True)
class ToldRelease:
    """解除 by a person, with the reason."""

    province: str
    region: str
    measure: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ToldTick:
    """登记: of whom a duty's time is said to be done, on which day, and who takes it back why."""

    province: str
    duty: str
    due: date
    day: date
    subjects: tuple[str, ...]
    file: str
    regretted: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Further:
    """All that is told after the first year."""

    lasting: Mapping[str, Story]
    """By province: the first year's story, going on."""
    yearly: Mapping[tuple[str, int], Story]
    files: tuple[FileKind, ...]
    alone: tuple[Lone, ...]
    nominations: tuple[LateNomination, ...]
    claims: tuple[Claim, ...]
    releases: tuple[ToldRelease, ...]
    ticks: tuple[ToldTick, ...]

    def provinces(self) -> tuple[str, ...]:
        return tuple(self.lasting)


@rule
def further() -> Further:
    table = toml.load(rules_file("demo.toml")).table("later")
    first = {story.roster.province: story for story in stories()}
    lasting, yearly = _stories(table, first)
    dust = table.table("dust")
    for province, below in dust.items():
        lasting[province] = _dust_story(below, load_roster(province), next(iter(first.values())))
    found = Further(
        lasting=lasting, yearly=yearly,
        files=tuple(_file_kind(one, tuple(lasting)) for one in table.tables("files")),
        alone=tuple(_lone(one) for one in table.tables("alone")),
        nominations=tuple(_nomination(one) for one in table.tables("nominations")),
        claims=told_claims(table),
        releases=tuple(_release(one) for one in table.tables("releases")),
        ticks=tuple(_tick(one) for one in table.tables("ticks")),
    )  # fmt: skip
    table.finish()
    return found


def _stories(
    table: toml.RulesTable, first: Mapping[str, Story]
) -> tuple[dict[str, Story], dict[tuple[str, int], Story]]:
    entering, speed = _entering(table), table.integer("speed") / 100
    lasting, yearly = {}, {}
    told = table.table("regions")
    for province, story in first.items():
        below = told.table(province)
        both = [_region(below.table(one.region.name), one, entering, speed) for one in story.regions]
        below.finish()
        lasting[province] = replace(story, regions=tuple(on for on, _ in both))
        second = [anew for _, anew in both]
        third = [replace(anew, before=anew) for anew in second]
        for year, regions in ((story.year + 1, second), (story.year + 2, third)):
            yearly[province, year] = replace(story, year=year, regions=tuple(regions))
    told.finish()
    return lasting, yearly


def _entering(table: toml.RulesTable) -> tuple[int, ...]:
    shares = table.integers("entering")
    if len(shares) != MONTHS + 1 or list(shares) != sorted(shares) or shares[-1] != 100:
        raise table.fault(f"“entering”应为 {MONTHS + 1} 个由小到大的百分数，最后是 100。")
    return shares


def _region(
    table: toml.RulesTable, first: RegionStory, entering: tuple[int, ...], speed: float
) -> tuple[RegionStory, RegionStory]:
    """The region's first year going on, and its further years."""
    completed = table.integers("completed")
    grown = [first.completed.end, *completed]
    if len(completed) != len(COMPLETED_AT) or grown != sorted(grown) or grown[-1] > first.enrolled.end:
        raise table.fault(
            f"“completed”应为三个数，由小到大，不小于第一年末的 {first.completed.end}，不大于纳入的 {first.enrolled.end}。"
        )
    silent = frozenset(table.integers("silent", ()))
    later = tuple(zip(COMPLETED_AT, completed, strict=True))
    anew = replace(
        first, before=first, target=table.integer("target"), assisted=table.integer("assisted"),
        growth=table.integer("growth"), effort=table.integer("effort"), silent=silent, enters=entering, speed=speed,
        left_out=table.integer("left_out", 0), list_only=table.flag("list_only", False), nominated=0,
    )  # fmt: skip
    table.finish()
    return replace(first, later=later, silent=silent), anew


def _dust_story(below: toml.RulesTable, roster: Roster, like: Story) -> Story:
    """Districts that only report 尘毒, from the months of the province's plan on."""
    found = []
    for region in roster.regions:
        table = below.table(region.name)
        firms = Anchors(*[table.integer("firms")] * 3)
        found.append(RegionStory(
            region=region, enrolled=firms, completed=Anchors(0, 0, 0), pattern=like.regions[0].pattern, target=0,
            assisted=0, declared=0, growth=0, effort=table.integer("effort"), nominated=0, silent=frozenset(),
            disagrees=False, dust=DUST_MONTHS,
        ))  # fmt: skip
        table.finish()
    below.finish()
    return Story(
        seed=like.seed, year=like.year, roster=roster, regions=tuple(found), own_reports=(), own_county="", began=like.began,
    )  # fmt: skip


def _file_kind(table: toml.RulesTable, provinces: tuple[str, ...]) -> FileKind:
    kind = FileKind(
        title=table.text("title", ""), ledgers=table.texts("ledgers"), provinces=table.texts("provinces"),
        months=table.integers("months"), bare=table.flag("bare", False),
        reason=table.text("reason", ""),
    )  # fmt: skip
    for key, said, known in (
        ("ledgers", kind.ledgers, tuple(ledgers())),
        ("provinces", kind.provinces, provinces),
    ):
        if strange := [name for name in said if name not in known]:
            raise table.fault(f"“{key}”中的“{strange[0]}”不认识。")
    if not all(0 < month <= LAST_MONTH for month in kind.months):
        raise table.fault(f"“months”应为 1 到 {LAST_MONTH} 之间的月份。")
    table.finish()
    return kind


def _lone(table: toml.RulesTable) -> Lone:
    found = Lone(
        province=table.text("province"), region=table.text("region"), ledger=table.text("ledger"),
        month=table.integer("month"),
    )  # fmt: skip
    table.finish()
    return found


def _nomination(table: toml.RulesTable) -> LateNomination:
    found = LateNomination(
        province=table.text("province"), region=table.text("region"), nominated=table.integer("nominated"),
        on=table.day("on"),
    )  # fmt: skip
    table.finish()
    return found


def _release(table: toml.RulesTable) -> ToldRelease:
    found = ToldRelease(
        province=table.text("province"), region=table.text("region"), measure=table.text("measure"), on=table.day("on"),
        reason=table.text("reason"),
    )  # fmt: skip
    table.finish()
    return found


def _tick(table: toml.RulesTable) -> ToldTick:
    """`only` names who; without it everybody but `except`."""
    province = table.text("province")
    everybody = tuple(region.name for region in load_roster(province).regions)
    without = table.texts("except", ())
    subjects = table.texts("only", tuple(name for name in everybody if name not in without))
    if strange := [name for name in (*subjects, *without) if name not in everybody]:
        raise table.fault(f"“{strange[0]}”不在{province}的地区名册中。")
    found = ToldTick(
        province=province, duty=table.text("duty"), due=table.day("due"), day=table.day("day"), subjects=subjects,
        file=table.text("file"), regretted=table.text("regretted", ""), reason=table.text("reason", ""),
    )  # fmt: skip
    table.finish()
    return found


def month_end(month: int) -> date:
    """The last day of a month of the history, counted from its first January."""
    return stories()[0].month_end(month)
