"""Where a list stands in a workbook: shifted, spread over sheets, merged, with notes around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from tests.books import as_file, codes, errors, several, sheet, submission, submissions, uscc, xlsx
from tests.lists import forms
from zyb.intake import Given, Submission
from zyb.uploads import read_submissions

TODAY = date(2024, 12, 31)
TITLE = ("西安市专项治理企业台账（截至2024年10月31日）",)
HEAD = ("序号", "企业名称", "统一社会信用代码", "县区", "是否完成治理")
Line = tuple[object, ...]


def line(n: int, county: object = "雁塔区", completed: object = "否") -> Line:
    return (n, f"甲{n}公司", uscc(n), county, completed)


def governed(
    *lines: Sequence[object], head: Sequence[object] = HEAD, title: Sequence[object] = TITLE, **said
):
    return submission(sheet([title, head, *lines], **said), name="台账.xlsx", today=TODAY, province="陕西")


def names(found: Submission) -> list[str]:
    return found.body["name"].to_pylist()


def counties(found: Submission) -> Counter[str]:
    return Counter(found.body["county_code"].to_pylist())


YANTA, CHANGAN, CHENCANG = "610113", "610116", "610304"


# -- what is a row and what is not --------------------------------------------------------------


@pytest.mark.parametrize(
    "last",
    [
        ("合计", None, None, None, None), ("合　计", 2), (None, "合计", 2, None, 0), ("合计：2家",), ("总计", "2家", None, None, "0"),
        ("小计", 2, 2, 2, 2), ("合\u00a0计", 2), ("共计2家",), (3, "合计"),
    ],
)  # fmt: skip
def test_a_total_is_no_enterprise(last):
    found = governed(line(1), line(2), last)
    assert (names(found), found.problems) == (["甲1公司", "甲2公司"], ())


@pytest.mark.parametrize(
    "below",
    [
        ("注：雁塔区数据含高新区。",), ("填报单位（盖章）：", None, None, "填报日期：2024年10月31日"),
        ("填表人：张三", None, "审核人：李四"), (None, "本表由各区县填报"), (None, None, None, "2024年10月31日"), ("备注1：略",),
        ("说明、含停产企业", None, "共2家"),
    ],
)  # fmt: skip
def test_notes_and_signatures_below_are_no_enterprises(below):
    found = governed(line(1), line(2), (), below)
    assert (names(found), found.problems) == (["甲1公司", "甲2公司"], ())


def test_blank_and_numbered_rows_are_passed_over():
    found = governed(line(1), (2,), (), (3, None, None, "雁塔区"), line(4), (5,))
    assert (names(found), found.problems) == (["甲1公司", "甲4公司"], ())


def test_a_row_that_numbers_the_columns_is_no_enterprise():
    assert names(governed(("甲", 1, 2, 3, 4), line(1))) == ["甲1公司"]
    assert names(governed((1, 2, 3, 4, 5), line(1))) == ["甲1公司"]


def test_a_row_without_its_name_is_asked_for_it():
    found = governed(line(1), (2, None, uscc(2), "雁塔区", "是"), (3, None, uscc(3)))
    assert errors(found) == [("nameless_row", "B4"), ("nameless_row", "B5")]


def test_subtotals_of_counties_are_no_enterprises():
    found = governed(line(1), ("小计", None, 1), line(2, "长安区"), ("小计", None, 1), ("合计", None, 2))
    assert names(found) == ["甲1公司", "甲2公司"]
    assert found.problems == ()


# -- where the table stands ---------------------------------------------------------------------


def test_the_table_may_begin_in_column_c():
    rows = [TITLE, HEAD, line(1), line(2, completed="也许")]
    found = submission(sheet([(None, None, *row) for row in [(), *rows]]), today=TODAY, province="陕西")
    assert names(found) == ["甲1公司", "甲2公司"]
    assert errors(found) == [("not_a_flag", "G5")]


def test_three_tiers_of_headings_with_merged_cells():
    upper = ("序号", "企业基本情况", None, None, "治理情况")
    middle = (None, "企业名称", "统一社会信用代码", "县区", "进展")
    lower = (None, None, None, None, "是否完成治理")
    merged = [(1, 0, 3, 0), (1, 1, 1, 3), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3)]
    found = submission(
        sheet([TITLE, upper, middle, lower, line(1)], merged=merged), today=TODAY, province="陕西"
    )
    assert (names(found), found.problems) == (["甲1公司"], ())
    assert counties(found) == {YANTA: 1}


def test_blank_columns_by_the_thousand_and_rows_by_the_ten_thousand_cost_nothing():
    rows = [TITLE, HEAD, (*line(1), *[""] * 2000), *[("",)] * 20_000]
    (found,) = read_submissions(as_file("csv", rows), "台账.csv", Given(today=TODAY, province="陕西"))
    assert (names(found), found.problems) == (["甲1公司"], ())


def test_format_only_cells_far_to_the_right_cost_nothing():
    from openpyxl.styles import PatternFill

    def far(book):
        for column in range(6, 280):
            book.active.cell(1, column).fill = PatternFill("solid", "FFFF00")

    from tests.reading import files

    content = files.xlsx([TITLE, HEAD, line(1)], prepare=far)
    (found,) = read_submissions(content, "台账.xlsx", Given(today=TODAY, province="陕西"))
    assert (names(found), found.problems) == (["甲1公司"], ())


# -- where the enterprises are --------------------------------------------------------------------

PLACED = ("地区", "县区", "企业名称", "是否完成治理")


def placed(*lines: Sequence[object], **said) -> Submission:
    return governed(*lines, head=PLACED, title=("专项治理企业台账（截至2024年10月31日）",), **said)


def test_a_citys_name_stands_once_over_its_counties():
    found = placed(
        ("西安市", "雁塔区", "甲", "否"), (None, None, "乙", "否"), (None, "长安区", "丙", "否"), ("宝鸡市", "陈仓区", "丁", "否"),
        merged=[(2, 0, 4, 0), (2, 1, 3, 1)],
    )  # fmt: skip
    assert found.problems == ()
    assert counties(found) == {YANTA: 2, CHANGAN: 1, CHENCANG: 1}


def test_a_county_does_not_run_on_into_the_next_city():
    found = placed(("西安市", "雁塔区", "甲", "否"), ("宝鸡市", None, "乙", "否"))
    assert found.problems == ()
    assert found.body.select(["region_code", "county_code"]).to_pylist() == [
        {"region_code": "610100", "county_code": YANTA},
        {"region_code": "610300", "county_code": ""},
    ]


@pytest.mark.parametrize(
    ("region", "county", "where"),
    [
        ("西安市", "雁塔区", ("610100", "610113")), ("西安", "雁塔", ("610100", "610113")), ("西安市雁塔区", "", ("610100", "610113")),
        ("雁塔区", "", ("610100", "610113")), ("", "雁塔区", ("610100", "610113")), ("西安市", "西安市雁塔区", ("610100", "610113")),
        ("陕西省西安市", "", ("610100", "")), ("杨凌示范区", "", ("610403", "")), ("杨陵区", "", ("610403", "")),
        ("杨凌示范区", "杨陵区", ("610403", "610403")), ("韩城市", "韩城市", ("610581", "610581")), ("610113", "", ("610100", "610113")),
    ],
)  # fmt: skip
def test_a_place_in_its_many_spellings(region, county, where):
    found = placed((region, county, "甲", "否"))
    assert [p.code for p in found.problems if p.severity != "note"] == []
    assert (found.body["region_code"][0].as_py(), found.body["county_code"][0].as_py()) == where


@pytest.mark.parametrize(
    ("said", "region", "county"),
    [
        ("市/县/区：石家庄市桥西区", "130100", "130104"), ("市/县/区：石家庄市长安区", "130100", "130102"), ("市/县/区：西安市", "610100", ""),
        ("市/县/区：正定县", "130100", "130123"), ("市/县/区：雄安新区", "133100", ""), ("填报单位：石家庄市卫生健康委员会", "130100", "130104"),
    ],
)  # fmt: skip
def test_the_place_above_the_form_holds_for_every_row(said, region, county):
    form = forms.employers(place=said)
    found = submission(sheet(form.rows, merged=form.merged), name=f"{form.file_name}.xlsx", today=TODAY)
    assert [p for p in found.problems if p.severity == "error"] == []
    assert set(found.body["region_code"].to_pylist()) == {region}
    assert set(found.body["county_code"].to_pylist()) == {county}


def test_a_county_whose_name_two_provinces_have_is_asked_for_unless_the_page_knows():
    form = forms.employers(place="市/县/区：长安区")
    found = submission(sheet(form.rows), name="数据库2024年9月30日.xlsx", today=TODAY)
    assert codes(found.problems, "error") == ["mixed_provinces"]
    known = submission(
        sheet(form.rows), name="数据库2024年9月30日.xlsx", today=TODAY, preferred_province="陕西省"
    )
    assert set(known.body["county_code"].to_pylist()) == {CHANGAN}


def test_a_list_that_says_nothing_about_its_place_is_asked_once():
    found = governed(
        *[line(n, None) for n in range(1, 50)],
        title=("台账（截至2024年10月31日）",),
        head=(*HEAD[:3], "", HEAD[4]),
    )
    assert codes(found.problems) == ["region_unknown"]


# -- several sheets, several ledgers --------------------------------------------------------------


# Whoever sends a sheet for two counties hears which are missing.
SOME_COUNTIES = ("sheets_of_some_counties", "雁塔区", "")


def test_a_sheet_a_county_is_one_submission():
    head, numbers = (*HEAD[:3], HEAD[4]), iter(range(1, 99))
    pages = [
        sheet([TITLE, head, *[(n, f"甲{n}公司", uscc(n), "否") for n, _ in zip(numbers, range(size), strict=False)]], county)
        for county, size in (("雁塔区", 3), ("长安区", 2), ("莲湖区", 4))
    ]  # fmt: skip
    (found,) = submissions(*pages, name="西安市.xlsx", today=TODAY, province="陕西")
    assert codes(found.problems) == ["sheets_of_some_counties"]
    assert found.county_code == ""
    assert counties(found) == {YANTA: 3, CHANGAN: 2, "610104": 4}


def test_several_ledgers_in_one_workbook_are_a_submission_each():
    progress = [
        ("专项治理（截至2024年10月31日）",),
        ("地区", "纳入治理企业数", "完成治理企业数"),
        ("西安", 2, 0),
    ]
    content = several(
        ("汇总", progress), ("台账", [TITLE, HEAD, line(1), line(2)]), ("说明", [("请如实填写",)])
    )
    found = read_submissions(content, "西安市.xlsx", Given(today=TODAY, province="陕西"))
    assert [one.ledger.id for one in found if one.ledger] == ["governance_progress", "governance_enterprises"]
    assert [codes(one.problems) for one in found] == [[], []]


def test_problems_name_the_sheet_they_are_on():
    good, bad = (
        sheet([TITLE, HEAD, line(1)], "雁塔区"),
        sheet([TITLE, HEAD, line(2, completed="也许")], "长安区"),
    )
    (found,) = submissions(good, bad, name="西安市.xlsx", today=TODAY, province="陕西")
    assert [(p.code, p.sheet, p.cell) for p in found.problems] == [
        SOME_COUNTIES,
        ("not_a_flag", "长安区", "E3"),
    ]


def test_the_same_enterprise_on_two_sheets_is_pointed_out():
    first, second = sheet([TITLE, HEAD, line(1)], "雁塔区"), sheet([TITLE, HEAD, line(1)], "长安区")
    (found,) = submissions(first, second, name="西安市.xlsx", today=TODAY, province="陕西")
    assert [(p.code, p.sheet, p.cell) for p in found.problems] == [
        SOME_COUNTIES,
        ("duplicate_code", "长安区", "C3"),
    ]
    assert "雁塔区" in found.problems[1].message


def test_headings_in_any_order_and_with_units_and_hints():
    head = (
        "是否完成治理（是/否）",
        "所在县（市、区）",
        "用人单位名称（全称）",
        "社会信用代码（18位）",
        "用人单位地址",
        "职工人数（人）",
        "单位类型",
    )
    found = governed(("是", "雁塔区", "甲公司", uscc(1), "甲路1号", "12", "民营"), head=head)
    assert names(found) == ["甲公司"]
    assert [(p.code, p.value) for p in found.problems] == [
        ("unknown_column", "用人单位地址"),
        ("unknown_column", "单位类型"),
    ]


def test_an_xlsx_keeps_real_dates_and_numbers():
    rows = [TITLE, (*HEAD, "纳入日期", "职工人数"), (*line(1), date(2024, 6, 30), 120)]
    (found,) = read_submissions(xlsx(rows), "台账.xlsx", Given(today=TODAY, province="陕西"))
    assert found.problems == ()
    assert found.body.select(["enrolled_on", "staff"]).to_pylist() == [
        {"enrolled_on": date(2024, 6, 30), "staff": 120}
    ]


# -- the check lists of the plans -------------------------------------------------------------------

PLANS = {
    "扬州市": [
        "建立并落实职业危害防治责任制情况", "职业健康（卫生）管理机构设置、人员配备及管理情况", "建立并落实职业危害防治规章制度、岗位操作规程情况",
        "从业人员上岗前、在岗期间、离岗前职业健康体检和建立职业健康监护档案情况",
        "三类人员（主要负责人、职业健康管理人员、接触职业危害因素人员）职业危害防治知识培训与教育情况",
        "与从业人员签订劳动合同，并依法参加工伤保险情况", "及时、如实申报存在的职业危害情况", "职业危害因素的监测、检测和评价以及结果公布情况",
        "工作过程中可能产生的职业危害及其危害后果告知情况，在作业场所设置职业危害警示标识情况",
        "设置职业危害防护设施并进行经常性的维护、检修和保养情况", "淘汰落后，采用先进技术、工艺、材料、设备的情况",
        "职业健康防护用品配备与从业人员的管理情况", "职业危害事故的处置及报告情况",
    ],
    "海陵区": [
        "建立健全职业危害防治责任制", "建立职业危害防治管理网络", None, "接触职业病危害从业人员岗前、岗中和离岗时的职业健康检查",
        "主要负责人、职业健康管理人员、从业人员参加职业危害防治知识培训与教育", "依法参加工伤保险", "及时如实申报职业危害",
        "职业危害因素的监测、检测和评价以及结果的公布", "按规定对作业场所职业危害进行告知", "按规定设立和使用职业危害防护设施", None,
        "按规定发放、配备劳动防护用品", None,
    ],
    "全乡": [
        "建立并落实职业危害防治责任制", "设置职业危害防治管理机构，配备管理人员",
        "建立并落实职业危害告知、申报、日常监测、防护设施维修管理、防护用品管理、危害因素监测及评价、教育培训等职业危害防治规章制度和岗位职业健康操作规程",
        "根据有关规定组织从业人员进行上岗前、在岗期间、离岗前职业健康体检，建立职业健康监护档案",
        "主要负责人、职业健康（卫生）管理人员、接触职业危害因素从业人员的危害防治知识培训与教育", "与从业人员签订劳动合同，并依法参加工伤保险",
        "及时、如实申报存在的职业危害", "按规定委托有资质的职业安全健康检测、评价机构进行职业危害因素检测和现状评价，并将结果向从业人员公布",
        "告知从业人员工作过程中可能产生的职业危害及其危害后果，并在作业场所设置职业危害警示标识",
        "设置职业危害防护设施，并进行经常性的维护、检修和保养情况", "淘汰落后。采用先进技术、工艺、材料、设备",
        "职业健康防护用品配备与从业人员的管理", "职业危害事故的处置及报告",
    ],
}  # fmt: skip
MEANT = (
    "responsibility", "organisation", "rules", "examination", "education", "contract", "declaration", "monitoring", "notice",
    "facilities", "technology", "equipment", "accidents",
)  # fmt: skip


# 海陵 asks for the insurance alone, which is an item of its own.
OWN = {"依法参加工伤保险": "injury_insurance"}


@pytest.mark.parametrize("plan", PLANS)
def test_the_items_of_each_plan_find_their_columns(plan):
    wanted = {item: OWN.get(item, name) for item, name in zip(PLANS[plan], MEANT, strict=True) if item}
    head = ("企业名称", *wanted, "应当履行的其他法定义务")
    found = governed(
        ("甲公司", *["合格"] * len(wanted), ""),
        head=head,
        title=("西安市粉尘与高毒物品自查表（截至2024年10月31日）",),
    )
    assert found.table
    read = {field.heading: name for name, fields in found.table.fields.items() for field in fields}
    assert {item: read.get(item) for item in wanted} == wanted
    assert codes(found.problems) == ["figures_missing"]
