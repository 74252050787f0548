"""Elements and their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

# True stands without a value, False and None are left out.
AttributeValue = str | int | None

# What HTML never closes, and the shapes of a drawing, which is XML and closes everything.
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})
SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
# A browser reads these letter by letter: text could not be escaped in them, so they hold none.
UNREAD = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"})

_NAME = re.compile(r"[a-z][a-z0-9]*")
# Ours come from Python's keywords: data_show is data-show; those of a drawing are viewBox and x1. What begins with
# "on" would be a script.
_ATTRIBUTE = re.compile(r"(?!on)[a-z][a-zA-Z0-9]*(?:-[a-z]+)*")


def tag(name: str, /, *parts: str, classes: str = "", **attributes: AttributeValue) -> Markup:
    """An element. Text in it is escaped and markup kept; in an attribute everything is text."""
    opened, closed = _ends(name, bool(parts))
    classed = _attribute("class", classes) if classes else ""
    others = "".join(_attribute(key, value) for key, value in attributes.items()) if attributes else ""
    return Markup(f"<{name}{classed}{others}{opened}{_inside(parts)}{closed}")


@lru_cache(maxsize=256)
def _ends(name: str, is_filled: bool) -> tuple[str, str]:
    """What ends the opening tag, and what ends the element."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of an element: {name!r}")
    if is_filled and name in UNREAD | VOID | SHAPES:
        raise ValueError(f"<{name}> holds no text")
    if name in SHAPES:
        return "/>", ""
    return (">", "") if name in VOID else (">", f"</{name}>")


def _attribute(key: str, value: AttributeValue) -> str:
    name = _attribute_name(key)
    if value is None or value is False:
        return ""
    # As plain text: markup would be let through with its quotation marks.
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


@lru_cache(maxsize=256)
def _attribute_name(key: str) -> str:
    name = key.replace("_", "-")
    if not _ATTRIBUTE.fullmatch(name):
        raise ValueError(f"not the name of an attribute: {name!r}")
    return name


def _inside(parts: Iterable[str], between: str = "") -> str:
    return between.join(map(escape, parts))


def joined(*parts: str, between: str = "") -> Markup:
    """Pieces in a row, text escaped, markup kept."""
    return Markup(_inside(parts, str(escape(between))))


def style_sheet(rules: str) -> Markup:
    """Rules of ours. They cannot be escaped there, so nothing that could end them is let in."""
    if "<" in rules:
        raise ValueError("no rule of a stylesheet needs a <")
    return Markup(f"<style>{rules}</style>")


NOTHING = Markup("")
BREAK = tag("br")
