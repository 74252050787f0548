"""A sheet a city in one workbook, each named by its sheet or title: all of them are one report."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import codes, errors, sheet, submissions

TODAY = date(2025, 6, 30)
HEAD = ("纳入治理企业数", "完成治理企业数")
WITH_REGION = ("地区", *HEAD)
TITLE = "专项治理进展（截至2025年5月31日）"
SHAANXI = {"province": "陕西", "today": TODAY}


def city(name: str, *numbers: int, title: str = TITLE, head: tuple = HEAD):
    return sheet([(title,), head, numbers], name)


def read(*sheets, **given):
    return submissions(*sheets, **{**SHAANXI, **given})


def regions(found) -> dict[str, tuple]:
    return {row.region.name: tuple(row.values.values()) for row in found.rows}


def test_every_city_is_read_with_its_own_figures():
    (found,) = read(city("西安", 10, 5), city("宝鸡市", 20, 6), city("咸阳", 30, 7))
    assert regions(found) == {"西安市": (10, 5), "宝鸡市": (20, 6), "咸阳市": (30, 7)}
    assert (errors(found), found.n_rows, found.sheets) == ([], 3, ("西安", "宝鸡市", "咸阳"))
    assert found.body["sheet"].to_pylist() == ["西安", "宝鸡市", "咸阳"]
    assert {t.part.region_code: t.amount for t in found.tallies() if t.name == "enrolled"} == {
        "610100": 10, "610300": 20, "610400": 30,
    }  # fmt: skip


def test_titles_may_name_the_cities_and_the_first_says_the_day_for_all():
    second = sheet([("宝鸡市专项治理进展",), HEAD, (20, 6)], "Sheet2")
    (found,) = read(city("Sheet1", 10, 5, title=f"西安市{TITLE}"), second)
    assert (found.as_of, set(regions(found)), errors(found)) == (date(2025, 5, 31), {"西安市", "宝鸡市"}, [])


def test_who_has_no_sheet_is_said_once_for_the_file():
    (found,) = read(city("西安", 10, 5), city("宝鸡", 20, 6))
    (absent,) = [p for p in found.problems if p.code == "regions_absent"]
    assert "咸阳市" in absent.message and "西安市" not in absent.message and "宝鸡市" not in absent.message


def test_one_city_on_two_sheets_with_different_figures_names_both():
    (found,) = read(city("西安", 10, 5), city("西安市", 11, 5), city("宝鸡", 20, 6))
    (twice,) = [p for p in found.problems if p.severity == "error"]
    assert (twice.code, twice.sheet, twice.cell) == ("region_twice", "西安市", "A3")
    assert "工作表“西安”" in twice.message and "工作表“西安市”" in twice.message


def test_a_copy_of_a_citys_sheet_is_named_and_does_not_count_twice():
    (found,) = read(city("西安", 10, 5), city("西安市", 10, 5))
    assert (codes(found.problems, "warning"), found.n_rows) == (["more_tables"], 1)
    assert "“西安市”" in next(p.message for p in found.problems if p.code == "more_tables")


def test_a_sheet_that_is_not_filled_in_yet_holds_nobody_up():
    (found,) = read(city("西安", 10, 5), sheet([(TITLE,), HEAD], "宝鸡"))
    assert (errors(found), set(regions(found))) == ([], {"西安市"})


def test_the_answer_on_the_page_is_for_the_sheet_that_does_not_name_its_city():
    (found,) = read(city("西安", 10, 5), city("Sheet2", 20, 6), region="宝鸡市")
    assert regions(found) == {"西安市": (10, 5), "宝鸡市": (20, 6)}


def test_a_sheet_that_names_no_city_is_asked_about_and_never_passed_over():
    (found,) = read(city("西安", 10, 5), city("Sheet2", 20, 6))
    assert [(p.code, p.sheet) for p in found.problems if p.severity == "error"] == [
        ("region_unknown", "Sheet2")
    ]


def test_the_sheet_of_the_sums_belongs_to_no_city():
    (found,) = read(city("西安", 10, 5), city("宝鸡", 20, 6), city("合计", 30, 11))
    assert (errors(found), set(regions(found))) == ([], {"西安市", "宝鸡市"})


def test_sheets_with_a_column_for_the_region_are_put_together_as_well():
    first = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5)], "关中")
    second = sheet([(TITLE,), WITH_REGION, ("安康市", 20, 6), ("商洛市", 3, 1)], "陕南")
    (found,) = read(first, second)
    assert (set(regions(found)), errors(found)) == ({"西安市", "安康市", "商洛市"}, [])


def test_sheets_that_overlap_in_part_are_not_guessed_at():
    first = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5), ("宝鸡市", 1, 1)], "一")
    second = sheet([(TITLE,), WITH_REGION, ("西安市", 12, 5), ("商洛市", 3, 1)], "二")
    (found,) = read(first, second)
    assert [(p.code, p.sheet, p.value) for p in found.problems if p.severity == "error"] == [
        ("region_twice", "二", "西安市")
    ]


@pytest.mark.parametrize(("numbers", "said"), [((10, 5), []), ((10, 4), ["sheets_differ"])])
def test_beside_the_whole_table_a_citys_own_sheet_is_compared(numbers, said):
    whole = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5), ("宝鸡市", 1, 1)], "汇总")
    (found,) = read(city("西安", *numbers), whole)
    assert (codes(found.problems, "warning"), regions(found)["西安市"]) == (said, (10, 5))


def test_a_city_that_the_whole_table_leaves_out_comes_from_its_own_sheet():
    whole = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5), ("宝鸡市", 1, 1)], "汇总")
    (found,) = read(whole, city("咸阳市", 7, 3))
    assert regions(found)["咸阳市"] == (7, 3)


def test_a_sheet_a_year_of_the_same_cities_is_one_report():
    head = ("地区", "年度", "申报数")
    pages = [
        sheet(
            [("申报数量（截至2025年5月31日）",), head, ("西安市", year, 100), ("宝鸡市", year, 50)], str(year)
        )
        for year in (2023, 2024)
    ]
    (found,) = read(*pages)
    assert (errors(found), sorted({row.year for row in found.rows}), found.n_rows) == ([], [2023, 2024], 4)


def test_a_fault_names_the_sheet_of_its_city():
    (found,) = read(city("西安", 10, 5), city("宝鸡", 20, 26))
    assert [(p.code, p.sheet, p.cell) for p in found.problems if p.severity == "error"] == [
        ("exceeds", "宝鸡", "B3")
    ]


SUMS = ("合计", "全省汇总", "汇总表", "陕西省")


@pytest.mark.parametrize("name", SUMS)
@pytest.mark.parametrize("head", [HEAD, WITH_REGION])
def test_the_sheet_of_the_sums_is_held_against_the_sheets(name, head):
    cities = city("西安", 10, 5), city("宝鸡", 20, 6)
    label = ("合计",) if head is WITH_REGION else ()
    (right,) = read(*cities, sheet([(TITLE,), head, (*label, 30, 11)], name))
    (wrong,) = read(sheet([(TITLE,), head, (*label, 31, 11)], name), *cities)
    assert (errors(right), regions(right)) == ([], {"西安市": (10, 5), "宝鸡市": (20, 6)})
    (found,) = [p for p in wrong.problems if p.severity == "error"]
    assert (found.code, found.sheet, found.value) == ("sheets_total_differs", name, "31")
    for said in (f"“{name}”", "“西安”、“宝鸡”", "31", "30"):
        assert said in found.message


def test_sums_are_not_held_against_sheets_of_which_one_is_not_understood():
    (found,) = read(city("西安", 10, 5), city("Sheet2", 20, 6), city("合计", 31, 11))
    assert codes(found.problems, "error") == ["region_unknown"]


def test_sums_of_another_day_are_not_held_against_the_sheets():
    earlier = city("合计", 25, 9, title="专项治理进展（截至2025年4月30日）")
    (found,) = read(city("西安", 10, 5), city("宝鸡", 20, 6), earlier)
    assert errors(found) == []


def test_another_figure_on_a_sheet_that_is_not_read_is_said_with_both_cells():
    whole = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5), ("宝鸡市", 1, 1)], "汇总")
    (found,) = read(city("西安", 10, 4), whole)
    (said,) = [p for p in found.problems if p.severity == "warning"]
    assert (said.sheet, said.cell, said.value) == ("西安", "B3", "4")
    assert "“汇总”的 C3 为 5" in said.message


def test_a_whole_table_that_repeats_sheets_of_single_cities_adds_the_others():
    first = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5)], "西安")
    whole = sheet([(TITLE,), WITH_REGION, ("西安市", 10, 5), ("商洛市", 3, 1), ("合计", 13, 6)], "汇总")
    (found,) = read(first, whole)
    assert (errors(found), regions(found)) == ([], {"西安市": (10, 5), "商洛市": (3, 1)})
