"""What is understood is said, once; what is at fault is not asked for again; several days in one workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.books import codes, errors, several, sheet, submission, submissions, table, uscc
from zyb.access import on_this_machine
from zyb.intake import Given, Submission
from zyb.reading import Sheet
from zyb.records import Part
from zyb.store import Store
from zyb.uploads import accept_all, prepare_all, read_submissions

TODAY = date(2025, 6, 30)
HEAD = ("企业名称", "统一社会信用代码", "地区", "纳入日期", "是否完成治理", "行政确认日期")
Line = Sequence[object]


def page(
    *lines: Line, day: str = "2025年5月31日", name: str = "台账", title: str = "专项治理企业台账"
) -> Sheet:
    return sheet([(f"{title}（截至{day}）" if day else title,), HEAD, *lines], name)


def read(*lines: Line, **said: str) -> Submission:
    return submission(page(*lines, **said), name="上报.xlsx", today=TODAY, province="陕西")


def firm(
    n: int, where: str = "西安市", enrolled: str = "", completed: str = "否", confirmed: str = ""
) -> Line:
    return (f"甲{n}公司", uscc(n), where, enrolled, completed, confirmed)


# -- names of regions -------------------------------------------------------------------------------


def test_a_name_that_means_something_else_elsewhere_is_said_once_with_its_number():
    found = read(firm(1, "杨陵区"), firm(2, "西安"), firm(3, "杨陵区"), firm(4, "杨凌区"), firm(5, "杨陵区"))
    assert [(p.code, p.cell, p.message) for p in found.problems] == [
        ("region_changed", "C3", "C3 的“杨陵区”按“杨凌示范区”入库（共 3 处）。"),
    ]  # fmt: skip


def test_a_county_in_the_column_of_regions_is_no_other_name_of_the_city():
    assert read(firm(1, "雁塔区"), firm(2, "西安"), firm(3, "陕西省西安市")).problems == ()


def test_a_name_that_the_official_explained_is_said_as_well():
    found = submission(page(firm(1, "高新")), today=TODAY, province="陕西", places=(("高新", "610100"),))
    assert [p.message for p in found.problems] == ["C3 的“高新”按“西安市”入库。"]


# -- dates -------------------------------------------------------------------------------------------


def test_a_date_that_is_refused_is_not_asked_for_as_well():
    done = [
        firm(1, "西安", "", "是", "六月底"),
        firm(2, "西安", "", "是", "2024.9.31"),
        firm(3, "西安", "", "是", ""),
    ]
    assert [(p.code, p.cell) for p in read(*done).problems if p.severity != "note"] == [
        ("not_a_date", "F3"), ("no_such_date", "F4"), ("expected_value", "F5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read_as"),
    table("""
        24.6.30     | 2024-06-30
        24-06-30    | 2024-06-30
        24/6/3      | 2024-06-03
        24年6月30日 | 2024-06-30
        24年6月     | 2024-06-01
        ２４．６．３０ | 2024-06-30
    """),
)
def test_a_year_of_two_digits_is_read_and_said(written, read_as):
    found = read(firm(1, "西安", written))
    assert found.body["enrolled_on"].to_pylist() == [date.fromisoformat(read_as)]
    assert [(p.severity, p.code, p.cell) for p in found.problems if p.code != "column_blank"] == [
        ("note", "two_digit_year", "D3")
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    table("""
        30.6.24  | not_a_date
        24.13.1  | no_such_date
        24.9.31  | no_such_date
        25.12.31 | date_in_future
    """),
)
def test_two_digits_that_are_no_year_or_no_day(written, code):
    assert errors(read(firm(1, "西安", written))) == [(code, "D3")]


@pytest.mark.parametrize("day", ["25.5.31", "25年5月31日", "25-5-31"])
def test_the_day_of_the_figures_may_have_a_year_of_two_digits(day):
    found = read(firm(1), day=day)
    assert found.as_of == date(2025, 5, 31)
    assert codes(found.problems) == ["as_of_two_digits"]


def test_a_file_named_by_two_digits():
    rows = [("专项治理企业台账",), HEAD, firm(1)]
    assert submission(rows, name="台账25.5.31.xlsx", today=TODAY, province="陕西").as_of == date(2025, 5, 31)


@pytest.mark.parametrize("text", ["10.11.12", "版本1.25.5.31", "029-25-5-31", "25.13.31"])
def test_what_might_be_anything_is_no_day(text):
    assert read(firm(1), day=text).as_of is None


# -- several days in one workbook -----------------------------------------------------------------


def both(*pages: Sheet, name: str = "上报.xlsx", **given) -> tuple[Submission, ...]:
    return submissions(*pages, name=name, today=TODAY, province="陕西", **given)


MAY, APRIL = "2025年5月31日", "2025年4月30日"


def test_the_same_list_of_two_days_is_two_reports_and_said():
    may, april = both(page(firm(1), firm(2), day=MAY, name="5月"), page(firm(1), day=APRIL, name="4月"))
    assert [(one.as_of, one.n_rows, one.sheet) for one in (may, april)] == [
        (date(2025, 5, 31), 2, "5月"),
        (date(2025, 4, 30), 1, "4月"),
    ]
    assert (codes(may.problems), codes(april.problems)) == (["days_apart"], [])
    assert f"“5月” A1 为{MAY}、“4月” A1 为{APRIL}" in may.problems[0].message
    assert "2 批" in may.problems[0].message


def test_both_go_into_the_store(store: Store):
    content = several(
        ("5月", [(f"专项治理企业台账（截至{MAY}）",), HEAD, firm(1), firm(2)]),
        ("4月", [(f"专项治理企业台账（截至{APRIL}）",), HEAD, firm(1)]),
    )
    tables = prepare_all(store, content, "上报.xlsx", Given(today=TODAY, province="陕西"))
    assert [table.status for table in tables] == ["accepted"] * 2
    accept_all(store, tables, by=on_this_machine("测试"))
    part = Part("governance_enterprises", "610100")
    totals = [store.totals([store.edition("610000", day)])[0] for day in (date(2025, 4, 30), TODAY)]
    assert [one.amount(part, "enrolled") for one in totals] == [1, 2]


def test_sheets_of_different_places_stay_one_report_of_the_later_day():
    (found,) = both(page(firm(1, ""), day=APRIL, name="雁塔区"), page(firm(2, ""), day=MAY, name="长安区"), name="西安市.xlsx")  # fmt: skip
    assert (found.as_of, found.n_rows) == (date(2025, 5, 31), 2)
    assert [(p.severity, p.code) for p in found.problems] == [
        ("warning", "days_differ"),
        ("warning", "sheets_of_some_counties"),
    ]
    assert f"“雁塔区” A1 为{APRIL}" in found.problems[0].message
    assert f"按 {MAY} 入库" in found.problems[0].message


def test_a_sheet_that_says_no_day_goes_with_the_one_that_does():
    for days in ((MAY, ""), ("", MAY)):
        pages = [page(firm(n, ""), day=day, name=county) for n, (day, county) in enumerate(zip(days, ("雁塔区", "长安区"), strict=True))]  # fmt: skip
        (found,) = both(*pages, name="西安市.xlsx")
        assert (found.as_of, found.n_rows, codes(found.problems)) == (
            date(2025, 5, 31), 2, ["sheets_of_some_counties"],
        )  # fmt: skip


def test_the_day_that_is_given_holds_for_all_sheets():
    (found,) = both(page(firm(1), day=MAY, name="5月"), page(firm(2), day=APRIL, name="4月"), as_of=TODAY)
    assert (found.as_of, found.n_rows, codes(found.problems)) == (
        TODAY,
        2,
        ["sheets_joined", "as_of_conflict"],
    )


# -- blank lines of a summary with items; pages that only explain ----------------------------------------

ITEMS = ("地区", "指标", "应完成数", "已完成数")


def items(*lines: Line) -> Submission:
    rows = [("陕西省职业病防治机构提质合规情况表（截至2025年5月31日）",), ITEMS, *lines]
    return submission(rows, today=TODAY)


def test_blank_items_are_one_note():
    found = items(("西安市", "能力确认", 3, 2), ("西安市", "体检诊断机构质控覆盖"), ("西安市", "诊断报告"), ("宝鸡市", "能力确认"), ("宝鸡市", "体检诊断机构质控覆盖"))  # fmt: skip
    assert [(p.severity, p.code, p.cell) for p in found.problems] == [("note", "items_unreported", "A4")]
    assert "有 4 行" in found.problems[0].message and "其中宝鸡市各项" in found.problems[0].message
    assert found.region_codes == ("610100",)


def test_a_form_with_nothing_but_items_is_empty():
    assert codes(items(("西安市", "能力确认"), ("西安市", "体检诊断机构质控覆盖")).problems) == [
        "empty_table"
    ]


def test_a_workbook_of_explanations_alone_says_so():
    said = [("填表说明",), ("本页供查看，上报时不读取",), HEAD]
    content = several(("填表说明", said), ("选项", said))
    (found,) = read_submissions(content, "说明.xlsx", Given(today=TODAY))
    assert codes(found.problems) == ["only_guidance"]
    assert "“填表说明”、“选项”" in found.problems[0].message
