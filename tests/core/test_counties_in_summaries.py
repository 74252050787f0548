"""Counties in a summary of cities: below their city they are a part of it; alone they are a city's own table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import Rows, errors, sheet, submission
from zyb.intake import Submission

TITLE = ("陕西省职业病危害专项治理进展情况表（截至2024年4月30日）",)
OWN_TITLE = ("铜川市专项治理进展汇总表（截至2024年4月30日）",)
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
YULIN = ("榆林市", 463, 84)
# All that 铜川 has.
COUNTIES: Rows = [("王益区", 20, 10), ("印台区", 30, 11), ("耀州区", 40, 12), ("宜君县", 10, 3)]


def figures(found: Submission) -> list[tuple[str, object, object]]:
    return [(row.region.name, row.values["enrolled"], row.values["completed"]) for row in found.rows]


def said(found: Submission) -> list[str]:
    return [one.code for one in found.problems if one.code != "regions_absent"]


# -- below their city -------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "code"), [
    ([("其中：府谷县", 50, 20), ("神木市", 40, 10)], "counties_below"),
    ([("其中：府谷县", 50, 20), ("其中：神木市", 40, 10)], "counties_within"),
    ([("  府谷县", 50, 20), ("  神木市", 40, 10)], "counties_within"),
    ([("府谷县", 50, 20)], "counties_below"),
])  # fmt: skip
def test_a_county_below_its_city_is_never_counted_once_more(lines: Rows, code: str) -> None:
    found = submission(sheet([TITLE, HEAD, YULIN, *lines, ("安康市", 10, 5)]))
    assert (figures(found), errors(found)) == ([YULIN, ("安康市", 10, 5)], [])
    assert said(found) == [code]


def test_a_sum_of_the_cities_alone_bears_it_out() -> None:
    rows = [TITLE, HEAD, YULIN, ("府谷县", 50, 20), ("安康市", 10, 5), ("合计", 473, 89)]
    assert said(submission(sheet(rows))) == ["counties_within"]


def test_a_sum_of_cities_and_counties_contradicts_it() -> None:
    rows = [TITLE, HEAD, YULIN, ("府谷县", 50, 20), ("安康市", 10, 5), ("合计", 523, 109)]
    assert {code for code, _ in errors(submission(sheet(rows)))} == {"total_differs"}


def test_counties_that_are_more_than_their_city_contradict_it() -> None:
    rows = [TITLE, HEAD, YULIN, ("府谷县", 400, 20), ("神木市", 100, 10)]
    assert errors(submission(sheet(rows))) == [("counties_differ", "B3")]


def test_all_the_counties_of_a_city_are_the_city() -> None:
    whole = ("铜川市", 100, 36)
    assert said(submission(sheet([TITLE, HEAD, whole, *COUNTIES]))) == ["counties_within"]
    assert errors(submission(sheet([TITLE, HEAD, ("铜川市", 101, 36), *COUNTIES]))) == [
        ("counties_differ", "B3")
    ]


def test_counties_below_another_city_are_asked_about() -> None:
    assert errors(submission(sheet([TITLE, HEAD, ("安康市", 10, 5), ("府谷县", 5, 2)]))) == [
        ("unknown_region", "A4")
    ]


def test_a_city_without_figures_over_its_counties_has_no_sum() -> None:
    found = submission(sheet([TITLE, HEAD, ("铜川市", "", ""), *COUNTIES]))
    assert errors(found) == [("counties_without_sum", "A4")]


# -- a city's own table -----------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "read", "code"), [
    ([*COUNTIES, ("合计", 100, 36)], ("铜川市", 100, 36), "by_county"),
    ([("合计", 100, 36), *COUNTIES], ("铜川市", 100, 36), "by_county"),
    (COUNTIES, ("铜川市", 100, 36), "by_county"),
    ([*COUNTIES, ("高新区", 5, 1), ("合计", 105, 37)], ("铜川市", 105, 37), "by_county"),
    ([*COUNTIES[:3], ("合计", 90, 33)], ("铜川市", 90, 33), "by_county_partly"),
])  # fmt: skip
def test_a_table_of_a_citys_counties_is_the_citys(lines: Rows, read: tuple[str, int, int], code: str) -> None:
    for title in (OWN_TITLE, TITLE):
        found = submission(sheet([title, HEAD, *lines]))
        assert (figures(found), said(found)) == ([read], [code])


@pytest.mark.parametrize("lines", [COUNTIES[:3], [*COUNTIES, ("高新区", 5, 1)]])
def test_without_a_sum_the_citys_line_is_asked_for_once(lines: Rows) -> None:
    found = submission(sheet([OWN_TITLE, HEAD, *lines]))
    (asked,) = [one for one in found.problems if one.severity == "error"]
    assert (asked.code, figures(found)) == ("counties_without_sum", []) and "铜川市" in asked.remedy


def test_a_sum_that_is_none_of_the_counties_is_told() -> None:
    found = submission(sheet([OWN_TITLE, HEAD, *COUNTIES, ("合计", 100, 37)]))
    assert errors(found) == [("total_differs", "C7")]


def test_counties_of_several_cities_are_no_citys_table() -> None:
    found = submission(sheet([TITLE, HEAD, *COUNTIES[:2], ("府谷县", 5, 2), ("神木市", 5, 2)]))
    assert {code for code, _ in errors(found)} == {"unknown_region"}


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 99)), min_size=4, max_size=4), st.booleans())
def test_whatever_the_counties_say_the_city_says_their_sum(counts, summed) -> None:
    lines = [(name, done + more, done) for (name, *_), (more, done) in zip(COUNTIES, counts, strict=True)]
    whole = (sum(line[1] for line in lines), sum(line[2] for line in lines))
    found = submission(sheet([OWN_TITLE, HEAD, *lines, *([("合计", *whole)] if summed else [])]))
    assert figures(found) == [("铜川市", *whole)]


def test_sheets_of_single_counties_beside_it_are_where_it_comes_from() -> None:
    whole = sheet([OWN_TITLE, HEAD, *COUNTIES, ("合计", 100, 36)], "汇总")
    towns = [
        sheet(
            [
                (f"{name}专项治理进展（截至2024年4月30日）",),
                HEAD,
                ("甲街道", *both),
                ("合计", *both),
            ],
            name,
        )
        for name, *both in COUNTIES
    ]
    found = submission(whole, *towns)
    assert (figures(found), said(found)) == ([("铜川市", 100, 36)], ["by_county", "county_details"])
