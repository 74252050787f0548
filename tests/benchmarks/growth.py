"""What a year of uploads leaves on the disk: `python -m tests.benchmarks.growth`.

100 lists of 300 enterprises, a day each, then 100 claims, into a database that was opened before (its first start has
another history). The size of the database file and of its log after each stage.
"""

from __future__ import annotations

import random
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.intake import HEADINGS, enterprise
from tests.books import notice_rows, submission
from zyb.access import on_this_machine
from zyb.alerting import claim
from zyb.store import Store

UPLOADS, ROWS, CLAIMS = 100, 300, 100
FIRST, TODAY = date(2024, 3, 1), date(2030, 1, 1)


def upload(store: Store, number: int, chance: random.Random) -> None:
    day = FIRST + timedelta(days=number)
    title = f"河北省中小微企业帮扶台账（截至{day.year}年{day.month}月{day.day}日）"
    rows = [enterprise(line, chance) for line in range(1, ROWS + 1)]
    found = submission([(title,), HEADINGS, *rows], today=TODAY)
    store.save_snapshot(found, title.encode(), "台账.xlsx", by="王某")


def take_up(store: Store) -> None:
    seen = max((record.id for record in store.alert_records("610000")), default=0)
    claim(
        store, "陕西省", "榆林", "governance_completion", FIRST, by=on_this_machine("张三"), cause="项目未开工", action="倒排工期",
        due=date(2024, 6, 30), seen=seen,
    )  # fmt: skip


def show(stage: str, folder: Path) -> None:
    log = folder / "zyb.duckdb.wal"
    sizes = [(folder / "zyb.duckdb").stat().st_size, log.stat().st_size if log.exists() else 0]
    print(f"{stage:34} database {sizes[0] / 1e6:6.1f} MB   log {sizes[1] / 1e6:6.1f} MB", flush=True)


def main() -> None:
    print("\nwhat uploads and claims leave on the disk")
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        Store(folder).close()
        with closing(Store(folder)) as store:
            show("empty, opened again", folder)
            for number in range(UPLOADS):
                upload(store, number, chance)
            show(f"after {UPLOADS} uploads of {ROWS} rows", folder)
            store.save_snapshot(submission(notice_rows()), b"notice", "进展.xlsx", by="王某")
            for _ in range(CLAIMS):
                take_up(store)
            show(f"after {CLAIMS} claims", folder)
        show("closed", folder)


if __name__ == "__main__":
    main()
