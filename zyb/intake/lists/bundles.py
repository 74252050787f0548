"""The same list on several sheets: which of them are one report, and of what day, when each says a day of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from zyb.intake.cells.as_of import FoundDay, find_as_of
from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.context import find_place, surroundings
from zyb.intake.tables.found import TableFound
from zyb.periods import chinese_day
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.regions import Roster

# As many sheets are named one by one.
NAMED = 6
# 雁塔区台账, 1.碑林区 and 碑林区(12家) are 雁塔区 and 碑林区.
BESIDE_PLACE = re.compile(r"^[\d.、()]+|\([^)]*\)$|(?:企业)?(?:台账|名单|明细|数据|表)$|\d+$")
# What a city reports beside its counties.
OF_NO_COUNTY = re.compile("本级|市直|市属|直属|直管|开发区|高新|新区|经开|园区|示范区|管委会")


@dataclass(frozen=True)
class Bundle:
    """Sheets that are one report; the day and the title are those of `head`."""

    tables: Sequence[TableFound]
    head: TableFound
    problems: tuple[Problem, ...] = field(default=())


def bundles(
    tables: Sequence[TableFound], file_name: str, roster: Roster | None, given: date | None
) -> list[Bundle]:
    """One report of all sheets. Of several days it is one only when every sheet is about a place of its own (a
    sheet a county): then the latest day holds. Else each day is a report: the same list, month by month."""
    days = [_day_of(table, file_name) for table in tables]
    joined = tuple(_told_of_joined(tables, roster))
    said = sorted({found.day for found in days if found})
    first = next((table for table, found in zip(tables, days, strict=True) if found), tables[0])
    if given or len(said) < 2:
        return [Bundle(tables, tables[0] if given else first, joined)]
    told = _told(tables, days)
    if _about_places_of_their_own(tables, file_name, roster):
        latest = next(t for t, found in zip(tables, days, strict=True) if found and found.day == said[-1])
        differ = problem("days_differ", latest.sheet.name, days=told, day=chinese_day(said[-1]))
        return [Bundle(tables, latest, (differ, *joined))]
    of_day: dict[date, list[TableFound]] = {}
    undated = next(found.day for found in days if found)
    for table, found in zip(tables, days, strict=True):
        of_day.setdefault(found.day if found else undated, []).append(table)
    apart = problem("days_apart", first.sheet.name, days=told, count=len(of_day))
    # What is undated has been put to the first day: its sheets hold their own day first.
    return [
        Bundle(group, next(t for t in group if _day_of(t, file_name)), (apart,) if first in group else ())
        for group in of_day.values()
    ]


def _told_of_joined(tables: Sequence[TableFound], roster: Roster | None) -> Iterator[Problem]:
    """A sheet a county is one list; whether a sheet of another name (迁出, 8月) belongs to it nobody knows."""
    names = list(dict.fromkeys(table.sheet.name for table in tables))  # one sheet may hold several
    odd = [name for name in names if not _is_of_a_place(name, roster)]
    if len(names) > 1 and odd:
        named = "、".join(f"“{name}”" for name in names[:NAMED])
        yield problem("sheets_joined", odd[0], sheets=named, count=len(names), ledger=tables[0].ledger.title)


def _is_of_a_place(name: str, roster: Roster | None) -> bool:
    bare = BESIDE_PLACE.sub("", narrow(name))
    if OF_NO_COUNTY.search(bare):
        return True
    return roster is not None and bool(
        roster.find(bare) or roster.county(bare) or _begins_with_place(bare, roster)
    )


def _begins_with_place(name: str, roster: Roster) -> bool:
    return any(name.startswith(region.name) for region in roster.regions) or any(
        len(county.name) > 2 and name.startswith(county.name) for county in roster.counties
    )


def _day_of(table: TableFound, file_name: str) -> FoundDay | None:
    return surroundings(table, file_name).days().found


def _about_places_of_their_own(tables: Sequence[TableFound], file_name: str, roster: Roster | None) -> bool:
    if roster is None:
        return False
    places = [find_place(surroundings(table, file_name), roster) for table in tables]
    told = {
        (place.region.code, place.county.code if place.county else "") for place in places if place.region
    }
    return len(told) == len(tables)


def _told(tables: Sequence[TableFound], days: Sequence[FoundDay | None]) -> str:
    """“雁塔区”A1为2024年10月30日、…"""
    said = [
        f"“{table.sheet.name}”{_cell_of(table, found.day)}为{chinese_day(found.day)}"
        for table, found in zip(tables, days, strict=True)
        if found
    ]
    return "、".join(said[:NAMED]) + ("等" if len(said) > NAMED else "")


def _cell_of(table: TableFound, day: date) -> str:
    """Where above the table the day stands; nothing when it is in a note or a name."""
    for row, cells in table.rows_above():
        for column, text in enumerate(cells):
            found = find_as_of([text[:LONGEST_LINE]], [], [])
            if found and found.day == day:
                return f" {table.cell(row, column)} "
    return ""
