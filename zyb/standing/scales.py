"""Values that nothing judges, in classes for a scale of one hue: made from what was reported, never from a threshold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from zyb.numerals import value_number, value_text

MOST_CLASSES = 5
HOW = "颜色由浅到深为数值由低到高，按各地数值排序分档，各档地区数大致相同，数值相同的同档；不作评价"


@dataclass(frozen=True)
class ValueClass:
    """From its lowest to its highest value; `shade` counts from the palest of `MOST_CLASSES`."""

    low: Fraction
    high: Fraction
    members: int
    shade: int

    def words(self, kind: str) -> str:
        """“20.0%～35.1%”; one value alone stands for itself."""
        low, high = value_text(self.low, kind), value_text(self.high, kind)
        return low if low == high else f"{low}～{high}"


@dataclass(frozen=True)
class ValueScale:
    classes: tuple[ValueClass, ...]

    def of(self, value: Fraction | None) -> ValueClass | None:
        if value is None:
            return None
        return next((one for one in self.classes if one.low <= value <= one.high), None)


def value_scale(values: Iterable[Fraction | None], kind: str) -> ValueScale:
    """As many regions in each class as can be (quantiles), and few different values one each. What is printed alike is
    in one class, so that nobody sees one number in two colours."""
    known = sorted(value for value in values if value is not None)
    alike = [list(group) for _, group in groupby(known, key=lambda value: value_number(value, kind))]
    held: dict[int, list[Fraction]] = {}
    before = 0
    for number, group in enumerate(alike):
        # The middle of those with this value says to which part of all it belongs.
        part = (2 * before + len(group)) * MOST_CLASSES // (2 * len(known))
        held.setdefault(number if len(alike) <= MOST_CLASSES else part, []).extend(group)
        before += len(group)
    return ValueScale(tuple(
        ValueClass(group[0], group[-1], len(group), _shade(place, len(held)))
        for place, group in enumerate(held.values())
    ))  # fmt: skip


def _shade(place: int, classes: int) -> int:
    """Few classes lie as far apart as the shades allow; one alone is of the middle."""
    return (MOST_CLASSES - 1) // 2 if classes == 1 else place * (MOST_CLASSES - 1) // (classes - 1)
