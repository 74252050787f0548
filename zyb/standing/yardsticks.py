"""What a value is held against, 序时进度 or the target itself, and the words for the difference."""

from __future__ import annotations

from fractions import Fraction

from zyb.numerals import absolute_points, rounded


def yardstick(paced: bool) -> str:
    return "序时进度" if paced else "目标"


def gap_title(paced: bool) -> str:
    """Of a column of differences; one of several measures names both."""
    return "与序时差" if paced else "与目标差"


def lead(gap: Fraction | None, higher_is_better: bool, scale: Fraction = Fraction(1)) -> Fraction | None:
    """The gap from the good side: negative is behind, whether more or less is better. Of a count it is a share of its
    `scale`, so that one set of bounds holds for all."""
    if gap is None:
        return None
    return (gap if higher_is_better else -gap) / scale


def beyond(higher_is_better: bool) -> str:
    """Where who is behind stands: below what is due, or above what is allowed."""
    return "低于" if higher_is_better else "高于"


MIXED_GAP_TITLE = "与序时（目标）差"


def against(
    gap: Fraction, paced: bool, space: str = "", *, higher_is_better: bool = True, counted_in: str = ""
) -> str:
    """“快于序时进度1.8个百分点”, “低于目标5.0个百分点”; a shortfall too small to print is still one. `counted_in`: the unit
    of a plain count, “高于目标3例”."""
    held = yardstick(paced)
    shown = f"{rounded(abs(gap))}" if counted_in else absolute_points(gap)
    if shown == "0.0":
        behind = lead(gap, higher_is_better) or 0
        return f"略{beyond(higher_is_better)}{held}" if behind < 0 else f"与{held}持平"
    above = "快于" if paced else "高于"
    unit = counted_in or "个百分点"
    number = shown.removesuffix(".0") if counted_in else shown
    return f"{above if gap > 0 else '低于'}{held}{space}{number}{space}{unit}"
