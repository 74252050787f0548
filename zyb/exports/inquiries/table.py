"""What is written of an answer, whatever the form: columns and rows as they are shown, sums, and what is said beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zyb.exports.books.pouring import PouredColumn
from zyb.settings import DEMO_MARK

TakenRow = tuple[Any, ...]


def mark_of(warning: str) -> str:
    """What stands in front of the name of a file of invented data."""
    return DEMO_MARK if warning else ""


@dataclass(frozen=True, kw_only=True)
class TakenTable:
    """`portions` brings the rows anew each time, some at a time. `warning` marks invented data.

    `name` is the file's, without its ending; `on` the day that it says it is of.
    """

    name: str
    on: date
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
    sums_are_rows: bool = False
    """Whether the last lines are figures of their own, which the rows do not add up to: a province's among its regions'."""
