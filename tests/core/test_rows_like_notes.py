"""A row with figures in it is never a note: it is counted, or it is an error. Who signs below a table is neither."""

from __future__ import annotations

import pytest

from tests.books import codes, errors, submission, uscc

TITLE = ("陕西省专项治理进展情况（截至2024年6月30日）",)
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
LIST_TITLE = ("陕西省专项治理企业台账（截至2024年6月30日）",)
LIST_HEAD = ("地区", "县区", "企业名称", "统一社会信用代码", "是否完成治理")


def summary(*lines):
    return submission([TITLE, HEAD, *lines])


def listed(*lines):
    return submission([LIST_TITLE, LIST_HEAD, *lines])


@pytest.mark.parametrize(
    "written",
    [
        "*韩城市",
        "※韩城市",
        "1.韩城市",
        "2.韩城市卫健局",
        "（一）韩城市",
        "*韩城市（省直管）",
        "统计单位：韩城市",
    ],
)
@pytest.mark.parametrize("total", [True, False])
def test_a_region_that_begins_like_a_note_is_counted(written, total):
    rows = [("西安市", 10, 5), (written, 20, 8), *([("合计", 30, 13)] if total else [])]
    found = summary(*rows)
    assert not errors(found)
    assert [row.region.name for row in found.rows] == ["西安市", "韩城市"]


@pytest.mark.parametrize("written", ["*火星市", "1.火星市", "统计中", "填报不全的市", "注", "备注：补报"])
def test_a_line_with_figures_that_is_no_region_is_an_error(written):
    assert errors(summary(("西安市", 10, 5), (written, 20, 8))) == [("unknown_region", "A4")]


@pytest.mark.parametrize(
    "line",
    [
        ("制表人：李某某", "审核人：张某某", "2024年7月3日"),
        ("注：数据来自各市上报。", "", ""),
        ("* 含省直管单位", "", ""),
        ("1.数据截至6月30日", "", ""),
        ("联系电话", "87654321", ""),
        ("填表日期：", "45475", ""),
        ("填报单位（盖章）", "", "2024-07-03"),
    ],
)
def test_a_note_or_a_signature_below_stays_one(line):
    found = summary(("西安市", 10, 5), ("宝鸡市", 20, 8), line)
    assert not errors(found)
    assert len(found.rows) == 2


def test_a_row_of_a_list_that_begins_like_a_note_is_a_row():
    found = listed(
        ("西安市", "雁塔区", "甲公司", uscc(1), "是"),
        ("来源：西安市", "雁塔区", "乙公司", uscc(2), "否"),
    )
    assert errors(found) == [("unknown_region", "A4")]


def test_who_signs_below_a_list_is_no_row():
    found = listed(
        ("西安市", "雁塔区", "甲公司", uscc(1), "是"),
        ("填表人：李某某", "", "审核人：张某某", "", "2024年7月3日"),
    )
    assert not errors(found)
    assert found.region_codes == ("610100",)


def test_counties_by_former_names_are_counted_in_the_present_ones():
    found = listed(
        ("西安市", "户县", "甲公司", uscc(1), "是"),
        ("西安市", "户县", "乙公司", uscc(2), "是"),
        ("神木县", "", "丙公司", uscc(3), "是"),
    )
    told = {p.cell: p.message for p in found.problems if p.code == "former_name"}
    assert told == {
        "B3": "B3 的“户县”自2016年起为“鄠邑区”，按“鄠邑区”入库（共 2 处）。",
        "A5": "A5 的“神木县”自2017年起为“神木市”，按“神木市”入库。",
    }
    assert found.body.column("county_code").to_pylist() == ["610118", "610118", "610881"]


def test_a_region_by_a_former_name_is_told_with_the_year():
    found = submission([("重庆市专项治理进展情况（截至2024年6月30日）",), HEAD, ("开县", 10, 5)])
    assert [p.message for p in found.problems if p.code == "former_name"] == [
        "A3 的“开县”自2016年起为“开州区”，按“开州区”入库。"
    ]


def test_a_city_and_its_district_that_was_renamed():
    title = ("河北省专项治理企业台账（截至2024年6月30日）",)
    rows = [("邢台市", "桥西区"), ("石家庄市", "桥西区"), ("张家口市", "桥西区")]
    lines = [(*row, f"甲{n}公司", uscc(n), "是") for n, row in enumerate(rows)]
    found = submission([title, LIST_HEAD, *lines])
    assert found.body.column("county_code").to_pylist() == ["130503", "130104", "130703"]
    assert codes(found.problems).count("former_name") == 1


def test_a_title_may_name_the_city_with_a_district_by_its_former_name():
    title = ("河北省邢台市桥西区专项治理企业台账（截至2024年6月30日）",)
    found = submission([title, LIST_HEAD[2:], ("甲公司", uscc(1), "是")])
    assert found.body.column("county_code").to_pylist() == ["130503"]


def test_a_place_that_is_not_on_the_list_tells_of_which_year_it_is():
    found = submission(
        [("重庆市专项治理进展情况（截至2024年6月30日）",), HEAD, ("万州区", 1, 1), ("两江新区", 10, 5)]
    )
    (unknown,) = [p for p in found.problems if p.severity == "error"]
    assert unknown.code == "unknown_region"
    assert "名册按2023年末的行政区划；此后新设或更名的，请说明按哪个地区入库。" in unknown.remedy


def test_the_corps_is_told_to_report_by_its_cities():
    found = submission(
        [
            ("新疆维吾尔自治区专项治理进展情况（截至2024年6月30日）",),
            HEAD,
            ("第八师石河子市", 1, 1),
            ("新疆生产建设兵团", 9, 5),
        ]
    )
    (unknown,) = [p for p in found.problems if p.severity == "error"]
    assert "石河子市（第八师）" in unknown.remedy
    assert found.region_codes == ("659001",)


def test_a_region_that_only_a_line_of_parts_names_is_asked_for():
    """Whether its figures are in the line above, too, nobody can tell from the table."""
    lines = [("渭南市", 10, 5), ("其中：韩城市", 4, 2)]
    (asked,) = [p for p in summary(*lines).problems if p.severity == "error"]
    assert asked.cell == "A4" and "“韩城市”" in asked.remedy
    answered = submission([TITLE, HEAD, *lines], places=(("其中：韩城市", "610581"),))
    assert not errors(answered) and answered.region_codes == ("610500", "610581")
    assert not errors(summary(("渭南市", 10, 5), ("其中：韩城市", 4, 2), ("韩城市", 4, 2)))
    assert not errors(summary(("渭南市", 10, 5), ("其中：高新区", 4, 2)))


def test_two_regions_in_one_row_are_asked_for_one_by_one():
    title = ("河北省专项治理进展情况（截至2024年6月30日）",)
    found = submission([title, HEAD, ("保定市（含定州市）", 10, 5), ("石家庄市", 1, 1)])
    (unknown,) = [p for p in found.problems if p.severity == "error"]
    assert unknown.remedy == "保定市、定州市在名册中各自报送，请各填一行。"
