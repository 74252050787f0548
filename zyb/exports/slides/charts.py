"""The two charts of a section: the league table against pace, and how the whole came along."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from zyb import palette
from zyb.briefing import facts
from zyb.briefing.model import RegionLine, Section
from zyb.deck.legend import Ground, ground, scale
from zyb.exports.drawingml.axes import ChartAxis, nice_axis
from zyb.exports.drawingml.charts import COUNT_FORMAT, GROWTH_FORMAT, RATIO_FORMAT, Chart, Look, Series
from zyb.exports.drawingml.ink import LetterStyle, hatched, line, solid
from zyb.numerals import percent_decimal, rounded, value_text

WHOLE_RANGE = Decimal(100)  # a share is read against all of it
MANY_COLUMNS = 16
LABEL_ROOM = Decimal("0.12")  # share of the axis that a number under its point takes
VALUE_LABEL = 0.55  # inches of a line from one number to the next
DATE_LABEL = 1.15  # inches that “2024年12月” and the space beside it take


def number(value: Fraction | None, section: Section) -> Decimal | None:
    """As printed everywhere, so that nobody finds another last digit in a chart."""
    if value is None:
        return None
    return rounded(value) if section.counts else percent_decimal(value)


def _format(section: Section) -> str:
    return COUNT_FORMAT if section.counts else GROWTH_FORMAT if section.kind == "growth" else RATIO_FORMAT


def filled(ground: Ground) -> str:
    """The same on the map, in its legend and in the league table."""
    return hatched(ground.colour) if ground.hatched else solid(ground.colour)


def _look(size: float) -> Look:
    """`size` in points."""
    return Look(
        sheet="图表数据",
        letters=LetterStyle(size),
        scale=LetterStyle(size - 1, palette.SECONDARY),
        label=LetterStyle(size, bold=True),
        label_ground=palette.CARD,
        legend="t",
        gap=45,
        edge=line(palette.TERTIARY, 1),
        grid=line(palette.GRID, 0.75),
    )


# --- league table ----------------------------------------------------------------------------------


def league(section: Section) -> Chart:
    """Columns, best first, a series for each verdict (or class of values) so that the legend explains them; pace is a
    line over them."""
    lines = section.ranked()
    series = _of_values(section, lines) if not section.judges else []
    told = lines if section.judges else [line for line in lines if line.value is None]
    series += [_of_verdict(section, lines, verdict_id) for verdict_id in _verdicts(told)]
    series += _references(section, lines)
    values = [value for one in series for value in one.values]
    at_least = WHOLE_RANGE if section.kind == "ratio" else Decimal(0)
    size = 12 if len(lines) <= MANY_COLUMNS else 10.5
    return Chart(
        head="地区", categories=[_category(line) for line in lines], series=series,
        look=_look(size), axis=nice_axis(values, at_least),
    )  # fmt: skip


def _verdicts(lines: Sequence[RegionLine]) -> list[str]:
    """Best first, as the map's legend lists them."""
    present = {line.judgement.id for line in lines}
    return [verdict_id for verdict_id in palette.VERDICTS if verdict_id in present]


def _category(line: RegionLine) -> str:
    """Beside the name what its colour does not tell: no report, or a verdict that a person set."""
    name = line.short + facts.mark(line)
    return name if line.value is not None else f"{name} {line.judgement.title}"


def _of_verdict(section: Section, lines: Sequence[RegionLine], verdict_id: str) -> Series:
    own = [line for line in lines if line.judgement.id == verdict_id]
    judgement = own[0].judgement
    title = f"{judgement.shape} {judgement.title}"
    return _columns(section, lines, own, title, judgement.shape)


def _of_values(section: Section, lines: Sequence[RegionLine]) -> list[Series]:
    """Values that nothing judges, class by class from low to high."""
    known = scale(section)
    return [
        _columns(section, lines, [line for line in lines if known.of(line.value) == one], one.words(section.kind))
        for one in known.classes
    ]  # fmt: skip


def _columns(
    section: Section, lines: Sequence[RegionLine], own: Sequence[RegionLine], title: str, shape: str = ""
) -> Series:
    """Those of one colour; at the places of all others there is none."""
    values = tuple(number(line.value, section) if line in own else None for line in lines)
    form, below = _format(section), ground(section, own[0])
    return Series(
        name=f"{title}（{len(own)}个）",
        values=values,
        kind="column",
        colour=below.colour,
        fill=filled(below),
        labels=frozenset(n for n, value in enumerate(values) if value is not None),
        label_format=";".join(f'"{shape}"{part}' if shape else part for part in form.split(";")),
    )


def _references(section: Section, lines: Sequence[RegionLine]) -> list[Series]:
    """Pace, or the target itself where nothing is paced; none where there is neither."""
    if section.pace is None:
        return []
    paces = [line.pace for line in lines] if section.counts else [section.pace] * len(lines)
    known = {pace for pace in paces if pace is not None}
    told = value_text(known.pop(), section.kind) if len(known) == 1 else ""
    return [_line(f"{section.yardstick}（{told}{section.gap_unit}）", paces, section)] if told else []


def _line(name: str, values: Sequence[Fraction | None], section: Section) -> Series:
    shown = tuple(number(value, section) for value in values)
    return Series(name=name, values=shown, kind="line", colour=palette.INK, width=2.0, dash="dash")


# --- trend -----------------------------------------------------------------------------------------


def trend(section: Section, width: float) -> Chart:
    """On a scale of days: reports lie as far apart as they were made; `width` in inches."""
    points = section.trend
    values = tuple(number(point.value, section) for point in points)
    paces = tuple(number(point.pace, section) for point in points)
    axis = nice_axis([*values, *paces])
    whole = Series(
        name=f"{section.whole.name}{section.short_title}（{section.value_unit}）", values=values, kind="line", colour=palette.JADE,
        marker=palette.CARD, labels=_labelled(values, int(width / VALUE_LABEL)), below=_below(values, paces, axis),
        label_format=_format(section),
    )  # fmt: skip
    series = [whole]
    if any(pace is not None for pace in paces):
        paces_of = [point.pace for point in points]
        series.append(_line(f"{section.yardstick}（{section.value_unit}）", paces_of, section))
    days = [point.day for point in points]
    return Chart(
        head="数据截至", categories=days, series=series, look=_look(12), axis=axis,
        most_days=int(width / DATE_LABEL),
    )  # fmt: skip


def _below(
    values: Sequence[Decimal | None], paces: Sequence[Decimal | None], axis: ChartAxis
) -> frozenset[int]:
    """Numbers keep out of the way of the line of pace, as long as they do not fall on the axis."""
    lowest = axis.low + (axis.high - axis.low) * LABEL_ROOM
    pairs = enumerate(zip(values, paces, strict=True))
    return frozenset(
        n for n, (value, pace) in pairs if value is not None and pace is not None and lowest < value < pace
    )


def _labelled(values: Sequence[Decimal | None], most: int) -> frozenset[int]:
    """Of many reports every second, third … counted from the last, so that the numbers do not touch."""
    step = math.ceil(len(values) / most)
    wanted = range(len(values) - 1, -1, -max(step, 1))
    return frozenset(n for n in wanted if values[n] is not None)
