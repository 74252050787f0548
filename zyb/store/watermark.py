"""How far the database had come when it was last written: a line beside it that notices what it has lost.

What is committed stands in the database or in its log. A log that was cut short or deleted takes commits with it, and
the database opens as if nothing had happened. So after every commit the number of the last audit line is written
into a small file of its own; a database that opens behind it has lost what lies between.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from zyb.atomic_files import write_whole
from zyb.inert import spelt_wrong
from zyb.periods import chinese_moment

log = logging.getLogger("zyb")

FILE = "zyb.written.json"


@dataclass(frozen=True)
class Written:
    """The last audit line: number, day and time (UTC, ISO), and what it said. `lost` until somebody has taken note."""

    line: int = 0
    at: str = ""
    said: str = ""
    lost: str = ""


def read(folder: Path) -> Written:
    """Nothing is known of a database from before this file, nor from a file that is not whole."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        chinese_moment(datetime.fromisoformat(found["at"]))
        said, lost = found["said"], found["lost"]
        if not (isinstance(said, str) and isinstance(lost, str)) or spelt_wrong(said + lost):
            return Written()
        return Written(int(found["line"]), found["at"], said, lost)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Written()


def write(folder: Path, written: Written) -> None:
    """In one step. Where it cannot be written (a full disk) the older line stays: it claims less, never too much."""
    text = json.dumps(asdict(written), ensure_ascii=False)
    try:
        write_whole(folder / FILE, text.encode(), folder / f".{FILE}.new")
    except OSError:
        log.warning("the watermark was not written", exc_info=True)
