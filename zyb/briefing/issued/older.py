"""Records of older programs in today's form. What they kept as finished text is taken apart here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from zyb.briefing.slides import TALK

FORMAT = 4
# Until then the rules of the verdicts were one line of text.
RULES_IN_ONE_LINE = 1
# Until then where figures come from stood in the notes alone, and titles of covers and tables were not in parts.
SOURCES_IN_NOTES = 2
# Until then the units of a table were one line of text.
UNITS_IN_ONE_LINE = 3
KNOWN = frozenset({RULES_IN_ONE_LINE, SOURCES_IN_NOTES, UNITS_IN_ONE_LINE, FORMAT})

# “数据来源：国家职业病危害“专项治理”模块（《专项治理进展汇总表》），截至…”.
SOURCE = re.compile("数据来源：([^（，。；]+)")


def in_todays_form(briefing: dict[str, Any], kept_in: int) -> dict[str, Any]:
    if kept_in <= RULES_IN_ONE_LINE:
        briefing["verdict_rules"] = list(_rules(briefing["verdict_rules"]))
    if kept_in <= SOURCES_IN_NOTES:
        origins = _origins(briefing)
        for section in briefing["sections"]:
            section["origin"] = origins.get(section["campaign"], "")
        for slide in briefing["slides"]:
            slide["lines"] = _lines(slide["title"], briefing["title"]) if slide["kind"] == "cover" else []
        for table in briefing["annexes"]:
            table["short"] = _short(table["title"])
    if kept_in <= UNITS_IN_ONE_LINE:
        for table in [*briefing["annexes"], *filter(None, (slide["table"] for slide in briefing["slides"]))]:
            table["units"] = _units(table.pop("unit"))
    return briefing


def _rules(line: str) -> Iterator[dict[str, str]]:
    """No rule that shipped with that format had a semicolon of its own."""
    for told in filter(None, line.split("；")):
        title, _, rule = told.partition("：")
        yield {"title": title, "rule": rule}


def _origins(briefing: dict[str, Any]) -> dict[str, str]:
    """By campaign: a note begins with the title of a measure and names the source of its campaign."""
    campaigns = {section["title"]: section["campaign"] for section in briefing["sections"]}
    told = ((campaigns.get(note.partition("：")[0]), SOURCE.search(note)) for note in briefing["notes"])
    return {campaign: found.group(1) for campaign, found in told if campaign and found}


def _units(line: str) -> list[str]:
    """“单位：家、%”."""
    return line.removeprefix("单位：").split("、") if line else []


def _lines(title: str, of_document: list[str]) -> list[str]:
    if "".join(of_document) == title:
        return of_document
    subject = title.removesuffix(TALK)
    return [subject, TALK] if subject not in ("", title) else [title]


def _short(title: str) -> str:
    """“各市（区）倒排工期任务表” was known by its end."""
    head, found, rest = title.partition("）")
    return rest if found and head.startswith("各") and len(head) <= len("各市（区") else ""
