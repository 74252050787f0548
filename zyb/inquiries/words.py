"""An inquiry in words: its filters, each as a chip that says how the inquiry reads without it; its title and file name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from zyb.inquiries.fields import InquiryField
from zyb.inquiries.model import Asking, Bound, ColumnTest, Inquiry, StandingsInquiry
from zyb.numerals import kept_text
from zyb.periods import chinese_day
from zyb.rulebook.industries import classification
from zyb.rulebook.measures import measures
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import load_roster

# A file's name goes through mail and archives that cut long ones off.
LONGEST_NAME = 60
NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', ""))
STANDINGS_TITLE = "各地指标进度"

T = TypeVar("T")


@dataclass(frozen=True)
class FilterChip:
    """A filter in words, and the inquiry without it."""

    words: str
    short: str
    """In a file's name: 否 goes with what it answers, a region alone says enough."""
    without: Asking


def chips(asked: Asking) -> tuple[FilterChip, ...]:
    found = [*_places(asked)]
    if isinstance(asked, Inquiry):
        found += [*_plain(asked), *(chip for test in asked.tests for chip in _of_test(asked, test))]
    return tuple(found)


def _places(asked: Asking) -> Iterator[FilterChip]:
    roster = load_roster(asked.province)
    for code in asked.regions:
        name = roster.name_of(code)
        yield FilterChip(name, name, _first_page(replace(asked, regions=_but(asked.regions, code))))


def _plain(asked: Inquiry) -> Iterator[FilterChip]:
    counties = {county.code: county.name for county in load_roster(asked.province).counties}
    for code in asked.counties:
        name = counties.get(code, "未写明县区")
        yield FilterChip(name, name, replace(asked, counties=_but(asked.counties, code), page=1))
    for year in asked.years:
        yield FilterChip(f"{year}年度", f"{year}年度", replace(asked, years=_but(asked.years, year), page=1))
    for number in asked.snapshots:
        without = replace(asked, snapshots=_but(asked.snapshots, number), page=1)
        yield FilterChip(f"批次{number}", f"批次{number}", without)
    if asked.text:
        yield FilterChip(f"含“{asked.text}”", f"含{asked.text}", replace(asked, text="", page=1))


def _of_test(asked: Inquiry, test: ColumnTest) -> Iterator[FilterChip]:
    field = asked.fields[test.column]
    if test.values:
        said = "、".join(test.values)
        yield _chip(asked, field, f"：{said}", said, replace(test, values=()))
    for code in test.within:
        title = industry_title(code)
        yield FilterChip(title, title, asked.testing(replace(test, within=_but(test.within, code))))
    if (test.since, test.until) != (None, None):
        said = span_words(test.since, test.until, field.kind)
        yield _chip(asked, field, f"：{said}", said, replace(test, since=None, until=None))
    if test.holds:
        yield _chip(asked, field, f"含“{test.holds}”", f"含{test.holds}", replace(test, holds=""))


def _chip(asked: Inquiry, field: InquiryField, said: str, short: str, without: ColumnTest) -> FilterChip:
    return FilterChip(f"{field.title}{said}", f"{field.title}{short}", asked.testing(without))


def _first_page(asked: Asking) -> Asking:
    return replace(asked, page=1) if isinstance(asked, Inquiry) else asked


def _but(every: Sequence[T], one: T) -> tuple[T, ...]:
    return tuple(other for other in every if other != one)


def industry_title(code: str) -> str:
    title = classification().title(code)
    return f"{code} {title}" if title else code


def span_words(since: Bound, until: Bound, kind: str) -> str:
    """“2024-01-01至2024-06-30”, “不少于10”."""
    low, high = kept_text(since, kind), kept_text(until, kind)
    if until is None:
        return f"{low}起" if isinstance(since, date) else f"不少于{low}"
    if since is None:
        return f"{high}止" if isinstance(until, date) else f"不多于{high}"
    return f"{low}至{high}"


# -- titles ---------------------------------------------------------------------------------


def days_told(days: Sequence[date]) -> str:
    return "与".join(map(chinese_day, days))


def title_of(asked: Asking) -> str:
    """《专项治理企业台账》 of whom: “陕西省专项治理企业台账”."""
    what = asked.ledger.title if isinstance(asked, Inquiry) else STANDINGS_TITLE
    return f"{asked.province}{what}"


def filters_told(asked: Asking) -> str:
    return "；".join(chip.words for chip in chips(asked)) or f"{_whole(asked)}，没有筛选条件"


def _whole(asked: Asking) -> str:
    return level_words(asked.province).whole


def name_of_file(asked: Asking, mark: str = "") -> str:
    """陕西省专项治理企业台账_榆林市_是否完成治理否（截至2024年6月30日）; `mark` stands in front of invented data."""
    filters = filters_in_name(chip.short for chip in chips(asked))
    if isinstance(asked, StandingsInquiry):
        filters = "_".join(filter(None, (_measures_told(asked), filters)))
    name = "_".join(filter(None, (mark, title_of(asked), filters)))
    return f"{name}（截至{days_told(asked.days)}）"


def filters_in_name(told: Iterable[str]) -> str:
    """As far as a file's name has room for them."""
    filters = "_".join(told).translate(NOT_IN_FILE_NAMES)
    return filters if len(filters) <= LONGEST_NAME else f"{filters[:LONGEST_NAME].rstrip('_、')}等"


def _measures_told(asked: StandingsInquiry) -> str:
    known = measures(asked.province)
    return known[asked.measures[0]].title if len(asked.measures) == 1 else f"{len(asked.measures)}项指标"
