"""A list of any length as a workbook: written as its rows come, so that no more than a portion is in memory.

XlsxWriter makes the file with its headings, looks and page settings; the rows are put into its sheets as they come,
because cell by cell through XlsxWriter takes four times as long.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from html import escape
from itertools import islice
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.exports.marked.marks import clean
from zyb.exports.plain import CELLS_ARE_TEXT, letters, theme
from zyb.exports.statistics.house import NUMBERS, lines
from zyb.numerals import HUNDRED_PERCENT
from zyb.palette import HAIRLINE, INK, LAGGING, OFFICE_FONT, OFFICE_HEADING_FONT, SECONDARY

RowsWritten = Callable[[int, int], None]
"""Is told the rows written so far, and rows altogether."""

# Excel ends at 1,048,576; a round number is easier to talk about.
ROWS_A_SHEET = 1_000_000
ROWS_A_REPORT = 5_000  # somebody is told how far it is
HEAD_ROW = 2  # counted from 0: title, what the table is of, headings
FIRST_ROW, SUM_ROW = HEAD_ROW + 1, HEAD_ROW + 2  # samples: how a row is to look, and a sum
FIRST_DAY = date(1899, 12, 30)  # Excel's day 0
A4 = 9
HEAD_GROUND, SUM_GROUND, HEAD_LINE = "#dcebe8", "#eef4f2", 16
WIDTH_OF_PAPER = 200  # column widths that can be read on one sheet of A4
ROWS_A_WRITE = 500  # compressing is quicker in larger pieces
# Quick, and no larger than people are used to.
COMPRESSION = 5
# What is said beside the rows: a word, and what there is to say of it.
NOTES, NOTE_WIDTHS, NOTE_LINE = "说明", (16, 110), 17
FORMATS = {
    "date": 'yyyy"-"mm"-"dd', "count": "0", "percent": "0.0#####%", "share": NUMBERS["percent"],
    "growth": NUMBERS["growth"], "points": NUMBERS["points"], "number": "0.##", "decimal": "0.######",
}  # fmt: skip
STYLE = re.compile(r' s="(\d+)"')
DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')

PouredRow = tuple[Any, ...]


@dataclass(frozen=True)
class PouredColumn:
    """`kind` is a type of the ledgers' columns, or one of FORMATS; what has no format stays text."""

    title: str
    kind: str
    width: float


@dataclass(frozen=True, kw_only=True)
class PouredBook:
    """What a workbook is made of beside its rows: `total` of them, and the lines of `sums` behind the last."""

    title: str
    aside: str
    warning: str
    on: date
    sheet: str
    columns: tuple[PouredColumn, ...]
    total: int
    kept: int
    """So many columns stay in sight."""
    sums: tuple[PouredRow, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def pour(book: PouredBook, rows: Iterator[PouredRow], to: IO[bytes], progress: RowsWritten) -> None:
    """The workbook; `progress` may end it by raising."""
    told = _told(rows, progress, book.total)
    sheets = max(1, -(-book.total // ROWS_A_SHEET))
    with (
        zipfile.ZipFile(io.BytesIO(_shell(book, sheets))) as shell,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as file,
    ):
        for entry in sorted(shell.infolist(), key=_sheets_in_order):
            number = _sheet_number(entry)
            with file.open(_plain_entry(entry), "w") as part:
                if 0 < number <= sheets:
                    sums = book.sums if number == sheets else ()
                    _pour_sheet(book, part, shell.read(entry).decode(), told, sums)
                else:
                    part.write(shell.read(entry))


def _told(rows: Iterator[PouredRow], progress: RowsWritten, total: int) -> Iterator[PouredRow]:
    """The same rows; every few thousand somebody is told how far it is."""
    written = 0
    progress(written, total)
    for row in rows:
        yield row
        written += 1
        if written % ROWS_A_REPORT == 0 and written < total:
            progress(written, total)
    progress(total, total)


def _pour_sheet(
    book: PouredBook, part: IO[bytes], sheet: str, rows: Iterator[PouredRow], sums: Sequence[PouredRow]
) -> None:
    """The sheet as XlsxWriter wrote it, with the rows in the place of its samples."""
    samples = _sample(FIRST_ROW).search(sheet), _sample(SUM_ROW).search(sheet)
    first, last = samples[0] or samples[1], samples[1] or samples[0]
    if first is None or last is None:
        part.write(sheet.encode())
        return
    number = FIRST_ROW
    held = min(book.total, ROWS_A_SHEET) + len(sums)
    letter = xl_col_to_name(len(book.columns) - 1)
    dimension = f'<dimension ref="A1:{letter}{FIRST_ROW + held}"/>'
    part.write(DIMENSION.sub(dimension, sheet[: first.start()]).encode())
    if samples[0]:
        writers = _writers(book, samples[0])
        numbered = enumerate(islice(rows, ROWS_A_SHEET), FIRST_ROW + 1)
        while told := list(islice(numbered, ROWS_A_WRITE)):
            part.write("".join([_row(writers, number, row) for number, row in told]).encode())
            number = told[-1][0]
    if samples[1]:
        writers = _writers(book, samples[1])
        part.write("".join(_row(writers, n, row) for n, row in enumerate(sums, number + 1)).encode())
    part.write(sheet[last.end() :].encode())


def _sample(row: int) -> re.Pattern[str]:
    return re.compile(rf'<row r="{row + 1}"[^>]*>(.*?)</row>')


def _sheet_number(entry: zipfile.ZipInfo) -> int:
    number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry.filename)
    return int(number.group(1)) if number else 0


def _sheets_in_order(entry: zipfile.ZipInfo) -> tuple[int, str]:
    """Sheet 10 comes after sheet 9: the rows are dealt out in this order."""
    return (_sheet_number(entry), entry.filename)


def _plain_entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    plain = zipfile.ZipInfo(entry.filename, entry.date_time)
    plain.compress_type = zipfile.ZIP_DEFLATED
    return plain


# -- what XlsxWriter makes ------------------------------------------------------------------------


def _shell(book: PouredBook, sheets: int) -> bytes:
    """The workbook with headings and samples in each sheet, which show how rows and sums are to look."""
    stream = io.BytesIO()
    options = {"in_memory": True, **CELLS_ARE_TEXT, "default_format_properties": letters()}
    with xlsxwriter.Workbook(stream, options) as made:
        made.use_custom_theme(theme(OFFICE_FONT))
        made.set_properties({"title": book.title, "created": datetime.combine(book.on, time())})
        for number in range(1, sheets + 1):
            name = book.sheet if sheets == 1 else f"{book.sheet}{number}"
            _prepare(book, made, made.add_worksheet(name), is_last=number == sheets)
        if book.notes:
            _write_notes(book, made, made.add_worksheet(NOTES))
    return stream.getvalue()


def _usual() -> dict[str, object]:
    return {"font_name": OFFICE_FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"}


def _prepare(book: PouredBook, made: xlsxwriter.Workbook, sheet: Worksheet, *, is_last: bool) -> None:
    head = made.add_format(
        {**_usual(), "bold": True, "bg_color": HEAD_GROUND, "border": 1, "align": "center", "text_wrap": True}
    )
    _opening(book, made, sheet)
    for place, column in enumerate(book.columns):
        look = {**_usual(), "border": 1, "border_color": HAIRLINE, **_look(column)}
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEAD_ROW, place, column.title, head)
        if book.total:
            sheet.write_blank(FIRST_ROW, place, None, made.add_format(look))
        if book.sums and is_last:
            of_sum = {**look, "bold": True, "bg_color": SUM_GROUND}
            sheet.write_blank(SUM_ROW, place, None, made.add_format(of_sum))
    sheet.set_row(HEAD_ROW, HEAD_LINE * max(lines(one.title, one.width - 1) for one in book.columns) + 8)
    sheet.freeze_panes(FIRST_ROW, min(book.kept, len(book.columns)))
    # A sum is no row: sorted and filtered, it stays where it is.
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(min(book.total, ROWS_A_SHEET), 1), len(book.columns) - 1)
    _paper(book, sheet)


def _opening(book: PouredBook, made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    title = made.add_format({**_usual(), "font_name": OFFICE_HEADING_FONT, "font_size": 16})
    colour = LAGGING if book.warning else SECONDARY
    sheet.write_string(0, 0, book.title, title)
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, book.aside, made.add_format({**_usual(), "font_size": 10, "font_color": colour}))
    sheet.set_row(1, 20)


def _paper(book: PouredBook, sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(math.ceil(sum(column.width for column in book.columns) / WIDTH_OF_PAPER), 0)
    sheet.repeat_rows(HEAD_ROW)
    if book.warning:
        sheet.set_header(f"&R{book.warning.replace('&', '&&')}")
    sheet.set_footer(f"&L{book.title.replace('&', '&&')}&C第 &P 页　共 &N 页")


def _look(column: PouredColumn) -> Mapping[str, object]:
    if column.kind in FORMATS:
        return {"num_format": FORMATS[column.kind], "align": "center"}
    # Codes stay what they are, whoever edits them.
    return {"num_format": "@", "align": "left" if column.kind == "text" else "center"}


def _write_notes(book: PouredBook, made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    title = made.add_format({**_usual(), "font_name": OFFICE_HEADING_FONT, "font_size": 16})
    word = made.add_format({**_usual(), "bold": True, "valign": "top", "bottom": 1, "bottom_color": HAIRLINE})
    said = made.add_format(
        {**_usual(), "text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": HAIRLINE}
    )
    sheet.write_string(0, 0, f"{book.title}　{NOTES}", title)
    sheet.set_row(0, 30)
    for place, width in enumerate(NOTE_WIDTHS):
        sheet.set_column(place, place, width)
    for row, (name, text) in enumerate(book.notes, 1):
        sheet.write_string(row, 0, clean(name), word)
        sheet.write_string(row, 1, clean(text), said)
        sheet.set_row(row, NOTE_LINE * lines(text, NOTE_WIDTHS[1]) + 5)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if book.warning:
        sheet.set_header(f"&R{book.warning.replace('&', '&&')}")


# -- cells as XML ---------------------------------------------------------------------------------

CellWriter = Callable[[int, Any], str]


def _writers(book: PouredBook, sample: re.Match[str]) -> list[CellWriter]:
    styles = STYLE.findall(sample.group(1))
    each = enumerate(zip(book.columns, styles, strict=True))
    return [_writer(column, place, style) for place, (column, style) in each]


def _writer(column: PouredColumn, place: int, style: str) -> CellWriter:
    """Writes one column's cells. A text stays a text, whatever it begins with: there is no other way in."""
    begin, empty = f'<c r="{xl_col_to_name(place)}', f'" s="{style}"/>'
    text, number = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">', f'" s="{style}"><v>'
    share_of = HUNDRED_PERCENT if column.kind == "percent" else 1

    def write(row: int, value: Any) -> str:
        if value is None or value == "":
            return f"{begin}{row}{empty}"
        if isinstance(value, str):
            return f"{begin}{row}{text}{_safe(value)}</t></is></c>"
        if isinstance(value, date):
            value = (value - FIRST_DAY).days
        elif isinstance(value, Fraction) or share_of > 1:
            value = repr(float(value / share_of))
        return f"{begin}{row}{number}{value}</v></c>"

    return write


def _row(writers: Sequence[CellWriter], number: int, row: PouredRow) -> str:
    cells = "".join([write(number, value) for write, value in zip(writers, row, strict=True)])
    return f'<row r="{number}">{cells}</row>'


@lru_cache(maxsize=50_000)
def _safe(text: str) -> str:
    return escape(clean(text), quote=False)
