"""A zip of workbooks, as one city sends the files of all its counties: unpacked in memory, never onto the disk.

What is in it is as hostile as any upload: the number and size of the files are bounded before anything is
unpacked, and their names serve as labels only.
"""

from __future__ import annotations

import io
import zipfile
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


def workbooks_in(content: bytes, name: str) -> list[tuple[str, bytes]] | None:
    """The files of a zip as (label, bytes); None when the content is no zip of workbooks.

    Other files (a covering letter) come along, so that each can be told why it was not read.
    """
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _files(archive)
            if not any(_ends(entry, WORKBOOK_ENDINGS) for entry in entries):
                return None
            _refuse(entries, len(content))
            return [(_label(entry), archive.read(entry)) for entry in entries]
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for hostile input; all mean the same here
        raise UnreadableFile("broken_zip") from error


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
