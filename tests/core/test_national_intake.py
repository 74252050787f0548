"""A table whose regions are the provinces is the nation's, by what stands in it; where that is not clear, it is asked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import codes, sheet, submission

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
TODAY = date(2024, 12, 31)


def read(title: str, *places: str, name: str = "表.xlsx", **given):
    rows = [
        (f"{title}（截至2024年3月31日）",),
        HEAD,
        *((place, 10 * n, n) for n, place in enumerate(places, 1)),
    ]
    return submission(sheet(rows), name=name, today=TODAY, **given)


def regions(found) -> list[str]:
    return [row.region.name for row in found.rows]


@pytest.mark.parametrize(
    "places",
    [
        ("北京市", "天津市", "河北省", "新疆生产建设兵团"), ("北京", "内蒙古", "广西", "新疆", "兵团"),
        ("陕西省", "吉林省"), ("陕西", "吉林", "海南"),
    ],
)  # fmt: skip
def test_provinces_as_regions_make_it_a_table_of_the_nation(places):
    found = read("专项治理进展汇总表", *places)
    assert found.roster and found.roster.province == "全国"
    assert [name[:2] for name in regions(found)] == [
        {"兵团": "新疆"}.get(place[:2], place[:2]) for place in places
    ]


def test_cities_of_a_province_are_never_taken_for_the_nation():
    found = read("专项治理进展汇总表", "西安市", "宝鸡市", "陕西省")
    assert found.roster and found.roster.province == "陕西省"


def test_a_name_that_is_both_a_province_and_a_city_is_asked_about():
    """吉林 is a province and a city: without a province on the page nobody can tell."""
    found = read("专项治理进展汇总表", "吉林")
    assert found.roster is None and "mixed_provinces" in codes(found.problems)
    assert read("专项治理进展汇总表", "吉林", province="全国").roster.province == "全国"
    assert read("专项治理进展汇总表", "吉林", province="吉林省").roster.province == "吉林省"


def test_the_sum_of_the_country_is_compared_and_no_region():
    rows = [("专项治理进展汇总表（截至2024年3月31日）",), HEAD, ("陕西省", 10, 5), ("河北省", 20, 8)]
    fine = submission(sheet([*rows, ("全国", 30, 13)]), today=TODAY)
    wrong = submission(sheet([*rows, ("全国合计", 30, 14)]), today=TODAY)
    assert regions(fine) == ["陕西省", "河北省"] and not fine.problems[1:]
    assert "total_differs" in codes(wrong.problems)


def test_a_provinces_own_line_goes_to_the_nation_when_that_is_chosen():
    """With 陕西省 in the title the table is the province's, unless 全国 stands on the page or on the command line."""
    found = read("陕西省专项治理进展", "陕西省", province="全国")
    assert (found.roster.province, regions(found)) == ("全国", ["陕西省"])
    assert read("陕西省专项治理进展", "陕西省").roster.province == "陕西省"
