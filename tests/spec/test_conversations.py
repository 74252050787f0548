"""Conversations with whoever uploads: a file, what is asked, what is answered, and what then goes in.

Each begins with ##. Lines with | are the file's rows, the first line its title. `?` is what is asked or said to be
wrong (code and cell), `!` an answer, `→` what goes in: ledger, day, number of rows, and sums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.books import sheet, submissions, uscc
from zyb.rulebook.lexicon.headings import written_heading

CONVERSATIONS = """
## 只写了填报日期
全省专项治理进展
填报日期：2024年7月2日
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
? as_of_unknown
! 数据截至 2024-06-30
→ governance_progress 2024-06-30 1 enrolled=10 completed=5

## 没有写日期
全省专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
? as_of_unknown
! 数据截至 2024-05-31
→ governance_progress 2024-05-31 1 enrolled=10

## 上半年就是6月底
2024年上半年专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
→ governance_progress 2024-06-30 1 enrolled=10

## 只有月份没有年份
专项治理进展（5月）
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
? as_of_unknown
! 数据截至 2024-05-31
→ governance_progress 2024-05-31 1 enrolled=10

## 两个日期对不上
2024年5月专项治理进展，2024年6月专项治理进展
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
? as_of_unknown
! 数据截至 2024-06-30
→ governance_progress 2024-06-30 1 enrolled=10

## 只有本月完成数
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 本月完成治理企业数
西安市 | 10 | 5
? missing_column
! 表头 本月完成治理企业数 = completed
→ governance_progress 2024-06-30 1 completed=5

## 本月数旁边有累计数
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 本月完成数 | 累计完成数
西安市 | 10 | 1 | 5
→ governance_progress 2024-06-30 1 completed=5

## 表头没见过
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 弄完的
西安市 | 10 | 5
? missing_column
! 表头 弄完的 = completed
→ governance_progress 2024-06-30 1 completed=5

## 两列都没见过
专项治理进展（截至2024年6月30日）
地区 | 该弄的 | 弄完的
西安市 | 10 | 5
! 台账 governance_progress
? missing_column
? missing_column
! 表头 该弄的 = enrolled
! 表头 弄完的 = completed
→ governance_progress 2024-06-30 1 enrolled=10 completed=5

## 括号里的话没见过
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理企业数（规上）
西安市 | 10 | 5
? missing_column
! 表头 完成治理企业数（规上） = completed
→ governance_progress 2024-06-30 1 completed=5

## 规模以上不是全部
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 规模以上完成治理企业数 | 完成治理企业数
西安市 | 10 | 3 | 5
→ governance_progress 2024-06-30 1 completed=5

## 一个表头都不认识，自己选了台账
情况（截至2024年6月30日）
名字 | 甲方 | 乙方
西安市 | 10 | 5
? no_ledger
! 台账 governance_progress
? missing_column
! 台账 governance_progress
! 表头 甲方 = enrolled
! 表头 乙方 = completed
→ governance_progress 2024-06-30 1 enrolled=10 completed=5

## 选了台账，表里没有表头
西安市 | 10 | 5
! 台账 governance_progress
? no_headings

## 两列都像完成数
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理数 | 已完成治理企业数
西安市 | 10 | 5 | 6
? duplicate_column D2
! 表头 已完成治理企业数 = completed
→ governance_progress 2024-06-30 1 enrolled=10 completed=6

## 只看任务数分不清台账
2024年任务数
地区 | 任务数
西安市 | 10
? ledger_unclear
! 台账 assistance_targets
→ assistance_targets 2024-01-01 1 target=10

## 标题点明台账
2024年帮扶任务分配表
地区 | 帮扶企业数
西安市 | 10
→ assistance_targets 2024-01-01 1 target=10

## 标题点明是名额
2024年示范帮扶名额分配
地区 | 帮扶企业数
西安市 | 10
→ demonstration_quota 2024-01-01 1 quota=10

## 地名没见过
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
西咸新区 | 4 | 2
? unknown_region A4
! 地名 西咸新区 = 610300
→ governance_progress 2024-06-30 2 enrolled=14

## 疾控局就是那个市
专项治理进展（截至2024年6月30日）
报送单位 | 纳入治理企业数 | 完成治理企业数
1.西安市卫健委 | 10 | 5
2.*宝鸡市疾控局 | 4 | 2
→ governance_progress 2024-06-30 2 enrolled=14

## 外省的市
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
石家庄市 | 4 | 2
? unknown_region A4

## 单位是百家
专项治理进展（截至2024年6月30日）
单位：百家
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
? unit_of_table A2

## 合计不符
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 5
合计 | 11 | 5
? total_differs B4

## 完成多于纳入
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 15
? exceeds C3

## 一次说全
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 10 | 15
火星市 | 4 | 正在统计
合计 | 15 | 5
? exceeds C3
? unknown_region A4
? not_a_number C4
? total_differs B5

## 本月情况下面的完成数不是累计数
专项治理进展（截至2024年6月30日）
地区 | 总体情况 | | 本月情况
 | 纳入治理企业数 | 未完成企业数 | 完成治理企业数
西安市 | 100 | 40 | 9
? missing_column

## 总体情况下面的完成数是累计数
专项治理进展（截至2024年6月30日）
地区 | 总体情况 | | 本月情况
 | 纳入治理企业数 | 完成治理企业数 | 完成治理企业数
西安市 | 100 | 60 | 9
→ governance_progress 2024-06-30 1 enrolled=100 completed=60

## 合计与其中大中小
专项治理进展（截至2024年6月30日）
地区 | 纳入治理企业数 | | | 完成治理企业数 | |
 | 合计 | 其中：大型 | 小微型 | 合计 | 其中：大型 | 小微型
西安市 | 100 | 20 | 70 | 60 | 15 | 40
自治区合计 | 100 | 20 | 70 | 60 | 15 | 40
→ governance_progress 2024-06-30 1 enrolled=100 completed=60

## 上月、新增与累计并排
专项治理工作调度表（截至2024年6月30日）
地区 | 纳入治理企业数 | 完成治理情况 | |
 | | 上月累计完成 | 本月新增完成 | 累计完成
西安市 | 100 | 50 | 10 | 60
→ governance_progress 2024-06-30 1 enrolled=100 completed=60

## 各率与家数并排
四率汇总表（截至2024年6月30日）
地区 | 累计帮扶企业数 | 申报情况 | | 检测情况 | | 体检情况 | | 培训情况 |
 | | 已申报企业数 | 申报率 | 已检测企业数 | 检测率 | 已体检企业数 | 体检率 | 已培训企业数 | 培训率
西安市 | 100 | 90 | 90% | 80 | 80% | 70 | 70% | 60 | 60%
→ assistance_rates 2024-06-30 1 assisted=100 declared=90 trained=60

## 去年底与今年6月底是一次报告
申报数量汇总表
地区 | 2023年底申报数 | 2024年6月底申报数
西安市 | 100 | 150
→ declaration_counts 2024-06-30 1 declared=250

## 上月底的完成数没有当时的纳入数
专项治理进展（截至2024年6月30日）
地区 | 5月底完成治理企业数 | 纳入治理企业数 | 6月底完成治理企业数
西安市 | 50 | 100 | 60
→ governance_progress 2024-06-30 1 enrolled=100 completed=60

## 文件的日子不是数据的年份
专项治理进展
根据陕卫发〔2023〕5号（2023年3月1日）要求，截至6月30日
填表日期：2024年7月3日
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 100 | 60
? as_of_unknown
! 数据截至 2024-06-30
→ governance_progress 2024-06-30 1 enrolled=100 completed=60

## 填报的时候还没有到的日期
专项治理表（2022年9月—2024年6月）进展情况
填报日期：2023年7月3日
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 100 | 60
? as_of_unknown
! 数据截至 2023-06-30
→ governance_progress 2023-06-30 1 enrolled=100 completed=60

## 月底的数月底前几天报
专项治理进展（截至2024年6月30日）
填报日期：2024年6月27日
地区 | 纳入治理企业数 | 完成治理企业数
西安市 | 100 | 60
→ governance_progress 2024-06-30 1 enrolled=100 completed=60

## 零报告不是企业
西安市专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | 1 | 是
无 | |
→ governance_enterprises 2024-06-30 1 enrolled=1

## 名字里有“无”的是企业
西安市专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 是否完成治理
市无线电厂 | | 是
镇无尘车间设备厂 | | 是
本县无纳入企业 | |
辖区内无相关企业 | |
→ governance_enterprises 2024-06-30 2 enrolled=2 completed=2

## 人数不是企业数
四率汇总表（截至2024年6月30日）
地区 | 帮扶企业数 | 已申报 | 已检测 | 已体检 | 已培训
西安市 | 100 | 90 | 80 | 2150人次 | 60
? people_counted E3

## 集团所在市不是企业所在市
专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 集团总部所在市 | 是否完成治理
甲公司 | 1 | 宝鸡市 | 是
? region_unknown A3
! 地区 西安市
→ governance_enterprises 2024-06-30 1 enrolled=1

## 年度写在表头
申报数量汇总表（截至2024年6月30日）
地区 | 2023年申报数 | 2024年申报数
西安市 | 100 | 150
→ declaration_counts 2024-06-30 1 declared=250

## 只有年度两个字
申报数量汇总表（截至2024年6月30日）
地区 | 2023 | 2024
西安市 | 100 | 150
→ declaration_counts 2024-06-30 1 declared=250

## 新增申报数不是申报数
申报数量汇总表（截至2024年6月30日）
地区 | 2024年新增申报数
西安市 | 100
? missing_column
! 表头 2024年新增申报数 = declared
→ declaration_counts 2024-06-30 1 declared=100

## 四率其中
帮扶企业四率汇总表（截至2024年6月30日）
地区 | 帮扶企业数 | 其中已申报 | 已检测 | 已体检 | 已培训
西安市 | 9 | 8 | 7 | 6 | 5
→ assistance_rates 2024-06-30 1 assisted=9 trained=5

## 缺一率
帮扶企业四率汇总表（截至2024年6月30日）
地区 | 帮扶企业数 | 已申报 | 已检测 | 已体检 | 培训率
西安市 | 9 | 8 | 7 | 6 | 50%
? missing_column

## 案由用法条的话
西安市专项执法台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 案由 | 立案时间 | 处罚决定 | 是否结案
甲公司 | 1 | 未按照规定组织劳动者进行职业健康检查 | 2024.3.5 | 警告，罚款5万元 | 已结案
→ enforcement 2024-06-30 1 cases=1 resolved=1 violation_cases|未体检=1 disposal_cases|罚款=1

## 案由没见过
西安市专项执法台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 案由 | 立案时间 | 处罚决定 | 是否结案
甲公司 | 1 | 私设暗管 | 2024.3.5 | 警告 | 已结案
乙公司 | 2 | 私设暗管 | 2024.3.6 | 警告 | 已结案
? unknown_choice C3
? unknown_choice C4
! 填法 enforcement.violations 私设暗管 = 其他
→ enforcement 2024-06-30 2 cases=2 violation_cases|其他=2

## 一格两项违法行为
西安市专项执法台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 违法行为 | 立案日期 | 是否查处到位
甲公司 | 1 | 未配备防护用品、噪声超标 | 2024.3.5 | 是
→ enforcement 2024-06-30 1 violation_cases|未配防护用品=1 violation_cases|浓度强度超标=1

## 正在申报算不算
西安市职业病危害用人单位数据库（截至2024年6月30日）
用人单位名称 | 统一社会信用代码 | 是否已申报
甲公司 | 1 | 正在申报
? not_a_flag C3
! 填法 employers.declared 正在申报 = 否
→ employers 2024-06-30 1 employers=1 declared=0

## 正在治理就是没有完成
西安市专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 完成情况
甲公司 | 1 | 正在治理
乙公司 | 2 | 已销号
→ governance_enterprises 2024-06-30 2 enrolled=2 completed=1

## 名单不知道是哪个市
专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | 1 | 是
? region_unknown A3
! 地区 西安市
→ governance_enterprises 2024-06-30 1 enrolled=1

## 同名的县要问
陕西省专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 县区 | 是否完成治理
甲公司 | 1 | 户县 | 是
→ governance_enterprises 2024-06-30 1 enrolled=1

## 代码被改成科学计数
西安市专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 是否完成治理
甲公司 | 9.16103E+17 | 是
? code_lost_digits B3

## 示例行留在表里
西安市专项治理企业台账（截至2024年6月30日）
序号 | 企业名称 | 统一社会信用代码 | 是否完成治理
例 | 某公司 | 9 | 是
1 | 甲公司 | 1 | 是
→ governance_enterprises 2024-06-30 1 enrolled=1

## 没有名称的行
西安市专项治理企业台账（截至2024年6月30日）
序号 | 企业名称 | 统一社会信用代码 | 是否完成治理
1 | 甲公司 | 1 | 是
2 |  | 2 | 是
? nameless_row B4

## 日期不存在
西安市专项治理企业台账（截至2024年6月30日）
企业名称 | 统一社会信用代码 | 是否完成治理 | 行政确认日期
甲公司 | 1 | 是 | 2024.2.30
? no_such_date D3

## 推荐表按填报日期
汉中市示范帮扶推荐表
填报日期：2024年3月28日
企业名称 | 统一社会信用代码 | 所属行业及类别名称 | 企业规模（职工人数） | 是否正常生产 | 存在的主要职业病危害因素类别 | 近3年开展职业病危害项目申报情况 | 是否纳入工作场所职业病危害因素监测项目 | 是否纳入职业病危害专项治理项目
甲公司 | 1 | 建材 | 小型（186人） | 是 | 粉尘 | 2024年 | 是 | 是
→ demonstration 2024-03-28 1 recommended=1

## 规模与人数对不上只提醒
汉中市示范帮扶推荐表（截至2024年3月28日）
企业名称 | 统一社会信用代码 | 所属行业及类别名称 | 企业规模（职工人数） | 是否正常生产 | 存在的主要职业病危害因素类别 | 近3年开展职业病危害项目申报情况 | 是否纳入工作场所职业病危害因素监测项目 | 是否纳入职业病危害专项治理项目
甲公司 | 1 | 建材 | 小型（420人） | 是 | 粉尘 | 2024年 | 是 | 是
→ demonstration 2024-03-28 1 recommended=1

## 指标横排
职业病防治机构提质合规情况（截至2024年6月30日）
地区 | 能力确认 | | 体检诊断机构质控覆盖 |
 | 应完成数 | 已完成数 | 应完成数 | 已完成数
西安市 | 3 | 2 | 5 | 5
→ institutions 2024-06-30 1 due|能力确认=3 done|体检诊断机构质控覆盖=5

## 指标换了说法
职业病防治机构提质合规情况（截至2024年6月30日）
地区 | 考核指标 | 应完成数 | 实际完成数
西安市 | 监测能力确认情况 | 3 | 2
→ institutions 2024-06-30 1 due|能力确认=3

## 指标没见过
职业病防治机构提质合规情况（截至2024年6月30日）
地区 | 指标 | 应完成数 | 已完成数
西安市 | 扩面情况 | 3 | 2
? unknown_choice B3
! 填法 institutions.indicator 扩面情况 = 监管覆盖
→ institutions 2024-06-30 1 due|监管覆盖=3
"""


@dataclass
class Turn:
    """What has been answered so far, and then: what is asked, or what goes in."""

    answers: tuple[str, ...]
    asked: list[str] = field(default_factory=list)
    result: str = ""


@dataclass
class Conversation:
    rows: list[list[str]]
    turns: list[Turn]


def parsed(text: str) -> dict[str, Conversation]:
    found = {}
    for block in re.split(r"^## ", text, flags=re.M)[1:]:
        name, *lines = [line for line in block.splitlines() if line.strip()]
        rows = [[cell.strip() for cell in line.split("|")] for line in lines if line[0] not in "?!→"]
        found[name] = Conversation(rows, _turns([line for line in lines if line[0] in "?!→"]))
    return found


def _turns(lines: list[str]) -> list[Turn]:
    turns, answers = [Turn(())], ()
    for line in lines:
        kind, said = line[0], line[1:].strip()
        if kind == "!":
            answers = (*answers, said)
            if turns[-1].asked:
                turns.append(Turn(answers))
            turns[-1].answers = answers
        elif kind == "?":
            turns[-1].asked.append(said)
        else:
            turns[-1].result = said
    return turns


TALKS = parsed(CONVERSATIONS)


def given(answers: tuple[str, ...]) -> dict[str, object]:
    """The answers as the page and the command line hand them on."""
    said: dict[str, object] = {"province": "陕西", "headings": (), "places": (), "values": ()}
    for answer in answers:
        kind, rest = answer.split(" ", 1)
        left, _, right = (part.strip() for part in rest.partition("="))
        if kind == "数据截至":
            said["as_of"] = date.fromisoformat(rest)
        elif kind in ("台账", "地区"):
            said["ledger" if kind == "台账" else "region"] = rest
        elif kind == "地名":
            said["places"] = (*said["places"], (left, right))
        elif kind == "填法":
            column, text = left.split(" ", 1)
            said["values"] = (*said["values"], (column, text, right))
        else:
            said["headings"] = (*said["headings"], ("", written_heading(left), right))
    return said


def told(conversation: Conversation, turn: Turn):
    rows = [_row(row) for row in conversation.rows]
    said = given(turn.answers)
    if said["headings"]:
        ledger = submissions(sheet(rows), name="表.xlsx", **{**said, "headings": ()})[0].ledger
        said["headings"] = tuple((ledger.id, heading, column) for _, heading, column in said["headings"])
    return submissions(sheet(rows), name="表.xlsx", **said)


def _row(row: list[str]) -> list[object]:
    """A code of one figure stands for a whole one with its check digit."""
    return [
        uscc(int(cell)) if cell.isdigit() and n == _code_at(row) else cell or None
        for n, cell in enumerate(row)
    ]


def _code_at(row: list[str]) -> int:
    """Where an enterprise's row has its code: behind the name, which ends in 公司 or is left out."""
    named = [n for n, cell in enumerate(row) if cell.endswith("公司")]
    return named[0] + 1 if named else (2 if len(row) > 3 and row[1] == "" and row[0].isdigit() else -1)


def test_there_are_forty() -> None:
    assert len(TALKS) >= 40 and sum(len(talk.turns) > 1 for talk in TALKS.values()) >= 14


@pytest.mark.parametrize("name", TALKS)
def test_a_conversation(name: str) -> None:
    turns = TALKS[name].turns
    assert turns
    for turn in turns:
        (found,) = told(TALKS[name], turn)
        errors = [f"{p.code} {p.cell}".strip() for p in found.problems if p.severity == "error"]
        assert sorted(set(errors)) == sorted(set(turn.asked))
        if turn.result:
            ledger, day, rows, *sums = turn.result.split()
            assert (found.ledger.id, str(found.as_of), found.n_rows) == (ledger, day, int(rows))
            counted = {
                key: sum(t.amount for t in found.tallies() if key in (t.name, f"{t.name}|{t.item}"))
                for key in (said.split("=")[0] for said in sums)
            }
            assert counted == {key: int(number) for key, number in (said.split("=") for said in sums)}
