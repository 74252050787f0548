"""Which rows of a table stand on which page, in letters that are read where it is shown; what is said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zyb.briefing.model import Slide
from zyb.briefing.report_table import ReportTable
from zyb.deck import measuring
from zyb.deck.tables import MeasuredTable, PrintedRow, judged_column, least_width

KEY = "▼ 滞后　◆ 关注　● 正常　▨ 无数据"
# Of alerts nobody reads more from a wall; how many are left out is said.
MOST_ALERT_PAGES = 2
STEP = 0.05


@dataclass(frozen=True)
class Legibility:
    """How tables are read: letters in points from the largest to the smallest, the highest row that is only spread
    out, in inches, and by how much rows may turn out higher than they are measured."""

    sizes: tuple[float, ...]
    roomiest: float
    caution: float = 1.0


@dataclass(frozen=True)
class TablePage:
    """Some rows of a table in one size of letters."""

    sheet: MeasuredTable
    rows: tuple[PrintedRow, ...]

    @property
    def shown(self) -> list[PrintedRow]:
        """With what stands on every page."""
        return [self.sheet.head, *([self.sheet.total] if self.sheet.total else []), *self.rows]

    def heights(self, height: float, roomiest: float) -> list[float]:
        """Of all that is shown, the head first: rows grow into spare room, up to a limit."""
        natural = [self.sheet.height(row) for row in self.shown]
        spare = max(height - sum(natural), 0.0) / len(natural)
        return [max(high, min(high + spare, roomiest)) for high in natural]


def pages(table: ReportTable, width: float, height: float, reading: Legibility) -> list[TablePage]:
    """As few as possible, and among these the largest letters; too many columns become several tables."""
    parts = _narrow_parts(table, width, reading.sizes[-1])
    return [page for part in parts for page in paged(part, width, height, reading)]


def paged(table: ReportTable, width: float, height: float, reading: Legibility) -> list[TablePage]:
    """With all columns side by side; what fits on no single page is spread evenly over few."""
    sheets = [MeasuredTable(table, width, size) for size in reading.sizes]
    rooms = [height / reading.caution - sheet.fixed for sheet in sheets]
    counts = [len(_filled(sheet, room)) for sheet, room in zip(sheets, rooms, strict=True)]
    best = counts.index(min(counts))
    return [TablePage(sheets[best], rows) for rows in _even(sheets[best], rooms[best])]


def _filled(sheet: MeasuredTable, room: float) -> list[tuple[PrintedRow, ...]]:
    found: list[list[PrintedRow]] = [[]]
    used = 0.0
    for row in sheet.rows:
        high = sheet.height(row)
        if found[-1] and used + high > room:
            found.append([])
            used = 0.0
        found[-1].append(row)
        used += high
    return [tuple(rows) for rows in found]


def _even(sheet: MeasuredTable, room: float) -> list[tuple[PrintedRow, ...]]:
    """As few pages as possible, none of them nearly empty."""
    count = len(_filled(sheet, room))
    even = sum(sheet.height(row) for row in sheet.rows) / count
    while even < room and len(_filled(sheet, even)) > count:
        even += STEP
    return _filled(sheet, min(even, room))


def _narrow_parts(table: ReportTable, width: float, size: float) -> list[ReportTable]:
    """A table with more columns than stand side by side, in parts that all begin with its first column."""
    texts = table.texts()
    least = [least_width([row[n] for row in texts], column, size) for n, column in enumerate(table.columns)]
    parts: list[list[int]] = [[0]]
    for n in range(1, len(table.columns)):
        if len(parts[-1]) > 1 and sum(least[m] for m in (*parts[-1], n)) > width:
            parts.append([0])
        parts[-1].append(n)
    return [_columns(table, part) for part in parts] if len(parts) > 1 else [table]


def _columns(table: ReportTable, numbers: Sequence[int]) -> ReportTable:
    return replace(
        table,
        columns=tuple(table.columns[n] for n in numbers),
        rows=tuple(tuple(row[n] for n in numbers) for row in table.rows),
        total=tuple(table.total[n] for n in numbers) if table.total else None,
    )


# --- what is said beside the rows ------------------------------------------------------------------


def shown_of(slide: Slide, pages: Sequence[TablePage]) -> tuple[Sequence[TablePage], str]:
    """The pages that are shown, and what is said of the others."""
    kept = pages[:MOST_ALERT_PAGES] if slide.kind == "alerts" else pages
    rest = sum(len(page.rows) for page in pages[len(kept) :])
    return kept, f"按轻重排列，其余{rest}项从略" if rest else ""


def part(number: int, count: int) -> str:
    """Behind the title of a slide that takes several: “（1/2）”."""
    return f"（{number}/{count}）" if count > 1 else ""


def below(
    table: ReportTable, width: float, size: float, remark: str = "", *, lines: int = 1, judged: bool = False
) -> str:
    """The key to the colours and as many notes as so many lines hold."""
    key = KEY if judged or judged_column(table) is not None else ""
    said = [text for text in (key, remark) if text]
    for note in table.notes:
        if measuring.lines("　".join([*said, note]), width, size) > lines:
            break
        said.append(note)
    return "　".join(said)
