"""A Briefing as a workbook: which sheets there are, in which order, and what stands on each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

import xlsxwriter  # type: ignore[import-untyped]

from zyb.briefing.model import Briefing, Section
from zyb.briefing.report_table import PERCENTS, ReportTable, unit_line
from zyb.exports.plain import CELLS_ARE_TEXT, letters, theme
from zyb.exports.statistics import background, charts, contents, definitions
from zyb.exports.statistics.annex import annex
from zyb.exports.statistics.grid import Grid
from zyb.exports.statistics.house import House
from zyb.exports.statistics.league import course, details, league, tones
from zyb.exports.statistics.page import Names, SheetSurround, StatisticsPage, widths_of
from zyb.palette import OFFICE_FONT
from zyb.periods import chinese_day

DETAILS = "指标明细"
# A workbook of so many sheets opens on a list of them.
MANY_SHEETS = 7
FEWEST_POINTS = 2


def write_statistics(briefing: Briefing) -> bytes:
    """The same Briefing gives the same bytes: nothing comes from the clock."""
    stream = io.BytesIO()
    options = {"in_memory": True, **CELLS_ARE_TEXT, "default_format_properties": letters()}
    with xlsxwriter.Workbook(stream, options) as book:
        book.use_custom_theme(theme(OFFICE_FONT))
        book.set_properties({
            "title": "".join(briefing.title), "author": briefing.issuer, "comments": briefing.demo_warning,
            "created": datetime.combine(briefing.made, time()),
        })  # fmt: skip
        _Statistics(book, briefing).write()
    return stream.getvalue()


@dataclass(frozen=True)
class _SheetToCome:
    """A sheet that is to come: its name, what it holds, and how it is written."""

    name: str
    title: str
    write: Callable[[StatisticsPage], None]


class _Statistics:
    def __init__(self, book: xlsxwriter.Workbook, briefing: Briefing) -> None:
        self.book, self.briefing, self.look = book, briefing, House(book)
        self.names = Names(
            {contents.SHEET, definitions.SHEET, background.SOURCES, background.REMARKS, DETAILS}
        )
        self.tones = tones(briefing.sections)
        self.footer = f"{briefing.short_title}　截至{chinese_day(briefing.as_of)}"

    def write(self) -> None:
        sheets = [*self._annexes(), *self._more_leagues(), *self._courses(), *self._background()]
        if len(sheets) > MANY_SHEETS:
            listed = [(sheet.name, sheet.title) for sheet in sheets]
            sheets.insert(0, _SheetToCome(contents.SHEET, contents.SHEET, lambda page: contents.write_contents(
                page, self.briefing, listed, self.footer)))  # fmt: skip
        for sheet in sheets:
            sheet.write(StatisticsPage(self.book, self.look, sheet.name, self.briefing.demo_warning))

    # -- which sheets -------------------------------------------------------------------------

    def _annexes(self) -> Iterator[_SheetToCome]:
        for number, table in enumerate(self.briefing.annexes, 1):
            mark = f"附件{number}"
            name = self.names.name(f"{mark} {table.tab}")
            section = self._section_of(table)
            if section is None:
                yield _SheetToCome(name, table.title, self._annex(table, mark))
            else:
                yield _SheetToCome(name, _told(table, section), self._league(section, table, mark))

    def _section_of(self, table: ReportTable) -> Section | None:
        """The section whose league table this is: its sheet says all that the annex says, and more."""
        if table.section is None or not any(column.kind == "rank" for column in table.columns):
            return None
        section = self.briefing.sections[table.section]
        return section if section.lines else None

    def _full(self) -> list[Section]:
        """The sections that are told in full: slides and annexes point at them."""
        pointed = {slide.section for slide in self.briefing.slides} | {
            table.section for table in self.briefing.annexes
        }
        return [section for number, section in enumerate(self.briefing.sections) if number in pointed]

    def _more_leagues(self) -> Iterator[_SheetToCome]:
        shown = [self._section_of(table) for table in self.briefing.annexes]
        for section in self._full():
            if section.lines and section not in shown:
                yield _SheetToCome(
                    self.names.name(section.title), f"各地{section.title}情况表", self._league(section)
                )

    def _courses(self) -> Iterator[_SheetToCome]:
        for section in self._full():
            if len(section.trend) >= FEWEST_POINTS:
                title = f"{section.whole.name}{section.title}历次数据和走势"
                yield _SheetToCome(
                    self.names.name(f"走势 {section.title}"), title, self._course(section, title)
                )

    def _background(self) -> Iterator[_SheetToCome]:
        told = self._full()
        grouped = [section for section in self.briefing.sections if section.lines and section not in told]
        if grouped:
            yield _SheetToCome(DETAILS, "各地各项指标的分子、分母、比率和评价", self._details(grouped))
        yield _SheetToCome(
            definitions.SHEET,
            "口径、依据、目标、时限和序时进度",
            self._background_page(definitions.write_definitions),
        )
        yield _SheetToCome(
            background.SOURCES,
            "采用的批次、文件和数据截至日期",
            self._background_page(background.write_sources),
        )
        yield _SheetToCome(
            background.REMARKS,
            "版本、校核结果、评价规则和人工调整",
            self._background_page(background.write_remarks),
        )

    def _background_page(
        self, write: Callable[[StatisticsPage, Briefing, str], None]
    ) -> Callable[[StatisticsPage], None]:
        return lambda page: write(page, self.briefing, self.footer)

    # -- what stands on them ------------------------------------------------------------------

    def _annex(self, table: ReportTable, mark: str) -> Callable[[StatisticsPage], None]:
        def write(page: StatisticsPage) -> None:
            grid = annex(table)
            page.set_widths(widths_of(grid))
            page.opening(SheetSurround(table.title, self._aside(), _unit(table), mark))
            placed = page.table(grid)
            page.bars(placed, _rates(grid))
            page.verdicts(placed, self.tones.items())
            end = page.notes(placed.total_row + bool(grid.total), [*table.notes, *_remarks(grid)])
            page.paper(end - 1, mark, self.footer)

        return write

    def _league(
        self, section: Section, table: ReportTable | None = None, mark: str = ""
    ) -> Callable[[StatisticsPage], None]:
        number = self.briefing.sections.index(section)

        def write(page: StatisticsPage) -> None:
            grid = league(section, definitions.parameters(number))
            title = table.title if table else f"各{grid.fields[1].title}{section.title}情况表"
            page.set_widths(widths_of(grid))
            page.opening(SheetSurround(title, self._aside(section), f"单位：{section.unit}", mark))
            placed = page.table(grid)
            page.bars(placed, ["value"])
            page.verdicts(placed, self.tones.items())
            keys = {column.key for column in grid.fields}
            if {"done", "needed"} <= keys:
                page.slower(placed, "done", "needed")
            notes = table.notes if table else (f"{section.title}：{section.definition}",)
            end = page.notes(placed.total_row + 1, [*notes, *_remarks(grid)])
            if grid.rows:
                end = charts.league_chart(page, placed, section, end + 1)
            page.paper(end, mark, self.footer, drawn=True)

        return write

    def _course(self, section: Section, title: str) -> Callable[[StatisticsPage], None]:
        def write(page: StatisticsPage) -> None:
            grid = course(section)
            page.set_widths([15.0] * len(grid.fields))
            page.opening(SheetSurround(title, self._aside(section), f"单位：{section.unit}"))
            placed = page.table(grid)
            page.bars(placed, ["value"])
            end = page.notes(placed.total_row, [f"{section.title}：{section.definition}"])
            end = charts.course_chart(page, placed, section, end + 1)
            page.paper(end, "", self.footer, drawn=True)

        return write

    def _details(self, sections: list[Section]) -> Callable[[StatisticsPage], None]:
        def write(page: StatisticsPage) -> None:
            grid = details(sections)
            page.set_widths(widths_of(grid))
            page.opening(SheetSurround("各地各项指标明细表", self._aside(), "单位：按各指标"))
            placed = page.table(grid)
            page.bars(placed, ["value"])
            page.verdicts(placed, self.tones.items())
            page.paper(placed.last, DETAILS, self.footer)

        return write

    def _aside(self, section: Section | None = None) -> str:
        if section is None:
            return f"统计截至：{chinese_day(self.briefing.as_of)}"
        return f"指标：{section.title}　　统计截至：{chinese_day(section.as_of)}"


def _told(table: ReportTable, section: Section) -> str:
    return f"{table.title}（{section.title}）"


def _unit(table: ReportTable) -> str:
    """Percentages carry their sign here, so beside counts they are no unit."""
    return unit_line([unit for unit in table.units if unit != PERCENTS] or table.units)


def _rates(grid: Grid) -> list[str]:
    """A table of rates has bars everywhere; beside counts only the first, for the others are yardsticks."""
    keys = [column.key for column in grid.fields if column.kind in ("percent", "growth")]
    return keys[:1] if grid.of("count") else keys


def _remarks(grid: Grid) -> Iterator[str]:
    if own := grid.own_totals():
        titles = "、".join(f"“{title.replace(chr(10), '')}”" for title in own)
        yield f"合计行的{titles}按总数直接计算，不是各行之和。"
