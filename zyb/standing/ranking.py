"""League tables: unrounded values, equal values share a rank and the next is skipped (1, 2, 3, 3, 5)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def ranks(values: Mapping[Name, Fraction | None], *, highest_first: bool = True) -> dict[Name, int]:
    """The rank of everyone who has a value; who has none has no rank."""
    known = sorted((value for value in values.values() if value is not None), reverse=highest_first)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(known, 1):
        first.setdefault(value, place)
    return {name: first[value] for name, value in values.items() if value is not None}
