"""A writer of OLE compound files, for tests only: streams of any name, in storages, to be found where a test wants them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
# Shorter streams lie in a stream of their own; longer ones need no such thing.
LONG_ENOUGH = 4096

Stream = tuple[str, bytes]
"""Name and content; “MBD1/Workbook” lies in a storage. They stand in the directory in this order."""


def compound(*streams: Stream, below: bool = True) -> bytes:
    """A file with these streams; without `below` the root does not say what lies below it, as careless writers do."""
    names = list(dict.fromkeys(part for name, _ in streams for part in _with_storages(name)))
    contents = dict(streams)
    sectors: list[bytes] = []
    chains: list[int] = []
    starts = {name: _add(content, sectors, chains) for name, content in contents.items()}
    entries = [_entry("Root Entry", ROOT, child=_first(names, "") if below else FREE)]
    for number, name in enumerate(names):
        inside, after = _first(names, f"{name}/"), _next(names, number)
        kind, size = (STREAM, len(contents[name])) if name in contents else (STORAGE, 0)
        start = starts.get(name, END) if size else END
        entries.append(_entry(name.rpartition("/")[2], kind, after, inside, start, size))
    directory = _add(b"".join(entries), sectors, chains)
    tables = -(-(len(chains) + len(chains) // 127 + 1) // 128)
    first_table = len(sectors)
    chains += [FAT] * tables
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * SECTOR, b"\xff")
    sectors += [table[n : n + SECTOR] for n in range(0, len(table), SECTOR)]
    return _header(directory, range(first_table, first_table + tables)) + b"".join(sectors)


def _with_storages(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _first(names: Sequence[str], folder: str) -> int:
    """The number of the first entry of a folder; the root has number 0."""
    return next((n + 1 for n, name in enumerate(names) if _is_in(name, folder)), FREE)


def _next(names: Sequence[str], number: int) -> int:
    """The one after it in the same folder."""
    folder = names[number].rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    later = (n + 1 for n, name in enumerate(names) if n > number and _is_in(name, prefix))
    return next(later, FREE)


def _is_in(name: str, folder: str) -> bool:
    return name.startswith(folder) and "/" not in name.removeprefix(folder)


def _add(content: bytes, sectors: list[bytes], chains: list[int]) -> int:
    """The content in sectors that follow each other; the number of the first."""
    first = len(sectors)
    sectors += [content[n : n + SECTOR].ljust(SECTOR, b"\0") for n in range(0, len(content), SECTOR)]
    chains += [*range(first + 1, len(sectors)), END] if len(sectors) > first else []
    return first


def _entry(
    name: str, kind: int, right: int = FREE, child: int = FREE, start: int = END, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le")
    head = struct.pack("<64sHBB3I", encoded, len(encoded) + 2, kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _header(directory: int, tables: range) -> bytes:
    listed = [*tables, *[FREE] * (109 - len(tables))]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, len(tables))
    head += struct.pack("<IIIIIII", directory, 0, LONG_ENOUGH, END, 0, END, 0)
    return head + struct.pack("<109I", *listed)
