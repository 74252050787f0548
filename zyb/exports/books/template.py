"""Blank templates (空白模板): the notice's own form, with roster, drop-downs, checks and notes.

What comes back filled in goes through upload without a question; a test holds it for every ledger.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.exports.books.checks import CHECKS, day_check, list_check, noted, strictness
from zyb.exports.books.forms import Form, FormHeading, form_of, place_name, rule_of
from zyb.exports.books.widths import holds_long_texts, widths
from zyb.exports.plain import letters, theme
from zyb.intake.cells.flags import NO, NOT_APPLICABLE, YES
from zyb.intake.tables.guidance import NOT_READ
from zyb.palette import OFFICE_FONT
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.problems import cell_name
from zyb.rulebook.regions import Region, Roster

# Nothing in a cell is ever taken for a formula, a link or a number that nobody meant.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
GUIDE, LISTS = "填表说明", "选项"
LINED_ROWS = 40  # what is ruled in a list; rows below it are ruled when they are filled in
CHECKED_ROWS = 5_000
A4 = 9
TITLE_CHARACTER = 3.4  # width of a character of the title in units of column width
ROW_HEIGHT = 22
INPUT_COLOUR, HEAD_COLOUR = "#FFF9DB", "#DCE8E6"
CODES = ("uscc", "industry", "text")


def template_name(ledger: Ledger, roster: Roster, year: int, region: Region | None = None) -> str:
    """陕西省2025年中小微企业帮扶台账（空白模板）.xlsx."""
    name = f"{place_name(roster, region)}{year}年{ledger.title}（空白模板）.xlsx"
    return re.sub(r'[\\/:*?"<>|]', "、", name)


def blank_template(ledger: Ledger, roster: Roster, year: int, region: Region | None = None) -> bytes:
    """The form of the ledger as .xlsx; for one region only its own row, counties and name in the title."""
    stream = io.BytesIO()
    form = form_of(ledger, roster, year, region)
    with xlsxwriter.Workbook(stream, {**PLAIN, "default_format_properties": letters()}) as book:
        book.use_custom_theme(theme(OFFICE_FONT))
        book.set_properties({"title": form.title, "created": datetime(year, 1, 1)})
        _Template(book, form).write()
    return stream.getvalue()


def blank_templates(
    roster: Roster, year: int, region: Region | None = None
) -> Iterator[tuple[Ledger, str, bytes]]:
    """Every ledger with its template's name and content, one by one."""
    for ledger in ledgers().values():
        name = template_name(ledger, roster, year, region)
        yield ledger, name, blank_template(ledger, roster, year, region)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


class _Template:
    """One workbook: the form, the guide behind it, the hidden lists that feed the drop-downs."""

    def __init__(self, book: xlsxwriter.Workbook, form: Form) -> None:
        self.book, self.form = book, form
        self.sheet: Worksheet = book.add_worksheet(_sheet_name(form.ledger.title))
        self.guide: Worksheet = book.add_worksheet(GUIDE)
        self.lists: Worksheet = book.add_worksheet(LISTS)
        self.offset = 1 if form.ledger.is_list else 0  # 序号
        self.widths = widths(form)
        self.tiers = 2 if any(heading.group for heading in form.headings) else 1
        self.head_row = 1 + len(form.lines) + 1  # title, lines, the line of the day and the unit
        self.body_row = self.head_row + self.tiers
        self.n_lists = 0
        self.known: dict[tuple[str, ...], str] = {}

    @property
    def last_column(self) -> int:
        return self.offset + len(self.form.headings) - 1

    def format(self, **properties: object) -> Format:
        usual = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        return self.book.add_format({**usual, **properties})

    def write(self) -> None:
        self.lists.write_string(0, 0, NOT_READ)
        self._columns()
        self._title_and_lines()
        self._headings()
        self._body()
        self._checks()
        self._printing()
        _write_guide(self)
        self.lists.hide()
        self.sheet.activate()

    # -- above the table ------------------------------------------------------------------

    def _title_and_lines(self) -> None:
        look = self.format(font_name="黑体", font_size=18, align="center", text_wrap=True)
        self.sheet.merge_range(0, 0, 0, self.last_column, self.form.title, look)
        lines = -(-len(self.form.title) * TITLE_CHARACTER // sum(self.widths))
        self.sheet.set_row(0, 14 + 24 * lines)
        for row, label in enumerate(self.form.lines, 1):
            self._line(row, f"{label}：")
        self._day_and_unit(1 + len(self.form.lines))

    def _label_width(self) -> int:
        """The last column that a label needs: 序号 alone is too narrow."""
        return self.offset

    def _line(self, row: int, label: str) -> None:
        """A label and a blank to its right, wide enough for the name of an office."""
        at = self._label_width()
        self._label(row, label)
        blank = self.format(bottom=1, num_format="@", bg_color=INPUT_COLOUR)
        if self._blank_end > at + 1:
            self.sheet.merge_range(row, at + 1, row, self._blank_end, "", blank)
        else:
            self.sheet.write_blank(row, at + 1, None, blank)
        self.sheet.set_row(row, ROW_HEIGHT)

    @property
    def _blank_end(self) -> int:
        return min(self._label_width() + (2 if self.form.ledger.is_list else 1), self.last_column)

    def _label(self, row: int, label: str) -> None:
        look = self.format(align="right")
        if self._label_width():
            self.sheet.merge_range(row, 0, row, self._label_width(), label, look)
        else:
            self.sheet.write_string(row, 0, label, look)

    def _day_and_unit(self, row: int) -> None:
        self.sheet.set_row(row, ROW_HEIGHT)
        if self.form.dated:
            self._day(row)
        if not self.form.ledger.is_list:
            self.sheet.write_string(row, self.last_column, "单位：家", self.format(align="right"))

    def _day(self, row: int) -> None:
        at = self._label_width() + 1
        self._label(row, "数据截至：")
        look = self.format(num_format="yyyy-mm-dd", align="left", bottom=1, bg_color=INPUT_COLOUR)
        self.sheet.write_blank(row, at, None, look)
        message = f"填写数据截至日期，例如 {self.form.year}-06-30。"
        self.sheet.data_validation(row, at, row, at, day_check("数据截至", message))

    # -- the table ------------------------------------------------------------------------

    def _columns(self) -> None:
        for index, width in enumerate(self.widths):
            column = None if index < self.offset else self.form.headings[index - self.offset].column
            self.sheet.set_column(index, index, width, self._cell_format(column, ruled=False))

    def _cell_format(self, column: Column | None, *, ruled: bool = True) -> Format:
        """Codes and words stay text, whatever is typed; days look like days."""
        look: dict[str, Any] = {"border": 1} if ruled else {}
        kind = column.type if column else ""
        wide = column is not None and holds_long_texts(self.form.ledger, column)
        look["align"] = "left" if wide else "center"
        if kind in CODES:
            look["num_format"] = "@"
        if kind == "percent":
            look["num_format"] = "0.##%"
        if kind == "date":
            look["num_format"] = "yyyy-mm-dd"
        if wide:
            look["text_wrap"] = True
        return self.format(**look)

    def _headings(self) -> None:
        look = self.format(font_name="黑体", align="center", border=1, text_wrap=True, bg_color=HEAD_COLOUR)
        if self.offset:
            self._heading(0, "序号", look)
        at = self.offset
        for group, found in groupby(self.form.headings, key=lambda heading: heading.group):
            members = list(found)
            if group:
                _merge(self.sheet, self.head_row, at, self.head_row, at + len(members) - 1, group, look)
            for place, heading in enumerate(members, at):
                if group:
                    self.sheet.write_string(self.head_row + 1, place, heading.title, look)
                else:
                    self._heading(place, heading.title, look)
            at += len(members)
        for tier in range(self.tiers):
            self.sheet.set_row(self.head_row + tier, self._heading_height(tier))

    def _heading(self, column: int, title: str, look: Format) -> None:
        """A heading without a group stands over both tiers."""
        _merge(self.sheet, self.head_row, column, self.body_row - 1, column, title, look)

    def _heading_height(self, tier: int) -> float:
        if tier < self.tiers - 1:
            return 22
        grouped = self.tiers == 1 or None
        titles = [
            (heading.title, width)
            for heading, width in zip(self.form.headings, self.widths[self.offset :], strict=True)
            if grouped or heading.group
        ]
        lines = max(-(-2 * len(title) // int(width - 1)) for title, width in titles)
        return 10 + 15 * lines

    def _body(self) -> None:
        if self.form.ledger.is_list:
            self._ruled_rows()
        else:
            self._summary_rows()
        self._notes()

    def _ruled_rows(self) -> None:
        looks = [self._cell_format(None), *(self._cell_format(h.column) for h in self.form.headings)]
        name = self._place(self.form.ledger.key_column)
        for row in range(self.body_row, self.body_row + LINED_ROWS):
            self.sheet.set_row(row, ROW_HEIGHT)
            for column, look in enumerate(looks):
                self.sheet.write_blank(row, column, None, look)
            number = f'=IF({cell_name(row, name)}="","",ROW()-{self.body_row})'
            self.sheet.write_formula(row, 0, number, looks[0], "")
        below = self.body_row + LINED_ROWS
        filled = f'=${xl_col_to_name(name)}{below + 1}<>""'
        ruled = {"type": "formula", "criteria": filled, "format": self.book.add_format({"border": 1})}
        self.sheet.conditional_format(below, 0, self._checked_until, self.last_column, ruled)

    def _summary_rows(self) -> None:
        for row, (region, item) in enumerate(self.form.prefilled, self.body_row):
            self.sheet.set_row(row, ROW_HEIGHT)
            for index, heading in enumerate(self.form.headings):
                self._summary_cell(row, index, heading, region, item)
        if not self.form.region and not self.form.ledger.item:
            self._total_row()

    def _summary_cell(self, row: int, index: int, heading: FormHeading, region: str, item: str) -> None:
        look = self._cell_format(heading.column)
        if heading.column.type == "region":
            self.sheet.write_string(row, index, region, look)
        elif item and heading.column.name == self.form.ledger.item:
            self.sheet.write_string(row, index, item, look)
        elif heading == self.form.summed:
            years = self._years_beside()
            self.sheet.write_formula(row, index, _sum_of(years, row), look, "")
        else:
            self.sheet.write_blank(row, index, None, look)

    def _years_beside(self) -> tuple[int, int]:
        """The first and the last column that carry a year."""
        found = [index for index, heading in enumerate(self.form.headings) if heading.year]
        return found[0], found[-1]

    def _total_row(self) -> None:
        first, last = self.body_row, self.body_row + len(self.form.prefilled) - 1
        look = self.format(border=1, bold=True, align="center")
        self.sheet.set_row(last + 1, ROW_HEIGHT)
        for index, heading in enumerate(self.form.headings):
            cells = f"{cell_name(first, index)}:{cell_name(last, index)}"
            if heading.column.type == "count":
                formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
                self.sheet.write_formula(last + 1, index, formula, look, "")
            elif (
                heading.column.type == "percent"
            ):  # the province's own, to be filled in: of percentages there is no sum
                self.sheet.write_blank(last + 1, index, None, self._cell_format(heading.column))
            else:
                self.sheet.write_string(last + 1, index, "合计" if index == 0 else "", look)

    def _notes(self) -> None:
        rows = LINED_ROWS if self.form.ledger.is_list else len(self.form.prefilled) + 1
        for row, note in enumerate(self.form.notes, self.body_row + rows):
            self.sheet.write_string(row, 0, f"注：{note}", self.format())

    # -- drop-downs, checks, notes beside the cell ------------------------------------------

    @property
    def _checked_until(self) -> int:
        rows = CHECKED_ROWS if self.form.ledger.is_list else len(self.form.prefilled)
        return self.body_row + rows - 1

    def _place(self, column: Column) -> int:
        names = [heading.column.name for heading in self.form.headings]
        return self.offset + names.index(column.name)

    def _checks(self) -> None:
        for index, heading in enumerate(self.form.headings, self.offset):
            check = self._check(heading)
            if check:
                self.sheet.data_validation(self.body_row, index, self._checked_until, index, check)

    def _check(self, heading: FormHeading) -> dict[str, Any] | None:
        """Excel's check of a cell, with the rule beside it; none where the form is filled in already."""
        column, ledger = heading.column, self.form.ledger
        if heading == self.form.summed or (not ledger.is_list and self._is_prefilled(column)):
            return None
        note = rule_of(ledger, column, self.form.year)
        if column.required:
            note = f"必填。{note}"
        options = self._options(column)
        if options:
            return list_check(self._list(options), heading.title, note, strictness(column))
        if column.type == "date":
            return day_check(heading.title, note)
        return noted(CHECKS.get(column.type, {"validate": "any"}), heading.title, note)

    def _is_prefilled(self, column: Column) -> bool:
        return column.type == "region" or column.name == self.form.ledger.item

    def _options(self, column: Column) -> tuple[str, ...]:
        if column.type == "region":
            return tuple(region.name for region in self.form.regions)
        if column.type == "county":
            return tuple(self.form.counties)
        if column.type == "flag":
            return (YES, NO, NOT_APPLICABLE) if column.not_applicable else (YES, NO)
        return column.options

    def _list(self, options: tuple[str, ...]) -> str:
        """The name of the range that holds the options; equal lists stand there once."""
        if options not in self.known:
            name, column = f"选项{self.n_lists + 1}", self.n_lists
            self.n_lists += 1
            for row, option in enumerate(options, 1):
                self.lists.write_string(row, column, option)
            letters = xl_col_to_name(column)
            self.book.define_name(name, f"='{LISTS}'!${letters}$2:${letters}${len(options) + 1}")
            self.known[options] = name
        return self.known[options]

    # -- paper ------------------------------------------------------------------------------

    def _printing(self) -> None:
        sheet, ledger = self.sheet, self.form.ledger
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.repeat_rows(self.head_row, self.body_row - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        kept = self._place(ledger.key_column) + 1 if ledger.is_list else 1
        sheet.freeze_panes(self.body_row, kept)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "、", title)[:31]


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int, text: str, look: Format) -> None:
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, text, look)
    else:
        sheet.merge_range(top, left, bottom, right, text, look)


def _sum_of(columns: tuple[int, int], row: int) -> str:
    """A sum that stays blank while nothing is filled in: an unreported region is no zero."""
    cells = f"{cell_name(row, columns[0])}:{cell_name(row, columns[1])}"
    return f'=IF(COUNT({cells})=0,"",SUM({cells}))'


def _write_guide(template: _Template) -> None:
    """填表说明: what the document asks, how to fill in, the rule of every column."""
    sheet, form = template.guide, template.form
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 84)
    text = template.format(text_wrap=True, valign="top")
    sheet.merge_range(
        0, 0, 0, 2, f"《{form.ledger.title}》填表说明", template.format(font_name="黑体", font_size=16)
    )
    sheet.merge_range(1, 0, 1, 2, f"{NOT_READ}。", text)
    row = 2
    for line in (f"依据：{form.ledger.basis}。", *_advice(form)):
        sheet.merge_range(row, 0, row, 2, line, text)
        sheet.set_row(row, 18 * -(-len(line) // 62))
        row += 1
    _guide_table(template, row + 1)
    _guide_printing(sheet)


def _guide_table(template: _Template, row: int) -> None:
    sheet, form = template.guide, template.form
    head = template.format(font_name="黑体", border=1, bg_color=HEAD_COLOUR, align="center")
    for column, title in enumerate(("栏目", "是否必填", "怎样填")):
        sheet.write_string(row, column, title, head)
    cell = template.format(border=1, text_wrap=True)
    middle = template.format(border=1, align="center")
    for at, heading in enumerate(form.headings, row + 1):
        title = f"{heading.group}：{heading.title}" if heading.group else heading.title
        sheet.write_string(at, 0, title, cell)
        sheet.write_string(at, 1, _needed(form, heading), middle)
        rule = rule_of(form.ledger, heading.column, form.year)
        sheet.write_string(at, 2, rule, cell)
        sheet.set_row(at, 18 * max(-(-len(rule) // 44), -(-len(title) // 17)))


def _needed(form: Form, heading: FormHeading) -> str:
    """A list says its region in the title, or once at its head."""
    if form.ledger.is_list and heading.column.type == "region":
        return "选填" if form.region else "首行必填"
    return "必填" if heading.column.required else "选填"


def _guide_printing(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _advice(form: Form) -> Iterator[str]:
    if form.dated:
        yield f"表头上方的“数据截至”请填写日期，例如 {form.year}-06-30。"
    if form.ledger.is_list:
        yield "一行填一家企业，行数不限，空行不必删除；“序号”自动生成。"
        yield "从其他表格复制时，请用“选择性粘贴—数值”，以保留下拉列表和格式。"
    else:
        yield "确实没有的填 0；没有数据的地区整行留空，按未报送处理。"
        if not form.region and not form.ledger.item:
            yield "“合计”自动计算，不必填写。"
    yield "表题、表头不要改动。填好后保存，在“数据上报”页面上传本文件，系统会一次列出全部问题。"
    yield from (f"{note}" for note in form.notes)
