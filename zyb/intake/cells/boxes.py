"""The letters that boxes of a form are drawn with, ticked (☑) and open (□), and what they become where a font is lost."""

from __future__ import annotations

import re
from functools import cache

from zyb.intake.cells.values import narrow

TICKED = "☑✓✔√■◼●☒þ✅"
OPEN = "□○◻☐◯"
CROSSES = "×✗✘✖╳❌"
# Wingdings 2 as it comes out where the font is lost: R is the ticked box, £ the open one.
LOST_TICK, LOST_BOX = re.compile(r"R(?=\s*[一-鿿\d])"), "£"
# ¨ of Wingdings, folded to a blank with two dots.
LOST_BOX_FOLDED = re.compile("¨|\\s?\u0308")
HELD = re.compile(rf"[(\[【〔]\s*([{TICKED}{OPEN}{CROSSES}]?)\s*[)\]】〕]")


def is_tick(plain: str) -> bool:
    return bool(plain) and all(mark in TICKED for mark in plain)


def boxed(plain: str) -> str:
    """With the boxes that lost their font: R是□否, R是£否, ¨是þ否; and a mark without its brackets: （√）."""
    if held := HELD.fullmatch(plain):
        return held[1]
    plain = LOST_BOX_FOLDED.sub("□", plain)
    if LOST_BOX not in plain and not any(mark in plain for mark in OPEN):
        return plain
    return LOST_TICK.sub("☑", plain.replace(LOST_BOX, "□"))


@cache
def plain_option(option: str) -> str:
    return narrow(option)
