"""A Table of the Briefing as native tables: column widths by content, as many pages as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zyb import palette
from zyb.briefing.model import Column, Table
from zyb.deck import measuring
from zyb.exports.slides.drawing import NO_FILL, Box, Style, emu, line, paragraph, run, solid
from zyb.rulebook.verdicts import Tone

# From the largest letters that leave room to the smallest that are read from the back of a room.
SIZES = (14.0, 13.0, 12.0, 11.0, 10.5)
PADDING = 0.1  # left and right of a cell
AIR = 0.06  # above and below the lines of a cell, together
ROOMIEST = 0.42  # no row is higher than this unless its text is
LONGEST_WORDS = 40.0  # ems: sentences are broken beyond this
LONGEST_HEAD = 5.6  # ems: heads longer than this take two lines
SHORTEST_HEAD = 3.0
SHORTEST_WORDS = 9.0
LONGEST_NAME = 12.0
SLACK = 0.6  # ems: what is measured a little short still does not break
RIGHT = {"count", "percent", "points", "rate"}
CENTRED = {"rank", "verdict"}
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # built in: 无样式，无网格


@dataclass(frozen=True)
class Row:
    """As printed; `tone` colours the cell that carries the verdict."""

    cells: tuple[str, ...]
    tone: Tone | None = None
    is_total: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table in one size of letters and so wide: knows how high its rows become."""

    table: Table
    width: float
    size: float

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        texts = [tuple(row) for row in self.table.texts()]
        tones = [*self.table.tones, *[None] * len(texts)]
        marked = judged_column(self.table)
        return tuple(
            Row(_marked(cells, marked, tone), tone)
            for cells, tone in zip(texts[: len(self.table.rows)], tones, strict=False)
        )

    @cached_property
    def total(self) -> Row | None:
        return Row(tuple(self.table.texts()[-1]), is_total=True) if self.table.total else None

    @cached_property
    def head(self) -> Row:
        return Row(tuple(column.title for column in self.table.columns))

    @cached_property
    def widths(self) -> list[float]:
        """Columns as wide as their longest cell; spare room is shared, heads and sentences give way first."""
        wanted = [_wanted(self._column(n), column, self.size) for n, column in enumerate(self.table.columns)]
        natural = [most for _, most in wanted]
        spare = self.width - sum(natural)
        if spare >= 0:
            return [width + spare * width / sum(natural) for width in natural]
        least = [least for least, _ in wanted]
        giving = sum(natural) - sum(least)
        share = max(self.width - sum(least), 0.0) / giving if giving else 0.0
        squeezed = [low + (high - low) * share for low, high in wanted]
        return [width * self.width / sum(squeezed) for width in squeezed]

    def _column(self, number: int) -> list[str]:
        return [row.cells[number] for row in (*self.rows, *([self.total] if self.total else []))]

    def height(self, row: Row) -> float:
        bold = 1.04 if row in (self.head, self.total) else 1.0
        most = max(
            measuring.lines(text, width - 2 * PADDING, self.size * bold)
            for text, width in zip(row.cells, self.widths, strict=True)
        )
        return most * measuring.line_height(self.size) + AIR

    @cached_property
    def fixed(self) -> float:
        """The rows that stand on every page: the head and 全省."""
        return self.height(self.head) + (self.height(self.total) if self.total else 0.0)

    @property
    def wanted(self) -> float:
        return self.fixed + sum(self.height(row) for row in self.rows)


def judged_column(table: Table) -> int | None:
    """Where the verdict shows: in its own column, otherwise on the name."""
    if not table.tones:
        return None
    kinds = [column.kind for column in table.columns]
    return kinds.index("verdict") if "verdict" in kinds else kinds.index("name") if "name" in kinds else None


def _marked(cells: tuple[str, ...], column: int | None, tone: Tone | None) -> tuple[str, ...]:
    """With the shape of its tone, so that it survives a black and white print."""
    if column is None or tone is None:
        return cells
    text, shape = cells[column], palette.SHAPES[tone]
    if text.startswith(tuple(shape for shape in palette.SHAPES.values() if shape)):
        return cells
    return (*cells[:column], f"{shape} {text}", *cells[column + 1 :])


def _wanted(texts: Sequence[str], column: Column, size: float) -> tuple[float, float]:
    """The least and the natural width of a column in inches."""
    longest = (
        max([measuring.ems(text) for text in texts], default=0.0) * 1.04 + SLACK
    )  # bold letters are wider
    head = measuring.ems(column.title) + SLACK
    folded = head if head <= LONGEST_HEAD else max(LONGEST_HEAD, head / 2 + SLACK)
    least, most = max(longest, SHORTEST_HEAD), max(longest, folded)
    if column.kind == "name":
        least = min(longest, LONGEST_NAME)
    elif column.kind == "words":
        least, most = min(longest, SHORTEST_WORDS), max(min(longest, LONGEST_WORDS), folded)
    em, sides = size / measuring.POINTS, 2 * PADDING
    return least * em + sides, most * em + sides


# --- pages -----------------------------------------------------------------------------------------


def paged(table: Table, box: Box) -> tuple[Sheet, list[tuple[Row, ...]]]:
    """On one page in the largest letters that fit; what fits in none is spread evenly over few pages."""
    sheets = [Sheet(table, box.width, size) for size in SIZES]
    counts = [len(_filled(sheet, box.height - sheet.fixed)) for sheet in sheets]
    sheet = sheets[counts.index(min(counts))]
    return sheet, _even(sheet, box.height)


def narrow_parts(table: Table, width: float) -> list[Table]:
    """A table with more columns than stand side by side, in parts that all begin with its first column."""
    least = [_wanted(_texts(table, n), column, SIZES[-1])[0] for n, column in enumerate(table.columns)]
    parts: list[list[int]] = [[0]]
    for n in range(1, len(table.columns)):
        if len(parts[-1]) > 1 and sum(least[m] for m in (*parts[-1], n)) > width:
            parts.append([0])
        parts[-1].append(n)
    return [_columns(table, part) for part in parts] if len(parts) > 1 else [table]


def _columns(table: Table, numbers: Sequence[int]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[n] for n in numbers),
        rows=tuple(tuple(row[n] for n in numbers) for row in table.rows),
        total=tuple(table.total[n] for n in numbers) if table.total else None,
    )


def _texts(table: Table, number: int) -> list[str]:
    return [row[number] for row in table.texts()]


def _filled(sheet: Sheet, room: float) -> list[tuple[Row, ...]]:
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row in sheet.rows:
        high = sheet.height(row)
        if pages[-1] and used + high > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += high
    return [tuple(page) for page in pages]


def _even(sheet: Sheet, height: float) -> list[tuple[Row, ...]]:
    """As few pages as possible, none of them nearly empty."""
    room = height - sheet.fixed
    count = len(_filled(sheet, room))
    even = sum(sheet.height(row) for row in sheet.rows) / count
    while even < room and len(_filled(sheet, even)) > count:
        even += 0.05
    return _filled(sheet, min(even, room))


# --- XML -------------------------------------------------------------------------------------------


def drawn(sheet: Sheet, rows: Sequence[Row], box: Box) -> tuple[Box, str]:
    """The table and the place that it takes: rows grow into spare room, up to a limit."""
    shown = [sheet.head, *([sheet.total] if sheet.total else []), *rows]
    natural = [sheet.height(row) for row in shown]
    spare = max(box.height - sum(natural), 0.0) / len(shown)
    heights = [max(high, min(high + spare, ROOMIEST)) for high in natural]
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in sheet.widths)
    marked = judged_column(sheet.table)
    lines = "".join(
        f'<a:tr h="{emu(high)}">{_cells(sheet, row, marked)}</a:tr>'
        for row, high in zip(shown, heights, strict=True)
    )
    xml = (
        f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl>"
    )
    return Box(box.left, box.top, box.width, sum(heights)), xml


def _cells(sheet: Sheet, row: Row, marked: int | None) -> str:
    return "".join(
        _cell(sheet, row, text, column, n == marked)
        for n, (text, column) in enumerate(zip(row.cells, sheet.table.columns, strict=True))
    )


def _cell(sheet: Sheet, row: Row, text: str, column: Column, judged: bool) -> str:
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


def _look(size: float, row: Row, is_head: bool, judged: bool) -> tuple[Style, str]:
    if is_head:
        return Style(size, palette.SECONDARY, bold=True), solid(palette.GROUND)
    if row.is_total:
        return Style(size, bold=True), solid(palette.TINTS["plain"])
    if judged and row.tone:
        return Style(size, palette.LETTERING[row.tone], bold=True), solid(palette.TINTS[row.tone])
    return Style(size), NO_FILL
