"""A table as the standard's annexes have it: repeated head, 合计 row, tinted verdicts with shape and word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zyb.briefing.report_table import ReportTable, TableColumn
from zyb.exports.word.elements import Element, border, clean, element, line_break, paragraph, run, twips
from zyb.exports.word.fitting import Fit, broken
from zyb.exports.word.heights import CELL_MARGINS, around, cell_line
from zyb.exports.word.styles import CELL, CELL_HEAD, Face, ParagraphStyle
from zyb.letters import ems
from zyb.palette import SHAPES, TINTS, bare

# Longer texts begin at the left, shorter ones stand in the middle.
LONG_WORDS = 10.0
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def word_table(table: ReportTable, fit: Fit, group: Sequence[int], height: int) -> Element:
    widths = [twips(width) for width in fit.widths(group)]
    return element(
        "w:tbl",
        _properties(sum(widths), around(fit)),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        *_rows(table, fit, group, widths, height),
    )


def _properties(width: int, above_and_below: int) -> Element:
    beside, above = round(CELL_MARGINS * 10), above_and_below // 2
    margins = {"top": above, "left": beside, "bottom": above, "right": beside}
    sides = (border(side, 8 if side in ("top", "bottom") else 4) for side in SIDES)
    return element(
        "w:tblPr",
        element("w:tblW", w=width, type="dxa"),
        element("w:jc", val="center"),
        element("w:tblBorders", *sides),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *(element(f"w:{side}", w=w, type="dxa") for side, w in margins.items())),
    )


@dataclass(frozen=True)
class RowStyle:
    """What the cells of a row have in common. `held` keeps it on the page of the next one."""

    style: ParagraphStyle
    size: float
    tone: str = ""
    held: bool = False


def _rows(
    table: ReportTable, fit: Fit, group: Sequence[int], widths: Sequence[int], height: int
) -> Iterator[Element]:
    columns = [table.columns[place] for place in group]
    yield _row(height, _head(RowStyle(CELL_HEAD, fit.size), columns, widths), is_head=True)
    texts = table.texts()
    for place, row in enumerate(texts):
        cells = [row[column] for column in group]
        yield _row(height, _cells(_kind_of_row(table, place, fit.size), columns, cells, widths))


def _head(row: RowStyle, columns: Sequence[TableColumn], widths: Sequence[int]) -> Iterator[Element]:
    for column, width in zip(columns, widths, strict=True):
        words: list[Element] = []
        for line in broken(clean(column.title), (width / 20 - CELL_MARGINS) / row.size):
            words += [line_break(row.style)] if words else []
            words.append(run(line, row.style, _own_size(row)))
        yield _cell(row, width, *words)


def _kind_of_row(table: ReportTable, place: int, size: float) -> RowStyle:
    """The sum stays with the last region, and both with the notes."""
    if place >= len(table.rows):
        return RowStyle(CELL_HEAD, size, held=bool(table.notes))
    tone = table.tones[place] if place < len(table.tones) else ""
    is_last = place == len(table.rows) - 1
    return RowStyle(CELL, size, tone, held=is_last and bool(table.total or table.notes))


def _row(height: int, cells: Iterable[Element], is_head: bool = False) -> Element:
    properties = element("w:trPr", element("w:cantSplit"), element("w:trHeight", val=height, hRule="atLeast"))
    if is_head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", properties, *cells)


def _cells(
    row: RowStyle, columns: Sequence[TableColumn], texts: Sequence[str], widths: Sequence[int]
) -> Iterator[Element]:
    for column, text, width in zip(columns, texts, widths, strict=True):
        if column.kind == "verdict":
            yield _verdict(row, text, width)
        else:
            left = column.kind == "words" and ems(text) > LONG_WORDS
            yield _cell(row, width, run(text, row.style, _own_size(row)), align="left" if left else None)


def _verdict(row: RowStyle, text: str, width: int) -> Element:
    """Ground, shape and word; in a Chinese font throughout, where the shapes are as large as the words."""
    face = Face(row.style.face.chinese, row.style.face.chinese)
    return _cell(row, width, run(with_shape(text, row.tone), row.style, _own_size(row), face), tone=row.tone)


def with_shape(text: str, tone: str) -> str:
    """“▼进展缓慢”: the verdict is told without colour too."""
    shape = SHAPES.get(tone, "")
    return text if shape in text else f"{shape}{text}"


def _own_size(row: RowStyle) -> float | None:
    return None if row.size == row.style.size else row.size


def _cell(row: RowStyle, width: int, *words: Element, tone: str = "", align: str | None = None) -> Element:
    properties = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
    if tone:
        properties.append(element("w:shd", val="clear", color="auto", fill=bare(TINTS[tone])))
    properties.append(element("w:vAlign", val="center"))
    line = cell_line(row.size) if _own_size(row) else None
    return element(
        "w:tc", properties, paragraph(row.style, *words, align=align, keep_next=row.held, line=line)
    )
