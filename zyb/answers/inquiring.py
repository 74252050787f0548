"""From an inquiry to its rows: which snapshots speak on its days, whose reports count for a region, which industries
are within a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from zyb.access import Permission, Viewer, insist
from zyb.inquiries.fields import BLANK, COUNTY, FILE, REGION
from zyb.inquiries.model import ROWS_A_SCREEN, Inquiry
from zyb.inquiries.question import DaySum, RowQuestion
from zyb.rulebook import industries
from zyb.rulebook.book import rule
from zyb.rulebook.places.divisions import NATION
from zyb.rulebook.regions import load_roster
from zyb.standing.rolling_up import homes, own_page
from zyb.store import Store


def question(store: Store, asked: Inquiry, *, by: Viewer, unmasked: bool = False) -> RowQuestion:
    """`NotPermitted` for whom the figures are not, or `unmasked` the personal data in them."""
    insist(by, Permission.UNMASK if unmasked else Permission.VIEW_PROGRESS)
    roster = load_roster(asked.province)
    editions = store.editions(roster.province_code, asked.days)
    parts = tuple(
        (edition.on, tuple(said for said in edition.sources if said[0].ledger == asked.ledger_id))
        for edition in editions
    )
    whole = RowQuestion(
        asked=asked, parts=parts, order=tuple(place_names(roster.province)), unmasked=unmasked,
        regions=reporting_regions(asked),
    )  # fmt: skip
    return replace(whole, industries=_industries(store, whole))


def reporting_regions(asked: Inquiry) -> tuple[str, ...]:
    """At the national level a province speaks by what its own regions reported."""
    if load_roster(asked.province).province_code != NATION.code:
        return asked.regions
    return (*asked.regions, *(code for code, unit in homes().items() if unit in asked.regions))


def _industries(store: Store, whole: RowQuestion) -> Mapping[str, tuple[str, ...]]:
    """What stands in the column and belongs to a code, by the rule that tallies follow as well."""
    found = {}
    for test in whole.asked.tests:
        if test.within:
            texts = [text for text, _ in store.asked_kinds(whole.of_everything, test.column) if text]
            found[test.column] = tuple(
                text for text in texts if any(industries.within(text, code) for code in test.within)
            )
    return found


@rule
def place_names(province: str) -> Mapping[str, str]:
    """Names by code in the order of the roster; of the nation also those of the provinces' own regions."""
    roster = load_roster(province)
    if roster.province_code != NATION.code:
        return roster.titles
    return {**roster.titles, **{code: _own_name(code, unit) for code, unit in homes().items()}}


def _own_name(code: str, unit: str) -> str:
    roster = load_roster(own_page(unit))
    return roster.titled(roster.region(code))


# -- what is shown --------------------------------------------------------------------------


@dataclass(frozen=True)
class InquiryLine:
    """A row as it is shown, and where it stands: its snapshot, sheet and line."""

    snapshot: int
    sheet: str
    line: int
    cells: tuple[Any, ...]


@dataclass(frozen=True)
class InquiryPage:
    """One page of the rows that were asked for, beside the number and the sums of all of them."""

    question: RowQuestion
    lines: tuple[InquiryLine, ...]
    sums: tuple[DaySum, ...]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.sums)

    @property
    def pages(self) -> int:
        return max(1, -(-self.rows // ROWS_A_SCREEN))


def answered(store: Store, whole: RowQuestion) -> InquiryPage:
    """A page beyond the last one is the last: rows may have gone since the address was written."""
    sums = tuple(store.asked_sums(whole))
    last = InquiryPage(whole, (), sums).pages
    seen = replace(whole, asked=replace(whole.asked, page=min(whole.asked.page, last)))
    named = Namer(store, seen.asked)
    lines = (InquiryLine(row[0], row[1], row[2], named(row[3:])) for row in store.asked_page(seen))
    return InquiryPage(seen, tuple(lines), sums)


class Namer:
    """Puts names in the place of codes: of regions, counties and files."""

    def __init__(self, store: Store, asked: Inquiry) -> None:
        roster = load_roster(asked.province)
        own = None if roster.province_code == NATION.code else roster.province_code
        names: dict[str, Mapping[Any, str]] = {
            REGION: place_names(asked.province),
            COUNTY: {county.code: county.name for county in roster.counties},
            FILE: {snapshot.id: snapshot.file_name for snapshot in store.snapshots(own)},
        }
        self._named = [
            (place, names[field.name]) for place, field in enumerate(asked.shown) if field.name in names
        ]

    def __call__(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        cells = list(row)
        for place, names in self._named:
            cells[place] = names.get(cells[place], cells[place])
        return tuple(cells)


def kinds_of_industry(store: Store, whole: RowQuestion, column: str) -> dict[str, int]:
    """The 门类 of all rows in force and how many rows each has, the most first; BLANK of those that tell none."""
    counted: dict[str, int] = {}
    for text, n in store.asked_kinds(whole.of_everything, column):
        code = industries.section(text) or BLANK
        counted[code] = counted.get(code, 0) + n
    return dict(sorted(counted.items(), key=lambda one: (one[0] == BLANK, -one[1], one[0])))
