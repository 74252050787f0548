"""Columns of cells as canonical text.

Most columns need nothing. A look at a column's raw bytes costs a thousandth of the work on its values
and tells whether a slower step has anything to do.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zyb import letters

# Invisible on the screen, fatal to comparisons.
# Tab and line feed stay: headings are wrapped by hand.
_INVISIBLE = f"[\x00-\x08\x0b-\x1f\x7f-\x9f{letters.UNSEEN}]"
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})
_LEAD_BYTES = (b"\xc2", b"\xd8\x9c", b"\xe1\xa0\x8e", b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf", b"\xef\xbf")

# The reader writes a time of day as a moment of the day before Excel's first.
_TIME_ONLY = "1899-12-31 "


def cleaned(column: pa.Array) -> pa.Array:
    """The text without invisible characters; blank (empty or only spaces) is null."""
    data = _data(column)
    if _may_hold_invisible(data):
        column = pc.replace_substring_regex(column, _INVISIBLE, "")
    blank = pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
    if pc.any(blank).as_py():
        column = pc.if_else(blank, pa.scalar(None, pa.string()), column)
    return column


def canonical(column: pa.Array) -> pa.Array:
    """A column as the spreadsheet reader hands it over, in the product's spelling.

    Dates lose a midnight nobody wrote, times the day nobody wrote; truth values are spelt as Excel
    shows them. The reader has given all values as text, so the same words typed by a person are
    spelt alike.
    """
    data = _data(column)
    if _holds(data, _TIME_ONLY.encode()):
        bare = pc.utf8_slice_codeunits(column, len(_TIME_ONLY))
        column = pc.if_else(pc.starts_with(column, _TIME_ONLY), bare, column)
    if _holds(data, b" 00:00:00"):
        midnight = pc.match_substring_regex(column, r"^\d{4}-\d\d-\d\d 00:00:00$")
        column = pc.if_else(midnight, pc.utf8_slice_codeunits(column, 0, 10), column)
    for word, spelling in (("true", "TRUE"), ("false", "FALSE"), ("-0", "0")):
        if _holds(data, word.encode()):
            column = pc.if_else(pc.equal(column, word), spelling, column)
    return cleaned(column)


def rounded_fractions(column: pa.Array) -> pa.Array | None:
    """Where the reader may have cut a fraction after nine decimals; None if nowhere."""
    if b"." not in _data(column):
        return None
    cut = pc.match_substring_regex(column, r"^-?\d+\.\d{9}$")
    return cut if pc.any(cut).as_py() else None


def restored_fractions(column: pa.Array, cut: pa.Array, numbers: pa.Array) -> pa.Array:
    """The cut fractions in their shortest exact spelling, e.g. 0.333333333 as 0.3333333333333333.

    A text "0.333333333" equals its number and stays as it was typed.
    """
    written = pc.cast(pc.if_else(cut, column, None), pa.float64())
    return pc.if_else(pc.equal(written, numbers), column, pc.cast(numbers, pa.string())).fill_null(column)


def unclear(table: pa.Table) -> list[tuple[int, int]]:
    """Cells that are 2024.1 and nothing else: January, or an October whose zero a number does not keep."""
    found = []
    for index, column in enumerate(table.columns):
        if any(holds(chunk, b".1") for chunk in column.chunks):
            rows = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, r"^20\d\d\.1$"), False))
            found += [(row, index) for row in rows.to_pylist()]
    return found


def corrected(table: pa.Table, texts: dict[tuple[int, int], str]) -> pa.Table:
    """The table with other texts in these cells."""
    columns = table.columns
    for index in {column for _, column in texts if column < len(columns)}:
        cells = columns[index].to_pylist()
        for (row, column), text in texts.items():
            if column == index and row < len(cells):
                cells[row] = text
        columns[index] = pa.array(cells, pa.string())
    return pa.table(columns, names=table.column_names) if texts else table


def last_filled(column: pa.Array) -> int:
    """Index of the last cell that is not null, or -1."""
    if column.null_count == 0:
        return len(column) - 1
    last = pc.max(pc.indices_nonzero(pc.is_valid(column))).as_py()
    return -1 if last is None else int(last)


def placed(columns: list[pa.Array], left: int) -> pa.Table:
    """The columns as c0, c1, …, moved right by `left` blank ones, without blank rows and columns at the end."""
    rows = 1 + max((last_filled(column) for column in columns), default=-1)
    while columns and columns[-1].null_count == len(columns[-1]):
        columns = columns[:-1]
    blank = [pa.nulls(rows, pa.string())] * (left if columns else 0)
    trimmed = blank + [column.slice(0, rows) for column in columns]
    return pa.table(trimmed, names=[f"c{index}" for index in range(len(trimmed))])


def longer_than(column: pa.Array, characters: int) -> int | None:
    """Index of the first cell with more characters, or None."""
    longest = pc.max(pc.binary_length(column)).as_py() or 0
    if longest <= characters:  # bytes are never fewer than characters
        return None
    found = pc.index(pc.greater(pc.utf8_length(column), characters), True).as_py()
    return None if found < 0 else int(found)


def _data(column: pa.Array) -> bytes:
    """The bytes of all values, one after the other."""
    buffer = column.buffers()[2]
    return b"" if buffer is None else buffer.to_pybytes()


def _may_hold_invisible(data: bytes) -> bool:
    return len(data.translate(None, _CONTROLS)) != len(data) or any(
        _holds(data, lead) for lead in _LEAD_BYTES
    )


def holds(column: pa.Array, *words: bytes) -> bool:
    """Whether any of the words occurs in any value."""
    data = _data(column)
    return any(_holds(data, word) for word in words)


def _holds(data: bytes, word: bytes) -> bool:
    """Whether the word occurs; a search for a single byte, which is often missing, is much the quicker one."""
    return all(word[place : place + 1] in data for place in range(len(word))) and word in data
