"""A zip of workbooks, as one city sends the files of all its counties: unpacked in memory, never onto the disk.

What is in it is as hostile as any upload: the number and size of the files are bounded before anything is
unpacked, and their names serve as labels only.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from .limits import MB
from .refusals import UnreadableFile

MOST_FILES = 200
MOST_UNPACKED = 400 * MB
# Workbooks shrink little inside a zip; text may shrink 50 times.
MOST_RATIO, RATIO_FROM = 200, 20 * MB
LONGEST_LABEL = 120

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".txt")
ARCHIVE_ENDINGS = (".zip", ".rar", ".7z", ".gz", ".tar")
# Parts that make a zip a document of its own: Office, OpenDocument, OFD.
DOCUMENT_PARTS = {"[content_types].xml", "mimetype", "ofd.xml"}
# What Windows and macOS leave behind in folders.
LEFTOVERS = ("thumbs.db", "desktop.ini", ".ds_store")


@dataclass(frozen=True)
class Packed:
    """A file inside a zip of workbooks, not unpacked yet; `size` is what it will have then."""

    label: str
    size: int
    number: int


def workbooks_in(content: bytes, name: str) -> list[tuple[str, bytes]] | None:
    """The files of a zip as (label, bytes); None when the content is no zip of workbooks.

    Other files (a covering letter) come along, so that each can be told why it was not read.
    """
    if not content.startswith(b"PK\x03\x04"):
        return None
    with _opened(content) as archive:
        entries = _workbooks(archive, len(content))
        return [(_label(entry), archive.read(entry)) for entry in entries] or None


def packed_in(content: bytes) -> list[Packed] | None:
    """What `workbooks_in` would unpack. All of it is run through once, so that a damaged zip is told at once."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    with _opened(content) as archive:
        entries = _workbooks(archive, len(content))
        if entries and archive.testzip() is not None:
            raise UnreadableFile("broken_zip")
        return [Packed(_label(entry), entry.file_size, n) for n, entry in enumerate(entries)] or None


def unpacked(content: bytes, packed: Packed) -> bytes:
    """One of them, from the same zip."""
    with _opened(content) as archive:
        return archive.read(_files(archive)[packed.number])


@contextmanager
def _opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for hostile input; all mean the same here
        raise UnreadableFile("broken_zip") from error


def _workbooks(archive: zipfile.ZipFile, packed: int) -> list[zipfile.ZipInfo]:
    """The files of a zip of workbooks, once their number and sizes are known to be bearable; none of another zip."""
    entries = _files(archive)
    if not any(_ends(entry, WORKBOOK_ENDINGS) for entry in entries):
        return []
    _refuse(entries, packed)
    return entries


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files that somebody put in on purpose; none for a document that happens to be a zip."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename.replace("\\", "/").lstrip("/").lower() in DOCUMENT_PARTS for entry in entries):
        return []
    return [entry for entry in entries if not _left_behind(entry)]


def _left_behind(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    last = parts[-1].lower() if parts else ""
    return "__MACOSX" in parts or last.startswith(("~$", "._")) or last in LEFTOVERS


def _ends(entry: zipfile.ZipInfo, endings: tuple[str, ...]) -> bool:
    return entry.filename.lower().endswith(endings)


def _refuse(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("encrypted")
    if any(_ends(entry, ARCHIVE_ENDINGS) for entry in entries):
        raise UnreadableFile("archive_nested")
    if len(entries) > MOST_FILES:
        raise UnreadableFile("archive_too_many", count=len(entries), limit=MOST_FILES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * packed:
        raise UnreadableFile("zip_bomb")
    if unpacked > MOST_UNPACKED:
        raise UnreadableFile("archive_too_large", size=unpacked // MB, limit=MOST_UNPACKED // MB)


def _label(entry: zipfile.ZipInfo) -> str:
    """石家庄市/桥西区.xlsx → 石家庄市－桥西区.xlsx: the folder may say where, and no label is a path."""
    parts = [part for part in _decoded(entry).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    label = "－".join(parts)
    return "".join(letter for letter in label if letter.isprintable() and letter not in ':<>"|?*')[
        -LONGEST_LABEL:
    ]


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK and does not say so; zipfile then reads them as cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
