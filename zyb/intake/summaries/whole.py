"""The sheet with the province's sums beside sheets of one region each: checked against them, no region's own figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.context import surroundings, titled_year
from zyb.intake.rosters import nation, rosters
from zyb.intake.submission import Submission
from zyb.intake.summaries.joining import UNCLEAR, quoted
from zyb.intake.summaries.lines import AdoptedRow
from zyb.intake.summaries.rows import read_sums
from zyb.intake.tables.found import TableFound
from zyb.numerals import signed_count
from zyb.rulebook.columns import Column
from zyb.rulebook.problems import Problem, problem

# As the sheet is often called: 汇总表, 各市汇总, 全省合计数.
NAMED_AFTER_SUMS = re.compile(r"(?:全国|全省|各省|各市|各地区?|各区县|本级)*(?:汇总|合计|总计|总)[表数]?")
# While one of these stands, some region's figures are not among what is added up.
INCOMPLETE = UNCLEAR | {"region_unknown", "region_twice"}


def is_of_the_whole(table: TableFound) -> bool:
    """Figures alone, on a sheet that is named after the sums or has 全省 in its title."""
    if not table.placeless or table.missing:
        return False
    name = table.sheet.name[:LONGEST_LINE]
    total = any(roster.is_total(name) for roster in (*rosters(), nation()))
    return total or bool(NAMED_AFTER_SUMS.fullmatch(narrow(name))) or "全省" in "".join(table.title_lines)


def check_whole(report: Submission, found: Sequence[TableFound], file_name: str) -> Submission:
    """The report with every sum that another sheet states otherwise."""
    ledger = report.ledger
    if ledger is None or not report.rows or any(one.code in INCOMPLETE for one in report.problems):
        return report
    others = [
        table
        for table in found
        if table.ledger.id == ledger.id
        and not any(table is own for own in report.tables)
        and (is_of_the_whole(table) or not (table.placeless or table.missing))
        and _of_the_day(table, report, file_name)
    ]
    problems = [fault for table in others for fault in _faults(report, table, file_name)]
    return report.with_problems(problems) if problems else report


def _of_the_day(table: TableFound, report: Submission, file_name: str) -> bool:
    said = surroundings(table, file_name).days().found
    return said is None or said.day == report.as_of


def _faults(report: Submission, table: TableFound, file_name: str) -> Iterator[Problem]:
    assert report.ledger and report.roster
    year = titled_year(surroundings(table, file_name))
    sheets = f"工作表{quoted(report.sheets)}"
    for stated in read_sums(table, report.roster, year):
        for column in (one for one in report.ledger.stored if one.type == "count"):
            said, total = stated.values.get(column.name), _sum(report, stated, column)
            if isinstance(said, int) and total is not None and said != total:
                words = {"column": column.title, "sum": total, "others": sheets}
                words["difference"] = signed_count(said - total)
                yield problem(
                    "sheets_total_differs", stated.sheet, stated.cells[column.name], str(said), **words
                )


def _sum(report: Submission, stated: AdoptedRow, column: Column) -> int | None:
    """What the regions add up to for the year and item; nothing while a cell that must be filled is not."""
    assert report.ledger
    item = report.ledger.item
    numbers = [
        row.values.get(column.name)
        for row in report.rows
        if row.year == stated.year and row.values.get(item) == stated.values.get(item)
    ]
    known = [number for number in numbers if isinstance(number, int)]
    return sum(known) if known and (len(known) == len(numbers) or not column.required) else None
