"""Small disks of one's own: a tmpfs that can be filled or made read-only, where the system lets us mount one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KB, MB = 1 << 10, 1 << 20


def may_mount() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/proc/filesystems").exists()


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """An empty file system of `size` bytes; raises OSError where none can be mounted."""
    place.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        yield place
    finally:
        _run("umount", "--lazy", str(place))


def make_read_only(place: Path) -> None:
    _run("mount", "-o", "remount,ro", str(place))


def leave_free(place: Path, room: int) -> Path:
    """Fill the disk but for `room` bytes; the file that fills it."""
    filler = place / "filler"
    filler.unlink(missing_ok=True)
    found = os.statvfs(place)
    filler.write_bytes(b"x" * max(0, found.f_bavail * found.f_frsize - room))
    return filler


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        raise OSError(f"{command[0]} did not work") from error
