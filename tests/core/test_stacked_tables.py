"""Several tables in one sheet: each is read for itself, and problems name the cells of the official's file."""

from __future__ import annotations

import pytest

from tests.books import Rows, errors, sheet, submission, submissions, uscc

PROGRESS = [
    ("陕西省专项治理进展情况（截至2024年3月1日）",),
    ("", "", "单位：家"),
    ("地区", "纳入治理企业数", "完成治理企业数"),
    ("西安市", 2367, 1378),
    ("宝鸡市", 554, 356),
    ("合计", 2921, 1734),
]
TARGETS = [
    (),
    ("陕西省专项治理2024年度目标任务",),
    ("地区", "2024年目标任务数"),
    ("西安市", 500),
    ("宝鸡市", 120),
    ("合计", 620),
    ("注：以上为年度任务。",),
]


def test_two_tables_below_each_other_are_two_submissions():
    progress, targets = submissions(sheet([*PROGRESS, *TARGETS], "汇总"))
    assert (progress.ledger.id, progress.n_rows) == ("governance_progress", 2)
    assert (targets.ledger.id, targets.n_rows) == ("governance_targets", 2)
    assert not errors(progress) and not errors(targets)


def test_a_fault_in_the_lower_table_names_the_cell_of_the_file():
    wrong = [row if row[:1] != ("合计",) else ("合计", 621) for row in TARGETS]
    _, targets = submissions(sheet([*PROGRESS, *wrong], "汇总"))
    assert errors(targets) == [("total_differs", "B12")]


def test_a_heading_of_two_tiers_is_one_table():
    rows = [
        ("陕西省专项治理进展情况（截至2024年3月1日）",),
        ("地区", "治理企业", ""),
        ("", "纳入", "完成"),
        ("西安市", 2367, 1378),
        ("宝鸡市", 554, 356),
    ]
    (found,) = submissions(sheet(rows, "汇总", merged=[(1, 1, 1, 2), (1, 0, 2, 0)]))
    assert found.n_rows == 2


# -- one table on several pages ---------------------------------------------------------------

TITLE = ("陕西省专项治理进展情况（截至2024年3月1日）",)
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
FIRST_PAGE: Rows = [("西安市", 2400, 1500), ("宝鸡市", 600, 400)]
SECOND_PAGE: Rows = [("咸阳市", 100, 50), ("铜川市", 10, 5)]
TOTAL = ("合计", 3110, 1955)


@pytest.mark.parametrize("over", [
    (HEAD,),
    (TITLE, HEAD),
    ((), TITLE, HEAD),
    (("（续表）",), HEAD),
    ((f"{TITLE[0]}（续）",), HEAD),
    (("第1页，共2页",), TITLE, HEAD),
])  # fmt: skip
@pytest.mark.parametrize(("below", "again"), [
    ((), ()),
    ((("本页小计", 3000, 1900),), ()),
    ((("本页合计", 3000, 1900),), ()),
    ((("过次页", 3000, 1900),), (("承前页", 3000, 1900),)),
])  # fmt: skip
def test_a_table_on_two_pages_is_one(over: Rows, below: Rows, again: Rows) -> None:
    (found,) = submissions(sheet([TITLE, HEAD, *FIRST_PAGE, *below, *over, *again, *SECOND_PAGE, TOTAL]))
    assert (errors(found), found.n_rows) == ([], 4)


@pytest.mark.parametrize(("label", "second"), [("本页小计", 110), ("过次页", 3110), ("本页合计", 110)])
def test_what_sums_up_a_page_is_held_against_it(label: str, second: int) -> None:
    rows = [
        TITLE,
        HEAD,
        *FIRST_PAGE,
        (label, 3001, 1900),
        HEAD,
        *SECOND_PAGE,
        (label, second, 55 + (second > 110) * 1900),
    ]
    assert errors(submission(sheet(rows))) == [("total_differs", "B5")]


def test_headings_of_two_tiers_stand_over_the_next_page_again() -> None:
    tiers = (("地区", "专项治理企业", ""), ("", "纳入治理", "完成治理"))
    found = submission(sheet([TITLE, *tiers, *FIRST_PAGE, TITLE, *tiers, *SECOND_PAGE, TOTAL]))
    assert (errors(found), found.n_rows) == ([], 4)


def test_a_table_that_has_been_summed_up_is_at_its_end() -> None:
    rows = [TITLE, HEAD, *FIRST_PAGE, ("合计", 3000, 1900), TITLE, HEAD, *SECOND_PAGE, ("合计", 110, 55)]
    found = submission(sheet(rows))
    assert (errors(found), found.n_rows) == ([], 4)


def test_another_day_above_is_another_table() -> None:
    rows = [TITLE, HEAD, *FIRST_PAGE, ("陕西省专项治理进展情况（截至2024年4月1日）",), HEAD, *SECOND_PAGE]
    assert len(submissions(sheet(rows))) == 2


def test_the_same_line_twice_is_still_one_too_many() -> None:
    rows = [TITLE, HEAD, *FIRST_PAGE, TITLE, HEAD, FIRST_PAGE[0], *SECOND_PAGE]
    assert errors(submission(sheet(rows))) == [("duplicate_region", "A7")]


@pytest.mark.parametrize("over", [(), (("陕西省专项治理企业台账（截至2024年3月1日）",),), (("（续表）",),)])
def test_a_list_on_two_pages_is_one(over: Rows) -> None:
    head = ("序号", "企业名称", "统一社会信用代码", "地区", "是否完成治理")
    firms = [(n, f"甲{n}公司", uscc(n), "西安市", "是") for n in range(5)]
    title = ("陕西省专项治理企业台账（截至2024年3月1日）",)
    found = submission(
        sheet([title, head, *firms[:2], ("本页小计", "2家"), *over, head, *firms[2:], ("合计", "5家")])
    )
    assert ([one.code for one in found.problems], found.n_rows) == ([], 5)
