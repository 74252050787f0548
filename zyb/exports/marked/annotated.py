"""The official's own workbook back, with everything that is wrong marked where it stands.

It is re-uploadable as it is: the list in front says about itself that it is not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from zyb.exports.marked.faulty_rows import faulty_rows_workbook
from zyb.exports.marked.marks import MOST_COMMENTS, ListedProblem, Mark, Marks
from zyb.exports.marked.rebuilding import rebuilt
from zyb.intake import Submission
from zyb.intake.tables.guidance import NOT_READ
from zyb.reading import UnreadableFile, Workbook, edit_workbook, read_workbook
from zyb.rulebook.problems import SEVERITIES, SEVERITY_WORDS, Problem, cell_place

# openpyxl takes 2 s for 5,000 rows of 17 columns and half a minute for 100,000.
MOST_ROWS = 20_000
MOST_LINES = 5_000
MARKED = "（标注）"
TASK = "zyb.exports.marked.marking"
# Refusals that a second attempt would only meet again.
COSTLY = {"timeout", "out_of_memory", "busy", "no_room", "short_of_handles"}
MEANINGS = {
    "error": "须改正后才能入库",
    "warning": "请核对，确认无误的可以入库",
    "note": "供知晓，不必处理",
}
LOST = "原文件中的图片、图形、图表可能没有带到这份文件里；需要保留的，请在原文件上改正后上传。"
HOW_TO_MEND = "点击“位置”直达单元格，按“怎样改”改好后保存，原样上传本文件即可；本页、批注和底色不必删除。"


def annotated_name(file_name: str) -> str:
    """四月.xls → 四月（标注）.xlsx, once however often it goes to and fro."""
    return f"{_stem(file_name)}{MARKED}.xlsx"


def _stem(file_name: str) -> str:
    last = re.split(r"[\\/]", file_name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable())
    return plain.rsplit(".", 1)[0].removesuffix(MARKED)[:100] or "工作簿"


def worth_marking(submissions: Iterable[Submission]) -> bool:
    """Whether something in a table asks to be mended; a file without a table has nothing to mark."""
    return any(
        found.table is not None and any(p.severity != "note" for p in found.problems) for found in submissions
    )


def annotated_workbook(
    content: bytes, file_name: str, submissions: Sequence[Submission]
) -> tuple[str, bytes]:
    """File name and content; above 20,000 rows a workbook of the faulty rows only."""
    return annotated_name(file_name), _annotated(content, file_name, submissions)


def _annotated(content: bytes, file_name: str, submissions: Sequence[Submission]) -> bytes:
    sheets = tuple(table.sheet for found in submissions for table in found.tables)
    try:
        workbook = read_workbook(content, file_name)
        sheets = workbook.sheets
        if sum(sheet.n_rows for sheet in sheets) <= MOST_ROWS:
            return _marked(content, workbook, _marks(file_name, submissions))
    except UnreadableFile:
        pass  # too wide to mark in time, or no place to spare: the faulty rows are at hand
    return faulty_rows_workbook(_heads(file_name, submissions), submissions, sheets)


def _marked(content: bytes, workbook: Workbook, marks: Marks) -> bytes:
    """The own file where openpyxl can read it, otherwise the same cells in a new one."""
    if workbook.format == "xlsx":
        try:
            return edit_workbook(content, TASK, marks.as_json())
        except UnreadableFile as error:
            if error.code in COSTLY:
                raise
    fresh, titles = rebuilt(workbook)
    return edit_workbook(fresh, TASK, marks.retitled(titles).as_json())


# -- what is marked -----------------------------------------------------------------------------


def _marks(file_name: str, submissions: Sequence[Submission]) -> Marks:
    problems = sorted(every_problem(submissions), key=_order)
    marked = Counter(problem.severity for problem in problems)
    left_out = Counter[str]()
    for submission in submissions:
        for one in submission.left_out:
            left_out[one.severity] += one.count
    legend = tuple(
        (severity, _meaning(severity, marked[severity], left_out[severity]))
        for severity in SEVERITIES
        if marked[severity]
    )
    heads = (*_heads(file_name, submissions), HOW_TO_MEND)
    return Marks(heads, legend, NOT_READ, tuple(_cells(problems)), tuple(_lines(problems)), LOST)


def _meaning(severity: str, marked: int, left_out: int) -> str:
    """So many there are; where a summary has too many of a kind, how many of them are marked."""
    first = f"，标出前 {marked} 处，改正后重新上报即可核对其余" if left_out else ""
    return f"{SEVERITY_WORDS[severity]} {marked + left_out} 处{first}：{MEANINGS[severity]}"


def _heads(file_name: str, submissions: Sequence[Submission]) -> tuple[str, ...]:
    ledgers = "、".join(dict.fromkeys(f"《{s.ledger.title}》" for s in submissions if s.ledger))
    return f"“{_stem(file_name)}”核对问题清单", f"{NOT_READ}。台账：{ledgers or '未能识别'}。"


def every_problem(submissions: Iterable[Submission]) -> list[Problem]:
    """All of them: what the page names by its first three hundred is spelled out cell by cell."""
    found: dict[tuple[str, str, str, str], Problem] = {}
    for submission in submissions:
        problems = [p for p in submission.problems if p.code != "more_of_the_same"]
        problems += [finding.problem_at(int(row)) for finding in submission.findings for row in finding.rows]
        for one in problems:
            found.setdefault((one.code, one.sheet, one.cell, one.value), one)
    return list(found.values())


def _order(found: Problem) -> tuple[int, str, int, int, str]:
    """The gravest first, then as one reads the sheet."""
    row, column = cell_place(found.cell) or (0, "")
    return SEVERITIES.index(found.severity), found.sheet, row, len(column), column


def _cells(problems: Iterable[Problem]) -> list[Mark]:
    """A mark a cell, in the colour of its gravest problem, with the words of all."""
    marks: dict[tuple[str, str], Mark] = {}
    for found in problems:
        if not found.cell:
            continue
        text = f"{SEVERITY_WORDS[found.severity]}：{found.message}\n怎样改：{found.remedy}"
        before = marks.get((found.sheet, found.cell))
        marks[found.sheet, found.cell] = (
            replace(before, text=f"{before.text}\n{text}")
            if before
            else Mark(found.sheet, found.cell, found.severity, text)
        )
    return list(marks.values())


def _lines(problems: Sequence[Problem]) -> list[ListedProblem]:
    lines = [
        ListedProblem(
            severity=p.severity,
            word=SEVERITY_WORDS[p.severity],
            sheet=p.sheet,
            cell=p.cell,
            value=p.value,
            message=p.message,
            remedy=p.remedy,
        )
        for p in problems[:MOST_LINES]
    ]
    if told := _beyond(len(problems)):
        lines.append(
            ListedProblem(
                severity="note",
                word=SEVERITY_WORDS["note"],
                sheet="",
                cell="",
                value="",
                message=told,
                remedy="改正后重新上报即可再次核对。",
            )
        )
    return lines


def _beyond(number: int) -> str:
    """What is not done for so many problems: those in front have a line and a comment each, all have their colour."""
    listed = f"其余 {number - MOST_LINES} 处未逐一列出。" if number > MOST_LINES else ""
    commented = f"问题过多，只有前 {MOST_COMMENTS} 处附批注，其余只标色。" if number > MOST_COMMENTS else ""
    return commented + listed
