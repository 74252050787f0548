"""What is said of the quality of what was handed in: pure arithmetic on counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from zyb.records import CheckedReport, FilledCells
from zyb.rulebook.ledgers import Ledger, ledgers

# Files of several regions together, or of one that nobody could tell from them.
SEVERAL = "多个地区合报"
MENDABLE = ("error", "warning")
# A column that fewer rows than this have is often empty: half of them.
OFTEN_EMPTY = Fraction(1, 2)
# 备注, in every ledger that has it.
REMARKS = "note"


@dataclass(frozen=True)
class QualityCounts:
    """Of some reports: every one is accepted or open, every problem mended or left."""

    reports: tuple[CheckedReport, ...]

    @cached_property
    def accepted(self) -> tuple[CheckedReport, ...]:
        return tuple(one for one in self.reports if one.snapshot is not None)

    @property
    def open(self) -> tuple[CheckedReport, ...]:
        """Checked, and nothing of it accepted so far."""
        return tuple(one for one in self.reports if one.snapshot is None)

    @property
    def first_try(self) -> int:
        """Accepted without another version."""
        return sum(one.rounds == 1 for one in self.accepted)

    @property
    def first_try_share(self) -> Fraction | None:
        return Fraction(self.first_try, len(self.accepted)) if self.accepted else None

    @property
    def mean_rounds(self) -> Fraction | None:
        """Versions until one was accepted."""
        every = self.accepted
        return Fraction(sum(one.rounds for one in every), len(every)) if every else None

    @property
    def found(self) -> int:
        return sum(one.number(*MENDABLE) for one in self.reports)

    @property
    def mended(self) -> int:
        return self.found - sum(one.remaining(*MENDABLE) for one in self.reports)

    @property
    def warnings_left(self) -> int:
        """Accepted as they were."""
        return sum(one.remaining(*MENDABLE) for one in self.accepted)

    @property
    def still_open(self) -> int:
        """Problems of what was not accepted so far."""
        return sum(one.remaining(*MENDABLE) for one in self.open)

    @property
    def explained(self) -> int:
        return sum(one.explained for one in self.reports)


@dataclass(frozen=True)
class ColumnFilling:
    """Of the rows of a ledger how many have a column that may be left blank."""

    ledger: str
    column: str
    filled: int
    rows: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.filled, self.rows)

    @property
    def title(self) -> str:
        return ledgers()[self.ledger].column(self.column).title


@dataclass(frozen=True)
class ProblemKind:
    """One kind of problem over several reports."""

    code: str
    severity: str
    found: int
    remaining: int
    reports: int


@dataclass(frozen=True)
class UnitQuality:
    """A unit, by code and name; the province as a whole has a blank code."""

    code: str
    name: str
    counts: QualityCounts
    columns: tuple[ColumnFilling, ...]

    @property
    def completeness(self) -> Fraction | None:
        """The share of cells that may be left blank and are not."""
        rows = sum(one.rows for one in self.columns)
        return Fraction(sum(one.filled for one in self.columns), rows) if rows else None

    @property
    def often_empty(self) -> tuple[ColumnFilling, ...]:
        """The emptiest first."""
        found = (one for one in self.columns if one.share < OFTEN_EMPTY)
        return tuple(sorted(found, key=lambda one: (one.share, -one.rows, one.ledger, one.column)))

    @property
    def kinds(self) -> tuple[ProblemKind, ...]:
        """What was found most often first."""
        return kinds_of(self.counts.reports)


@dataclass(frozen=True)
class MonthQuality:
    """The reports for the days of a month, 2024-03."""

    month: str
    counts: QualityCounts


@dataclass(frozen=True, kw_only=True)
class QualitySurvey:
    """A province, or one unit of it, over the days of a span; `units` has no line for whom nothing is known of."""

    province: str
    since: date
    until: date
    whole: UnitQuality
    units: tuple[UnitQuality, ...]

    @property
    def months(self) -> tuple[MonthQuality, ...]:
        found: dict[str, list[CheckedReport]] = {}
        for one in self.whole.counts.reports:
            day = one.as_of or one.first_checked_at.date()
            found.setdefault(f"{day:%Y-%m}", []).append(one)
        return tuple(MonthQuality(month, QualityCounts(tuple(found[month]))) for month in sorted(found))

    def unit(self, code: str) -> UnitQuality | None:
        return next((one for one in self.units if one.code == code), None)


def optional_columns(ledger: Ledger) -> tuple[str, ...]:
    """What may be left blank and is better filled in: no remarks, and nothing that only some rows are to have."""
    conditional = {expected.column for expected in ledger.expects}
    names = (column.name for column in ledger.stored if not ledger.always_has(column))
    return tuple(name for name in names if name not in conditional and name != REMARKS)


def kinds_of(reports: Iterable[CheckedReport]) -> tuple[ProblemKind, ...]:
    found: Counter[tuple[str, str]] = Counter()
    remaining, numbers = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for report in reports:
        for one in report.problems:
            key = one.code, one.severity
            found[key] += one.found
            remaining[key] += one.remaining
            numbers[key] += 1
    ordered = sorted(found, key=lambda key: (key[1] == "note", -found[key], key))
    return tuple(ProblemKind(*key, found[key], remaining[key], numbers[key]) for key in ordered)


def columns_of(cells: Sequence[FilledCells]) -> tuple[ColumnFilling, ...]:
    """The columns that may be left blank, of all regions together; those that the rules have no longer are left out."""
    filled: Counter[tuple[str, str]] = Counter()
    rows: Counter[tuple[str, str]] = Counter()
    optional = {(ledger.id, name) for ledger in ledgers().values() for name in optional_columns(ledger)}
    for cell in cells:
        key = cell.ledger, cell.column
        if key in optional and cell.rows:
            filled[key] += cell.filled
            rows[key] += cell.rows
    return tuple(ColumnFilling(*key, filled[key], rows[key]) for key in rows)
