"""尚未完成的企业名单: the rows behind a 督办单 as a workbook, a sheet for each list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zyb.access import Permission, Viewer, insist
from zyb.alerting import SupervisionSheet, Unfinished, unfinished_rows
from zyb.answers.drilling import open_columns
from zyb.exports.plain import plain_workbook
from zyb.periods import chinese_day
from zyb.rulebook.regions import Roster, load_roster
from zyb.store import Store

# A workbook's sheets have names of at most 31 characters, without these.
SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")


def unfinished_workbook(store: Store, sheet: SupervisionSheet, *, to: Viewer, warning: str = "") -> bytes:
    """A sheet a list; the rows are read only now. `NotPermitted` for whom they are not; `warning` marks invented data."""
    insist(to, Permission.EXPORT)
    roster = load_roster(sheet.province)
    return plain_workbook({
        _sheet_name(n, one): list(_rows(store, roster, one, warning)) for n, one in enumerate(sheet.unfinished, 1)
    })  # fmt: skip


def _sheet_name(number: int, one: Unfinished) -> str:
    return f"{number}.{one.measure.title.translate(NOT_IN_SHEET_NAMES)}"[:SHEET_NAME]


def _rows(store: Store, roster: Roster, one: Unfinished, warning: str) -> Iterable[Sequence[object]]:
    columns = open_columns(one.ledger)
    yield (f"{one.title}（截至{chinese_day(one.as_of)}，共{one.count}{one.unit}）",)
    if warning:
        yield (warning,)
    yield ("县区", *(column.title for column in columns), "批次", "位置")
    for row in unfinished_rows(store, roster, one):
        place = f"{row.trace.sheet} 第 {row.trace.line} 行".strip()
        values = (_shown(row.trace.values[column.name]) for column in columns)
        yield (row.county, *values, row.trace.snapshot, place)


def _shown(value: object) -> object:
    """Text and whole numbers as they are, days as written."""
    return value if isinstance(value, int | str) or value is None else str(value)
