"""Which letters are not seen, and how wide the others are: once for files, answers, documents and terminals."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from zyb import inert
from zyb.intake.cells.spelling import plain_days
from zyb.intake.cells.values import count
from zyb.letters import UNSEEN, columns, ems
from zyb.reading.cells import cleaned

NOT_SEEN = [chr(code) for code in range(0x10000) if re.match(f"[{UNSEEN}]", chr(code))]


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


@pytest.mark.parametrize("letter", NOT_SEEN, ids=lambda letter: f"{ord(letter):04X}")
def test_a_letter_that_nobody_sees_is_none_in_a_cell_a_number_a_day_or_on_a_terminal(letter: str) -> None:
    assert cleaned(pa.array([f"西安{letter}市"])).to_pylist() == ["西安市"]
    assert count(f"{letter}12{letter}").number == 12
    assert plain_days(f"2024{letter}年") == "2024年"
    assert letter not in inert.visible(f"西安{letter}市")


def test_letters_that_are_not_seen_are_some_dozens() -> None:
    assert len(NOT_SEEN) == 37
