"""An inquiry: which rows or standings, which columns of them, in which order. Nothing here knows a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zyb.inquiries.fields import InquiryField, inquiry_fields, usual_columns
from zyb.rulebook.ledgers import Ledger, ledgers

ROWS_A_SCREEN = 100
MOST_DAYS = 2
FIGURES: Mapping[str, str] = {
    "value": "值", "numerator": "分子", "denominator": "分母", "rank": "排名", "gap": "与序时差", "verdict": "评价",
}  # fmt: skip

Bound = date | int | None


@dataclass(frozen=True)
class ColumnTest:
    """What a cell has to meet, all of it: one of `values` (BLANK is an empty cell), an industry within one of
    `within`, not below `since`, not above `until`, with `holds` in its text."""

    column: str
    values: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    since: Bound = None
    until: Bound = None
    holds: str = ""

    @property
    def asks(self) -> bool:
        return bool(self.values or self.within or self.holds) or (self.since, self.until) != (None, None)


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """Rows of one ledger as in force on a day, or on each of two.

    Empty filters ask nothing. `columns` are those of the answer in their order, () the usual ones.
    """

    ledger_id: str
    province: str
    days: tuple[date, ...]
    regions: tuple[str, ...] = ()
    """Codes of the roster's regions, as are those of counties."""
    counties: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    snapshots: tuple[int, ...] = ()
    text: str = ""
    tests: tuple[ColumnTest, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False
    page: int = 1

    @property
    def ledger(self) -> Ledger:
        return ledgers()[self.ledger_id]

    @property
    def fields(self) -> Mapping[str, InquiryField]:
        return inquiry_fields(self.ledger_id)

    @property
    def shown(self) -> tuple[InquiryField, ...]:
        """The columns of the answer."""
        known = self.fields
        return tuple(known[name] for name in self.columns or usual_columns(self.ledger_id, len(self.days)))

    def test(self, column: str) -> ColumnTest:
        return next((one for one in self.tests if one.column == column), ColumnTest(column))

    def testing(self, changed: ColumnTest) -> Inquiry:
        """With this test in the place of the column's; one that asks nothing falls away. Back to the first page."""
        every = {one.column: one for one in self.tests} | {changed.column: changed}
        ordered = tuple(every[name] for name in self.fields if name in every and every[name].asks)
        return replace(self, tests=ordered, page=1)

    def sorted_by(self, column: str) -> Inquiry:
        """Once more by the same column turns the order round."""
        turned = column == self.sort and not self.descending
        return replace(self, sort=column, descending=turned, page=1)

    @property
    def unfiltered(self) -> Inquiry:
        return replace(self, regions=(), counties=(), years=(), snapshots=(), text="", tests=(), page=1)


@dataclass(frozen=True, kw_only=True)
class StandingsInquiry:
    """Several measures by region, on a day or on two: a row a region, for each measure and day the chosen figures."""

    province: str
    days: tuple[date, ...]
    measures: tuple[str, ...]
    regions: tuple[str, ...] = ()
    figures: tuple[str, ...] = ("value",)
    sort: str = ""
    """A measure; nothing is the order of the roster."""
    descending: bool = False

    def sorted_by(self, measure: str) -> StandingsInquiry:
        turned = measure == self.sort and not self.descending
        return replace(self, sort=measure, descending=turned)


Asking = Inquiry | StandingsInquiry
