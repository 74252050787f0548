"""Headings that count themselves, and plain paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from zyb.briefing.model import Paragraph, Sentence
from zyb.briefing.text.phrases import ordinal


class Numbering:
    """一、 and （一）, counted as headings come."""

    def __init__(self) -> None:
        self._heads = 0
        self._subs = 0

    def heading(self, text: str) -> Paragraph:
        self._heads, self._subs = self._heads + 1, 0
        return Paragraph("heading", (Sentence("", f"{ordinal(self._heads)}、{text}"),))

    def subheading(self, text: str) -> Paragraph:
        self._subs += 1
        return Paragraph("subheading", (Sentence("", f"（{ordinal(self._subs)}）{text}。"),))


def settled(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """A subheading that stays alone under its heading has no number: there is no （一） without a （二）."""
    found: list[Paragraph] = []
    first: int | None = None
    alone = False
    for paragraph in paragraphs:
        if paragraph.role == "heading":
            _unnumber(found, first if alone else None)
            first = None
        elif paragraph.role == "subheading":
            alone = first is None
            first = len(found) if first is None else first
        found.append(paragraph)
    _unnumber(found, first if alone else None)
    return found


def _unnumber(paragraphs: list[Paragraph], place: int | None) -> None:
    if place is not None:
        words = paragraphs[place].text.removeprefix("（一）")
        paragraphs[place] = Paragraph("subheading", (Sentence("", words),))


def plain(text: str) -> Paragraph:
    return Paragraph("body", (Sentence("", text),))
