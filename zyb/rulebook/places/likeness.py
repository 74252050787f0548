"""How near two names are, for a remedy: never a decision."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TypeVar

NEAR = 0.5  # two-character names that share one character score exactly this
SAME_START = 0.01

T = TypeVar("T")


def most_alike(text: str, named: Iterable[tuple[str, T]]) -> T | None:
    """What bears the name that is nearest; None when nothing is near or two are equally so."""
    alike = [(name, what) for name, what in named if _may_be_near(text, name)]
    ranked = sorted(((_likeness(text, name), what) for name, what in alike), key=lambda pair: -pair[0])
    if not ranked:
        return None
    (best, found), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    return found if best >= NEAR and best > second else None


def _may_be_near(text: str, name: str) -> bool:
    """What a look at the letters alone tells, a hundred times quicker than the comparison."""
    shared = sum(letter in text for letter in name)
    return 2 * shared / (len(text) + len(name)) + SAME_START >= NEAR


def _likeness(text: str, name: str) -> float:
    """0–1; the same first character decides between equals (安阳 → 安康 before 咸阳)."""
    return SequenceMatcher(None, text, name).ratio() + (SAME_START if text[:1] == name[:1] else 0.0)
