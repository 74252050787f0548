"""One cell's text → a number, and what had to be understood on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from zyb import letters
from zyb.numerals import HUNDRED_PERCENT
from zyb.rulebook.lexicon.folding import folded

BLANKS = {"", "-", "--", "—", "——", "–", "/", "\\", "无", "未报", "未列", "不详"}
AROUND = re.compile(rf"^[\s{letters.UNSEEN}]+|[\s{letters.UNSEEN}]+$")
UNIT = "(?:家次|户次|人次|家|个|户|人|项|所|例|起|件|宗|份|名|条)"
UNITS = re.compile(f"{UNIT}(?:企业|单位)?$")
THOUSANDS = re.compile(r"(?<=\d)[,'’](?=\d{3}(?!\d))")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
APPROXIMATELY = ("大约", "约", "近", "≈")
MORE_OR_LESS = ("左右", "上下", "余", "多")
# A footnote's mark, or the share that stands behind the number in its brackets.
BESIDE_NUMBER = re.compile(
    r"(?<=[\d家户个])\s*(?:[(（]\s*\d+(?:\.\d+)?\s*[%％]\s*[)）]|[(（][家户个人][)）]|[*＊※]+)$"
)
OF_PEOPLE = re.compile(r"\d人次?$|\d名$")
DIGITS, PLACES = "零一二三四五六七八九", {"十": 10, "百": 100, "千": 1_000}
# 二三十 or 三五家 are no numbers: behind a digit stands a place, and each place is lower than the one before.
NUMERAL = "(?:[一二两三四五六七八九]千)?零?(?:[一二两三四五六七八九]百)?零?(?:[一二三四五六七八九]?十)?零?[一二两三四五六七八九]?"
NUMERALS = re.compile(f"^(?=[零一二两三四五六七八九十]){NUMERAL}|^零")
IN_NUMERALS = re.compile(f"(?=[零一二两三四五六七八九十])(?:{NUMERAL}|零){UNIT}?(?:企业|单位)?")
FACTORS = {"千": 1_000, "万": 10_000}
# More enterprises than the country has: a code or a sum of money slipped into the column.
TOO_LARGE = 1_000_000_000
# No number, day or choice takes a tenth of it. A cell that holds more was not filled in but pasted into.
LONGEST_ANSWER = 1_000
# A title, note or name says what it is about long before; of a page pasted in, the rest is not looked at.
LONGEST_LINE = 2_000


WHITE = re.compile(r"\s+")


def narrow(text: str) -> str:
    """Full width to half width, and no white space of any kind."""
    return WHITE.sub("", folded(text))


# Figures of two lines, or with a blank between them, are two; whoever joins them makes a third.
APART = re.compile(r"(?<=[\d.,])\s+(?=[.,]*\d)")


@cache
def _folds_into_digits(letter: str) -> bool:
    """①, ¹ and ½."""
    return unicodedata.category(letter) == "No"


def one_figure(text: str) -> bool:
    """Whether its digits are all that was written as digits, in one piece, and no other letter folds into more of them."""
    return not APART.search(text) and (text.isascii() or not any(map(_folds_into_digits, text)))


@dataclass(frozen=True)
class Count:
    """A count as understood. `fault` is a code of the problem catalogue, or empty."""

    number: int | None
    fault: str = ""
    adopted: bool = False
    approximate: bool = False


def count(text: str, people: bool = True) -> Count:
    """128, １２８, "1,234", 12家, 5户次, 约300, 1.2万, 3千, 三十二家, 90（93.8%） → a whole number; blank → none; else the
    fault. 2150人次 is none of a column that counts no `people`."""
    if len(text) > LONGEST_ANSWER:
        return Count(None, "answer_too_long")
    text = AROUND.sub("", text)
    text = BESIDE_NUMBER.sub("", text)
    plain = narrow(text)
    if plain in BLANKS:
        return Count(None)
    if not people and OF_PEOPLE.search(plain):
        return Count(None, "people_counted")
    plain = (
        NUMERALS.sub(lambda found: str(_numeral(found[0])), plain) if IN_NUMERALS.fullmatch(plain) else plain
    )
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


@dataclass(frozen=True)
class Percentage:
    """A percentage as understood, in units of zyb.numerals.HUNDRED_PERCENT. `fault` as of a count."""

    units: int | None
    fault: str = ""


# 87.5, 87.5%: no thousands, no words around it.
PERCENTAGE = re.compile(r"([+-]?\d+(?:\.\d+)?)(%?)")


def percentage(text: str, *, shown_as_percent: bool = False) -> Percentage:
    """87.5, 87.5%, 87.5％, and 0.875 of a cell that is shown as a percentage → 87.5 %; blank → none; else the fault.

    What is not zero, not above one and has no sign may be 0.875 % or 87.5 %: nobody but its writer knows.
    """
    if len(text) > LONGEST_ANSWER:
        return Percentage(None, "answer_too_long")
    text = AROUND.sub("", text)
    plain = narrow(text).replace("−", "-")
    if plain in BLANKS:
        return Percentage(None)
    found = PERCENTAGE.fullmatch(plain)
    if found is None or not one_figure(text):
        return Percentage(None, "not_a_percentage")
    number, signed = Decimal(found[1]), bool(found[2])
    if shown_as_percent and not signed:
        number, signed = number * 100, True
    if not 0 <= number <= 100:
        return Percentage(None, "percentage_out_of_range")
    if 0 < number <= 1 and not signed:
        return Percentage(None, "percentage_unclear")
    return Percentage(int((number * HUNDRED_PERCENT / 100).quantize(Decimal(1), ROUND_HALF_UP)))


def _numeral(written: str) -> int:
    """三十二 → 32, 一百零五 → 105, 两千三百 → 2300."""
    total, digit = 0, 0
    for letter in written:
        if letter in PLACES:
            total, digit = total + (digit or 1) * PLACES[letter], 0
        else:
            digit = DIGITS.index(letter) if letter != "两" else 2
    return total + digit


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
