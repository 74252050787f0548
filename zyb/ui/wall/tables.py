"""Tables of the full-screen briefing: split into pages that a projector shows whole, in letters for ten metres.

The stage is 1920 × 1080; lengths here are its pixels, and everything grows with the screen. Widths and
heights are estimated as those of the PowerPoint slides are (a page there is 13.333 inches wide).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import accumulate

from zyb import palette
from zyb.briefing.model import Cell, Column, Table
from zyb.deck import measuring
from zyb.exports.slides import tables as layout
from zyb.exports.slides.tables import Row, Sheet
from zyb.rulebook.verdicts import Tone
from zyb.ui.look import Html, html

PIXELS_PER_INCH = 144
PIXELS_PER_POINT = 2
# Largest to smallest letters, in points of a page: 32 to 28 pixels of the stage, which are read at ten metres.
SIZES = (16.0, 15.0, 14.0)
WIDTH = 1744 / PIXELS_PER_INCH
HEIGHT = 716 / PIXELS_PER_INCH
ROOMIEST = 68 / PIXELS_PER_INCH
# Browsers break lines a little earlier than the estimate.
CAUTION = 1.03

# Ems of an alert's sentence: two lines of its column.
SHORT_SENTENCE = 50.0

# A tone for a cell by column title and name of the row.
Judge = Callable[[str, str], Tone | None]


@dataclass(frozen=True)
class TablePage:
    """Some rows of a table in one size of letters."""

    sheet: Sheet
    rows: tuple[Row, ...]
    high: float = HEIGHT


def pages(table: Table, taken: float = 0.0) -> list[TablePage]:
    """As few as possible, and among these the largest letters; too many columns become several tables.

    `taken` is what stands below the table already, in inches.
    """
    # The parts are measured in the smallest letters of PowerPoint; ours are larger.
    parts = layout.narrow_parts(table, WIDTH * layout.SIZES[-1] / SIZES[-1])
    return [page for part in parts for page in _part(part, HEIGHT - taken)]


def brief_alerts(table: Table) -> Table:
    """Nobody reads a paragraph from a wall: of each sentence what its row does not say, as far as two lines go."""
    return replace(table, rows=tuple(map(_brief_row, table.rows)))


def _brief_row(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    *named, sentence = map(str, row)
    for said in named:
        sentence = sentence.removeprefix(said)
    clauses = sentence.rstrip("。").split("，")
    lengths = accumulate(measuring.ems(f"{clause}，") for clause in clauses)
    kept = max(sum(length <= SHORT_SENTENCE for length in lengths), 1)
    return (*row[:-1], "，".join(clauses[:kept]) + "。")


def _part(table: Table, high: float) -> list[TablePage]:
    sheets = [Sheet(table, WIDTH, size) for size in SIZES]
    split = [_split(sheet, _room(sheet, high)) for sheet in sheets]
    fewest = min(len(rows) for rows in split)
    number = next(n for n, rows in enumerate(split) if len(rows) == fewest)
    return [TablePage(sheets[number], rows, high) for rows in _evened(sheets[number], fewest, high)]


def _room(sheet: Sheet, high: float) -> float:
    """What is left for rows between the head, 全省 and the lower edge."""
    return high / CAUTION - sheet.fixed


def _split(sheet: Sheet, room: float) -> list[tuple[Row, ...]]:
    found: list[list[Row]] = [[]]
    used = 0.0
    for row in sheet.rows:
        high = sheet.height(row)
        if found[-1] and used + high > room:
            found.append([])
            used = 0.0
        found[-1].append(row)
        used += high
    return [tuple(rows) for rows in found]


def _evened(sheet: Sheet, count: int, high: float) -> list[tuple[Row, ...]]:
    """No page nearly empty."""
    whole = _room(sheet, high)
    room = sum(sheet.height(row) for row in sheet.rows) / count
    while room < whole and len(_split(sheet, room)) > count:
        room += 0.05
    return _split(sheet, min(room, whole))


# --- HTML ------------------------------------------------------------------------------------------


def drawn(page: TablePage, judge: Judge | None = None) -> Html:
    """The head, 全省 pinned below it, and the rows."""
    sheet = page.sheet
    shown = [*([sheet.total] if sheet.total else []), *page.rows]
    spare = max(page.high - sum(sheet.height(row) for row in (sheet.head, *shown)), 0.0) / (len(shown) + 1)
    columns = "".join(f'<col style="width:{100 * width / sheet.width:.2f}%">' for width in sheet.widths)
    head = "".join(_head(column) for column in sheet.table.columns)
    body = html(*(_row(sheet, row, spare, judge) for row in shown))
    return Html(
        f'<table class="z-sheet-table" style="font-size:calc({sheet.size * PIXELS_PER_POINT:g} * var(--u))">'
        f"<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _side(column: Column) -> str:
    return "z-right" if column.kind in layout.RIGHT else "z-mid" if column.kind in layout.CENTRED else ""


def _head(column: Column) -> str:
    return f'<th class="{_side(column)}">{escape(column.title)}</th>'


def _row(sheet: Sheet, row: Row, spare: float, judge: Judge | None) -> Html:
    natural = sheet.height(row)
    high = max(natural, min(natural + spare, ROOMIEST)) * PIXELS_PER_INCH
    marked = layout.judged_column(sheet.table)
    cells = zip(row.cells, sheet.table.columns, strict=True)
    inside = html(
        *(
            _cell(text, column, _tone(row, column, n == marked, judge))
            for n, (text, column) in enumerate(cells)
        )
    )
    classes = ' class="z-total"' if row.is_total else ""
    return Html(f'<tr{classes} style="height:calc({high:.0f} * var(--u))">{inside}</tr>')


def _tone(row: Row, column: Column, judged: bool, judge: Judge | None) -> Tone | None:
    if row.is_total:
        return None
    if judged:
        return row.tone
    return judge(column.title, row.cells[0]) if judge else None


def _cell(text: str, column: Column, tone: Tone | None) -> Html:
    classes = " ".join(part for part in (_side(column), f"z-on-{tone}" if tone else "") if part)
    mark = f"<i>{palette.SHAPES[tone]}</i>" if tone and not text.startswith(palette.SHAPES[tone]) else ""
    return Html(f'<td class="{classes}">{mark}{escape(text)}</td>')


def table_titles(page: TablePage) -> tuple[str, str]:
    """What the table is called and the unit of its figures."""
    return page.sheet.table.title, page.sheet.table.unit


def first_notes(table: Table, most: int) -> Sequence[str]:
    """As many notes as fit a line of so many letters."""
    kept: list[str] = []
    for note in table.notes:
        if sum(map(len, kept)) + len(note) > most:
            break
        kept.append(note)
    return kept
