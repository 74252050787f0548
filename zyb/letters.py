"""Letters as they are seen: which of them not at all, and how wide the others are.

A Chinese letter takes an em, what stands beside it about half of one. Nobody here has the fonts: a digit is
0.5 em in those of Word, 0.56 in those of the slides.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# Soft hyphen, marks of byte order and without width, what turns the direction of writing, no letters at all: they
# come along from web pages and chats. As ranges of a pattern, which Arrow's engine (RE2) reads as well.
UNSEEN = "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
# Where Chinese meets letters or digits, office programs leave a quarter of an em white.
MEETING = re.compile(r"(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])")
WHITE = 0.25


def is_wide(letter: str) -> bool:
    """In a Chinese font also what is as wide as its surroundings: “”, …, ■."""
    return east_asian_width(letter) in "WFA"


def columns(text: str) -> int:
    """Of a terminal: two for a Chinese letter, one for any other."""
    return sum(2 if is_wide(letter) else 1 for letter in text)


def ems(text: str, narrow: float = 0.5) -> float:
    """`narrow` is what a digit takes; what is left between it and a Chinese letter counts."""
    wide = sum(map(is_wide, text))
    return wide + narrow * (len(text) - wide) + WHITE * len(MEETING.findall(text))
