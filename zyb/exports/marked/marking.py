"""Marks in a workbook: coloured cells, comments, a list of all problems in front with a link to each.

`perform` runs in the reading process, because openpyxl hangs on some files; it knows texts and places only.
What stands in the cells stays as it was: formulas, formats, texts that look like formulas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell.cell import MergedCell  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.utils.datetime import to_excel  # type: ignore[import-untyped]
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]

from zyb.exports.marked.marks import COLOURS, MOST_COMMENTS, ListedProblem, Mark, Marks, clean
from zyb.numerals import column_letters

AUTHOR, COMMENT_HEAD = "系统核对", "【系统核对】"
INDEX, OTHER_INDEX = "问题清单", "系统问题清单"
HEADINGS = ("序号", "级别", "工作表", "位置", "原填内容", "问题", "怎样改")
WIDTHS = (6, 8, 18, 10, 24, 58, 50)
PLACE_COLUMN = 4
LONGEST_COMMENT = 1_200
THIN = Side("thin", color="B9C6C9")
RULED, CENTRED = Border(THIN, THIN, THIN, THIN), Alignment("center", vertical="center", wrap_text=True)
IN_THE_MIDDLE = {"border": RULED, "alignment": CENTRED}
LINK = Font(name="宋体", size=11, color="0563C1", underline="single")
PICTURES = re.compile(r"xl/(media/|cellimages|charts/|drawings/drawing|diagrams/)", re.IGNORECASE)
FORMULA_CELL = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*)>(<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)</c>')


def perform(source: Path, target: Path, instructions: Mapping[str, Any]) -> None:
    """Mark the workbook at `source`; called in the reading process."""
    book = openpyxl.load_workbook(source, rich_text=True)
    shown = _shown_values(source, book)
    marks = Marks.from_json(instructions)
    mark(book, replace(marks, heads=(*marks.heads, marks.lost)) if _holds_pictures(source) else marks)
    book.save(target)
    if shown:
        _restore_values(target, book, shown)


def _holds_pictures(source: Path) -> bool:
    """Pictures in cells (WPS) and on sheets, shapes and charts: openpyxl writes back few of them."""
    with ZipFile(source) as package:
        return any(PICTURES.match(name) for name in package.namelist())


def mark(book: Any, marks: Marks) -> None:
    _remove_marks(book, marks.not_read)
    pages = {page.title: page for page in book.worksheets}
    looks = Looks()
    gravest_first = sorted(marks.cells, key=lambda one: list(COLOURS).index(one.severity))
    for number, one in enumerate(gravest_first):
        if one.sheet in pages:
            _mark_cell(pages[one.sheet], one, looks, commented=number < MOST_COMMENTS)
    _Index(book, marks, set(pages), looks).write()


class Looks:
    """Styles that were given before: openpyxl takes a third of a millisecond to find each anew."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], Any] = {}

    def give(self, cell: Any, name: str, **style: Any) -> None:
        """The style's parts over what the cell looks like now."""
        key = (name, *(cell._style or ()))
        if key not in self.known:
            for part, value in style.items():
                setattr(cell, part, value)
            self.known[key] = copy(cell._style)
        else:
            cell._style = copy(self.known[key])


# -- cells ------------------------------------------------------------------------------------


def _mark_cell(page: Any, one: Mark, looks: Looks, *, commented: bool) -> None:
    cell = _anchor(page, page[one.cell])
    before = cell.comment.text if cell.comment else ""
    again = COMMENT_HEAD in before  # another cell of the same merged range, not graver
    if not again:
        looks.give(cell, one.severity, fill=_filled(one.severity))
    if commented:
        _comment(cell, f"{before}\n{one.text}" if again else _joined(before, one.text))


def _filled(severity: str) -> Any:
    return PatternFill("solid", fgColor=COLOURS[severity])


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
        for cell in _cells(page):
            if cell.comment and COMMENT_HEAD in cell.comment.text:
                _unmark(cell)


def _cells(page: Any) -> list[Any]:
    """The cells that are there; `iter_rows` would make all those between them."""
    return list(page._cells.values())


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


class _Index:
    """问题清单: what was found, what the colours mean, every problem with its place and remedy."""

    def __init__(self, book: Any, marks: Marks, pages: set[str], looks: Looks) -> None:
        self.book, self.marks, self.pages, self.looks = book, marks, pages, looks
        self.page = book.create_sheet(INDEX if INDEX not in pages else _free_name(pages), 0)
        self.top = len(marks.heads) + len(marks.legend) + 1

    def write(self) -> None:
        for number, text in enumerate(self.marks.heads, 1):
            if number == 1:
                self._text(number, 1, text, "title", font=Font(name="黑体", size=16))
            else:
                self._text(number, 1, text)
            self._merge(number, 1)
        self.page.row_dimensions[1].height = 30
        self._legend()
        self._headings()
        for number, line in enumerate(self.marks.lines, 1):
            self._line(number, line)
        self._set_up()

    def _text(self, row: int, column: int, text: str, name: str = "text", **style: Any) -> Any:
        """Text that stays text, also when somebody edits the cell: = + - @ begin no formula."""
        cell = self.page.cell(row, column)
        set_text(cell, text)
        usual = {
            "number_format": "@",
            "font": Font(name="宋体", size=11),
            "alignment": Alignment("left", vertical="center", wrap_text=True),
        }
        self.looks.give(cell, name, **{**usual, **style})
        return cell

    def _merge(self, row: int, first: int) -> None:
        self.page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=len(HEADINGS))

    def _legend(self) -> None:
        for row, (severity, words) in enumerate(self.marks.legend, len(self.marks.heads) + 1):
            self._text(row, 1, "", f"legend {severity}", fill=_filled(severity))
            self._text(row, 2, words)
            self._merge(row, 2)

    def _headings(self) -> None:
        style = {"font": Font(name="黑体", size=11), "fill": PatternFill("solid", fgColor="DCE8E6")}
        for column, (title, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1):
            self._text(self.top, column, title, "head", **style, **IN_THE_MIDDLE)
            self.page.column_dimensions[column_letters(column - 1)].width = width

    def _line(self, number: int, line: ListedProblem) -> None:
        row = self.top + number
        self._text(row, 1, str(number), "centred", **IN_THE_MIDDLE)
        self._text(row, 2, line.word, f"word {line.severity}", fill=_filled(line.severity), **IN_THE_MIDDLE)
        self._text(row, 3, line.sheet, "ruled", border=RULED)
        self._place(row, line)
        texts = (line.value, line.message, line.remedy)
        for column, text in enumerate(texts, PLACE_COLUMN + 1):
            self._text(row, column, text, "ruled", border=RULED)
        widths = zip(texts, WIDTHS[PLACE_COLUMN:], strict=True)
        self.page.row_dimensions[row].height = 4 + 14 * max(_lines(text, width) for text, width in widths)

    def _place(self, row: int, line: ListedProblem) -> None:
        if line.sheet in self.pages:
            self._link(
                self._text(row, PLACE_COLUMN, line.cell or "表首", "link", font=LINK, **IN_THE_MIDDLE), line
            )
        else:
            self._text(row, PLACE_COLUMN, line.cell or "—", "centred", **IN_THE_MIDDLE)

    def _link(self, cell: Any, line: ListedProblem) -> None:
        """To a cell of this workbook, never out of it; the sheet's name is quoted as in a formula."""
        sheet = line.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{line.cell or 'A1'}")

    def _set_up(self) -> None:
        page, last = self.page, self.top + max(len(self.marks.lines), 1)
        _select_only(self.book, page)
        page.freeze_panes = page.cell(self.top + 1, 1)
        page.auto_filter.ref = f"A{self.top}:{column_letters(len(HEADINGS) - 1)}{last}"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_title_rows = f"{self.top}:{self.top}"
        page.sheet_properties.tabColor = "9E1B1B"


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width; a Chinese character is two wide."""
    return max(1, -(-sum(2 if letter > "\u2e80" else 1 for letter in text) // (width - 2)))


def _select_only(book: Any, page: Any) -> None:
    """The list is what opens; were another sheet selected with it, typing would go into both."""
    views = [view for other in book.worksheets for view in other.views.sheetView]
    views += [view for chart in book.chartsheets for view in chart.sheetViews.sheetView]
    for view in views:
        view.tabSelected = False
    book.active = 0
    page.sheet_view.tabSelected = True


def _free_name(taken: set[str]) -> str:
    numbered = (f"{OTHER_INDEX}{number or ''}" for number in range(len(taken) + 1))
    return next(name for name in numbered if name not in taken)


def set_text(cell: Any, text: str) -> None:
    """The text as such; openpyxl would take one that begins with = for a formula."""
    cell.value = clean(text)
    cell.data_type = "s"


# -- what formulas had shown ------------------------------------------------------------------

# Sheet → cell → (openpyxl's type, value).
ShownValue = tuple[str, Any]
Values = dict[str, dict[str, ShownValue]]


def _shown_values(source: Path, book: Any) -> Values:
    """openpyxl keeps formulas but drops the values they showed, and with them all that a reader could see."""
    formulas = {
        page.title: [c.coordinate for c in _cells(page) if c.data_type == "f"] for page in book.worksheets
    }
    if not any(formulas.values()):
        return {}
    shown = openpyxl.load_workbook(source, data_only=True)
    return {
        title: {cell: (shown[title][cell].data_type, shown[title][cell].value) for cell in cells}
        for title, cells in formulas.items()
        if cells
    }


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


def _with_values(xml: str, values: Mapping[str, ShownValue], epoch: datetime) -> str:
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
