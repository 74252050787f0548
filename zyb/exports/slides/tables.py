"""Pages of a table as native tables of a slide."""

from __future__ import annotations

from zyb import palette
from zyb.briefing.report_table import TableColumn
from zyb.deck.paging import Legibility, TablePage
from zyb.deck.tables import AIR, CENTRED, PADDING, RIGHT, MeasuredTable, PrintedRow, judged_column
from zyb.exports.drawingml.ink import NO_FILL, LetterStyle, line, solid
from zyb.exports.slides.drawing import Box, emu, paragraph, run

# From the largest letters that leave room to the smallest that are read from the back of a room.
READING = Legibility(sizes=(14.0, 13.0, 12.0, 11.0, 10.5), roomiest=0.42)
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # built in: 无样式，无网格


def drawn(page: TablePage, box: Box) -> tuple[Box, str]:
    """The table and the place that it takes."""
    sheet, heights = page.sheet, page.heights(box.height, READING.roomiest)
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in sheet.widths)
    marked = judged_column(sheet.table)
    lines = "".join(
        f'<a:tr h="{emu(high)}">{_cells(sheet, row, marked)}</a:tr>'
        for row, high in zip(page.shown, heights, strict=True)
    )
    xml = (
        f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl>"
    )
    return Box(box.left, box.top, box.width, sum(heights)), xml


def _cells(sheet: MeasuredTable, row: PrintedRow, marked: int | None) -> str:
    return "".join(
        _cell(sheet, row, text, column, n == marked)
        for n, (text, column) in enumerate(zip(row.cells, sheet.table.columns, strict=True))
    )


def _cell(sheet: MeasuredTable, row: PrintedRow, text: str, column: TableColumn, judged: bool) -> str:
    is_head = row is sheet.head
    style, ground = _look(sheet.size, row, is_head, judged)
    align = "r" if column.kind in RIGHT else "ctr" if column.kind in CENTRED else "l"
    side = f'marL="{emu(PADDING)}" marR="{emu(PADDING)}" marT="{emu(AIR / 2)}" marB="{emu(AIR / 2)}"'
    sides = "".join(line(None, tag=f"a:ln{edge}") for edge in "LRT")
    bottom = line(palette.JADE, 1.5, tag="a:lnB") if is_head else line(palette.HAIRLINE, 0.75, tag="a:lnB")
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph(run(text, style), align=align)}</a:txBody>"
        f'<a:tcPr {side} anchor="ctr">{sides}{bottom}{ground}</a:tcPr></a:tc>'
    )


def _look(size: float, row: PrintedRow, is_head: bool, judged: bool) -> tuple[LetterStyle, str]:
    if is_head:
        return LetterStyle(size, palette.SECONDARY, bold=True), solid(palette.GROUND)
    if row.is_total:
        return LetterStyle(size, bold=True), solid(palette.TINTS["plain"])
    if judged and row.tone:
        return LetterStyle(size, palette.LETTERING[row.tone], bold=True), solid(palette.TINTS[row.tone])
    return LetterStyle(size), NO_FILL
