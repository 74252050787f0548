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
from pathlib import Path
from statistics import median

from tests.benchmarks.killed import upload
from zyb.reading import sweep_leftovers
from zyb.store import Store
from zyb.uploads.opening import sweep

KILLS = 200
# Each upload is forked from a process that has loaded everything and opened nothing.
FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(["tests.benchmarks.killed"])
# Kills fall anywhere within so many times the length of an upload that nobody kills, so that some fall behind it.
LONGEST = 1.3


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
        length = _length(folder, answers)
        acknowledged: list[int] = []
        tables = {f"{number}.xlsx": 1 + number % 2 for number in range(kills)} | {
            "900.xlsx": 2,
            "901.xlsx": 2,
        }
        for number in range(kills):
            at, told = kill_one(
                folder, number, tables[f"{number}.xlsx"], chance.uniform(0, LONGEST * length), answers
            )
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


def _length(folder: Path, answers: Path) -> float:
    """Seconds that an upload takes when nobody kills it; the second of two, when everything is warm."""
    for number in (900, 901):
        began = time.perf_counter()
        _, told = kill_one(folder, number, 2, 60, answers)
        assert len(told) == 2
    return time.perf_counter() - began


def _left_in_temp(before: set[Path]) -> int:
    """Folders of reading that were left behind and that the sweep at a start does not take away."""
    time.sleep(2)  # a reading process that lost its parent ends by itself
    sweep_leftovers()
    return len(set(Path(tempfile.gettempdir()).glob("zyb-*")) - before)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
