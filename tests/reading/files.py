"""Files as people send them, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt

Rows = Sequence[Sequence[Any]]

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def xlsx(*sheets: Rows, prepare: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """A workbook of openpyxl with the sheets 表1, 表2, …; `prepare` may change it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    if prepare:
        prepare(book)
    return saved(book)


def xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    return saved(book)


def ods(table: str) -> bytes:
    """An OpenDocument spreadsheet around the XML of one table."""
    names = " ".join(f'xmlns:{short}="{_NAMESPACE.format(short)}"' for short in ("office", "table", "text"))
    content = f"<office:document-content {names}><office:body><office:spreadsheet>{table}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_NAMESPACE.format("manifest")}"/>',
        }
    )


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with bytes of one part exchanged."""
    parts: dict[str, str | bytes] = dict(unzipped(content))
    before = parts[part]
    assert isinstance(before, bytes)
    assert old in before
    parts[part] = before.replace(old, new)
    return zipped(parts)
