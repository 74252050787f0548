"""What is said beside an answer and may take it back: 未申报（已撤销）, 无粉尘、有噪声, 是（仅2022年）. Nobody knows whether the answer
still holds, so it is asked. The words are those of data/rules/choices.toml.
"""

from __future__ import annotations

import re

from zyb.intake.cells.boxes import plain_option
from zyb.rulebook.book import remembered
from zyb.rulebook.columns import Column
from zyb.rulebook.lexicon.meanings import Meaning, doubting
from zyb.rulebook.sheets import any_of, sheet_words

HELD = r"\([^()]*(?:{})[^()]*\)"
YEARS = re.compile(r"(20\d\d)年?度?(?:-|—|–|~|至|到)(20\d\d)年?度?")
# What is left of an answer once its options are taken out, and makes another of it.
ANOTHER = re.compile("[未没不无否非仅除拟待至到~—–-]")


def takes_back(column: Column, plain: str) -> bool:
    """Whether a text that names options of a choice may take back one of them."""
    return bool(_of_options(column.options, column.means).search(plain))


@remembered(64)
def _of_options(options: tuple[str, ...], means: tuple[Meaning, ...]) -> re.Pattern[str]:
    said = doubting()
    own = [plain_option(option) for option in options]
    named = any_of({*own, *(word for one in means if not one.denied for word in one.words)})
    before = f"(?:{any_of(said.before)})的?(?:{named})"
    behind = rf"(?:{any_of(own)})(?:已|被|均)?(?:{any_of(said.behind)})"
    return re.compile(f"{before}|{behind}|{HELD.format(any_of(said.inside))}|{any_of(said.anywhere)}")


def says_more(column: Column, plain: str) -> bool:
    """2022年未申报, 中小型: what stands beside the options, and is none of them, makes another answer of it."""
    named = any_of(plain_option(option) for option in column.options)
    rest = re.sub(named, "", plain)
    others = {option[0] for option in column.options} - {*"0123456789均"}
    return rest != plain and (bool(ANOTHER.search(rest)) or any(letter in rest for letter in others))


def years_spread(column: Column, plain: str) -> str:
    """2022-2024年: each of the years, if the column knows them all."""

    def each(found: re.Match[str]) -> str:
        years = [f"{year}年" for year in range(int(found[1]), int(found[2]) + 1)]
        return "、".join(years) if years and set(years) <= set(column.options) else found[0]

    return YEARS.sub(each, plain)


def remark_takes_back(plain: str, yes: bool) -> bool:
    """是（已注销）, 否（已申报待审）: of the remark beside 是 or 否. What speaks against a row speaks against its 是 as well."""
    words = any_of((*doubting().remarks, *(sheet_words().against_words if yes else ())))
    return bool(re.search(rf"[(,;。].*(?:{words})", plain))
