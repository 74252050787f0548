"""The list of administrative divisions (行政区划): provinces, prefectures and counties of the mainland, by code."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain

from zyb.errors import RulesError, ZybError
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.places.placenames import plain, province_short_name, short_name
from zyb.rulebook.toml import load_rows

DIVISIONS = "divisions.csv"
CODE = re.compile(r"\d{6}")
# Of what level the division around one may be.
ABOVE: dict[str, tuple[str, ...]] = {
    "province": (),
    "prefecture": ("province",),
    "county": ("prefecture", "province"),
}


@dataclass(frozen=True)
class Division:
    """One line of the list of administrative divisions (行政区划)."""

    code: str
    name: str
    level: str
    parent: str


# The level above the provinces has a roster as they have, and no line in the list.
NATION = Division("000000", "全国", "nation", "")


@rule
def divisions() -> tuple[Division, ...]:
    """Provinces, prefectures and counties of the mainland, by code.

    Where a prefecture has no counties (东莞市) the same code stands on both levels.
    """
    rows = load_rows(rules_file(DIVISIONS), ("code", "name", "level", "parent"), may_be_blank=("parent",))
    if not rows:
        raise RulesError(DIVISIONS, "", "没有内容。")
    found = [Division(row["code"], row["name"], row["level"], row["parent"]) for _, row in rows]
    known: dict[tuple[str, str], int] = {}
    for (number, _), division in zip(rows, found, strict=True):
        if fault := _slip(division, known):
            raise RulesError(DIVISIONS, f"第 {number} 行", fault)
        known[division.code, division.level] = number
    return tuple(found)


def _slip(division: Division, above: Container[tuple[str, str]]) -> str:
    """What is wrong with a line; each stands below the one that it belongs to."""
    code, level, parent = division.code, division.level, division.parent
    if not CODE.fullmatch(code):
        return f"代码“{code}”应为六位数字。"
    if level not in ABOVE:
        return f"级别“{level}”应为{'、'.join(ABOVE)}之一。"
    if (code, level) in above:
        return f"代码“{code}”列了两次。"
    if ABOVE[level] and not any((parent, upper) in above for upper in ABOVE[level]):
        return f"上级代码“{parent}”不在上面各行中。"
    if parent and parent[:2] != code[:2]:
        return f"代码“{code}”与上级“{parent}”不在同一个省份。"
    return ""


@rule
def provinces() -> tuple[tuple[str, str], ...]:
    """(code, full name) of all 31, by code."""
    return tuple((d.code, d.name) for d in divisions() if d.level == "province")


@rule
def provinces_and_nation() -> tuple[tuple[str, str], ...]:
    """All that have a roster: the provinces, and 全国 after them."""
    return (*provinces(), (NATION.code, NATION.name))


def check_province(name: str, file: str, place: str) -> None:
    """A list of the rules writes the full name, so that no line is read for nobody."""
    if name not in {known for _, known in provinces_and_nation()}:
        raise RulesError(file, place, f"没有名为“{name}”的省级行政区，应写全称，例如“陕西省”。")


def province_of(text: str) -> Division:
    wanted = plain(text)
    found = _province_spellings().get(wanted)
    if found is None:
        raise ZybError(f"没有名为“{wanted[:20]}”的省级行政区。", "请填写省份全称，例如“陕西省”。")
    return found


@rule
def _province_spellings() -> dict[str, Division]:
    """Every province by code, full and short name; 全国."""
    known = [NATION, *(division for division in divisions() if division.level == "province")]
    return {said: d for d in known for said in (d.code, d.name, province_short_name(d.name))}


def county_divisions(province_code: str) -> Iterator[Division]:
    """Of a province, or of all of them."""
    own = ("",) if province_code == NATION.code else (province_code[:2],)
    return (d for d in divisions() if d.level == "county" and d.code.startswith(own))


@rule
def places_elsewhere(province_code: str) -> frozenset[str]:
    """Names of other provinces and their prefectures, long and short; to the nation no province is another."""
    levels = ("prefecture",) if province_code == NATION.code else ("province", "prefecture")
    others = [d for d in divisions() if d.level in levels and d.code[:2] != province_code[:2]]
    return frozenset(
        chain.from_iterable((d.name, short_name(d.name), province_short_name(d.name)) for d in others)
    )


def stem(code: str) -> str:
    """How the codes of a division's counties begin: 61 of 610000, 6101 of 610100."""
    return code.removesuffix("00").removesuffix("00")
