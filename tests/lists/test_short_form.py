"""附件4 cut to its first columns: by 30 June 2024 only “前四项” are due (冀卫办职健函〔2024〕5号)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import codes, errors, sheet, submission, submissions, uscc, xlsx
from tests.lists import forms
from tests.lists.test_adding_a_list import LEDGER
from zyb.access import on_this_machine
from zyb.errors import RulesError
from zyb.intake import Given, Submission
from zyb.records import Part
from zyb.rulebook import ledgers
from zyb.rulebook.book import in_force, using
from zyb.rulebook.toml import parse
from zyb.uploads import accept, prepare, read_submissions

TODAY = date(2024, 12, 31)
NAME = "中小微企业帮扶台账（截至2024年6月30日）.xlsx"
FORM = forms.assistance()


def cut(*columns: int, name: str = NAME, **given) -> Submission:
    """The form of the notice with these of its columns, without merged cells."""
    rows = [[row[n] if n < len(row) else None for n in columns] for row in FORM.rows[1:]]
    return submission(sheet(rows, "附件4"), name=name, today=TODAY, **{"province": "河北", **given})


def tallied(found: Submission) -> dict[str, int]:
    return {tally.name: tally.amount for tally in found.tallies()}


def test_the_first_four_columns_go_in_and_the_others_are_unlisted_not_zero():
    found = cut(0, 1, 2, 3)
    assert [(p.severity, p.code) for p in found.problems] == [("warning", "columns_put_off")]
    assert "6 列" in found.problems[0].message and "前四项" in found.problems[0].remedy
    assert tallied(found) == {"assisted": 3}
    assert found.body["completed"].null_count == 3


def test_so_do_some_of_the_five_items_in_their_order():
    found = cut(0, 1, 2, 3, 4, 5, 6, 7)
    assert (found.ledger.id, codes(found.problems)) == ("assistance", ["columns_put_off"])
    assert "“是否开展一次现场职业病危害告知和防护用品配置指导”等 4 列" in found.problems[0].message
    assert tallied(found) == {"assisted": 3, "identified": 3, "system": 2}


def test_the_whole_form_is_no_short_one():
    found = cut(*range(17))
    assert (codes(found.problems), tallied(found)["completed"]) == (["year_added"], 1)


def test_an_empty_column_is_there_and_counts_none():
    rows = [[*row[:4], *[None] * 13] if n > 4 else row for n, row in enumerate(FORM.rows)]
    found = submission(sheet(rows, merged=FORM.merged), name=NAME, today=TODAY, province="河北")
    assert tallied(found)["completed"] == 0


@pytest.mark.parametrize(
    ("columns", "missing"), [((0, 1, 3), ["统一社会信用代码"]), ((0, 2, 3, 14), None), ((0, 3), None)]
)
def test_without_name_or_code_it_is_refused(columns, missing):
    found = cut(*columns, ledger="assistance")
    assert found.blocked
    if missing:
        assert [p.message.split("“")[1].split("”")[0] for p in found.problems] == missing


def test_a_column_forgotten_in_the_middle_is_refused_as_before():
    found = cut(0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15)
    assert codes(found.problems, "error") == ["missing_column"]
    assert "管理制度" in found.problems[0].message


def test_a_heading_misspelt_is_not_taken_for_one_that_is_due_later():
    head = [
        "用人单位名称",
        "统一社会信用代码",
        "危害因素辨识",
        "管理制度",
        "告知",
        "职业健康培训",
        "超标岗位治理",
        "搞完了吗",
    ]
    rows = [("石家庄市中小微企业帮扶台账",), head, ("甲", uscc(1), *["是"] * 5, "是")]
    found = submission(sheet(rows), name=NAME, today=TODAY, province="河北")
    assert codes(found.problems, "error") == ["missing_column"]


def test_a_list_without_any_title_is_taken_for_the_ledger_that_is_chosen():
    rows = [
        ("市/县/区：石家庄市",),
        ("用人单位名称", "统一社会信用代码", "单位地址"),
        ("甲", uscc(1), "甲路1号"),
    ]
    page = sheet(rows)
    assert codes(submission(page, name="截至2024年6月30日.xlsx", today=TODAY).problems) == ["no_ledger"]
    found = submission(page, name="截至2024年6月30日.xlsx", today=TODAY, ledger="assistance")
    assert (errors(found), tallied(found)) == ([], {"assisted": 1})


def test_beside_a_whole_table_it_is_passed_over_aloud():
    contacts = sheet(
        [("帮扶企业联系方式",), ("用人单位名称", "统一社会信用代码"), ("甲", uscc(1))], "联系方式"
    )
    whole = sheet(FORM.rows, "附件4", merged=FORM.merged)
    (found,) = submissions(contacts, whole, name=NAME, today=TODAY, province="河北")
    assert (found.n_rows, [(p.code, p.sheet) for p in found.problems if p.code != "year_added"]) == (
        3,
        [("short_table", "联系方式")],
    )


def test_sheets_of_which_only_the_second_has_an_item_count_it():
    head = ("用人单位名称", "统一社会信用代码", "是否开展职业病危害因素辨识")
    title = ("中小微企业帮扶台账（截至2024年6月30日）",)
    first = sheet([title, head[:2], ("甲", uscc(1))], "桥西区")
    second = sheet([title, head, ("乙", uscc(2), "是")], "长安区")
    (found,) = submissions(first, second, name="石家庄市.xlsx", today=TODAY, province="河北")
    assert (errors(found), found.n_rows) == ([], 2)
    amounts: dict[str, int] = {}
    for tally in found.tallies():
        amounts[tally.name] = amounts.get(tally.name, 0) + tally.amount
    assert amounts == {"assisted": 2, "identified": 1}


def test_the_next_month_completes_it(store):
    rows = [row[:4] for row in FORM.rows]
    accept(store, prepare(store, xlsx(rows), NAME, today=TODAY, province="河北"), by=on_this_machine("张三"))
    later = xlsx(FORM.rows, merged=FORM.merged)
    whole = prepare(store, later, NAME.replace("6月30日", "7月31日"), today=TODAY, province="河北")
    assert whole.status == "accepted"
    accept(store, whole, by=on_this_machine("张三"))
    part = Part("assistance", "130100")
    for day, wanted in ((date(2024, 6, 30), (3, None)), (date(2024, 7, 31), (3, 1))):
        totals = store.totals([store.edition("130000", day)])[0]
        assert (totals.amount(part, "assisted"), totals.amount(part, "completed")) == wanted


def test_a_real_workbook_of_four_columns():
    rows = [row[:4] for row in FORM.rows]
    (found,) = read_submissions(xlsx(rows), NAME, Given(today=TODAY, province="河北"))
    assert (errors(found), tallied(found)) == ([], {"assisted": 3})


# -- as data ----------------------------------------------------------------------------------------

SHORT = """
[protectors.short_form]
columns = ["name"]
basis = "某某〔2026〕1号"
"""


def test_any_list_may_have_a_short_form():
    known = ledgers.parse_ledgers(parse(LEDGER + SHORT, "protectors.toml"))
    rows = [
        ("西安市防护用品发放台账（截至2024年6月30日）",),
        ("企业名称", "统一社会信用代码"),
        ("甲公司", uscc(1)),
    ]
    with using(in_force().holding((ledgers.ledgers, (), known))):
        found = submission(sheet(rows), today=TODAY, province="陕西")
    assert (codes(found.problems), tallied(found)) == (["columns_put_off"], {"employers": 1, "kinds": 1})


def test_a_short_form_of_columns_that_do_not_exist_is_refused():
    with pytest.raises(RulesError, match="nobody"):
        ledgers.parse_ledgers(parse(LEDGER + SHORT.replace('"name"', '"nobody"'), "protectors.toml"))
