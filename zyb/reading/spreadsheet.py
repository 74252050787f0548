"""Workbooks (.xlsx, .xlsb, .xls, .ods) to columns of text. Runs in the reading process only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import fastexcel
import pyarrow as pa
import python_calamine

from zyb.numerals import column_letters

from . import cells
from .binary import BinaryPackage
from .limits import MB, Limits
from .package import BesideTheCells, Package
from .refusals import UnreadableFile
from .workbook import CellPlace, ErrorCell, Range, Sheet

_ERROR_VALUES = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#DATA!",
}
_ERROR_DETAIL = re.compile(r"'Error\((\w+)\)'")
# The days that Excel may mean by a number: from 1954 to 2119.
FIRST_SERIAL, PAST_SERIALS = 20_000, 80_000
EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LIKE_OCTOBER = re.compile(r"20\d\d\.1")
_LARGEST_REWRITE = 64 * MB  # a sheet is held in memory while it is rewritten


class Spreadsheet:
    """A workbook on disk, opened by the readers that fit its format."""

    def __init__(self, path: Path, kind: str, limits: Limits) -> None:
        self._path, self._kind, self._limits = path, kind, limits
        self._reader = fastexcel.read_excel(path)
        self._package = Package(path) if kind == "xlsx" else None
        self.names: list[str] = self._reader.sheet_names
        self.date_1904 = self._package is not None and self._package.date_1904()
        if not self.names:
            raise UnreadableFile("no_sheet")
        if len(self.names) > limits.max_sheets:
            raise UnreadableFile("too_many_sheets", count=len(self.names), limit=limits.max_sheets)

    def sheets(self) -> Iterator[Sheet]:
        """The sheets one by one, so that only one need be in memory."""
        with ThreadPoolExecutor(1) as pool:  # the search for what is beside the cells uses the second core
            for position, name in enumerate(self.names):
                self._refuse_far_cells(name)
                beside = pool.submit(self._beside_the_cells, position)
                yield self._with_what_is_shown(self._sheet(position), beside.result())

    def _sheet(self, position: int) -> Sheet:
        loaded = self._load(position)
        batch, errors = loaded.to_arrow_with_errors()
        left = min((column.absolute_index for column in loaded.available_columns()), default=0)
        columns = [self._column(position, left + index, column) for index, column in enumerate(batch.columns)]
        return Sheet(
            name=self.names[position],
            hidden=loaded.visible != "visible",
            table=cells.placed(columns, left),
            faults=_faults(errors, left, self._limits.faults),
        )

    def _with_what_is_shown(self, sheet: Sheet, beside: BesideTheCells) -> Sheet:
        """Days of Chinese formats as days, 2024.1 as 2024.10 where that is shown; what else the file tells of its cells."""
        unclear = cells.unclear(sheet.table)
        texts: dict[CellPlace, str] = {}
        if self._package and (unclear or self._package.has_chinese_dates):
            numbers = self._package.numbers(sheet.name)
            texts = self._as_shown(numbers)
            unclear = [cell for cell in unclear if cell in numbers and cell not in texts]
        told = tuple(unclear[: self._limits.faults])
        doubts = replace(beside.doubts, unclear=told)
        table = cells.corrected(sheet.table, texts)
        return replace(sheet, table=table, merged=beside.merged, doubts=doubts)

    def _as_shown(self, numbers: dict[CellPlace, tuple[float, int]]) -> dict[CellPlace, str]:
        assert self._package
        found = {}
        for cell, (number, style) in numbers.items():
            if self._package.shows_day(style) and FIRST_SERIAL <= number < PAST_SERIALS:
                found[cell] = self._day(number)
            elif LIKE_OCTOBER.fullmatch(str(number)) and self._package.shows_two_decimals(style):
                found[cell] = f"{number}0"
        return found

    def _day(self, serial: float) -> str:
        """A day that Excel counts, in the spelling of the reader's other days."""
        whole = EPOCH_1904 if self.date_1904 else EPOCH_1900
        moment = whole + timedelta(days=serial)
        return f"{moment:%Y-%m-%d}" if serial == int(serial) else f"{moment:%Y-%m-%d %H:%M:%S}"

    def _load(self, position: int) -> fastexcel.ExcelSheet:
        """All values as text: typed reading fails on columns that mix numbers and words."""
        try:
            return self._reader.load_sheet(position, header_row=None, skip_rows=0, dtypes="string")
        except fastexcel.CalamineError as error:
            if "Unsupported cell error" not in str(error) or not self._repair():
                raise
            return self._load(position)

    def _repair(self) -> bool:
        """Read on from a copy without error values that the reader does not know, such as #SPILL!."""
        copy = self._path.with_stem("repaired")
        if self._package is None or copy.exists():
            return False
        if not self._package.with_known_errors(copy, _LARGEST_REWRITE):
            return False
        self._reader = fastexcel.read_excel(copy)
        return True

    def _column(self, position: int, index: int, column: pa.Array) -> pa.Array:
        cut = cells.rounded_fractions(column)
        if cut is not None:
            column = cells.restored_fractions(column, cut, self._numbers(position, index))
        return cells.canonical(column)

    def _numbers(self, position: int, index: int) -> pa.Array:
        """One column again, as exact numbers; words become null."""
        loaded = self._reader.load_sheet(
            position, header_row=None, skip_rows=0, use_columns=[index], dtypes="float"
        )
        return loaded.to_arrow().column(0)

    def _beside_the_cells(self, position: int) -> BesideTheCells:
        if self._package is None:
            return BesideTheCells(tuple(self._merged(position)))
        return self._package.beside_the_cells(self.names[position], self._limits.merged, self._limits.faults)

    def _merged(self, position: int) -> list[Range]:
        if self._kind == "xlsb":
            return BinaryPackage(self._path).merged(self.names[position], self._limits.merged)
        if self._kind != "xls":  # an .ods does not tell
            return []
        with python_calamine.CalamineWorkbook.from_path(self._path) as book:
            ranges = book.get_sheet_by_index(position).merged_cell_ranges or []
        return [(*first, *last) for first, last in ranges[: self._limits.merged]]

    def _refuse_far_cells(self, name: str) -> None:
        """The reader reserves the whole used range: one cell at XFD1048576 would ask for 549 GB."""
        if self._package is None or not self._too_wide(*self._package.claimed_extent(name)):
            return
        rows, columns = self._package.filled_extent(name)
        if self._too_wide(rows, columns):
            cell = f"{column_letters(columns - 1)}{rows}"
            raise UnreadableFile("range_too_large", sheet=name, cell=cell)

    def _too_wide(self, rows: int, columns: int) -> bool:
        return rows * columns > self._limits.max_cells


def _faults(errors: fastexcel.CellErrors | None, left: int, most: int) -> tuple[ErrorCell, ...]:
    faults: list[ErrorCell] = []
    for error in errors.errors if errors else ():
        value = _ERROR_DETAIL.search(error.detail)
        if value and len(faults) < most:
            row, column = error.offset_position
            faults.append((row, column + left, _ERROR_VALUES.get(value[1], "#ERROR!")))
    return tuple(faults)
