"""How the cells of an answer read, by the kind of their column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from zyb.numerals import HUNDRED_PERCENT, number, percent, percent_decimal, points, reported_percent, rounded

# Kinds whose cells are numbers, in tables and in files.
NUMERIC = frozenset({"count", "percent", "share", "growth", "points", "number", "decimal"})


def cell_text(value: object, kind: str) -> str:
    """As people read it: “54.8%”, “+1.9”, “2024-06-30”; nothing where nothing stands."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return {"share": percent, "growth": _signed, "points": _in_points}.get(kind, number)(value)
    return reported_percent(value) if kind == "percent" and isinstance(value, int) else str(value)


def _signed(value: Fraction) -> str:
    return f"{points(value)}%"


def _in_points(value: Fraction) -> str:
    return points(value / 100)


def cell_number(value: object, kind: str) -> float | int | None:
    """The number that is printed, for what counts and sorts by it: 54.8 of a share, in per cent."""
    if isinstance(value, Fraction):
        shown = (
            percent_decimal(value) if kind == "share" else rounded(value * 100 if kind == "growth" else value)
        )
        return float(shown)
    if isinstance(value, int):
        return value * 100 / HUNDRED_PERCENT if kind == "percent" else value
    return None


def told_apart(titles: Sequence[str]) -> list[str]:
    """The titles of columns, a number behind those that came before: where columns are known by them."""
    seen: Counter[str] = Counter()
    found = []
    for title in titles:
        seen[title] += 1
        found.append(f"{title}{seen[title]}" if seen[title] > 1 else title)
    return found
