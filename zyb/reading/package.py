"""The parts of an .xlsx that the spreadsheet reader does not tell: merged cells, date system, far cells.

Runs in the reading process only. Sheets are searched as a stream of bytes, not parsed: a search costs a
fifth of the parsing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

_MERGED = re.compile(rb'mergeCell [^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
# Neither <c r="XFD9" s="1"/> nor <c r="XFD9" s="1"></c> is filled; both are how an empty cell with a format is written.
_FILLED = re.compile(rb'<(?:\w+:)?c [^>]{0,200}?r="([A-Z]{1,3})(\d{1,7})"[^>]{0,200}?[^/]>(?=[^<]|<[^/])')
_DIMENSION = re.compile(rb'dimension [^>]{0,200}?ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')

# Error values newer than the reader: one of them would fail its whole sheet.
_NEW_ERROR = re.compile(
    rb"<v>#(?!REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|GETTING_DATA)[A-Z_]{2,20}[!?]?</v>"
)

_BLOCK = 1 << 20
_OVERLAP = 512  # longer than any of the patterns above

Range = tuple[int, int, int, int]


class Package:
    """An .xlsx opened as the zip it is."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self._names = {part_name(name): name for name in self._archive.namelist()}
        self._workbook = self._tree("xl/workbook.xml")

    def date_1904(self) -> bool:
        """Whether days are counted from 1904, as old Macintosh files do."""
        properties = self._workbook.find("{*}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def part(self, sheet: str) -> str | None:
        """The name of the part that holds the sheet."""
        targets = {
            item.get("Id"): item.get("Target", "") for item in self._tree("xl/_rels/workbook.xml.rels")
        }
        for item in self._workbook.iterfind("{*}sheets/{*}sheet"):
            if item.get("name") == sheet:
                link = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
                target = targets.get(link, "")
                absolute = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                return self._names.get(part_name(absolute))
        return None

    def merged(self, sheet: str, most: int) -> list[Range]:
        """The merged ranges of a sheet, at most `most`."""
        found: dict[bytes, None] = {}  # ordered, and blocks overlap
        for block in self._blocks(sheet):
            if b"mergeCell " in block:
                found.update(dict.fromkeys(_MERGED.findall(block)))
            if len(found) > most:
                break
        return [_range(reference.decode()) for reference in list(found)[:most]]

    def claimed_extent(self, sheet: str) -> tuple[int, int]:
        """(rows, columns) as the head of the sheet says; (0, 0) if it says nothing."""
        head = next(self._blocks(sheet), b"")
        found = _DIMENSION.search(head[:4096])
        return (int(found[2]), column_number(found[1].decode()) + 1) if found else (0, 0)

    def filled_extent(self, sheet: str) -> tuple[int, int]:
        """(rows, columns) that reach every cell with content."""
        rows = columns = 0
        for block in self._blocks(sheet):
            for letters, number in _FILLED.findall(block):
                rows = max(rows, int(number))
                columns = max(columns, column_number(letters.decode()) + 1)
        return rows, columns

    def with_known_errors(self, path: Path, largest: int) -> bool:
        """Write a copy in which unknown error values are #N/A; False if a sheet is too large for it."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for entry in self._archive.infolist():
                if entry.file_size > largest:
                    return False
                part = self._archive.read(entry)
                is_sheet = "worksheets/" in entry.filename
                copy.writestr(entry.filename, _NEW_ERROR.sub(b"<v>#N/A</v>", part) if is_sheet else part)
        return True

    def _tree(self, part: str) -> ElementTree.Element:
        with self._archive.open(self._names[part_name(part)]) as stream:
            return ElementTree.parse(stream).getroot()

    def _blocks(self, sheet: str) -> Iterator[bytes]:
        """The XML of a sheet in blocks that overlap, so that no short pattern is cut in two."""
        part = self.part(sheet)
        if part is None:
            return
        with self._archive.open(part) as stream:
            tail = b""
            while data := stream.read(_BLOCK):
                yield tail + data
                tail = data[-_OVERLAP:]


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _range(reference: str) -> Range:
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", corner) for corner in reference.split(":"))
    assert first and last
    return int(first[2]) - 1, column_number(first[1]), int(last[2]) - 1, column_number(last[1])


def part_name(name: str) -> str:
    """As names of parts are compared: whatever the slashes and the case."""
    return str(PurePosixPath(name.replace("\\", "/").lstrip("/"))).lower()
