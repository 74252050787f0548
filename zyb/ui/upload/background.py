"""Files in work: read, understood and compared beside the page, which only looks how far they have come.

Two files are in work at once for the whole server, as many as there are reading places; the others wait. A page
that runs again finds its files where they were, so people go on with one file while another is still read.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from zyb.intake import Given, Submission
from zyb.reading import LIMITS
from zyb.store import Explanation, Store, fingerprint, now
from zyb.uploads import Prepared, WorkStage, compared, read_as_explained

# Most answers are there within this; showing stages for a blink would only make the page restless.
PATIENCE = 0.35
PAUSE = 0.1


@dataclass(frozen=True)
class Job:
    """A file with everything that its reading depends on: the same job need not be done twice."""

    file_id: str
    """Stands for the bytes, which never change."""
    name: str
    given: Given
    reason: str
    revision: int
    """Of the store: what is in force may have changed since the last look."""
    known: tuple[Explanation, ...] = ()
    """What is remembered: an answer given for one file is for the others as well."""

    def reads_as(self, other: Job) -> bool:
        """Whether only the comparison differs, not what is read."""
        return replace(self, reason=other.reason, revision=other.revision) == other


@dataclass(kw_only=True)
class FileWork:
    """A job under way. The thread that works writes `stage` and `begun`; the page reads them.

    `content` gives the bytes; they are held no longer than it takes to read them.
    """

    job: Job
    content: Callable[[], bytes]
    stage: WorkStage = WorkStage.WAITING
    begun: float = field(default_factory=time.monotonic)
    read: tuple[Submission, ...] | None = None
    sha256: str = ""
    compared_at: datetime = field(default_factory=now)
    future: Future[list[Prepared]] | None = None
    forgotten: bool = False
    number: int = field(default_factory=itertools.count(1).__next__)

    @property
    def done(self) -> bool:
        return self.future is not None and self.future.done()

    @property
    def failed(self) -> bool:
        future = self.future
        return future is not None and future.done() and (future.cancelled() or future.exception() is not None)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun

    @property
    def weight(self) -> int:
        """Bytes that its rows take in memory."""
        return sum(found.body.nbytes for found in self.read or ())

    def tables(self) -> list[Prepared]:
        """The result, without the bytes of the file; what went wrong in the thread goes wrong here."""
        assert self.future
        return self.future.result()

    def outdate(self) -> None:
        """Whoever asks for this job next gets it done anew, from what was read."""
        self.job = replace(self.job, revision=-1)

    def forget(self) -> None:
        """Whoever still has this handle holds nothing of the file."""
        drop(self)
        self.forgotten, self.read, self.future = True, None, _given_up()

    def _tell(self, stage: WorkStage) -> None:
        self.stage = stage

    def run(self, store: Store) -> list[Prepared]:
        if self.read is None:
            self._read(store)
        self._tell(WorkStage.CHECKING)
        self.compared_at = store.now()
        tables = [
            Prepared(file_name=self.job.name, content=b"", submission=found, sha256=self.sha256)
            for found in self.read or ()
        ]
        result = compared(store, tables, self.job.reason)
        self._tell(WorkStage.DONE)
        return result

    def _read(self, store: Store) -> None:
        content = self.content()
        self.sha256 = fingerprint(content)
        read = read_as_explained(store, content, self.job.name, self.job.given, self._tell)
        self.read = None if self.forgotten else read


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(LIMITS.at_once, thread_name_prefix="upload")


def _given_up() -> Future[list[Prepared]]:
    """A page that waits for it sees that it will not come."""
    future: Future[list[Prepared]] = Future()
    future.cancel()
    return future


def drop(work: FileWork) -> None:
    """Nobody waits for it any more; what has not begun never will."""
    if work.future:
        work.future.cancel()


def begin(store: Store, job: Job, content: Callable[[], bytes], before: FileWork | None = None) -> FileWork:
    """The work on a job: the one under way or done already, else a new one that keeps what was read before."""
    if before and before.job == job and not before.failed:
        return before
    work = FileWork(job=job, content=content)
    if before:
        drop(before)
        if before.job.reads_as(job):
            work.read, work.sha256 = before.read, before.sha256
    work.future = _pool().submit(work.run, store)
    return work


def wait(works: Iterable[FileWork], finished: Callable[[int], None], look: Callable[[], None]) -> None:
    """Call `finished` with each work's number as it is done, and `look` between whiles once it takes long."""
    open_works, began = dict(enumerate(works)), time.monotonic()
    while True:
        ready = [number for number, work in open_works.items() if work.done]
        for number in ready:
            del open_works[number]
        if open_works and (ready or time.monotonic() - began > PATIENCE):
            look()
        for number in ready:
            finished(number)
        if not open_works:
            return
        time.sleep(PAUSE if time.monotonic() - began > PATIENCE else PAUSE / 5)
