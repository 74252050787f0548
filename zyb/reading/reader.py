"""Bytes to cells. The server only looks at signatures; a child process with limits does the parsing."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pyarrow as pa

from .folders import own_folder
from .limits import LIMITS, Allowance, Limits
from .refusals import UnreadableFile
from .sniffing import Content, sniff
from .workbook import Doubts, Sheet, Workbook

_CHILD = Path(__file__).with_name("child.py")
# openpyxl takes 3 s for 5,000 rows of 17 columns and 10 s for 20,000, on a quiet machine.
EDITING = Allowance(memory=LIMITS.ordinary.memory, cpu_seconds=40, wall_seconds=60)
# What lies beside the file while it is edited; the child uses the same names.
INSTRUCTIONS, EDITED = "instructions.json", "edited.xlsx"

# For the whole server, whoever uploads. A large file also needs the second: two of them might take 6 GB.
_places = BoundedSemaphore(LIMITS.at_once)
_large_places = BoundedSemaphore(1)

_WINDOWS_ABORT = 0xC0000409


@dataclass(frozen=True)
class Opened:
    """A workbook that has been read and still has its place: its folder lies there for another process to look into.

    The cells of sheet `n` are in `cells_file(n)`; `allowance` is what a process may spend on a file of this size.
    """

    workbook: Workbook
    folder: Path
    allowance: Allowance

    def cells_file(self, number: int) -> Path:
        return self.folder / f"{number}.arrow"


def read_workbook(content: bytes, name: str, limits: Limits = LIMITS) -> Workbook:
    """The cells of an uploaded file; raises UnreadableFile with a sentence and a remedy.

    The format is found in the content. `name`, as the person called the file, decides nothing and is
    never used as a path.
    """
    with opened_workbook(content, limits) as opened:
        return opened.workbook


@contextmanager
def opened_workbook(
    content: bytes, limits: Limits = LIMITS, begun: Callable[[], None] | None = None
) -> Iterator[Opened]:
    """As `read_workbook`, with the folder of the reading until the end.

    `begun` is called when a reading place is free and the work begins.
    """
    found = sniff(content, limits)
    with _confined(content, found, limits) as (source, allowance):
        if begun:
            begun()
        status = _run_child(source, found, allowance, limits)
        sheets = tuple(
            _sheet(item, source.with_name(f"{n}.arrow")) for n, item in enumerate(status["sheets"])
        )
        if not any(sheet.n_rows for sheet in sheets):
            raise UnreadableFile("empty_workbook")
        yield Opened(Workbook(found.format, sheets, bool(status.get("date_1904"))), source.parent, allowance)


def edit_workbook(content: bytes, task: str, instructions: Mapping[str, Any]) -> bytes:
    """An uploaded .xlsx worked over in a child process with limits; raises UnreadableFile.

    `task` is a module with `perform(source, target, instructions)`; the child imports it, the server does not.
    """
    found = sniff(content, LIMITS)
    with _confined(content, found, LIMITS) as (source, allowance):
        source.with_name(INSTRUCTIONS).write_text(json.dumps(instructions), encoding="utf-8")
        _run_child(source, found, allowance if allowance == LIMITS.large else EDITING, LIMITS, task)
        return source.with_name(EDITED).read_bytes()


@contextmanager
def _confined(content: bytes, found: Content, limits: Limits) -> Iterator[tuple[Path, Allowance]]:
    """The file in a folder of its own, one of the reading places, and what may be spent on it."""
    large = found.weight >= limits.large_from
    with _place(large, limits.queue_seconds), _disk_space(), own_folder() as folder:
        source = folder / f"source.{'txt' if found.format == 'text' else found.format}"
        source.write_bytes(content)
        yield source, limits.large if large else limits.ordinary


@contextmanager
def _place(large: bool, patience: float) -> Iterator[None]:
    """Wait for one of the reading places."""
    with ExitStack() as taken:
        for places in (_large_places, _places) if large else (_places,):
            if not places.acquire(timeout=patience):
                raise UnreadableFile("busy")
            taken.callback(places.release)
        yield


@contextmanager
def _disk_space() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        short = error.errno in (errno.EMFILE, errno.ENFILE)
        raise UnreadableFile("short_of_handles" if short else "no_room") from error


def _run_child(
    source: Path, found: Content, allowance: Allowance, limits: Limits, task: str = ""
) -> dict[str, Any]:
    job = {**_job(source, found, allowance, limits), "task": task}
    child = subprocess.Popen(
        [sys.executable, "-I", str(_CHILD), json.dumps(job)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=source.parent, env=_environment(), start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = child.communicate(timeout=allowance.wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("timeout") from error
    finally:
        if child.poll() is None:
            _end(child)
    return _status(output, child.returncode)


def _job(source: Path, found: Content, allowance: Allowance, limits: Limits) -> dict[str, Any]:
    numbers = {f.name: getattr(limits, f.name) for f in fields(limits)}
    return {
        "path": str(source),
        "format": found.format,
        "memory": allowance.memory,
        "cpu_seconds": allowance.cpu_seconds,
        "limits": {key: value for key, value in numbers.items() if isinstance(value, int)},
    }


def _environment() -> dict[str, str]:
    """Nothing of the server's environment; Windows cannot start Python without its own directory."""
    return {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}


def _end(child: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()


def _status(output: bytes, returncode: int) -> dict[str, Any]:
    try:
        status: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise UnreadableFile(_cause_of_death(returncode)) from error
    if "refusal" in status:
        raise UnreadableFile(status["refusal"], **status["details"])
    return status


def _cause_of_death(returncode: int) -> str:
    # Names, because Windows lacks both signals. A reader that gets no memory aborts.
    causes = {"SIGXCPU": "timeout", "SIGKILL": "timeout", "SIGABRT": "out_of_memory"}
    try:
        return causes.get(signal.Signals(-returncode).name, "damaged")
    except ValueError:
        return "out_of_memory" if returncode == _WINDOWS_ABORT else "damaged"


def _sheet(item: dict[str, Any], file: Path) -> Sheet:
    return Sheet(
        name=item["name"],
        hidden=item["hidden"],
        table=cells_in(file),
        merged=tuple((a, b, c, d) for a, b, c, d in item["merged"]),
        faults=tuple((row, column, value) for row, column, value in item["faults"]),
        doubts=_doubts(item["doubts"]),
    )


def cells_in(file: Path) -> pa.Table:
    """The cells, mapped rather than copied: the pages stay the system's, also after the file is deleted."""
    if os.name == "nt":  # where a mapped file cannot be deleted
        return pa.ipc.open_file(pa.py_buffer(file.read_bytes())).read_all()
    return pa.ipc.open_file(pa.memory_map(str(file))).read_all()


def _doubts(told: Mapping[str, list[Any]]) -> Doubts:
    """As they were handed over: lists of numbers, or of places with what is told of them."""
    known: dict[str, Any] = {
        name: tuple(tuple(one) if isinstance(one, list) else one for one in of) for name, of in told.items()
    }
    return Doubts(**known)
