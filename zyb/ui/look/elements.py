"""Markup that escapes whatever is text, and the words and marks inside a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Markup made here; anything else is text and gets escaped."""


def html(*parts: str) -> Html:
    """Pieces in a row, text escaped, markup kept."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def element(name: str, classes: str, *parts: str, style: str = "") -> Html:
    attributes = f' class="{classes}"' if classes else ""
    attributes += f' style="{escape(style)}"' if style else ""
    return Html(f"<{name}{attributes}>{html(*parts)}</{name}>")


def joined(parts: Iterable[str]) -> Html:
    return html(*parts)


def strong(text: str) -> Html:
    return element("span", "z-strong", text)


def toned(text: str, tone: str) -> Html:
    return element("span", f"z-text-{tone}", text)


def muted(text: str) -> Html:
    return element("span", "z-muted", text)


def tag(word: str, tone: str = "plain") -> Html:
    """A verdict or state as colour, shape and word, so that it survives a black-and-white printer."""
    return element("span", f"z-tag z-{tone}", word)


def below(*parts: str) -> Html:
    """A second, smaller line in a heading."""
    return element("small", "z-below", *(html(part) for part in parts))


def noted(word: str, told: str) -> Html:
    """A small mark beside something; what there is to tell about it stands in the tooltip."""
    return Html(f'<span class="z-noted" title="{escape(told)}">{escape(word)}</span>')


def heat(text: str, tone: str) -> Html:
    """A figure in a matrix: colour and shape tell the verdict, the figure stays readable."""
    return element("span", f"z-heat z-{tone}", text)


def lead(address: str, shown: Html, told: str) -> Html:
    """Something that leads to another page; it looks as it would without."""
    attributes = f'href="{escape(address)}" target="_self" title="{escape(told)}"'
    return Html(f'<a {attributes} style="color:inherit;text-decoration:none">{shown}</a>')
