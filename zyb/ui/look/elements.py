"""The words and marks inside a sentence."""

from __future__ import annotations

from zyb.html import Markup, tag


def strong(text: str) -> Markup:
    return tag("span", text, classes="z-strong")


def toned(text: str, tone: str) -> Markup:
    return tag("span", text, classes=f"z-text-{tone}")


def muted(text: str) -> Markup:
    return tag("span", text, classes="z-muted")


def badge(word: str, tone: str = "plain") -> Markup:
    """A verdict or state as colour, shape and word, so that it survives a black-and-white printer."""
    return tag("span", word, classes=f"z-tag z-{tone}")


def below(*parts: str) -> Markup:
    """A second, smaller line in a heading."""
    return tag("small", *parts, classes="z-below")


def noted(word: str, told: str) -> Markup:
    """A small mark beside something; what there is to tell about it stands in the tooltip."""
    return tag("span", word, classes="z-noted", title=told)


def chip(word: str, tone: str, told: str) -> Markup:
    """One of many side by side, shape and word in the colour of its state; how it came to be stands in the tooltip."""
    return tag("span", word, classes=f"z-chip z-text-{tone}", title=told)


def dot(shape: str, tone: str, told: str) -> Markup:
    """As a chip, so small that a year of months stands in a line."""
    return tag("span", shape, classes=f"z-chip z-dot z-text-{tone}", title=told)


def heat(text: str, tone: str) -> Markup:
    """A figure in a matrix: colour and shape tell the verdict, the figure stays readable."""
    return tag("span", text, classes=f"z-heat z-{tone}")


def lead(address: str, shown: str, told: str) -> Markup:
    """Something that leads to another page; it looks as it would without."""
    plain = "color:inherit;text-decoration:none"
    return tag("a", shown, href=address, target="_self", title=told, style=plain)


def saving(address: str, shown: str, name: str) -> Markup:
    """The one thing to press when a file is ready; the browser fetches it under its name."""
    return tag("a", shown, href=address, download=name, target="_self", classes="z-save")
