"""The house style of the workbook: fonts, number formats, colours, widths. One format a look, made when wanted."""

from __future__ import annotations

from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]

from zyb.exports.statistics.grid import GridKind, GridValue, SheetColumn
from zyb.letters import columns
from zyb.palette import INK, LAGGING, LETTERING, OFFICE_FONT, OFFICE_HEADING_FONT, SECONDARY, TINTS

# What is unfinished never shows as 100.0 %, here as everywhere (zyb.numerals).
PERCENT = '[>=1]0.0%;[>=0.9995]"99.9%";0.0%'
GROWTH = "+0.0%;−0.0%;0.0%"
NUMBERS: dict[GridKind, str] = {
    "rank": "0",
    "count": "0;−0;0",
    "percent": PERCENT,
    "growth": GROWTH,
    "points": "+0.0;−0.0;0.0",
    "rate": "0.0;−0.0;0.0",
    "day": 'yyyy"-"mm"-"dd',
    "change": '"↑"0;"↓"0;"持平"',
}
HEAD_GROUND, TOTAL_GROUND, LINE = "#dcebe8", "#eef4f2", "#9fb3ae"
WIDTHS: dict[GridKind, float] = {
    "rank": 7, "count": 10.5, "percent": 10.5, "growth": 10.5, "points": 11, "rate": 11, "verdict": 14, "day": 12.5, "change": 9,
}  # fmt: skip
NARROWEST_NAME, WIDEST_NAME, WIDEST_WORDS = 12, 30, 52
TITLE_HEIGHT, LINE_HEIGHT, ROW_HEIGHT = 36, 16.5, 22


def units(text: str) -> float:
    """The width of a text in units of column width: a Chinese character takes two, each a little more."""
    return columns(text) + 0.1 * len(text)


def lines(text: str, width: float) -> int:
    """The lines that a text takes in a column of this width."""
    return sum(max(1, -(-units(part) // max(width - 1, 1))) for part in text.split("\n")).__ceil__()


def width_of(column: SheetColumn, values: list[GridValue]) -> float:
    longest = max((units(value) for value in values if isinstance(value, str)), default=0) + 2
    if column.kind == "name":
        return min(max(longest, NARROWEST_NAME), WIDEST_NAME)
    if column.kind == "words":
        return min(max(longest, units(column.title) + 2, NARROWEST_NAME), WIDEST_WORDS)
    if column.kind == "verdict":
        return max(longest, WIDTHS["verdict"])
    return WIDTHS[column.kind]


class House:
    """Formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        wanted = {
            "font_name": OFFICE_FONT,
            "font_size": 11,
            "font_color": INK,
            "valign": "vcenter",
            **properties,
        }
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def over(self, **properties: Any) -> Format:
        """For a conditional format: what changes, and nothing else."""
        return self._book.add_format(properties)

    @property
    def title(self) -> Format:
        return self.look(font_name=OFFICE_HEADING_FONT, font_size=18, align="center", text_wrap=True)

    @property
    def warning(self) -> Format:
        return self.look(bold=True, font_color=LAGGING, bg_color=TINTS["lagging"], align="center")

    @property
    def note(self) -> Format:
        return self.look(font_size=10, font_color=SECONDARY, text_wrap=True, valign="top")

    @property
    def chapter(self) -> Format:
        return self.look(font_name=OFFICE_HEADING_FONT, font_size=12, bottom=1, bottom_color=LINE)

    @property
    def head(self) -> Format:
        return self.look(**_ruled(), bold=True, align="center", text_wrap=True, bg_color=HEAD_GROUND)

    def aside(self, align: str) -> Format:
        """The lines above a table: 统计截至 and the unit."""
        return self.look(font_size=10.5, align=align)

    def cell(self, kind: GridKind, *, total: bool = False, left: bool = False) -> Format:
        look: dict[str, Any] = {**_ruled(), "align": "left" if left else "center"}
        if kind in NUMBERS:
            look["num_format"] = NUMBERS[kind]
        if kind in ("words", "name"):
            look["text_wrap"] = True
        if left:
            look["indent"] = 1
        if total:
            look |= {"bold": True, "bg_color": TOTAL_GROUND, "top": 2}
        return self.look(**look)

    def tinted(self, tone: str) -> Format:
        return self.over(bg_color=TINTS[tone], font_color=LETTERING[tone])


def _ruled() -> dict[str, Any]:
    return {"border": 1, "border_color": LINE}
