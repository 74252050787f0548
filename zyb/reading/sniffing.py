"""What a file is by its content, and whether it is safe to hand to a parser.

Only cheap looks happen here, in the server's own process: at signatures, at the zip directory and at
the first bytes of each part. Nothing is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from .compound import WORKBOOK_STREAMS, directory, own_names
from .limits import MB, Limits
from .refusals import UnreadableFile

# A cell of text or of an .xls takes a quarter of the bytes that it takes in XML.
_XML_PER_BYTE = 4

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"PK\x05\x06", "broken_zip"),
    (b"PK\x07\x08", "broken_zip"),
    (b"\x09\x00\x04\x00", "old_excel"),
    (b"\x09\x02\x06\x00", "old_excel"),
    (b"\x09\x04\x06\x00", "old_excel"),
    (b"\x09\x08\x08\x00", "old_excel"),
    (b"{\\rtf", "word"),
)

# The part that tells what kind of document a zip holds.
_ZIP_KINDS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "slides"),
    ("ofd.xml", "ofd"),
)

# Of a workbook's main part, whatever it is called.
_MAIN_TYPES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"ms-excel\.sheet\.binary\.macroenabled\.main", re.IGNORECASE), "xlsb"),
    (
        re.compile(
            rb"(?:spreadsheetml|ms-excel)\.(?:sheet|template)(?:\.macroenabled)?\.main", re.IGNORECASE
        ),
        "xlsx",
    ),
)


@dataclass(frozen=True)
class Content:
    """A file that passed the checks: its format and its weight, in bytes of XML that take as long to read."""

    format: str
    weight: int


def sniff(content: bytes, limits: Limits) -> Content:
    """The format of the content; raises UnreadableFile for whatever is no workbook or looks harmful."""
    if not content:
        raise UnreadableFile("empty_file")
    if len(content) > limits.max_bytes:
        size = -(-len(content) // MB)
        raise UnreadableFile("too_large", size=size, limit=limits.max_bytes // MB)
    if content.startswith(b"PK\x03\x04"):
        return _zip_content(content, limits)
    if content.startswith(_OLE):
        return Content(_ole_format(content), len(content) * _XML_PER_BYTE)
    _refuse_other_signatures(content)
    _refuse_markup(content)
    _refuse_binary(content)
    return Content("text", len(content) * _XML_PER_BYTE)


def _refuse_other_signatures(content: bytes) -> None:
    for signature, code in _SIGNATURES:
        # "BM" may also begin a line of text; a bitmap has zero bytes near the start.
        if content.startswith(signature) and (len(signature) > 2 or b"\0" in content[:32]):
            raise UnreadableFile(code)


def _refuse_markup(content: bytes) -> None:
    head = _head_as_ascii(content)
    if head.startswith(b"mime-version"):
        raise UnreadableFile("mhtml")
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style", b"<div")):
        raise UnreadableFile("html")
    if head.startswith((b"<?xml", b"<workbook", b"<!doctype")):
        raise UnreadableFile("html" if b"<html" in head else "xml_2003")


def _head_as_ascii(content: bytes) -> bytes:
    """The first bytes, lower case, without byte order mark and the zero bytes of UTF-16."""
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\0", b"")
    return head.lstrip().lower()


def _refuse_binary(content: bytes) -> None:
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in content[:65536]:
        raise UnreadableFile("unknown_content")


def _ole_format(content: bytes) -> str:
    names = own_names(directory(content))
    if "encryptedpackage" in names:
        raise UnreadableFile("encrypted")
    if any(name.lower() in names for name in WORKBOOK_STREAMS):
        return "xls"
    if "worddocument" in names:
        raise UnreadableFile("word")
    if "powerpoint document" in names:
        raise UnreadableFile("slides")
    raise UnreadableFile("not_a_workbook")


def _zip_content(content: bytes, limits: Limits) -> Content:
    # zipfile keeps an object for each entry: count their signatures before it reads the directory.
    if content.count(b"PK\x01\x02") > limits.zip_entries:
        raise UnreadableFile("zip_bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            _refuse_odd_entries(entries)
            _refuse_bomb(unpacked, len(content), limits)
            kind = _zip_format(entries, archive)
            _refuse_dtd(archive, entries)
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for hostile input; all mean the same here
        raise UnreadableFile("broken_zip") from error
    return Content(kind, unpacked)


def _refuse_odd_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnreadableFile("broken_zip")
    names = [_part_name(entry) for entry in entries]
    if len(set(names)) != len(names):  # two parts of one name: each program would read another one
        raise UnreadableFile("broken_zip")


def _part_name(entry: zipfile.ZipInfo) -> str:
    return _plain(entry.filename)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse_bomb(unpacked: int, packed: int, limits: Limits) -> None:
    swollen = unpacked > limits.zip_ratio_from and unpacked > limits.zip_ratio * packed
    if swollen or unpacked > limits.zip_unpacked:
        raise UnreadableFile("zip_bomb")


def _zip_format(entries: list[zipfile.ZipInfo], archive: zipfile.ZipFile) -> str:
    names = {_part_name(entry) for entry in entries}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        return "xlsx"
    for part, code in _ZIP_KINDS:
        if part in names:
            raise UnreadableFile(code)
    if {"mimetype", "content.xml"} <= names:
        return _open_document_format(archive, names)
    if kind := _declared_format(archive, names):
        return kind
    inside = (".xlsx", ".xls", ".csv", ".et", ".xlsb", ".ods")
    raise UnreadableFile("archive" if any(name.endswith(inside) for name in names) else "not_a_workbook")


def _declared_format(archive: zipfile.ZipFile, names: set[str]) -> str:
    """What the content types say of a package whose workbook is not called as usual; blank for none."""
    if "[content_types].xml" not in names:
        return ""
    own = next(name for name in archive.namelist() if _plain(name) == "[content_types].xml")
    with archive.open(own) as part:
        types = part.read(MB)
    return next((kind for pattern, kind in _MAIN_TYPES if pattern.search(types)), "")


def _open_document_format(archive: zipfile.ZipFile, names: set[str]) -> str:
    kind = archive.open("mimetype").read(100)
    if b"opendocument.text" in kind:
        raise UnreadableFile("word")
    if b"opendocument.presentation" in kind:
        raise UnreadableFile("slides")
    if b"opendocument.spreadsheet" not in kind:
        raise UnreadableFile("not_a_workbook")
    if "meta-inf/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(MB):
                raise UnreadableFile("encrypted")
    return "ods"


def _refuse_dtd(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                # XML in UTF-16 hides the word from a plain search.
                if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                    raise UnreadableFile("xml_with_dtd")
