"""A long list's faulty rows in a workbook of their own: headings, rows, and a column that says what is wrong.

It is for looking up. It says about itself that it is not read: a list of three hundred rows must never
take the place of one with three hundred thousand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.exports.marked.marks import COLOURS, clean
from zyb.exports.plain import letters, theme
from zyb.intake import Submission
from zyb.intake.lists.findings import Finding
from zyb.intake.tables.guidance import NOT_READ
from zyb.numerals import count
from zyb.palette import OFFICE_FONT
from zyb.reading import Sheet
from zyb.rulebook.problems import SEVERITIES, SEVERITY_WORDS, catalogue

# A person does not mend more in one sitting; mended, the rest shows at the next upload.
MOST_ROWS = 20_000
SETTINGS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
HOW_TO_MEND = "文件较长，只列出有问题的行。请按“原表行号”在原文件中改正，再上报原文件；本文件不要上报。"
A4 = 9
GRAVE = ("error", "warning")
WORDS = [SEVERITY_WORDS[severity] for severity in SEVERITIES]
HEADINGS_SHOWN = 5
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class _Fault:
    """What is wrong with one cell of a row."""

    column: int
    severity: str
    text: str


def faulty_rows_workbook(
    heads: Sequence[str], submissions: Sequence[Submission], sheets: Sequence[Sheet]
) -> bytes:
    """`sheets` are the file's own; `heads` stand above the summary of problems."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {**SETTINGS, "default_format_properties": letters()}) as book:
        book.use_custom_theme(theme(OFFICE_FONT))
        _Writer(book).write(heads, submissions, {sheet.name: sheet for sheet in sheets})
    return stream.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        usual = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        self.text: Format = book.add_format({**usual, "num_format": "@", "border": 1})
        self.line: Format = book.add_format(usual)
        self.title: Format = book.add_format({**usual, "font_name": "黑体", "font_size": 16})
        self.head: Format = book.add_format(
            {**usual, "font_name": "黑体", "border": 1, "bg_color": "#DCE8E6"}
        )
        self.coloured = {
            severity: book.add_format({**usual, "num_format": "@", "border": 1, "bg_color": f"#{colour}"})
            for severity, colour in COLOURS.items()
        }

    def write(
        self, heads: Sequence[str], submissions: Sequence[Submission], sheets: Mapping[str, Sheet]
    ) -> None:
        self._summary(self.book.add_worksheet("问题汇总"), heads, submissions)
        for submission in submissions:
            grave = [f for f in submission.findings if catalogue()[f.code].severity in GRAVE]
            for name in dict.fromkeys(finding.sheet for finding in grave):
                own = [finding for finding in grave if finding.sheet == name]
                if submission.table and name in sheets:
                    page = self.book.add_worksheet(f"问题行{len(self.book.worksheets())}")
                    self._rows(page, sheets[name], submission.table.body_row, own)

    # -- the kinds of problems ------------------------------------------------------------

    def _summary(self, page: Worksheet, heads: Sequence[str], submissions: Sequence[Submission]) -> None:
        for column, width in enumerate((8, 10, 22, 10, 70, 60)):
            page.set_column(column, column, width)
        page.write_string(0, 0, clean(heads[0]), self.title)
        for row, text in enumerate((*heads[1:], HOW_TO_MEND), 1):
            page.write_string(row, 0, clean(text), self.line)
        top = len(heads) + 1
        for column, text in enumerate(("级别", "处数", "工作表", "首处", "问题", "怎样改")):
            page.write_string(top, column, text, self.head)
        gravest_first = sorted(_kinds(submissions), key=lambda texts: WORDS.index(texts[0]))
        for row, texts in enumerate(gravest_first, top + 1):
            for column, text in enumerate(texts):
                page.write_string(row, column, clean(text), self.text)
        page.freeze_panes(top + 1, 0)
        _print_wide(page)

    # -- the rows -----------------------------------------------------------------------------

    def _rows(self, page: Worksheet, sheet: Sheet, body_row: int, findings: Sequence[Finding]) -> None:
        page.set_column(0, 0, 10)
        page.set_column(1, sheet.n_cols, 16)
        page.set_column(sheet.n_cols + 1, sheet.n_cols + 1, 80)
        page.write_string(0, 0, f"{NOT_READ}。{HOW_TO_MEND}", self.line)
        at = self._headings(page, sheet, body_row)
        page.freeze_panes(at, 1)
        for row, cells, faults in _faulty(sheet, findings):
            self._row(page, at, row, cells, faults)
            at += 1
        _print_wide(page)

    def _headings(self, page: Worksheet, sheet: Sheet, body_row: int) -> int:
        first = max(body_row - HEADINGS_SHOWN, 0)
        lines = sheet.rows(first, body_row)
        for at, cells in enumerate(lines, 1):
            last = at == len(lines)
            texts = ("原表行号" if last else "", *cells, "问题" if last else "")
            for column, text in enumerate(texts):
                page.write_string(at, column, clean(text), self.head)
        return len(lines) + 1

    def _row(
        self, page: Worksheet, at: int, row: int, cells: Sequence[str], faults: Sequence[_Fault]
    ) -> None:
        looks: dict[int, Format] = {}
        for fault in sorted(faults, key=lambda fault: -SEVERITIES.index(fault.severity)):
            looks[fault.column] = self.coloured[fault.severity]
        page.write_string(at, 0, str(row + 1), self.text)
        for column, text in enumerate(cells):
            page.write_string(at, column + 1, clean(text), looks.get(column, self.text))
        told = "；".join(dict.fromkeys(fault.text for fault in faults))
        page.write_string(at, len(cells) + 1, clean(told), self.text)


def _print_wide(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _kinds(submissions: Sequence[Submission]) -> Iterator[tuple[str, ...]]:
    """Each kind of problem once, with its number: those of lists by code and column, others as they are."""
    for submission in submissions:
        kinds: dict[tuple[str, str, int], list[Finding]] = {}
        for finding in submission.findings:
            kinds.setdefault((finding.code, finding.sheet, finding.column), []).append(finding)
        listed = {code for code, _, _ in kinds} | {"more_of_the_same"}
        for other in submission.problems:
            if other.code not in listed:
                word = SEVERITY_WORDS[other.severity]
                yield word, "1", other.sheet, other.cell or "—", other.message, other.remedy
        for alike in kinds.values():
            first = alike[0].problem_at(int(alike[0].rows[0]))
            number = count(sum(finding.count for finding in alike))
            word = SEVERITY_WORDS[first.severity]
            yield word, number, first.sheet, first.cell, first.message, first.remedy


def _faulty(sheet: Sheet, findings: Sequence[Finding]) -> Iterator[tuple[int, list[str], list[_Fault]]]:
    """The first faulty rows, as they stand in the sheet, each with its faults."""
    rows = np.unique(np.concatenate([finding.rows for finding in findings]))[:MOST_ROWS]
    faults: dict[int, list[_Fault]] = {int(row): [] for row in rows}
    for finding in findings:
        severity = catalogue()[finding.code].severity
        for row in finding.rows[finding.rows <= rows[-1]]:
            found = finding.problem_at(int(row))
            text = f"{SEVERITY_WORDS[severity]}：{found.message}{found.remedy}"
            faults[int(row)].append(_Fault(finding.column, severity, text))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        taken = Sheet(sheet.name, False, sheet.table.take(pa.array(part))).rows()
        for row, cells in zip(part, taken, strict=True):
            yield int(row), cells, faults[int(row)]
