"""How high the rows of a table stand, so that what belongs together stands on one page.

Only an estimate, since the fonts of the reader's machine decide; where it is wrong, nothing but white is lost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zyb.briefing.report_table import ReportTable
from zyb.exports.word.elements import POINTS_A_MM, TWIPS_A_MM, clean
from zyb.exports.word.fitting import Fit, broken
from zyb.exports.word.page import Paper
from zyb.exports.word.styles import ANNEX_TITLE, LINE, NOTE, UNIT
from zyb.letters import ems

HIGHEST, COMFORTABLE, STEP = 500, 420, 10
# In multiples of the letters' size: a line of a cell, and the lowest row.
CELL_LINE, LOWEST = 1.3, 1.3
# Left and right of the text in a cell, in points together.
CELL_MARGINS = 6.0
# In twips: above and below a sentence together, and between two rows.
AROUND_SENTENCES, RULE = 60, 10
SPARE_MM = 5.0
# 附件1 and an empty line, title, unit line.
ABOVE_MM = (2 * LINE + ANNEX_TITLE.line + UNIT.before + UNIT.line) / TWIPS_A_MM


@dataclass(frozen=True)
class RowHeights:
    """The height of a row in twips, and what stays free below table and notes, in millimetres."""

    height: int
    free: float


def rows(table: ReportTable, fit: Fit, below: Sequence[float]) -> RowHeights:
    """As high as leaves room for notes and the first of `below` that there is room for, or for the first note."""
    notes = notes_height(table.notes, fit.sheet)
    room = fit.sheet.height - ABOVE_MM - SPARE_MM
    texts = [line * cell_line(fit.size) for line in _lines_of_rows(table, fit)]
    for wanted in (*(notes + more for more in below), notes_height(table.notes[:1], fit.sheet)):
        for height in range(HIGHEST, lowest(fit) - 1, -STEP):
            free = room - sum(max(height, text + around(fit)) + RULE for text in texts) / TWIPS_A_MM
            if free >= wanted:
                return RowHeights(height, max(free - notes, 0.0))
    return RowHeights(COMFORTABLE, 0.0)


def around(fit: Fit) -> int:
    """Above and below the text of a cell together; where no sentences stand the height of the row is enough."""
    return AROUND_SENTENCES if fit.long else 0


def lowest(fit: Fit) -> int:
    return round(fit.size * 20 * LOWEST)


def cell_line(size: float) -> int:
    return round(size * 20 * CELL_LINE)


def _lines_of_rows(table: ReportTable, fit: Fit) -> list[int]:
    """For the head and every row, how many lines its fullest cell has."""
    group = fit.groups[0]
    room = [max((width * POINTS_A_MM - CELL_MARGINS) / fit.size, 1.0) for width in fit.widths(group)]
    head = [
        len(broken(clean(table.columns[place].title), width))
        for place, width in zip(group, room, strict=True)
    ]
    cells = ([(row[place], width) for place, width in zip(group, room, strict=True)] for row in table.texts())
    return [max(head), *(max(math.ceil(ems(clean(text)) / width) for text, width in row) for row in cells)]


def notes_height(notes: Sequence[str], sheet: Paper) -> float:
    """Notes stand off their number, some four characters."""
    room = sheet.width * POINTS_A_MM / NOTE.size - 4
    lines = sum(math.ceil(ems(clean(note)) / room) for note in notes)
    return lines * NOTE.line / TWIPS_A_MM
