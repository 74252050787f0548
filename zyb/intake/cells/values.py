"""One cell's text → a number, and what had to be understood on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from zyb.rulebook.folding import folded

BLANKS = {"", "-", "--", "—", "——", "–", "/", "\\", "无", "未报", "未列", "不详"}
# Blanks, and the marks without width that text brings along from web pages and chats.
UNSEEN = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
UNITS = re.compile(r"(?:家次|户次|人次|家|个|户|人|项|所|例|起|件|宗|份|名)(?:企业|单位)?$")
THOUSANDS = re.compile(r"(?<=\d)[,'’](?=\d{3}(?!\d))")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
APPROXIMATELY = ("大约", "约", "近", "≈")
MORE_OR_LESS = ("左右", "上下", "余", "多")
FACTORS = {"千": 1_000, "万": 10_000}
# More enterprises than the country has: a code or a sum of money slipped into the column.
TOO_LARGE = 1_000_000_000
# No number, day or choice takes a tenth of it. A cell that holds more was not filled in but pasted into.
LONGEST_ANSWER = 1_000
# A title, note or name says what it is about long before; of a page pasted in, the rest is not looked at.
LONGEST_LINE = 2_000


def narrow(text: str) -> str:
    """Full width to half width, and no white space of any kind."""
    return re.sub(r"\s+", "", folded(text))


# Figures of two lines, or with a blank between them, are two; whoever joins them makes a third.
APART = re.compile(r"(?<=[\d.,])\s+(?=[.,]*\d)")


def one_figure(text: str) -> bool:
    """Whether its digits are all that was written as digits, in one piece: ①, ¹ and ½ would fold into more of them."""
    return not APART.search(text) and not any(unicodedata.category(letter) == "No" for letter in text)


@dataclass(frozen=True)
class Count:
    """A count as understood. `fault` is a code of the problem catalogue, or empty."""

    number: int | None
    fault: str = ""
    adopted: bool = False
    approximate: bool = False


def count(text: str) -> Count:
    """128, １２８, "1,234", 12家, 5户次, 约300, 1.2万, 3千 → a whole number; blank → none; else the fault."""
    if len(text) > LONGEST_ANSWER:
        return Count(None, "answer_too_long")
    text = text.strip(UNSEEN)
    plain = narrow(text)
    if plain in BLANKS:
        return Count(None)
    rest, approximate = _without_approximately(plain)
    factor = FACTORS.get(rest[-1:], 1)
    if NUMBER.fullmatch(rest.removesuffix("亿")) and rest.endswith("亿"):
        return Count(None, "too_large_number")
    digits = THOUSANDS.sub("", rest[:-1] if factor > 1 else rest).replace("−", "-")
    if not NUMBER.fullmatch(digits) or not one_figure(text):
        return Count(None, "not_a_number")
    exact = Decimal(digits) * factor
    if exact < 0:
        return Count(None, "negative_number")
    if exact >= TOO_LARGE:
        return Count(None, "too_large_number")
    if exact != exact.to_integral_value():
        return Count(None, "not_whole")
    return Count(int(exact), adopted=digits != text.strip() or factor != 1, approximate=approximate)


def _without_approximately(text: str) -> tuple[str, bool]:
    """约300, 300余家, 300家左右 → 300, and whether it was said to be approximate."""
    rest = text
    for word in APPROXIMATELY:
        rest = rest.removeprefix(word)
    for word in MORE_OR_LESS:
        rest = rest.removesuffix(word)
    bare = UNITS.sub("", rest)
    for word in MORE_OR_LESS:
        bare = bare.removesuffix(word)
    return bare, bare != UNITS.sub("", text)


def year(text: str) -> int | None:
    """2024, 2024年, 2024年度, and the day that stands for a year in a cell that shows only 2024 → 2024."""
    if len(text) > LONGEST_ANSWER or not one_figure(text):
        return None
    found = re.fullmatch(r"(20\d{2})(?:(?:\.0)?年?度?|-\d{2}-\d{2})", narrow(text))
    return int(found[1]) if found else None
