"""How wide letters are, once for all documents."""

from __future__ import annotations

import pytest

from zyb.letters import columns, ems


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("西安市", 3.0),
        ("54.8", 2.0),
        ("完成54.8%", 4.75),  # white before the digits, none between them and the sign
        ("截至2024年", 5.5),
        ("（2024年）", 5.25),  # a bracket brings white of its own
        ("“达标”", 4.0),
        ("", 0.0),
    ],
)
def test_a_chinese_letter_is_an_em_a_digit_half_and_a_quarter_stands_between(text: str, width: float) -> None:
    assert ems(text) == width


def test_where_digits_are_wider_only_they_are() -> None:
    assert ems("西安12", 0.56) == pytest.approx(2 + 2 * 0.56 + 0.25)


def test_a_terminal_has_two_columns_for_a_chinese_letter() -> None:
    assert columns("西安 54.8%") == 10
