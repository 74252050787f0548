"""联动核查清单: the findings as a workbook to work off, and beside them what each check asks and by which document."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zyb.access import Permission, Viewer, insist
from zyb.crosscheck import CheckFinding, CheckSurvey
from zyb.exports.marked.marks import clean
from zyb.exports.plain import CELLS_ARE_TEXT, letters, theme
from zyb.exports.statistics.house import HEAD_GROUND
from zyb.palette import HAIRLINE, INK, LAGGING, OFFICE_FONT, OFFICE_HEADING_FONT, SECONDARY
from zyb.periods import chinese_day, in_beijing
from zyb.rulebook.regions import load_roster

COLUMNS = (
    ("序号", 7), ("地区", 12), ("县区", 12), ("核查项目", 26), ("企业名称", 30), ("统一社会信用代码", 22), ("情况", 54),
    ("所在位置", 34), ("相近企业", 34), ("状态", 9), ("处理人", 10), ("处理日期", 12), ("处理说明", 30), ("怎样办", 30),
)  # fmt: skip
ABOUT = (("项目", 26), ("内容", 100))
HEAD_ROW, A4 = 2, 9


def findings_workbook(
    seen: CheckSurvey, region_code: str | None = None, *, to: Viewer, warning: str = ""
) -> bytes:
    """The findings as they stand, each with its places; `NotPermitted` for whom they are not. `warning` marks invented data."""
    insist(to, Permission.EXPORT)
    stream = io.BytesIO()
    options = {"in_memory": True, **CELLS_ARE_TEXT, "default_format_properties": letters()}
    title = findings_title(seen, region_code)
    with xlsxwriter.Workbook(stream, options) as book:
        book.use_custom_theme(theme(OFFICE_FONT))
        book.set_properties({"title": title, "created": datetime.combine(seen.on, time())})
        looks = _Looks(book, warned=bool(warning))
        aside = "　".join(
            filter(None, (warning, f"{chinese_day(seen.on)}有效的名单，共{len(seen.findings)}项"))
        )
        rows = [_row(number, one) for number, one in enumerate(seen.findings, 1)]
        _fill(book.add_worksheet("核查清单"), looks, title, aside, COLUMNS, rows, warning)
        _fill(book.add_worksheet("说明"), looks, "核查说明", aside, ABOUT, list(_about(seen)), warning)
    return stream.getvalue()


def findings_title(seen: CheckSurvey, region_code: str | None = None) -> str:
    roster = load_roster(seen.province)
    return f"{roster.titled(roster.region(region_code) if region_code else None)}联动核查清单"


def findings_name(seen: CheckSurvey, region_code: str | None = None, warning: str = "") -> str:
    """陕西省西安市联动核查清单（截至2025年6月30日）.xlsx"""
    mark = "演示数据_" if warning else ""
    return f"{mark}{findings_title(seen, region_code)}（截至{chinese_day(seen.on)}）.xlsx"


def _row(number: int, one: CheckFinding) -> tuple[object, ...]:
    said, fact = one.record, one.fact
    close = "；".join(f"{like.row.told_name}（{like.told}）" for like in fact.candidates)
    handled = (
        (said.recorded_by, in_beijing(said.recorded_at).date().isoformat(), said.reason)
        if said
        else ("",) * 3
    )
    return (
        number, one.region, one.county, fact.check.title, fact.name, fact.code, one.told, one.places, close,
        one.state.title, *handled, fact.check.remedy,
    )  # fmt: skip


def _about(seen: CheckSurvey) -> Iterable[tuple[object, ...]]:
    for state in seen.states.values():
        yield f"状态：{state.title}", state.rule
    for check in seen.checks:
        yield check.title, "。".join(filter(None, (f"依据：{check.basis}", check.note))) + "。"
    for one in seen.unchecked:
        yield "无法核查", one.told


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook, *, warned: bool) -> None:
        usual: dict[str, Any] = {
            "font_name": OFFICE_FONT, "font_size": 11, "font_color": INK, "valign": "vcenter",
        }  # fmt: skip
        self.title = book.add_format({**usual, "font_name": OFFICE_HEADING_FONT, "font_size": 16})
        self.aside = book.add_format(
            {**usual, "font_size": 10, "font_color": LAGGING if warned else SECONDARY}
        )
        self.head = book.add_format(
            {
                **usual,
                "bold": True,
                "bg_color": HEAD_GROUND,
                "border": 1,
                "align": "center",
                "text_wrap": True,
            }
        )
        # Codes stay what they are, whoever edits them.
        self.text = book.add_format(
            {**usual, "border": 1, "border_color": HAIRLINE, "num_format": "@", "text_wrap": True}
        )
        self.number = book.add_format({**usual, "border": 1, "border_color": HAIRLINE, "align": "center"})


def _fill(
    page: Worksheet,
    looks: _Looks,
    title: str,
    aside: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    warning: str,
) -> None:
    page.write_string(0, 0, title, looks.title)
    page.set_row(0, 30)
    page.write_string(1, 0, aside, looks.aside)
    for place, (name, width) in enumerate(columns):
        page.set_column(place, place, width)
        page.write_string(HEAD_ROW, place, name, looks.head)
    for line, row in enumerate(rows, HEAD_ROW + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(line, place, cell, looks.number)
            else:
                page.write_string(line, place, clean(str(cell)), looks.text)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(columns) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    if warning:
        page.set_header(f"&R{warning.replace('&', '&&')}")
    page.set_footer(f"&L{title.replace('&', '&&')}&C第 &P 页　共 &N 页")
