"""Native charts with their data in an embedded workbook: what the charts are of, other modules say.

The library knows no columns with a line over them and leaves the font for Chinese to chance, so the
chart is written here; the library keeps the parts of the file together.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

import xlsxwriter  # type: ignore[import-untyped]
from pptx.chart.data import CategoryChartData

from zyb import palette
from zyb.exports.plain import CELLS_ARE_TEXT
from zyb.exports.slides.drawing import FONT, FONTS, Style, line, properties, safe, solid
from zyb.exports.slides.packing import timeless

SHEET = "图表数据"
FORMAT = "0.0"
FEW_DAYS = 100  # a trend as short as this shows days, a longer one months
NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DELETED = '<c:delete val="1"/>'
STRAIGHT, UPRIGHT = '<c:smooth val="0"/>', ' rot="0" vert="horz"'
CATEGORY_AXIS, VALUE_AXIS = 111111111, 222222222


@dataclass(frozen=True)
class Series:
    """`fill` is DrawingML of columns; a line is drawn in `colour`. `labels` are the points that show their value,
    `below` those of them that show it under the line."""

    name: str
    values: tuple[Decimal | None, ...]
    kind: Literal["column", "line"]
    colour: str
    fill: str = ""
    dash: str = ""
    markers: bool = False
    labels: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    label_format: str = FORMAT


@dataclass(frozen=True)
class Axis:
    low: Decimal
    high: Decimal
    step: Decimal


class NativeChart(CategoryChartData):
    """What the library needs to add a chart: its XML and its workbook. Categories are texts, or all are days."""

    def __init__(
        self, categories: Sequence[str] | Sequence[date], series: Sequence[Series], axis: Axis, made: date,
        size: float = 12, head: str = "地区", most_labels: int = 10,
    ) -> None:  # fmt: skip
        super().__init__(number_format=FORMAT)  # type: ignore[no-untyped-call]
        self._labels, self._shown, self._axis = list(categories), list(series), axis
        self._made, self._size, self._head, self._most = made, size, head, most_labels

    @property
    def xlsx_blob(self) -> bytes:
        return _workbook(self._head, self._labels, self._shown, self._made)

    def xml_bytes(self, chart_type: object) -> bytes:
        horizontal = _category_axis(self._labels, self._size, self._most)
        return _chart_xml(self._labels, self._shown, horizontal, self._axis, self._size).encode()


def nice_axis(values: Sequence[Decimal | None], at_least: Decimal = Decimal(0)) -> Axis:
    """Round steps around all values and zero, with room above the columns for their labels."""
    known = [value for value in values if value is not None] or [Decimal(0)]
    high = max(max(known) * Decimal("1.08"), at_least, Decimal(1))
    low = min(min(known) * Decimal("1.15"), Decimal(0))
    step = _step((high - low) / 6)
    return Axis(_whole(low / step, ROUND_FLOOR) * step, _whole(high / step, ROUND_CEILING) * step, step)


def _whole(number: Decimal, rounding: str) -> Decimal:
    return number.quantize(Decimal(1), rounding)


def _step(rough: Decimal) -> Decimal:
    scale = Decimal(1).scaleb(rough.adjusted())
    return next(
        scale * factor
        for factor in (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
        if scale * factor >= rough
    )


# --- workbook --------------------------------------------------------------------------------------


def _workbook(head: str, categories: Sequence[Any], series: Sequence[Series], made: date) -> bytes:
    """What is edited in PowerPoint by 编辑数据; nothing in it is a formula, whatever a region is called."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        **CELLS_ARE_TEXT,
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime.combine(made, time())})
        page = book.add_worksheet(SHEET)
        days, rates = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": FORMAT})
        page.set_column(0, len(series), 16)
        page.write_string(0, 0, head)
        for n, label in enumerate(categories, 1):
            if isinstance(label, str):
                page.write_string(n, 0, label)
            else:
                page.write_datetime(n, 0, datetime.combine(label, time()), days)
        for column, one in enumerate(series, 1):
            page.write_string(0, column, one.name)
            for n, value in enumerate(one.values, 1):
                if value is not None:
                    page.write_number(n, column, float(value), rates)
    return timeless(stream.getvalue(), _in_our_font)


def _in_our_font(name: str, content: bytes) -> bytes:
    if not name.startswith("xl/theme/"):
        return content
    xml = content.decode()
    return re.sub(r"(<a:(major|minor)Font>).*?(</a:\2Font>)", rf"\1{FONTS}\3", xml, flags=re.S).encode()


def _column(number: int) -> str:
    """A, B … Z, AA: letters of a column counted from 0."""
    high, low = divmod(number, 26)
    return (_column(high - 1) if high else "") + chr(ord("A") + low)


def _range(column: int, first: int, last: int) -> str:
    letter = _column(column)
    end = f":${letter}${last}" if last != first else ""
    return f"'{SHEET}'!${letter}${first}{end}"


# --- chart -----------------------------------------------------------------------------------------


def _chart_xml(
    categories: Sequence[Any], series: Sequence[Series], horizontal: str, axis: Axis, size: float
) -> str:
    numbered = list(enumerate(series))
    columns = [_series(n, one, categories, size) for n, one in numbered if one.kind == "column"]
    lines = [_series(n, one, categories, size) for n, one in numbered if one.kind == "line"]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{_columns(columns)}{_lines(lines)}{horizontal}{_value_axis(axis, size)}"
        f"<c:spPr><a:noFill/>{line(None)}</c:spPr></c:plotArea>"
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_letters(Style(size))}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{line(None)}</c:spPr>{_letters(Style(size))}</c:chartSpace>"
    )


def _columns(series: Sequence[str]) -> str:
    """A series for each verdict, all in the same place: the legend says what the colours mean."""
    if not series:
        return ""
    return (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{"".join(series)}<c:gapWidth val="45"/><c:overlap val="100"/>{_axes()}</c:barChart>'
    )


def _lines(series: Sequence[str]) -> str:
    if not series:
        return ""
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{"".join(series)}<c:marker val="1"/>{_axes()}</c:lineChart>'
    )


def _axes() -> str:
    return f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def _series(number: int, one: Series, categories: Sequence[Any], size: float) -> str:
    column, last = number + 1, len(categories) + 1
    name = (
        f'<c:tx><c:strRef><c:f>{_range(column, 1, 1)}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{safe(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )
    values = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>'
        for n, value in enumerate(one.values)
        if value is not None
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{name}{_look(one)}{_data_labels(one, size)}'
        f"{_categories(categories, last)}<c:val><c:numRef><c:f>{_range(column, 2, last)}</c:f><c:numCache>"
        f'<c:formatCode>{FORMAT}</c:formatCode><c:ptCount val="{len(one.values)}"/>{values}</c:numCache>'
        f"</c:numRef></c:val>{'' if one.kind == 'column' else STRAIGHT}</c:ser>"
    )


def _look(one: Series) -> str:
    if one.kind == "column":
        return f'<c:spPr>{one.fill or solid(one.colour)}{line(None)}</c:spPr><c:invertIfNegative val="0"/>'
    stroke = line(one.colour, 2.0 if one.dash else 3.0, one.dash)
    marker = '<c:symbol val="none"/>'
    if one.markers:
        inside = f"<c:spPr>{solid(one.colour)}{line(palette.CARD, 1)}</c:spPr>"
        marker = f'<c:symbol val="circle"/><c:size val="8"/>{inside}'
    return f"<c:spPr>{stroke}</c:spPr><c:marker>{marker}</c:marker>"


SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _data_labels(one: Series, size: float) -> str:
    """Of chosen points; the shape of the verdict stands before the number by its format."""
    if not one.labels:
        return f"<c:dLbls>{SHOWN.format(0)}</c:dLbls>"
    usual = "outEnd" if one.kind == "column" else "t"
    single = "".join(
        f'<c:dLbl><c:idx val="{n}"/>{_label(one, size, "b") if n in one.labels else DELETED}</c:dLbl>'
        for n, value in enumerate(one.values)
        if value is not None and (n not in one.labels or n in one.below)
    )
    return f"<c:dLbls>{single}{_label(one, size, usual)}</c:dLbls>"


def _label(one: Series, size: float, place: str) -> str:
    """On white, so that a line behind it does not cross it out."""
    return (
        f'<c:numFmt formatCode="{safe(one.label_format)}" sourceLinked="0"/>'
        f"<c:spPr>{solid(palette.CARD)}{line(None)}</c:spPr>{_letters(Style(size, bold=True))}"
        f'<c:dLblPos val="{place}"/>{SHOWN.format(1)}'
    )


def _categories(categories: Sequence[Any], last: int) -> str:
    reference = f"<c:f>{_range(0, 2, last)}</c:f>"
    if categories and not isinstance(categories[0], str):
        points = "".join(
            f'<c:pt idx="{n}"><c:v>{_serial(day)}</c:v></c:pt>' for n, day in enumerate(categories)
        )
        return (
            f"<c:cat><c:numRef>{reference}<c:numCache><c:formatCode>yyyy\\-mm\\-dd</c:formatCode>"
            f'<c:ptCount val="{len(categories)}"/>{points}</c:numCache></c:numRef></c:cat>'
        )
    points = "".join(f'<c:pt idx="{n}"><c:v>{safe(text)}</c:v></c:pt>' for n, text in enumerate(categories))
    return (
        f'<c:cat><c:strRef>{reference}<c:strCache><c:ptCount val="{len(categories)}"/>{points}'
        "</c:strCache></c:strRef></c:cat>"
    )


def _serial(day: date) -> int:
    """A day as spreadsheets count them."""
    return (day - date(1899, 12, 30)).days


def _category_axis(categories: Sequence[Any], size: float, most: int) -> str:
    days = bool(categories) and not isinstance(categories[0], str)
    tag, scale = ("c:dateAx", _days(categories, most)) if days else ("c:catAx", TEXTS)
    lowest = f'<c:min val="{_serial(scale.begin)}"/>' if scale.begin else ""
    return (
        f'<{tag}><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/>{lowest}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="{safe(scale.form)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{line(palette.TERTIARY, 1)}</c:spPr>{_letters(Style(size), UPRIGHT)}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/>{scale.steps}</{tag}>'
    )


@dataclass(frozen=True)
class _Scale:
    """How categories are labelled; `begin` where the axis begins before the first of them."""

    form: str
    steps: str
    begin: date | None = None


TEXTS = _Scale(
    "General", '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:noMultiLvlLbl val="1"/>'
)
MONTHS, DAYS = 'yyyy"年"m"月"', 'm"月"d"日"'


def _days(days: Sequence[date], most: int) -> _Scale:
    """Reports lie as far apart as they were made; no more labels than stand side by side."""
    months = [day.year * 12 + day.month for day in days]
    between = months[-1] - months[0]
    if len(set(months)) == len(days):
        return _Scale(MONTHS, _time_steps("months", "months", between, most))
    span = (days[-1] - days[0]).days
    if span <= FEW_DAYS:
        return _Scale(DAYS, _time_steps("days", "days", span, most))
    # Counted from the first of a month, or the month after the 31st falls on another day in every program.
    begin = days[0].replace(day=1)
    return _Scale(MONTHS, _time_steps("days", "months", between + 1, most), begin)


def _time_steps(base: str, unit: str, span: int, most: int) -> str:
    step = max(math.ceil(span / (most - 1)), 1)
    return (
        f'<c:auto val="0"/><c:lblOffset val="60"/><c:baseTimeUnit val="{base}"/>'
        f'<c:majorUnit val="{step}"/><c:majorTimeUnit val="{unit}"/>'
    )


def _value_axis(axis: Axis, size: float) -> str:
    return (
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high}"/><c:min val="{axis.low}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f"<c:majorGridlines><c:spPr>{line(palette.GRID, 0.75)}</c:spPr></c:majorGridlines>"
        '<c:numFmt formatCode="0;−0;0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line(None)}</c:spPr>'
        f"{_letters(Style(size - 1, palette.SECONDARY))}"
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="min"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{axis.step}"/></c:valAx>'
    )


def _letters(style: Style, rotation: str = "") -> str:
    """Text of charts takes no font for Chinese from the theme in WPS."""
    return (
        f"<c:txPr><a:bodyPr{rotation}/><a:lstStyle/><a:p><a:pPr>{properties(style, 'a:defRPr', '')}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
