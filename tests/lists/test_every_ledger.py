"""Each of the eighteen ledgers as a workbook that an official could send; its tallies equal an obvious loop."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from tests.books import codes, sheet, submission, uscc
from zyb.intake import Submission
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster

Rows = list[tuple]
Sums = Counter[tuple[str, ...]]
TODAY = date(2025, 12, 31)
SHAANXI = load_roster("陕西")
# Region and county of invented enterprises; 杨凌 and 韩城 are their own county.
PLACES = [
    ("西安市", "雁塔区"), ("西安市", "长安区"), ("宝鸡市", "陈仓区"), ("榆林市", "神木市"),
    ("杨凌示范区", "杨陵区"), ("韩城市", "韩城市"),
]  # fmt: skip
CODE = {region.name: region.code for region in SHAANXI.regions}
TITLE = "（截至2024年12月31日）"
YES_NO = ("是", "否", "√", "×", "有", "无", "已完成", "未完成")
YES = {"是", "√", "有", "已完成"}


def enterprises(seed: int, number: int = 40) -> list[tuple[random.Random, int, str, str]]:
    chance = random.Random(seed)
    return [(chance, n, *chance.choice(PLACES)) for n in range(1, number + 1)]


def tallied(found: Submission) -> Sums:
    sums: Sums = Counter()
    for tally in found.tallies():
        sums[tally.name, tally.part.region_code, tally.item] += tally.amount
    return +sums


def counted(*said: tuple[str, str, str, int]) -> Sums:
    """(tally, region name, item, amount), added up; nothing is no entry."""
    sums: Sums = Counter()
    for name, region, item, amount in said:
        sums[name, CODE.get(region, "610000"), item] += amount
    return +sums


Case = tuple[Rows, Sums]


def governance_progress() -> Case:
    figures = [("西安市", 2367, 1378), ("宝鸡市", 554, 356), ("杨凌示范区", 48, 4)]
    rows: Rows = [
        (f"陕西省专项治理进展情况{TITLE}",),
        ("市（区）", "纳入治理企业数（家）", "完成治理企业数（家）"),
    ]
    said = [
        (name, region, "", n)
        for region, *two in figures
        for name, n in zip(("enrolled", "completed"), two, strict=True)
    ]
    return [*rows, *figures, ("合计", 2969, 1738)], counted(*said)


def governance_targets() -> Case:
    figures = [("西安", 1500), ("宝鸡", 300)]
    head: Rows = [("陕西省专项治理年度目标任务表",), ("地区", "2024年治理目标任务数")]
    return [*head, *figures], counted(*(("target", f"{place}市", "", n) for place, n in figures))


def governance_enterprises() -> Case:
    rows, said = [], []
    for chance, n, region, county in enterprises(1):
        done = chance.choice(YES_NO)
        confirmed = "2024.6.30" if done in YES else ""
        state = chance.choice(("正常", "正常生产", "停产", "长期停产", "关闭", ""))
        rows.append(
            (
                n,
                f"甲{n}公司",
                uscc(n),
                region,
                county,
                "C30",
                n * 3,
                "矽尘",
                "2023年3月1日",
                done,
                confirmed and "2024.6.1",
                confirmed,
                state,
                "",
            )
        )
        said += [("enrolled", region, "", 1), ("completed", region, "", done in YES)]
        item = {"长期停产": "停产", "已注销": "关闭", "正常": "正常生产"}.get(state, state)
        said += [
            ("confirmed", region, "", bool(confirmed)), ("stopped", region, "", item in ("停产", "关闭")),
            ("operating_told", region, "", bool(item)), ("enrolled_by_operating", region, item, 1),
            ("completed_by_operating", region, item, done in YES),
        ]  # fmt: skip
    head = (
        "序号", "企业名称", "统一社会信用代码", "地区", "县区", "行业", "职工人数", "超标危害因素", "纳入日期",
        "是否完成治理", "完成日期", "行政确认日期", "生产状态", "备注",
    )  # fmt: skip
    return [(f"专项治理企业台账{TITLE}",), head, *rows], counted(*said)


def governance_posts() -> Case:
    figures = [("西安市", "粉尘", 120, 101), ("西安市", "噪声", 80, 60), ("宝鸡市", "化学毒物", 30, 30)]
    head: Rows = [
        (f"陕西省治理企业岗位检测合格情况表{TITLE}",), ("地区", "危害因素", "检测岗位数", "合格岗位数", "岗位合格率"),
    ]  # fmt: skip
    said = [("tested", region, hazard, n) for region, hazard, n, _ in figures]
    said += [("qualified", region, hazard, n) for region, hazard, _, n in figures]
    return [*head, *[(*line, share(line[3], line[2])) for line in figures]], counted(*said)


def exceedances() -> Case:
    rows, said = [], []
    for chance, n, region, county in enterprises(2):
        size = chance.choice(["大型", "中型", "小型", "微型"])
        rows.append((f"乙{n}厂", uscc(n), region, county, "2024年", "噪声", size))
        said += [("exceeding", region, "", 1), ("small_exceeding", region, "", size != "大型")]
    head = ("企业名称", "统一社会信用代码", "地区", "县（区）", "监测年度", "超标危害因素", "企业规模")
    return [(f"2024年监测超标企业名单{TITLE}",), head, *rows], counted(*said)


def share(part: int, whole: int) -> str:
    """As offices write it."""
    return f"{part / whole:.1%}"


def declaration_counts() -> Case:
    figures = [("西安市", 900, 1200), ("宝鸡市", 400, 520)]
    head: Rows = [
        (f"陕西省职业病危害项目申报数量{TITLE}",),
        ("地区", "2023年申报数", "2024年申报数", "较2023年增长"),
    ]
    body = [(*line, share(line[2] - line[1], line[1])) for line in figures]
    return [*head, *body], counted(*(("declared", region, "", a + b) for region, a, b in figures))


def employers() -> Case:
    rows, said = [], []
    for chance, n, region, county in enterprises(3):
        declared = chance.choice(["是", "否", "已申报", "未申报"])
        risk = chance.choice(["严重", "一般", ""])
        staff = chance.choice(["", 9, 10, 200])
        industry = chance.choice(["3011", "C3062", "B06", "C", "石材加工", "非金属矿物制品业", ""])
        yes = declared in ("是", "已申报")
        division = {"3011": "30", "C3062": "30", "B06": "06", "非金属矿物制品业": "30"}.get(industry, "")
        # What is filled in does not contradict the code; where nothing is, 矿山 and 建材 are 严重 by theirs.
        risk = "严重" if risk == "一般" and division else risk
        kind = risk or ("严重" if division else "")
        rows.append((
            n, f"丙{n}公司", uscc(n), industry, "王某", f"{county}甲路", declared, staff, risk, "", region, county,
        ))  # fmt: skip
        # What is left blank speaks against nobody: such an employer counts.
        if kind in ("严重", "") and staff != 9:
            for name, item in (("", ""), ("_by_industry", division)):
                said += [(f"obliged{name}", region, item, 1), (f"obliged_declared{name}", region, item, yes)]
        said += [("employers", region, "", 1), ("declared", region, "", yes)]
        said += [("industrial_by_risk", region, kind, 1), ("industrial_declared_by_risk", region, kind, yes)]
        said += [("severe_by_industry", region, division, kind == "严重")]
        said += [("sizable_by_risk", region, kind, staff != 9)]
    head = (
        "序号", "用人单位名称", "统一社会信用代码", "行业代码", "法人代表", "单位地址", "是否已申报", "职工人数", "风险类别", "备注", "所属市", "所属县（市、区）",
    )  # fmt: skip
    return [(f"陕西省职业病危害用人单位数据库{TITLE}",), head, *rows], counted(*said)


def assistance_targets() -> Case:
    figures = [("西安市", 300, 200), ("宝鸡市", 100, 60)]
    head = ("行政区域", "2024年帮扶任务数", "2025年帮扶任务数", "合计帮扶任务数")
    body = [(region, a, b, a + b) for region, a, b in figures]
    rows: Rows = [("陕西省中小微企业帮扶任务表",), head, *body, ("合  计", 400, 260, 660)]
    return rows, counted(*(("target", region, "", a + b) for region, a, b in figures))


def assistance() -> Case:
    rows, said = [], []
    five = ("identified", "system", "notice", "training", "remedied")
    for chance, n, region, county in enterprises(4):
        flags = [chance.choice(("是", "否", "√", "×")) for _ in five[:-1]] + [
            chance.choice(("是", "否", "不涉及"))
        ]
        dated = [cell for flag in flags for cell in (flag, "20240610" if flag in YES else "")]
        done, *four = (chance.choice(("是", "否")) for _ in range(5))
        done = "否" if {"否", "×"} & set(flags) else done  # nothing is done while a part of it is not
        rows.append((n, f"丁{n}公司", uscc(n), "甲路", region, county, *dated, "张某", done, *four, ""))
        said += [("assisted", region, "", 1), ("completed", region, "", done == "是")]
        said += [(name, region, "", flag in YES) for name, flag in zip(five, flags, strict=True)]
        said += [("remedy_needed", region, "", flags[-1] != "不涉及")]
        said += [
            (name, region, "", flag == "是")
            for name, flag in zip(("declared", "tested", "examined", "trained"), four, strict=True)
        ]
    head = (
        "序号", "用人单位名称", "统一社会信用代码", "单位地址", "地区", "县区", "是否开展职业病危害因素辨识", "开展时间",
        "是否建立一套实用的职业健康管理制度", "建立完成时间", "是否开展一次现场职业病危害告知和防护用品配置指导", "开展时间",
        "是否举办一次职业健康培训", "举办时间", "是否开展一次超标岗位职业病危害治理", "开展时间", "帮扶团队成员姓名",
        "是否完成帮扶工作目标", "是否申报", "是否检测", "是否体检", "是否培训", "备注",
    )  # fmt: skip
    return [(f"陕西省中小微企业帮扶台账{TITLE}",), head, *rows], counted(*said)


def assistance_rates() -> Case:
    names = ("assisted", "declared", "tested", "examined", "trained")
    figures = [("西安市", 100, 98, 90, 85, 100), ("宝鸡市", 50, 50, 49, 48, 47)]
    head = ("地区", "帮扶企业数", "已申报", "已检测", "已体检", "已培训", "申报率", "检测率")
    body = [(*line, share(line[2], line[1]), share(line[3], line[1])) for line in figures]
    said = [(name, region, "", n) for region, *five in figures for name, n in zip(names, five, strict=True)]
    return [(f"陕西省帮扶企业四率汇总表{TITLE}",), head, *body], counted(*said)


def cdc_guidance() -> Case:
    rows, said = [], []
    for chance, n, region, _ in enterprises(5):
        own = f"{region[:2]}市疾控中心" if region.endswith("市") and region != "韩城市" else "省疾控中心"
        institution = chance.choice(("省疾控中心", own))
        rows.append((n, institution, f"戊{n}公司", uscc(n), region, "2024/5/6", "现场指导", "张某", ""))
        whole = institution.replace("省疾控", "陕西省疾病预防控制").replace("市疾控", "市疾病预防控制")
        own = "陕西省" if institution == "省疾控中心" else region
        said.append(("assisted", own, whole, 1))
    head = (
        "序号",
        "帮扶单位",
        "被帮扶对象名称",
        "统一社会信用代码",
        "地区",
        "帮扶时间",
        "帮扶形式",
        "帮扶成员姓名",
        "备注",
    )
    return [(f"陕西省疾控中心帮扶用人单位情况表{TITLE}",), head, *rows], counted(*said)


def demonstration_quota() -> Case:
    figures = [("榆林市", 40), ("延安市", 20), ("安康市", 20), ("汉中市", 20), ("商洛市", 20)]
    rows: Rows = [("2025年示范帮扶名额分配表",), ("地区", "帮扶企业数量(家)"), *figures, ("总计", 120)]
    return rows, counted(*(("quota", region, "", n) for region, n in figures))


def demonstration() -> Case:
    rows, said = [], []
    for chance, n, region, county in enterprises(6, 20):
        staff = chance.randrange(5, 999)
        rows.append((
            n, f"己{n}公司", region, county, "甲路", "王某", "赵某", "13900000000", "☑采矿业_石灰石_ □建材", staff, "☑是□否",
            "☑粉尘 ☑物理因素 □化学毒物", staff // 2, "□均未申报 ☑2023年 ☑2024年", "是", "否",
        ))  # fmt: skip
        said.append(("recommended", region, "", 1))
    head = (
        "序号", "企业名称", "地区", "县区", "工作场所地址(详细)", "企业法人代表", "职业卫生管理人员", "企业联系电话", "所属行业及类别名称",
        "企业规模(职工人数)", "是否正常生产", "存在的主要职业病危害因素类别", "接触职业病危害因素人数", "近3年开展职业病危害项目申报情况",
        "是否纳入工作场所职业病危害因素监测项目", "是否纳入职业病危害专项治理项目",
    )  # fmt: skip
    return [(f"示范帮扶推荐表{TITLE}",), head, *rows], counted(*said)


def institutions() -> Case:
    figures = [
        ("西安市", "能力确认", 4, 3), ("西安市", "体检诊断机构质控覆盖", 30, 28), ("宝鸡市", "能力确认", 2, 2), ("宝鸡市", "体检诊断机构质控覆盖", 12, 12),
    ]  # fmt: skip
    head: Rows = [
        (f"陕西省职业病防治机构提质合规情况表{TITLE}",),
        ("地区", "指标", "应完成数", "已完成数", "完成率"),
    ]
    said = [("due", region, item, due) for region, item, due, _ in figures]
    said += [("done", region, item, done) for region, item, _, done in figures]
    return [*head, *[(*line, share(line[3], line[2])) for line in figures]], counted(*said)


def quality_issues() -> Case:
    rows, said = [], []
    for chance, n, region, county in enterprises(9):
        kind = chance.choice(("职业健康检查机构", "职业病诊断机构", "放射卫生技术服务机构"))
        source = chance.choice(("质控", "质量控制", "评估检查", "双随机检查", ""))
        item = {"质控": "质量控制", "双随机检查": "其他"}.get(source, source)
        righted = chance.choice(("是", "否", "已整改到位", "整改中"))
        done = righted in ("是", "已整改到位")
        closed = done and chance.random() < 0.7
        rows.append((
            n, f"壬{n}体检中心", kind, region, county, source, "未按期校准", "2024-03-05", "2024-04-05", righted,
            "2024-04-01" if done else "", "是" if closed else "否", "2024-04-10" if closed else "", "否",
        ))  # fmt: skip
        controlled = item in ("质量控制", "")
        said += [
            ("issues", region, "", controlled), ("rectified", region, "", controlled and done),
            ("closed", region, "", controlled and closed), ("closed_dated", region, "", controlled and closed),
            ("assessment_issues", region, "", item == "评估检查"),
            ("assessment_rectified", region, "", item == "评估检查" and done),
            ("issues_by_source", region, item, 1), ("rectified_by_source", region, item, done),
            ("issues_by_kind", region, kind, 1), ("rectified_by_kind", region, kind, done),
        ]  # fmt: skip
    head = (
        "序号", "机构名称", "机构类型", "地区", "县区", "问题来源", "发现的问题", "发现日期", "整改期限", "是否整改到位", "整改完成日期",
        "是否销号", "销号日期", "是否涉嫌违法",
    )  # fmt: skip
    return [(f"职业病防治机构质控问题销号台账{TITLE}",), head, *rows], counted(*said)


def violation_leads() -> Case:
    rows, said = [], []
    sources = {
        "质控": "质控",
        "举报": "举报核查",
        "“双随机”检查": "双随机检查",
        "检测能力比对": "检测能力比对",
    }
    for chance, n, region, county in enterprises(10):
        source, accepted = chance.choice(list(sources)), chance.choice(("2024-05-10", ""))
        resolved = chance.choice(("是", "否", "已办结", "办理中"))
        done = resolved in ("是", "已办结")
        rows.append((
            n, f"癸{n}检测公司", "职业卫生技术服务机构", region, county, source, "涉嫌出具虚假报告", "2024年5月6日", "市疾控局", accepted,
            resolved, "2024-06-30" if done else "",
        ))  # fmt: skip
        said += [
            ("leads", region, "", 1), ("accepted", region, "", bool(accepted)), ("resolved", region, "", done),
            ("leads_by_source", region, sources[source], 1), ("resolved_by_source", region, sources[source], done),
        ]  # fmt: skip
    head = (
        "序号", "被移交机构名称", "机构类型", "地区", "县区", "线索来源", "线索内容", "移交日期", "接收部门", "受理/立案日期", "是否查处",
        "查处日期",
    )  # fmt: skip
    return [(f"违法线索移交表{TITLE}",), head, *rows], counted(*said)


def enforcement() -> Case:
    kinds = ("未申报", "未检测", "未体检", "未配防护用品", "浓度强度超标", "虚假报告")
    rows, said = [], []
    for chance, n, region, county in enterprises(7):
        acts = chance.sample(kinds, chance.randrange(1, 4))
        way = chance.choice(("警告", "罚款", "责令改正"))
        resolved, rectified = chance.choice(("是", "否")), chance.choice(("2024年8月1日", ""))
        rows.append(
            (
                n,
                f"庚{n}公司",
                uscc(n),
                region,
                county,
                "、".join(acts),
                "2024-05-06",
                way,
                resolved,
                rectified,
            )
        )
        said += [("cases", region, "", 1), ("resolved", region, "", resolved == "是")]
        said.append(("rectified", region, "", bool(rectified)))
        for kind, items in (("violation", acts), ("disposal", [way])):
            for item in items:
                said += [
                    (f"{kind}_cases", region, item, 1),
                    (f"{kind}_cases_resolved", region, item, resolved == "是"),
                    (f"{kind}_cases_rectified", region, item, bool(rectified)),
                ]
    head = (
        "序号", "企业名称", "统一社会信用代码", "地区", "县区", "违法行为", "立案日期", "处置方式", "是否查处到位", "整改完成日期",
    )  # fmt: skip
    return [(f"职业卫生专项执法台账{TITLE}",), head, *rows], counted(*said)


# The sixteen items of 天津市, as its plan prints them, and the columns that they mean.
TIANJIN = {
    "建立并落实职业危害防治责任制": "responsibility",
    "职业健康（卫生）管理机构设置、人员配备及管理": "organisation",
    "建立并落实职业危害防治规章制度、岗位操作规程": "rules",
    "组织从业人员进行上岗前、在岗期间、离岗前职业健康体检，并建立职业健康监护档案": "examination",
    "主要负责人、职业健康（卫生）管理人员、接触职业危害因素从业人员的职业危害防治知识培训与教育": "education",
    "与从业人员签订劳动合同，合同中有关职业危害及防护内容真实、具体，依法参加工伤保险": "contract",
    "签订劳动安全卫生专项集体合同或集体合同中含劳动安全卫生专章内容，内容规范、具体": "collective",
    "及时、如实申报存在的职业危害": "declaration",
    "职业危害因素的监测、检测和评价以及结果公布情况": "monitoring",
    "告知从业人员工作过程中可能产生的职业危害及其危害后果，并在作业场所设置职业危害警示标识": "notice",
    "设置职业危害防护设施，并进行经常性的维护、检修和保养情况": "facilities",
    "淘汰落后，采用先进技术、工艺、材料、设备的情况": "technology",
    "职业健康防护用品配备与从业人员的管理": "equipment",
    "职业危害事故的处置及报告情况": "accidents",
    "对患有职业禁忌症人员的调离及对职业病病人妥善处理情况": "placement",
    "2024年以来建设项目进行职业病危害评价和职业病防护设施设计、竣工验收的情况": "three_simultaneities",
}


def dust_toxics() -> Case:
    rows, said = [], []
    for chance, n, region, county in enterprises(8):
        answers = [chance.choice(("合格", "不合格", "不适用", "√", "×")) for _ in TIANJIN]
        staff, reviewed, rectified = (
            chance.randrange(10, 90),
            chance.choice(("2024.8.1", "")),
            chance.choice("是否"),
        )
        rows.append((
            n, f"辛{n}公司", uscc(n), region, county, "C30", staff, "2024.3.1", reviewed, *answers, staff - 1, staff - 2, rectified,
        ))  # fmt: skip
        said += [
            ("employers", region, "", 1),
            ("self_checked", region, "", 1),
            ("reviewed", region, "", bool(reviewed)),
        ]
        said += [
            ("staff", region, "", staff),
            ("contracted", region, "", staff - 1),
            ("insured", region, "", staff - 2),
        ]
        said += [("rectified", region, "", rectified == "是"), ("to_rectify", region, "", 1)]
        for name, answer in zip(TIANJIN.values(), answers, strict=True):
            said.append((f"{name}_passed", region, "", answer in ("合格", "√")))
            said.append((f"{name}_applicable", region, "", answer != "不适用"))
    head = (
        "序号", "企业名称", "统一社会信用代码", "地区", "县区", "行业", "职工人数", "自查日期", "复查日期",
        *(f"{n}．{item}" for n, item in enumerate(TIANJIN, 1)), "劳动合同签订人数", "工伤参保人数", "是否整改到位",
    )  # fmt: skip
    return [(f"粉尘与高毒物品危害自查复查表{TITLE}",), head, *rows], counted(*said)


CASES: Sequence[Callable[[], Case]] = (
    governance_progress, governance_targets, governance_enterprises, exceedances, governance_posts,
    declaration_counts, employers, assistance_targets, assistance, assistance_rates, cdc_guidance, demonstration_quota, demonstration, institutions,
    quality_issues, violation_leads, enforcement, dust_toxics,
)  # fmt: skip


def read(case: Callable[[], Case]) -> tuple[Submission, Sums]:
    rows, wanted = case()
    return submission(sheet(rows), name="上报.xlsx", today=TODAY, province="陕西"), wanted


def test_there_is_a_workbook_of_every_ledger():
    assert [case.__name__ for case in CASES] == list(ledgers())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_it_is_recognised_and_goes_in_without_a_question(case):
    found, _ = read(case)
    assert found.ledger and found.ledger.id == case.__name__
    assert [p for p in found.problems if p.severity != "note"] == []
    assert set(codes(found.problems)) <= {"as_of_assumed", "regions_absent", "provincial_institution"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_its_tallies_equal_an_obvious_loop(case):
    found, wanted = read(case)
    assert tallied(found) == wanted
