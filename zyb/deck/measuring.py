"""How much room text takes, near enough to lay it out: in ems, since the writer has no fonts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from zyb import letters

POINTS = 72
NARROW = 0.56  # a digit of 微软雅黑; letters differ, names of regions have none
LINE = 1.45  # height of a line in ems: 微软雅黑 has 1.32, the fonts that replace it on other systems more


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    return letters.ems(text, NARROW)


def lines(text: str, width: float, size: float) -> int:
    """Lines that a paragraph takes in `width` inches; Chinese breaks anywhere, but a line is rarely full."""
    room = max(width * POINTS / size - 0.5, 1.0)
    return max(math.ceil(ems(text) / room), 1)


def line_height(size: float) -> float:
    return size * LINE / POINTS


def fitting(text: str, width: float, sizes: Sequence[float], allowed: int = 1) -> float:
    """The largest of `sizes` (descending) at which the text takes no more than `allowed` lines."""
    return next((size for size in sizes if lines(text, width, size) <= allowed), sizes[-1])


def fitting_all(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float], gap: float
) -> float:
    """The largest of `sizes` at which all paragraphs, `gap` inches apart, stand in the height."""

    def needed(size: float) -> float:
        return sum(lines(text, width, size) * line_height(size) * 1.1 + gap for text in texts)

    return next((size for size in sizes if needed(size) <= height), sizes[-1])
