"""The columns of each list: their headings, and how what is true of an enterprise stands in their cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.clerks import entries
from tests.clerks.drawing import Draw
from tests.clerks.values import number_style
from tests.clerks.words import days
from tests.clerks.words import lists as words

Enterprise = dict[str, Any]
Writer = Callable[[Any], object]


@dataclass(frozen=True)
class Wanted:
    """A column that a list may have: its key, its headings, how cells are made, how often it is there."""

    key: str
    headings: tuple[str, ...]
    kind: str = "text"
    share: float = 1.0
    tier: str = ""


def _on(key: str, share: float = 0.8) -> Wanted:
    return Wanted(key, words.ON[key], "day", share)


def _flag(key: str, heading: str, group: str, share: float = 1.0, tier: str = "") -> Wanted:
    return Wanted(key, words.FLAG[heading], f"flag {group}", share, tier)


def _five() -> tuple[Wanted, ...]:
    found: list[Wanted] = []
    for key in (*entries.FIVE, "remedied"):
        found.append(_flag(key, key, "item", tier="five"))
        found.append(Wanted(f"{key}_on", words.DONE_ON.get(key, words.STARTED), "day", 1.0, "five"))
    return tuple(found)


USCC = Wanted("uscc", words.USCC, "text", 0.93)
STAFF = Wanted("staff", words.STAFF, "number", 0.7)
WANTED: dict[str, tuple[Wanted, ...]] = {
    "governance_enterprises": (
        USCC, Wanted("industry", words.INDUSTRY, "text", 0.8), STAFF, Wanted("hazards", words.HAZARDS, "text", 0.9),
        _on("enrolled_on"), _flag("completed", "governance completed", "completed"), _on("confirmed_on", 0.9),
    ),
    "exceedances": (
        USCC, Wanted("year", words.YEAR, "year", 0.5), Wanted("hazards", words.HAZARDS),
        Wanted("staff", words.STAFF, "number", 0.6), Wanted("size", words.SIZE, "text", 0.8),
    ),
    "employers": (
        USCC, Wanted("industry", ("行业代码", *words.INDUSTRY[1:]), "text", 0.9), Wanted("legal_person", words.LEGAL, "text", 0.9),
        Wanted("address", words.ADDRESS, "text", 0.9), _flag("declared", "declared", "declared"), STAFF,
        Wanted("risk", words.RISK, "text", 0.6),
    ),
    "assistance": (
        USCC, Wanted("address", words.ADDRESS, "text", 0.9), *_five(), Wanted("team", words.TEAM, "text", 0.9),
        _flag("completed", "assistance completed", "assisted"),
    ),
    "cdc_guidance": (
        USCC, _on("assisted_on", 1.0), Wanted("form", words.FORM, "text", 0.9), Wanted("team", words.MEMBERS, "text", 0.9),
    ),
    "demonstration": (
        Wanted("address", words.ADDRESS, "text", 0.9), Wanted("legal_person", ("企业法人代表", *words.LEGAL), "text", 0.9),
        Wanted("team", ("职业卫生管理人员", "职业健康管理人员", "职业卫生管理员"), "text", 0.9),
        Wanted("phone", ("企业联系电话", "联系电话", "企业电话"), "text", 0.9), Wanted("sector", words.SECTOR, "sector"),
        Wanted("staff", words.DEMONSTRATION_STAFF, "staff"), _flag("operating", "operating", ""),
        Wanted("factors", words.FACTORS, "factors"), Wanted("exposed", words.EXPOSED, "number"),
        Wanted("declarations", words.DECLARATIONS, "declarations"), _flag("monitored", "monitored", ""),
        _flag("in_governance", "in_governance", ""),
    ),
    "enforcement": (
        USCC, Wanted("violations", words.VIOLATION, "violations"), _on("filed_on", 1.0),
        Wanted("disposals", words.DISPOSAL, "disposals", 0.9), _flag("resolved", "resolved", "resolved"),
        _on("rectified_on", 0.9),
    ),
    "dust_toxics": (
        USCC, Wanted("industry", words.INDUSTRY, "text", 0.8), Wanted("staff", words.STAFF, "number"),
        _on("self_checked_on", 1.0), _on("reviewed_on", 1.0),
        *(Wanted(item, words.ITEMS[item], "item", 1.0, "items") for item in entries.ITEMS),
        Wanted("contracted", words.CONTRACTED, "number", 0.9), Wanted("insured", words.INSURED, "number", 0.9),
        _flag("rectified", "dust rectified", "rectified"),
    ),
}  # fmt: skip
RATES = tuple(Wanted(key, words.RATE_FLAGS[key], "flag ") for key in entries.RATES)  # all four or none


def wanted_of(draw: Draw, ledger: str) -> list[Wanted]:
    """The columns that this office has."""
    found = [one for one in WANTED[ledger] if one.share >= 1 or draw.chance(one.share)]
    if ledger == "assistance" and draw.chance(0.4):
        found += RATES
    if ledger == "dust_toxics" and draw.chance(0.4):
        items = set(draw.some(entries.ITEMS, 10, 15))
        found = [one for one in found if one.kind != "item" or one.key in items]
    if ledger == "exceedances" and not {"size", "staff"} & {one.key for one in found}:
        found.append(Wanted("size", words.SIZE))
    return found


def writer(draw: Draw, wanted: Wanted, marks: dict[str, Any]) -> Writer:
    """How the cells of a column are written; `marks` are drawn once for a table."""
    kind, _, group = wanted.kind.partition(" ")
    if kind == "flag":
        yes, no = draw.pick("flag", words.FLAGS[group], share=draw.mess * 0.7)
        return lambda value: yes if value else no
    makers: dict[str, Callable[[], Writer]] = {
        "day": lambda: _day_writer(draw, marks),
        "number": lambda: number_style(draw, of_people=True),
        "year": lambda: draw.pick("year in cell", (str, int_of, _with_year)),
        "violations": lambda: _joined(draw, "violation", words.VIOLATIONS),
        "disposals": lambda: _joined(draw, "disposal", words.DISPOSALS),
        "item": lambda: _item_writer(draw, marks),
        "sector": lambda: _sector(draw, marks),
        "staff": lambda: draw.pick("staff", (int_of, _people, _size_and_people)),
        "factors": lambda: _boxes(draw, marks, entries.FACTORS),
        "declarations": lambda: _declarations(draw, marks),
    }
    return makers[kind]() if kind in makers else lambda value: value


def int_of(value: int) -> object:
    return value


def _with_year(value: int) -> object:
    return f"{value}年"


def _people(value: int) -> object:
    return f"{value}人"


def _size_and_people(value: int) -> object:
    size = "中型" if value >= 300 else "小型" if value >= 20 else "微型"
    return f"{size}（{value}人）"


def _day_writer(draw: Draw, marks: dict[str, Any]) -> Writer:
    if "day form" not in marks:
        marks["day form"] = draw.pick("day in cell", words.DAY_FORMS)
        marks["no day"] = draw.pick("no day", words.NO_DAY, share=draw.mess * 0.6)
        marks["mixed days"] = draw.maybe("mixed days", 0.3)

    def write(value: date | None) -> object:
        if value is None:
            return marks["no day"] or None
        form = draw.any(words.DAY_FORMS[:6]) if marks["mixed days"] else marks["day form"]
        return value if form == "date" else days.written(form, value)

    return write


def _joined(draw: Draw, name: str, known: dict[str, tuple[str, ...]]) -> Writer:
    join = draw.pick("joined by", words.JOINS, share=draw.mess * 0.5)

    def write(values: list[str]) -> object:
        return join.join(draw.pick(name, known[value]) for value in values)

    return write


def _item_writer(draw: Draw, marks: dict[str, Any]) -> Writer:
    if "items" not in marks:
        at = draw.pick("marks of items", (0, 1, 2, 3, 4, 5), share=draw.mess * 0.7)
        marks["items"] = {mark: forms[at] for mark, forms in words.MARKS.items()}
    return lambda value: marks["items"][value]


def _boxed(marks: dict[str, Any], draw: Draw) -> str:
    if "boxes" not in marks:
        marks["boxes"] = draw.pick("boxes", ("", "☑□\n", "☑□ ", "√□\n", "☑ only", "■□ "))
    return str(marks["boxes"])


def _choices(boxes: str, options: tuple[str, ...], chosen: list[str], details: dict[str, str]) -> str:
    if not boxes:
        return "、".join(chosen)
    ticked, empty = boxes[0], boxes[1] if boxes != "☑ only" else ""
    shown = [option for option in options if option in chosen or empty != ""]
    parts = [
        (ticked if option in chosen else empty)
        + option
        + (details.get(option, "") if option in chosen else "")
        for option in shown
    ]
    return ("\n" if boxes.endswith("\n") else " ").join(parts)


def _sector(draw: Draw, marks: dict[str, Any]) -> Writer:
    boxes = _boxed(marks, draw)
    details = draw.pick("sector details", ({}, words.SECTORS))
    return lambda value: _choices(boxes, entries.SECTORS, [value], details if boxes else {})


def _boxes(draw: Draw, marks: dict[str, Any], options: tuple[str, ...]) -> Writer:
    boxes = _boxed(marks, draw)
    return lambda value: _choices(boxes, options, value, {})


def _declarations(draw: Draw, marks: dict[str, Any]) -> Writer:
    boxes = _boxed(marks, draw)
    options = ("均未申报", "2022年", "2023年", "2024年")
    return lambda value: _choices(boxes, options, value or ["均未申报"], {})
