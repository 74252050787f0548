"""A file as an official sends it: who sends what when, and how its tables are laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zyb.demo.institutions import INSTITUTION_LISTS
from zyb.demo.lists import LISTS, InventedRow, MonthEnd
from zyb.demo.summaries import SUMMARIES
from zyb.exports.plain import plain_workbook
from zyb.inert import csv_text
from zyb.periods import chinese_day
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.settings import DEMO_WARNING
from zyb.uploads.published import PublishedTable

OFFICIAL = "演示填报员"
# Once a year: the tasks. 名额 and 推荐表 come with the notice of March 2025.
YEARLY = ("governance_targets", "assistance_targets")
EXPORTED = ("governance_enterprises", "assistance", "employers")
# Lists that some cities and a county send by themselves.
SENT_BY_CITIES = ("governance_enterprises",)


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
    days_later: int = 0
    """Most come on the evening of their day, as 每月月底 asks."""

    @property
    def sent_on(self) -> date:
        return self.as_of + timedelta(days=self.days_later)


def monthly_book(title: str, sheets: Mapping[str, Sequence[MonthEnd]]) -> InventedFile:
    """月报: the tables of several campaigns, a sheet each, as one workbook; by ledger the regions that it tells of."""
    any_moment = next(iter(sheets.values()))[0]
    story, as_of = any_moment.story, any_moment.story.month_end(any_moment.month)
    place, until = story.roster.province, f"（截至{chinese_day(as_of)}）"

    def content() -> bytes:
        tables = {
            name: [row for at in moments for row in _maker(name)(at)] for name, moments in sheets.items()
        }
        return plain_workbook({
            ledgers()[name].title: _table(ledgers()[name], f"{place}{ledgers()[name].title}{until}", rows)
            for name, rows in tables.items()
        })  # fmt: skip

    return InventedFile(
        ledgers=tuple(sheets),
        province=place,
        as_of=as_of,
        file_name=f"{place}{title}{until}.xlsx",
        content=content,
    )


def _maker(name: str) -> Callable[[MonthEnd], Iterator[InventedRow]]:
    return LISTS.get(name) or INSTITUTION_LISTS.get(name) or SUMMARIES[name]


def own_files(name: str, moments: Sequence[MonthEnd], bare: bool = False) -> Iterator[InventedFile]:
    """The province's file, and beside it those of the cities and the county that report for themselves; a bare list of a
    county says in its title alone which county that is."""
    story = moments[0].story
    own = [at for at in moments if name in SENT_BY_CITIES and at.told.region.name in story.own_reports]
    yield province_file(name, [at for at in moments if at not in own])
    for at in own:
        county = story.roster.county(story.own_county, at.told.region)
        yield province_file(name, [at], at.told.region.name, without_county=story.own_county)
        if county:
            yield province_file(name, [at], at.told.region.name, only_county=county.name, bare=bare)


def province_file(
    name: str,
    moments: Sequence[MonthEnd],
    city: str = "",
    *,
    only_county: str = "",
    without_county: str = "",
    bare: bool = False,
) -> InventedFile:
    story = moments[0].story
    make = _maker(name)

    def belongs(row: InventedRow) -> bool:
        county = row.get("county", "")
        return (not only_county or county == only_county) and (not county or county != without_county)

    def rows() -> Iterator[InventedRow]:
        own = (row for at in moments for row in make(at) if belongs(row))
        return (_bare(row) for row in own) if bare else own

    place = f"{city}{only_county}" or story.roster.province
    day = story.new_year() if name in YEARLY else story.month_end(moments[0].month)
    return one_file(ledgers()[name], story.roster.province, place, day, rows)


def _bare(row: InventedRow) -> InventedRow:
    return {name: said for name, said in row.items() if name != "county"}


def one_file(
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
