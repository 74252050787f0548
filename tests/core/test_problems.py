"""The catalogue of problems: each one happens, says where, and says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from tests.books import codes, csv_bytes, several, sheet, submission, uscc
from zyb.access import on_this_machine
from zyb.errors import RulesError
from zyb.intake import Given
from zyb.numerals import column_letters
from zyb.reading import Sheet
from zyb.rulebook.book import in_force, using
from zyb.rulebook.problems import Problem, ProblemWords, catalogue, cell_name, problem
from zyb.store import Store
from zyb.uploads import accept, prepare, prepare_all

TITLE = ("陕西省专项治理进展（截至2024年3月1日）",)
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
XIAN = ("西安市", 10, 5)
TASK_HEAD = ("地区", "年度", "帮扶任务数")


LIST_HEAD = (
    "企业名称",
    "统一社会信用代码",
    "地区",
    "县区",
    "纳入日期",
    "是否完成治理",
    "行政确认日期",
    "行业",
)
JIA, YI = ("甲公司", uscc(1), "西安市", "雁塔区"), ("乙公司", uscc(2), "西安市", "雁塔区")


def listed(
    *lines: tuple, head: tuple = LIST_HEAD, title: str = "陕西省专项治理企业台账（截至2024年3月1日）"
) -> list[tuple]:
    return [(title,), head, *lines]


def nominated(title: str = "西安市示范帮扶推荐表（截至2024年3月1日）", **cells: object) -> list[tuple]:
    """附件2 of Shaanxi with one enterprise."""
    whole = {
        "企业名称": "甲公司", "所属行业及类别名称": "☑建材", "企业规模": 120, "是否正常生产": "☑是□否", "危害因素类别": "☑粉尘",
        "近3年申报情况": "☑2023年", "是否纳入监测": "☑是□否", "是否纳入专项治理": "☑是□否", **cells,
    }  # fmt: skip
    return [(title,), tuple(whole), tuple(whole.values())]


def guided(institution: str) -> Sheet:
    """附件5 with one visit."""
    title = ("疾控中心帮扶用人单位情况表（截至2024年3月1日）",)
    head = ("帮扶单位", "被帮扶对象名称", "帮扶时间", "地区")
    return sheet([title, head, (institution, "甲公司", "2024-02-01", "西安市")])


def by_address(*addresses: str, place: str = "西安市") -> Sheet:
    """附件4 of employers that name no county but in their address (or, as the last text, in their code)."""
    code = next((one for one in addresses if one.isascii()), "")
    head = (
        "用人单位名称", "统一社会信用代码", "单位地址", "是否开展职业病危害因素辨识", "是否建立职业健康管理制度",
        "是否开展现场告知和防护用品配置指导", "是否举办职业健康培训", "是否开展超标岗位治理", "是否完成帮扶工作目标",
    )  # fmt: skip
    lines = [
        (f"甲{n}公司", code, address, "是", "是", "是", "是", "是", "是")
        for n, address in enumerate(one for one in addresses if not one.isascii())
    ]
    return sheet([(f"{place}中小微企业帮扶台账（截至2024年3月1日）",), head, *lines])


def assisted(trained: str, day: str, completed: str) -> list[tuple]:
    """帮扶台账 with one enterprise."""
    whole = {
        "用人单位名称": "甲公司", "是否开展职业病危害因素辨识": "是", "辨识时间": "2024-02-01", "是否建立职业健康管理制度": "是",
        "建立时间": "2024-02-01", "是否开展现场告知和防护用品配置指导": "是", "告知时间": "2024-02-01", "是否举办职业健康培训": trained,
        "举办时间": day, "是否开展超标岗位治理": "不涉及", "是否完成帮扶工作目标": completed,
    }  # fmt: skip
    return [("西安市中小微企业帮扶台账（截至2024年3月1日）",), tuple(whole), tuple(whole.values())]


def progress(*lines: tuple, head: tuple = HEAD, title: tuple = TITLE) -> list[tuple]:
    return [title, head, *lines]


def tasks(*lines: tuple, head: tuple = TASK_HEAD) -> list[tuple]:
    return [("河北省帮扶任务表",), head, *lines]


ITEMS_ACROSS = sheet(
    [
        ("陕西省职业病防治机构提质合规情况表（截至2024年2月29日）",),
        ("地区", "能力确认", "", "职业病报告", ""),
        ("", "应完成数", "已完成数", "应完成数", "已完成数"),
        ("西安市", 10, 5, 8, 4),
    ],
    merged=[(1, 1, 1, 2), (1, 3, 1, 4)],
)
MERGED = sheet(
    listed((*JIA, "", "否"), ("", "", "西安市", "雁塔区", "", "是")), merged=[(2, 0, 3, 0), (2, 1, 3, 1)]
)
ON_ITS_OWN: dict[str, list[list[tuple] | Sheet]] = {
    "no_ledger": [[("姓名", "电话")]],
    "empty_table": [progress()],
    "more_tables": [sheet(progress(XIAN), "一"), sheet(progress(XIAN), "二")],
    "region_twice": [sheet(progress(XIAN), "一"), sheet(progress(("西安市", 11, 5), ("宝鸡市", 1, 1)), "二")],
    "sheets_differ": [sheet(progress(XIAN), "一"), sheet(progress((11, 5), head=HEAD[1:]), "西安")],
    "sheets_contradict": [sheet(progress(XIAN), "一"), sheet(progress(("西安市", 11, 5)), "二")],
    "unit_of_sheet": [sheet(progress(XIAN), "单位千家")],
    "shown_as_share": [sheet(progress(XIAN), shown=[(2, 2, "1%")])],
    "shown_with_words": [sheet(progress(XIAN), shown=[(2, 2, "1（预计）")])],
    "blank_as_above": [listed((*JIA, "", "否"), ("乙公司", "", "", "", "", "否"))],
    "blank_region_contradicted": [listed((*JIA, "", "否"), ("乙公司", uscc(2, "610302"), "", "", "", "否"))],
    "blank_county": [
        [
            ("西安市专项治理企业台账（截至2024年3月1日）",),
            ("企业名称", "县区", "是否完成治理"),
            *(
                (name, county, "是")
                for name, county in zip("甲乙丙丁", ("雁塔区", "雁塔区", "", "长安区"), strict=True)
            ),
        ]
    ],
    "sheet_of_another_place": [
        sheet(
            [("西安市专项治理企业台账（截至2024年3月1日）",), ("企业名称", "是否完成治理"), ("甲公司", "是")],
            "宝鸡市",
        )
    ],
    "merged_figure": [sheet(progress(XIAN, ("宝鸡市", "", "")), merged=[(2, 1, 3, 1), (2, 2, 3, 2)])],
    "figures_noted": [progress(XIAN, ("注：西安市完成数为估算数。",))],
    "long_ago": [listed((*JIA, "", "是", "1925-03-05"))],
    "year_added": [listed((*JIA, "", "是", "2月9日"))],
    "as_of_after_filing": [
        [("陕西省2024年6月专项治理进展",), HEAD, XIAN, ("数据来源：专项治理模块，2024年6月20日导出",)]
    ],
    "remark_undone": [listed((*JIA, "", "是", "", "", "复测仍超标"), head=(*LIST_HEAD, "备注"))],
    "title_undone": [listed((*JIA, "", "是"), title="陕西省专项治理未完成企业台账（截至2024年3月1日）")],
    "part_undone": [assisted("否", "", "是")],
    "day_of_undone": [assisted("否", "2024-02-01", "否")],
    "provincial_institution": [
        [
            ("陕西省疾控中心帮扶用人单位情况表（截至2024年3月1日）",),
            ("帮扶单位：陕西省疾病预防控制中心",),
            ("被帮扶对象名称", "统一社会信用代码", "帮扶时间", "帮扶形式", "帮扶成员姓名"),
            ("甲公司", uscc(1), "2024-02-01", "现场", "张三"),
        ]
    ],
    "risk_not_of_industry": [
        [
            ("西安市职业病危害用人单位数据库（截至2024年3月1日）",),
            ("用人单位名称", "统一社会信用代码", "行业代码", "是否已申报", "风险类别"),
            ("甲公司", uscc(1), "3011", "是", "一般"),
        ]
    ],
    "county_filled": [by_address("西安市雁塔区甲路")],
    "county_unknown": [by_address("甲路1号")],
    "county_not_of_address": [by_address("西安市雁塔区甲路", place="西安市长安区")],
    "address_elsewhere": [by_address("宝鸡市金台区甲路")],
    "county_not_of_code": [by_address("西安市雁塔区甲路", uscc(1, "610104"))],
    "county_title_of_whole": [
        listed(
            JIA,
            ("乙公司", uscc(2), "西安市", "长安区"),
            title="西安市雁塔区专项治理企业台账（截至2024年3月1日）",
        )
    ],
    "sheets_of_some_counties": [
        sheet(listed(JIA, title="西安市专项治理企业台账（截至2024年3月1日）"), "雁塔区"),
        sheet(
            listed(
                ("乙公司", uscc(2), "西安市", "长安区"), title="西安市专项治理企业台账（截至2024年3月1日）"
            ),
            "长安区",
        ),
    ],
    "one_county_for_all": [by_address(*["西安市雁塔区甲路"] * 5)],
    "county_institution": [guided("雁塔区疾控中心")],
    "unknown_institution": [guided("西安市职业病医院")],
    "superseded": [sheet(progress(XIAN), "一"), sheet(progress(("西安市", 11, 5)), "一（更正后）")],
    "sheets_total_differs": [
        sheet(progress(XIAN, ("宝鸡市", 1, 1)), "一"),
        sheet(progress(("合计", 12, 6)), "全省汇总"),
    ],
    "hidden_sheet": [progress(XIAN), sheet(progress(XIAN), "旧", hidden=True)],
    "missing_column": [progress(("西安市", 10), head=HEAD[:2])],
    "too_many_lines": [progress(*[XIAN] * 10_001)],
    "duplicate_column": [progress((*XIAN, 6), head=(*HEAD, "已完成"))],
    "unknown_column": [progress((*XIAN, 6), head=(*HEAD, "责任人"))],
    "unknown_region": [progress(("火星市", 10, 5))],
    "missing_region": [progress(("", 10, 5), XIAN)],
    "duplicate_region": [progress(XIAN, XIAN)],
    "region_changed": [progress(("杨陵区", 10, 5))],
    "former_name": [listed((*JIA[:3], "户县", "", "否"))],
    "not_a_number": [progress(("西安市", "很多", 5))],
    "answers_unread": [
        sheet(
            [
                ("天津市粉尘与高毒物品自查复查表（截至2024年6月30日）",),
                ("企业名称", "区", "自查日期", "职业危害申报", "防护设施", "作业场所情况"),
                ("甲公司", "静海区", "2024-03-01", "合格", "合格", "不合格"),
            ]
        )
    ],
    "near_column": [listed((*JIA, "", "是", "2024-03-05"), head=(*LIST_HEAD[:6], "申请确认日期"))],
    "second_column": [progress((*XIAN, 6), head=(*HEAD, "完成治理家数"))],
    "nil_row": [listed(JIA, ("无",))],
    "divided_list": [listed(JIA, ("以下企业已退出治理",), YI)],
    "says_otherwise": [listed((*JIA, "", "是", "", "", "否"), head=(*LIST_HEAD, "是否纳入治理"))],
    "after_the_report": [listed((*JIA, "", "是", "2024-05-01"))],
    "set_aside": [sheet(listed(JIA), "台账"), sheet(listed(YI), "备份")],
    "aside_and_read": [sheet(listed(JIA), "退出名单")],
    "reduced_beside": [progress((*XIAN, 1), head=(*HEAD, "核减数"))],
    "taken_for": [
        [
            ("西安市专项执法台账（截至2024年3月31日）",),
            ("企业名称", "统一社会信用代码", "县区", "违法行为", "是否查处到位", "检查日期"),
            ("甲公司", uscc(1), "雁塔区", "未申报", "是", "2024-03-01"),
        ]
    ],
    "known_by_content": [progress(XIAN, head=("何处", *HEAD[1:]))],
    "unknown_item": [ITEMS_ACROSS],
    "merged_rows": [MERGED],
    "title_of_another": [
        sheet([("陕西省帮扶企业四率情况（截至2024年6月30日）",), ("地区", "帮扶企业数", "已申报"), XIAN])
    ],
    "sheets_joined": [sheet(listed(JIA), "台账"), sheet(listed(YI), "8月")],
    "narrowed": [sheet([("陕西省煤矿企业专项治理进展（截至2024年6月30日）",), HEAD, XIAN])],
    "foreign_title": [sheet([("陕西省放射卫生专项治理进展情况表（截至2024年6月30日）",), HEAD, XIAN])],
    "under_group": [progress(("", *HEAD[1:]), XIAN, head=("地区", "全省", "煤矿"))],
    "taken_to_date": [
        progress(
            ("", "", "上月数", "本月数", "增减"),
            ("西安市", 10, 4, 5, 1),
            head=("地区", "纳入治理企业数", "完成治理企业数"),
        )
    ],
    "people_counted": [progress(("西安市", 10, "5人次"))],
    "answer_too_long": [progress(("西安市", "9" * 1001, 5))],
    "too_large_number": [progress(("西安市", 10**17, 5))],
    "number_adopted": [progress(("西安市", "1,000", 5))],
    "approximate_number": [progress(("西安市", "约10", 5))],
    "negative_number": [progress(("西安市", 10, -5))],
    "not_whole": [progress(("西安市", 10, 0.5))],
    "class_disagrees": [nominated(企业规模="小型（420人）")],
    "cell_fault": [sheet(progress(("西安市", "", 5)), faults=[(2, 1, "#REF!")])],
    "formula_unsaved": [sheet(progress(("西安市", 10, "")), unsaved=[(2, 2)])],
    "struck_through": [sheet(progress(XIAN, ("宝鸡市", 1, 1)), struck=[(3, 0), (3, 1)])],
    "missing_value": [progress(("西安市", 10, ""))],
    "unreported": [progress(("西安市", "", ""), ("宝鸡市", 1, 1))],
    "unclear_year": [tasks(("石家庄", "去年", 1), ("承德", 2024, 1))],
    "year_unknown": [tasks(("石家庄", 1), head=("地区", "帮扶任务数"))],
    "exceeds": [progress(("西安市", 10, 11))],
    "derived_differs": [progress((*XIAN, "80%"), head=(*HEAD, "完成率"))],
    "derived_all_differ": [
        progress(
            *((*line, "80%") for line in (XIAN, ("宝鸡市", 2, 1), ("咸阳市", 4, 2))), head=(*HEAD, "完成率")
        )
    ],
    "counties_within": [progress(XIAN, ("其中：雁塔区", 2, 1))],
    "counties_below": [progress(XIAN, ("雁塔区", 2, 1))],
    "county_details": [
        sheet(progress(("雁塔区", 2, 1), ("碑林区", 2, 1), ("合计", 4, 2)), "汇总"),
        sheet(progress(("甲街道", 2, 1)), "雁塔区"),
    ],
    "counties_differ": [progress(XIAN, ("雁塔区", 11, 1))],
    "counties_without_sum": [progress(("雁塔区", 2, 1), ("碑林区", 2, 1))],
    "by_county": [progress(("王益区", 2, 1), ("印台区", 2, 1), ("耀州区", 2, 1), ("宜君县", 1, 1))],
    "by_county_partly": [progress(("雁塔区", 2, 1), ("碑林区", 2, 1), ("合计", 4, 2))],
    "total_differs": [progress(XIAN, ("合计", 11, 5))],
    "row_sum_differs": [tasks(("石家庄", 1, 2), head=("地区", "2024年帮扶任务数", "合计"))],
    "regions_absent": [progress(XIAN, ("宝鸡市", 1, 1))],
    "mixed_provinces": [progress(("甲市", 1, 1), title=("截至2024年3月1日",))],
    "as_of_unknown": [progress(XIAN, title=("陕西省专项治理",))],
    "as_of_assumed": [tasks(("石家庄", 2024, 1))],
    "as_of_filed": [nominated("西安市示范帮扶推荐表 填报日期：2024年3月1日")],
    "as_of_whole_year": [
        [
            ("西安市2023年度监测超标企业名单",),
            ("企业名称", "地区", "超标危害因素"),
            ("甲公司", "西安市", "噪声"),
        ]
    ],
    "text_cut": [[("说" * 2001,), *progress(XIAN)]],
    "as_of_month_end": [progress(XIAN, title=("2024年3月陕西省专项治理",))],
    "as_of_future": [progress(XIAN, title=("截至2034年3月1日",))],
    "no_such_day": [progress(XIAN, title=("截至2023年9月31日",))],
    "nameless_row": [listed((*JIA, "", "否"), ("", *YI[1:], "", "否"))],
    "blank_cell": [listed((*JIA, "", "否"), YI)],
    "column_blank": [listed(JIA, YI)],
    "group_heading": [listed(("西安市",), ("甲公司", "", "", "", "", "否"))],
    "region_unknown": [listed(("甲公司", "", "", "", "", "否"))],
    "unknown_county": [listed((*JIA[:3], "曲江新区", "", "否"))],
    "county_elsewhere": [listed((*JIA[:3], "陈仓区", "", "否"))],
    "code_lost_digits": [listed(("甲公司", "9.1610102E+17", "西安市", "", "", "否"))],
    "code_length": [listed(("甲公司", "91610102", "西安市", "", "", "否"))],
    "code_check_digit": [listed(("甲公司", "91610102MA00000010", "西安市", "", "", "否"))],
    "duplicate_code": [listed((*JIA, "", "否"), ("乙公司", *JIA[1:], "", "否"))],
    "institution_twice": [
        sheet(
            [
                ("石家庄市疾控中心帮扶用人单位情况表（截至2024年6月30日）",),
                ("帮扶单位", "被帮扶对象名称", "帮扶时间", "地区"),
                ("石家庄市职业病防治院", "甲公司", "2024-03-01", "石家庄市"),
                ("市职防院", "乙公司", "2024-03-02", "石家庄市"),
            ]
        )
    ],
    "duplicate_name": [listed(*[("甲公司", "", "西安市", "", "", "否")] * 2)],
    "not_a_flag": [listed((*JIA, "", "也许"))],
    "unknown_choice": [nominated(所属行业及类别名称="餐饮")],
    "unclear_choice": [nominated(所属行业及类别名称="☑建材 ☑冶金")],
    "unclear_mark": [listed((*JIA, "", "是√否"))],
    "beyond_limit": [nominated(企业规模=1000)],
    "not_a_date": [listed((*JIA, "六月底", "否"))],
    "year_last": [listed((*JIA, "2/1/2024", "否"))],
    "october_or_january": [sheet(listed((*JIA, "2024.1", "否")), unclear=[(2, 4)])],
    "no_such_date": [listed((*JIA, "2023.2.29", "否"))],
    "date_in_future": [listed((*JIA, "2034.1.1", "否"))],
    "serial_date": [listed((*JIA, "45352", "否"))],
    "date_month_only": [listed((*JIA, "2024年3月", "否"))],
    "industry_zero_restored": [listed((*JIA, "", "否", "", "6"))],
    "industry_ambiguous": [listed((*JIA, "", "否", "", "711"))],
    "industry_unknown": [listed((*JIA, "", "否", "", "9999"))],
    "dates_reversed": [listed((*JIA, "2024.3.1", "是", "2024.2.1"))],
    "expected_value": [listed((*JIA, "", "是", ""))],
    "more_of_the_same": [listed(*[(f"甲{n}", uscc(n), "西安市", "", "", "也许") for n in range(301)])],
}
# A plan that names no year has no first day either.
ALONGSIDE = {
    "year_unknown": "as_of_unknown",
    "more_of_the_same": "not_a_flag",
}
WITH_CHOICES: dict[str, tuple[list[tuple], dict[str, object]]] = {
    "other_province": (progress(XIAN), {"province": "河北"}),
    "as_of_conflict": (progress(XIAN), {"as_of": date(2024, 4, 1)}),
    "year_of_another_day": (
        [("西安市2023年度帮扶台账",), ("用人单位名称", "统一社会信用代码"), ("甲公司", uscc(1))],
        {"as_of": date(2024, 2, 28)},
    ),
    "place_contradicted": (
        [("西安市专项治理企业台账（截至2024年3月1日）",), ("企业名称", "是否完成治理"), ("甲公司", "是")],
        {"name": "宝鸡市台账.xlsx"},
    ),
    "no_headings": ([("西安市", 10, 5)], {"ledger": "governance_progress"}),
}


def _after(store: Store, first: tuple, second: tuple, reason: str = "") -> Iterable[Problem]:
    """The problems of a second upload after a first; each is (day, completed)."""
    found: Iterable[Problem] = ()
    for day, completed in (first, second):
        content = csv_bytes([(f"陕西省专项治理（截至{day}）",), HEAD, ("西安市", 10, completed)])
        prepared = prepare(store, content, "表.csv", today=date(2024, 6, 30), reason=reason)
        found = prepared.problems
        if prepared.status == "accepted":
            accept(store, prepared, by=on_this_machine("测试"))
    return found


def _list_then_summary(store: Store, enterprises: tuple[str, ...], summary: tuple) -> Iterable[Problem]:
    """What is said of a later file, after a list of enterprises in 西安市."""
    lines = [(f"甲{n}公司", uscc(n), "西安市", "", "", done, "") for n, done in enumerate(enterprises)]
    prepared = prepare(store, csv_bytes(listed(*lines)), "台账.csv", today=date(2024, 6, 30))
    accept(store, prepared, by=on_this_machine("测试"))
    return prepare(store, csv_bytes(summary), "表.csv", today=date(2024, 6, 30)).problems


@pytest.mark.parametrize(
    ("listed_on", "asked"), [("2024年3月1日", True), ("2023年3月1日", False), ("2024年2月29日", False)]
)
def test_a_list_and_a_summary_need_agree_only_within_one_month_of_one_year(store, listed_on, asked):
    rows = listed(
        ("甲公司", uscc(0), "西安市", "", "", "否", ""), title=f"陕西省专项治理企业台账（截至{listed_on}）"
    )
    accept(
        store,
        prepare(store, csv_bytes(rows), "台账.csv", today=date(2024, 6, 30)),
        by=on_this_machine("测试"),
    )
    found = prepare(store, csv_bytes(progress(XIAN)), "表.csv", today=date(2024, 6, 30)).problems
    assert ("ledgers_disagree" in [one.code for one in found]) == asked


def _two_institutions(store: Store) -> Iterable[Problem]:
    tables = [
        [
            (f"帮扶单位：{name}",),
            ("被帮扶对象名称", "统一社会信用代码", "帮扶时间"),
            ("甲公司", uscc(1), "2024-02-01"),
        ]
        for name in ("西安市疾控中心", "西安市职防院")
    ]
    title = ("西安市帮扶用人单位情况表（截至2024年3月1日）",)
    first, second = (
        prepare(store, csv_bytes([title, *rows]), f"{n}.csv", today=date(2024, 6, 30))
        for n, rows in enumerate(tables)
    )
    accept(store, first, by=on_this_machine("测试"))
    return prepare(store, second.content, "2.csv", today=date(2024, 6, 30)).problems


def _two_sheets(store: Store) -> Iterable[Problem]:
    content = several(("汇总", progress(XIAN)), ("台账", listed((*JIA, "", "也许"))))
    return [
        p
        for one in prepare_all(store, content, "表.xlsx", Given(today=date(2024, 6, 30)))
        for p in one.problems
    ]


AGAINST_THE_STORE: dict[str, Callable[[Store], Iterable[Problem]]] = {
    "held_back": _two_sheets,
    "jumped": lambda store: _after(store, ("2024年3月1日", 2), ("2024年4月1日", 5)),
    "ledgers_disagree": lambda store: _list_then_summary(store, ("否", "否"), progress(XIAN)),
    "code_elsewhere": lambda store: _list_then_summary(
        store, ("否",), listed(("甲0公司", uscc(0), "宝鸡市", "", "", "否"))
    ),
    "enterprises_gone": lambda store: _list_then_summary(
        store, ("否", "否"), listed(("甲0公司", uscc(0), "西安市", "", "", "否"))
    ),
    "institutions_gone": _two_institutions,
    "fell": lambda store: _after(store, ("2024年3月1日", 5), ("2024年4月1日", 4)),
    "fell_with_reason": lambda store: _after(store, ("2024年3月1日", 5), ("2024年4月1日", 4), "企业关闭"),
    "falls_after": lambda store: _after(store, ("2024年4月1日", 4), ("2024年3月15日", 5)),
    "falls_after_with_reason": lambda store: _after(
        store, ("2024年4月1日", 4), ("2024年3月15日", 5), "企业关闭"
    ),
    "older_than_latest": lambda store: _after(store, ("2024年3月1日", 5), ("2024年2月1日", 4)),
}


def produced(code: str, store: Store) -> Iterable[Problem]:
    if code in AGAINST_THE_STORE:
        return AGAINST_THE_STORE[code](store)
    if code in WITH_CHOICES:
        rows, said = WITH_CHOICES[code]
        return submission(rows, **said).problems
    return submission(*ON_ITS_OWN[code]).problems


@pytest.mark.parametrize("code", [*ON_ITS_OWN, *WITH_CHOICES, *AGAINST_THE_STORE])
def test_the_problem_happens_and_speaks_plainly(code, store):
    said = next((found for found in produced(code, store) if found.code == code), None)
    assert said, f"{code} is in problems.toml but nothing produces it"
    assert said.severity == catalogue()[code].severity
    assert "{" not in said.message + said.remedy
    assert said.message.endswith("。") and said.remedy.endswith(("。", "？"))
    if said.cell and "cell" in catalogue()[code].words:
        assert said.cell in said.message + said.remedy


def test_every_problem_of_the_catalogue_is_in_some_test():
    """A sentence that nothing can bring about would only mislead whoever reads the catalogue."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert len(catalogue()) > 100
    assert [code for code in catalogue() if f'"{code}"' not in tests] == []


def test_one_fault_is_one_error_and_no_other():
    for code, sheets in ON_ITS_OWN.items():
        others = set(codes(submission(*sheets).problems, "error")) - {code, ALONGSIDE.get(code)}
        assert not others, f"{code} comes with {others}"


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(0, 0, "A1"), (17, 2, "C18"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1")],
)
def test_cells_are_named_as_excel_does(row, column, name):
    assert cell_name(row, column) == name
    assert column_letters(column) == name.rstrip("0123456789")


def test_a_problem_that_nobody_wrote_a_sentence_for_is_a_fault_in_the_catalogue():
    with pytest.raises(RulesError, match=r"problems\.toml 的 \[no_such_problem\]：缺少这一条提示"):
        problem("no_such_problem")


@pytest.mark.parametrize("sentence", ["{地区", "{nobody}", "{0}", "{value.real.x}", "{value[x]}"])
def test_a_slip_in_a_sentence_is_named_with_what_it_may_say(sentence):
    wrong = in_force().holding((catalogue, (), {"fell": ProblemWords("甲", "error", sentence, "")}))
    with (
        using(wrong),
        pytest.raises(
            RulesError, match=r"problems\.toml 的 \[fell\]：.*可用的名称有：sheet、cell、value、before"
        ),
    ):
        problem("fell", before=3)


def test_where_the_cell_has_a_column_of_its_own_the_sentence_does_not_begin_with_it() -> None:
    found = problem("county_sum_differs", "6月", "C18", "30", county="雁塔区", column="完成数", listed=28)
    assert found.message == f"C18：{found.aside}"
    assert "aside" not in found.as_dict()
