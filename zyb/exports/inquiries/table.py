"""What is written of an answer, whatever the form: columns and rows as they are shown, sums, and what is said beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zyb.exports.books.pouring import PouredColumn
from zyb.inquiries.model import Asking
from zyb.inquiries.words import name_of_file
from zyb.settings import DEMO_MARK

TakenRow = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class TakenTable:
    """`portions` brings the rows anew each time, some at a time. `warning` marks invented data."""

    asked: Asking
    title: str
    aside: str
    warning: str
    columns: tuple[PouredColumn, ...]
    total: int
    portions: Callable[[], Iterator[list[TakenRow]]]
    sums: tuple[TakenRow, ...]
    notes: tuple[tuple[str, str], ...]
    kept: int
    """So many columns say whose a row is."""

    @property
    def on(self) -> date:
        return max(self.asked.days)

    def file_name(self, ending: str) -> str:
        return name_of_file(self.asked, ending, DEMO_MARK if self.warning else "")
