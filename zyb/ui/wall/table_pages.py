"""Tables of the full-screen briefing: pages that a projector shows whole, in letters for ten metres.

The stage is 1920 × 1080; lengths here are its pixels, and everything grows with the screen. Widths and
heights are estimated as those of the PowerPoint slides are (a page there is 13.333 inches wide).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from zyb import palette
from zyb.briefing.model import AlertLine
from zyb.briefing.report_table import ReportTable, TableColumn
from zyb.briefing.tables import alerts_table
from zyb.deck import measuring, paging
from zyb.deck.paging import Legibility, TablePage
from zyb.deck.tables import CENTRED, RIGHT, MeasuredTable, PrintedRow, judged_column
from zyb.html import HtmlCell, HtmlRow, Markup, joined, table, tag
from zyb.rulebook.verdicts import Tone

PIXELS_PER_INCH = 144
PIXELS_PER_POINT = 2
WIDTH = 1744 / PIXELS_PER_INCH
HEIGHT = 716 / PIXELS_PER_INCH
# 32 to 28 pixels of the stage are read at ten metres; browsers break lines a little earlier than the estimate.
READING = Legibility(sizes=(16.0, 15.0, 14.0), roomiest=68 / PIXELS_PER_INCH, caution=1.03)

# Ems of an alert's sentence: two lines of its column.
SHORT_SENTENCE = 50.0

# A tone for a cell by column title and name of the row.
Judge = Callable[[str, str], Tone | None]


def pages(table: ReportTable, taken: float = 0.0) -> list[TablePage]:
    """`taken` is what stands below the table already, in inches."""
    return paging.pages(table, WIDTH, HEIGHT - taken, READING)


def brief_alerts(alerts: Sequence[AlertLine]) -> ReportTable:
    """Nobody reads a paragraph from a wall: of each alert what its row does not say, as far as two lines go."""
    return alerts_table([replace(alert, sentence=_brief(alert)) for alert in alerts])


def _brief(alert: AlertLine) -> str:
    lengths = accumulate(measuring.ems(f"{clause}，") for clause in alert.clauses)
    kept = max(sum(length <= SHORT_SENTENCE for length in lengths), 1)
    return "，".join(alert.clauses[:kept]) + "。" if alert.clauses else alert.sentence


# --- HTML ------------------------------------------------------------------------------------------


def drawn(page: TablePage, judge: Judge | None = None, taken: float = 0.0) -> Markup:
    """The head, 全省 pinned below it, and the rows."""
    sheet, heights = page.sheet, page.heights(HEIGHT - taken, READING.roomiest)
    rows = zip(page.shown[1:], heights[1:], strict=True)
    return table(
        [HtmlCell(column.title, _side(column)) for column in sheet.table.columns],
        [_row(sheet, row, high, judge) for row, high in rows],
        "z-sheet-table",
        widths=[width / sheet.width for width in sheet.widths],
        style=f"font-size:calc({sheet.size * PIXELS_PER_POINT:g} * var(--u))",
    )


def _side(column: TableColumn) -> str:
    return "right" if column.kind in RIGHT else "mid" if column.kind in CENTRED else ""


def _row(sheet: MeasuredTable, row: PrintedRow, high: float, judge: Judge | None) -> HtmlRow:
    marked = judged_column(sheet.table)
    cells = [
        _cell(text, column, _tone(row, column, n == marked, judge))
        for n, (text, column) in enumerate(zip(row.cells, sheet.table.columns, strict=True))
    ]
    style = f"height:calc({high * PIXELS_PER_INCH:.0f} * var(--u))"
    return HtmlRow(cells, "total" if row.is_total else "", style)


def _tone(row: PrintedRow, column: TableColumn, judged: bool, judge: Judge | None) -> Tone | None:
    if row.is_total:
        return None
    if judged:
        return row.tone
    return judge(column.title, row.cells[0]) if judge else None


def _cell(text: str, column: TableColumn, tone: Tone | None) -> HtmlCell:
    side = _side(column)
    if not tone:
        return HtmlCell(text, side)
    shape = palette.SHAPES[tone]
    marked = text if text.startswith(shape) else joined(tag("i", shape), text)
    return HtmlCell(marked, f"{side} on-{tone}")
