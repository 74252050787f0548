"""Pages of the demo year beside those of a hundred times its rows: `python -m tests.benchmarks.rows [FOLDER]`.

The year goes through the real intake (or lies in FOLDER, as `python -m zyb demo --data FOLDER` makes it). The hundredfold
does not: it is the same database with every line of every list put in a hundred times by SQL, under codes and
names of its own, and with every sum of lists and summaries a hundred times as large, which is what the intake would have added up.
Both are served at the same time and visited in turn.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote

import duckdb

from tests.benchmarks.clock import side_by_side
from tests.benchmarks.visitor import arrive, serving
from zyb import alerting
from zyb.answers import linkage
from zyb.answers.progress import history, standings, view
from zyb.demo import building
from zyb.rulebook.campaigns import campaigns
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.store import Store

FACTOR = 100
ROUNDS = 15
PROVINCE, DAY = "陕西省", date(2024, 12, 31)
REGION = f"region={quote('西安市')}"
PAGES = ("overview", *campaigns(), "alerts", "snapshots")
CHOSEN = ("governance", "declaration", "assistance", "enforcement")
YEAR, HUNDREDFOLD = "year", "hundredfold"


# -- a hundred times the rows ---------------------------------------------------------------


def multiply(folder: Path) -> tuple[int, int]:
    """Rows of lists before and after."""
    with duckdb.connect(str(folder / "zyb.duckdb")) as database:
        there = {name for (name,) in database.execute("select table_name from duckdb_tables()").fetchall()}
        known = [ledger for ledger in ledgers().values() if f"rows_{ledger.id}" in there]
        before = _lines(database, known)
        for ledger in known:
            (_repeat if ledger.is_list else _enlarge)(database, ledger)
        database.execute(f"update tallies set amount = amount * {FACTOR}")
        lists = "', '".join(ledger.id for ledger in known if ledger.is_list)
        database.execute(f"update snapshots set row_count = row_count * {FACTOR} where ledger in ('{lists}')")
        database.execute("checkpoint")
        after = _lines(database, known)
    assert after == before * FACTOR
    return before, after


def _lines(database: duckdb.DuckDBPyConnection, known: Sequence[Ledger]) -> int:
    counts = [
        database.execute(f"select count(*) from rows_{ledger.id}").fetchall()[0][0]
        for ledger in known
        if ledger.is_list
    ]
    return sum(counts)


def _repeat(database: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Each line a hundred times, snapshot by snapshot as they would have come.

    The same enterprise gets the same new code in every list, so that lists overlap as before.
    """
    code, name = ledger.of_type("uscc"), next(c.name for c in ledger.stored if c.type == "text")
    changes = [f"line * {FACTOR} + copy as line", f"{name} || copy as {name}"]
    if code:
        changes.append(
            f"left({code.name}, 8) || printf('%02d', copy) || substr({code.name}, 11) as {code.name}"
        )
    database.execute(
        f"create or replace table rows_{ledger.id} as"
        f" select lines.* replace ({', '.join(changes)})"
        f" from rows_{ledger.id} as lines, (select unnest(range({FACTOR}))::integer as copy) order by snapshot, line"
    )


def _enlarge(database: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """A summary has as many lines as before, with larger numbers in them."""
    for column in ledger.stored:
        if column.type == "count":
            database.execute(f"update rows_{ledger.id} set {column.name} = {column.name} * {FACTOR}")


# -- pages, and the figures behind them -----------------------------------------------------


def pages(folders: Mapping[str, Path]) -> None:
    """Warm pages: what everybody waits for who is not the first after an upload."""
    with ExitStack() as stack:
        visitors = {}
        for name, folder in folders.items():
            port = stack.enter_context(serving("program", folder))
            visitors[name] = stack.enter_context(arrive(port))
        shown = [(page, page, "") for page in PAGES] + [(f"{page}, 西安", page, REGION) for page in CHOSEN]
        compare("warm page, script run", {
            f"{label} {name}": (lambda v=visitor, p=page, q=query: v.visit(p, q))
            for label, page, query in shown
            for name, visitor in visitors.items()
        })  # fmt: skip


def figures(folders: Mapping[str, Path]) -> None:
    """The same from the store itself, with nothing remembered: the first visit after an upload."""
    with ExitStack() as stack:
        contenders = {}
        for name, folder in folders.items():
            store = Store(folder)
            stack.callback(store.close)
            for measure in ("governance_completion", "declaration_coverage", "assistance_from_governance"):
                contenders[f"{measure} {name}"] = lambda s=store, m=measure: _told(s, m)
            contenders[f"all alerts {name}"] = lambda s=store: alerting.survey(s, PROVINCE, DAY)
        compare("figures and history from the store, nothing remembered", contenders)


def _told(store: Store, measure: str) -> None:
    linkage.matches.cache_clear()
    seen = view(store, PROVINCE, measure, DAY)
    standings(store, seen)
    history(store, seen)


def compare(title: str, contenders: Mapping[str, Callable[[], object]]) -> None:
    """Each of the year's beside the hundredfold's: medians, their ratio, and that of the quickest rounds.

    Whatever else the machine does falls into a median now and then, into the quickest round hardly.
    """
    taken = side_by_side(contenders, ROUNDS)
    print(f"\n{title}, {ROUNDS} rounds\n{'':34} {'year ms':>9} {'100× ms':>9} {'ratio':>6} {'of bests':>9}")
    for label in dict.fromkeys(name.rsplit(" ", 1)[0] for name in taken):
        one, many = (median(taken[f"{label} {which}"]) for which in (YEAR, HUNDREDFOLD))
        best = min(taken[f"{label} {HUNDREDFOLD}"]) / min(taken[f"{label} {YEAR}"])
        print(f"{label:34} {one:>9.1f} {many:>9.1f} {many / one:>6.2f} {best:>9.2f}", flush=True)


def main(made: Path | None = None) -> None:
    with TemporaryDirectory() as folder:
        folders = {name: Path(folder) / name for name in (YEAR, HUNDREDFOLD)}
        if made:
            shutil.copytree(made, folders[YEAR])
        else:
            building.build(folders[YEAR])
        shutil.copytree(folders[YEAR], folders[HUNDREDFOLD])
        before, after = multiply(folders[HUNDREDFOLD])
        print(f"\nlists of {before:,} rows beside {after:,}, put in by SQL")
        figures(folders)
        pages(folders)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
