"""How officials write dates, 是/否, choices, codes and numbers in lists, and what is adopted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.books import codes, sheet, submission, table, uscc
from zyb.intake import Given, Submission, understand_all
from zyb.reading import Workbook

TODAY = date(2024, 12, 31)
GOOD = uscc(1)


def one(ledger_title: str, **cells: object) -> Submission:
    """A list of one enterprise; the columns are the keywords' Chinese headings."""
    rows = [(f"2024年陕西省西安市{ledger_title}（截至2024年12月31日）",), tuple(cells), tuple(cells.values())]
    return submission(sheet(rows), name="上报.xlsx", today=TODAY)


def adopted(found: Submission, column: str) -> Any:
    return found.body[column].to_pylist()[0]


def governed(**cells: object) -> Submission:
    return one(
        "专项治理企业台账", **{"企业名称": "甲公司", "统一社会信用代码": GOOD, "是否完成治理": "否", **cells}
    )


# -- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day", "said"),
    table("""
        2024.6.30           | 2024-06-30 |
        2024-06-30          | 2024-06-30 |
        2024/6/30           | 2024-06-30 |
        2024年6月30日       | 2024-06-30 |
        2024 年 6 月 30 日  | 2024-06-30 |
        ２０２４．６．３０  | 2024-06-30 |
        2024年6月30号       | 2024-06-30 |
        20240630            | 2024-06-30 |
        2024-6-3 12:30      | 2024-06-03 |
        2024-06-30 08:00:00 | 2024-06-30 |
        2024-06-30T08:00:00 | 2024-06-30 |
        6月30日             | 2024-06-30 | year_added
        6.30                | 2024-06-30 | year_added
        2024年6月           | 2024-06-01 | date_month_only
        2024.6              | 2024-06-01 | date_month_only
        2024年6月份         | 2024-06-01 | date_month_only
        45473               | 2024-06-30 | serial_date
        45473.5             | 2024-06-30 | serial_date
        未开展              |            |
        /                   |            |
        —                   |            |
        不涉及              |            |
        暂无                |            |
        二〇二四年六月      | 2024-06-01 | date_month_only
        六月底              |            | not_a_date
        2024.6.30至7.2      |            | not_a_date
        2024.6.31           | 2024-06-31 | no_such_date
        2023年2月29日       | 2023-02-29 | no_such_date
        2024.13.1           |            | no_such_date
        1024.6.3            |            | no_such_date
        2025.6.30           | 2025-06-30 | date_in_future
        99999               |            | date_in_future
    """),
)
def test_a_date_as_people_write_it(written, day, said):
    found = governed(纳入日期=written)
    assert codes(found.problems) == ([said] if said else [])
    if not said or said in ("date_month_only", "serial_date", "year_added"):
        assert adopted(found, "enrolled_on") == (date.fromisoformat(day) if day else None)


def test_serials_of_old_macintosh_files_count_from_1904():
    rows = [
        ("西安市专项治理企业台账（截至2024年12月31日）",),
        ("企业名称", "是否完成治理", "纳入日期"),
        ("甲公司", "否", "44011"),
    ]
    for date_1904, day in ((True, date(2024, 6, 30)), (False, date(2020, 6, 29))):
        (found,) = understand_all(Workbook("xlsx", (sheet(rows),), date_1904), "表.xlsx", Given(today=TODAY))
        assert adopted(found, "enrolled_on") == day


# -- 是 and 否 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("是", "是 √ ✓ ✔ ☑ 有 1 1.0 已 已建立 已开展 已完成 是（2024年） Y y TRUE 完成 ○ ☑是□否 □否☑是 是☑否□ √是 ■是□否 有，见附件"),
        ("否", "否 × ✗ x X 无 0 0.0 未 未开展 尚未完成 没有 N FALSE □是☑否 是□否☑ ×"),
        (None, "- / — □是□否 是/否 不详"),
    ],
)  # fmt: skip
def test_yes_and_no_as_people_write_them(value, written):
    for text in written.split():
        found = governed(是否完成治理=text)
        assert (text, adopted(found, "completed")) == (text, value)
        assert set(codes(found.problems)) <= {"column_blank", "expected_value"}, text


@pytest.mark.parametrize(
    "written",
    [
        "可能",
        "已列入计划，未完成",
        "基本办完",
        "已完成80%",
        "不适用",
        "是否",
        "2",
        "张三",
        "有待核实",
        "已部分完成",
    ],
)
def test_what_is_neither_yes_nor_no_is_asked_for(written):
    assert codes(governed(是否完成治理=written).problems, "error") == ["not_a_flag"]


def test_both_boxes_ticked_are_asked_for():
    assert codes(governed(是否完成治理="☑是☑否").problems, "error") == ["unclear_choice"]


def assisted(**cells: object) -> Submission:
    five = {
        "是否开展职业病危害因素辨识": "否", "是否建立职业健康管理制度": "否", "是否开展现场告知和防护用品配置指导": "否",
        "是否举办职业健康培训": "否", "是否开展超标岗位职业病危害治理": "否", "是否完成帮扶": "否",
    }  # fmt: skip
    return one("中小微企业帮扶台账", **{"用人单位名称": "甲公司", "统一社会信用代码": GOOD, **five, **cells})


@pytest.mark.parametrize("written", ["不涉及", "不适用", "/", "无", "无超标岗位", "—"])
def test_where_no_post_exceeds_the_limits_nothing_is_to_be_remedied(written):
    found = assisted(是否开展超标岗位职业病危害治理=written)
    own = [code for code in codes(found.problems) if code != "county_filled"]
    assert own == (["taken_as"] if written == "无" else [])
    assert adopted(found, "remedied") == "不涉及"


# -- choices ----------------------------------------------------------------------------------


def nominated(**cells: object) -> Submission:
    whole = {
        "企业名称": "甲公司", "所属行业及类别名称": "☑建材", "企业规模（职工人数）": "120", "是否正常生产": "☑是□否",
        "存在的主要职业病危害因素类别": "☑粉尘", "近3年开展职业病危害项目申报情况": "☑2024年",
        "是否纳入工作场所职业病危害因素监测项目": "☑是□否", "是否纳入职业病危害专项治理项目": "□是☑否",
    }  # fmt: skip
    return one("示范帮扶推荐表", **{**whole, **cells})


@pytest.mark.parametrize(
    ("heading", "column", "written", "value"),
    [
        ("所属行业及类别名称", "sector", "☑采矿业__石灰石开采__□建材_____", "采矿业"),
        ("所属行业及类别名称", "sector", "□采矿业_____\n√建材_水泥_\n□其他_____", "建材"),
        ("所属行业及类别名称", "sector", "建材（水泥制造）", "建材"),
        ("所属行业及类别名称", "sector", "化工", "化工"),
        ("存在的主要职业病危害因素类别", "hazards", "☑粉尘 □化学毒物 ☑物理因素", "粉尘、物理因素"),
        ("存在的主要职业病危害因素类别", "hazards", "粉尘、化学毒物", "粉尘、化学毒物"),
        ("存在的主要职业病危害因素类别", "hazards", "粉尘√ 化学毒物□", "粉尘"),
        ("近3年开展职业病危害项目申报情况", "declared_years", "□均未申报 ☑2023年 ☑2024年", "2023年、2024年"),
        ("近3年开展职业病危害项目申报情况", "declared_years", "2022、2023年", "2022年、2023年"),
        ("近3年开展职业病危害项目申报情况", "declared_years", "均未申报", "均未申报"),
    ],
)
def test_the_choices_of_the_nomination_form(heading, column, written, value):
    found = nominated(**{heading: written})
    assert found.problems == ()
    assert adopted(found, column) == value


@pytest.mark.parametrize(
    ("heading", "written", "code"),
    [
        ("所属行业及类别名称", "☑采矿业 ☑建材", "unclear_choice"),
        ("所属行业及类别名称", "餐饮", "unknown_choice"),
        ("存在的主要职业病危害因素类别", "☑味道很大", "unknown_choice"),
        ("近3年开展职业病危害项目申报情况", "去年", "unknown_choice"),
    ],
)
def test_a_choice_that_is_not_among_the_options_is_told_them(heading, written, code):
    found = nominated(**{heading: written})
    assert codes(found.problems, "error") == [code]


@pytest.mark.parametrize(
    ("written", "value"),
    table("""
        合格         | 合格
        √            | 合格
        符合         | 合格
        不合格       | 不合格
        ×            | 不合格
        不合格（缺警示标识） | 不合格
        不适用       | 不适用
        合理缺项     | 不适用
        均合格       | 合格
        整改后合格   | 合格
        符合要求     | 合格
        不达标       | 不合格
    """),
)
def test_a_check_list_is_ticked_or_worded(written, value):
    found = one(
        "粉尘与高毒物品自查复查表", 企业名称="甲公司", 统一社会信用代码=GOOD, 职业危害告知和警示标识=written
    )
    assert codes(found.problems) == ["figures_missing"]  # of contracts, insurance and review
    assert adopted(found, "notice") == value


# -- codes, industries, numbers -----------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [GOOD, GOOD.lower(), f" {GOOD} ", f"{GOOD[:6]} {GOOD[6:12]} {GOOD[12:]}", f"{GOOD[:9]}\u2009{GOOD[9:]}",
     f"{GOOD[:9]}\u3000{GOOD[9:]}", f"{GOOD[:9]}\n{GOOD[9:]}", "".join(chr(ord(c) + 0xFEE0) for c in GOOD), f"'{GOOD}"],
)  # fmt: skip
def test_a_code_is_adopted_without_what_was_typed_around_it(written):
    found = governed(统一社会信用代码=written)
    assert found.problems == ()
    assert adopted(found, "uscc") == GOOD


@pytest.mark.parametrize("written", ["", "无", "/", "—", "-", "暂无", "不详"])
def test_no_code_is_no_fault(written):
    found = governed(统一社会信用代码=written)
    assert found.problems == ()
    assert adopted(found, "uscc") is None


def wrong(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("9.1130102105679E+17", "code_lost_digits"),
        ("9.11E17", "code_lost_digits"),
        ("911301021056789000", "code_lost_digits"),
        (GOOD[:17], "code_length"),
        ("610102000012345", "code_length"),
        (wrong(GOOD), "code_check_digit"),
        (GOOD[:-2] + "IO", "code_check_digit"),
        ("M00012345678901234", "code_check_digit"),
    ],
)
def test_what_is_wrong_with_a_code_is_said_once(written, code):
    assert codes(governed(统一社会信用代码=written).problems) == [code]


def test_a_code_that_ends_in_zeros_of_its_own_is_no_lost_number():
    number = next(f"9161010200{n:05d}000" for n in range(99999) if _adds_up(f"9161010200{n:05d}000"))
    assert governed(统一社会信用代码=number).problems == ()


def _adds_up(code: str) -> bool:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:-1]))
    return letters[-total % 31] == code[-1]


@pytest.mark.parametrize(
    ("written", "value", "said"),
    table("""
        06       | 06       |
        6        | 06       | industry_zero_restored
        C30      | C30      |
        c3011    | C3011    |
        ３０     | 30       |
        B6       | B06      | industry_zero_restored
        3011     | 3011     |
        610      | 0610     | industry_zero_restored
        B61      | B061     | industry_zero_restored
        61       | 61       |
        911      | 0911     | industry_zero_restored
        711      | 711      | industry_ambiguous
        0711     | 0711     |
        7110     | 7110     | industry_unknown
        C06      | C06      | industry_unknown
        U        | U        | industry_unknown
        水泥制造 | 水泥制造 |
        C3011 水泥制造 | C3011 水泥制造 |
    """),
)
def test_an_industry_code_gets_its_zeros_back_aloud(written, value, said):
    found = governed(行业=written)
    assert codes(found.problems) == ([said] if said else [])
    assert adopted(found, "industry") == value


@pytest.mark.parametrize(
    ("written", "number", "said"),
    table("""
        128     | 128  |
        １２８  | 128  | number_adopted
        1,234   | 1234 | number_adopted
        120人   | 120  | number_adopted
        约120人 | 120  | approximate_number
        /       |      |
    """),
)
def test_a_number_of_staff_as_people_write_it(written, number, said):
    found = governed(职工人数=written)
    assert codes(found.problems) == ([said] if said else [])
    assert adopted(found, "staff") == (int(number) if number else None)
