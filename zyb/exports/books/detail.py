"""All rows of a list that are in force on a day, as a workbook: written as they come, whatever their number.

XlsxWriter makes the file with its headings, looks and page settings; the rows are put into its sheets
as they leave the database, because cell by cell through XlsxWriter takes four times as long.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from html import escape
from itertools import islice
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.access import Permission, Viewer, insist
from zyb.answers.drilling import open_columns
from zyb.errors import NotPossible
from zyb.exports.marked.marks import clean
from zyb.exports.plain import CELLS_ARE_TEXT, letters, theme
from zyb.exports.statistics.house import lines
from zyb.palette import HAIRLINE, INK, LAGGING, OFFICE_FONT, OFFICE_HEADING_FONT, SECONDARY
from zyb.periods import chinese_day
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger
from zyb.rulebook.regions import load_roster
from zyb.store import Edition, Store

Progress = Callable[[int, int], None]
"""Rows written so far, and rows altogether."""

# Excel ends at 1,048,576; a round number is easier to talk about.
ROWS_A_SHEET = 1_000_000
ROWS_A_REPORT = 5_000  # somebody is told how far it is
HEAD_ROW = 2  # counted from 0: title, what the table is of, headings
FIRST_ROW = HEAD_ROW + 1
FIRST_DAY = date(1899, 12, 30)  # Excel's day 0
A4 = 9
HEAD_GROUND, HEAD_LINE = "#dcebe8", 16
WIDTH_OF_PAPER = 200  # column widths that can be read on one sheet of A4
ROWS_A_WRITE = 500  # compressing is quicker in larger pieces
# Quick, and no larger than people are used to.
COMPRESSION = 5
WIDTHS = {"uscc": 22, "date": 12, "count": 9, "flag": 13, "industry": 9, "choice": 14, "text": 24}
SERIAL, REGION, COUNTY, YEAR, SNAPSHOT, FILE, SHEET, LINE = (
    "序号", "地区", "县区", "年度", "批次", "文件", "工作表", "行",
)  # fmt: skip
SAMPLE_ROW = re.compile(rf'<row r="{FIRST_ROW + 1}"[^>]*>(.*?)</row>')
STYLE = re.compile(r' s="(\d+)"')
DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')


@dataclass(frozen=True)
class _Field:
    """A column of the file. `place` is that of its value in a row from the store."""

    title: str
    kind: str
    width: float
    place: int
    names: Mapping[Any, str] | None = None


def write_detail(
    store: Store, edition: Edition, ledger: Ledger, region_code: str = "", *,
    to: Viewer, personal: bool = False, warning: str = "", progress: Progress | None = None,
) -> bytes:  # fmt: skip
    """The list of a region, or with "" of the whole province, each row with the file and line it came from.

    `NotPermitted` for whom it is not. Columns with personal data are left out unless `personal` (who may have
    them, and that they had, is for the caller to decide and record). `warning` marks invented data.
    """
    insist(to, Permission.EXPORT)
    if not ledger.is_list:
        raise NotPossible(f"《{ledger.title}》是汇总表，没有明细。", "请选择企业或案件台账。")
    return _Detail(store, edition, ledger, region_code, personal, warning).write(progress or _nobody_asks)


def detail_name(edition: Edition, ledger: Ledger, region_code: str = "", warning: str = "") -> str:
    """陕西省专项治理企业台账明细（截至2024年3月1日）.xlsx"""
    mark = "演示数据_" if warning else ""
    place = _place(edition, region_code)
    return f"{mark}{place}{ledger.title}明细（截至{chinese_day(edition.on)}）.xlsx"


def _nobody_asks(done: int, total: int) -> None:
    pass


def _place(edition: Edition, region_code: str) -> str:
    roster = load_roster(edition.province_code)
    region = roster.region(region_code) if region_code else None
    return roster.titled(region)


class _Detail:
    def __init__(
        self, store: Store, edition: Edition, ledger: Ledger, region_code: str, personal: bool, warning: str
    ) -> None:
        self.store, self.edition, self.ledger, self.warning = store, edition, ledger, warning
        self.parts = [
            (part, source)
            for part, source in edition.sources
            if part.ledger == ledger.id and region_code in ("", part.region_code)
        ]
        self.columns = list(ledger.stored) if personal else open_columns(ledger)
        self.left_out = [column.title for column in ledger.stored if column not in self.columns]
        self.title = f"{_place(edition, region_code)}{ledger.title}明细"
        self.fields = self._fields()
        self.total = store.count_in_force(ledger, self.parts)

    def _fields(self) -> list[_Field]:
        roster = load_roster(self.edition.province_code)
        counties = {county.code: county.name for county in roster.counties}
        files = {
            snapshot.id: snapshot.file_name for snapshot in self.store.snapshots(self.edition.province_code)
        }
        fields = [
            _Field(SERIAL, "count", 8, -1),
            _Field(REGION, "text", 13, 3, roster.titles),
            _Field(COUNTY, "text", 12, 4, counties),
        ]
        if self.ledger.yearly:
            fields.append(_Field(YEAR, "count", 7, 5))
        fields += [_own(column, place) for place, column in enumerate(self.columns, 6)]
        return [
            *fields,
            _Field(SNAPSHOT, "count", 8, 0),
            _Field(FILE, "text", 34, 0, files),
            _Field(SHEET, "text", 14, 1),
            _Field(LINE, "count", 8, 2),
        ]

    # -- the file -------------------------------------------------------------------------------

    def write(self, progress: Progress) -> bytes:
        names = [column.name for column in self.columns]
        portions = self.store.rows_in_force(self.ledger, self.parts, names)
        lines = _told(self._lines(row for portion in portions for row in portion), progress, self.total)
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._shell())) as shell,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as file,
        ):
            for entry in sorted(shell.infolist(), key=_sheets_in_order):
                with file.open(_plain_entry(entry), "w") as part:
                    if entry.filename.startswith("xl/worksheets/sheet"):
                        self._pour(part, shell.read(entry).decode(), lines)
                    else:
                        part.write(shell.read(entry))
        return target.getvalue()

    def _pour(self, part: IO[bytes], sheet: str, lines: Iterator[tuple[Any, ...]]) -> None:
        """The sheet as XlsxWriter wrote it, with the rows in the place of its sample row."""
        sample = SAMPLE_ROW.search(sheet)
        if sample is None:
            part.write(sheet.encode())
            return
        last = xl_col_to_name(len(self.fields) - 1)
        held = min(self.total, ROWS_A_SHEET)
        head = DIMENSION.sub(f'<dimension ref="A1:{last}{FIRST_ROW + held}"/>', sheet[: sample.start()])
        part.write(head.encode())
        styles = STYLE.findall(sample.group(1))
        writers = [
            _writer(field, place, style)
            for place, (field, style) in enumerate(zip(self.fields, styles, strict=True))
        ]
        rows = enumerate(islice(lines, ROWS_A_SHEET), FIRST_ROW + 1)
        while told := [_row(writers, number, row) for number, row in islice(rows, ROWS_A_WRITE)]:
            part.write("".join(told).encode())
        part.write(sheet[sample.end() :].encode())

    def _lines(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The values of the file's columns, with the names of places and files and a running number."""
        chosen = [(field.place, field.names) for field in self.fields[1:]]
        for number, row in enumerate(rows, 1):
            yield (
                number,
                *(
                    row[place] if names is None else names.get(row[place], row[place])
                    for place, names in chosen
                ),
            )

    # -- what XlsxWriter makes ------------------------------------------------------------------

    def _shell(self) -> bytes:
        """The workbook with headings and one empty row in each sheet, which shows how the rows are to look."""
        stream = io.BytesIO()
        options = {
            "in_memory": True, **CELLS_ARE_TEXT, "default_format_properties": letters(),
        }  # fmt: skip
        with xlsxwriter.Workbook(stream, options) as book:
            book.use_custom_theme(theme(OFFICE_FONT))
            book.set_properties({"title": self.title, "created": datetime.combine(self.edition.on, time())})
            sheets = max(1, -(-self.total // ROWS_A_SHEET))
            for number in range(1, sheets + 1):
                self._prepare(book, book.add_worksheet("明细" if sheets == 1 else f"明细{number}"))
        return stream.getvalue()

    def _prepare(self, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        usual = {"font_name": OFFICE_FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"}
        head = book.add_format(
            {
                **usual,
                "bold": True,
                "bg_color": HEAD_GROUND,
                "border": 1,
                "align": "center",
                "text_wrap": True,
            }
        )
        self._opening(book, sheet, usual)
        for place, field in enumerate(self.fields):
            look = {**usual, "border": 1, "border_color": HAIRLINE, **_look(field)}
            sheet.set_column(place, place, field.width)
            sheet.write_string(HEAD_ROW, place, field.title, head)
            if self.total:
                sheet.write_blank(FIRST_ROW, place, None, book.add_format(look))
        sheet.set_row(
            HEAD_ROW, HEAD_LINE * max(lines(field.title, field.width - 1) for field in self.fields) + 8
        )
        sheet.freeze_panes(FIRST_ROW, 4)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(min(self.total, ROWS_A_SHEET), 1), len(self.fields) - 1)
        self._paper(sheet)

    def _opening(self, book: xlsxwriter.Workbook, sheet: Worksheet, usual: Mapping[str, object]) -> None:
        title = book.add_format({**usual, "font_name": OFFICE_HEADING_FONT, "font_size": 16})
        aside = book.add_format(
            {**usual, "font_size": 10, "font_color": LAGGING if self.warning else SECONDARY}
        )
        sheet.write_string(0, 0, self.title, title)
        sheet.set_row(0, 30)
        sheet.write_string(1, 0, self._aside(), aside)
        sheet.set_row(1, 20)

    def _aside(self) -> str:
        told = [self.warning] if self.warning else []
        told.append(f"数据截至{chinese_day(self.edition.on)}各地最新批次，共{self.total}行")
        if self.left_out:
            told.append(f"不含个人信息：{'、'.join(self.left_out)}")
        return "　".join(told)

    def _paper(self, sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(math.ceil(sum(field.width for field in self.fields) / WIDTH_OF_PAPER), 0)
        sheet.repeat_rows(HEAD_ROW)
        if self.warning:
            sheet.set_header(f"&R{self.warning.replace('&', '&&')}")
        sheet.set_footer(f"&L{self.title.replace('&', '&&')}&C第 &P 页　共 &N 页")


def _own(column: Column, place: int) -> _Field:
    width = WIDTHS[column.type]
    return _Field(column.title, column.type, width, place)


def _look(field: _Field) -> dict[str, object]:
    if field.kind == "date":
        return {"num_format": 'yyyy"-"mm"-"dd', "align": "center"}
    if field.kind == "count":
        return {"num_format": "0", "align": "center"}
    # Codes stay what they are, whoever edits them.
    return {"num_format": "@", "align": "left" if field.kind == "text" else "center"}


def _sheets_in_order(entry: zipfile.ZipInfo) -> tuple[int, str]:
    """Sheet 10 comes after sheet 9: the rows are dealt out in this order."""
    number = re.search(r"sheet(\d+)\.xml$", entry.filename)
    return (int(number.group(1)) if number else 0, entry.filename)


def _plain_entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    plain = zipfile.ZipInfo(entry.filename, entry.date_time)
    plain.compress_type = zipfile.ZIP_DEFLATED
    return plain


def _told(lines: Iterator[tuple[Any, ...]], progress: Progress, total: int) -> Iterator[tuple[Any, ...]]:
    """The same lines; every few thousand somebody is told how far it is."""
    written = 0
    progress(written, total)
    for line in lines:
        yield line
        written += 1
        if written % ROWS_A_REPORT == 0 and written < total:
            progress(written, total)
    progress(total, total)


# -- cells as XML ---------------------------------------------------------------------------------


def _writer(field: _Field, place: int, style: str) -> Callable[[int, Any], str]:
    """Writes one column's cells. A text stays a text, whatever it begins with: there is no other way in."""
    begin, empty = f'<c r="{xl_col_to_name(place)}', f'" s="{style}"/>'
    text, number = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">', f'" s="{style}"><v>'

    def write(row: int, value: Any) -> str:
        if value is None or value == "":
            return f"{begin}{row}{empty}"
        if isinstance(value, str):
            return f"{begin}{row}{text}{_safe(value)}</t></is></c>"
        if isinstance(value, date):
            value = (value - FIRST_DAY).days
        return f"{begin}{row}{number}{value}</v></c>"

    return write


def _row(writers: Sequence[Callable[[int, Any], str]], number: int, row: tuple[Any, ...]) -> str:
    cells = "".join([write(number, value) for write, value in zip(writers, row, strict=True)])
    return f'<row r="{number}">{cells}</row>'


@lru_cache(maxsize=50_000)
def _safe(text: str) -> str:
    return escape(clean(text), quote=False)
