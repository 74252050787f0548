"""Bad workbooks of many kinds, and exactly what is said about each, where.

Every case is a line of name, a table and what must be said. In the tables a blank stands for a blank
cell; ⏎ is a line break. What is said is a code of data/rules/problems.toml and the cell, as Excel names it;
notes (which inform only) are left out.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests import books
from tests.books import sheet, submissions, uscc

TODAY = date(2025, 6, 30)
# Name, title, table, what is said.
BAD = """
## 合计与各地区之和不符
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 10 | 5
宝鸡 | 20 | 8
合计 | 31 | 13
→ total_differs B5

## 完成数大于纳入数
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 10 | 11
→ exceeds C3

## 地区写错一个字
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西按 | 10 | 5
宝鸡 | 20 | 8
→ unknown_region A3

## 填了别省的市
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 10 | 5
石家庄 | 20 | 8
→ unknown_region A4

## 同一地区两行
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
杨凌 | 10 | 5
杨凌示范区 | 20 | 8
→ duplicate_region A4

## 有数没有地区名
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 10 | 5
 | 20 | 8
→ missing_region A4

## 漏填一个数
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 10 |
→ missing_value C3

## 填成比率
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 10 | 54.8%
→ not_a_number C3

## 填了负数和小数
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | -10 | 5
宝鸡 | 10.5 | 5
→ negative_number B3, not_whole B4

## 信用代码填进数量列
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 916101020000000012 | 5
→ too_large_number B3

## 约数
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | 约300 | 5
→ approximate_number B3

## 整个地区没填
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安 | |
宝鸡 | 20 | 8
→ unreported A3

## 少一列
专项治理进展
地区 | 纳入治理企业数
西安 | 10
→ missing_column

## 两列同一意思
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数 | 已完成
西安 | 10 | 5 | 6
→ duplicate_column D2

## 只有表头
专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
→ empty_table

## 认不出的表
通讯录
姓名 | 手机 | 科室
张某 | 13900000000 | 职业健康科
→ no_ledger

## 两年之和不等于合计
中小微企业帮扶任务表
行政区域 | 2024年帮扶任务数 | 2025年帮扶任务数 | 合计帮扶任务数
西安 | 30 | 20 | 51
→ row_sum_differs D3

## 任务表没写年度
中小微企业帮扶任务表
行政区域 | 帮扶任务数
西安 | 30
→ year_unknown, as_of_unknown

## 年度写成去年
中小微企业帮扶任务表
行政区域 | 年度 | 帮扶任务数
西安 | 去年 | 30
宝鸡 | 2024 | 20
→ unclear_year B3

## 已体检多于帮扶企业
帮扶企业四率汇总表
地区 | 帮扶企业数 | 已申报 | 已检测 | 已体检 | 已培训
西安 | 100 | 98 | 90 | 101 | 100
→ exceeds E3

## 指标名称不在表内
机构提质合规情况表
地区 | 指标 | 应完成数 | 已完成数
西安 | 卫生评比 | 4 | 3
→ unknown_choice B3

## 企业没有名称
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | @1 | 西安市 | 否
 | @2 | 西安市 | 是
→ nameless_row A4

## 代码被当成数字
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | 9.1610102MA7E+17 | 西安市 | 否
乙公司 | 9.16101020000000E+17 | 西安市 | 否
丙公司 | 916101021056789000 | 西安市 | 否
→ code_length B3, code_lost_digits B4, code_lost_digits B5

## 代码少一位、错一位
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | 91610102MA000000 | 西安市 | 否
乙公司 | 91610102MA0000001A | 西安市 | 否
→ code_length B3, code_check_digit B4

## 同一企业两次
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | @1 | 西安市 | 否
甲公司 | @1 | 西安市 | 否
乙公司 | | 西安市 | 否
乙公司 | | 西安市 | 否
→ duplicate_code B4, duplicate_name A6

## 是否填得含糊
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | @1 | 西安市 | 基本完成
乙公司 | @2 | 西安市 | 已列入计划，未完成
→ not_a_flag D3, not_a_flag D4

## 漏填是否完成
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | @1 | 西安市 |
乙公司 | @2 | 西安市 | 否
→ blank_cell D3

## 完成了没有确认日期
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理 | 行政确认日期
甲公司 | @1 | 西安市 | 是 |
乙公司 | @2 | 西安市 | 否 |
→ expected_value E3

## 日期不是日期、不存在、还没到
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 纳入日期 | 是否完成治理
甲公司 | @1 | 西安市 | 六月底 | 否
乙公司 | @2 | 西安市 | 2024.9.31 | 否
丙公司 | @3 | 西安市 | 2034.1.1 | 否
→ not_a_date D3, no_such_date D4, date_in_future D5

## 确认早于纳入
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 纳入日期 | 是否完成治理 | 行政确认日期
甲公司 | @1 | 西安市 | 2024.6.1 | 是 | 2024.5.1
→ dates_reversed F3

## 县区不属于该市、县区不存在
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 县区 | 是否完成治理
甲公司 | @1 | 西安市 | 陈仓区 | 否
乙公司 | @2 | 西安市 | 曲江新区 | 否
→ county_elsewhere D3, unknown_county D4

## 名单里的地区写错
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | @1 | 西按市 | 否
乙公司 | @2 | 西安市 | 否
→ unknown_region C3

## 名单没说是哪里的
专项治理企业台账
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | @1 | 否
乙公司 | @2 | 否
→ region_unknown A3

## 名单少必需的列
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 行业
甲公司 | @1 | 西安市 | C30
→ missing_column

## 名单两列企业名称
专项治理企业台账
企业名称 | 单位名称 | 地区 | 是否完成治理
甲公司 | 甲公司 | 西安市 | 否
→ duplicate_column B2

## 名单只有表头和合计
专项治理企业台账
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
合计 | | |
→ empty_table

## 数据库里申报情况写成数字说明
西安市职业病危害用人单位数据库
序号 | 用人单位名称 | 统一社会信用代码 | 行业代码 | 是否已申报
1 | 甲公司 | @1 | C30 | 2024年
2 | 乙公司 | @2 | C30 | 是
→ not_a_flag E3

## 风险类别不在选项中
西安市职业病危害用人单位数据库
用人单位名称 | 统一社会信用代码 | 是否已申报 | 风险类别
甲公司 | @1 | 是 | 特别严重级
乙公司 | @2 | 是 | 高
→ unknown_choice D4

## 帮扶完成了没写时间
西安市中小微企业帮扶台账
用人单位名称 | 是否开展职业病危害因素辨识 | 开展时间 | 是否建立职业健康管理制度 | 是否开展现场告知和防护用品配置指导 | 是否举办职业健康培训 | 是否开展超标岗位职业病危害治理 | 是否完成帮扶
甲公司 | 是 | | 是 | 是 | 是 | 不涉及 | 是
→ expected_value C3, county_unknown A3

## 推荐表两个行业都打勾
榆林市示范帮扶推荐表
企业名称 | 所属行业及类别名称 | 企业规模（职工人数） | 是否正常生产 | 存在的主要职业病危害因素类别 | 近3年开展职业病危害项目申报情况 | 是否纳入工作场所职业病危害因素监测项目 | 是否纳入职业病危害专项治理项目
甲公司 | ☑采矿业 ☑建材 | 120 | ☑是□否 | ☑粉尘 | ☑2024年 | ☑是□否 | □是☑否
→ unclear_choice B3

## 推荐了大型企业，接触人数多于职工
榆林市示范帮扶推荐表
企业名称 | 所属行业及类别名称 | 企业规模（职工人数） | 接触职业病危害因素人数 | 是否正常生产 | 存在的主要职业病危害因素类别 | 近3年开展职业病危害项目申报情况 | 是否纳入工作场所职业病危害因素监测项目 | 是否纳入职业病危害专项治理项目
甲公司 | ☑建材 | 1000 | 80 | ☑是□否 | ☑粉尘 | ☑2024年 | ☑是□否 | □是☑否
乙公司 | ☑建材 | 999 | 1000 | ☑是□否 | ☑粉尘 | ☑2024年 | ☑是□否 | □是☑否
→ beyond_limit C3, exceeds D4

## 推荐表没有打勾
榆林市示范帮扶推荐表
企业名称 | 所属行业及类别名称 | 企业规模（职工人数） | 是否正常生产 | 存在的主要职业病危害因素类别 | 近3年开展职业病危害项目申报情况 | 是否纳入工作场所职业病危害因素监测项目 | 是否纳入职业病危害专项治理项目
甲公司 | □采矿业 □建材 | 120 | ☑是□否 | ☑粉尘 | ☑2024年 | ☑是□否 | □是☑否
乙公司 | ☑建材 | 120 | □是□否 | ☑粉尘 | ☑2024年 | ☑是□否 | □是☑否
→ blank_cell B3, blank_cell D4

## 执法台账的违法行为自己起名
西安市专项执法台账
企业名称 | 违法行为 | 立案日期 | 是否查处到位 | 整改完成日期
甲公司 | 管理混乱 | 2024.6.1 | 是 | 2024.5.1
乙公司 | 未申报、未检测 | 2024.6.1 | 是 |
→ unknown_choice B3, dates_reversed E3

## 疾控没写帮扶时间
疾控中心帮扶用人单位情况表
帮扶单位 | 被帮扶对象名称 | 地区 | 帮扶时间
西安市疾控中心 | 甲公司 | 西安市 | 2024.6.1
西安市疾控中心 | 乙公司 | 西安市 |
→ blank_cell D4

## 超标名单的规模与年度
监测超标企业名单
企业名称 | 地区 | 监测年度 | 超标危害因素 | 企业规模
甲公司 | 西安市 | 前年 | 噪声 | 中型
乙公司 | 西安市 | 2024年 | 噪声 | 巨型
→ unclear_year C3, unknown_choice E4

## 签合同的比职工多，复查早于自查
西安市粉尘与高毒物品自查复查表
企业名称 | 统一社会信用代码 | 职工人数 | 自查日期 | 复查日期 | 劳动合同签订人数 | 工伤参保人数 | 防护设施
甲公司 | @1 | 20 | 2024.6.1 | 2024.5.1 | 21 | 20 | 差
→ dates_reversed E3, exceeds F3, unknown_choice H3, figures_missing

## 没有写截至日期
西安市专项治理企业台账 无日期
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | @1 | 否
→ as_of_unknown

## 截至日期还没有到
西安市专项治理企业台账 截至2035年1月1日
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | @1 | 否
→ as_of_future

## 截至日期不存在
西安市专项治理企业台账 截至2024年9月31日
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | @1 | 否
→ no_such_day

## 判断不了是哪个省
专项治理企业台账 不知何处
企业名称 | 统一社会信用代码 | 地区 | 是否完成治理
甲公司 | @1 | 某市 | 否
→ mixed_provinces
"""  # fmt: skip


def cases() -> dict[str, tuple[list[list[str]], list[tuple[str, str]]]]:
    found = {}
    for block in BAD.strip().split("## ")[1:]:
        name, title, *lines = block.strip().splitlines()
        rows = [
            [cell.strip().replace("⏎", "\n") for cell in line.split("|")] for line in lines if "→" not in line
        ]
        said = [tuple(one.split()) for one in lines[-1].removeprefix("→").split(",")]
        found[name] = ([[title], *rows], [(code, cell[0] if cell else "") for code, *cell in said])
    return found


CASES = cases()


def filled(cell: str) -> str:
    """@1 is the code of the first invented enterprise."""
    return uscc(int(cell[1:])) if cell.startswith("@") else cell


def said_about(rows: list[list[str]]) -> list[tuple[str, str]]:
    title = rows[0][0]
    dated = (
        title
        if any(word in title for word in ("截至", "无日期", "任务"))
        else f"{title}（截至2025年5月31日）"
    )
    province = {} if "不知何处" in title else {"province": "陕西"}
    cells = [
        [dated.removesuffix(" 无日期").removesuffix(" 不知何处")],
        *[[filled(c) for c in row] for row in rows[1:]],
    ]
    found = submissions(sheet(cells), name="上报.xlsx", today=TODAY, **province)
    return [(p.code, p.cell) for one in found for p in one.problems if p.severity != "note"]


def test_there_are_at_least_forty_kinds():
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_a_bad_workbook_is_told_exactly_what_is_wrong_and_where(name):
    rows, wanted = CASES[name]
    assert sorted(said_about(rows)) == sorted(wanted)


# -- many at once -----------------------------------------------------------------------------------

HEAD = ("企业名称", "统一社会信用代码", "地区", "是否完成治理")
TITLE = ("专项治理企业台账（截至2025年5月31日）",)


def governed(*lines: tuple) -> books.Submission:
    return books.submission(sheet([TITLE, HEAD, *lines]), name="上报.xlsx", today=TODAY, province="陕西")


def test_equal_faults_are_one_finding_with_all_their_cells():
    lines = [(f"甲{n}", uscc(n), "杨岭", "否") for n in range(12)]
    found = governed(*lines, ("乙", uscc(99), "西按", "否"))
    assert [(one.code, one.value, one.count) for one in found.findings] == [
        ("unknown_region", "杨岭", 12), ("unknown_region", "西按", 1),
    ]  # fmt: skip
    assert [p.cell for p in found.problems] == [f"C{n}" for n in range(3, 16)]


def test_faults_that_read_differently_are_never_thrown_together():
    lines = [("甲", uscc(1), "西安市", "否"), ("乙", uscc(2), "西安市", "否"), ("丙", uscc(1), "西安市", "否"), ("丁", uscc(1), "西安市", "否"),
             ("戊", uscc(2), "西安市", "否")]  # fmt: skip
    found = governed(*lines)
    assert [(p.cell, p.message.split("与 ")[1].split(" ")[0]) for p in found.problems] == [
        ("B5", "B3"),
        ("B6", "B3"),
        ("B7", "B4"),
    ]


def test_a_thousand_equal_faults_are_named_a_few_hundred_times_and_counted():
    found = governed(*[(f"甲{n}", uscc(n), "西安市", "也许") for n in range(1000)])
    named = [p for p in found.problems if p.code == "not_a_flag"]
    assert [(one.code, one.count) for one in found.findings] == [("not_a_flag", 1000)]
    assert (len(named), named[0].cell, named[-1].cell) == (300, "D3", "D302")
    rest = [p for p in found.problems if p.code == "more_of_the_same"]
    assert ["共 1000 处，列出前 300 处，其余 700 处" in p.message for p in rest] == [True]


def test_every_fault_of_a_file_is_told_at_once():
    found = governed(
        ("甲", "123", "火星", "也许"), ("", uscc(1), "西安市", "是"), ("乙", uscc(2), "西安市", "")
    )
    assert [(p.code, p.cell) for p in found.problems] == [
        ("nameless_row", "A4"), ("unknown_region", "C3"), ("code_length", "B3"), ("not_a_flag", "D3"), ("blank_cell", "D5"),
    ]  # fmt: skip
