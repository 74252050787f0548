"""What officials write for a choice, a state or a size, and what is adopted; nothing is guessed."""

from __future__ import annotations

import itertools
from datetime import date

import pyarrow as pa
import pytest

from tests.books import submission, table
from zyb.errors import RulesError
from zyb.intake.cells import codes, values
from zyb.intake.cells.answers import Context
from zyb.intake.cells.readers import READERS
from zyb.rulebook import toml
from zyb.rulebook.ledgers import ledgers, parse_ledgers
from zyb.rulebook.lexicon.meanings import doubting

TODAY = Context(date(2025, 6, 30))


def understood(ledger: str, column: str, text: str) -> tuple[str, str]:
    """The value and the problem, as texts."""
    wanted = ledgers()[ledger].column(column)
    word = READERS[wanted.type](wanted, text, TODAY)
    return "" if word.value is None else str(word.value), word.code


# -- choices ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "options"),
    table("""
        未如实申报职业病危害项目                       | 未申报
        逾期未申报                                     | 未申报
        不落实职业病危害项目申报                       | 未申报
        未定期开展职业病危害因素检测                   | 未检测
        职业病危害因素检测未开展                       | 未检测
        未委托职业卫生技术服务机构检测、评价           | 未检测
        未安排接触粉尘的劳动者进行离岗时职业健康检查   | 未体检
        未组织上岗前、在岗期间，离岗时职业健康检查     | 未体检
        不为劳动者配备符合国家标准要求的个体防护用品   | 未配防护用品
        未给工人发放防尘口罩                           | 未配防护用品
        电焊岗位噪声强度超过职业接触限值               | 浓度强度超标
        作业场所职业病危害浓度（强度）达不到国家标准要求 | 浓度强度超标
        伪造职业健康检查报告                           | 虚假报告
        未按规定报告疑似职业病                         | 未履行信息报告
        未将检测结果告知劳动者                         | 其他
        未按规定公布职业病危害因素检测结果             | 其他
        未建立劳动者职业健康监护档案                   | 其他
        未在醒目位置设置警示标识                       | 其他
        未申报，未检测；未体检                         | 未申报、未检测、未体检
        1.未申报 2.粉尘超标                            | 未申报、浓度强度超标
        未进行申报且未组织体检                         | 未申报、未体检
        违反《职业病防治法》第三十五条第一款的规定，未组织职业健康检查 | 未体检
        申报                                           | 未申报
    """),
)  # fmt: skip
def test_violations_in_the_words_of_the_law(written: str, options: str) -> None:
    assert understood("enforcement", "violations", written) == (options, "")


@pytest.mark.parametrize(
    "written",
    ["噪声未超标", "按规定检测", "未申报，聚众闹事", "依法申报但未组织职业健康检查", "无照经营", "未取得资质擅自开展检测", "消防通道堵塞", "未整改检测发现的问题"],
)  # fmt: skip
def test_a_violation_that_is_none_of_them_is_asked_about(written: str) -> None:
    assert understood("enforcement", "violations", written) == ("", "unknown_choice")


@pytest.mark.parametrize(
    ("written", "options"),
    table("""
        给予警告，并处罚款人民币50,000元 | 警告、罚款
        责令限期整改                     | 责令改正
        处5万元罚款、责令停产整顿        | 罚款、停止作业
        提请人民政府责令关闭             | 提请关闭
        列入失信联合惩戒名单             | 信用惩戒
        在官网公开曝光                   | 公开曝光
        没收违法所得                     | 其他
        警告                             | 警告
        不予行政处罚                     |
        拟罚款3万元                      |
        移交处理后警告，另行研究         |
    """),
)  # fmt: skip
def test_disposals(written: str, options: str) -> None:
    assert understood("enforcement", "disposal", written) == (options, "" if options else "unknown_choice")


@pytest.mark.parametrize(
    ("written", "option"),
    table("""
        市级疾控机构监测能力确认     | 能力确认
        承担国家监测任务情况         | 监测任务承担
        报送卡上报率（%）            | 报送卡上报
        体检个案信息报告             | 个案信息报告
        诊断机构报告率               | 诊断报告
        职业卫生技术服务机构监督检查覆盖率 | 监管覆盖
        体检机构质量控制覆盖情况     | 体检诊断机构质控覆盖
        职业健康检查和职业病诊断机构质控覆盖率 | 体检诊断机构质控覆盖
        职业健康检查机构质控覆盖     | 体检诊断机构质控覆盖
        职业卫生技术服务机构质控覆盖 | 其他机构质控覆盖
        质控发现问题整改             | 质控问题整改
        评估检查发现问题整改率       | 评估检查问题整改
        技术服务机构评估检查问题整改 | 评估检查问题整改
        违法违规案件查处             | 违法案件查处
        疑似职业病进入程序比例       | 疑似职业病进入诊断
    """),
)  # fmt: skip
def test_indicators_in_the_words_of_the_notice(written: str, option: str) -> None:
    assert understood("institutions", "indicator", written) == (option, "")


@pytest.mark.parametrize("written", ["质控覆盖", "质量控制覆盖情况", "质控覆盖率", "各类机构质控覆盖率"])
def test_which_institutions_were_covered_is_asked_where_it_is_not_said(written: str) -> None:
    """河北: every year for most, every two years for those that examine and diagnose. Before: all alike, every year."""
    assert understood("institutions", "indicator", written)[0] == ""


# What is said beside an answer may take it back.
TAKEN_BACK = """
    enforcement.violations  | 未发现未申报行为
    enforcement.violations  | 不存在未检测
    enforcement.violations  | 未申报（已撤销）、未检测
    enforcement.violations  | 不是未体检，是未检测
    enforcement.disposal    | 警告（撤销）
    enforcement.disposal    | 取消罚款
    enforcement.disposal    | 警告、罚款（未执行）
    demonstration.hazards   | 无粉尘、有噪声
    demonstration.hazards   | 化学毒物（不含粉尘）
    demonstration.declared_years | 2022年未申报，2023年申报
    demonstration.declared_years | 2021-2024年
    dust_toxics.rules       | 无
    exceedances.size        | 中小型
    employers.risk          | 较严重
"""


@pytest.mark.parametrize(("asked", "written"), table(TAKEN_BACK))
def test_an_option_that_is_taken_back_is_asked_about(asked: str, written: str) -> None:
    assert understood(*asked.split("."), written) == ("", "unknown_choice")


@pytest.mark.parametrize(
    "written",
    ["是（已注销）", "是（已过期）", "是（仅2022年）", "是（复测超标）", "是（关停）", "否（已申报待审）"],
)
@pytest.mark.parametrize(
    "asked", ["employers.declared", "governance_enterprises.completed", "assistance.tested"]
)
def test_a_yes_or_no_that_its_remark_takes_back_is_asked_about(asked: str, written: str) -> None:
    assert understood(*asked.split("."), written) == ("", "not_a_flag")


CHOICES = [
    (ledger.id, column.name)
    for ledger in ledgers().values()
    for column in ledger.columns
    if column.type == "choice"
]


@pytest.mark.parametrize(("ledger", "column"), CHOICES)
def test_no_word_that_takes_back_leaves_any_option_as_it_is(ledger: str, column: str) -> None:
    """Of every option of every ledger, before it and in brackets behind it."""
    said, options = doubting(), ledgers()[ledger].column(column).options
    before = [f"{word}{option}" for option, word in itertools.product(options, said.before)]
    inside = [f"{option}（{word}）" for option, word in itertools.product(options, said.inside)]
    assert [text for text in before + inside if not understood(ledger, column, text)[1]] == []


def test_a_span_of_years_is_each_of_them() -> None:
    assert understood("demonstration", "declared_years", "2022至2024年均已申报") == (
        "2022年、2023年、2024年",
        "",
    )
    assert understood("demonstration", "declared_years", "均未申报、2022年") == ("", "unclear_choice")


# -- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "adopted"),
    table("""
        已销号   | 是
        达标     | 是
        验收合格 | 是
        已结案   | 是
        进行中   | 否
        正在整改 | 否
        已立案   | 否
        待验收   | 否
        不达标   | 否
        拟于9月完成 | 否
        部分完成 |
        基本完成 |
        正在申报 |
        已关停   |
        已完成，待验收 |
    """),
)
def test_states_answer_whether_something_is_finished(written: str, adopted: str) -> None:
    for ledger, column in (("governance_enterprises", "completed"), ("enforcement", "resolved")):
        assert understood(ledger, column, written) == (adopted, "" if adopted else "not_a_flag")


# What begins with 已 or 未 says so of its own verb, and of no other that a column asks for.
STATEMENTS = """
    employers.declared       | 已申报           | 是
    employers.declared       | 2024年5月已申报  | 是
    employers.declared       | 尚未申报         | 否
    employers.declared       | 申报中           |
    employers.declared       | 正在申报         |
    employers.declared       | 进行中           |
    governance_enterprises.completed | 已完成并确认 | 是
    governance_enterprises.completed | 治理中       | 否
    employers.declared       | 已注销           |
    employers.declared       | 未到申报期       |
    assistance.tested        | 已检测           | 是
    assistance.tested        | 已检测（2024.5） | 是
    assistance.tested        | 检测完成         | 是
    assistance.tested        | 检测中           |
    assistance.tested        | 已签合同         |
    assistance.tested        | 已体检           |
    assistance.tested        | 未体检           |
    assistance.remedied      | 已治理           | 是
    assistance.remedied      | 有超标岗位       |
    assistance.remedied      | 未超标           |
    assistance.training      | 举办1次          | 是
    assistance.training      | 线上培训已完成   | 是
    assistance.training      | 已完成4项，剩1项 |
    assistance.system        | 是，见附件       | 是
    demonstration.operating  | 正常             | 是
    demonstration.operating  | 已关停           | 否
    demonstration.monitored  | R是 □否          | 是
    demonstration.monitored  | 拟纳入           | 否
"""


@pytest.mark.parametrize(("column", "written", "adopted"), table(STATEMENTS))
def test_a_statement_answers_only_what_it_is_about(column: str, written: str, adopted: str) -> None:
    assert understood(*column.split("."), written) == (adopted, "" if adopted else "not_a_flag")


# A number is what was counted, and nobody else is.
WRITTEN_NUMBERS = """
    governance_progress.completed | 三十二家       | 32
    governance_progress.completed | 一百零五       | 105
    governance_progress.completed | 两千三百       | 2300
    governance_progress.completed | 90（93.8%）    | 90
    governance_progress.completed | 1378*          | 1378
    governance_progress.completed | 40(家)         | 40
    governance_progress.completed | 三五家         |
    governance_progress.completed | 2367（其中新增12） |
    assistance_rates.examined     | 2150人次       |
    dust_toxics.insured           | 198人          | 198
"""


@pytest.mark.parametrize(("column", "written", "number"), table(WRITTEN_NUMBERS))
def test_a_number_with_what_stands_beside_it(column: str, written: str, number: str) -> None:
    assert understood(*column.split("."), written)[0] == number


# Around a day its weekday or what was done on it; of two days, or of one to come, nobody knows.
DAYS = """
    2024年6月21日（星期五）   | 2024-06-21
    已于2024年11月5日完成      | 2024-11-05
    2024.9.3（线上）          | 2024-09-03
    2024、7、12               | 2024-07-12
    2024. 8. 1                | 2024-08-01
    预计2024年11月5日         |
    2024年5月1日至5月3日      |
"""


@pytest.mark.parametrize(("written", "day"), table(DAYS))
def test_a_day_with_what_stands_beside_it(written: str, day: str) -> None:
    assert understood("assistance", "training_on", written)[0] == day


# -- sizes and numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number", "said"),
    table("""
        小型（45人）   | 45   | number_adopted
        45人（小型）   | 45   | number_adopted
        微型企业(8)    | 8    | number_adopted
        中型 300人     | 300  | number_adopted
        中型（299人）  | 299  | class_disagrees
        小型（300人）  | 300  | class_disagrees
        小型           |      | not_a_number
        中型300至1000人 |     | not_a_number
    """),
)
def test_a_number_of_staff_may_come_with_its_class(written: str, number: str, said: str) -> None:
    assert understood("demonstration", "staff", written) == (number, said)


def test_a_size_may_come_with_its_number() -> None:
    assert understood("exceedances", "size", "小型（45人）") == ("小型", "")
    assert understood("exceedances", "size", "小微企业")[1] == "unknown_choice"


@pytest.mark.parametrize(
    ("written", "number"),
    [("7件", 7), ("7起", 7), ("7户次", 7), ("7家次", 7), ("7千", 7000), ("7.5千家", 7500), ("1亿", None), ("7千克", None)],
)  # fmt: skip
def test_numbers_with_what_they_count(written: str, number: int | None) -> None:
    assert values.count(written).number == number


def test_what_excel_rounded_is_lost_in_every_spelling() -> None:
    lost = [
        "9.16103001234567E+17", "9.16E+17", "916103001234567000", "9.16103001234567e17", "９．１６Ｅ＋１７", "9.16 E+17",
        "916103001234567040", "9.16×10^17", "916103001234567000.0",
    ]  # fmt: skip
    assert codes.lost_digits(codes.plain_codes(pa.array(lost))).all()
    kept = codes.plain_codes(pa.array(["91610300MA0000001M", "916103001234567041", "12610000435200812N"]))
    assert not codes.lost_digits(kept).any()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-05T08:00:00+08:00", date(2024, 3, 5)), ("2024-03-04T16:00:00.000Z", date(2024, 3, 5)),
        ("2024-03-05T15:59:59Z", date(2024, 3, 5)), ("2024/3/5 0:00:00", date(2024, 3, 5)), ("3/5/2024", date(2024, 3, 5)),
        ("30/6/2024", date(2024, 6, 30)),
    ],
)  # fmt: skip
def test_days_with_their_time(written: str, day: date) -> None:
    assert understood("governance_enterprises", "enrolled_on", written)[0] == day.isoformat()


def test_a_day_that_stands_for_a_year_is_that_year() -> None:
    assert [values.year(text) for text in ("2024-01-01", "2024年度", "2024-13", "24-01-01")] == [
        2024,
        2024,
        None,
        None,
    ]


# -- the rules themselves ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('type = "choice"\noptions = ["甲"]\nmeans = [{ option = "乙", words = ["丙"] }]', "乙"),
        ('type = "text"\nasks = "finished"', "asks"),
        ('type = "text"\nclasses = [{ name = "小型", least = 20, below = 300 }]', "classes"),
        ('type = "count"\nclasses = [{ name = "小型", least = 300, below = 20 }]', "least"),
        ('type = "flag"\nasks = "whether"', "asks"),
    ],
)
def test_a_slip_in_the_words_is_told(wrong: str, told: str) -> None:
    text = f'[a]\ntitle = "甲"\ncampaign = "c"\ngrain = "enterprise"\nbasis = "b"\ntallies = []\n[[a.columns]]\nname = "x"\ntitle = "甲"\n{wrong}\n'
    with pytest.raises(RulesError) as caught:
        parse_ledgers(toml.parse(text, "ledgers/a.toml"))
    assert told in str(caught.value)


def test_a_class_that_disagrees_is_told_with_the_number_that_goes_in() -> None:
    """What it should have been stands in the remedy."""
    found = submission(
        [
            ("中小微企业职业健康管理示范帮扶推荐表（2024年6月30日）",),
            ("企业名称", "地区", "所属行业及类别名称", "企业规模（职工人数）", "是否正常生产", "危害因素类别", "近3年申报情况", "是否纳入监测", "是否纳入专项治理"),
            ("甲公司", "西安市", "建材", "微型（30人）", "是", "粉尘", "2024年", "是", "否"),
        ],
        name="表.xlsx", province="陕西", ledger="demonstration",
    )  # fmt: skip
    told = next(one for one in found.problems if one.code == "class_disagrees")
    assert "按 30 入库" in told.message
    assert "微型应为 0 至 19 人" in told.remedy
