"""A folder for each reading in the system's temporary folder, and the sweeping of those that a killed program left.

The owner holds a lock on a file inside for as long as it lives; the system takes the lock away however it dies. Who
gets that lock knows that nobody needs the folder any more.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

PREFIX = "zyb-"
# As tempfile makes up names.
NAME = re.compile(rf"{PREFIX}[a-z0-9_]{{8}}")
OWNED, NOT_YET_OWNED = "owner.lock", "owner.new"
# Windows has no such locks: there a folder counts as left after a time that no reading takes a hundredth of.
LEFT_AFTER_SECONDS = 24 * 3600


@contextmanager
def own_folder() -> Iterator[Path]:
    """A new folder, known as owned for as long as it lasts; it goes away at the end."""
    with ExitStack() as until_removed, tempfile.TemporaryDirectory(prefix=PREFIX) as name:
        folder = Path(name)
        mark = until_removed.enter_context((folder / NOT_YET_OWNED).open("wb"))
        if _locked(mark):
            _name_as_owned(folder, mark)
        yield folder


def _name_as_owned(folder: Path, mark: IO[bytes]) -> None:
    """Only what is locked already gets the name that a sweep looks for."""
    if sys.platform == "win32":  # where an open file can be neither renamed nor removed
        mark.close()
    (folder / NOT_YET_OWNED).rename(folder / OWNED)


def sweep_leftovers() -> int:
    """Remove the folders of readings whose program has died; how many there were.

    What belongs to a living program or to another user, or does not look like ours, stays.
    """
    left = [folder for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _is_left(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)  # another program may sweep at the same moment
    return len(left)


def _is_left(folder: Path) -> bool:
    try:
        return _looks_like_ours(folder) and _is_ownerless(folder)
    except OSError:  # gone meanwhile, or not ours to look into
        return False


def _looks_like_ours(folder: Path) -> bool:
    """A flat folder of this user with the owner's mark in it; a link to one is none."""
    about = folder.lstat()
    own = not hasattr(os, "getuid") or about.st_uid == os.getuid()
    if not (own and NAME.fullmatch(folder.name) and stat.S_ISDIR(about.st_mode)):
        return False
    inside = {entry.name: entry for entry in os.scandir(folder)}
    return OWNED in inside and all(entry.is_file(follow_symlinks=False) for entry in inside.values())


def _is_ownerless(folder: Path) -> bool:
    if sys.platform == "win32":
        return time.time() - folder.stat().st_mtime > LEFT_AFTER_SECONDS
    with (folder / OWNED).open("r+b") as mark:
        return _locked(mark)


def _locked(mark: IO[bytes]) -> bool:
    """Whether the file is locked for us now; where there are no locks this is never in doubt."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
