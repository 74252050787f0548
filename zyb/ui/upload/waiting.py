"""Files that wait for their confirmation: their bytes and what was made of them, for a while and within bounds.

Streamlit would keep what a browser sends until its tab is closed, and copy it at each turn of the page. So the
bytes go into this room as they arrive, and Streamlit keeps the names alone (zyb/ui/upload/door.py). They leave it when
the file is confirmed or taken off, when the tab is closed, and when nobody has looked at the page for a while.
What is remembered then is why, so that the page can say it.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache

import pyarrow as pa
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from zyb.errors import ZybError
from zyb.numerals import count
from zyb.reading import Packed, UnreadableFile, packed_in, unpacked
from zyb.reading.limits import MB
from zyb.ui.upload.background import FileWork

# As long as it takes to look something up in the file or to ask a colleague; whoever is away longer drops it again.
MINUTES_KEPT = 10
# A network that fails for a moment is no closed tab.
SECONDS_AWAY = 60
# In memory a file is its bytes and, once it is read, its rows: about as much again. One visitor may have what the
# largest zip unpacks to (400 MB) or five of the largest files waiting; all visitors together twice that, which
# leaves an office server of 4 GB enough for two readers.
MOST_OF_ONE = 500 * MB
MOST_OF_ALL = 1_000 * MB

# What Streamlit holds in place of a file's bytes; no file has them.
CAME_BY_THE_DOOR = secrets.token_bytes(32)

UNCHANGED = "没有入库，数据没有变化。"
DROP_AGAIN = "如需上报，请在上方移除后重新拖入。"


class Gone(ZybError):
    """The file does not wait any more: why, and what to do about it."""


IDLE = Gone(f"这个文件 {MINUTES_KEPT} 分钟没有确认，已从内存中清除；{UNCHANGED}", DROP_AGAIN)
AWAY = Gone(f"页面与程序的连接断开后，这个文件已从内存中清除；{UNCHANGED}", DROP_AGAIN)
UNKNOWN = Gone(
    "页面与程序的连接曾经断开，这个文件已不在内存中；断开之前是否已经入库，请在“历史批次”中核对。",
    "如没有入库，请在上方移除后重新拖入。",
)
TAKEN_OFF = Gone(f"这个文件已从页面上移除；{UNCHANGED}", "如需上报，请重新拖入。")


def _no_room_here(size: str) -> Gone:
    return Gone(
        f"您等待确认的文件连同读出的数据不能超过 {MOST_OF_ONE // MB} MB，这个文件（{size}）放不下，没有接收；{UNCHANGED}",
        "请先确认入库或移除其他文件，再移除并重新拖入这个文件。",
    )


def _no_room_at_all(size: str) -> Gone:
    return Gone(
        f"所有人等待确认的文件连同读出的数据不能超过 {MOST_OF_ALL // MB} MB，这个文件（{size}）目前放不下，没有接收；{UNCHANGED}",
        f"没有确认的文件最多保留 {MINUTES_KEPT} 分钟，请稍后移除并重新拖入这个文件。",
    )


def _megabytes(size: int) -> str:
    return f"{count(max(1, round(size / MB)))} MB"


@dataclass(eq=False, kw_only=True)
class Arrived:
    """A file to be confirmed: as it was dropped, or one of a zip of workbooks. Its identity stays over reruns.

    A handle that may be kept anywhere: once the file has left the room, it holds nothing.
    """

    file_id: str
    name: str
    size: int
    dropped: Dropped = field(repr=False)
    packed: Packed | None = None
    work: FileWork | None = None
    confirmed: bool = False

    @property
    def gone(self) -> Gone | None:
        return self.dropped.gone

    def content(self) -> bytes:
        """The bytes; those of a part are unpacked anew, so that only what is being read is held."""
        held = self.dropped.content
        if held is None:
            raise self.dropped.gone or TAKEN_OFF
        return unpacked(held, self.packed) if self.packed else held

    @property
    def rows(self) -> int:
        """The room that its rows take, or will take when it is read."""
        return self.work.weight if self.work and self.work.read is not None else self.size

    def let_go(self) -> None:
        if self.work:
            self.work.forget()
        self.work = None


@dataclass(eq=False, kw_only=True)
class Dropped:
    """What was dropped: one file, or a zip of workbooks with a part for each."""

    file_id: str
    name: str
    size: int
    content: bytes | None = field(repr=False)
    parts: list[Arrived] | None = None
    """Unknown until somebody has looked into it."""
    gone: Gone | None = None
    listed: bool = False
    """Whether a run of the page has had it: until then none can know that it was taken off."""

    @property
    def weight(self) -> int:
        """The room that it takes: its bytes, and the rows of all parts that still wait."""
        if self.content is None:
            return 0
        if self.parts is None:
            return self.size * 2
        return self.size + sum(part.rows for part in self.parts if not part.confirmed)

    def let_go(self, why: Gone | None = None) -> None:
        self.content, self.gone = None, why
        for part in self.parts or ():
            part.let_go()

    def cards(self) -> list[Arrived]:
        """What the page tells of: every part; once it is gone, those that went in before and the file as a whole."""
        parts = self.parts or []
        if self.gone is None or (parts and all(part.confirmed for part in parts)):
            return parts
        if done := [part for part in parts if part.confirmed]:
            return [*done, *(part for part in parts if not part.confirmed)]
        return [Arrived(file_id=self.file_id, name=self.name, size=self.size, dropped=self)]


@dataclass
class Visit:
    """A tab's files, when somebody looked at them last, and since when its browser does not answer."""

    looked: float
    files: dict[str, Dropped] = field(default_factory=dict)
    away_since: float | None = None


class Room:
    """The waiting files of all visitors; safe to use from the pages' threads and from Streamlit's door."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, connected: Callable[[str], bool] = lambda _: True
    ) -> None:
        self._clock, self._connected = clock, connected
        self._lock = threading.RLock()
        self._visits: dict[str, Visit] = {}
        self._released = False
        """Whether anything has left since the last sweep."""

    @property
    def weight(self) -> int:
        with self._lock:
            return sum(file.weight for _, visit in self._all() for file in visit.files.values())

    def _all(self) -> list[tuple[str, Visit]]:
        """A list of its own: a session that Python happens to collect meanwhile closes its visit."""
        return list(self._visits.items())

    # -- coming and going -----------------------------------------------------------------

    def take_in(self, session: str, file_id: str, name: str, content: bytes | None) -> Dropped:
        """The file as it waits from now on. One for which there is no room is known by name alone.

        Without content it is one that must be here already, or has been released.
        """
        with self._lock:
            files = self.look(session).files
            if file_id not in files:
                files[file_id] = self._new(session, file_id, name, content)
            return files[file_id]

    def _new(self, session: str, file_id: str, name: str, content: bytes | None) -> Dropped:
        if content is None:
            return Dropped(file_id=file_id, name=name, size=0, content=None, gone=UNKNOWN)
        why = self._no_room(session, len(content) * 2, _megabytes(len(content)))
        return Dropped(
            file_id=file_id, name=name, size=len(content), content=None if why else content, gone=why
        )

    def look(self, session: str) -> Visit:
        """Somebody looks at the page: its files may wait for another while."""
        with self._lock:
            visit = self._visits.setdefault(session, Visit(self._clock()))
            visit.looked, visit.away_since = self._clock(), None
            return visit

    def keep_only(self, session: str, file_ids: Collection[str]) -> None:
        """What is not on the page any more leaves; what has arrived since the page was asked for is yet to come."""
        with self._lock:
            files = self.look(session).files
            for file_id, file in list(files.items()):
                if file_id in file_ids:
                    file.listed = True
                elif file.listed:
                    self.remove(session, file_id)

    def remove(self, session: str, file_id: str) -> None:
        with self._lock:
            visit = self._visits.get(session)
            if visit and (file := visit.files.pop(file_id, None)):
                self._let_go(file)

    def has(self, session: str, part: Arrived) -> bool:
        """Whether the page still tells of it: somebody may have taken it off meanwhile."""
        with self._lock:
            visit = self._visits.get(session)
            return visit is not None and part.dropped in visit.files.values()

    def close(self, session: str) -> None:
        """The tab is closed for good."""
        with self._lock:
            if visit := self._visits.pop(session, None):
                for file in visit.files.values():
                    self._let_go(file)

    def confirmed(self, part: Arrived) -> None:
        """It has gone in. The bytes of a zip stay until its last part has."""
        with self._lock:
            part.confirmed = True
            part.let_go()
            if all(other.confirmed for other in part.dropped.parts or ()):
                self._let_go(part.dropped)

    def sweep(self) -> None:
        """Release what nobody looks at any more, and give the system back what was released meanwhile."""
        with self._lock:
            for session, visit in self._all():
                if why := self._why_not_kept(session, visit):
                    for file in visit.files.values():
                        if file.content is not None:
                            self._let_go(file, why)
            released, self._released = self._released, False
        if released:
            pa.default_memory_pool().release_unused()

    def _let_go(self, file: Dropped, why: Gone | None = None) -> None:
        file.let_go(why)
        self._released = True

    def _why_not_kept(self, session: str, visit: Visit) -> Gone | None:
        now = self._clock()
        if now - visit.looked >= MINUTES_KEPT * 60:
            return IDLE
        if self._connected(session):
            visit.away_since = None
        elif visit.away_since is None:
            visit.away_since = now
        elif now - visit.away_since >= SECONDS_AWAY:
            return AWAY
        return None

    def _no_room(self, session: str, more: int, size: str) -> Gone | None:
        """Why so many bytes more cannot wait; `size` is how large their file is called."""
        mine = sum(file.weight for file in self.look(session).files.values())
        if mine + more > MOST_OF_ONE:
            return _no_room_here(size)
        return _no_room_at_all(size) if self.weight + more > MOST_OF_ALL else None

    # -- what is in a zip -----------------------------------------------------------------

    def look_into(self, session: str, file: Dropped) -> list[Arrived]:
        """What the page tells of the file; a zip of workbooks is looked into once."""
        if file.parts is None and (content := file.content) is not None:
            parts = list(_parts(file, content))  # a moment for a large zip, in which others go on
            size = sum(part.size for part in parts)
            with self._lock:
                if why := self._no_room(session, size - file.size, f"解压后 {_megabytes(size)}"):
                    self._let_go(file, why)
                file.parts = parts
        return file.cards()


def _parts(file: Dropped, content: bytes) -> Iterator[Arrived]:
    found = _packed(content)
    if not found:
        yield Arrived(file_id=file.file_id, name=file.name, size=file.size, dropped=file)
    for one in found:
        file_id = file.file_id if len(found) == 1 else f"{file.file_id}_{one.number}"
        yield Arrived(file_id=file_id, name=one.label, size=one.size, dropped=file, packed=one)


def _packed(content: bytes) -> list[Packed]:
    """None for any other file; a zip that is refused stays one file, which is told why when it is read."""
    try:
        return packed_in(content) or []
    except UnreadableFile:
        return []


# -- the room of this process -------------------------------------------------------------


@cache
def the_room() -> Room:
    return Room(connected=_is_connected)


def _is_connected(session: str) -> bool:
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


def this_session() -> str:
    """The tab that the page runs for."""
    context = get_script_run_ctx()
    assert context
    return context.session_id


def wait_here(file: UploadedFile) -> Dropped:
    """An uploader's file where it waits; brought here now if it did not come by the door."""
    return the_room().take_in(this_session(), file.file_id, file.name, _brought(file))


def _brought(file: UploadedFile) -> bytes | None:
    """Its bytes, unless they came by the door; if those do not wait here any more, it is not an empty file."""
    content = file.getvalue()
    return None if content == CAME_BY_THE_DOOR else content


def content_of(file: UploadedFile) -> bytes:
    """The bytes of an uploader's file that is one and is not asked about."""
    held = wait_here(file)
    if held.content is None:
        raise held.gone or TAKEN_OFF
    return held.content
