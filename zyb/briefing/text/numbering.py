"""Headings that count themselves, and plain paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zyb.briefing.model import Paragraph, Sentence
from zyb.briefing.text.phrases import ordinal


class Numbering:
    """一、 counted as headings come; what stands below them is counted when all of it is there."""

    def __init__(self) -> None:
        self._heads = 0

    def heading(self, text: str) -> Paragraph:
        self._heads += 1
        return Paragraph("heading", (Sentence("", f"{ordinal(self._heads)}、{text}"),))

    def subheading(self, text: str) -> Paragraph:
        return _subheading(f"{text}。")


def settled(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """（一） before each of several subheadings; one that stays alone under its heading has no number."""
    found = list(paragraphs)
    below: list[int] = []
    for place, paragraph in enumerate(found):
        if paragraph.role == "heading":
            _number(found, below)
            below = []
        elif paragraph.role == "subheading":
            below.append(place)
    _number(found, below)
    return found


def _number(paragraphs: list[Paragraph], places: Sequence[int]) -> None:
    if len(places) > 1:
        for number, place in enumerate(places, 1):
            paragraphs[place] = _subheading(f"（{ordinal(number)}）{paragraphs[place].text}")


def _subheading(text: str) -> Paragraph:
    return Paragraph("subheading", (Sentence("", text),))


def plain(text: str) -> Paragraph:
    return Paragraph("body", (Sentence("", text),))
