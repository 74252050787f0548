"""The two charts of a section: the league table against pace, and how the whole came along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zyb import palette
from zyb.briefing.model import Line, Section
from zyb.exports.slides.charting import MOST_LABELS, NativeChart, Series, nice_axis
from zyb.exports.slides.drawing import hatched
from zyb.numerals import percent, percent_number, signed_percent

WHOLE_RANGE = Decimal(100)  # a share is read against all of it
RATIO_FORMAT, GROWTH_FORMAT = "0.0;−0.0;0.0", "+0.0;−0.0;0.0"
MANY_COLUMNS = 16


def number(value: Fraction | None) -> Decimal | None:
    """As printed everywhere, so that nobody finds another last digit in a chart."""
    return None if value is None else Decimal(percent_number(value))


def value_shown(section: Section, value: Fraction | None) -> str:
    """“54.8%”; a growth carries its sign: “+12.3%”."""
    return signed_percent(value) if section.kind == "growth" else percent(value)


# --- league table ----------------------------------------------------------------------------------


def league(section: Section, made: date) -> NativeChart:
    """Columns, best first, a series for each verdict so that the legend explains them; pace is a line over them."""
    lines = section.ranked()
    series = [_of_verdict(section, lines, verdict_id) for verdict_id in _verdicts(lines)]
    series += _references(section, lines)
    values = [value for one in series for value in one.values]
    at_least = WHOLE_RANGE if section.kind == "ratio" else Decimal(0)
    size = 12 if len(lines) <= MANY_COLUMNS else 10.5
    return NativeChart([_category(line) for line in lines], series, nice_axis(values, at_least), made, size)


def _verdicts(lines: Sequence[Line]) -> list[str]:
    """Best first, as the map's legend lists them."""
    present = {line.judgement.id for line in lines}
    return [verdict_id for verdict_id in palette.VERDICTS if verdict_id in present]


def _category(line: Line) -> str:
    return line.short if line.value is not None else f"{line.short} {line.judgement.title}"


def _of_verdict(section: Section, lines: Sequence[Line], verdict_id: str) -> Series:
    own = [line for line in lines if line.judgement.id == verdict_id]
    judgement, colour = own[0].judgement, palette.VERDICTS[verdict_id]
    values = tuple(number(line.value) if line in own else None for line in lines)
    form = GROWTH_FORMAT if section.kind == "growth" else RATIO_FORMAT
    return Series(
        name=f"{judgement.shape} {judgement.title}（{len(own)}个）",
        values=values,
        kind="column",
        colour=colour,
        fill=hatched(colour) if judgement.tone == "missing" else "",
        labels=frozenset(n for n, value in enumerate(values) if value is not None),
        label_format=";".join(f'"{judgement.shape}"{part}' for part in form.split(";")),
    )


def _references(section: Section, lines: Sequence[Line]) -> list[Series]:
    """Pace, or where nothing is paced the target; none where there is neither."""
    if section.pace is not None:
        return [_line(f"序时进度（{percent(section.pace)}）", [section.pace] * len(lines))]
    if section.target is not None:
        return [_line(f"目标（{percent(section.target)}）", [section.target] * len(lines))]
    return []


def _line(name: str, values: Sequence[Fraction | None]) -> Series:
    return Series(name, tuple(number(value) for value in values), "line", palette.INK, dash="dash")


# --- trend -----------------------------------------------------------------------------------------


def trend(section: Section, made: date) -> NativeChart:
    """On a scale of days: reports lie as far apart as they were made."""
    points = section.trend
    values = tuple(number(point.value) for point in points)
    growing = section.kind == "growth"
    whole = Series(
        name=f"{section.whole.name}{section.short_title}（%）",
        values=values,
        kind="line",
        colour=palette.JADE,
        markers=True,
        labels=_labelled(values),
        label_format=GROWTH_FORMAT if growing else RATIO_FORMAT,
    )
    paces = [point.pace for point in points]
    series = [whole, *([_line("序时进度（%）", paces)] if any(pace is not None for pace in paces) else [])]
    axis = nice_axis([value for one in series for value in one.values])
    return NativeChart([point.day for point in points], series, axis, made, head="数据截至")


def _labelled(values: Sequence[Decimal | None]) -> frozenset[int]:
    """Of many reports every second, third … counted from the last, so that the numbers do not touch."""
    step = -(-len(values) // MOST_LABELS)
    wanted = range(len(values) - 1, -1, -max(step, 1))
    return frozenset(n for n in wanted if values[n] is not None)
