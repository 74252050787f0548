"""Colours, shapes and fonts in one place: for the screen, the charts and the documents.

Colours are `#rrggbb`. `look.css` repeats those of the screen as tokens; a test compares them.
"""

from __future__ import annotations

INK, SECONDARY, TERTIARY = "#15292e", "#4d6166", "#6d7f83"
GROUND, CARD, HAIRLINE, GRID = "#f4f7f6", "#ffffff", "#dbe4e1", "#e9efed"
JADE, INDIGO, GOLD = "#12766d", "#2f5f8a", "#f0c869"
# What a bar that is only asked for is drawn in: lighter than anything that was done.
PALE_JADE = "#a9cdc7"

# Smallest CIEDE2000 distance 24 or more under simulated protan, deutan and tritan vision.
GOOD, WATCH, LAGGING, MISSING = "#0b7a75", "#f2a93b", "#9e1b1b", "#c9ced6"
HATCH = "#9aa5ac"  # lines over what was not reported, so that it shows in print as well

# A tone is one of these words, as in verdicts.toml. Every state is colour, shape and word.
TONES = {"good": GOOD, "watch": WATCH, "lagging": LAGGING, "missing": MISSING, "plain": SECONDARY}
TONE_WORDS = {"good": "绿色", "watch": "橙色", "lagging": "红色", "missing": "灰色", "plain": "灰色"}
SHAPES = {"good": "●", "watch": "◆", "lagging": "▼", "missing": "▨", "plain": ""}
# A cell of a table in a tone: its ground and the lettering on it.
TINTS = {
    "good": "#e1f0ec",
    "watch": "#fdf1dc",
    "lagging": "#f7e3e1",
    "missing": "#eef0f3",
    "plain": "#eef1f3",
}
LETTERING = {
    "good": "#0a4f4a",
    "watch": "#744807",
    "lagging": "#861414",
    "missing": "#4a545e",
    "plain": "#43525a",
}

# Map classes, by verdict. Depth within a tone tells the degrees apart.
VERDICTS = {
    "finished": "#07524f",
    "fast": GOOD,
    "on_pace": "#7fbcb5",
    "lagging": WATCH,
    "slow": LAGGING,
    "nothing_done": "#641010",
    "partial": "#dfe5e8",
    "not_begun": "#dfe5e8",
    "unplanned": "#dfe5e8",
    "undetermined": "#dfe5e8",
    "repeated": "#dfe5e8",
    "startless": "#dfe5e8",
    "not_reported": MISSING,
    "unassigned": "#eef1f3",
    "no_task": "#eef1f3",
}
# Of values that nothing judges, from low to high: one hue that no verdict has. White letters stand out on the last two.
VALUES = ("#dce7f1", "#b9cee1", "#8fb0cd", "#416c98", "#23496d")
LIGHT_VALUES = 3
# A floor over counties: reached, below it, none at all, not reported.
FLOORS = {"reached": GOOD, "below": WATCH, "none": LAGGING, "open": "#dfe5e8", "silent": MISSING}
# On these verdicts' colours white letters stand out, on all others ink.
LIGHT_LETTERING = frozenset({"finished", "fast", "slow", "nothing_done"})

SCREEN_FONT = (
    "'PingFang SC','Microsoft YaHei UI','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif"
)
# One name each, as office documents want it; every Windows with WPS or Office has them.
OFFICE_FONT, OFFICE_HEADING_FONT = "微软雅黑", "黑体"


def bare(colour: str) -> str:
    """`12766D`, as Word and PowerPoint write a colour."""
    return colour.removeprefix("#").upper()
