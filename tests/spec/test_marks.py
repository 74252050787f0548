"""Marks beside the answers of a cell: which answer they stand for follows from the cell itself, or is asked."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tests.books import table
from zyb.intake.cells.answers import Context
from zyb.intake.cells.readers import READERS
from zyb.rulebook.ledgers import ledgers

TODAY = Context(date(2025, 6, 30))


def understood(ledger: str, column: str, text: str) -> tuple[str, str]:
    """The value and the problem, as texts."""
    wanted = ledgers()[ledger].column(column)
    word = READERS[wanted.type](wanted, text, TODAY)
    return "" if word.value is None else str(word.value), word.code


FORMS = """
    governance_enterprises.completed | 是（ ） 否（√）             | 否
    governance_enterprises.completed | 是【】否【√】               | 否
    governance_enterprises.completed | 是__否√__                   | 否
    governance_enterprises.completed | 是/否√                      | 否
    governance_enterprises.completed | 是/√否                      | 否
    governance_enterprises.completed | 是 ✔否                      | 否
    governance_enterprises.completed | 是√ 否                      | 是
    governance_enterprises.completed | □已完成 ☑未完成             | 否
    governance_enterprises.completed | 已完成□ 未完成√             | 否
    governance_enterprises.completed | ¨是þ否                      | 否
    governance_enterprises.completed | □是 √□否                    | 否
    governance_enterprises.completed | □ 是 ☑ 否                   | 否
    governance_enterprises.completed | √（2024年5月）              | 是
    governance_enterprises.completed | 是（ ）否（ ）              |
    employers.declared               | 已申报□未申报☑              | 否
    employers.declared               | 已申报未申报√               | 否
    demonstration.hazards            | 粉尘（√）化学毒物（ ）物理因素（√） | 粉尘、物理因素
    demonstration.hazards            | 粉尘√ 化学毒物 物理因素√    | 粉尘、物理因素
    demonstration.hazards            | √粉尘 化学毒物 √噪声        | 粉尘、物理因素
    demonstration.declared_years     | 均未申报（ ）2022年（√）2023年（ ）2024年（√） | 2022年、2024年
    demonstration.sector             | 采矿业__ 建材_水泥_√ 冶金__ | 建材
    demonstration.sector             | ☑其他__化工机械__ □化工     | 其他
    dust_toxics.rules                | 合格（ ）不合格（√）        | 不合格
    dust_toxics.rules                | 合格 √不合格                | 不合格
    enforcement.violations           | 未申报（ ）未检测（√）未体检（ ） | 未检测
    enforcement.violations           | 未申报×、未检测√            | 未检测
    enforcement.disposal             | 警告 罚款√                  | 罚款
"""


@pytest.mark.parametrize(("asked", "written", "value"), table(FORMS))
def test_what_is_ticked(asked: str, written: str, value: str) -> None:
    assert understood(*asked.split("."), written) == (value, "")


UNCLEAR = """
    governance_enterprises.completed | 是√否             | unclear_mark
    governance_enterprises.completed | 是 √ 否           | unclear_mark
    governance_enterprises.completed | □是☑ 否           | unclear_mark
    governance_enterprises.completed | □是√□否           | unclear_mark
    governance_enterprises.completed | 是○ 否            | unclear_mark
    governance_enterprises.completed | ☑是☑否            | unclear_choice
    governance_enterprises.completed | ☑是，但未完成     | not_a_flag
    governance_enterprises.completed | √ 4/1             | not_a_flag
    dust_toxics.rules                | 合格√不合格       | unclear_mark
    dust_toxics.rules                | 合格 不合格       | unknown_choice
    demonstration.hazards            | √粉尘、化学毒物   | unclear_mark
    demonstration.hazards            | √粉尘 √味道       | unknown_choice
    enforcement.violations           | 未申报、未检测√   | unclear_mark
    enforcement.violations           | 未申报×           | unknown_choice
    enforcement.violations           | 未申报0 未检测1   | unknown_choice
    enforcement.disposal             | 警告：否；罚款：是 | unknown_choice
"""


@pytest.mark.parametrize(("asked", "written", "code"), table(UNCLEAR))
def test_where_nobody_knows_it_is_asked(asked: str, written: str, code: str) -> None:
    assert understood(*asked.split("."), written) == ("", code)


# How a form is drawn: the mark of an option that is chosen and of one that is not, before or behind it, and what parts them.
DRAWN = [
    ("☑", "□"),
    ("√", "□"),
    ("■", "□"),
    ("●", "○"),
    ("（√）", "（ ）"),
    ("【√】", "【】"),
    ("√", "×"),
    ("√", ""),
]
PARTED = [" ", "\n", "  ", "/", "、"]


@pytest.mark.parametrize(("ledger", "column"), [
    ("governance_enterprises", "completed"), ("demonstration", "hazards"), ("demonstration", "declared_years"),
    ("dust_toxics", "rules"), ("enforcement", "violations"), ("enforcement", "disposal"), ("employers", "risk"),
])  # fmt: skip
@pytest.mark.parametrize("behind", [True, False])
def test_whatever_a_form_is_drawn_with_it_says_the_same_or_is_asked(
    ledger: str, column: str, behind: bool
) -> None:
    """Of every option of every form; a mark in brackets is never the first of them by mistake."""
    options = ledgers()[ledger].column(column).options or ("是", "否")
    for chosen, (tick, empty), gap in product(options, DRAWN, PARTED):
        drawn = [(one, tick if one == chosen else empty) for one in options]
        text = gap.join(one + mark if behind else mark + one for one, mark in drawn)
        value, code = understood(ledger, column, text)
        listed = not empty and gap == "、"
        assert (value, code) == (chosen, "") or (listed and code), text
