"""What a cell was understood as, and what it may need from its surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from zyb.intake.cells.values import LONGEST_ANSWER
from zyb.rulebook.columns import Column


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
    said: tuple[str, ...] = ()
    """Notes and titles of the table, and what sheets without a table say: some tell what a mark means."""


WordReader = Callable[[Column, str, Context], Word]


def of_an_answer(reader: WordReader) -> WordReader:
    """Refuses unread what is too long to be an answer."""

    @wraps(reader)
    def read(column: Column, text: str, context: Context) -> Word:
        if len(text) > LONGEST_ANSWER:
            return Word(None, "answer_too_long")
        return reader(column, text, context)

    return read
