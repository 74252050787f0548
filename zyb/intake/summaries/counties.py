"""A sheet of sums by county beside the lists of a city: held against them, no report of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zyb.intake.cells import values
from zyb.intake.rosters import names_whole
from zyb.intake.submission import Submission
from zyb.intake.tables.found import ColumnFound, TableFound
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.regions import Roster
from zyb.rulebook.row_checks import Agreement

# A city has two dozen counties.
MOST_LINES = 200

CountyLines = Sequence[tuple[int, str, list[str]]]
"""Row, county code and cells of each line."""


def is_by_county(table: TableFound, roster: Roster | None) -> bool:
    """Whether the lines of a summary are counties, none of which reports for itself."""
    return roster is not None and not table.ledger.is_list and bool(_lines(table, roster))


def with_sums_compared(lists: Submission, table: TableFound) -> Submission:
    """The list with every sum that the sheet states otherwise, county by county."""
    if lists.roster is None or lists.blocked or lists.ledger is None:
        return lists
    rules = [rule for rule in table.ledger.agreements if rule.ledger == lists.ledger.id]
    lines = _lines(table, lists.roster)
    found = [one for rule in rules for one in _differences(lists, table, lines, rule)]
    return lists.with_problems(found) if found else lists


def _place_column(table: TableFound) -> ColumnFound | None:
    region = table.ledger.of_type("region")
    return next(iter(table.fields.get(region.name, ())), None) if region else None


def _lines(table: TableFound, roster: Roster) -> CountyLines:
    """The lines of counties; none at all if any line is something else than a county or a sum."""
    at = _place_column(table)
    if at is None or table.sheet.n_rows - table.body_row > MOST_LINES:
        return []
    found = []
    for row, cells in enumerate(table.sheet.rows(table.body_row), table.body_row):
        text = cells[at.index].strip()
        county = roster.county(text) if text else None
        if county and not roster.find(text):
            found.append((row, county.code, cells))
        elif (
            text and not names_whole(text) and any(_number(cells, one) is not None for one in _counts(table))
        ):
            return []
    return found


def _counts(table: TableFound) -> Iterator[ColumnFound]:
    for name, twins in table.fields.items():
        if table.ledger.column(name).type == "count":
            yield from twins


def _number(cells: Sequence[str], at: ColumnFound) -> int | None:
    return values.count(cells[at.index]).number


def _differences(
    lists: Submission, table: TableFound, lines: CountyLines, rule: Agreement
) -> Iterator[Problem]:
    counted: Counter[str] = Counter()
    for tally in lists.tallies():
        if tally.name == rule.their:
            counted[tally.county_code] += tally.amount
    at = next(iter(table.fields.get(rule.tally, ())), None)
    for row, county, cells in lines if at else ():
        assert at and lists.roster
        stated = _number(cells, at)
        if stated is not None and stated != counted[county]:
            named = lists.roster.county_by_code(county)
            words = {
                "county": named.name if named else county,
                "column": table.ledger.column(rule.tally).title,
            }
            cell, listed = table.cell(row, at.index), counted[county]
            yield problem("county_sum_differs", table.sheet.name, cell, str(stated), listed=listed, **words)
