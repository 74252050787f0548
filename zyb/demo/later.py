"""What is reported after the first year, and from the province that only has 尘毒."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from zyb.demo.files import InventedFile, monthly_book, one_file, own_files
from zyb.demo.further import FileKind, Further, LateNomination, further
from zyb.demo.lists import InventedRow, MonthEnd, demonstration
from zyb.demo.story import MONTHS, month_number
from zyb.rulebook.ledgers import ledgers

# What goes on from year to year; all other tables begin anew.
LASTING = ("governance_progress", "governance_enterprises", "governance_posts", "dust_toxics")


def later_reports(months: Collection[int], scale: float) -> Iterator[InventedFile]:
    told = further()
    for kind in told.files:
        for province in kind.provinces:
            for month in kind.months:
                if month in months:
                    yield from _files(told, kind, province, month, scale)
    for late in told.nominations:
        if month_number(late.on, told.lasting[late.province].began) in months:
            yield _nominated(told, late)


def _files(told: Further, kind: FileKind, province: str, month: int, scale: float) -> Iterator[InventedFile]:
    sheets = {name: _moments(told, name, province, month, scale) for name in kind.ledgers}
    if kind.title:
        yield replace(monthly_book(kind.title, sheets), reason=kind.reason)
        return
    for name, moments in sheets.items():
        yield from own_files(name, moments, kind.bare)


def _moments(told: Further, ledger: str, province: str, month: int, scale: float) -> list[MonthEnd]:
    """The regions that report a ledger in a month, by the story that tells of it."""
    lasting = told.lasting[province]
    year, own_month = lasting.began + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
    anew = ledger not in LASTING
    story = told.yearly[province, year] if anew else lasting
    alone = {
        one.region for one in told.alone if (one.province, one.ledger, one.month) == (province, ledger, month)
    }
    return [
        MonthEnd(story, region, own_month if anew else month, scale)
        for region in story.reporting(month)
        if not alone or region.region.name in alone
    ]


def _nominated(told: Further, late: LateNomination) -> InventedFile:
    """推荐表 of one city, after the day that the notice names."""
    story = told.yearly[late.province, late.on.year]
    region = next(one for one in story.regions if one.region.name == late.region)
    rows = partial(_rows, MonthEnd(story, region, late.on.month), late.nominated)
    return one_file(ledgers()["demonstration"], late.province, late.region, late.on, rows)


def _rows(at: MonthEnd, number: int) -> Iterator[InventedRow]:
    yield from demonstration(at, number)
