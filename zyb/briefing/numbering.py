"""Headings that count themselves, and plain paragraphs."""

from __future__ import annotations

from zyb.briefing.model import Paragraph, Sentence
from zyb.briefing.phrases import ordinal


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


def plain(text: str) -> Paragraph:
    return Paragraph("body", (Sentence("", text),))
