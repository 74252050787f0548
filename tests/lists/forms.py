"""The forms of the notices, cell by cell as the documents print them, with invented rows.

Faults of the scan stay as they are: “是够建立”, “开展帮助开展治病危害”, blanks inside words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.books import uscc

Cells = Sequence[object]
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Form:
    """A sheet ready to be written: its rows, what is merged, and how it is called."""

    ledger: str
    file_name: str
    sheet: str
    rows: Sequence[Cells]
    merged: tuple[Range, ...] = ()


# -- 冀卫办职健函〔2024〕5号 ---------------------------------------------------------------------

EMPLOYERS = [
    (1, "石家庄甲水泥有限公司", uscc(1, "130104"), "3011", "王某", "桥西区甲路1号", "是", ""),
    (2, "石家庄乙铸造厂", uscc(2, "130104"), "33", "李某", "桥西区乙路2号", "否", "停产"),
    (3, "石家庄丙矿业有限公司", uscc(3, "130104"), "0610", "赵某", "桥西区丙路3号", "是", ""),
]


def employers(rows: Sequence[Cells] = EMPLOYERS, place: str = "市/县/区：石家庄市桥西区") -> Form:
    """附件2: blank numbered rows and an empty 合计 below, as printed."""
    blank = [(len(rows) + n, *[None] * 7) for n in (1, 2, 3)]
    head = (
        "序号",
        "用人单位\n名称",
        "统一社会信用 代码",
        "行业代 码",
        "法人代 表",
        "单位地址",
        "是否已申报",
        "备注",
    )
    return Form(
        "employers", "职业病危害用人单位数据库（2024年9月30日）", "附件2",
        [("附件2",), ("职业病危害用人单位数据库",), (place,), head, *rows, *blank, ("合计",)],
        ((1, 0, 1, 7), (2, 0, 2, 7)),
    )  # fmt: skip


TASKS = {
    "石家庄": (727, 153), "承德": (343, 118), "张家口": (378, 293), "秦皇岛": (243, 50), "唐山": (491, 96),
    "廊坊": (299, 120), "保定": (580, 258), "沧州": (599, 72), "衡水": (390, 71), "邢台": (589, 165),
    "邯郸": (533, 221), "定州": (32, 13), "辛集": (34, 11), "雄安新区": (110, 16),
}  # fmt: skip


def tasks() -> Form:
    """附件3, whose figures add up: 5348, 1657, 7005."""
    body = [(name, first, second, first + second) for name, (first, second) in TASKS.items()]
    head = ("行政区域", "2024年帮扶\n任务数", "2025年帮扶\n任务数", "合计帮扶任\n务数")
    title = "2024-2025年各市中小微企业帮扶任务表"
    return Form(
        "assistance_targets", "附件3", "Sheet1",
        [("附件3",), (title,), ("单位：家",), head, *body, ("合  计", 5348, 1657, 7005)],
        ((1, 0, 1, 3), (2, 0, 2, 3)),
    )  # fmt: skip


FIVE = (
    ("是否开\n展帮助\n开展治\n病危害\n因素辨\n识", "开展时 间"),
    ("是够建 立一套 实用的\n职业健\n康管理\n制度", "建立\n完成\n时间"),
    ("是否开展 一次现场 职业病危 害告知和 防护用品 配置指导", "开 展 时 间"),
    ("是否 举办 一次 职业 健康 培训", "举办时 间"),
    ("是否开展 一次超标\n岗位职业\n病危害治\n理", "开展\n时间"),
)
ASSISTED = [
    (1, "石家庄甲石材有限公司", uscc(11, "130104"), "桥西区甲路1号", "是", "2024.6.3", "是", "2024年6月5日",
     "是", "2024-06-07", "是", "20240610", "是", "6月20日", "张某、李某", "是", ""),
    (2, "石家庄乙家具厂", uscc(12, "130104"), "桥西区乙路2号", "是", "2024/6/4", "否", "",
     "否", "", "否", "", "不涉及", "", "张某", "否", ""),
    (3, "石家庄丙电镀有限公司", uscc(13, "130104"), "桥西区丙路3号", "是", "2024年6月4日", "是", "2024年6月6日",
     "是", "2024年6月8日", "是", "2024年6月11日", "否", "", "李某", "否", "正在整改"),
]  # fmt: skip


def assistance(
    rows: Sequence[Cells] = ASSISTED,
    place: str = "市/县/区：石家庄市桥西区",
    title: str = "2024年各市中小微企业帮扶台账",
    file_name: str = "中小微企业帮扶台账（截至2024年7月31日）",
) -> Form:
    """附件4: five items of two columns each under one merged heading."""
    upper = [
        "序号", "用人\n单位\n名称", "统一 社会 信用 代码", "单位 地址", "“五个一”帮扶工作开展情况", *[None] * 9,
        "帮扶团\n队成员\n姓名", "是否完 成帮扶\n工作目 标", "备注",
    ]  # fmt: skip
    lower = [*[None] * 4, *(heading for pair in FIVE for heading in pair), *[None] * 3]
    blank = [(len(rows) + n, *[None] * 16) for n in (1, 2)]
    single = tuple((3, column, 4, column) for column in (0, 1, 2, 3, 14, 15, 16))
    return Form(
        "assistance", file_name, "附件4",
        [("附件4",), (title,), (place,), upper, lower, *rows, *blank, ("合计",)],
        ((1, 0, 1, 16), (2, 0, 2, 16), (3, 4, 3, 13), *single),
    )  # fmt: skip


GUIDED = [
    (1, "石家庄甲石材有限公司", uscc(21, "130104"), "2024.5.20", "现场指导", "张某、李某", ""),
    (2, "石家庄乙家具厂", uscc(22, "130104"), "2024年6月3日", "培训", "王某", ""),
]


def guidance(rows: Sequence[Cells] = GUIDED, institution: str = "石家庄市疾病预防控制中心") -> Form:
    """附件5: who helped stands above the table."""
    head = ("序号", "被帮扶对象 名称", "统一社会信\n用代码", "帮扶时间", "帮扶形式", "帮扶成员姓名", "备注")
    return Form(
        "cdc_guidance", "帮扶情况（截至2024年12月10日）", "附件5",
        [
            ("附件5",), ("市级疾控中心/职业病防治院帮扶用人单位情况表",), (f"帮扶单位：{institution}",),
            head, *rows, (3, *[None] * 6), (4, *[None] * 6), ("合计",),
        ],
        ((1, 0, 1, 6), (2, 0, 2, 6)),
    )  # fmt: skip


# -- 陕西，2025年3月12日 --------------------------------------------------------------------------

QUOTA = {"榆林市": 40, "延安市": 20, "安康市": 20, "汉中市": 20, "商洛市": 20}


def quota() -> Form:
    """附件1. The notice itself bears the year; the form does not, so the file's name does."""
    rows = [
        ("附件 1",),
        ("各市（区）市中小微企业职业健康管理示范 帮扶名额分配表",),
        ("地区", "帮扶企业数量(家)"),
    ]
    return Form(
        "demonstration_quota", "2025年示范帮扶名额分配表", "附件1",
        [*rows, *QUOTA.items(), ("总计", 120)], ((1, 0, 1, 1),),
    )  # fmt: skip


SECTORS = "□采矿业_____\n□建材_____\n□冶金_____\n□化工_____\n□其他_____"
HAZARDS = "□粉尘\n□化学毒物\n□物理因素\n□放射有害因素\n□其他有害因素\n_____"
DECLARED = "□均未申报\n□2022年\n□2023年\n□2024年"
YES_NO = "□是 □否"
RECOMMENDED = [
    (1, "榆林甲矿业有限公司", "榆阳区甲路1号", "王某", "赵某", "13900000001",
     SECTORS.replace("□采矿业_____", "☑采矿业__石灰石开采__"), 280, "☑是 □否",
     HAZARDS.replace("□粉尘", "☑粉尘").replace("□物理", "☑物理"), 120,
     DECLARED.replace("□2023", "☑2023").replace("□2024", "☑2024"), "☑是 □否", "□是 ☑否"),
    (2, "榆林乙建材厂", "神木市乙路2号", "李某", "钱某", "13900000002",
     SECTORS.replace("□建材_____", "√建材_水泥_"), 18, "□是 √否",
     HAZARDS.replace("□化学", "■化学"), 10, DECLARED.replace("□均", "☑均"), "□是 ☑否", "□是 ☑否"),
]  # fmt: skip
SIZES = "备注：中小微企业划分标准：按企业职工人数分：中型300≤X<1000，小型20≤X<300，微型X<20"


def recommendation(rows: Sequence[Cells] = RECOMMENDED) -> Form:
    """附件2 with its □ choices; the blank lines of the form keep theirs unticked."""
    head = (
        "序号", "企业名称", "工作场所地址\n(详细)", "企业法人代表", "职业卫生管理人员", "企业联系电话",
        "所属行业及类别名称", "企业规模\n(职工人数)", "是否正常生产", "存在的主要职业病危害因素类别",
        "接触职业病危害因素人数", "近3年开展职业病危害项目申报情况",
        "是否纳入工作场所职业病危害因素监测项目", "是否纳入职业病危害专项治理项目",
    )  # fmt: skip
    blank = (None,) * 6 + (SECTORS, None, YES_NO, HAZARDS, None, DECLARED, YES_NO, YES_NO)
    return Form(
        "demonstration", "示范帮扶推荐表2025年3月28日", "附件2",
        [
            ("附件 2",), ("中小微企业职业健康管理示范帮扶推荐表",),
            ("填报单位：榆林市卫生健康委员会",), ("填报人：张某",), ("联系电话：0912-0000000",),
            head, *rows, blank, blank, (SIZES,),
        ],
        ((1, 0, 1, 13), (2, 0, 2, 13), (3, 0, 3, 13), (4, 0, 4, 13), (8 + len(rows), 0, 8 + len(rows), 13)),
    )  # fmt: skip


FORMS = (employers, tasks, assistance, guidance, quota, recommendation)
