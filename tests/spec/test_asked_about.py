"""What a table says against being counted whole is asked about: its title, its sheets, lines and states within it.

The figures go in as they stand, for nobody can know what was meant; but never without a word.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import Rows, codes, sheet, submission, table, uscc

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
COUNTS: Rows = [HEAD, ("西安市", 2400, 1500), ("宝鸡市", 600, 400)]
DAY = "（截至2024年4月30日）"
LISTED = ("企业名称", "统一社会信用代码", "地区", "是否完成治理")
FIRMS: Rows = [
    ("甲公司", uscc(1), "西安市", "是"),
    ("乙公司", uscc(2), "宝鸡市", "否"),
    ("丙公司", uscc(3), "西安市", "是"),
]


def asked(*rows: tuple[object, ...]) -> list[str]:
    found = submission(sheet(list(rows)))
    assert found.ledger
    return [code for code in codes(found.problems) if code in ASKING]


ASKING = {
    "narrowed",
    "foreign_title",
    "title_of_another",
    "divided_list",
    "sheets_joined",
    "says_otherwise",
    "set_aside",
    "aside_and_read",
}


@pytest.mark.parametrize(("title", "code"), table("""
    陕西省职业病危害专项治理进展情况表         |
    陕西省2024年专项治理进展汇总表             |
    陕西省煤矿企业粉尘危害专项治理进展         | narrowed
    陕西省小微企业专项治理进展                 | narrowed
    陕西省2024年新纳入企业专项治理进展         | narrowed
    陕西省省级挂牌督办企业专项治理进展         | narrowed
    陕西省国有企业专项治理进展                 | narrowed
    陕西省放射卫生专项治理进展                 | foreign_title
    陕西省安全生产隐患专项治理进展             | foreign_title
"""))  # fmt: skip
def test_a_title_that_speaks_of_some_or_of_other_work(title: str, code: str) -> None:
    assert asked((title + DAY,), *COUNTS) == ([code] if code else [])


@pytest.mark.parametrize(("line", "code"), table("""
    注：数据来自专项治理模块。                     |
    注：以上数据不含煤矿企业35家。                 | narrowed
    说明：仅统计规模以上企业，另有12家未列入。     | narrowed
    注：不含韩城市。                               |
"""))  # fmt: skip
def test_a_note_that_says_of_whom_the_figures_are(line: str, code: str) -> None:
    title = (f"陕西省职业病危害专项治理进展情况表{DAY}",)
    assert asked(title, *COUNTS, (line,)) == ([code] if code else [])


@pytest.mark.parametrize("title", ["陕西省帮扶企业四率情况", "陕西省中小微企业帮扶进展", "陕西省帮扶台账"])
def test_a_title_of_another_ledger_than_the_headings(title: str) -> None:
    head = ("地区", "帮扶企业数", "已申报", "已检测", "应体检人数")
    found = submission(sheet([(title + DAY,), head, ("西安市", 40, 30, 20, 500)]))
    assert found.blocked


@pytest.mark.parametrize(
    "line",
    [
        "以下企业已退出治理",
        "（三）经核实移出治理名单企业",
        "二、停产半年以上（暂不统计）",
        "以下为8月数据",
        "备选企业：",
    ],
)
@pytest.mark.parametrize("column", [0, 1])
def test_a_line_that_parts_a_list_is_none_of_its_rows(line: str, column: int) -> None:
    title = (f"陕西省专项治理企业台账{DAY}",)
    if column and not line.startswith(("以下", "（", "二")) and not line.endswith("："):
        return
    numbered = [(n, *firm) for n, firm in enumerate(FIRMS, 1)]
    rows = [*numbered[:1], ("",) * column + (line,), *numbered[1:]]
    found = submission(sheet([title, ("序号", *LISTED), *rows]))
    assert (found.n_rows, "divided_list" in codes(found.problems)) == (3, True)


def test_cities_and_sums_between_the_rows_part_nothing() -> None:
    title = (f"陕西省专项治理企业台账{DAY}",)
    rows = [("西安市",), FIRMS[0], ("小计", "1家"), ("宝鸡市（1家）",), FIRMS[1]]
    assert asked(title, LISTED, *rows) == []


@pytest.mark.parametrize(
    "name", ["迁出企业", "剔除", "8月", "往年", "Sheet1 (2)", "旧", "备选", "核减名单", "9月（旧，勿用）"]
)
def test_a_sheet_of_another_name_is_never_joined_to_a_list_without_a_word(name: str) -> None:
    title = (f"陕西省专项治理企业台账{DAY}",)
    found = submission(sheet([title, LISTED, *FIRMS[:2]], "台账"), sheet([title, LISTED, FIRMS[2]], name))
    assert {"set_aside", "sheets_joined"} & {*codes(found.problems)}


def test_a_sheet_a_county_is_one_list() -> None:
    title = (f"陕西省西安市专项治理企业台账{DAY}",)
    names = ("雁塔区", "2.碑林区台账", "市本级", "高新区")
    found = submission(*(sheet([title, LISTED, FIRMS[n % 3]], name) for n, name in enumerate(names)))
    assert "sheets_joined" not in codes(found.problems)


@pytest.mark.parametrize(("head", "value", "told"), table("""
    市级核查结果 | 查无此企业 | 是
    市级核查结果 | 属实       | 否
    核查情况     | 无效       | 是
    核查情况     | 停产       | 是
    备注         | 停产       | 否
    备注         | 经复核撤销 | 是
    是否停产     | 是         | 是
    是否停产     | 否         | 否
    是否纳入治理 | 否         | 是
    推荐类别     | 备选       | 是
"""))  # fmt: skip
def test_a_state_that_speaks_against_its_row(head: str, value: str, told: str) -> None:
    title = (f"陕西省专项治理企业台账{DAY}",)
    found = submission(sheet([title, (*LISTED, head), (*FIRMS[0], value), (*FIRMS[1], "")]))
    assert ("says_otherwise" in codes(found.problems)) == (told == "是")


@pytest.mark.parametrize(
    "line", [("甲", "1", "2"), ("（1）", "（2）", "（3）"), ("栏次", "1", "2"), ("甲", "1", "2=1*0.5")]
)
def test_a_line_that_numbers_the_columns_is_no_region(line: tuple[str, ...]) -> None:
    title = (f"陕西省职业病危害专项治理进展情况表{DAY}",)
    found = submission(sheet([title, HEAD, line, *COUNTS[1:]]))
    assert (found.n_rows, codes(found.problems, "error")) == (2, [])


@pytest.mark.parametrize("label", ["平均", "较上月增减", "同比", "环比增长"])
def test_what_figures_amount_to_is_no_region(label: str) -> None:
    title = (f"陕西省职业病危害专项治理进展情况表{DAY}",)
    found = submission(sheet([title, *COUNTS, (label, 20, 10), ("合计", 3000, 1900)]))
    assert (found.n_rows, codes(found.problems, "error")) == (2, [])


def test_a_row_of_the_others_is_never_dropped() -> None:
    title = (f"陕西省职业病危害专项治理进展情况表{DAY}",)
    assert submission(sheet([title, *COUNTS, ("其他各市", "各3家", "各1家")])).blocked


# line and column of what is crossed out → the cells that are named; D is no column of the ledger
@pytest.mark.parametrize(("struck", "said"), [
    ([(2, 0), (2, 1), (2, 2)], "A3"),
    ([(3, 1)], "B4"),
    ([(2, 0), (3, 0)], "A3、A4"),
    ([(2, 3)], ""),
    ([(0, 0), (1, 1)], ""),  # title and headings
    ([(4, 1), (5, 0)], ""),  # the sum, and a note
])  # fmt: skip
def test_whether_a_line_that_is_crossed_out_counts_is_asked(struck: list[tuple[int, int]], said: str) -> None:
    rows = [*((*row, "") for row in COUNTS), ("合计", 3000, 1900, ""), ("注：无",)]
    rows[0] = (*HEAD, "经办")
    found = submission(sheet([(f"陕西省职业病危害专项治理进展情况表{DAY}",), *rows], struck=struck))
    told = [one.message for one in found.problems if one.code == "struck_through"]
    assert (bool(told), found.blocked) == (bool(said), bool(said))
    assert all(one.startswith(f"{said}加了") for one in told)


def test_it_is_asked_of_a_list_as_well() -> None:
    rows = [(f"陕西省专项治理企业台账{DAY}",), LISTED, *FIRMS]
    assert codes(submission(sheet(rows, struck=[(3, 0)])).problems, "error") == ["struck_through"]


SHEET_TITLE = (f"陕西省职业病危害专项治理进展情况表{DAY}",)
CORRECTED: Rows = [HEAD, ("西安市", 2500, 1600), ("宝鸡市", 600, 410)]


# two sheets with other figures for the same regions and day → the one that goes in (all: none without an answer), what is said
@pytest.mark.parametrize(("first", "second", "taken", "code"), table("""
    4月            | 4月更正后        | second | superseded
    4月（修订后）  | 4月              | first  | superseded
    4月            | 最终             | second | superseded
    原表           | 4月              | second | set_aside
    4月            | 初稿             | first  | set_aside
    4月草稿        | Sheet2           | second | set_aside
    旧表停用       | 4月              | second | set_aside
    4月更正前      | 4月更正后        | second | set_aside
    全部           | 煤矿             | first  | set_aside
    4月            | 4月核对          |        | sheets_contradict
    一             | 二               |        | sheets_contradict
    非煤           | 煤矿             |        | sheets_contradict
    4月最终        | 4月修改后        |        | sheets_contradict
"""))  # fmt: skip
def test_of_two_sheets_about_the_same_the_one_counts_that_says_so(
    first: str, second: str, taken: str, code: str
) -> None:
    found = submission(
        sheet([SHEET_TITLE, *COUNTS], first), sheet([SHEET_TITLE, *CORRECTED], second), name="表.xlsx"
    )
    told = [one.code for one in found.problems if one.code not in ("narrowed", "regions_absent")]
    enrolled = found.rows[0].values["enrolled"]
    assert (told, found.blocked) == ([code], not taken)
    assert not taken or enrolled == {"first": 2400, "second": 2500}[taken]


def test_both_sheets_are_named_once_whatever_differs() -> None:
    sheets = (sheet([SHEET_TITLE, *rows], name) for rows, name in ((COUNTS, "甲"), (CORRECTED, "乙")))
    (said,) = (one for one in submission(*sheets).problems if one.severity == "error")
    assert all(word in said.message for word in ("“甲”", "“乙”", "3 处", "B3", "2400", "2500"))


def test_a_correction_of_one_region_leaves_the_others_as_they_were() -> None:
    second = sheet([SHEET_TITLE, HEAD, ("宝鸡市", 600, 410)], "更正后")
    found = submission(sheet([SHEET_TITLE, *COUNTS], "4月"), second)
    completed = {row.region.name: row.values["completed"] for row in found.rows}
    assert (found.blocked, completed) == (False, {"西安市": 1500, "宝鸡市": 410})
    assert "superseded" in codes(found.problems)


def test_the_same_figures_twice_are_no_contradiction() -> None:
    found = submission(sheet([SHEET_TITLE, *COUNTS], "甲"), sheet([SHEET_TITLE, *COUNTS], "乙"))
    assert (found.blocked, "more_tables" in codes(found.problems)) == (False, True)


@pytest.mark.parametrize("name", ["台账（更正后）", "台账最终", "台账-修订后"])
def test_a_corrected_list_is_not_added_to_what_it_corrects(name: str) -> None:
    title = (f"陕西省专项治理企业台账{DAY}",)
    found = submission(sheet([title, LISTED, *FIRMS], "台账"), sheet([title, LISTED, *FIRMS[:2]], name))
    assert (found.n_rows, "superseded" in codes(found.problems)) == (2, True)


def test_a_word_of_the_file_name_sets_no_sheet_aside_that_another_word_does() -> None:
    first = sheet([SHEET_TITLE, *COUNTS], "4月（旧，勿用）")
    found = submission(first, sheet([SHEET_TITLE, *CORRECTED], "4月"), name="旧表停用.xlsx")
    assert (found.sheet, found.rows[0].values["enrolled"]) == ("4月", 2500)


# -- a list of one year, made in the next -----------------------------------------------------

# title | line below it | the year of the list, whatever day it was made on
YEARS_OF_LISTS = """
    银川市2024年度监测超标企业名单                     | 2025年2月28日       | 2024
    银川市2024年监测超标企业名单                       | 截至2025年2月28日   | 2024
    银川市2024年度监测超标企业名单（截至2025年2月28日） |                     | 2024
    银川市监测超标企业名单（2024年度）                 | 统计时间：2025年2月 | 2024
    银川市监测超标企业名单                             | 截至2025年2月28日   | 2025
"""


@pytest.mark.parametrize(("title", "below", "year"), table(YEARS_OF_LISTS))
def test_the_year_said_by_itself_is_the_lists_before_that_of_a_day(title: str, below: str, year: str) -> None:
    rows = [
        [title], *([[below]] if below else []), ["企业名称", "县区", "超标危害因素"], ["甲公司", "灵武市", "粉尘"],
    ]  # fmt: skip
    found = submission(rows, name="名单.xlsx", today=date(2025, 7, 1))
    assert found.body is not None and found.body["year"].to_pylist() == [int(year)]


@pytest.mark.parametrize(("sheet_name", "county"), [("衡阳", ""), ("衡阳县", "430421"), ("长沙", "")])
def test_a_sheet_named_like_a_city_is_the_city_not_the_county_of_that_name(
    sheet_name: str, county: str
) -> None:
    rows = [["专项治理企业台账（截至2025年5月31日）"], ["企业名称", "是否完成治理"], ["甲公司", "是"]]
    found = submission(sheet(rows, sheet_name), name="湖南省台账.xlsx", today=date(2025, 7, 1))
    assert found.body is not None
    assert [code or "" for code in found.body["county_code"].to_pylist()] == [county]


# the file's name | the title's day | is it asked?
TWO_MONTHS = """
    福建专项治理进展（截至5月底）  | 截至2025年6月底 | 是
    福建专项治理进展（截至6月底）  | 截至2025年6月底 | 否
    福建专项治理进展5月            | 截至2025年6月底 | 否
    福建专项治理进展（截至6月30日） | 截至2025年6月底 | 否
"""


@pytest.mark.parametrize(("name", "day", "asked"), table(TWO_MONTHS))
def test_two_months_that_the_figures_are_said_to_be_as_of_are_asked_about(
    name: str, day: str, asked: str
) -> None:
    rows = [[f"福建省专项治理进展（{day}）"], ["地区", "纳入治理企业数", "完成治理企业数"], ["福州市", 5, 4]]
    found = submission(rows, name=f"{name}.xlsx", today=date(2025, 7, 31))
    assert ("as_of_unknown" in codes(found.problems)) == (asked == "是")


# -- what was said of another table, in brackets, in remarks, twice ---------------------------


def test_what_a_sheet_with_a_table_says_of_its_marks_it_says_of_that_table() -> None:
    head = ["企业名称", "统一社会信用代码", "地区", "是否完成治理"]
    title = ["陕西省专项治理企业台账（截至2024年6月30日）"]
    ours = sheet([title, head, ["甲公司", uscc(1), "西安市", "√"]], "一")
    theirs = sheet([title, head, ["乙公司", uscc(2), "西安市", "√"], ["注：√表示未完成"]], "二")
    found = submission(ours, theirs, name="台账.xlsx")
    assert found.body is not None
    assert dict(zip(found.body["name"].to_pylist(), found.body["completed"].to_pylist(), strict=True)) == {
        "甲公司": "是",
        "乙公司": "否",
    }


# headings of the second block beside 地区 | 纳入治理企业数 | 完成治理企业数 | is it read as the same?
SECOND_BLOCKS = """
    纳入治理企业数         | 完成治理企业数         | 是
    纳入治理企业数（百家） | 完成治理企业数         | 否
    纳入治理企业数         | 完成治理企业数（本月） | 否
"""


@pytest.mark.parametrize(("enrolled", "completed", "same"), table(SECOND_BLOCKS))
def test_what_stands_in_brackets_makes_another_table_beside_the_first(
    enrolled: str, completed: str, same: str
) -> None:
    rows = [
        ["陕西省专项治理进展（截至2024年6月30日）"],
        ["地区", "纳入治理企业数", "完成治理企业数", "地区", enrolled, completed],
        ["西安市", 100, 50, "宝鸡市", 80, 40],
    ]
    found = submission(rows, name="表.xlsx")
    read = [row.region.short for row in found.rows] if not found.blocked else []
    assert ("宝鸡" in read) == (same == "是")


# a line a figure: what stands in its remarks, or in place of a region | does it go in?
LONG_FORMS = """
    宝鸡市 |                | 是
    宝鸡市 | 按月报         | 是
    宝鸡市 | 应为98家       | 否
    宝鸡市 | 完成数为预计数 | 否
"""


@pytest.mark.parametrize(("region", "remark", "goes_in"), table(LONG_FORMS))
def test_what_a_remark_says_of_a_figure_is_not_lost_with_its_column(
    region: str, remark: str, goes_in: str
) -> None:
    rows = [
        ["陕西省专项治理进展（截至2024年6月30日）"],
        ["地区", "指标", "数量", "备注"],
        ["西安市", "纳入治理企业数", 100, ""],
        ["西安市", "完成治理企业数", 50, ""],
        [region, "纳入治理企业数", 80, remark],
        [region, "完成治理企业数", 40, ""],
    ]
    assert submission(rows, name="表.xlsx").blocked == (goes_in == "否")


# the counties of 铜川, each with 10 enrolled and 5 done but for the last line | what is asked
COUNTIES = """
    耀州区 | 10  | 5  |
    王益区 | 10  | 5  | counties_without_sum
    耀州区 | 5   | 9  | exceeds
"""


@pytest.mark.parametrize(("last", "enrolled", "done", "asked"), table(COUNTIES))
def test_the_counties_that_make_up_a_city_are_held_against_themselves(
    last: str, enrolled: str, done: str, asked: str
) -> None:
    own = [[name, 10, 5] for name in ("王益区", "印台区", "宜君县")]
    rows = [["铜川市专项治理进展（截至2024年6月30日）"], ["县区", "纳入治理企业数", "完成治理企业数"]]
    found = submission([*rows, *own, [last, int(enrolled), int(done)]], name="铜川市.xlsx")
    assert codes(found.problems, "error") == ([asked] if asked else [])
