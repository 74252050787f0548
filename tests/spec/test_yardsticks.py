"""What values are held against: 序时进度, or the target itself where a measure has no pace."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.books import table
from zyb.briefing import told_rules, verdict_rules
from zyb.rulebook.verdicts import verdicts
from zyb.standing.yardsticks import against


@pytest.mark.parametrize(
    ("gap", "paced", "words"),
    table("""
        18/1000   | 有 | 快于序时进度1.8个百分点
        -348/1000 | 有 | 低于序时进度34.8个百分点
        0         | 有 | 与序时进度持平
        -1/10000  | 有 | 略低于序时进度
        50/1000   | 无 | 高于目标5.0个百分点
        -32/1000  | 无 | 低于目标3.2个百分点
        0         | 无 | 与目标持平
        -1/10000  | 无 | 略低于目标
    """),
)
def test_the_difference_is_told_by_what_the_value_is_held_against(gap, paced, words):
    assert against(Fraction(gap), paced == "有") == words


def test_the_rules_of_a_measure_without_pace_speak_of_the_target_alone():
    rules = told_rules(verdict_rules(verdicts(""), paced=False))
    assert "序时" not in rules and "相对滞后：低于目标30个百分点以内（含30）" in rules
