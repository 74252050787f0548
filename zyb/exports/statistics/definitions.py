"""指标口径: how every figure is counted, and the days and targets that the formulas of the other sheets use."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell  # type: ignore[import-untyped]

from zyb.briefing.model import Briefing, Section
from zyb.exports.statistics import rules
from zyb.exports.statistics.grid import Grid, GridRow, SheetColumn
from zyb.exports.statistics.page import HEAD_ROW, SheetSurround, StatisticsPage
from zyb.numerals import value_text

SHEET = "指标口径"
WIDTHS = (24, 34, 6, 9, 12.5, 12.5, 12.5, 12.5, 9, 8, 30, 30)
FIELDS = (
    SheetColumn("name", "指标", "name"),
    SheetColumn("definition", "口径", "words"),
    SheetColumn("unit", "单位", "words"),
    SheetColumn("target", "目标", "percent"),
    SheetColumn("start", "任务起始", "day"),
    SheetColumn("due", "时限", "day"),
    SheetColumn("previous", "上期\n数据截至", "day"),
    SheetColumn("as_of", "数据截至", "day"),
    SheetColumn("pace", "序时进度\n／目标", "percent", rules.STRAIGHT_PACE),
    SheetColumn("weeks", "剩余\n周数", "count", rules.WEEKS),
    SheetColumn("basis", "指标依据", "words"),
    SheetColumn("plan_basis", "任务依据和说明", "words"),
)
NOTES = (
    "修改本表的目标、时限、数据截至、序时进度或剩余周数后，各表中的公式随之重算；重算结果不再是本次通报的数字。",
    "序时进度按任务期限内已过天数推算；有阶段目标的，在阶段之间推算，直接写数。不按时间推算的指标与目标比较。",
)


def definitions(sections: Sequence[Section]) -> Grid:
    return Grid(FIELDS, tuple(map(_row, sections)))


def _row(section: Section) -> GridRow:
    return {
        "name": section.title, "definition": section.definition,         "unit": section.unit, "target": None if section.counts else section.target, "start": section.start,
        "due": section.due, "previous": section.previous_as_of, "as_of": section.as_of, "pace": None if section.counts else section.pace,
        "weeks": section.weeks_left, "basis": section.basis,
        "plan_basis": "；".join(filter(None, (_number(section), section.plan_basis, section.note, *map("：".join, section.targets)))),
    }  # fmt: skip


def _number(section: Section) -> str:
    """The target of a plain count, which is no share."""
    if not section.counts or section.target is None:
        return ""
    each = "全省" if section.together else "每个地区"
    return f"{each}目标{value_text(section.target, section.kind)}{section.unit}"


def parameters(number: int) -> dict[str, str]:
    """The addresses that the formulas of the section with this number use."""
    return {name: _address(key, number) for name, key in
            (("target", "target"), ("measure_pace", "pace"), ("weeks", "weeks"))}  # fmt: skip


def _address(key: str, number: int) -> str:
    place = [column.key for column in FIELDS].index(key)
    cell = xl_rowcol_to_cell(HEAD_ROW + 1 + number, place, row_abs=True, col_abs=True)
    return f"{quote_sheetname(SHEET)}!{cell}"


def write_definitions(page: StatisticsPage, briefing: Briefing, footer: str) -> None:
    page.set_widths(WIDTHS)
    page.opening(SheetSurround("指标口径和任务期限"))
    # Sorting would move the rows that formulas elsewhere point at.
    placed = page.table(definitions(briefing.sections), sortable=False)
    end = page.notes(placed.last + 1, NOTES)
    page.paper(end - 1, SHEET, footer)
