"""约数: figures that a notice states only roughly (600余家), printed as they were written and never added to anything.

They stand beside the published tables of a province, in published/published.toml: a table holds exact numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zyb.periods import chinese_day
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.measures import measure_ids

# What makes a number a rough one.
ROUGHLY = re.compile(r"余|多|近|约|左右|以上|超过|不足|几")


@dataclass(frozen=True)
class StatedFigure:
    """`figure` with its precision (“600余”), and the sentence that says of what."""

    measure: str
    figure: str
    said: str
    day: date
    basis: str

    @property
    def sentence(self) -> str:
        """“2025年3月12日，全省剩余600余家企业未完成治理（文件中的约数；《…》一）”"""
        return f"{chinese_day(self.day)}，{self.said}（文件中的约数；{self.basis}）"


def parse_stated(table: toml.RulesTable) -> Iterator[StatedFigure]:
    for entry in table.tables("stated"):
        found = StatedFigure(
            entry.choice("measure", tuple(sorted(measure_ids()))),
            entry.text("figure"),
            entry.text("said"),
            entry.day("day"),
            entry.text("basis"),
        )
        if not ROUGHLY.search(found.figure):
            raise entry.fault(f"“{found.figure}”不是约数：确切的数放进公开数据的表（tables）。")
        if found.figure not in found.said or found.figure not in found.basis.replace(" ", ""):
            raise entry.fault(f"said 和 basis 中都应照原文写出“{found.figure}”。")
        entry.finish()
        yield found


@rule
def stated_figures(province: str) -> tuple[StatedFigure, ...]:
    listing = rules_file("provinces", province, "published", "published.toml")
    return tuple(parse_stated(toml.load(listing))) if listing.exists() else ()


def stated_on(province: str, measure: str, day: date) -> tuple[StatedFigure, ...]:
    """What the province's notices state of a measure until a day."""
    return tuple(one for one in stated_figures(province) if one.measure == measure and one.day <= day)
