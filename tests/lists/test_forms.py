"""The forms of the notices, filled in: each goes in without a question, in every format."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import as_file, codes
from tests.lists import forms
from tests.lists.forms import Form
from zyb.intake import Given, Submission
from zyb.uploads import read_submissions

KINDS = ("xlsx", "xls", "et", "csv")
TODAY = date(2025, 4, 30)


def read(form: Form, kind: str = "xlsx") -> Submission:
    content = as_file(kind, form.rows, form.sheet, form.merged)
    (found,) = read_submissions(content, f"{form.file_name}.{kind}", Given(TODAY))
    return found


def tallied(found: Submission) -> dict[str, int]:
    """Sums over all regions, counties and years, by the tally's name (and item)."""
    sums: dict[str, int] = {}
    for tally in found.tallies():
        key = f"{tally.name} {tally.item}".strip()
        sums[key] = sums.get(key, 0) + tally.amount
    return sums


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.__name__)
def test_a_form_of_the_notices_goes_in_without_a_question(form, kind):
    found = read(form(), kind)
    assert found.ledger and found.ledger.id == form().ledger
    assert [p for p in found.problems if p.severity != "note"] == []
    assert not set(codes(found.problems)) - {"as_of_assumed", "serial_date"}
