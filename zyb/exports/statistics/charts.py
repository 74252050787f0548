"""Native charts beside the tables that they draw: regions against pace, and the course of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from xlsxwriter.chart import Chart  # type: ignore[import-untyped]

from zyb.briefing.model import RegionLine, Section
from zyb.deck.legend import ground, scale
from zyb.exports.statistics.grid import Placed
from zyb.exports.statistics.house import GROWTH, PERCENT
from zyb.exports.statistics.page import HEAD_ROW, StatisticsPage
from zyb.palette import GRID, INK, JADE, OFFICE_FONT, OFFICE_HEADING_FONT, SECONDARY, VALUES, VERDICTS

ROW = 20  # pixels of a row that nobody made taller
USUAL_ROWS, ROWS_WITH_MANY = 17, 23
POINTS_A_PIXEL = 0.75
MOST_LABELS = 24
MOST_LEVEL = 16  # names of more regions are written at a slant, which takes room
PIXELS_A_UNIT, PADDING = 7, 5
MOVE_AND_SIZE = 1
NUMBER = "#,##0"
DAYS_A_MONTH, MOST_DATES = 30, 10


def league_chart(page: StatisticsPage, placed: Placed, section: Section, row: int) -> int:
    """Columns coloured by verdict with their pace as a line over them; the legend explains the colours."""
    chart = page.book.add_chart({"type": "column"})
    lines = section.ranked()
    chart.add_series({
        **_series(page, placed, _key(section)), "overlap": 100, "gap": 60 if len(lines) > 5 else 180,
        "fill": {"color": JADE}, "points": [_point(section, line) for line in lines],
        "data_labels": _labels(section, lines) if len(lines) <= MOST_LABELS else {},
    })  # fmt: skip
    explained = _explained(page, section, lines)
    for one in explained:
        chart.add_series(one)
    if section.pace is not None:
        chart.combine(_reference(page, placed, section.yardstick))
    title = f"各{placed.grid.fields[placed.grid.place('name')].title}{section.short_title}"
    _dress(chart, f"{title}与{section.yardstick}" if section.pace is not None else title)
    chart.set_legend({"position": "top", "font": _font(10), "delete_series": [0]})
    chart.set_x_axis({"num_font": _font(10), "line": {"color": SECONDARY}, "label_position": "low"})
    _scale(chart, [line.value for line in lines], section)
    return _insert(page, chart, row, ROWS_WITH_MANY if len(lines) > MOST_LEVEL else USUAL_ROWS)


def course_chart(page: StatisticsPage, placed: Placed, section: Section, row: int) -> int:
    """Value and pace over time, on an axis of days: a gap in reporting shows as a gap."""
    chart = page.book.add_chart({"type": "line"})
    last = len(section.trend) - 1
    chart.add_series({
        **_series(page, placed, _key(section)), "line": {"color": JADE, "width": 2.75},
        "marker": {"type": "circle", "size": 6, "fill": {"color": JADE}, "border": {"color": "#ffffff"}},
        "data_labels": {**_label_look(section), "position": "above",
                        "custom": [{} if n in (0, last) else {"delete": True} for n in range(last + 1)]},
    })  # fmt: skip
    if any(point.pace is not None for point in section.trend):
        chart.add_series({
            **_series(page, placed, "pace"), "line": {"color": INK, "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"},
        })  # fmt: skip
    _dress(chart, f"{section.whole.name}{section.title}走势")
    chart.set_legend({"position": "top", "font": _font(10)})
    chart.set_x_axis({
        "date_axis": True, "num_format": 'yyyy"-"mm', "num_font": _font(10), "line": {"color": SECONDARY},
        "label_position": "low", "major_unit": _months(section), "major_unit_type": "months",
    })  # fmt: skip
    _scale(chart, [point.value for point in section.trend], section)
    return _insert(page, chart, row, USUAL_ROWS)


def _key(section: Section) -> str:
    """The column that is drawn."""
    return "numerator" if section.counts else "value"


def _format(section: Section) -> str:
    return NUMBER if section.counts else GROWTH if section.kind == "growth" else PERCENT


def _months(section: Section) -> int:
    days = (section.trend[-1].day - section.trend[0].day).days
    return max(1, -(-days // (DAYS_A_MONTH * MOST_DATES)))


def _font(size: float, **more: Any) -> dict[str, Any]:
    return {"name": OFFICE_FONT, "size": size, "color": INK, **more}


def _series(page: StatisticsPage, placed: Placed, key: str) -> dict[str, Any]:
    column, names = placed.grid.place(key), placed.grid.of("name", "day")[0]
    return {
        "name": [page.name, HEAD_ROW, column],
        "categories": [page.name, placed.first, names, placed.last, names],
        "values": [page.name, placed.first, column, placed.last, column],
    }


def _reference(page: StatisticsPage, placed: Placed, title: str) -> Chart:
    chart = page.book.add_chart({"type": "line"})
    look = {"color": INK, "width": 1.75, "dash_type": "dash"}
    chart.add_series(
        {**_series(page, placed, "pace"), "name": title, "line": look, "marker": {"type": "none"}}
    )
    return chart


def _point(section: Section, line: RegionLine) -> dict[str, Any]:
    return {"fill": {"color": ground(section, line).colour}}


def _explained(page: StatisticsPage, section: Section, lines: Sequence[RegionLine]) -> list[dict[str, Any]]:
    """A series without values for each verdict, or class of values that nothing judges: its entry in the legend. The
    cell beside the title is empty."""
    told = {line.judgement.id: line.judgement for line in lines if line.value is not None}
    empty = [page.name, 0, page.last_column + 1, 0, page.last_column + 1]
    if not section.judges:
        return [
            {"name": one.words(section.kind), "values": empty, "fill": {"color": VALUES[one.shade]}}
            for one in scale(section).classes
        ]
    return [
        {"name": f"{told[name].shape}{told[name].title}", "values": empty, "fill": {"color": colour}}
        for name, colour in VERDICTS.items()
        if name in told
    ]


def _label_look(section: Section) -> dict[str, Any]:
    return {"value": True, "num_format": _format(section), "font": _font(10)}


def _labels(section: Section, lines: Sequence[RegionLine]) -> dict[str, Any]:
    """Who reported nothing has no label: a dash would be drawn as nought."""
    return {
        **_label_look(section), "position": "outside_end",
        "custom": [{} if line.value is not None else {"delete": True} for line in lines],
    }  # fmt: skip


def _dress(chart: Chart, title: str) -> None:
    chart.set_title(
        {"name": title, "name_font": {**_font(13), "name": OFFICE_HEADING_FONT}, "overlay": False}
    )
    chart.set_chartarea({"border": {"color": GRID}})
    chart.show_blanks_as("gap")


def _scale(chart: Chart, values: Sequence[Fraction | None], section: Section) -> None:
    """A share is read against all of it; a growth, and a share beyond all, finds its own scale."""
    known = [value for value in values if value is not None]
    axis: dict[str, Any] = {
        "num_format": NUMBER if section.counts else "0%", "num_font": _font(10), "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
    }  # fmt: skip
    if section.kind == "ratio":
        axis["min"] = 0
        if all(value <= 1 for value in known):
            axis |= {"max": 1, "major_unit": 0.2}
    chart.set_y_axis(axis)


def _insert(page: StatisticsPage, chart: Chart, row: int, rows: int) -> int:
    """As wide as the table, in whatever font the columns are measured; the first row below it."""
    width = sum(round(width * PIXELS_A_UNIT) + PADDING for width in page.widths)
    chart.set_size({"width": width, "height": rows * ROW})
    page.height += rows * ROW * POINTS_A_PIXEL
    page.sheet.insert_chart(row, 0, chart, {"object_position": MOVE_AND_SIZE})
    return row + rows
