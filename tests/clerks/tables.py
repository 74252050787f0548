"""A table as columns under tiers of headings, turned into the cells of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tests.clerks.books import Sheet


@dataclass
class Column:
    """Headings from the upper tier down, and a cell for each line of the table."""

    path: tuple[str, ...]
    cells: list[object]
    total: object = None
    role: str = ""


@dataclass
class Look:
    """What happens to a table's cells beside its figures."""

    total_label: str = ""
    """Empty: no total."""
    total_first: bool = False
    total_in_serial: bool = True
    """The label stands in the first column, over the serial number."""
    merged_total: bool = True
    merged_headings: bool = True
    repeat_every: int = 0
    transposed: bool = False
    halves: bool = False
    """The lower half of the lines beside the upper one."""


def _heading_rows(
    columns: Sequence[Column], merged: bool
) -> tuple[list[list[object]], list[tuple[int, ...]]]:
    depth = max(len(column.path) for column in columns)
    rows: list[list[object]] = [[None] * len(columns) for _ in range(depth)]
    merges: list[tuple[int, ...]] = []
    for at, column in enumerate(columns):
        for tier, words in enumerate(column.path):
            rows[tier][at] = words
        if len(column.path) == 1 and depth > 1:
            merges.append((0, at, depth - 1, at))
    if depth > 1:
        start = 0
        keyed = groupby(columns, key=lambda column: column.path[0] if len(column.path) > 1 else id(column))
        for _, group in keyed:
            width = len(list(group))
            if width > 1:
                merges.append((0, start, 0, start + width - 1))
                for at in range(start + 1, start + width):
                    rows[0][at] = None
            start += width
    if not merged:  # the group's words are repeated or stand over its first column alone
        merges = []
    return rows, merges


def _total_row(columns: Sequence[Column], look: Look) -> tuple[list[object], tuple[int, int] | None]:
    row = [column.total for column in columns]
    names = [at for at, column in enumerate(columns) if column.role in ("serial", "region", "county", "name")]
    first = names[0] if names else 0
    at = first if look.total_in_serial else next(
        (at for at in names if columns[at].role != "serial"), first
    )  # fmt: skip
    row[at] = look.total_label
    if (
        look.merged_total
        and at == first
        and len(names) > 1
        and names[1] == first + 1
        and row[names[1]] is None
    ):
        return row, (first, names[1])
    return row, None


def laid_out(columns: Sequence[Column], look: Look) -> Sheet:
    """Headings, lines and total; no title yet."""
    if look.halves:
        return _side_by_side(columns, look)
    sheet = Sheet("")
    headings, merges = _heading_rows(columns, look.merged_headings)
    sheet.rows += headings
    sheet.merged += [(a, b, c, d) for a, b, c, d in merges]
    body = [[column.cells[at] for column in columns] for at in range(len(columns[0].cells))]
    total, joined = _total_row(columns, look) if look.total_label else (None, None)

    def add_total() -> None:
        if total is not None:
            if joined:
                sheet.merged.append((len(sheet.rows), joined[0], len(sheet.rows), joined[1]))
            sheet.rows.append(total)

    if look.total_first:
        add_total()
    for at, row in enumerate(body):
        if look.repeat_every and at and at % look.repeat_every == 0:
            sheet.merged += [
                (a + len(sheet.rows), b, c + len(sheet.rows), d)
                for a, b, c, d in sheet.merged
                if c < len(headings)
            ]
            sheet.rows += [list(row) for row in headings]
        sheet.rows.append(row)
    if not look.total_first:
        add_total()
    return _transposed(sheet) if look.transposed else sheet


def _side_by_side(columns: Sequence[Column], look: Look) -> Sheet:
    count = len(columns[0].cells)
    upper = -(-count // 2)
    left = [Column(column.path, column.cells[:upper], None, column.role) for column in columns]
    right = [
        Column(column.path, column.cells[upper:] + [None] * (2 * upper - count), None, column.role)
        for column in columns
    ]
    first, second = (laid_out(side, Look(merged_headings=look.merged_headings)) for side in (left, right))
    if look.total_label:
        second.rows.append(_total_row(columns, look)[0])
        first.rows.append([None] * len(columns))
    shift = len(columns)
    rows = [one + other for one, other in zip(first.rows, second.rows, strict=True)]
    merged = first.merged + [(a, b + shift, c, d + shift) for a, b, c, d in second.merged]
    return Sheet("", rows, merged)


def _transposed(sheet: Sheet) -> Sheet:
    width = sheet.width
    rows = [[row[at] if at < len(row) else None for row in sheet.rows] for at in range(width)]
    return Sheet("", rows, [(b, a, d, c) for a, b, c, d in sheet.merged])


@dataclass
class Page:
    """What stands around a table on its sheet."""

    above: list[list[object]] = field(default_factory=list)
    below: list[list[object]] = field(default_factory=list)
    down: int = 0
    right: int = 0
    gap: int = 0
    """Blank rows between the table and what stands below."""
    merged_lines: bool = True


def on_page(table: Sheet, page: Page, name: str) -> Sheet:
    """The table with its title, lines and notes."""
    height, width = len(page.above), max(table.width, 2)
    merged = [(a + height, b, c + height, d) for a, b, c, d in table.merged]
    rows = [*page.above, *table.rows, *([[]] * page.gap), *page.below]
    if page.merged_lines:
        merged += [(at, 0, at, width - 1) for at, row in enumerate(page.above) if len(row) == 1]
    sheet = Sheet(name, [list(row) for row in rows], merged, {at + height for at in table.hidden_rows})
    if table.listed:
        a, b, c, d = table.listed
        sheet.listed = (a + height, b, c + height, d)
    sheet.moved(page.down, page.right)
    return sheet
