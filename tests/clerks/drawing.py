"""Drawing habits: one source of chance for the command line and for hypothesis, with half of every list kept back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")
HALVES = ("seen", "kept", "both")


def label_of(entry: Any) -> str:
    """How an entry of a list of habits is called: its own words, or the name of the function that makes them."""
    if isinstance(entry, tuple):
        return "/".join(label_of(part) for part in entry)
    return str(getattr(entry, "label", getattr(entry, "__name__", entry)))


def half_of(entry: Any) -> str:
    """Which half an entry belongs to: by a hash of its words, so that new entries move no old one."""
    return "kept" if hashlib.sha256(label_of(entry).encode()).digest()[0] & 1 else "seen"


@dataclass
class Draw:
    """Chance, how untidy the office is (0 to 1), and what has been drawn so far."""

    random: Random
    half: str = "both"
    mess: float = 0.5
    habits: list[str] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def any(self, entries: Sequence[T]) -> T:
        """One of what is no habit: figures, names."""
        return entries[self.random.randrange(len(entries))]

    def some(self, entries: Sequence[T], least: int, most: int) -> list[T]:
        """A few different ones, in their order."""
        most = min(most, len(entries))
        wanted = self.number(min(least, most), most)
        chosen = sorted(self.random.sample(range(len(entries)), wanted))
        return [entries[index] for index in chosen]

    def open_to(self, entries: Sequence[T]) -> list[T]:
        """The entries of the half in use."""
        return [entry for entry in entries if self.half in ("both", half_of(entry))]

    def pick(self, name: str, entries: Sequence[T], share: float | None = None) -> T:
        """The plain way (the first entry) or, as often as the office is untidy, another one of the half in use."""
        others = self.open_to(entries[1:]) if self.mess else []
        if not others or not self.chance(self.mess if share is None else share):
            return entries[0]
        chosen = self.any(others)
        self.note(name, chosen)
        return chosen

    def maybe(self, name: str, share: float) -> bool:
        """A habit that an office has or has not."""
        open_now = self.half in ("both", half_of(name)) or share >= 0.5
        chosen = open_now and self.chance(share * self.mess * 2)
        if chosen:
            self.note("does", name)
        return chosen

    def note(self, name: str, chosen: Any) -> None:
        self.habits.append(f"{name}: {label_of(chosen)}")
