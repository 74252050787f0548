"""完成率 and 未完成数 beside the counts: nothing is taken from them, and the counts are held against them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import Rows, sheet, submission

TITLE = ("陕西省职业病危害专项治理进展情况表（截至2024年4月30日）",)
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
CITIES = ("西安市", "宝鸡市", "咸阳市", "铜川市", "渭南市", "延安市")
COUNTS = ((2400, 1500), (600, 400), (213, 140), (84, 84), (250, 150), (131, 0))


def told(head: str, cells: list[object], *more: tuple[object, ...]) -> list[tuple[str, str]]:
    lines: Rows = [(*line, cell) for line, cell in zip(_lines(len(cells)), cells, strict=True)]
    found = submission(sheet([TITLE, (*HEAD, head), *lines, *more]))
    assert [row["completed"] for row in found.body.to_pylist()] == [done for _, done in COUNTS[: len(cells)]]
    return [(one.cell, one.value) for one in found.problems if one.code == "derived_differs"]


def _lines(number: int) -> list[tuple[object, ...]]:
    return [(city, *counts) for city, counts in zip(CITIES[:number], COUNTS, strict=False)]


SHARES = ["62.5%", "66.7%", "65.7%", "100.0%", "60.0%", "0.0%"]


# what stands in the column, head → the cells that are told
@pytest.mark.parametrize(("head", "cells", "cells_told"), [
    ("完成率", SHARES, []),
    ("完成率", ["62.5%", "66.6%", "65.7%", "100%", "60%", "0"], []),  # cut off, or rounded to whole ones
    ("完成率", [0.625, 2 / 3, 140 / 213, 1, 0.6, 0], []),
    ("完成率（%）", [62.5, 66.67, 65.73, 100, 60, 0], []),
    ("完成率", ["62.5%", "76.7%", "65.7%", "100.0%", "60.0%", "0.0%"], ["D4"]),
    ("完成率（%）", [62.5, 66.67, 56.73, 100, 60, 10], ["D5", "D8"]),
    ("未完成数", [900, 200, 73, 0, 100, 131], []),
    ("未完成数", [900, 210, 73, 0, 100, 131], ["D4"]),
    ("剩余数", [900, 200, 73, 0, 10, 131], ["D7"]),
    ("上报率", ["100%"] * 6, []),  # of something else
    ("申报率", ["90%", "91%", "88%", "100%", "70%", "99%"], []),
    ("排名", [1, 2, 3, 4, 5, 6], []),
    ("备注", ["", "900", "", "1", "", ""], []),
    ("完成率", ["80%"], ["D3"]),  # a single line: by its heading alone
    ("完成率", ["62.5%"], []),
    ("未完成数", ["900"], []),
    ("未完成数", ["90"], ["D3"]),
    ("体检率", ["80%"], []),
    ("完成率", ["62.5%", "66.7%", "50.0%", "100.0%", "90.0%", "0.0%"], []),  # two say so and two otherwise
])  # fmt: skip
def test_lines_that_say_otherwise_than_their_counts_are_told(
    head: str, cells: list[object], cells_told: list[str]
) -> None:
    assert [cell for cell, _ in told(head, cells)] == cells_told


def test_the_total_line_is_held_against_it_as_well() -> None:
    total = ("合计", sum(all_of for all_of, _ in COUNTS), sum(done for _, done in COUNTS), "55.0%")
    assert told("完成率", list(SHARES), total) == [("D9", "55.0%")]


@given(st.integers(0, 5), st.integers(1, 9))
def test_whichever_line_is_wrong_it_and_no_other_is_told(line: int, points: int) -> None:
    shares = [Fraction(done, all_of) * 100 for all_of, done in COUNTS]
    cells: list[object] = [f"{float(share):.1f}%" for share in shares]
    wrong = shares[line] + (points if shares[line] < 50 else -points)
    cells[line] = f"{float(wrong):.1f}%"
    assert [cell for cell, _ in told("完成率", cells)] == [f"D{line + 3}"]


def test_a_rate_of_something_else_is_no_share_because_most_have_finished() -> None:
    lines = [
        (city, n, done, "100%")
        for city, n, done in zip(CITIES, (9, 8, 7, 6, 5, 4), (9, 8, 7, 6, 4, 3), strict=True)
    ]
    found = submission(sheet([TITLE, (*HEAD, "上报率"), *lines]))
    assert "derived_differs" not in {one.code for one in found.problems}


RATES = ("地区", "帮扶企业数", "已申报", "申报率", "已检测", "检测率", "已体检", "体检率", "已培训", "培训率")


@pytest.mark.parametrize(
    ("cell", "said"), [("25%", []), ("35%", ["J3"]), (0.35, ["J3"]), (25, []), (35, ["J3"])]
)
def test_a_rate_that_no_line_agrees_with_is_told_by_its_heading_once(cell: object, said: list[str]) -> None:
    lines = [(city, 40, 30, "75%", 20, "50%", 16, "40%", 10, cell) for city in CITIES]
    found = submission(sheet([("陕西省帮扶企业四率情况（截至2024年4月30日）",), RATES, *lines]))
    assert [one.cell for one in found.problems if one.code == "derived_all_differ"] == said
    assert "derived_differs" not in {one.code for one in found.problems}


def test_a_rate_of_a_number_that_is_not_read_is_learned_from_it() -> None:
    head = ("地区", "年度任务数", "纳入治理企业数", "完成治理企业数", "完成率")
    lines = [
        (city, task, 2 * task, done, f"{done * 100 / task:.1f}%")
        for city, task, done in zip(CITIES, (80, 70, 60, 50, 40, 30), (40, 30, 20, 10, 11, 7), strict=True)
    ]
    wrong = [*lines[:2], (*lines[2][:4], "43.3%"), *lines[3:]]
    for rows, cells in ((lines, []), (wrong, ["E5"])):
        found = submission(sheet([TITLE, head, *rows]))
        assert [one.cell for one in found.problems if one.code.startswith("derived")] == cells


# the columns after 地区, the numbers of a city, and of the third city instead → what is told
@pytest.mark.parametrize(("head", "line", "third", "said"), [
    (("2024年申报数", "2023年申报数", "较2023年增长"), (150, 100, "50%"), "50%", []),
    (("2024年申报数", "2023年申报数", "较2023年增长"), (150, 100, "50%"), "30%", [("derived_differs", "D5")]),
    (("2024年申报数", "2023年申报数", "较2023年增长"), (150, 100, "30%"), "30%", [("derived_all_differ", "D3")]),
    (("2024年申报数", "2023年申报数", "增长率"), (150, 100, "0.50"), "0.40", [("derived_differs", "D5")]),
    (("2024年申报数", "2023年申报数", "增长率"), (80, 100, "-20%"), "20%", [("derived_differs", "D5")]),
    (("2024年申报数", "2023年申报数", "较2023年下降（%）"), (80, 100, 20), 20, []),
    (("2024年申报数", "上年同期", "同比增长"), (150, 100, "50%"), "30%", [("derived_differs", "D5")]),
    (("2024年申报数", "2023年申报数", "同比增长"), (150, 100, "30%"), "30%", []),  # of a number that is not there
])  # fmt: skip
def test_a_growth_is_held_against_what_it_is_since(
    head: tuple[str, ...], line: tuple[object, ...], third: object, said: list[tuple[str, str]]
) -> None:
    lines = [(city, *line) for city in CITIES]
    lines[2] = (*lines[2][:-1], third)
    title = ("陕西省职业病危害项目申报情况表（截至2024年9月30日）",)
    found = submission(sheet([title, ("地区", *head), *lines]), today=date(2024, 12, 1))
    assert [(one.code, one.cell) for one in found.problems if one.code.startswith("derived")] == said
