"""Uploads killed at random moments: `python -m tests.benchmarks.kills [NUMBER]`.

Each upload goes the whole way (reading process, understanding, comparing, one transaction) in a process of its own that
is ended by SIGKILL somewhere on that way. Then the folder is opened as the program opens it, and everything in
it is counted: what is partial, what was acknowledged and is lost, half files, leftovers, and how long opening took.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import openpyxl

from tests.books import notice_rows, xlsx
from zyb.intake import Given
from zyb.settings import sweep
from zyb.store import Store
from zyb.uploads import accept_all, prepare_all

KILLS = 200
TODAY = date(2030, 1, 1)
FIRST_DAY = date(2024, 3, 1)
# Each upload is forked from a process that has loaded everything and opened nothing.
FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(["tests.benchmarks.kills"])
# An upload takes about this long on a quiet machine; kills fall anywhere in it, and behind it.
LONGEST = 0.8
TARGETS = [("西安市", 2024, 500), ("宝鸡市", 2024, 100), ("咸阳市", 2024, 40)]


def workbook(number: int, tables: int) -> bytes:
    """A report of a day of its own; with two tables the yearly tasks stand on a second sheet."""
    day = FIRST_DAY + timedelta(days=number)
    rows = [
        (f"陕西省职业病危害专项治理进展情况表（截至{day.year}年{day.month}月{day.day}日）",),
        *notice_rows()[1:],
    ]
    if tables == 1:
        return xlsx(rows)
    book = openpyxl.Workbook()
    for name, lines in (("进展", rows), ("任务", [(f"陕西省专项治理年度目标任务表（截至{day.year}年{day.month}月{day.day}日）",), ("地区", "年度", "目标任务数"), *TARGETS])):  # fmt: skip
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    book.remove(book.worksheets[0])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        return file.read()


def upload(folder: Path, number: int, tables: int, acknowledged: Path) -> None:
    """As the page does it; the answer is written down when the program would have given it."""
    with closing(Store(folder)) as store:
        acknowledged.with_suffix(".begun").touch()
        found = prepare_all(store, workbook(number, tables), f"{number}.xlsx", Given(TODAY))
        assert [one.status for one in found] == ["accepted"] * tables, [one.problems for one in found]
        numbers = accept_all(store, found, by="王某")
        acknowledged.write_text(json.dumps(numbers))


def kill_one(folder: Path, number: int, tables: int, after: float, answers: Path) -> tuple[str, list[int]]:
    """Kill an upload so many seconds after it began; where it was, and what it had acknowledged."""
    acknowledged = answers / str(number)
    process = FRESH.Process(target=upload, args=(folder, number, tables, acknowledged))
    process.start()
    while process.is_alive() and not acknowledged.with_suffix(".begun").exists():
        time.sleep(0.002)
    process.join(after)
    with suppress(ProcessLookupError):
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    told = json.loads(acknowledged.read_text() or "[]") if acknowledged.exists() else []
    return ("acknowledged" if told else "under way"), told


def faults(folder: Path, acknowledged: Sequence[int], tables: dict[str, int]) -> tuple[Counter[str], float]:
    """What is wrong with a folder after a kill, and the seconds that opening it took."""
    found: Counter[str] = Counter()
    began = time.perf_counter()
    with closing(Store(folder)) as store:
        sweep(store)
        spent = time.perf_counter() - began
        known = store.snapshots()
        found["lost"] = len(set(acknowledged) - {snapshot.id for snapshot in known})
        with store._cursor() as cursor:
            for snapshot in known:
                counts = [
                    cursor.execute(
                        f"select count(*) from {table} where snapshot = ?", [snapshot.id]
                    ).fetchall()[0][0]
                    for table in (f"rows_{snapshot.ledger}", "parts", "tallies", "tallied")
                ]
                found["partial"] += counts[0] != snapshot.row_count or 0 in counts
        by_file = Counter(snapshot.file_name for snapshot in known)
        found["half files"] = sum(number != tables[name] for name, number in by_file.items())
        originals = {snapshot.sha256 for snapshot in known}
        for sha256 in originals:
            there = store.uploads / sha256
            found["half files"] += (
                not there.exists() or hashlib.sha256(there.read_bytes()).hexdigest() != sha256
            )
        found["leftovers"] = len({file.name for file in store.uploads.iterdir()} - originals) + len(
            list(folder.glob(".*"))
        )
        found["troubles"] = len(store.troubles)
    return found, spent


def main(kills: int = KILLS) -> Counter[str]:
    chance, found, opened = random.Random(7), Counter[str](), list[float]()
    where: Counter[str] = Counter()
    before = set(Path(tempfile.gettempdir()).glob("zyb-*"))
    with tempfile.TemporaryDirectory() as place:
        folder, answers = Path(place) / "data", Path(place) / "answers"
        answers.mkdir()
        acknowledged: list[int] = []
        tables = {f"{number}.xlsx": 1 + number % 2 for number in range(kills)}
        for number in range(kills):
            at, told = kill_one(folder, number, tables[f"{number}.xlsx"], chance.uniform(0, LONGEST), answers)
            where[at] += 1
            acknowledged += told
            wrong, spent = faults(folder, acknowledged, tables)
            found += wrong
            opened.append(spent)
            if number % 20 == 19:
                print(f"{number + 1:4} kills: {dict(where)}, wrong: {dict(+found)}", flush=True)
    left = _left_in_temp(before)
    print(
        f"\n{kills} uploads killed ({where['acknowledged']} after they were acknowledged, {where['under way']} under way): "
        f"partial {found['partial']}, lost {found['lost']}, half files {found['half files']}, leftovers {found['leftovers'] + left}; "
        f"to open again {median(opened):.2f} s, at most {max(opened):.2f} s"
    )
    return found


def _left_in_temp(before: set[Path]) -> int:
    """Folders of reading that were left behind and that the sweep at a start does not take away."""
    
    time.sleep(2)  # a reading process that lost its parent ends by itself

    return len(set(Path(tempfile.gettempdir()).glob("zyb-*")) - before)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
