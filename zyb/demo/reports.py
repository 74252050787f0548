"""Everything that is reported in the invented year, in the order of its days, each as a file like an official's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from zyb.demo.files import YEARLY, InventedFile, monthly_book, one_file, own_files, province_file
from zyb.demo.further import further
from zyb.demo.later import later_reports
from zyb.demo.lists import InventedRow, MonthEnd, demonstration
from zyb.demo.story import MONTHS, Correction, RegionStory, Story, corrections, stories
from zyb.demo.summaries import SUMMARIES
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.uploads.published import PUBLISHER, PublishedTable, published_tables

# In these months everybody was busy; so many days after the month's end.
SENT_LATE = {"2024-09": 4, "2024-11": 3, "2025-01": 8}
ALL_YEAR = range(1, MONTHS + 1)
QUARTERS = (3, 6, 9, 12)
# When a ledger comes. Every month, a sheet each in one of two workbooks, or a file of its own:
MONTHLY_BOOKS = {
    "职业健康工作月报": (
        "governance_progress",
        "governance_posts",
        "declaration_counts",
        "assistance_rates",
        "institutions",
    ),
    "监督监测月报": ("enforcement", "dust_toxics", "exceedances"),
}
MONTHLY = ("governance_enterprises", "assistance")
# With the quarter: the 数据库 as 冀卫办职健函〔2024〕5号 三（一）1 asks for it; 附件5, due once a year by
# 15 December (三（三）2), is kept up to date as often.
QUARTERLY = ("employers", "cdc_guidance", "quality_issues", "violation_leads")
# 推荐表 in March 2025 (陕西 2025 年通知: by 31 March), as shares of the 名额.
NOMINATIONS = ((date(2025, 3, 20), 0.4), (date(2025, 3, 28), 1.0))


def reports(months: Collection[int] = ALL_YEAR, scale: float = 1.0) -> list[InventedFile]:
    """The notices' tables among those of the invented months, oldest first."""
    found = [_as_report(table) for table in published_tables()]
    tasked = {(report.province, ledger) for report in found for ledger in report.ledgers}
    own_year = [month for month in months if month <= MONTHS]
    for story in stories():
        for month in (0, *own_year):
            moments = [MonthEnd(story, told, month, scale) for told in story.reporting(month)]
            found += _month(moments, [name for name in YEARLY if (story.roster.province, name) not in tasked])
        found += _nominations(story)
        found += _corrections(story, own_year)
    further()
    if any(month > MONTHS for month in months):
        found += later_reports(months, scale)
    return sorted(map(_sent, found), key=lambda report: report.as_of)


def _sent(report: InventedFile) -> InventedFile:
    """Some months' files come late."""
    late = SENT_LATE.get(f"{report.as_of:%Y-%m}", 0)
    return replace(report, days_later=max(report.days_later, late)) if not report.published else report


def _as_report(table: PublishedTable) -> InventedFile:
    province = load_roster(table.province).province
    read = table.path.read_bytes
    return InventedFile(
        ledgers=(table.ledger,),
        province=province,
        as_of=table.as_of,
        file_name=table.path.name,
        content=read,
        by=PUBLISHER,
        published=table,
    )


def _month(moments: Sequence[MonthEnd], tasks: Sequence[str]) -> Iterator[InventedFile]:
    """What a province sends at a month's end; at the end of the year before, what the new year starts from."""
    month = moments[0].month
    if month == 0:
        for name in ("governance_progress", *tasks):
            yield province_file(name, moments)
        return
    for title, names in MONTHLY_BOOKS.items():
        yield monthly_book(title, dict.fromkeys(names, moments))
    for name in (*MONTHLY, *(QUARTERLY if month in QUARTERS else ())):
        yield from own_files(name, moments)


def _nominations(story: Story) -> Iterator[InventedFile]:
    """Only where a notice has given out 名额."""
    province = story.roster.province
    told = [one for one in story.regions if one.nominated]
    for day, share in NOMINATIONS if told else ():
        rows = partial(_nominated, story, told, share)
        yield one_file(ledgers()["demonstration"], province, province, day, rows)


def _nominated(story: Story, told: Sequence[RegionStory], share: float) -> Iterator[InventedRow]:
    for one in told:
        yield from demonstration(MonthEnd(story, one, MONTHS), round(one.nominated * share))


# -- what was not right ---------------------------------------------------------------------


def _corrections(story: Story, months: Collection[int]) -> Iterator[InventedFile]:
    """Files of cities that were taken back, sent again or lowered, after the province's of the same day."""
    for told in corrections():
        if told.province == story.roster.province and told.as_of.month in months:
            yield from _corrected(story, told)


def _corrected(story: Story, told: Correction) -> Iterator[InventedFile]:
    own = next(one for one in story.regions if one.region.name == told.region)
    moment = MonthEnd(story, own, told.as_of.month)
    first = partial(_changed, told.ledger, moment, told.change)
    if told.kind == "lowered":
        yield replace(_own_file(told, first, "（核减）"), reason=told.reason, days_later=3)
        return
    wrong = replace(_own_file(told, first), days_later=2)
    yield replace(wrong, withdrawn=told.reason) if told.kind == "withdrawn" else wrong
    if told.kind == "amended":
        as_it_is = partial(_changed, told.ledger, moment, {})
        yield replace(_own_file(told, as_it_is, "（改正）"), reason=told.reason, days_later=3)


def _own_file(told: Correction, rows: Callable[[], Iterable[InventedRow]], marked: str = "") -> InventedFile:
    return one_file(ledgers()[told.ledger], told.province, told.region, told.as_of, rows, marked)


def _changed(ledger: str, moment: MonthEnd, change: Mapping[str, int]) -> Iterator[InventedRow]:
    """The region's rows of the month, so much more (or less) in the columns that are named."""
    for row in SUMMARIES[ledger](moment):
        yield {
            name: said + change.get(name, 0) if isinstance(said, int) else said for name, said in row.items()
        }
