"""Several tables in one sheet: each is read for itself, and problems name the cells of the official's file."""

from __future__ import annotations

from tests.books import errors, sheet, submissions

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
