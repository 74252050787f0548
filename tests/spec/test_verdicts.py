"""进展评价: lower bounds belong to the better verdict, upper bounds do not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.books import table
from zyb.rulebook.verdicts import verdict, verdicts

# completed of enrolled; the gap to pace in 百分点 (“-”: no plan, “early”: its window has not opened)
CASES = """
    completed | enrolled | gap     | verdict
    ----------+----------+---------+---------
    60        | 100      | 10      | 进展较快
    60        | 100      | 10.0001 | 进展较快
    60        | 100      | 9.9999  | 达到序时
    60        | 100      | 0       | 达到序时
    60        | 100      | -0.0001 | 相对滞后
    60        | 100      | -30     | 相对滞后
    60        | 100      | -30.001 | 进展缓慢
    100       | 100      | 0       | 全面完成
    100       | 100      | -50     | 全面完成
    120       | 100      | -       | 全面完成
    99        | 100      | 40      | 进展较快
    0         | 100      | 20      | 零进展
    0         | 100      | -40     | 零进展
    0         | 100      | -       | 零进展
    0         | 100      | early   | 未到起始日
    60        | 100      | early   | 未到起始日
    100       | 100      | early   | 全面完成
    0         | 0        | early   | 无任务
    -         | 100      | early   | 未报送
    60        | 100      | -       | 未设时序
    0         | 0        | -       | 无任务
    5         | 0        | -       | 无任务
    -         | -        | -       | 未报送
    -         | 100      | -       | 未报送
    60        | -        | -       | 未报送
"""


def number(cell: str) -> Fraction | None:
    return None if cell == "-" else Fraction(cell)


@pytest.mark.parametrize(("completed", "enrolled", "gap", "title"), table(CASES)[1:])
def test_the_verdict(completed, enrolled, gap, title):
    begun = gap != "early"
    done, all_, points = number(completed), number(enrolled), number(gap if begun else "-")
    finished = done is not None and bool(all_) and done >= all_
    found = verdict(verdicts(""), done, all_, finished, None if points is None else points / 100, begun=begun)
    assert found.title == title


def test_every_verdict_says_its_rule_and_has_a_shape_for_black_and_white_print():
    assert all(found.rule and found.shape and found.tone for found in verdicts("").values())
    told_elsewhere = {"报送不足", "待核实", "待确认", "无法计算", "任务未下达"}
    said = {row[3] for row in table(CASES)[1:]}
    assert {found.title for found in verdicts("").values()} == said | told_elsewhere
