"""Any table of a Briefing as a grid: its own cells, with sums and quotients live where they are just that."""

from __future__ import annotations

from zyb.briefing.report_table import Cell, ReportTable
from zyb.exports.statistics import rules
from zyb.exports.statistics.grid import CellRule, Grid, GridRow, SheetColumn
from zyb.exports.statistics.league import TOTAL
from zyb.numerals import NO_VALUE


def annex(table: ReportTable) -> Grid:
    rows = tuple(_row(cells) for cells in table.rows)
    fields = tuple(
        SheetColumn(_key(place), column.title, column.kind, _quotient(table, place, rows))
        for place, column in enumerate(table.columns)
    )
    return Grid(fields, rows, _total(table))


def _key(place: int) -> str:
    return f"column{place}"


def _row(cells: tuple[Cell, ...]) -> dict[str, Cell]:
    """A dash is a cell without value, as everywhere in the workbook."""
    return {_key(place): None if cell == NO_VALUE else cell for place, cell in enumerate(cells)}


def _total(table: ReportTable) -> GridRow | None:
    if table.total is None:
        return None
    row = _row(table.total)
    names = {_key(place) for place, column in enumerate(table.columns) if column.kind == "name"}
    return {key: TOTAL if key in names else cell for key, cell in row.items()}


def _quotient(table: ReportTable, place: int, rows: tuple[GridRow, ...]) -> CellRule | None:
    """A rate right of two counts that is their quotient (or the growth from one to the other) in every row."""
    kinds = [column.kind for column in table.columns[max(place - 2, 0) : place]]
    if table.columns[place].kind not in ("percent", "growth", "rate") or kinds != ["count", "count"]:
        return None
    left, right = _key(place - 2), _key(place - 1)
    tried = (
        rules.quotient(right, left), rules.quotient(left, right), rules.increase(right, left),
    )  # fmt: skip
    told = [row for row in rows if row[_key(place)] is not None]
    return next((rule for rule in tried if told and _holds(rule, place, rows)), None)


def _holds(rule: CellRule, place: int, rows: tuple[GridRow, ...]) -> bool:
    """A row without rate does not speak against it: there is nothing that could be another number."""
    told = [row for row in rows if row[_key(place)] is not None]
    return all(rule.exact(row, rows) == row[_key(place)] for row in told)
