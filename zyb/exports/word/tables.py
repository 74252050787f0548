"""A table as the standard's annexes have it: repeated head, 合计 row, tinted verdicts with shape and word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zyb.briefing.model import Column, Table
from zyb.exports.word.elements import Element, border, clean, element, ems, paragraph, run, twips
from zyb.exports.word.fitting import Fit
from zyb.exports.word.styles import CELL, CELL_HEAD, Style
from zyb.palette import SHAPES, TINTS, bare

# Room that a table may take on its first page, below the annex's title and above its notes.
TITLE_AND_NOTES_MM = 75
HIGHEST_ROW = 500
# Longer texts begin at the left, shorter ones stand in the middle.
LONG_WORDS = 10.0
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def word_table(table: Table, fit: Fit, group: Sequence[int]) -> Element:
    widths = [twips(width) for width in fit.widths(group)]
    return element(
        "w:tbl",
        _properties(sum(widths)),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        *_rows(table, fit, group, widths),
    )


def _properties(width: int) -> Element:
    sides = (border(side, 8 if side in ("top", "bottom") else 4) for side in SIDES)
    return element(
        "w:tblPr",
        element("w:tblW", w=width, type="dxa"),
        element("w:jc", val="center"),
        element("w:tblBorders", *sides),
        element("w:tblLayout", type="fixed"),
    )


def _rows(table: Table, fit: Fit, group: Sequence[int], widths: Sequence[int]) -> Iterator[Element]:
    columns = [table.columns[index] for index in group]
    height = _height(fit, len(table.rows) + 2)
    head = [
        _cell(column.title, width, CELL_HEAD, fit.size) for column, width in zip(columns, widths, strict=True)
    ]
    yield _row(height, head, is_head=True)
    texts = table.texts()
    for place, row in enumerate(texts):
        is_total = place >= len(table.rows)
        tone = "" if is_total or place >= len(table.tones) else table.tones[place]
        # The sum stays with the last region, and both with the notes.
        held = place >= len(texts) - 2
        cells = [row[index] for index in group]
        yield _row(height, _cells(columns, cells, widths, fit.size, tone, is_total, held))


def _height(fit: Fit, rows: int) -> int:
    """Rows stand as far apart as lets them stay on one page."""
    lowest = round(fit.size * 27)
    return max(lowest, min(HIGHEST_ROW, twips(fit.sheet.height - TITLE_AND_NOTES_MM) // rows))


def _row(height: int, cells: Iterable[Element], is_head: bool = False) -> Element:
    properties = element("w:trPr", element("w:cantSplit"), element("w:trHeight", val=height, hRule="atLeast"))
    if is_head:
        properties.append(element("w:tblHeader"))
    return element("w:tr", properties, *cells)


def _cells(
    columns: Sequence[Column],
    texts: Sequence[str],
    widths: Sequence[int],
    size: float,
    tone: str,
    is_total: bool,
    held: bool,
) -> Iterator[Element]:
    style = CELL_HEAD if is_total else CELL
    for column, text, width in zip(columns, texts, widths, strict=True):
        judged = tone if column.kind == "verdict" else ""
        align = "left" if column.kind == "words" and ems(text) > LONG_WORDS else None
        yield _cell(with_shape(text, judged), width, style, size, judged, align, held)


def with_shape(text: str, tone: str) -> str:
    """“▼进展缓慢”: the verdict is told without colour too."""
    shape = SHAPES.get(tone, "")
    return text if shape in text else f"{shape}{text}"


def _cell(
    text: str,
    width: int,
    style: Style,
    size: float,
    tone: str = "",
    align: str | None = None,
    held: bool = False,
) -> Element:
    properties = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
    if tone:
        properties.append(element("w:shd", val="clear", color="auto", fill=bare(TINTS[tone])))
    properties.append(element("w:vAlign", val="center"))
    other_size = None if size == style.size else size
    line = None if other_size is None else round(size * 26)
    words = run(clean(text), style, other_size)
    return element("w:tc", properties, paragraph(style, words, align=align, keep_next=held, line=line))
