"""From a figure to the rows that it is added up from, as an inquiry: file, sheet and line beside each."""

from __future__ import annotations

from datetime import date

from zyb.inquiries.fields import BLANK, FILE, LINE, SHEET, inquiry_fields, usual_columns
from zyb.inquiries.model import ColumnTest, Inquiry
from zyb.records import RowTest
from zyb.rulebook.ledgers import countable, ledgers, row_tests
from zyb.rulebook.measures import Measure, Operand
from zyb.standing.standings import Standing, Standings


def rows_behind(found: Standings, standing: Standing, side: str, province: str) -> Inquiry | None:
    """The rows of one side ("numerator", "denominator") of a standing; None where nobody reports it.

    Of a list, where rows count one by one, only those that count; else all of the region's, which is told by the columns.
    """
    operand = _operand(found.measure, standing.ledger, side)
    if operand is None or operand.ledger not in ledgers():
        return None
    regions = () if standing is found.province else (standing.region_code,)
    columns = (*usual_columns(operand.ledger, 1), FILE, SHEET, LINE)
    asked = Inquiry(
        ledger_id=operand.ledger, province=province, days=(found.on,), regions=regions,
        years=_years(operand, found.on), columns=columns,
    )  # fmt: skip
    for test in _tests(operand):
        asked = asked.testing(test)
    return asked


def _operand(measure: Measure, ledger: str, side: str) -> Operand | None:
    """Of several sources the one that the standing was counted from."""
    own = next((sides for sides in measure.sources if sides.numerator.ledger == ledger), measure.sources[0])
    operand: Operand = getattr(own, side)
    return operand if operand.ledger else None


def _years(operand: Operand, day: date) -> tuple[int, ...]:
    if not ledgers()[operand.ledger].yearly:
        return ()
    return tuple(year for year in operand.years_on(day) if year is not None)


def _tests(operand: Operand) -> tuple[ColumnTest, ...]:
    ledger = ledgers()[operand.ledger]
    rule = next((one for one in ledger.tallies if one.name == operand.tally), None)
    if rule is None or not countable(rule):
        return ()
    known = inquiry_fields(ledger.id)
    tests = [_test(one) for one in row_tests(rule) if one.column in known]
    # Two tests of one column cannot stand in an address: then all rows are shown.
    return (
        tuple(tests)
        if len({one.column for one in tests}) == len(tests) and all(one.asks for one in tests)
        else ()
    )


def _test(one: RowTest) -> ColumnTest:
    blank = (BLANK,) if one.blank_counts and one.values else ()
    return ColumnTest(one.column, values=(*one.values, *blank), since=one.at_least or None)
