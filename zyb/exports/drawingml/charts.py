"""Native charts with the workbook behind them: the same for Word and PowerPoint, which only keep the parts.

Neither library draws columns with a line over them, and both leave the font for Chinese to chance.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]

from zyb.exports.drawingml.axes import (
    UPRIGHT,
    ChartAxis,
    are_days,
    axis_ids,
    category_axis,
    serial,
    text_of,
    value_axis,
)
from zyb.exports.drawingml.ink import DRAWING, RELATIONSHIPS, LetterStyle, line, safe, solid
from zyb.exports.plain import CELLS_ARE_TEXT, NO_PARTICULAR_DAY, theme

FORMAT = "0.0"
# As labels of points; a growth carries its sign.
RATIO_FORMAT, GROWTH_FORMAT, COUNT_FORMAT = "0.0;−0.0;0.0", "+0.0;−0.0;0.0", "#,##0;−#,##0;0"
NAMESPACES = f'xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONSHIPS}"'
DELETED = '<c:delete val="1"/>'
STRAIGHT = '<c:smooth val="0"/>'
NO_LINE = line(None)
WIDE_COLUMN = 16


@dataclass(frozen=True, kw_only=True)
class Series:
    """`fill` is DrawingML of columns, `fills` of each; a line is drawn in `colour`. `labels` are the points that show
    their value, `below` those of them that show it under the line."""

    name: str
    values: tuple[Decimal | None, ...]
    kind: Literal["column", "line"]
    colour: str
    fill: str = ""
    fills: tuple[str, ...] = ()
    width: float = 3.0
    dash: str = ""
    marker: str = ""
    """The colour of the rim of its points; "" draws none."""
    labels: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    label_format: str = FORMAT


@dataclass(frozen=True, kw_only=True)
class Look:
    """How the charts of a medium look; `label_ground` is what numbers stand on, so that no line crosses them out."""

    sheet: str
    letters: LetterStyle
    scale: LetterStyle
    label: LetterStyle
    label_ground: str = ""
    legend: Literal["t", "b"]
    gap: int
    edge: str
    grid: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Categories are texts, or all are days; `head` stands over them in the workbook."""

    head: str
    categories: Sequence[str] | Sequence[date]
    series: Sequence[Series]
    look: Look
    axis: ChartAxis | None = None
    turned: str = UPRIGHT
    most_days: int = 10

    def xml(self, book: str = "") -> str:
        """`book` is the reference to the workbook, where the library does not write it itself."""
        look, numbered = self.look, list(enumerate(self.series))
        columns = [self._series(n, one) for n, one in numbered if one.kind == "column"]
        lines = [self._series(n, one) for n, one in numbered if one.kind == "line"]
        names = category_axis(self.categories, look.edge, look.letters, self.most_days, self.turned)
        data = f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData>' if book else ""
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
            '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
            f"{_columns(columns, look.gap)}{_lines(lines)}{names}{value_axis(self.axis, look.grid, look.scale)}"
            f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr></c:plotArea>"
            f'<c:legend><c:legendPos val="{look.legend}"/><c:overlay val="0"/>{text_of(look.letters)}</c:legend>'
            '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{text_of(look.letters)}{data}</c:chartSpace>"
        )

    def _series(self, number: int, one: Series) -> str:
        last = len(self.categories)
        name = _cached("str", self._cells(0, number + 1, 0), [safe(one.name)])
        values = _cached("num", self._cells(1, number + 1, last), one.values, FORMAT)
        labels = _data_labels(one, self.look)
        return (
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx>{_look(one)}{labels}'
            f"<c:cat>{self._names(last)}</c:cat><c:val>{values}</c:val>"
            f"{'' if one.kind == 'column' else STRAIGHT}</c:ser>"
        )

    def _names(self, last: int) -> str:
        cells = self._cells(1, 0, last)
        if are_days(self.categories):
            days = [serial(day) for day in self.categories if isinstance(day, date)]
            return _cached("num", cells, days, "yyyy\\-mm\\-dd")
        return _cached("str", cells, [safe(str(name)) for name in self.categories])

    def _cells(self, first: int, column: int, last: int) -> str:
        return f"'{self.look.sheet}'!{xl_range_abs(first, column, last, column)}"

    def workbook(self) -> bytes:
        """What 编辑数据 opens, in the fonts of the chart; nothing in it is a formula, whatever a region is called."""
        stream, font = io.BytesIO(), self.look.letters.font
        letters = {"font_name": font, "font_size": 11}
        options = {"in_memory": True, "default_format_properties": letters, **CELLS_ARE_TEXT}
        with xlsxwriter.Workbook(stream, options) as book:
            book.use_custom_theme(theme(font))
            book.set_properties({"created": NO_PARTICULAR_DAY})
            self._fill(book)
        return stream.getvalue()

    def _fill(self, book: xlsxwriter.Workbook) -> None:
        page, days = book.add_worksheet(self.look.sheet), book.add_format({"num_format": "yyyy-mm-dd"})
        rates = book.add_format({"num_format": FORMAT})
        page.set_column(0, len(self.series), WIDE_COLUMN)
        page.write_string(0, 0, self.head)
        for n, label in enumerate(self.categories, 1):
            if isinstance(label, date):
                page.write_datetime(n, 0, label, days)
            else:
                page.write_string(n, 0, label)
        for column, one in enumerate(self.series, 1):
            page.write_string(0, column, one.name)
            for n, value in enumerate(one.values, 1):
                if value is not None:
                    page.write_number(n, column, float(value), rates)


def _cached(kind: str, cells: str, values: Sequence[object], form: str = "") -> str:
    """Where values stand in the workbook, and what stood there when the chart was drawn."""
    code = f"<c:formatCode>{form}</c:formatCode>" if form else ""
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    return (
        f"<c:{kind}Ref><c:f>{cells}</c:f><c:{kind}Cache>{code}"
        f'<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'
    )


def _columns(series: Sequence[str], gap: int) -> str:
    """Series of columns stand all in the same place: one for each verdict, so that the legend says what colours mean."""
    if not series:
        return ""
    return (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{"".join(series)}<c:gapWidth val="{gap}"/><c:overlap val="100"/>{axis_ids()}</c:barChart>'
    )


def _lines(series: Sequence[str]) -> str:
    if not series:
        return ""
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{"".join(series)}<c:marker val="1"/>{axis_ids()}</c:lineChart>'
    )


def _look(one: Series) -> str:
    if one.kind == "column":
        each = "".join(_point(n, fill) for n, fill in enumerate(one.fills))
        return f'<c:spPr>{one.fill or solid(one.colour)}{NO_LINE}</c:spPr><c:invertIfNegative val="0"/>{each}'
    marker = '<c:symbol val="none"/>'
    if one.marker:
        inside = f"<c:spPr>{solid(one.colour)}{line(one.marker, 1)}</c:spPr>"
        marker = f'<c:symbol val="circle"/><c:size val="8"/>{inside}'
    return f"<c:spPr>{line(one.colour, one.width, one.dash)}</c:spPr><c:marker>{marker}</c:marker>"


def _point(number: int, fill: str) -> str:
    return (
        f'<c:dPt><c:idx val="{number}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill}{NO_LINE}</c:spPr></c:dPt>"
    )


SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _data_labels(one: Series, look: Look) -> str:
    """Of chosen points; the shape of the verdict stands before the number by its format."""
    if not one.labels:
        return f"<c:dLbls>{SHOWN.format(0)}</c:dLbls>"
    usual = "outEnd" if one.kind == "column" else "t"
    single = "".join(
        f'<c:dLbl><c:idx val="{n}"/>{_label(one, look, "b") if n in one.labels else DELETED}</c:dLbl>'
        for n, value in enumerate(one.values)
        if value is not None and (n not in one.labels or n in one.below)
    )
    return f"<c:dLbls>{single}{_label(one, look, usual)}</c:dLbls>"


def _label(one: Series, look: Look, place: str) -> str:
    ground = f"<c:spPr>{solid(look.label_ground)}{NO_LINE}</c:spPr>" if look.label_ground else ""
    return (
        f'<c:numFmt formatCode="{safe(one.label_format)}" sourceLinked="0"/>{ground}{text_of(look.label)}'
        f'<c:dLblPos val="{place}"/>{SHOWN.format(1)}'
    )
