"""Elements and their attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

# True stands without a value, False and None are left out.
Value = str | int | None

# What HTML never closes, and the shapes of a drawing, which is XML and closes everything.
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
# A browser reads these letter by letter: text could not be escaped in them, so they hold none.
UNREAD = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"})

_NAME = re.compile(r"[a-z][a-z0-9]*")
# Ours come from Python's keywords: data_show is data-show. What begins with "on" would be a script.
_ATTRIBUTE = re.compile(r"(?!on)[a-z][a-zA-Z]*(?:-[a-z]+)*")


def tag(name: str, /, *parts: str, classes: str = "", **attributes: Value) -> Markup:
    """An element. Text in it is escaped and markup kept; in an attribute everything is text."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of an element: {name!r}")
    if parts and name in UNREAD | VOID | SHAPES:
        raise ValueError(f"<{name}> holds no text")
    start = f"<{name}{_written({'class': classes or None, **attributes})}"
    if name in SHAPES:
        return Markup(f"{start}/>")
    return Markup(f"{start}>" if name in VOID else f"{start}>{joined(*parts)}</{name}>")


def _written(attributes: Mapping[str, Value]) -> str:
    given = ((key.replace("_", "-"), value) for key, value in attributes.items())
    return "".join(_attribute(key, value) for key, value in given if value is not None and value is not False)


def _attribute(key: str, value: str | int) -> str:
    if not _ATTRIBUTE.fullmatch(key):
        raise ValueError(f"not the name of an attribute: {key!r}")
    # As plain text: markup would be let through with its quotation marks.
    return f" {key}" if value is True else f' {key}="{escape(str(value))}"'


def joined(*parts: str, between: str = "") -> Markup:
    """Pieces in a row, text escaped, markup kept."""
    return escape(between).join(parts)


def style_sheet(rules: str) -> Markup:
    """Rules of ours. They cannot be escaped there, so nothing that could end them is let in."""
    if "<" in rules:
        raise ValueError("no rule of a stylesheet needs a <")
    return Markup(f"<style>{rules}</style>")


NOTHING = Markup("")
BREAK = tag("br")
