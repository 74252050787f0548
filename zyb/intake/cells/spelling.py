"""How a text about days is spelt: width, blanks, Chinese numerals, dashes; and what in it is about other things."""

from __future__ import annotations

import re

from zyb import letters
from zyb.rulebook.lexicon.folding import folded

UNSEEN = re.compile(f"[{letters.UNSEEN}]")
LONG_DASHES = "—–―‒‑‐−~〜∼→﹣"
DASHES = str.maketrans(dict.fromkeys(LONG_DASHES, "-"))
# 二〇二四, 二零二四, 贰零贰肆; 廿 and 卅 are twenty and thirty.
DIGITS = dict(
    zip("〇零○oο0一二三四五六七八九壹贰叁肆伍陆柒捌玖两", [0] * 6 + [*range(1, 10)] * 2 + [2], strict=True)
)
TENS = {"十": 1, "拾": 1, "廿": 2, "卅": 3}
NUMERAL = "".join((*DIGITS, *TENS))
# Only what counts a part of the year, or stands before such a count: 三月 is 3月, 三级 stays.
NUMERALS = re.compile(
    rf"[{NUMERAL}]{{1,5}}(?=年|月|日|号|个月|个?季|周|[-至到](?:第?[{NUMERAL}]{{1,3}}|\d{{1,2}})(?:个?月|个?季))",
    re.IGNORECASE,
)
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
ROMAN_QUARTER = re.compile(r"(?<![A-Za-z])(?:IV|I{1,3})(?=季)")
# Between figures, and before the number of a copy: 9月 2 is no 2nd of September.
BLANK_THAT_PARTS = re.compile(r"(?<=\d)\s+(?=\d)|(?<=月)\s+(?=\d{1,2}(?:$|[^\d\s日号年月]))")
BLANKS = re.compile(r"\s+")
# 陕卫办职业发〔2024〕5号: the year of a document, not of figures.
DOCUMENT_NUMBER = re.compile(r"[〔\[(【]20\d\d[〕\])】]第?\d{1,4}号|20\d\d年第\d{1,4}[号期]")
# 《关于做好2025年…的通知》(2025年3月12日): a document that is cited, with its day.
DOCUMENT = re.compile(
    r"《[^《》]{0,120}(?:通知|意见|方案|办法|规定|条例|函|法|批复|标准|计划|规划|要求)》(?:\([^()]{0,40}\))?"
)
NOTHING = "¦"
"""Stands for what was left out, so that its neighbours do not become one."""


def _number(written: str) -> str:
    """十 10, 十二 12, 二十四 24, 二〇二四 2024, 三 3."""
    letters = written.lower()
    tens = next((letter for letter in letters if letter in TENS), None)
    if tens is None:
        return "".join(str(DIGITS[letter]) for letter in letters)
    before, after = letters.split(tens, 1)
    if any(letter not in DIGITS for letter in before + after) or len(before) > 1 or len(after) > 1:
        return written
    count = DIGITS[before] if before else TENS[tens]
    return str(count * 10 + (DIGITS[after] if after else 0))


def _apart(found: re.Match[str]) -> str:
    """The number; 2024三季度 does not become 20243季度."""
    number = _number(found[0])
    figures_before = found.string[found.start() - 1 : found.start()].isdigit() and found[0].strip("0")
    return f" {number}" if figures_before else number


def plain_days(text: str) -> str:
    """Half width, Arabic figures, one kind of dash, no blanks but between figures; no documents."""
    plain = UNSEEN.sub("", folded(text)).translate(DASHES)
    plain = BLANKS.sub("", BLANK_THAT_PARTS.sub("\0", plain)).replace("\0", " ")
    plain = re.sub(r"-{2,}", "-", plain)
    plain = ROMAN_QUARTER.sub(lambda found: ROMAN[found[0]], plain.replace("元月", "1月"))
    plain = NUMERALS.sub(_apart, plain)
    return DOCUMENT.sub(NOTHING, DOCUMENT_NUMBER.sub(NOTHING, plain))
