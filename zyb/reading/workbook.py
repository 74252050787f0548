"""A workbook as plain cells: what every other module sees of an uploaded file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

Range = tuple[int, int, int, int]
ErrorCell = tuple[int, int, str]
CellPlace = tuple[int, int]
CellText = tuple[int, int, str]


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """Cells whose text is not all that there is to know, as (row, column) from zero.

    `unsaved` have a formula whose result was not saved, `unclear` are 2024.1 and may have been typed 2024.10. `rows` and
    `columns` are hidden, by a filter or by somebody; `struck` cells are crossed out. `shown` have a number with something
    around it that its format prints: the prefix, 1 and the suffix (“1%”, “1（预计）”). `comments` hang on cells.
    """

    unsaved: tuple[CellPlace, ...] = ()
    unclear: tuple[CellPlace, ...] = ()
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    struck: tuple[CellPlace, ...] = ()
    shown: tuple[CellText, ...] = ()
    comments: tuple[CellText, ...] = ()

    def of_rows(self, first: int, last: int) -> Doubts:
        """Those of the rows from `first` up to `last`; hidden columns are so in all rows."""
        return Doubts(
            unsaved=tuple(cell for cell in self.unsaved if first <= cell[0] < last),
            unclear=tuple(cell for cell in self.unclear if first <= cell[0] < last),
            rows=tuple(row for row in self.rows if first <= row < last),
            columns=self.columns,
            struck=tuple(cell for cell in self.struck if first <= cell[0] < last),
            shown=tuple(cell for cell in self.shown if first <= cell[0] < last),
            comments=tuple(cell for cell in self.comments if first <= cell[0] < last),
        )


@dataclass(frozen=True)
class Moved:
    """Where rows of a rearranged sheet, from `row` on, stand in the official's: their first cell at `top`, `left`.

    `turned` rows are the official's columns.
    """

    row: int
    top: int
    left: int = 0
    turned: bool = False


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet as text.

    `table` has the columns c0, c1, … of strings; its row 0 is row 1 of the sheet and c0 is column A,
    so positions can be named to the person who wrote them. A blank cell is null; blank rows and columns
    at the end are cut off. `merged` holds (first row, first column, last row, last column), `faults` the
    cells with Excel's error values as (row, column, "#REF!"); both count from zero.
    """

    name: str
    hidden: bool
    table: pa.Table
    merged: tuple[Range, ...] = ()
    faults: tuple[ErrorCell, ...] = ()
    doubts: Doubts = Doubts()

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Row and column in the official's own sheet."""
        return row, column

    @property
    def turned(self) -> bool:
        """Whether its rows are the official's columns."""
        return False

    @property
    def n_rows(self) -> int:
        return int(self.table.num_rows)

    @property
    def n_cols(self) -> int:
        return int(self.table.num_columns)

    def rows(self, start: int = 0, stop: int | None = None) -> list[list[str]]:
        """Rows start…stop as lists of equal length, '' where a cell is blank."""
        start, stop, _ = slice(start, stop).indices(self.n_rows)
        part = self.table.slice(start, max(stop - start, 0))
        columns = [[value or "" for value in column.to_pylist()] for column in part.columns]
        return [list(row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True)
class RearrangedSheet(Sheet):
    """A sheet that was rearranged to be understood. `moved` tells where its rows stand in the official's; `own` where
    single cells do that have lost their row."""

    moved: tuple[Moved, ...] = ()
    own: Mapping[CellPlace, CellPlace] = field(default_factory=dict, compare=False)

    def place(self, row: int, column: int) -> tuple[int, int]:
        if (row, column) in self.own:
            return self.own[row, column]
        piece = next((one for one in reversed(self.moved) if one.row <= row), None)
        if piece is None:
            return row, column
        if piece.turned:
            return piece.top + column, piece.left + row - piece.row
        return piece.top + row - piece.row, piece.left + column

    @property
    def turned(self) -> bool:
        return any(piece.turned for piece in self.moved)


@dataclass(frozen=True)
class Workbook:
    """`format` is what the content is (xlsx, xlsb, xls, ods, text), whatever the file is called."""

    format: str
    sheets: tuple[Sheet, ...]
    date_1904: bool = False
