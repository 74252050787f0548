"""The grammar of a 通报: how regions, counts and comparisons are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from zyb.briefing.model import RegionLine
from zyb.numerals import absolute_points, percent, value_text

DIGITS = "零一二三四五六七八九十"
CITY = "市"
# More equal places than this are not listed one by one.
LONGEST_TIE = 5


def ordinal(number: int) -> str:
    """三, 十二, 二十: of headings and “居前三位”."""
    if number <= 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"


def counted(number: int) -> str:
    """How many of something: 两市, never 二市."""
    return "两" if number == 2 else ordinal(number)


def listed(names: Sequence[str]) -> str:
    """“西安、宝鸡、汉中三市”; mixed kinds of unit keep their full names: “西安市、杨凌示范区”."""
    if len(names) > 1 and all(name.endswith(CITY) for name in names):
        return "、".join(name.removesuffix(CITY) for name in names) + counted(len(names)) + CITY
    return "、".join(names)


def task_of(subject: str) -> str:
    """“职业病危害专项治理工作”, “帮扶行动”: neither word is said twice."""
    return subject if subject.endswith(("工作", "行动")) else f"{subject}工作"


AREA = "地区"


def kind_of_regions(names: Sequence[str]) -> str:
    """What a province's regions are called together: 市, 市（区）, 市（州）, 市（地区）, 区, 区县 or 地区."""
    if any(name.endswith(AREA) for name in names):
        return f"{CITY}（{AREA}）" if all(name.endswith((CITY, AREA)) for name in names) else AREA
    endings = {name[-1] for name in names}
    if endings in ({CITY}, {"区"}):
        return endings.pop()
    if endings == {"区", "县"}:
        return "区县"
    others = endings - {CITY}
    if CITY in endings and len(others) == 1 and others <= set("区州盟县"):
        return f"{CITY}（{others.pop()}）"
    return AREA


def change_in_points(change: Fraction) -> str:
    """“提高1.1个百分点”, “下降0.3个百分点”, “持平”: of two shares, never in %."""
    shown = absolute_points(change)
    if shown == "0.0":
        return "持平"
    return f"{'提高' if change > 0 else '下降'}{shown}个百分点"


def grown(value: Fraction) -> str:
    """“增长12.3%”, “下降4.0%”, “持平”."""
    shown = percent(abs(value))
    if shown == "0.0%":
        return "持平"
    return f"{'增长' if value > 0 else '下降'}{shown}"


def placed(lines: Sequence[RegionLine], kind: str) -> str:
    """“汉中市（73.7%）、商洛市（71.8%）”; “汉中市（73.7%），商洛市和咸阳市并列（65.7%）”, in the order given."""
    groups = [list(equal) for _, equal in groupby(lines, key=lambda line: line.value)]
    tied = any(len(equal) > 1 for equal in groups)
    return ("，" if tied else "、").join(_place(equal, kind) for equal in groups)


def _place(equal: list[RegionLine], kind: str) -> str:
    value = value_text(equal[0].value, kind)
    if len(equal) == 1:
        return f"{equal[0].name}（{value}）"
    if len(equal) > LONGEST_TIE:
        return f"{equal[0].name}等{len(equal)}地并列（{value}）"
    names = "、".join(line.name for line in equal[:-1])
    return f"{names}和{equal[-1].name}并列（{value}）"
