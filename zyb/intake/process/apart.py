"""Understanding in processes of their own, so that no text can hold up the server that shows the pages.

A process starts when the first file comes, keeps the rules loaded and takes one workbook after the other. One that
takes too long is ended, one that died or grew is replaced; all of them end with the server, however it ends.
"""

from __future__ import annotations

import atexit
import itertools
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread, Timer
from typing import IO, Any

from zyb.intake.process import handing
from zyb.intake.process.worker import receive, send
from zyb.intake.submission import Submission
from zyb.intake.understanding import Given
from zyb.reading import LIMITS, Opened, UnreadableFile
from zyb.rulebook.book import Rulebook, in_force

SCRIPT = Path(__file__).with_name("worker.py")
# Half a second on a quiet machine.
START_SECONDS = 60
ENVIRONMENT = {
    # Arrow's own allocators and the pools of threads reserve address space far beyond what they use.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}

_idle: list[_Worker] = []
_lock = Lock()
_numbers = itertools.count()


def understood(opened: Opened, file_name: str, given: Given) -> tuple[Submission, ...]:
    """As `understand_all`, under the allowance of the file; raises UnreadableFile when it takes more."""
    worker, number = _taken(), next(_numbers)
    letter = handing.packed_errand(opened, file_name, given)
    job = (opened.allowance, str(opened.folder), number, letter)
    try:
        status, said, tired = worker.ask(pickle.dumps(job), opened.allowance.wall_seconds)
    except BaseException:
        worker.end()
        raise
    _give_back(worker, tired or opened.allowance != LIMITS.ordinary)
    if status == "refused":
        raise UnreadableFile(said)
    if status == "raised":
        raise said
    return handing.unpacked(said, opened.workbook, opened.folder / f"understood-{number}")


def get_ready() -> None:
    """Let a process start unless one waits: it loads while the file is still being read."""
    with _lock:
        if not _idle:
            _idle.append(_Worker())


def _taken() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.serves():
                return worker
            worker.end()
    return _Worker()


def _give_back(worker: _Worker, tired: bool) -> None:
    """A tired one goes, and its successor loads while nobody waits for it."""
    if tired:
        worker.end()
        worker = _Worker()
    with _lock:
        if len(_idle) < LIMITS.at_once:
            _idle.append(worker)
            return
    worker.end()


@atexit.register
def _end_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().end()


class _Worker:
    """One process and the pipes to it. The rules are those that the server has when it starts."""

    def __init__(self) -> None:
        self._rulebook = in_force()
        rules = handing.rules_in_force()  # a slip in them is told to whoever asks, not to a thread
        self._ready = Event()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise UnreadableFile("understanding_broke") from error
        # The rules are more than a pipe holds: to write them takes until the process has started.
        Thread(target=self._introduce, args=(rules,), daemon=True).start()

    def serves(self) -> bool:
        """Whether it lives, and goes by the rules that are in force now."""
        return self._rulebook is in_force() and self._process.poll() is None

    def ask(self, job: bytes, seconds: float) -> Any:
        """The answer to a job; raises UnreadableFile when the process does not live to give it."""
        if not self._ready.wait(START_SECONDS):
            raise UnreadableFile("understanding_broke")
        with self._ended_after(seconds) as late:
            try:
                send(self._pipe(self._process.stdin), job)
                return pickle.loads(receive(self._pipe(self._process.stdout)))
            except (EOFError, OSError) as error:
                code = "understanding_timeout" if late.is_set() else _cause_of_death(self._process.wait())
                raise UnreadableFile(code) from error

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not sent yet never will be
                self._pipe(pipe).close()

    def _introduce(self, rules: Rulebook) -> None:
        try:
            with suppress(EOFError, OSError, ValueError):  # ended meanwhile: the first who asks will see
                send(self._pipe(self._process.stdin), pickle.dumps(rules))
                receive(self._pipe(self._process.stdout))
        finally:
            self._ready.set()

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[Event]:
        """The event tells that the time was up."""
        late = Event()

        def end() -> None:
            late.set()
            self._process.kill()

        clock = Timer(seconds, end)
        clock.daemon = True
        clock.start()
        try:
            yield late
        finally:
            clock.cancel()
            if late.is_set():
                self._process.wait()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe
        return pipe


def _environment() -> dict[str, str]:
    """Nothing of the server's environment; Windows cannot start Python without its own directory."""
    return ENVIRONMENT | {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}


def _cause_of_death(returncode: int) -> str:
    # Names, because Windows lacks most of these signals. Who is killed by the system was in need of memory.
    causes = {"SIGXCPU": "timeout", "SIGALRM": "timeout", "SIGKILL": "memory", "SIGABRT": "memory"}
    try:
        return f"understanding_{causes.get(signal.Signals(-returncode).name, 'broke')}"
    except ValueError:
        return "understanding_broke"
