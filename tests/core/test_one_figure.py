"""Digits that stand apart are never joined, and a mark is no digit: what nobody has written is no figure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.books import errors
from tests.core.test_intake_table import plain
from zyb.intake.cells import values
from zyb.intake.cells.answers import Context
from zyb.intake.cells.days import day
from zyb.rulebook.ledgers import ledgers

TODAY = Context(date(2026, 1, 1))
NUMBERS = st.integers(0, 999).map(str)
# Full width as half width, decimal points and commas of thousands are how one number is written.
WITHIN_ONE = set(".．,，'’﹐﹒︐')")


def is_between(letters: str) -> bool:
    return bool(letters) and not any(
        letter in WITHIN_ONE or unicodedata.decimal(letter, None) is not None for letter in letters
    )


@given(NUMBERS, st.text(min_size=1, max_size=3).filter(is_between), NUMBERS)
@example("52", "\n", "48")
@example("52", " ", "48")
@example("52", "　", "48")
@example("52", "①", "48")
def test_two_numbers_in_one_cell_are_no_number(one: str, between: str, other: str) -> None:
    assert values.count(one + between + other).number is None
    assert values.year(f"20{between}24") is None


@pytest.mark.parametrize("mark", ["①", "¹", "₁", "½", "⑴", "㉑", "❶"])
@given(number=st.integers(0, 10**8))
def test_a_mark_beside_a_number_is_not_taken_for_a_digit(mark: str, number: int) -> None:
    for written in (f"{number}{mark}", f"{mark}{number}", f"{number} {mark}", f"{number}家{mark}"):
        assert values.count(written).number is None, written


@given(st.text(alphabet="0123456789 \n\t①¹,.家约", max_size=12))
@example("约1,200家")
def test_a_number_is_written_in_the_cell_as_it_is_adopted(written: str) -> None:
    number = values.count(written).number
    runs = [run.replace(",", "").lstrip("0") or "0" for run in re.findall(r"[\d,]+", written)]
    assert number is None or str(number) in runs


@pytest.mark.parametrize("written", ["2024-1-2 3", "2024年3月1①日", "202 40630", "2024.6.3\n0", "4535 2"])
def test_a_day_in_pieces_is_asked_about(written: str) -> None:
    column = next(one for ledger in ledgers().values() for one in ledger.columns if one.type == "date")
    found = day(column, written, TODAY)
    assert (found.value, found.code) == (None, "not_a_date")


@pytest.mark.parametrize("written", ["52①", "52¹", "52₁", "52\n48", "52 48", "52\t48"])
def test_it_is_told_at_its_cell(written: str) -> None:
    assert errors(plain(("西安市", written, 0))) == [("not_a_number", "B3")]


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u202d"])
def test_marks_that_nobody_sees_around_a_number_are_no_part_of_it(mark: str) -> None:
    assert values.count(f"{mark}52{mark}").number == 52
    assert values.count(f"52{mark}48").number is None
