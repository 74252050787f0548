"""How a day is written, and where: in the title, on a line of its own, in a note, as the sheet's or the file's name."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.clerks.drawing import Draw
from tests.clerks.words import titles

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """12 -> 十二."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def in_characters(day: date) -> str:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese(day.month)}月{chinese(day.day)}日"


# {c} the day in characters, {n} the month in characters.
FULL = (
    "{y}年{m}月{d}日", "{y}-{mm}-{dd}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}年{mm}月{dd}日", "{y}.{mm}.{dd}", "{c}", "{y}/{mm}/{dd}",
    "{y} 年 {m} 月 {d} 日", "{y}-{m}-{d}", "{y}年{m}月{d}日24时", "{y}年{m}月{d}号", "{y}．{m}．{d}",
)  # fmt: skip
MONTH_ENDS = (
    "{y}年{m}月底", "{y}年{m}月末", "{y}年{m}月", "{y}年{mm}月", "{y}年{m}月份", "{y}年1-{m}月", "{y}年1—{m}月", "{y}年1至{m}月",
    "{y}年1～{m}月份", "{y}年{n}月底", "{y}年1月1日至{m}月{d}日", "{y}年1-{m}月份", "{y}年1月-{m}月", "{y}年1月至{m}月",
    "{y}年{m}月月底", "{y}.{mm}",
)  # fmt: skip
# Of periods that end with a month; they stand before what the table is about.
PERIODS = {
    3: ("{y}年一季度", "{y}年第一季度", "{y}年1季度", "{y}年第1季度", "{y}年1—3月"),
    6: (
        "{y}年上半年",
        "{y}年二季度",
        "{y}年第二季度",
        "{y}年1-6月",
        "{y}年1—6月份",
        "{y}上半年",
        "{y}年半年",
    ),
    9: ("{y}年三季度", "{y}年前三季度", "{y}年第三季度", "{y}年1-9月", "{y}年1—9月份", "{y}年一至三季度"),
    12: ("{y}年全年", "{y}年四季度", "{y}年第四季度", "{y}年1-12月", "{y}年年底", "{y}年末"),
}
MONTH_TITLES = (
    "{y}年{m}月",
    "{y}年{m}月份",
    "{y}年1-{m}月",
    "{y}年1—{m}月",
    "{y}年1~{m}月",
    "{y}年{mm}月",
    "{y}年1至{m}月份",
)
SUFFIXES = (
    "（截至{x}）",
    "（数据截至{x}）",
    "（截止{x}）",
    "(截至{x})",
    "（{x}）",
    "（统计截至{x}）",
    "——截至{x}",
    "（截止到{x}）",
)
LINES = (
    "数据截至：{x}", "截至{x}", "（截至{x}）", "数据截止日期：{x}", "统计截止时间：{x}", "截止日期：{x}", "统计时间：{x}", "数据截止到{x}",
    "数据时间：{x}", "统计截止日期:{x}", "截至时间：{x}", "数据统计截至{x}", "报告期：{x}", "统计时点：{x}", "截止时间: {x}",
)  # fmt: skip
CELL_LABELS = ("数据截至：", "截止日期：", "数据截止时间", "统计截止日期：", "数据截至", "截止时间：")
SHORT_LINES = (
    "截至{m}月{d}日",
    "（截至{m}月{d}日）",
    "数据截至{m}月{d}日",
    "截止{m}月{d}日",
    "统计截至{m}月{d}日24时",
)
SHORT_MONTHS = (
    "（截至{m}月底）",
    "截至{m}月底",
    "（{m}月）",
    "（1—{m}月）",
    "（1-{m}月）",
    "截至{m}月末",
    "数据截至{m}月底",
    "（{m}月份）",
)
NOTES = (
    "注：数据截至{x}。", "注：1.以上数据截至{x}；2.数据来源于申报系统。", "备注：数据统计截至{x}", "说明：本表数据截止到{x}。",
    "注：表中数据统计截止时间为{x}。", "数据来源：专项治理模块（截至{x}）",
)  # fmt: skip
FILE_ENDS = (
    "（{y}年{m}月）", "{y}{mm}", "{y}年{m}月", "（截至{y}年{m}月底）", "{y}年1-{m}月", "({y}.{mm})", "（{y}年{m}月份）", "-{y}年{m}月末",
    "{y}-{mm}", "（{y}年{m}月）(1)", "_{y}{mm}",
)  # fmt: skip
FILE_DAYS = (
    "{y}{mm}{dd}",
    "（{y}年{m}月{d}日）",
    "（截至{y}年{m}月{d}日）",
    "{y}.{m}.{d}",
    "-{y}-{mm}-{dd}",
    "（{y}.{mm}.{dd}）",
)
SHEET_DAYS = ("{y}年{m}月", "{y}年{m}月{d}日", "{y}{mm}", "截至{y}年{m}月底", "{y}年{m}月底")


def written(form: str, day: date) -> str:
    return form.format(
        y=day.year, m=day.month, d=day.day, mm=f"{day.month:02d}", dd=f"{day.day:02d}", c=in_characters(day),
        n=chinese(day.month),
    )  # fmt: skip


@dataclass
class DayPlan:
    """Where the day of the figures stands in a workbook."""

    before_title: str = ""
    """Stands where the year stands: 2024年上半年."""
    after_title: str = ""
    year_in_title: bool = False
    lines: list[list[object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheet: str = ""
    file_end: str = ""


def is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _any_form(draw: Draw, day: date) -> str:
    forms = FULL + (MONTH_ENDS if is_month_end(day) else ())
    return written(draw.pick("day", forms), day)


def _in_line(draw: Draw, day: date) -> DayPlan:
    form = draw.pick("day line", LINES)
    return DayPlan(lines=[[form.format(x=_any_form(draw, day))]])


def _in_cell(draw: Draw, day: date) -> DayPlan:
    value: object = day if draw.chance(0.6) else written(draw.pick("day", FULL), day)
    return DayPlan(lines=[[draw.pick("day label", CELL_LABELS), value]])


def _behind_title(draw: Draw, day: date) -> DayPlan:
    return DayPlan(after_title=draw.pick("day behind title", SUFFIXES).format(x=_any_form(draw, day)))


def _before_title(draw: Draw, day: date) -> DayPlan:
    if not is_month_end(day):
        return _behind_title(draw, day)
    forms = PERIODS.get(day.month, ()) + MONTH_TITLES
    return DayPlan(before_title=written(draw.pick("day in title", forms, share=1.0), day))


def _split(draw: Draw, day: date) -> DayPlan:
    forms = SHORT_LINES + (SHORT_MONTHS if is_month_end(day) else ())
    return DayPlan(year_in_title=True, lines=[[written(draw.pick("day without year", forms), day)]])


def _in_note(draw: Draw, day: date) -> DayPlan:
    return DayPlan(notes=[draw.pick("day in note", NOTES).format(x=_any_form(draw, day))])


def _in_sheet_name(draw: Draw, day: date) -> DayPlan:
    forms = SHEET_DAYS if is_month_end(day) else (SHEET_DAYS[1],)
    return DayPlan(sheet=written(draw.pick("day as sheet", forms), day))


def _in_file_name(draw: Draw, day: date) -> DayPlan:
    forms = FILE_ENDS + FILE_DAYS if is_month_end(day) else FILE_DAYS
    return DayPlan(file_end=written(draw.pick("day in file name", forms), day))


CARRIERS: tuple[Callable[[Draw, date], DayPlan], ...] = (
    _in_line, _in_cell, _behind_title, _before_title, _split, _in_note, _in_sheet_name, _in_file_name,
)  # fmt: skip


def planned(draw: Draw, day: date) -> DayPlan:
    return draw.pick("day carrier", CARRIERS, share=max(0.6, draw.mess) if draw.mess else 0.0)(draw, day)


def filing_day(draw: Draw, day: date) -> str:
    """The day on which the sheet was filled in: a few days later, and not the day of the figures."""
    filled = day + timedelta(days=draw.number(2, 9))
    return draw.pick("filing day", titles.FILING_DAYS).format(d=written(draw.any(FULL[:4]), filled))
