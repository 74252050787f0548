"""数据截至 as officials write it: in the title, in a note, in the sheet's or the file's name."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from zyb.intake.cells.values import narrow

WHOLE_DAY = re.compile(
    r"(?<!\d)(20\d{2})年(\d{1,2})月(\d{1,2})[日号]?(?!\d)"
    r"|(?<!\d)(20\d{2})[.\-/_](\d{1,2})[.\-/_](\d{1,2})(?!\d)"
    r"|(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)"
)
# Two digits for the year: 24年6月30日, 24.6.30. What might be anything else (10.11.12) is let alone.
SHORT_DAY = re.compile(
    r"(?<!\d)([23]\d)年(\d{1,2})月(\d{1,2})[日号]|(?<![\d.\-/])([23]\d)[.\-/](\d{1,2})[.\-/](\d{1,2})(?![\d.\-/])"
)
MONTH = re.compile(r"(?<!\d)(20\d{2})年(\d{1,2})月(?!\d)|(?<!\d)(20\d{2})[.\-/_](\d{1,2})(?![\d.\-/_])")
DAY_OF_YEAR = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
YEAR = re.compile(r"(?<!\d)(20\d{2})年")
# 2024年1月1日至3月31日, 2024年1-3月: figures are cumulative, so the end of the range counts.
RANGE_START = re.compile(
    r"(?<!\d)(20\d{2}年)\d{1,2}(?:月(?:\d{1,2}[日号])?)?(?:-|—+|–|~|至|到)(20\d{2}年)?(?=\d{1,2}月)"
)
SAID = re.compile(r"(?:数据)?截[至止]|统计(?:时间|日期)|数据(?:时间|日期)")
MENTIONED_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|-20\d{2}年|[^\d家个户]|$)")


@dataclass(frozen=True)
class FoundDay:
    """A day and how it was written. `exact` is False when only the month was given;
    `impossible` holds a day that does not exist, such as 9月31日; `short` is a year of two digits."""

    day: date
    text: str
    exact: bool = True
    impossible: bool = False
    short: bool = False


def _day(year: int, month: int, day: int, text: str) -> FoundDay | None:
    """A day past the month's end (9月31日) is read as the month's last, and said to be impossible."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    last = calendar.monthrange(year, month)[1]
    return FoundDay(date(year, month, min(day, last)), text, impossible=day > last)


def _whole_day(text: str) -> FoundDay | None:
    for found in WHOLE_DAY.finditer(text):
        year, month, day = (int(group) for group in found.groups() if group)
        if result := _day(year, month, day, found[0]):
            return result
    return None


def _short_day(text: str) -> FoundDay | None:
    for found in SHORT_DAY.finditer(text):
        year, month, day = (int(group) for group in found.groups() if group)
        if result := _day(2000 + year, month, day, found[0]):
            return replace(result, short=True)
    return None


def _month(text: str) -> FoundDay | None:
    for found in MONTH.finditer(text):
        year, month = (int(group) for group in found.groups() if group)
        if 1 <= month <= 12:
            return FoundDay(date(year, month, calendar.monthrange(year, month)[1]), found[0], exact=False)
    return None


def _day_with_year_elsewhere(text: str) -> FoundDay | None:
    """“2024年各市进展（截至6月30日）”: the year stands apart from the day."""
    years, day = YEAR.findall(text), DAY_OF_YEAR.search(text)
    if len(set(years)) != 1 or not day:
        return None
    return _day(int(years[0]), int(day[1]), int(day[2]), day[0])


def day_in(text: str) -> FoundDay | None:
    plain = RANGE_START.sub(lambda found: found[2] or found[1], narrow(text))
    return _whole_day(plain) or _day_with_year_elsewhere(plain) or _short_day(plain) or _month(plain)


def said_day_in(text: str) -> FoundDay | None:
    """The day that stands after 截至 (or 统计日期 …) in a text. What the first has not behind it, no later one has."""
    plain = narrow(text)
    said = SAID.search(plain)
    if said is None:
        return None
    after = plain[said.start() :]
    if found := _whole_day(after) or _short_day(after) or _month(after):
        return found
    return _day_with_year_elsewhere(plain) if DAY_OF_YEAR.search(after) else None


def find_as_of(titles: Iterable[str], notes: Iterable[str], names: Iterable[str]) -> FoundDay | None:
    """What is said to be the day comes first; a note's other dates (deadlines) never count."""
    titles, names = list(titles), list(names)
    for text in (*titles, *notes, *names):
        if found := said_day_in(text):
            return found
    for text in (*titles, *names):
        if found := day_in(text):
            return found
    return None


def years_in(texts: Iterable[str]) -> list[int]:
    """The distinct years that titles and names mention, in order."""
    found = (int(year) for text in texts for year in MENTIONED_YEAR.findall(narrow(text)))
    return list(dict.fromkeys(found))
