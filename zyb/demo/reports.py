"""Everything that is reported in the invented year, in the order of its days, each as a file like an official's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from zyb.demo.lists import LISTS, Moment, Row, demonstration
from zyb.demo.story import MONTHS, RegionStory, Story, stories
from zyb.demo.summaries import SUMMARIES
from zyb.exports.plain import plain_workbook
from zyb.ledgers import Ledger, ledgers
from zyb.periods import chinese_day
from zyb.published import PUBLISHER, PublishedTable, published_tables
from zyb.regions import load_roster
from zyb.settings import DEMO_WARNING

QUARTERS = (3, 6, 9, 12)
OFFICIAL = "演示填报员"
# When the ledger comes: every month, with the quarter, or once at the year's beginning.
QUARTERLY = ("employers", "exceedances", "institutions", "cdc_guidance")
YEARLY = ("governance_targets", "assistance_targets")
# Lists that some cities and a county send by themselves.
SENT_BY_CITIES = ("governance_enterprises",)
# 推荐表 in March 2025 (陕西 2025 年通知: by 31 March), as shares of the 名额.
NOMINATIONS = ((date(2025, 3, 20), 0.4), (date(2025, 3, 28), 1.0))


@dataclass(frozen=True)
class Report:
    """A file, made when it is needed, and who sends it when."""

    ledger: str
    province: str
    as_of: date
    file_name: str
    content: Callable[[], bytes]
    by: str = OFFICIAL
    published: PublishedTable | None = None

    @property
    def sent_on(self) -> date:
        return self.as_of + timedelta(days=1)


def reports(months: int = MONTHS, scale: float = 1.0) -> list[Report]:
    """The notices' tables among the invented ones, oldest first."""
    found = [_as_report(table) for table in published_tables()]
    tasked = {(report.province, report.ledger) for report in found}
    for story in stories():
        for month in range(months + 1):
            moments = [Moment(story, told, month, scale) for told in story.reporting(month)]
            for ledger in _due(month):
                if (story.roster.province, ledger) not in tasked or (month and ledger not in YEARLY):
                    found += _monthly(ledgers()[ledger], moments)
        found += _nominations(story)
    return sorted(found, key=lambda report: report.as_of)


def _due(month: int) -> list[str]:
    """Month 0, the end of the year before: what the new year is counted from."""
    if month == 0:
        return ["governance_progress", *YEARLY]
    monthly = [name for name in (*SUMMARIES, *LISTS) if name not in (*QUARTERLY, *YEARLY)]
    return [*monthly, *(QUARTERLY if month in QUARTERS else ())]


def _as_report(table: PublishedTable) -> Report:
    province = load_roster(table.province).province
    return Report(
        table.ledger, province, table.as_of, table.path.name, table.path.read_bytes, PUBLISHER, table
    )


def _monthly(ledger: Ledger, moments: Sequence[Moment]) -> Iterator[Report]:
    """The province's file, and beside it those of the cities and the county that report for themselves."""
    if ledger.id not in SENT_BY_CITIES:
        yield _report(ledger, moments)
        return
    story = moments[0].story
    own = [at for at in moments if at.told.region.name in story.own_reports]
    yield _report(ledger, [at for at in moments if at not in own])
    for at in own:
        yield _report(ledger, [at], at.told.region.name, without_county=story.own_county)
        county = story.roster.county(story.own_county, at.told.region)
        if county:
            yield _report(ledger, [at], at.told.region.name, only_county=county.name)


def _report(
    ledger: Ledger,
    moments: Sequence[Moment],
    city: str = "",
    *,
    only_county: str = "",
    without_county: str = "",
) -> Report:
    story, month = moments[0].story, moments[0].month
    make = LISTS.get(ledger.id) or SUMMARIES[ledger.id]
    as_of = story.month_end(month)
    place = f"{city}{only_county}" or story.roster.province

    def belongs(row: Row) -> bool:
        county = row.get("county", "")
        return (not only_county or county == only_county) and (not county or county != without_county)

    def rows() -> Iterator[Row]:
        return (row for at in moments for row in make(at) if belongs(row))

    return _file(ledger, story.roster.province, place, as_of, rows)


def _file(
    ledger: Ledger, province: str, place: str, as_of: date, rows: Callable[[], Iterable[Row]]
) -> Report:
    """Lists come as workbooks, as their codes need; summaries as text, as some offices send them."""
    title = f"{place}{ledger.title}（截至{chinese_day(as_of)}）"
    kind, write = ("xlsx", plain_workbook) if ledger.is_list else ("csv", _csv)
    return Report(
        ledger.id, province, as_of, f"{title}.{kind}", lambda: write(_table(ledger, title, list(rows())))
    )


def _table(ledger: Ledger, title: str, rows: Sequence[Row]) -> list[Sequence[object]]:
    """Title, a line that says what this is, headings, rows; columns that nobody fills are left out."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    known = {column.name: column.title for column in ledger.columns}
    headings = [known.get(name, name) for name in names]
    body = [[row.get(name, "") for name in names] for row in rows]
    return [(title,), (DEMO_WARNING,), headings, *body]


def _csv(table: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode("gb18030")


def _nominations(story: Story) -> Iterator[Report]:
    """Only where a notice has given out 名额."""
    province = story.roster.province
    told = [one for one in story.regions if one.nominated]
    for day, share in NOMINATIONS if told else ():
        rows = partial(_nominated, story, told, share)
        yield _file(ledgers()["demonstration"], province, province, day, rows)


def _nominated(story: Story, told: Sequence[RegionStory], share: float) -> Iterator[Row]:
    for one in told:
        yield from demonstration(Moment(story, one, MONTHS), round(one.nominated * share))
