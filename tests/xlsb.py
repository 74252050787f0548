"""A writer of .xlsb, for tests only: nothing in Python writes the format, and officials send it.

The parts are those of [MS-XLSB]: records of type, length and data; text is UTF-16 with its length before it.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Sequence

from tests.reading.files import zipped

Merged = Iterable[tuple[int, int, int, int]]

BLANK, REAL, TRUTH, INLINE, SHARED = 1, 5, 4, 6, 7
PLAIN, DAY = 0, 1  # styles: the second shows a number as a date
EPOCH = dt.date(1899, 12, 30)
TYPES = "application/vnd.ms-excel"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsb(
    rows: Sequence[Sequence[object]], name: str = "Sheet1", merged: Merged = (), shared: bool = True
) -> bytes:
    """A workbook of one sheet; text in the table of shared strings as Excel writes it, or in the cells."""
    strings: dict[str, int] = {}
    sheet = _sheet(rows, tuple(merged), strings if shared else None)
    parts = {"workbook": _workbook(name), "styles": _styles(), "worksheets/sheet1": sheet}
    kinds = {
        "workbook": "sheet.binary.macroEnabled.main",
        "styles": "styles",
        "worksheets/sheet1": "worksheet",
    }
    if shared:
        parts["sharedStrings"], kinds["sharedStrings"] = _strings(strings), "sharedStrings"
    types = "".join(f'<Override PartName="/xl/{p}.bin" ContentType="{TYPES}.{k}"/>' for p, k in kinds.items())
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kinds[part]}" Target="{part}.bin"/>'
        for n, part in enumerate(
            ("worksheets/sheet1", *(p for p in parts if "/" not in p and p != "workbook")), 1
        )
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    root = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/>'
    return zipped({
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>',
        "xl/_rels/workbook.bin.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        **{f"xl/{part}.bin": data for part, data in parts.items()},
    })  # fmt: skip


def _record(kind: int, data: bytes = b"") -> bytes:
    return _number(kind) + _number(len(data)) + data


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    found = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        found.append(low | (0x80 if value else 0))
        if not value:
            return bytes(found)


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _workbook(name: str) -> bytes:
    sheet = struct.pack("<II", 0, 1) + _text("rId1") + _text(name)
    inside = _record(153, bytes(12)) + _record(143) + _record(156, sheet) + _record(144)
    return _record(131) + inside + _record(132)


def _styles() -> bytes:
    formats = b"".join(_record(47, struct.pack("<HH", 0, shown) + bytes(12)) for shown in (0, 14))
    return _record(278) + _record(617, struct.pack("<I", 2)) + formats + _record(618) + _record(279)


def _strings(strings: dict[str, int]) -> bytes:
    items = b"".join(_record(19, b"\0" + _text(text)) for text in strings)
    return _record(159, struct.pack("<II", len(strings), len(strings))) + items + _record(160)


def _sheet(
    rows: Sequence[Sequence[object]], merged: tuple[tuple[int, ...], ...], strings: dict[str, int] | None
) -> bytes:
    width = max((len(row) for row in rows), default=1)
    body = b"".join(
        _record(0, struct.pack("<II", number, 0) + bytes(9))
        + b"".join(_cell(column, value, strings) for column, value in enumerate(row))
        for number, row in enumerate(rows)
    )
    ranges = b"".join(
        _record(176, struct.pack("<IIII", top, bottom, left, right)) for top, left, bottom, right in merged
    )
    held = _record(177, struct.pack("<I", len(merged))) + ranges + _record(178) if merged else b""
    size = _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(width - 1, 0)))
    return _record(129) + size + _record(145) + body + _record(146) + held + _record(130)


def _cell(column: int, value: object, strings: dict[str, int] | None) -> bytes:
    def cell(kind: int, data: bytes = b"", style: int = PLAIN) -> bytes:
        return _record(kind, struct.pack("<II", column, style) + data)

    if value is None or value == "":
        return cell(BLANK)
    if isinstance(value, bool):
        return cell(TRUTH, bytes([value]))
    if isinstance(value, dt.date):
        return cell(REAL, struct.pack("<d", (value - EPOCH).days), DAY)
    if isinstance(value, int | float):
        return cell(REAL, struct.pack("<d", value))
    if strings is None:
        return cell(INLINE, _text(str(value)))
    return cell(SHARED, struct.pack("<I", strings.setdefault(str(value), len(strings))))
