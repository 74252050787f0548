"""Marks in a workbook: coloured cells, comments, a list of all problems in front with a link to each.

`perform` runs in the reading process, because openpyxl hangs on some files; it knows texts and places only.
What stands in the cells stays as it was: formulas, formats, texts that look like formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell.cell import MergedCell  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.datetime import to_excel  # type: ignore[import-untyped]
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]

from zyb.exports.marks import COLOURS, Line, Mark, Marks, clean

AUTHOR, COMMENT_HEAD = "系统核对", "【系统核对】"
INDEX, OTHER_INDEX = "问题清单", "系统问题清单"
HEADINGS = ("序号", "级别", "工作表", "位置", "原填内容", "问题", "怎样改")
WIDTHS = (6, 8, 18, 10, 24, 58, 50)
PLACE_COLUMN = 4
# Comments are drawings: a workbook with tens of thousands of them opens slowly. Colours and the list go on.
MOST_COMMENTS = 3_000
LONGEST_COMMENT = 1_200
FORMULA_CELL = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*)>(<f[^>]*/>|<f[^>]*>[^<]*</f>)<v ?/></c>')


def perform(source: Path, target: Path, instructions: Mapping[str, Any]) -> None:
    """Mark the workbook at `source`; called in the reading process."""
    book = openpyxl.load_workbook(source, rich_text=True)
    shown = _shown_values(source, book)
    mark(book, Marks.from_json(instructions))
    book.save(target)
    if shown:
        _restore_values(target, book, shown)


def mark(book: Any, marks: Marks) -> None:
    _remove_marks(book, marks.not_read)
    pages = {page.title: page for page in book.worksheets}
    gravest_first = sorted(marks.cells, key=lambda one: list(COLOURS).index(one.severity))
    for number, one in enumerate(gravest_first):
        if one.sheet in pages:
            _mark_cell(pages[one.sheet], one, commented=number < MOST_COMMENTS)
    _write_index(book, marks, set(pages))


# -- cells ------------------------------------------------------------------------------------


def _mark_cell(page: Any, one: Mark, *, commented: bool) -> None:
    cell = _anchor(page, page[one.cell])
    before = cell.comment.text if cell.comment else ""
    again = COMMENT_HEAD in before  # another cell of the same merged range, not graver
    if not again:
        cell.fill = PatternFill("solid", fgColor=COLOURS[one.severity])
    if commented:
        _comment(cell, f"{before}\n{one.text}" if again else _joined(before, one.text))


def _joined(before: str, text: str) -> str:
    """A comment of the official's own stays, above ours."""
    return "\n".join(filter(None, (before.rstrip(), COMMENT_HEAD, text)))


def _comment(cell: Any, text: str) -> None:
    text = clean(text)[:LONGEST_COMMENT]
    lines = sum(1 + len(line) // 20 for line in text.splitlines())
    cell.comment = Comment(text, AUTHOR, height=18 * lines + 14, width=300)


def _anchor(page: Any, cell: Any) -> Any:
    """Only the first cell of a merged range can be coloured and commented."""
    if not isinstance(cell, MergedCell):
        return cell
    ranges = (merged for merged in page.merged_cells.ranges if cell.coordinate in merged)
    found = next(ranges, None)
    return page.cell(found.min_row, found.min_col) if found else page.cell(cell.row, cell.column)


def _remove_marks(book: Any, not_read: str) -> None:
    """What an earlier annotation left behind, so that mended cells are not shown as faulty."""
    for page in list(book.worksheets):
        if page.title.startswith((INDEX, OTHER_INDEX)) and _says(page, not_read):
            book.remove(page)
            continue
        for row in page.iter_rows():
            for cell in row:
                if cell.comment and COMMENT_HEAD in cell.comment.text:
                    _unmark(cell)


def _says(page: Any, words: str) -> bool:
    return any(words in str(cell.value) for row in page.iter_rows(max_row=3) for cell in row)


def _unmark(cell: Any) -> None:
    own = cell.comment.text.split(COMMENT_HEAD)[0].rstrip()
    cell.comment = None
    if own:
        _comment(cell, own)
    if str(cell.fill.fgColor.rgb)[-6:] in COLOURS.values():
        cell.fill = PatternFill()


# -- the list in front ------------------------------------------------------------------------


def _write_index(book: Any, marks: Marks, pages: set[str]) -> None:
    page = book.create_sheet(INDEX if INDEX not in pages else _free_name(pages), 0)
    for number, text in enumerate(marks.heads, 1):
        _write(page.cell(number, 1), text, Font(name="黑体", size=16) if number == 1 else None)
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(HEADINGS))
    page.row_dimensions[1].height = 30
    top = _write_legend(page, marks, len(marks.heads) + 1)
    _write_headings(page, top)
    for number, line in enumerate(marks.lines, 1):
        _write_line(page, top + number, number, line, pages)
    _set_up(book, page, top, top + len(marks.lines))


def _free_name(taken: set[str]) -> str:
    numbered = (f"{OTHER_INDEX}{number or ''}" for number in range(len(taken) + 1))
    return next(name for name in numbered if name not in taken)


def _write_legend(page: Any, marks: Marks, row: int) -> int:
    """What the colours mean and how many cells have them; returns the row of the headings."""
    for severity, words in marks.legend:
        _write(page.cell(row, 1), "")
        page.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[severity])
        _write(page.cell(row, 2), words)
        page.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(HEADINGS))
        row += 1
    return row


def _write_headings(page: Any, row: int) -> None:
    for column, (title, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1):
        cell = page.cell(row, column)
        _write(cell, title, Font(name="黑体", size=11), centred=True)
        cell.fill = PatternFill("solid", fgColor="DCE8E6")
        cell.border = _ruled()
        page.column_dimensions[cell.column_letter].width = width


def _write_line(page: Any, row: int, number: int, line: Line, pages: set[str]) -> None:
    texts = (str(number), line.word, line.sheet, line.cell or "—", line.value, line.message, line.remedy)
    for column, text in enumerate(texts, 1):
        cell = page.cell(row, column)
        _write(cell, text, centred=column in (1, 2, PLACE_COLUMN))
        cell.border = _ruled()
    page.cell(row, 2).fill = PatternFill("solid", fgColor=COLOURS[line.severity])
    if line.sheet in pages:
        _link(page.cell(row, PLACE_COLUMN), line)
    page.row_dimensions[row].height = 17 * max(
        1 + 2 * len(text) // width for text, width in zip(texts[4:], WIDTHS[4:], strict=True)
    )


def _link(cell: Any, line: Line) -> None:
    """To a cell of this workbook, never out of it; the sheet's name is quoted as in a formula."""
    sheet = line.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{line.cell or 'A1'}")
    cell.font = Font(name="宋体", size=11, color="0563C1", underline="single")


def _write(cell: Any, text: str, font: Any = None, *, centred: bool = False) -> None:
    """Text that stays text, also when somebody edits the cell: = + - @ begin no formula."""
    set_text(cell, text)
    cell.number_format = "@"
    cell.font = font or Font(name="宋体", size=11)
    cell.alignment = Alignment("center" if centred else "left", vertical="center", wrap_text=True)


def set_text(cell: Any, text: str) -> None:
    """The text as such; openpyxl would take one that begins with = for a formula."""
    cell.value = clean(text)
    cell.data_type = "s"


def _ruled() -> Any:
    side = Side("thin", color="B9C6C9")
    return Border(side, side, side, side)


def _set_up(book: Any, page: Any, top: int, bottom: int) -> None:
    """The list is what opens; no other sheet stays selected with it, or typing would go into both."""
    for other in book.worksheets:
        for view in other.views.sheetView:
            view.tabSelected = False
    for chart in book.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False
    book.active = 0
    page.sheet_view.tabSelected = True
    page.freeze_panes = page.cell(top + 1, 1)
    page.auto_filter.ref = f"A{top}:{get_column_letter(len(HEADINGS))}{max(bottom, top)}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{top}:{top}"
    page.sheet_properties.tabColor = "9E1B1B"


# -- what formulas had shown ------------------------------------------------------------------

# Sheet → cell → (openpyxl's type, value).
Shown = tuple[str, Any]
Values = dict[str, dict[str, Shown]]


def _shown_values(source: Path, book: Any) -> Values:
    """openpyxl keeps formulas but drops the values they showed, and with them all that a reader could see."""
    formulas = {page.title: set(_formulas(page)) for page in book.worksheets}
    if not any(formulas.values()):
        return {}
    shown = openpyxl.load_workbook(source, data_only=True)
    return {
        title: {cell: (shown[title][cell].data_type, shown[title][cell].value) for cell in cells}
        for title, cells in formulas.items()
        if cells
    }


def _formulas(page: Any) -> Iterator[str]:
    for row in page.iter_rows():
        yield from (cell.coordinate for cell in row if cell.data_type == "f")


def _restore_values(target: Path, book: Any, shown: Values) -> None:
    parts = {
        f"xl/worksheets/sheet{number}.xml": shown[page.title]
        for number, page in enumerate(book.worksheets, 1)
        if page.title in shown
    }
    before = target.with_name("before.xlsx")
    target.rename(before)
    with ZipFile(before) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in parts:
                content = _with_values(content.decode("utf-8"), parts[entry.filename], book.epoch).encode()
            new.writestr(entry, content)


def _with_values(xml: str, values: Mapping[str, Shown], epoch: datetime) -> str:
    def filled(found: re.Match[str]) -> str:
        kind, value = values.get(found[2], ("n", None))
        if value is None:
            return found[0]
        marked = f' t="{TYPES[kind]}"' if kind in TYPES else ""
        text = escape(_stored(value, epoch), quote=False)
        return f"{found[1]}{marked}>{found[3]}<v>{text}</v></c>"

    return FORMULA_CELL.sub(filled, xml)


# openpyxl's types of what is no number, as a formula's value is stored.
TYPES = {"s": "str", "b": "b", "e": "e"}


def _stored(value: Any, epoch: datetime) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime | date | time | timedelta):
        return str(to_excel(value, epoch))
    return repr(value) if isinstance(value, float) else str(value)
