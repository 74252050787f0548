"""目录: the sheets of a workbook that has many, each a click away."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import quote_sheetname  # type: ignore[import-untyped]

from zyb.briefing.model import Briefing
from zyb.exports.statistics.grid import Grid, GridRow, SheetColumn
from zyb.exports.statistics.page import HEAD_ROW, SheetSurround, StatisticsPage
from zyb.palette import INDIGO
from zyb.periods import chinese_day

SHEET = "目录"
WIDTHS = (7, 54, 70)


def write_contents(
    page: StatisticsPage, briefing: Briefing, sheets: Sequence[tuple[str, str]], footer: str
) -> None:
    """`sheets` are name and title of the sheets that follow."""
    page.set_widths(WIDTHS)
    page.opening(
        SheetSurround(
            f"{''.join(briefing.title)}统计表", f"数据截至{chinese_day(briefing.as_of)}", briefing.issuer
        )
    )
    fields = (
        SheetColumn("number", "序号", "rank"),
        SheetColumn("name", "工作表", "name"),
        SheetColumn("title", "内容", "words"),
    )
    rows: tuple[GridRow, ...] = tuple(
        {"number": number, "name": name, "title": title} for number, (name, title) in enumerate(sheets, 1)
    )
    placed = page.table(Grid(fields, rows), sortable=False)
    link = page.look.look(
        font_color=INDIGO, underline=1, border=1, border_color="#9fb3ae", align="left", indent=1
    )
    for number, (name, _) in enumerate(sheets):
        target = f"internal:{quote_sheetname(name)}!A1"
        page.sheet.write_url(placed.first + number, 1, target, link, name)
    page.paper(max(placed.last, HEAD_ROW), SHEET, footer)
