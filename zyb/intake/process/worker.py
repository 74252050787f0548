"""The process that understands: told the rules once, then a workbook at a time, until the server closes the pipe.

Started by path in Python's isolated mode, with an empty environment. Each workbook has its limits of memory,
processor and clock; Windows has none of them, there only the server's clock ends it. The clock is kept here as well:
a server that was killed leaves nobody behind for longer than that.
"""

from __future__ import annotations

import errno
import gc
import os
import pickle
import struct
import sys
import traceback
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zyb.reading import Allowance

LENGTH = struct.Struct("<Q")
LARGEST_OUTPUT = 2 << 30
MB = 1 << 20
# Loaded and idle it takes 90 MB. One that has kept more than this of a file's memory is replaced.
KEPT_MEMORY = 400 * MB


def send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """The next message, whole; EOFError where the other side has ended, also in the midst of it."""
    length = pipe.read(LENGTH.size)
    if len(length) < LENGTH.size:
        raise EOFError
    message = pipe.read(LENGTH.unpack(length)[0])
    if len(message) < LENGTH.unpack(length)[0]:
        raise EOFError
    return message


def main() -> None:
    jobs, answers = _own_pipes()
    _limit_for_good()
    sys.meta_path.insert(0, _WithoutPandas())
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    try:
        _learn(receive(jobs))
        send(answers, b"ready")
        while True:
            send(answers, pickle.dumps(_answer(pickle.loads(receive(jobs)))))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the server is gone, or needs us no more


class _WithoutPandas(MetaPathFinder):
    """Arrow loads pandas when it finds it: half of the start, and nothing here uses it."""

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the server under other numbers, so that nothing that prints can disturb them."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return jobs, answers


def _learn(rules: bytes) -> None:
    from zyb.rulebook.book import use

    use(pickle.loads(rules))
    gc.collect()
    gc.freeze()


def _answer(job: tuple[Allowance, str, int, bytes]) -> tuple[str, Any, bool]:
    """What was understood; or what it is refused for; or the exception, with its traceback as a note. And whether
    this process had better be replaced."""
    allowance, folder, number, letter = job
    _limit(allowance)
    try:
        status, said = _understood(Path(folder), number, letter)
    except MemoryError:
        status, said = "refused", "understanding_memory"
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EFBIG)
        status, said = ("refused", "no_room") if full else _raised(error)
    except Exception as error:
        status, said = _raised(error)
    _without_limit()
    return status, said, said == "understanding_memory" or _memory() > KEPT_MEMORY


def _understood(folder: Path, number: int, letter: bytes) -> tuple[str, Any]:
    from zyb.intake import understand_all
    from zyb.intake.process import handing

    errand = handing.unpacked_errand(letter, lambda sheet: folder / f"{sheet}.arrow")
    found = understand_all(errand.workbook, errand.file_name, errand.given)
    return "understood", handing.packed(found, errand.workbook, folder / f"understood-{number}")


def _raised(error: Exception) -> tuple[str, Exception]:
    told = "".join(traceback.format_exception(error))
    error = error.with_traceback(None)
    error.__cause__ = error.__context__ = None
    error.add_note(told)
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an exception of its own kind may need other arguments than it keeps
        return "raised", RuntimeError(told)
    return "raised", error


def _limit_for_good() -> None:
    try:
        import resource
    except ImportError:
        return
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, LARGEST_OUTPUT)


def _limit(allowance: Allowance) -> None:
    """For one workbook: the system counts the processor's time from the start of the process."""
    try:
        import resource
        import signal
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _set(resource.RLIMIT_CPU, spent + allowance.cpu_seconds)
    _set(resource.RLIMIT_AS, allowance.memory)
    signal.setitimer(signal.ITIMER_REAL, allowance.wall_seconds + 1)


def _without_limit() -> None:
    try:
        import resource
        import signal
    except ImportError:
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    _set(resource.RLIMIT_CPU, resource.RLIM_INFINITY)
    _set(resource.RLIMIT_AS, resource.RLIM_INFINITY)


def _set(limit: int, soft: int) -> None:
    import resource

    hard = resource.getrlimit(limit)[1]
    if hard != resource.RLIM_INFINITY:  # the machine has a limit of its own, below which "none" is that
        soft = hard if soft == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(limit, (soft, hard))


def _memory() -> int:
    """What it has for itself, in bytes; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text().split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
