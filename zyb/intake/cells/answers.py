"""What a cell was understood as, and what it may need from its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Word:
    """A text as adopted; `code` of the problem catalogue when there is something to say, with its words."""

    value: Any
    code: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Context:
    """What a cell may need from its surroundings."""

    today: date
    year: int | None = None
    date_1904: bool = False
    beside: frozenset[str] = frozenset()
    """What else the column holds: beside ticks an open box alone says no, beside 有 无 does."""
