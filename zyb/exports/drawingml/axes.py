"""The axes of a chart: names or days below, round steps at the left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from zyb.exports.drawingml.ink import LetterStyle, properties, safe

FEW_DAYS = 100  # a trend as short as this shows days, a longer one months
CATEGORY_AXIS, VALUE_AXIS = 111111111, 222222222
UPRIGHT = ' rot="0" vert="horz"'
# Chinese names that do not fit side by side are written downwards.
DOWNWARDS = ' rot="0" vert="eaVert"'
UNMARKED = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'


@dataclass(frozen=True)
class ChartAxis:
    low: Decimal
    high: Decimal
    step: Decimal


def nice_axis(values: Sequence[Decimal | None], at_least: Decimal = Decimal(0)) -> ChartAxis:
    """Round steps around all values and zero, with room above the columns for their labels."""
    known = [value for value in values if value is not None] or [Decimal(0)]
    high = max(max(known) * Decimal("1.08"), at_least, Decimal(1))
    low = min(min(known) * Decimal("1.15"), Decimal(0))
    step = _step((high - low) / 6)
    return ChartAxis(_whole(low / step, ROUND_FLOOR) * step, _whole(high / step, ROUND_CEILING) * step, step)


def _whole(number: Decimal, rounding: str) -> Decimal:
    return number.quantize(Decimal(1), rounding)


def _step(rough: Decimal) -> Decimal:
    scale = Decimal(1).scaleb(rough.adjusted())
    return next(
        scale * factor
        for factor in (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
        if scale * factor >= rough
    )


def axis_ids() -> str:
    return f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def value_axis(axis: ChartAxis | None, grid: str, letters: LetterStyle) -> str:
    """Without an axis of ours programs choose where it begins and ends."""
    range_, step = "", ""
    if axis is not None:
        range_ = f'<c:max val="{axis.high}"/><c:min val="{axis.low}"/>'
        step = f'<c:majorUnit val="{axis.step}"/>'
    return (
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{range_}</c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/>'
        f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>"
        f'<c:numFmt formatCode="0;−0;0" sourceLinked="0"/>{UNMARKED}<c:tickLblPos val="low"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text_of(letters)}"
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="min"/><c:crossBetween val="between"/>{step}</c:valAx>'
    )


def category_axis(
    categories: Sequence[Any], edge: str, letters: LetterStyle, most: int, turned: str = UPRIGHT
) -> str:
    """`most` days are named; all names are."""
    days = are_days(categories)
    tag, scale = ("c:dateAx", _days(categories, most)) if days else ("c:catAx", TEXTS)
    lowest = f'<c:min val="{serial(scale.begin)}"/>' if scale.begin else ""
    return (
        f'<{tag}><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/>{lowest}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="{safe(scale.form)}" sourceLinked="0"/>'
        f'{UNMARKED}<c:tickLblPos val="low"/><c:spPr>{edge}</c:spPr>{text_of(letters, turned)}'
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/>{scale.steps}</{tag}>'
    )


def are_days(categories: Sequence[Any]) -> bool:
    return bool(categories) and not isinstance(categories[0], str)


def serial(day: date) -> int:
    """A day as spreadsheets count them."""
    return (day - date(1899, 12, 30)).days


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


def text_of(style: LetterStyle, turned: str = "") -> str:
    """Text of charts takes no font for Chinese from the theme in WPS."""
    return (
        f"<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>{properties(style, 'a:defRPr', '')}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
