"""Is the whole demo year what it says? `python -m tests.demo.whole_year DIR` looks at a copy of a built one.

Counts the uploads of each ledger, opens every page for both provinces, and follows the alerts over the year.
Not part of the suite: building the year takes two minutes.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pages.screen import open_page, shown
from zyb.alerting import survey
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.ui.frame.navigation import pages

PROVINCES = ("陕西省", "河北省")
NOTHING_YET = ("还没有上报数据", "尚未收到各地数据", "还没有批次")


def uploads(store: Store) -> list[str]:
    """A line a ledger: months of 2024 with uploads, and uploads in all, by province."""
    lines = []
    for ledger in ledgers().values():
        told = []
        for province in PROVINCES:
            code = load_roster(province).province_code
            own = [s for s in store.snapshots(code) if s.ledger == ledger.id]
            months = {s.as_of.month for s in own if s.as_of.year == 2024}
            told.append(f"{province} {len(months):2} 个月 {len(own):3} 批")
        lines.append(f"{ledger.title}　{'　'.join(told)}")
    taken_back = sum(snapshot.withdrawn for snapshot in store.snapshots())
    return [*lines, f"撤回 {taken_back} 批"]


def courses(store: Store) -> list[str]:
    """The states that are seen at each month's end, and what is in doubt at the year's."""
    lines = []
    for province in PROVINCES:
        for month in range(1, 13):
            seen = survey(store, province, date(2024, month, 28))
            states = Counter(alert.state.title for alert in seen.alerts)
            lines.append(f"{province} {month:2} 月　{'　'.join(f'{n} {k}' for n, k in states.items())}")
        last = survey(store, province, date(2024, 12, 31))
        lines += [f"　　疑点：{fault.sentence}" for fault in last.faults]
    return lines


def silent_pages() -> list[str]:
    """Pages that fail or have nothing to say."""
    found = []
    for entry in (entry for entry in pages() if entry.switched_on and entry.script.is_file()):
        for province in PROVINCES:
            page = open_page(entry.url_path, province=province)
            said = shown(page)
            empty = [words for words in NOTHING_YET if words in said]
            if page.exception or page.error or empty:
                found.append(f"{entry.title} {province} {empty or page.exception or page.error}")
    return found


def main(folder: Path) -> int:
    with TemporaryDirectory() as copy:
        there = Path(copy) / "data"
        shutil.copytree(folder, there)
        with closing(Store(there)) as store:
            told = [*uploads(store), *courses(store)]
        os.environ["ZYB_DATA"] = str(there)
        silent = silent_pages()
    sys.stdout.write("\n".join([*told, *(silent or ["各页均有内容"])]) + "\n")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
