"""What the readers do not tell about an .xlsb: which cells are merged. Runs in the reading process.

The parts are records of type, length and data ([MS-XLSB]). Only the small part about the workbook is walked record by
record; in a sheet the list of merged ranges, which stands behind the cells, is searched for by its first bytes.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from .workbook import Range

_SHEET = 156  # a record of the workbook: state, number, relation, name
# The head of the list with the number of ranges, then the first range. Chance hits in a cell do not add up to it.
_LIST = re.compile(rb"\xb1\x01\x04(....)\xb0\x01\x10", re.DOTALL)
_RANGE = struct.Struct("<3s4I")
_RANGE_HEAD = b"\xb0\x01\x10"
_BLOCK = 1 << 20
_OVERLAP = 16


class BinaryPackage:
    """An .xlsb opened as the zip it is."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        links = ElementTree.fromstring(self._archive.read("xl/_rels/workbook.bin.rels"))
        targets = {link.get("Id", ""): link.get("Target", "") for link in links}
        self._parts = {name: _part(targets.get(link, "")) for link, name in self._sheets()}

    def merged(self, sheet: str, most: int) -> list[Range]:
        """The merged ranges of a sheet, at most `most`."""
        part = self._parts.get(sheet)
        if part not in self._archive.namelist():
            return []
        with self._archive.open(str(part)) as stream:
            block = b""
            while data := stream.read(_BLOCK):
                block, place = block[-_OVERLAP:] + data, 0
                while found := _LIST.search(block, place):
                    number = min(struct.unpack("<I", found[1])[0], most)
                    start, size = found.start() + 7, number * _RANGE.size
                    if start + size > len(block):
                        block += stream.read(start + size - len(block))
                    ranges = list(_ranges(block[start : start + size]))
                    if len(ranges) == number > 0:
                        return ranges
                    place = found.end()
        return []

    def _sheets(self) -> Iterator[tuple[str, str]]:
        """Relation and name of every sheet."""
        for kind, data in _records(self._archive.read("xl/workbook.bin")):
            if kind == _SHEET:
                link, after = _text(data, 8)
                yield link, _text(data, after)[0]


def _ranges(data: bytes) -> Iterator[Range]:
    for head, top, bottom, left, right in _RANGE.iter_unpack(data[: len(data) - len(data) % _RANGE.size]):
        if head == _RANGE_HEAD:
            yield top, left, bottom, right


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(data):
        kind, place = _number(data, place)
        length, place = _number(data, place)
        yield kind, data[place : place + length]
        place += length


def _number(data: bytes, place: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first, as long as the eighth is set; and where it ends."""
    found = shift = 0
    while True:
        byte = data[place]
        found |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return found, place


def _text(data: bytes, place: int) -> tuple[str, int]:
    """Text with its length before it, and where it ends."""
    end = place + 4 + 2 * int.from_bytes(data[place : place + 4], "little")
    return data[place + 4 : end].decode("utf-16-le"), end


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
