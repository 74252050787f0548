"""From a workbook's bytes to a committed snapshot, and what a page asks of the store: `python -m tests.benchmarks.uploads`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.benchmarks.clock import report, side_by_side
from tests.books import NOTICE, Rows, notice_rows, submission, xlsx
from zyb.access import on_this_machine
from zyb.answers.progress import standings, view
from zyb.reading import read_workbook
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.uploads import accept, prepare

ROUNDS = 15
PROVINCE, MEASURE = "陕西省", "governance_completion"
FIRST_DAY = date(2022, 9, 30)
TODAY = date(2030, 1, 1)
REPORTS = (1, 36, 360)


def table(day: date, step: int) -> Rows:
    """The notice's twelve rows for another day, when every region has completed `step`."""
    figures: dict[str, tuple[object, object]] = {
        name: (enrolled, min(step, enrolled)) for name, (enrolled, _) in NOTICE.items()
    }
    total = [sum(int(str(pair[side])) for pair in figures.values()) for side in (0, 1)]
    title = f"陕西省职业病危害专项治理进展情况表（截至{day.year}年{day.month}月{day.day}日）"
    return [(title, None, None, None), *notice_rows(figures, total)[1:]]


def bring(store: Store, day: date, step: int) -> None:
    """The whole way of an upload."""
    prepared = prepare(store, xlsx(table(day, step)), "进展.xlsx", today=TODAY)
    assert prepared.status == "accepted", prepared.problems
    accept(store, prepared, by=on_this_machine("王某"))


def fill(store: Store, days: int) -> None:
    """One report a day, without reading workbooks."""
    for number in range(len(store.snapshots()), days):
        found = submission(table(FIRST_DAY + timedelta(days=number), number), today=TODAY)
        store.save_snapshot(found, f"{number}".encode(), "进展.xlsx", by="王某")


@contextmanager
def store() -> Iterator[Store]:
    with TemporaryDirectory() as folder, closing(Store(Path(folder))) as opened:
        yield opened


def imports() -> None:
    """Twelve rows: reading needs a process of its own, the rest is checking, comparing and a commit on the disk."""
    with store() as filled:
        days = (FIRST_DAY + timedelta(days=number) for number in range(1000))
        content = xlsx(table(FIRST_DAY, 1))
        contenders = {
            "reading in the child process": lambda: read_workbook(content, "进展.xlsx"),
            "bytes to committed snapshot": lambda: bring(filled, next(days), 10),
        }
        report("import of a workbook of 12 rows", side_by_side(contenders, ROUNDS))


def queries() -> None:
    """Editions and totals, by the number of reports that the store holds."""
    with duckdb.connect() as plain, store() as filled:
        for reports in REPORTS:
            fill(filled, reports)
            report(f"what a page asks, after {reports} reports", side_by_side(asked(plain, filled), ROUNDS))


def asked(plain: duckdb.DuckDBPyConnection, filled: Store) -> dict[str, Callable[[], object]]:
    roster = load_roster(PROVINCE)
    last = filled.snapshots()[0].as_of
    return {
        "the least: select 1": lambda: plain.execute("select 1").fetchone(),
        "edition and totals of a day": lambda: filled.totals([filled.edition(roster.province_code, last)]),
        "every edition and the standings": lambda: standings(filled, view(filled, PROVINCE, MEASURE, last)),
    }


def main() -> None:
    imports()
    queries()


if __name__ == "__main__":
    main()
