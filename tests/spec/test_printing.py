"""How figures are printed: half up in decimals, and never 100.0 % while something is unfinished."""

from __future__ import annotations

import ast
from fractions import Fraction

import pytest

from tests.books import table
from zyb.numerals import (
    absolute_points,
    count,
    percent,
    points,
    signed_count,
    signed_percent,
    value_number,
    value_text,
    worded,
)
from zyb.settings import ROOT


@pytest.mark.parametrize(
    ("share", "printed"),
    table("""
        2575/4699   | 54.8%
        1225/10000  | 12.3%
        1224999/10000000 | 12.2%
        5/10000     | 0.1%
        4/10000     | 0.0%
        0           | 0.0%
        1           | 100.0%
        9994/10000  | 99.9%
        9995/10000  | 99.9%
        999999/1000000 | 99.9%
        10004/10000 | 100.0%
        12/10       | 120.0%
        1/3         | 33.3%
        2/3         | 66.7%
        -5/10000    | −0.1%
        -1/100000   | 0.0%
    """),
)
def test_a_percentage(share, printed):
    assert percent(Fraction(share)) == printed


@pytest.mark.parametrize(
    ("gap", "printed"),
    table("""
        1225/10000  | +12.3
        -1225/10000 | −12.3
        0           | 0.0
        4/10000     | 0.0
        -4/10000    | 0.0
        18/1000     | +1.8
    """),
)
def test_a_gap_in_points_with_its_sign(gap, printed):
    assert points(Fraction(gap)) == printed


def test_growth_has_its_sign():
    assert [signed_percent(Fraction(x)) for x in ("3/10", "-1/8", "0")] == ["+30.0%", "−12.5%", "0.0%"]


@pytest.mark.parametrize(
    ("share", "kind", "value", "said"),
    table("""
        123/1000  | growth | +12.3% | 申报数量较2023年增长12.3%
        -30/1000  | growth | −3.0%  | 申报数量较2023年下降3.0%
        0         | growth | 0.0%   | 申报数量较2023年增长0.0%
        548/1000  | ratio  | 54.8%  | 申报数量较2023年增长54.8%
    """),
)
def test_a_growth_is_signed_alone_and_told_by_its_verb_in_a_sentence(share, kind, value, said):
    assert value_text(Fraction(share), kind) == value
    assert "".join(worded("申报数量较2023年增长", "申报数量较2023年下降", Fraction(share), kind)) == said


def test_what_is_not_there_is_a_dash_and_not_a_zero():
    assert {percent(None), points(None), signed_percent(None), count(None), signed_count(None)} == {"—"}


def test_counts_have_thousands_separators():
    assert [count(4699), count(0), count(-1200), signed_count(12), signed_count(-5)] == [
        "4,699", "0", "−1,200", "＋12", "−5",
    ]  # fmt: skip


def test_a_gap_without_its_sign():
    assert absolute_points(Fraction(-348, 1000)) == "34.8"


def test_a_difference_is_taken_before_rounding():
    """54.75 − 52.84 = 1.91, though the rounded figures differ by 2.0."""
    assert points(Fraction("0.5475") - Fraction("0.5284")) == "+1.9"


# Where a value is printed by what it is for certain: a share by its rule, a figure whose verb says up or down.
SURELY_SHARES = {
    "zyb/numerals.py",
    "zyb/ui/progress/breakdowns.py",
    "zyb/briefing/text/telling.py",
    "zyb/briefing/text/standing.py",
}


def test_no_value_pace_or_target_is_printed_without_asking_whether_it_is_a_growth() -> None:
    """A growth carries its sign wherever it stands: `value_text` and `value_number` know."""
    asked = [
        (path.relative_to(ROOT).as_posix(), call.lineno)
        for path in sorted((ROOT / "zyb").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"percent", "percent_number", "short_percent_number"}
        and call.args
        and isinstance(call.args[0], ast.Attribute)
        and call.args[0].attr in {"value", "pace", "target"}
    ]
    assert [place for place in asked if place[0] not in SURELY_SHARES] == []
    assert {file for file, _ in asked} <= SURELY_SHARES


@pytest.mark.parametrize(("value", "text", "number"), [
    (Fraction(123, 1000), "+12.3%", "+12.3"),
    (Fraction(-1, 10), "−10.0%", "−10.0"),
    (Fraction(0), "0.0%", "0.0"),
])  # fmt: skip
def test_a_growth_has_its_sign_and_a_minus_as_wide_as_the_plus(
    value: Fraction, text: str, number: str
) -> None:
    assert (value_text(value, "growth"), value_number(value, "growth")) == (text, number)
    assert value_text(value, "ratio") == text.removeprefix("+")
