"""Figures of a part are never taken for those of all: groups that nobody knows, sums of some regions, pivot tables."""

from __future__ import annotations

import pytest

from tests.books import codes, sheet, submission

TITLE = ("陕西省职业病危害专项治理进展情况表（截至2024年4月30日）",)
COUNTS = ("纳入治理企业数", "完成治理企业数")
XIAN = ("西安市", 2400, 1500)


def read(*rows: tuple[object, ...], name: str = "表") -> tuple[list[tuple[str, int, int]], list[str]]:
    """Region, enrolled and completed of what would be saved; what is said of it but for notes."""
    found = submission(sheet([TITLE, *rows], name))
    said = [*codes(found.problems, "error"), *codes(found.problems, "warning")]
    if found.blocked or found.body is None:
        return [], said
    rows_saved = found.body.to_pylist()
    return [(row["region_code"], row["enrolled"], row["completed"]) for row in rows_saved], said


@pytest.mark.parametrize(("one", "other"), [("煤矿", "非煤矿山"), ("东部片区", "西部片区"), ("甲类", "乙类")])
def test_of_two_parts_neither_is_the_number_of_all(one: str, other: str) -> None:
    groups = ("地区", one, one, other, other)
    saved, said = read(groups, ("", *COUNTS, *COUNTS), (*XIAN, 20, 15))
    assert (saved, set(said)) == ([], {"missing_column"})


@pytest.mark.parametrize("whole", ["合计", "全省", "总计"])
def test_beside_the_sum_of_all_the_parts_are_no_matter(whole: str) -> None:
    groups = ("地区", whole, whole, "煤矿", "煤矿")
    saved, said = read(groups, ("", *COUNTS, *COUNTS), (*XIAN, 20, 15))
    assert (saved, said) == ([("610100", 2400, 1500)], [])


def test_one_group_that_nobody_knows_is_asked_about() -> None:
    saved, said = read(("地区", "全省", "煤矿"), ("", *COUNTS), XIAN)
    assert (saved, said) == ([("610100", 2400, 1500)], ["under_group"])


def test_groups_that_only_say_what_the_table_is_about_are_not_asked_about() -> None:
    groups = ("地区", "专项治理企业", "治理情况")
    assert read(groups, ("", *COUNTS), XIAN) == ([("610100", 2400, 1500)], [])


@pytest.mark.parametrize("word", ["关中小计", "陕南合计", "省直管小计", "小计"])
def test_the_sum_of_some_regions_is_no_region_and_no_sum_of_all(word: str) -> None:
    rows = (XIAN, ("宝鸡市", 600, 400), (word, 3000, 1900), ("安康市", 10, 5), ("合计", 3010, 1905))
    saved, said = read(("地区", *COUNTS), *rows)
    assert (len(saved), said) == (3, [])


def test_a_pivot_table_is_read_by_what_it_adds_up() -> None:
    rows = (("行标签", *(f"求和项:{heading}" for heading in COUNTS)), XIAN, ("总计", 2400, 1500))
    assert read(*rows) == ([("610100", 2400, 1500)], [])


@pytest.mark.parametrize(
    ("label", "counts"), [("陕北小计", (600, 400)), ("西咸新区合计", (5, 5)), ("完成率西安市", (600, 400))]
)
def test_figures_of_a_sum_or_a_label_that_nobody_knows_are_never_lost(
    label: str, counts: tuple[int, int]
) -> None:
    saved, said = read(("地区", *COUNTS), XIAN, (label, *counts))
    assert (saved, said) == ([], ["unknown_region"])


def test_the_sum_of_some_regions_may_stand_above_them() -> None:
    rows = (("关中小计", 3000, 1900), XIAN, ("宝鸡市", 600, 400), ("陕南小计", 10, 5), ("安康市", 10, 5))
    saved, said = read(("地区", *COUNTS), *rows)
    assert (len(saved), said) == (3, [])
