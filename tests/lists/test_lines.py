"""What each line of a list is: sums that are added up again, places over groups of rows, cells merged downwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.books import as_file, codes, errors, sheet, submission, uscc
from zyb.intake import Given, Submission
from zyb.uploads import read_submissions

TODAY = date(2024, 12, 31)
DAY = "（截至2024年10月31日）"
HEAD = ("序号", "企业名称", "统一社会信用代码", "职工人数", "是否完成治理")
Line = Sequence[object]


def read(*lines: Line, head: Line = HEAD, title: str = "西安市专项治理企业台账", **said) -> Submission:
    return submission(
        sheet([(f"{title}{DAY}",), head, *lines], **said), name="台账.xlsx", today=TODAY, province="陕西"
    )


def line(n: int, staff: object = 10, completed: str = "否") -> Line:
    return (n, f"甲{n}公司", uscc(n), staff, completed)


def names(found: Submission) -> list[str]:
    return found.body["name"].to_pylist()


# -- sums -------------------------------------------------------------------------------------------

THREE = (line(1, 10, "是"), line(2, 20, "否"), line(3, 30, "是"))


@pytest.mark.parametrize(
    "total",
    [
        ("合计", 3, 3, 60, 2), ("合计", "3家", None, "60人", None), ("合计：3家",), ("总计", None, None, None, 3), (None, "合计", 3, 60, 2),
        ("合计", None, None, "/", "66.7%"), ("合计", None, None, "约50", None), ("累计", 99, 99, 99, 99), ("小计", 9, 9, 9, 9),
    ],
)  # fmt: skip
def test_a_sum_that_is_right_or_says_nothing_to_add_up_is_passed_over(total):
    found = read(*THREE, total)
    assert (len(names(found)), found.problems) == (3, ())


@pytest.mark.parametrize(
    ("total", "where", "said"),
    [
        (("合计", 4), "B6", "合计行的“家数”为 4，表中行数为 3，相差 ＋1"),
        (("合计：4家",), "A6", "合计行的“家数”为 4，表中行数为 3，相差 ＋1"),
        ((None, "总计", None, 61), "D6", "合计行的“职工人数”为 61，各行相加为 60，相差 ＋1"),
        (("合计", None, None, None, 1), "E6", "合计行的“是否完成治理”为 1，填“是”的行数为 2，相差 −1"),
    ],
)
def test_a_wrong_sum_is_named_with_both_numbers(total, where, said):
    found = read(*THREE, total)
    assert errors(found) == [("total_differs", where)]
    assert said in found.problems[0].message


def test_the_sum_may_stand_first():
    assert errors(read(("合计", 3, None, 61), *THREE)) == [("total_differs", "D3")]


def test_every_group_may_have_a_sum_of_its_own():
    groups = [THREE[0], ("合计", 1, None, 10), *THREE[1:], ("合计", 2, None, 50), ("总计", 3, None, 60)]
    assert read(*groups).problems == ()
    assert errors(read(*groups[:-1], ("总计", 3, None, 70))) == [("total_differs", "D8")]


def test_a_sum_is_no_second_fault_of_a_cell_or_a_name_that_is_at_fault():
    assert errors(read(line(1, "十几"), line(2, 20), ("合计", 2, None, 30))) == [("not_a_number", "D3")]
    assert errors(read(line(1), (2, None, uscc(2), 20, "否"), ("合计", 2, None, 30))) == [
        ("nameless_row", "B4")
    ]


def test_a_sum_of_cases_may_count_the_offenders():
    head = ("企业名称", "违法行为", "立案日期", "是否查处到位")
    lines = [("甲公司", "未申报", "2024.6.1", "是"), ("甲公司", "未检测", "2024.6.1", "是")]
    for total, wanted in (("合计2", []), ("合计1", []), ("合计3", [("total_differs", "A5")])):
        assert errors(read(*lines, (total,), head=head, title="西安市专项执法台账")) == wanted


# -- places over groups -------------------------------------------------------------------------

OPEN = ("序号", "企业名称", "统一社会信用代码", "是否完成治理")
XIAN, BAOJI, YANTA, CHANGAN, CHENCANG = "610100", "610300", "610113", "610116", "610304"
# 新城区, where the invented codes were given.
OF_CODE = "610102"


def one(n: int) -> Line:
    return (n, f"甲{n}公司", uscc(n), "否")


def placed(found: Submission) -> list[tuple[str, str]]:
    table = found.body.select(["region_code", "county_code"]).to_pylist()
    return [(row["region_code"], row["county_code"]) for row in table]


@pytest.mark.parametrize(
    "written", ["西安市", "西 安 市", "一、西安市", "（一）西安市：", "陕西省西安市", "西安市（1家）"]
)
def test_a_line_that_only_says_the_city_is_the_region_of_the_rows_below(written):
    found = read((written,), one(1), ("二、宝鸡市",), one(2), one(3), head=OPEN, title="专项治理企业台账")
    assert names(found) == ["甲1公司", "甲2公司", "甲3公司"]
    assert placed(found) == [(XIAN, OF_CODE), (BAOJI, ""), (BAOJI, "")]
    assert [(p.code, p.cell) for p in found.problems] == [("group_heading", "A3")]
    assert "有 2 行" in found.problems[0].message


def test_it_may_stand_in_the_column_of_names():
    found = read((None, "西安市"), one(1), (None, "宝鸡市"), one(2), head=OPEN, title="专项治理企业台账")
    assert (names(found), placed(found)) == (["甲1公司", "甲2公司"], [(XIAN, OF_CODE), (BAOJI, "")])


def test_counties_under_their_city():
    found = read(("西安市",), ("雁塔区",), one(1), ("西安市长安区",), one(2), ("宝鸡市",), one(3), ("陈仓区",), one(4), head=OPEN,
                 title="专项治理企业台账")  # fmt: skip
    assert placed(found) == [(XIAN, YANTA), (XIAN, CHANGAN), (BAOJI, ""), (BAOJI, CHENCANG)]
    assert errors(found) == []


def test_counties_under_a_city_that_the_title_names():
    found = read(("雁塔区",), one(1), ("长安区",), one(2), head=OPEN)
    assert placed(found) == [(XIAN, YANTA), (XIAN, CHANGAN)]


def test_a_county_of_several_cities_is_that_of_the_city_above():
    lines = [("石家庄市",), ("桥西区",), one(1), ("张家口市",), ("桥西区",), one(2)]
    rows = [(f"河北省专项治理企业台账{DAY}",), OPEN, *lines]
    assert placed(submission(sheet(rows), today=TODAY)) == [("130100", "130104"), ("130700", "130703")]


def test_what_the_row_says_itself_goes_before_what_stands_above_it():
    head = ("地区", "县区", "企业名称", "是否完成治理")
    lines = [("西安市",), ("", "雁塔区", "甲", "否"), ("宝鸡市", "", "乙", "否"), ("", "陈仓区", "丙", "否"), ("西安市",), ("", "", "丁", "否")]  # fmt: skip
    found = read(*lines, head=head, title="专项治理企业台账")
    assert placed(found) == [(XIAN, YANTA), (BAOJI, ""), (BAOJI, CHENCANG), (XIAN, "")]
    assert errors(found) == []


def test_sums_between_the_groups_do_not_end_them():
    lines = [("西安市",), one(1), ("小计", 1), one(2), ("宝鸡市",), one(3), ("小计", 1), ("合计", 3)]
    found = read(*lines, head=OPEN, title="专项治理企业台账")
    assert (placed(found), errors(found)) == ([(XIAN, OF_CODE), (XIAN, OF_CODE), (BAOJI, "")], [])


def test_an_enterprise_with_nothing_but_its_name_is_no_heading():
    head = ("地区", "企业名称", "是否完成治理")
    found = read(("西安市", "甲公司", ""), ("", "乙公司", "否"), head=head, title="专项治理企业台账")
    assert (names(found), placed(found)) == (["甲公司", "乙公司"], [(XIAN, ""), (XIAN, "")])


def test_a_region_that_nobody_knows_heads_nothing():
    found = read(("火星市",), one(1), head=OPEN, title="专项治理企业台账")
    assert codes(found.problems, "error") == ["region_unknown"]


# -- cells merged downwards --------------------------------------------------------------------------

HAZARDS = ("序号", "企业名称", "统一社会信用代码", "超标危害因素", "职工人数", "是否完成治理")


def test_a_name_merged_over_several_rows_stands_in_each_of_them():
    lines = [(1, "甲公司", uscc(1), "噪声", 10, "否"), (None, None, None, "粉尘"), (None, None, None, "苯"), (2, "乙公司", uscc(2), "苯", 5, "是")]  # fmt: skip
    merged = [(2, column, 4, column) for column in (0, 1, 2, 4, 5)]
    found = read(*lines, head=HAZARDS, merged=merged)
    assert names(found) == ["甲公司"] * 3 + ["乙公司"]
    assert found.body["completed"].to_pylist() == ["否", "否", "否", "是"]
    assert found.body["staff"].to_pylist() == [10, None, None, 5]
    assert [(p.code, p.cell) for p in found.problems if p.severity == "warning"] == [
        ("merged_rows", "B3"), ("duplicate_code", "C4"), ("duplicate_code", "C5"),
    ]  # fmt: skip


def test_the_code_beside_a_merged_name_goes_with_it():
    lines = [(1, "甲公司", uscc(1), "噪声", 10, "否"), (None, None, None, "粉尘", None, "否")]
    found = read(*lines, head=HAZARDS, merged=[(2, 1, 3, 1)])
    assert found.body["uscc"].to_pylist() == [uscc(1), uscc(1)]
    assert "duplicate_code" in codes(found.problems)


def test_two_rows_merged_throughout_for_a_taller_line_are_one():
    merged = [(2, column, 3, column) for column in range(5)]
    found = read(line(1), (), line(2), merged=merged)
    assert (names(found), found.problems) == (["甲1公司", "甲2公司"], ())


def test_an_xlsx_with_merged_names(tmp_path):
    rows = [
        (f"西安市专项治理企业台账{DAY}",),
        HAZARDS,
        (1, "甲公司", uscc(1), "噪声", 10, "否"),
        (None, None, None, "粉尘"),
    ]
    for kind in ("xlsx", "xls"):
        content = as_file(kind, rows, merged=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 5, 3, 5)])
        (found,) = read_submissions(content, f"台账.{kind}", Given(today=TODAY, province="陕西"))
        assert names(found) == ["甲公司", "甲公司"], kind


def test_without_merging_a_row_with_anything_in_it_is_asked_for_its_name():
    """Even with a single cell, and no number in front: nothing of it would be read otherwise."""
    lines = [(1, "甲公司", uscc(1), "噪声", 10, "否"), (None, None, None, "粉尘"), (2, "乙公司", uscc(2), "苯", 5, "否")]  # fmt: skip
    found = read(*lines, head=HAZARDS)
    assert errors(found) == [("nameless_row", "B4")]
    assert "B4" in found.problems[0].remedy


# -- many of them -------------------------------------------------------------------------------------


def test_many_groups_sums_and_merged_cells_give_the_rows_between_them():
    def rows_of(lines: list[Line], merged: Sequence[tuple[int, int, int, int]] = ()) -> int:
        pages = sheet([("专项治理企业台账（截至2024年10月31日）",), OPEN, *lines], merged=merged)
        return submission(pages, today=TODAY, province="陕西").n_rows

    rows = [one(n) for n in range(2_000)]
    mixed = [
        part for n, row in enumerate(rows) for part in (("西安市" if n % 2 else "雁塔区",), row, ("合计", 1))
    ]
    boxes = [(row, 1, row + 1, 1) for row in range(2, 1_000, 2)]
    assert rows_of(mixed) == rows_of([("西安市",), *rows]) == 2_000
    assert rows_of(rows, boxes) == 2_000
