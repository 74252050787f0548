"""The generator itself: plain forms are read as they are meant, and every habit makes a workbook."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import checked
from tests.clerks import entries
from tests.clerks.drawing import HALVES, Draw, half_of
from tests.clerks.judging import RIGHT, WRONG, judged
from tests.clerks.office import letter
from tests.clerks.places import SPELLINGS
from tests.clerks.truth import LEDGERS, SUMMARIES
from tests.clerks.words import days, headings, lists, titles

LONG_LISTS = (
    SPELLINGS, headings.REGION, headings.ENROLLED, headings.COMPLETED, headings.TARGET, headings.DECLARED, lists.NAME,
    lists.USCC, lists.COUNTY, lists.VIOLATION, lists.DAY_FORMS, titles.TOTALS, titles.FILES, days.FULL, days.LINES,
)  # fmt: skip


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_plain_form_is_taken_as_it_is_meant(ledger: str) -> None:
    one = letter(Random(f"plain {ledger}"), "both", ledger, fault=False, mess=0.0)
    verdict = judged(one)
    assert (verdict.verdict, verdict.why) == (RIGHT, [])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.randoms(use_true_random=False), st.sampled_from(LEDGERS), st.sampled_from(HALVES))
def test_whatever_is_drawn_makes_a_workbook(random: Random, ledger: str, half: str) -> None:
    one = letter(random, half, ledger)
    assert one.book.content()
    assert one.truth.is_list == (ledger not in SUMMARIES)
    assert one.truth.expected(one.written)


def test_no_figure_goes_in_wrong() -> None:
    """A small sample of what `python -m tests.clerks` draws: right, asked or refused."""
    random = Random(2026)
    letters = [letter(random, "both", ledger) for ledger in (*LEDGERS, *LEDGERS)]
    found = [judged(one) for one in letters]
    assert len(found) == 2 * len(LEDGERS)
    assert [one.why for one in found if one.verdict == WRONG] == []


def test_about_half_of_every_long_list_of_words_is_kept_back() -> None:
    shares = [sum(half_of(entry) == "kept" for entry in entries) / len(entries) for entries in LONG_LISTS]
    assert min(shares) > 0.2
    assert max(shares) < 0.8


def test_the_invented_codes_have_the_check_digit_of_the_standard() -> None:
    assert checked("91350100M000100Y4") == "91350100M000100Y43"  # the standard's own example
    assert len(entries.uscc(Draw(Random(1)), "610100")) == 18
