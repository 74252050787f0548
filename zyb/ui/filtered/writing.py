"""A file in work beside the page: a thread writes it into a folder of the machine, and ends when it is dropped."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from weakref import finalize

from zyb.exports.inquiries.table import TakenTable
from zyb.exports.inquiries.writing import TakenForm
from zyb.web.taken_files import ReadyFile, offer


class WritingDropped(Exception):
    """Nobody waits for the file any more."""


@dataclass(kw_only=True, eq=False)
class TakenWork:
    """The thread writes `done`, `total`, `ended` and `fault`; the page reads them. The file goes with the work."""

    form: TakenForm
    asked: Hashable
    name: str
    owner: str = ""
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="zyb-")))
    done: int = 0
    total: int = 0
    ended: bool = False
    dropped: bool = False
    fault: Exception | None = None

    def __post_init__(self) -> None:
        """A session that ends leaves no file behind: nobody holds the work then."""
        finalize(self, _remove, self.folder)
        self._ready = ReadyFile(self.path, self.name, self.form.media_type, self.owner)
        self.address = offer(self._ready)
        """Where the file can be fetched from once it is there."""

    @property
    def path(self) -> Path:
        return self.folder / "file"

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def drop(self) -> None:
        """The writer hears of it at its next portion, and takes the folder with it."""
        self.dropped = True
        if self.ended:
            _remove(self.folder)

    def run(self, taking: Callable[[], TakenTable]) -> None:
        try:
            with self.path.open("wb") as file:
                self.form.write(taking(), file, self._hear)
        except WritingDropped:
            pass
        except Exception as fault:
            self.fault = fault
        self.ended = True
        if self.dropped:
            _remove(self.folder)

    def _hear(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self.dropped:
            raise WritingDropped


def _remove(folder: Path) -> None:
    rmtree(folder, ignore_errors=True)


def begin(
    form: TakenForm, taking: Callable[[], TakenTable], asked: Hashable, name: str, owner: str = ""
) -> TakenWork:
    """Under way at once. `owner`: the account of who may fetch it."""
    work = TakenWork(form=form, asked=asked, name=name, owner=owner)
    threading.Thread(target=work.run, args=(taking,), name="download", daemon=True).start()
    return work
