"""A file that is written whole or not at all: the new one waits beside the old until it is complete."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from secrets import token_hex


def write_whole(path: Path, content: bytes, waiting: Path | None = None) -> None:
    """In one step: what lay there before is whole until the new file is, and keeps its permissions.

    `waiting` is where the new file stands until then, for who clears up after a killed program. Two that write the
    same file at the same time have one each.
    """
    beside = waiting or path.with_name(f".writing-{token_hex(8)}")
    try:
        _write(beside, content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write(path: Path, content: bytes) -> None:
    """On the disk itself, not only in its cache: a name never outlives its content."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
