"""The forms of the notices, filled in: each goes in without a question, in every format."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import as_file, codes
from tests.lists import forms
from tests.lists.forms import Form
from zyb.intake import Given, Submission
from zyb.uploads import read_submissions

KINDS = ("xlsx", "xlsb", "xls", "et", "csv")
TODAY = date(2025, 4, 30)


def read(form: Form, kind: str = "xlsx") -> Submission:
    content = as_file(kind, form.rows, form.sheet, form.merged)
    (found,) = read_submissions(content, f"{form.file_name}.{kind}", Given(today=TODAY))
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
    assert not set(codes(found.problems)) - {"as_of_assumed", "serial_date", "year_added"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_and_tallies_are_what_the_forms_say(kind):
    """Counted by hand in tests/lists/forms.py."""
    assert tallied(read(forms.employers(), kind)) == {
        "employers": 3, "declared": 2, "obliged": 3, "obliged_declared": 2,
        "industrial_by_risk": 1, "industrial_declared_by_risk": 0, "industrial_by_risk 严重": 2, "industrial_declared_by_risk 严重": 2,
        "severe_by_industry 30": 1, "severe_by_industry 33": 0, "severe_by_industry 06": 1, "sizable_by_risk": 1, "sizable_by_risk 严重": 2,
        "obliged_by_industry 30": 1, "obliged_by_industry 33": 1, "obliged_by_industry 06": 1,
        "obliged_declared_by_industry 30": 1, "obliged_declared_by_industry 33": 0, "obliged_declared_by_industry 06": 1,
    }  # fmt: skip
    assert tallied(read(forms.tasks(), kind)) == {"target": 7005}
    assert tallied(read(forms.assistance(), kind)) == {
        "assisted": 3, "completed": 1, "identified": 3, "system": 2, "notice": 2, "training": 2, "remedied": 1, "remedy_needed": 2,
    }  # fmt: skip
    assert tallied(read(forms.guidance(), kind)) == {"assisted 石家庄市疾病预防控制中心": 2}
    assert tallied(read(forms.quota(), kind)) == {"quota": 120}
    assert tallied(read(forms.recommendation(), kind)) == {"recommended": 2}


def test_the_five_dates_belong_to_the_five_items():
    """All five columns are called 开展时间 or the like; what stands before them tells which is which."""
    dates = [f"{item}_on" for item in ("identified", "system", "notice", "training", "remedied")]
    first = read(forms.assistance()).body.select(dates).to_pylist()[0]
    assert [first[name] for name in dates] == [date(2024, 6, day) for day in (3, 5, 7, 10, 20)]


def test_the_form_speaks_for_the_county_above_it():
    found = read(forms.employers())
    assert set(found.body["county_code"].to_pylist()) == {"130104"}
    assert [(part.region_code, part.county_code) for part in found.parts()] == [("130100", "130104")]


def test_the_ticked_choices_of_the_nomination_form():
    columns = ["sector", "staff", "operating", "hazards", "declared_years", "monitored", "governed"]
    assert read(forms.recommendation()).body.select(columns).to_pylist() == [
        {"sector": "采矿业", "staff": 280, "operating": "是", "hazards": "粉尘、物理因素", "declared_years": "2023年、2024年", "monitored": "是", "governed": "否"},
        {"sector": "建材", "staff": 18, "operating": "否", "hazards": "化学毒物", "declared_years": "均未申报", "monitored": "否", "governed": "否"},
    ]  # fmt: skip


def test_the_first_four_columns_are_enough_until_the_end_of_june():
    """“将中小微企业帮扶台账前四项内容报送”: the rest of the form is still blank."""
    rows = [(n, name, code, address, *[""] * 13) for n, name, code, address, *_ in forms.ASSISTED]
    found = read(forms.assistance(rows, file_name="帮扶台账（截至2024年6月30日）"))
    assert not found.blocked
    assert set(codes(found.problems)) == {"column_blank"}
    assert tallied(found)["assisted"] == 3


@pytest.mark.parametrize(
    ("place", "file_name", "regions"),
    [
        ("市/县/区：石家庄市", "帮扶台账（截至2024年7月31日）", {"130100"}),
        ("市/县/区：辛集市", "帮扶台账（截至2024年7月31日）", {"130181"}),
        ("市/县/区", "雄安新区帮扶台账（截至2024年7月31日）", {"133100"}),
        ("市/县/区：", "石家庄市桥西区帮扶台账（截至2024年7月31日）", {"130100"}),
    ],
)
def test_the_place_may_stand_above_the_table_or_in_the_files_name(place, file_name, regions):
    found = read(forms.assistance(place=place, file_name=file_name))
    assert not found.blocked
    assert set(found.region_codes) == regions


def test_an_institutions_fifty_enterprises_are_counted_by_institution():
    rows = [(n, f"戊{n}厂", "", "2024.6.3", "现场指导", "张某", "") for n in range(1, 51)]
    found = read(forms.guidance(rows, "保定市职业病防治院"))
    assert tallied(found) == {"assisted 保定市职业病防治院": 50}
    assert found.region_codes == ("130600",)
