"""What notes, remarks and comments say of the figures themselves: that one should be another, is an estimate, is of
another day. The figures go in as they stand, and never without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from zyb.intake.cells.as_of import find_as_of
from zyb.intake.cells.values import LONGEST_LINE, narrow
from zyb.intake.tables.found import TableFound
from zyb.intake.tables.notes import is_note
from zyb.rulebook.problems import Problem, problem
from zyb.rulebook.sheets import sheet_words

# Notes stand in the last lines; a line of more texts is one of the table.
LINES_BELOW, TEXTS_OF_A_NOTE = 30, 2
# Of a summary the remarks of so many lines are read.
LINES_WITH_REMARKS = 500
REMARKS = re.compile("(?:备注|说明|情况说明|备注说明)(?:栏|[(（].{0,20}[)）])?")
# So many are told, and so much of each.
TOLD, QUOTED = 10, 60


def noted(table: TableFound, day: date | None) -> list[Problem]:
    """A warning for each text around the table that speaks of its figures; once where it stands twice."""
    told: dict[str, str] = {}
    for cell, text in (*_lines(table), *_remarks(table), *_comments(table)):
        if speaks_of_figures(text) or _is_of_another_day(text, day):
            told.setdefault(text.strip(), cell)
    sheet = table.sheet.name
    return [
        problem("figures_noted", sheet, cell, text if len(text) <= QUOTED else f"{text[:QUOTED]}…")
        for text, cell in list(told.items())[:TOLD]
    ]


def _lines(table: TableFound) -> Iterator[tuple[str, str]]:
    """Notes above the table, and whatever stands alone in a line below it, with their cells."""
    first = max(table.body_row, table.sheet.n_rows - LINES_BELOW)
    below = [(row, cells, True) for row, cells in enumerate(table.sheet.rows(first), first)]
    for row, cells, alone in (*((row, cells, False) for row, cells in table.rows_above()), *below):
        texts = [(n, text) for n, text in enumerate(cells) if text.strip()]
        if texts and len(texts) <= TEXTS_OF_A_NOTE and (alone or is_note(texts[0][1])):
            yield from ((table.cell(row, n), text) for n, text in texts)


def _remarks(table: TableFound) -> Iterator[tuple[str, str]]:
    """Beside the figures of a summary."""
    if table.ledger.is_list:
        return
    heads = table.sheet.rows(table.first_row, table.body_row)
    columns = sorted(
        {
            n
            for cells in heads
            for n, text in enumerate(cells)
            if REMARKS.fullmatch(narrow(text[:LONGEST_LINE]))
        }
    )
    rows = table.sheet.rows(table.body_row, table.body_row + LINES_WITH_REMARKS) if columns else []
    for row, cells in enumerate(rows, table.body_row):
        yield from ((table.cell(row, n), cells[n]) for n in columns if cells[n])


def _comments(table: TableFound) -> Iterator[tuple[str, str]]:
    for row, column, text in table.sheet.doubts.comments:
        if row >= table.body_row and column in table.used:
            yield table.cell(row, column), " ".join(text.split())


def speaks_of_figures(text: str) -> bool:
    """Whether a note or remark says that figures are others than they stand: 应为98家, 数据为预估."""
    words, plain = sheet_words(), narrow(text[:LONGEST_LINE])
    if re.search(words.partly, plain):  # which is told already
        return False
    return bool(re.search(words.noted, re.sub(words.not_noted, "", plain)))


def _is_of_another_day(text: str, day: date | None) -> bool:
    """洛阳市数据截至2025年4月30日, below a table as of the 30th of June."""
    if day is None or not re.search("截[至止]", text):
        return False
    found = find_as_of([text[:LONGEST_LINE]], [], [])
    return found is not None and found.day != day
