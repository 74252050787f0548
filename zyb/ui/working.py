"""Files in work: read, understood and compared beside the page, which only looks how far they have come.

Two files are in work at once for the whole server, as many as there are reading places; the others wait. A page
that runs again finds its files where they were, so people go on with one file while another is still read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache

from zyb.intake import Given, Submission
from zyb.reading import LIMITS
from zyb.store import Explanation, Store
from zyb.uploads import Prepared, Stage, compare_all, read_as_explained

# Most answers are there within this; showing stages for a blink would only make the page restless.
PATIENCE = 0.35
PAUSE = 0.1


@dataclass(frozen=True)
class Job:
    """A file with everything that its reading depends on: the same job need not be done twice."""

    content: bytes = field(repr=False)
    name: str
    given: Given
    reason: str
    revision: int
    """Of the store: what is in force may have changed since the last look."""
    known: tuple[Explanation, ...] = ()
    """What is remembered: an answer given for one file is for the others as well."""

    def reads_as(self, other: Job) -> bool:
        """Whether only the comparison differs, not what is read."""
        mine, theirs = ((job.name, job.given, job.known, job.content) for job in (self, other))
        return mine == theirs


@dataclass
class Work:
    """A job under way. The thread that works writes `stage` and `begun`; the page reads them."""

    job: Job
    stage: Stage = Stage.WAITING
    begun: float = field(default_factory=time.monotonic)
    read: tuple[Submission, ...] | None = None
    future: Future[list[Prepared]] | None = None

    @property
    def done(self) -> bool:
        return self.future is not None and self.future.done()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun

    def tables(self) -> list[Prepared]:
        """The result; what went wrong in the thread goes wrong here."""
        assert self.future
        return self.future.result()

    def _tell(self, stage: Stage) -> None:
        self.stage = stage

    def run(self, store: Store) -> list[Prepared]:
        job = self.job
        if self.read is None:
            self.read = read_as_explained(store, job.content, job.name, job.given, self._tell)
        self._tell(Stage.CHECKING)
        tables = compare_all(store, job.content, job.name, self.read, job.reason)
        self._tell(Stage.DONE)
        return tables


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(LIMITS.at_once, thread_name_prefix="upload")


def drop(work: Work) -> None:
    """Nobody waits for it any more; what has not begun never will."""
    if work.future:
        work.future.cancel()


def begin(store: Store, job: Job, before: Work | None = None) -> Work:
    """The work on a job: the one under way or done already, else a new one that keeps what was read before."""
    if before and before.job == job:
        return before
    work = Work(job)
    if before:
        drop(before)
        work.read = before.read if before.job.reads_as(job) else None
    work.future = _pool().submit(work.run, store)
    return work


def wait(works: Iterable[Work], finished: Callable[[int], None], look: Callable[[], None]) -> None:
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
