"""Submission: what one table of a workbook says, as typed rows, and every problem at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pyarrow as pa

from zyb.intake.lists.findings import MORE, Finding, LeftOut, unnamed_codes
from zyb.intake.summaries.lines import AdoptedRow
from zyb.intake.summaries.rows import body_table
from zyb.intake.tables.found import TableFound
from zyb.intake.tallying import parts_of, tally, told_columns
from zyb.records import NO_COUNTY, Part
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.problems import Problem, blocking, catalogue
from zyb.rulebook.regions import Roster
from zyb.standing.tallies import Tally

# Said of other problems, or of another table's.
NO_OWN = (MORE, "held_back")


def empty_body() -> pa.Table:
    return pa.table({"region_code": pa.array([], pa.string())})


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What one table of a workbook was understood to say, with everything that is wrong about it.

    `rows` are a summary's lines; a list has none of them. `body` holds the rows of both as typed
    columns: sheet, line, region_code, county_code, year and the ledger's own.
    """

    ledger: Ledger | None = None
    roster: Roster | None = None
    as_of: date | None = None
    sheet: str = ""
    title: str = ""
    rows: tuple[AdoptedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    table: TableFound | None = field(default=None, repr=False, compare=False)
    body: pa.Table = field(default_factory=empty_body, repr=False, compare=False)
    county_code: str = NO_COUNTY
    listed: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """The columns that any of its sheets has; those of `table`, when there is but one."""
    findings: tuple[Finding, ...] = field(default=(), repr=False, compare=False)
    tables: tuple[TableFound, ...] = field(default=(), repr=False, compare=False)
    """All that were put together, `table` first; one sheet may hold several."""
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)
    """Problems of a summary that are counted and not named; those of a list are in `findings`."""
    invented: bool = field(default=False, compare=False)
    """Whether the file says of itself that its figures are those of the demo."""
    unreported: frozenset[str] = field(default=frozenset(), compare=False)
    """Regions that a summary names without a figure."""

    def __post_init__(self) -> None:
        if self.ledger and self.rows and not len(self.body):
            object.__setattr__(self, "body", body_table(self.ledger, self.sheet, self.rows))
        if self.table and not self.tables:
            object.__setattr__(self, "tables", (self.table,))

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that it was read from."""
        return tuple(dict.fromkeys(table.sheet.name for table in self.tables)) or (self.sheet,)

    @property
    def blocked(self) -> bool:
        return blocking(self.problems)

    @cached_property
    def n_rows(self) -> int:
        """Lines of the sheet; a line that holds several years counts once."""
        return len({(row.sheet, row.named or row.line) for row in self.rows}) if self.rows else len(self.body)

    @cached_property
    def region_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.body["region_code"].unique().to_pylist() if code)

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        assert self.ledger
        return parts_of(self.ledger, self.body, self.county_code)

    def parts(self) -> tuple[Part, ...]:
        return self._parts

    @cached_property
    def told(self) -> frozenset[str]:
        """The columns that it says something of, with what the official's own table is known to have."""
        assert self.ledger
        listed = self.listed or frozenset(self.table.fields if self.table else ())
        return told_columns(self.ledger, self.body, listed)

    @cached_property
    def _tallies(self) -> tuple[Tally, ...]:
        assert self.ledger
        return tally(self.ledger, self.body, self.told)

    def tallies(self) -> tuple[Tally, ...]:
        """The sums per region, county, year and item of every tally of the ledger."""
        return self._tallies

    def problem_counts(self) -> dict[tuple[str, str], int]:
        """Code and severity of its own problems, with how many there are, those of a long list included."""
        counts = Counter((one.code, one.severity) for one in self.problems if one.code not in NO_OWN)
        for code, more in unnamed_codes(self.findings).items():
            counts[code, catalogue()[code].severity] += more
        for left in self.left_out:
            counts[left.said[0], left.severity] += left.count
        return dict(counts)

    def with_problems(self, more: list[Problem]) -> Submission:
        """The same with more said of it; what has been added up of its rows stays added up."""
        found = replace(self, problems=(*self.problems, *more))
        known = ("n_rows", "region_codes", "told", "_parts", "_tallies")
        vars(found).update((name, vars(self)[name]) for name in known if name in vars(self))
        return found
