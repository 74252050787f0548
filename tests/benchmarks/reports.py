"""The documents of one campaign of 14 regions with a year of monthly reports: time, size and memory of each.

Time in seconds is for the reader; beside it stands how long composing the report takes in the same run.
Memory is what the process holds more than with the store open and the dashboard's modules loaded.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from tests.benchmarks.clock import seconds
from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.exports.documents import FORMATS
from zyb.rulebook.regions import load_roster
from zyb.store import Store

PROVINCE = "河北省"
YEAR = 2024
ROUNDS = 5


def resident() -> float:
    """MB of this process."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def fill(store: Store) -> None:
    """Every region reports every month, each at its own speed."""
    province, regions = Province(store, PROVINCE), load_roster(PROVINCE).regions
    for month in range(1, 13):
        lines = [
            f"{region.name} | {100 + 20 * place} | {(100 + 20 * place) * month * (place + 4) // 216}"
            for place, region in enumerate(regions)
        ]
        province.reports("region | enrolled | completed\n" + "\n".join(lines), f"{YEAR}-{month:02d}-28")


def composed(store: Store) -> Briefing:
    return compose(
        store, Request(province=PROVINCE, kind="quarterly", on=date(YEAR, 12, 31), campaign="governance")
    )


def main() -> None:
    from zyb.ui.progress import sections

    assert sections
    print(f"\nthe documents of one campaign, {len(load_roster(PROVINCE).regions)} regions, 12 reports")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "data")
        fill(store)
        idle = resident()
        first = time.perf_counter()
        briefing = composed(store)
        FORMATS["bundle"].write(briefing, Path(folder), to=LOCAL_ADMIN)
        first = time.perf_counter() - first
        print(f"first bundle, libraries and map outlines included  {first:6.2f} s")
        base = median(lambda: composed(store))
        print(f"composing                                          {base:6.2f} s")
        for form in FORMATS.values():
            took = median(partial(form.write, briefing, Path(folder), to=LOCAL_ADMIN))
            size = len(form.write(briefing, Path(folder), to=LOCAL_ADMIN)) / 1024
            print(f"{form.id:<8} {took:6.2f} s = {took / base:5.1f} × composing, {size:5.0f} KB")
        print(f"memory of all that: {resident() - idle:+.0f} MB on {idle:.0f} MB")
        store.close()


def median(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
