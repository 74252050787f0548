"""Comma, tab and semicolon separated text to columns. Runs in the reading process only."""

from __future__ import annotations

import csv
import io
from itertools import islice, zip_longest
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from zyb.inert import FORMULA, NUMBER
from zyb.numerals import column_letters

from . import cells
from .limits import Limits
from .refusals import UnreadableFile
from .workbook import Doubts, Sheet

_BATCH = 50_000  # rows held as Python lists at a time
_SAMPLE_LINES = 50


def read_delimited(path: Path, limits: Limits) -> Sheet:
    """The whole text as one sheet without a name."""
    text = decoded(path.read_bytes())
    csv.field_size_limit(limits.max_cell_chars)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    batches: list[list[pa.Array]] = []
    rows = 0
    try:
        while batch := list(islice(reader, _BATCH)):
            batches.append(_columns(batch, limits))
            rows += len(batch)
            if rows > limits.max_rows:
                break  # the caller refuses it; no need to read on
    except csv.Error as error:
        # Nearly always a quotation mark without its partner, which swallows the rest of the file.
        row = rows + 1 if reader.line_num == 0 else reader.line_num
        raise UnreadableFile("line_too_long", line=row, limit=limits.max_cell_chars) from error
    table = cells.placed(_joined(batches), 0)
    return Sheet("", False, table, doubts=Doubts(unclear=tuple(cells.unclear(table)[: limits.faults])))


def decoded(data: bytes) -> str:
    """UTF-16 with its mark, UTF-8, then GB18030; strict, because a wrong guess would corrupt names silently."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_readable(text):
            return text
    raise UnreadableFile("unknown_encoding")


def _is_readable(text: str) -> bool:
    """Binary data sometimes decodes: text holds next to no control and no private characters."""
    head = text[:20_000]
    odd = sum((char < " " and char not in "\t\r\n") or "\ue000" <= char <= "\uf8ff" for char in head)
    return odd <= len(head) // 200


def delimiter(text: str) -> str:
    """Tab, comma or semicolon: the one that the most of the first lines hold; a tie goes to the more frequent."""
    lines = list(islice(io.StringIO(text[:262_144]), _SAMPLE_LINES))
    weights = {
        mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
        for mark in ("\t", ",", ";")
    }
    return max(weights, key=lambda mark: weights[mark])


def _columns(batch: list[list[str]], limits: Limits) -> list[pa.Array]:
    width = max(map(len, batch))
    if width > limits.max_columns:  # only blanks may stand further to the right
        width = max(_filled(row) for row in batch)
        batch = [row[:width] for row in batch]
    if width > limits.max_columns:
        column = column_letters(width - 1)
        raise UnreadableFile("too_many_columns", sheet="文本", column=column, limit=limits.max_columns)
    turned = zip_longest(*batch) if width else [(None,) * len(batch)]
    return [cells.cleaned(_originals(pa.array(column, pa.string()))) for column in turned]


def _originals(column: pa.Array) -> pa.Array:
    """Without what protects a text in a CSV: ="0012", or the apostrophe of `zyb.inert.original`."""
    if cells.holds(column, b'="'):
        guarded = pc.match_substring_regex(column, '^="[^"]*"$')
        bare = pc.replace_substring_regex(column, '^="([^"]*)"$', r"\1")
        column = pc.if_else(guarded, bare, column)
    if not cells.holds(column, b"'"):
        return column
    rest = pc.utf8_slice_codeunits(column, 1)
    is_marked = pc.and_(pc.starts_with(column, "'"), pc.match_substring_regex(rest, f"^{FORMULA}"))
    is_marked = pc.and_not(is_marked, pc.match_substring_regex(rest, f"^{NUMBER}$"))
    return pc.if_else(is_marked, rest, column)


def _filled(row: list[str]) -> int:
    return next((index for index in range(len(row), 0, -1) if row[index - 1]), 0)


def _joined(batches: list[list[pa.Array]]) -> list[pa.Array]:
    """One array a column; a batch with fewer columns is blank there."""
    width = max(map(len, batches), default=0)
    return [
        pa.concat_arrays(
            [
                batch[index] if index < len(batch) else pa.nulls(len(batch[0]), pa.string())
                for batch in batches
            ]
        )
        for index in range(width)
    ]
