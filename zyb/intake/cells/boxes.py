"""Boxes of a form that were ticked: ☑是□否, 是☑否□."""

from __future__ import annotations

import re
from functools import cache

from zyb.intake.cells.values import narrow

TICKED = "☑✓✔√■◼●☒þ"
OPEN = "□○◻☐◯"
BOX = re.compile(f"([{TICKED}{OPEN}])")
# Wingdings 2 as it comes out where the font is lost: R is the ticked box, £ the open one.
LOST_TICK, LOST_BOX = re.compile(r"R(?=[一-鿿])"), "£"


def is_tick(plain: str) -> bool:
    return bool(plain) and all(mark in TICKED for mark in plain)


def boxed(plain: str) -> str:
    """With the boxes that lost their font: R是□否, R是£否."""
    if LOST_BOX not in plain and not any(mark in plain for mark in OPEN):
        return plain
    return LOST_TICK.sub("☑", plain.replace(LOST_BOX, "□"))


def has_boxes(plain: str) -> bool:
    """A tick or a box together with words; alone they are words themselves (√, ○)."""
    return len(plain) > 1 and any(mark in plain for mark in OPEN + TICKED)


def ticked(plain: str, options: tuple[str, ...]) -> list[str]:
    """The options that stand behind a ticked box, ☑是□否, or before it, 是☑否□."""
    first, *others = BOX.split(plain)  # what stands before the first box; then box and words in turn
    boxes = others[::2]
    words = [first, *others[1::2]] if first else others[1::2]
    chosen = [text for box, text in zip(boxes, words, strict=False) if box in TICKED]
    return [option for option in options if any(text.startswith(plain_option(option)) for text in chosen)]


@cache
def plain_option(option: str) -> str:
    return narrow(option)
