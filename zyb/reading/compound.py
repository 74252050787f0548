"""The directory of an OLE compound file, such as an .xls: what its streams are called and where that is written.

[MS-CFB]: the file is cut into sectors; a table (FAT) tells which sector follows which, and the directory is such a
chain, of entries of 128 bytes. Names are equal whatever their case. The reader of .xls knows only some spellings,
and takes the first stream of such a name, be it that of a workbook embedded in another.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .refusals import UnreadableFile

Bytes = bytes | mmap.mmap

_ENTRY = 128
_NUMBER = struct.Struct("<I")
_IN_HEADER = 109  # so many sectors of the FAT are listed in the header itself
_MOST_SECTORS = 16_384  # of a directory: 65,000 streams
_ROOT = 0
_HEADER, _SECTORS = 512, (512, 4096)
# In the order in which Excel prefers them: of Excel 97 and later, of Excel 5 and 95.
WORKBOOK_STREAMS = ("Workbook", "Book")


@dataclass(frozen=True)
class DirectoryEntry:
    """A line of the directory: where it stands in the file, and the numbers of its neighbours in the tree of names."""

    offset: int
    name: str
    left: int
    right: int
    child: int


def directory(content: Bytes) -> list[DirectoryEntry]:
    """Every entry in its order, as far as the directory can be followed; refused where it cannot be found at all."""
    size = 1 << _at(content, 30, "<H") if len(content) >= _HEADER else 0
    entries = [
        _entry(content, offset)
        for sector in (_chain(content, _number(content, 48), size) if size in _SECTORS else ())
        for offset in range((sector + 1) * size, (sector + 2) * size, _ENTRY)
        if offset + _ENTRY <= len(content)
    ]
    if not entries:
        raise UnreadableFile("broken_zip")
    return entries


def own_names(entries: Sequence[DirectoryEntry]) -> set[str]:
    """What lies right below the root, in lower case, and not what an embedded document holds."""
    return {entry.name.lower() for entry in _own(entries)}


def give_the_usual_name(path: Path) -> None:
    """Let the workbook's own stream, and no other, be called as the reader looks for it."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        entries = directory(content)
        workbook = _workbook(_own(entries))
        for entry in entries:
            if usual := _usual(entry.name):
                name = usual if entry is workbook else f"{usual[:-1]}_"
                encoded = name.encode("utf-16-le")
                content[entry.offset : entry.offset + len(encoded)] = encoded


def _workbook(own: Sequence[DirectoryEntry]) -> DirectoryEntry | None:
    """Of an Excel 97 workbook that also holds one for Excel 95, the newer."""
    named = (entry for usual in WORKBOOK_STREAMS for entry in own if _usual(entry.name) == usual)
    return next(named, None)


def _usual(name: str) -> str:
    return next((usual for usual in WORKBOOK_STREAMS if usual.lower() == name.lower()), "")


def _own(entries: Sequence[DirectoryEntry]) -> list[DirectoryEntry]:
    """The entries in the root's own tree of names; a root without one has all."""
    seen: set[int] = {_ROOT}
    ahead = [entries[_ROOT].child]
    while ahead:
        number = ahead.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            ahead += (entries[number].left, entries[number].right)
    return [entries[number] for number in sorted(seen - {_ROOT})] or list(entries)


def _chain(content: Bytes, sector: int, size: int) -> Iterator[int]:
    """A sector and those that follow it."""
    table = _table(content, size)
    for _ in range(_MOST_SECTORS):
        if (sector + 1) * size >= len(content):
            return
        yield sector
        where, place = divmod(sector, size // 4)
        if where >= len(table) or (at := (table[where] + 1) * size + 4 * place) + 4 > len(content):
            return
        sector = _number(content, at)


def _table(content: Bytes, size: int) -> list[int]:
    """The sectors that hold the FAT: the first in the header, the others in a chain of lists of their own."""
    found = [_number(content, 76 + 4 * n) for n in range(_IN_HEADER)]
    sector, listed = _number(content, 68), size // 4 - 1
    for _ in range(len(content) // size // (size // 4) // listed + 1):
        start = (sector + 1) * size
        if start + size > len(content):
            break
        found += [_number(content, start + 4 * n) for n in range(listed)]
        sector = _number(content, start + size - 4)
    return found


def _entry(content: Bytes, offset: int) -> DirectoryEntry:
    letters = content[offset : offset + max(min(_at(content, offset + 64, "<H"), 64) - 2, 0)]
    name = letters.decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3I", content, offset + 68)
    return DirectoryEntry(offset, name, left, right, child)


def _number(content: Bytes, offset: int) -> int:
    found: int = _NUMBER.unpack_from(content, offset)[0]
    return found


def _at(content: Bytes, offset: int, kind: str) -> int:
    found: int = struct.unpack_from(kind, content, offset)[0]
    return found
