"""How the figures of a report follow from one another, as formulas and in exact numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from zyb.exports.statistics.grid import CellRule, GridRow, GridValue
from zyb.periods import weeks_left
from zyb.standing.arithmetic import growth, ratio

Number = int | Fraction


def number(value: GridValue) -> Number | None:
    return value if isinstance(value, int | Fraction) else None


def _count(value: GridValue) -> int | None:
    return value if isinstance(value, int) else None


def _day(value: GridValue) -> date | None:
    return value if isinstance(value, date) else None


def _ratio(row: GridRow, _: Sequence[GridRow]) -> GridValue:
    return ratio(_count(row["numerator"]), _count(row["denominator"]))


def _growth(row: GridRow, _: Sequence[GridRow]) -> GridValue:
    return growth(_count(row["numerator"]), _count(row["denominator"]))


def _gap(row: GridRow, _: Sequence[GridRow]) -> GridValue:
    value, pace = number(row["value"]), number(row["pace"])
    return None if value is None or pace is None else value - pace


def _rank(row: GridRow, rows: Sequence[GridRow], *, lowest_first: bool = False) -> GridValue:
    value = number(row["value"])
    known = [other for each in rows if (other := number(each["value"])) is not None]
    if value is None:
        return None
    return 1 + sum(other < value if lowest_first else other > value for other in known)


def _remaining(row: GridRow, base: int, *, falls: bool = False) -> GridValue:
    """What the target still needs, or where less is better what is above it."""
    done, due, target = _count(row["numerator"]), _count(row["denominator"]), number(row["target"])
    if done is None or due is None or target is None:
        return None
    goal = due * (base + target)
    return max(done - math.floor(goal) if falls else math.ceil(goal) - done, 0)


def _quotient(row: GridRow, upper: str, lower: GridValue) -> GridValue:
    over, under = number(row[upper]), number(lower)
    return None if over is None or not under else Fraction(over) / under


def _rank_change(row: GridRow, _: Sequence[GridRow]) -> GridValue:
    before, now = _count(row["previous_rank"]), _count(row["rank"])
    return None if before is None or now is None else before - now


def _straight_pace(row: GridRow, _: Sequence[GridRow]) -> GridValue:
    """Without milestones: the target's share of the time that has passed."""
    start, due, as_of = _day(row["start"]), _day(row["due"]), _day(row["as_of"])
    target = number(row["target"])
    if start is None or due is None or as_of is None or target is None or due <= start:
        return None
    gone = min(max(as_of, start), due) - start
    return Fraction(target) * Fraction(gone.days, (due - start).days)


def _weeks(row: GridRow, _: Sequence[GridRow]) -> GridValue:
    due, as_of = _day(row["due"]), _day(row["as_of"])
    return None if due is None or as_of is None else weeks_left(due, as_of)


def _else_dash(formula: str) -> str:
    """A cell that cannot be computed shows the dash that stands for “nothing reported”."""
    return f'IFERROR({formula},"—")'


RATIO = CellRule(_else_dash("{numerator}/{denominator}"), _ratio)
GROWTH = CellRule(_else_dash("{numerator}/{denominator}-1"), _growth)
GAP = CellRule(_else_dash("ROUND(({value}-{pace})*100,1)"), _gap)
GAP_OF_COUNT = CellRule(
    _else_dash("{numerator}-{pace}"), lambda row, _: _gap({**row, "value": row["numerator"]}, _)
)
RANK = CellRule(_else_dash("RANK({value},{value:all})"), _rank)
RANK_OF_LOW = CellRule(
    _else_dash("RANK({value},{value:all},1)"), lambda row, rows: _rank(row, rows, lowest_first=True)
)
PACE = CellRule("{measure_pace}", lambda row, _: row["measure_pace"])
RANK_CHANGE = CellRule(_else_dash("{previous_rank}-{rank}"), _rank_change)
NEEDED = CellRule(_else_dash("{remaining}/{weeks}"), lambda row, _: _quotient(row, "remaining", row["weeks"]))
# Of the first row this is the dash: a heading is no number.
ADDED = CellRule(_else_dash("{numerator}-{numerator:above}"), lambda row, _: row["added"])
# The inner rounding takes away what binary numbers add: 10 × 1.1 is 11, not 11.000000000000002.
REMAINING = CellRule(
    _else_dash("MAX(ROUNDUP(ROUND({denominator}*{target},6),0)-{numerator},0)"),
    lambda row, _: _remaining(row, 0),
)
# Without a stated target all of it is due.
REMAINING_OF_ALL = CellRule(
    _else_dash("MAX({denominator}-{numerator},0)"),
    lambda row, _: _remaining({**row, "target": 1}, 0),
)
REMAINING_OF_GROWTH = CellRule(
    _else_dash("MAX(ROUNDUP(ROUND({denominator}*(1+{target}),6),0)-{numerator},0)"),
    lambda row, _: _remaining(row, 1),
)
# Of a count the limit stands beside it.
EXCESS_OF_ALL = CellRule(
    _else_dash("MAX({numerator}-{denominator},0)"),
    lambda row, _: _remaining({**row, "target": 1}, 0, falls=True),
)
EXCESS = CellRule(
    _else_dash("MAX({numerator}-ROUNDDOWN(ROUND({denominator}*{target},6),0),0)"),
    lambda row, _: _remaining(row, 0, falls=True),
)
EXCESS_OF_GROWTH = CellRule(
    _else_dash("MAX({numerator}-ROUNDDOWN(ROUND({denominator}*(1+{target}),6),0),0)"),
    lambda row, _: _remaining(row, 1, falls=True),
)
STRAIGHT_PACE = CellRule(
    _else_dash("{target}*(MIN(MAX({as_of},{start}),{due})-{start})/({due}-{start})"), _straight_pace
)
WEEKS = CellRule(_else_dash("MAX(INT(({due}-{as_of})/7),0)"), _weeks)


def share_of(whole: Number | None) -> CellRule:
    """A region's part of what is left in the province."""
    return CellRule(
        _else_dash("{remaining}/{remaining:sum}"), lambda row, _: _quotient(row, "remaining", whole)
    )


def quotient(upper: str, lower: str) -> CellRule:
    """A column that is the quotient of two others."""
    return CellRule(_else_dash(f"{{{upper}}}/{{{lower}}}"), lambda row, _: _quotient(row, upper, row[lower]))


def increase(value: str, base: str) -> CellRule:
    """A column that says by how much one is more than the other."""

    def exact(row: GridRow, _: Sequence[GridRow]) -> GridValue:
        share = number(_quotient(row, value, row[base]))
        return None if share is None else share - 1

    return CellRule(_else_dash(f"{{{value}}}/{{{base}}}-1"), exact)
