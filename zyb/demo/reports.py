"""Everything that is reported in the invented year, in the order of its days, each as a file like an official's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from zyb.demo.institutions import INSTITUTION_LISTS
from zyb.demo.lists import LISTS, InventedRow, MonthEnd, demonstration
from zyb.demo.story import MONTHS, Correction, RegionStory, Story, corrections, stories
from zyb.demo.summaries import SUMMARIES
from zyb.exports.plain import plain_workbook
from zyb.inert import csv_text
from zyb.periods import chinese_day
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.regions import load_roster
from zyb.settings import DEMO_WARNING
from zyb.uploads.published import PUBLISHER, PublishedTable, published_tables

ALL_YEAR = range(1, MONTHS + 1)
QUARTERS = (3, 6, 9, 12)
OFFICIAL = "演示填报员"
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
# Once a year: the tasks. 名额 and 推荐表 come with the notice of March 2025.
YEARLY = ("governance_targets", "assistance_targets")
EXPORTED = ("governance_enterprises", "assistance", "employers")
# Lists that some cities and a county send by themselves.
SENT_BY_CITIES = ("governance_enterprises",)
# 推荐表 in March 2025 (陕西 2025 年通知: by 31 March), as shares of the 名额.
NOMINATIONS = ((date(2025, 3, 20), 0.4), (date(2025, 3, 28), 1.0))


@dataclass(frozen=True, kw_only=True)
class InventedFile:
    """A file, made when it is needed, and who sends it when."""

    ledgers: tuple[str, ...]
    province: str
    as_of: date
    file_name: str
    content: Callable[[], bytes]
    by: str = OFFICIAL
    published: PublishedTable | None = None
    reason: str = ""
    """Why cumulative figures are lower than what is in force."""
    withdrawn: str = ""
    """Why it is taken back as soon as it is there; empty for what stays."""
    days_later: int = 1

    @property
    def sent_on(self) -> date:
        return self.as_of + timedelta(days=self.days_later)


def reports(months: Collection[int] = ALL_YEAR, scale: float = 1.0) -> list[InventedFile]:
    """The notices' tables among those of the invented months, oldest first."""
    found = [_as_report(table) for table in published_tables()]
    tasked = {(report.province, ledger) for report in found for ledger in report.ledgers}
    for story in stories():
        for month in (0, *months):
            moments = [MonthEnd(story, told, month, scale) for told in story.reporting(month)]
            found += _month(moments, [name for name in YEARLY if (story.roster.province, name) not in tasked])
        found += _nominations(story)
        found += _corrections(story, months)
    return sorted(found, key=lambda report: report.as_of)


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
            yield _report(name, moments)
        return
    for title, names in MONTHLY_BOOKS.items():
        yield _monthly_book(title, names, moments)
    for name in (*MONTHLY, *(QUARTERLY if month in QUARTERS else ())):
        yield from _reports(name, moments)


def _monthly_book(title: str, names: tuple[str, ...], moments: Sequence[MonthEnd]) -> InventedFile:
    """月报: the tables of several campaigns, a sheet each, as one workbook."""
    story, as_of = moments[0].story, moments[0].story.month_end(moments[0].month)
    place, until = story.roster.province, f"（截至{chinese_day(as_of)}）"

    def content() -> bytes:
        tables = {name: [row for at in moments for row in _maker(name)(at)] for name in names}
        return plain_workbook({
            ledgers()[name].title: _table(ledgers()[name], f"{place}{ledgers()[name].title}{until}", rows)
            for name, rows in tables.items()
        })  # fmt: skip

    return InventedFile(
        ledgers=names, province=place, as_of=as_of, file_name=f"{place}{title}{until}.xlsx", content=content
    )


def _maker(name: str) -> Callable[[MonthEnd], Iterator[InventedRow]]:
    return LISTS.get(name) or INSTITUTION_LISTS.get(name) or SUMMARIES[name]


def _reports(name: str, moments: Sequence[MonthEnd]) -> Iterator[InventedFile]:
    """The province's file, and beside it those of the cities and the county that report for themselves."""
    story = moments[0].story
    own = [at for at in moments if name in SENT_BY_CITIES and at.told.region.name in story.own_reports]
    yield _report(name, [at for at in moments if at not in own])
    for at in own:
        county = story.roster.county(story.own_county, at.told.region)
        yield _report(name, [at], at.told.region.name, without_county=story.own_county)
        if county:
            yield _report(name, [at], at.told.region.name, only_county=county.name)


def _report(
    name: str, moments: Sequence[MonthEnd], city: str = "", *, only_county: str = "", without_county: str = ""
) -> InventedFile:
    story = moments[0].story
    make = _maker(name)

    def belongs(row: InventedRow) -> bool:
        county = row.get("county", "")
        return (not only_county or county == only_county) and (not county or county != without_county)

    def rows() -> Iterator[InventedRow]:
        return (row for at in moments for row in make(at) if belongs(row))

    place = f"{city}{only_county}" or story.roster.province
    day = story.new_year() if name in YEARLY else story.month_end(moments[0].month)
    return _file(ledgers()[name], story.roster.province, place, day, rows)


def _file(
    ledger: Ledger,
    province: str,
    place: str,
    as_of: date,
    rows: Callable[[], Iterable[InventedRow]],
    marked: str = "",
) -> InventedFile:
    """Workbooks, but for summaries and long lists: those come as text, as a platform exports them."""
    title = f"{place}{ledger.title}{marked}（截至{chinese_day(as_of)}）"
    kind, write = ("xlsx", _xlsx) if ledger.is_list and ledger.id not in EXPORTED else ("csv", _csv)
    return InventedFile(
        ledgers=(ledger.id,), province=province, as_of=as_of, file_name=f"{title}.{kind}",
        content=lambda: write(_table(ledger, title, list(rows()))),
    )  # fmt: skip


def _xlsx(table: Iterable[Sequence[object]]) -> bytes:
    return plain_workbook({"Sheet1": table})


def _table(ledger: Ledger, title: str, rows: Sequence[InventedRow]) -> list[Sequence[object]]:
    """Title, a line that says what this is, headings, rows; columns that nobody fills are left out."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    known = {column.name: column.title for column in ledger.columns}
    headings = [known.get(name, name) for name in names]
    body = [[row.get(name, "") for name in names] for row in rows]
    return [(title,), (DEMO_WARNING,), headings, *body]


def _csv(table: Iterable[Sequence[object]]) -> bytes:
    return csv_text(table, line_end="\r\n").encode("gb18030")


def _nominations(story: Story) -> Iterator[InventedFile]:
    """Only where a notice has given out 名额."""
    province = story.roster.province
    told = [one for one in story.regions if one.nominated]
    for day, share in NOMINATIONS if told else ():
        rows = partial(_nominated, story, told, share)
        yield _file(ledgers()["demonstration"], province, province, day, rows)


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
    return _file(ledgers()[told.ledger], told.province, told.region, told.as_of, rows, marked)


def _changed(ledger: str, moment: MonthEnd, change: Mapping[str, int]) -> Iterator[InventedRow]:
    """The region's rows of the month, so much more (or less) in the columns that are named."""
    for row in SUMMARIES[ledger](moment):
        yield {
            name: said + change.get(name, 0) if isinstance(said, int) else said for name, said in row.items()
        }
