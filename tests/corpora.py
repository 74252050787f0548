"""Odd spreadsheets from elsewhere, through the same door as an upload: `python -m tests.corpora FOLDER …`

Not part of the everyday suite. Nothing is saved. Every file must be answered within twenty seconds, with
rows or with a problem; what the packages' test data hold (their sdists on PyPI) makes a good folder.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from zyb.intake import Given
from zyb.store import Store
from zyb.uploads import files_in, prepare_all

ENDINGS = {
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".txt", ".et", ".xml",
    ".html", ".zip", ".xlw", ".dbf", ".slk", ".prn",
}  # fmt: skip
LONGEST = 20.0


def files(folders: list[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(
            path for path in Path(folder).rglob("*") if path.is_file() and path.suffix.lower() in ENDINGS
        )


def answer(store: Store, path: Path) -> str:
    """What is said of the file, in a word: the codes that block, or the ledger."""
    said = []
    for name, content in files_in(path.read_bytes(), path.name):
        for table in prepare_all(store, content, name, Given(today=date.today())):
            blocking = sorted({p.code for p in table.problems if p.severity == "error"})
            said.append(
                ",".join(blocking)
                or f"accepted {table.submission.ledger.id if table.submission.ledger else ''}"
            )
    return said[0] if len(said) == 1 else f"{len(said)} tables"


def main(folders: list[str]) -> int:
    answers: Counter[str] = Counter()
    crashed, slow, times = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for path in files(folders):
            started = time.perf_counter()
            try:
                answers[answer(store, path)] += 1
            except Exception:
                crashed.append(f"{path}\n{traceback.format_exc(limit=-4)}")
            times.append(time.perf_counter() - started)
            if times[-1] > LONGEST:
                slow.append(f"{path} {times[-1]:.1f} s")
        store.close()
    report = [f"{number:6} {what}" for what, number in answers.most_common()]
    report += [
        f"{len(times)} files, {len(crashed)} crashed, {len(slow)} over {LONGEST:.0f} s, longest {max(times, default=0):.1f} s"
    ]
    sys.stdout.write("\n".join([*report, *crashed, *slow]) + "\n")
    return 1 if crashed or slow else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
