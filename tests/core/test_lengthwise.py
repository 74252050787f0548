"""A line for each figure (地区 | 指标 | 数量) says what the same figures say in a column for each indicator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import Rows, codes, errors, sheet, submission
from zyb.intake import Submission
from zyb.intake.adopted import changed_cells

TITLE = ("陕西省职业病危害专项治理进展情况表（截至2024年4月30日）",)
HEAD = ("地区", "指标", "数量")
ENROLLED, COMPLETED = "纳入治理企业数", "完成治理企业数"
CITIES = ("西安市", "宝鸡市", "咸阳市", "铜川市")
LINES: Rows = [
    ("西安市", ENROLLED, 2400),
    ("西安市", COMPLETED, 1500),
    ("宝鸡市", ENROLLED, 600),
    ("宝鸡市", COMPLETED, 400),
]


def figures(found: Submission) -> list[tuple[str, object, object, list[str]]]:
    return [
        (row.region.name, row.values["enrolled"], row.values["completed"], [row.named, *row.cells.values()])
        for row in found.rows
    ]


def test_every_figure_keeps_the_cell_that_it_stands_in() -> None:
    found = submission(sheet([TITLE, HEAD, *LINES]))
    assert figures(found) == [
        ("西安市", 2400, 1500, ["A3", "C3", "C4"]),
        ("宝鸡市", 600, 400, ["A5", "C5", "C6"]),
    ]
    assert errors(found) == []


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(0, 900)), min_size=2, max_size=4), st.randoms())
def test_in_whatever_order_the_lines_stand(counts, random) -> None:
    told = [(city, all_of + done, done) for city, (all_of, done) in zip(CITIES, counts, strict=False)]
    lines = [
        (city, name, n) for city, *both in told for name, n in zip((ENROLLED, COMPLETED), both, strict=True)
    ]
    random.shuffle(lines)
    read = [(region, *both) for region, *both, _ in figures(submission(sheet([TITLE, HEAD, *lines])))]
    assert sorted(read) == sorted(told)


@pytest.mark.parametrize("head", [
    ("序号", "设区市", "指标名称", "计量单位", "数值", "备注"),
    ("序号", "地区", "统计指标", "单位", "数量（家）", "备注"),
])  # fmt: skip
def test_numbers_units_and_remarks_may_stand_beside(head: tuple[str, ...]) -> None:
    lines = [(n, city, name, "家", number, "") for n, (city, name, number) in enumerate(LINES, 1)]
    found = submission(sheet([TITLE, head, *lines]))
    assert [one[:3] for one in figures(found)] == [("西安市", 2400, 1500), ("宝鸡市", 600, 400)]


def test_the_region_may_stand_over_its_lines_once() -> None:
    lines = [LINES[0], ("", *LINES[1][1:]), LINES[2], ("", *LINES[3][1:]), ("注：数据来自专项治理模块。",)]
    found = submission(sheet([TITLE, HEAD, *lines], merged=[(2, 0, 3, 0), (4, 0, 5, 0)]))
    assert [one[:3] for one in figures(found)] == [("西安市", 2400, 1500), ("宝鸡市", 600, 400)]


def test_the_sum_is_held_against_the_regions() -> None:
    total = [("合计", ENROLLED, 3000), ("合计", COMPLETED, 1901)]
    assert errors(submission(sheet([TITLE, HEAD, *LINES, *total]))) == [("total_differs", "C8")]


@pytest.mark.parametrize("number", [1500, 1501])
def test_an_indicator_twice_of_one_region_names_both_lines(number: int) -> None:
    found = submission(sheet([TITLE, HEAD, *LINES, ("西安市", COMPLETED, number)]))
    (said,) = (one for one in found.problems if one.severity == "error")
    assert (said.code, said.cell) == ("duplicate_region", "A7") and "A3" in said.message


def test_what_is_no_number_is_told_where_it_stands() -> None:
    found = submission(sheet([TITLE, HEAD, *LINES[:3], ("宝鸡市", COMPLETED, "很多")]))
    assert errors(found) == [("not_a_number", "C6")]


def test_an_indicator_that_a_region_lacks_is_missing() -> None:
    assert codes(submission(sheet([TITLE, HEAD, *LINES[:3]])).problems, "error") == ["missing_value"]


def test_what_is_adopted_otherwise_is_shown_with_its_cell() -> None:
    found = submission(
        sheet([TITLE, HEAD, ("西安", ENROLLED, "2,400"), ("西安", COMPLETED, 1500), *LINES[2:]])
    )
    told = [(one.cell, one.original, one.adopted) for one in changed_cells(found)]
    assert told == [("A3", "西安", "西安市"), ("C3", "2,400", "2400")]


@pytest.mark.parametrize(("head", "units"), [
    (("地区", "指标", "数量（百家）"), ()),
    (("地区", "指标", "本月数量"), ()),
    (("地区", "指标", "计量单位", "数量"), ("百家",)),
    (("地区", "指标", "责任人", "数量"), ("张三",)),
])  # fmt: skip
def test_what_would_lose_what_stands_beside_the_figures_is_refused(
    head: tuple[str, ...], units: tuple[str, ...]
) -> None:
    lines = [(city, name, *units, number) for city, name, number in LINES]
    assert submission(sheet([TITLE, head, *lines])).blocked
