"""粉尘与高毒物品危害治理: the check lists of the five plans as they print them, and what each plan asks for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import sheet, submission, table, uscc
from tests.lists.test_every_ledger import TIANJIN
from tests.spec.conftest import Province
from tests.spec.lists import listed
from zyb.exports.books.forms import form_of
from zyb.intake import Submission
from zyb.numerals import percent
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.stages import timelines

TOWN = {
    "建立并落实职业危害防治责任制": "responsibility",
    "职业健康管理机构设置、人员配备及管理": "organisation",
    "建立并落实职业危害防治规章制度、岗位操作规程": "rules",
    "组织从业人员进行上岗前、在岗期间、离岗前职业健康体检，并建立职业健康监护档案": "examination",
    "主要负责人、职业健康管理人员、接触职业危害因素从业人员的职业危害防治知识培训与教育": "education",
    "与从业人员签订劳动合同，并依法参加工伤保险": "contract",
    "及时、如实申报存在的职业危害": "declaration",
    "职业危害因素的监测、检测和评价以及结果公布情况": "monitoring",
    "告知从业人员工作过程中可能产生的职业危害及其危害后果，并在作业场所设置职业危害警示标识": "notice",
    "设置职业危害防护设施，并进行经常性的维护、检修和保养情况": "facilities",
    "淘汰落后，采用先进技术、工艺、材料、设备的情况": "technology",
    "职业健康防护用品配备与从业人员的管理": "equipment",
    "职业危害事故的处置及报告情况": "accidents",
    "生产经营单位应当履行的其他法定义务": "other_duties",
}
HAILING = {
    "建立职业危害防治管理网络": "organisation",
    "建立健全职业危害防治责任制": "responsibility",
    "按规定对作业场所职业危害进行告知": "notice",
    "按规定发放、配备劳动防护用品": "equipment",
    "按规定设立和使用职业危害防护设施": "facilities",
    "建立健全职业健康台帐": "records",
    "及时如实申报职业危害": "declaration",
    "主要负责人、职业健康管理人员、从业人员参加职业危害防治知识培训与教育": "education",
    "职业危害因素的监测、检测和评价以及结果的公布": "monitoring",
    "接触职业病危害从业人员岗前、岗中和离岗时的职业健康检查": "examination",
    "劳动合同中载明接触职业危害及防护情况": "contract_terms",
    "依法参加工伤保险": "injury_insurance",
    "应当履行的其他法定义务": "other_duties",
}
TOWNSHIP = {
    "建立并落实职业危害防治责任制": "responsibility",
    "设置职业危害防治管理机构，配备管理人员": "organisation",
    "建立并落实职业危害告知、申报、日常监测、防护设施维修管理、防护用品管理、危害因素监测及评价、教育培训等职业危害防治规章制度和岗位职业健康操作规程": "rules",
    "根据有关规定组织从业人员进行上岗前、在岗期间、离岗前职业健康体检，建立职业健康监护档案": "examination",
    "主要负责人、职业健康（卫生）管理人员、接触职业危害因素从业人员的危害防治知识培训与教育": "education",
    "与从业人员签订劳动合同，并依法参加工伤保险": "contract",
    "及时、如实申报存在的职业危害": "declaration",
    "按规定委托有资质的职业安全健康检测、评价机构进行职业危害因素检测和现状评价，并将结果向从业人员公布": "monitoring",
    "告知从业人员工作过程中可能产生的职业危害及其危害后果，并在作业场所设置职业危害警示标识": "notice",
    "设置职业危害防护设施，并进行经常性的维护、检修和保养情况": "facilities",
    "淘汰落后。采用先进技术、工艺、材料、设备": "technology",
    "职业健康防护用品配备与从业人员的管理": "equipment",
    "职业危害事故的处置及报告": "accidents",
    "生产经营单位应当履行的其他法定义务": "other_duties",
}
YANGZHOU = {
    "建立并落实职业危害防治责任制情况": "responsibility",
    "职业健康（卫生）管理机构设置、人员配备及管理情况": "organisation",
    "建立并落实职业危害防治规章制度、岗位操作规程情况": "rules",
    "从业人员上岗前、在岗期间、离岗前职业健康体检和建立职业健康监护档案情况": "examination",
    "三类人员（主要负责人、职业健康管理人员、接触职业危害因素人员）职业危害防治知识培训与教育情况": "education",
    "与从业人员签订劳动合同，并依法参加工伤保险情况": "contract",
    "及时、如实申报存在的职业危害情况": "declaration",
    "职业危害因素的监测、检测和评价以及结果公布情况": "monitoring",
    "工作过程中可能产生的职业危害及其危害后果告知情况，在作业场所设置职业危害警示标识情况": "notice",
    "设置职业危害防护设施并进行经常性的维护、检修和保养情况": "facilities",
    "淘汰落后，采用先进技术、工艺、材料、设备的情况": "technology",
    "职业健康防护用品配备与从业人员的管理情况": "equipment",
    "职业危害事故的处置及报告情况": "accidents",
    "生产经营单位应当履行的其他法定义务": "other_duties",
}
LISTS = {"某镇": TOWN, "海陵区": HAILING, "某乡": TOWNSHIP, "扬州市": YANGZHOU}


def filled(items: dict[str, str], numbered: bool) -> Submission:
    """One enterprise that answers 合格 and 不合格 in turn, below the items as the plan prints them."""
    heads = [f"{n}．{item}" if numbered else item for n, item in enumerate(items, 1)]
    answers = ["合格" if n % 2 else "不合格" for n in range(len(items))]
    head = ("序号", "企业名称", "统一社会信用代码", "地区", "自查日期", *heads)
    title = ("粉尘与高毒物品危害治理专项行动企业自查表（截至2024年6月30日）",)
    rows = [title, head, (1, "甲公司", uscc(1), "西安市", "2024-04-30", *answers)]
    return submission(sheet(rows), province="陕西")


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("place", LISTS)
def test_every_item_of_a_plan_is_a_column_of_its_own(place, numbered):
    items = LISTS[place]
    found = filled(items, numbered)
    assert found.ledger and found.ledger.id == "dust_toxics" and not found.blocked
    answers = {name: "合格" if n % 2 else "不合格" for n, name in enumerate(items.values())}
    read = found.body.to_pylist()[0]
    assert {name: read[name] for name in answers} == answers
    options = {one.name for one in found.ledger.columns if "合格" in one.options}
    assert {name for name in options if read[name]} == set(answers)


def test_the_lists_have_as_many_items_as_the_plans():
    assert {place: len(items) for place, items in LISTS.items()} == {
        "某镇": 14,
        "海陵区": 13,
        "某乡": 14,
        "扬州市": 14,
    }


def test_the_ledger_holds_the_lists_as_the_plans_print_them():
    known = {
        one.place: {text: column for column, text in one.items}
        for one in ledgers()["dust_toxics"].check_lists
    }
    assert known == {"天津市": TIANJIN, "扬州市": YANGZHOU, "海陵区": HAILING, "全乡": TOWNSHIP}


FORMS = """
    province | region | items | first                            | last
    天津市   | -      | 16    | 建立并落实职业危害防治责任制     | 2024年以来建设项目进行职业病危害评价和职业病防护设施设计、竣工验收的情况
    天津市   | 河西区 | 16    | 建立并落实职业危害防治责任制     | 2024年以来建设项目进行职业病危害评价和职业病防护设施设计、竣工验收的情况
    江苏省   | 扬州市 | 14    | 建立并落实职业危害防治责任制情况 | 生产经营单位应当履行的其他法定义务
    江苏省   | 泰州市 | 16    | 职业危害防治责任制               | 建设项目职业病防护设施“三同时”
    陕西省   | -      | 16    | 职业危害防治责任制               | 建设项目职业病防护设施“三同时”
"""


@pytest.mark.parametrize("line", table(FORMS)[1:], ids=lambda line: "".join(line[:2]))
def test_a_form_has_the_items_of_the_places_own_plan(line):
    """Before, every place's form had the titles of 天津市's sixteen items."""
    province, region, number, first, last = line
    roster = load_roster(province)
    form = form_of(ledgers()["dust_toxics"], roster, 2025, roster.find(region) if region != "-" else None)
    items = [heading.title for heading in form.headings if heading.group == "检查项目"]
    assert (str(len(items)), items[0], items[-1]) == (number, first, last)
    assert [h.column.name for h in form.headings].index("reviewed_on") < [
        h.title for h in form.headings
    ].index(first)


# What 天津市's own plan asks for on a day; before, no province had any of these targets.
TARGETS = """
    measure              | 2025-01-15      | 2025-06-15      | 2026-01-15
    dust_self_checked    | 100% 2025-03-31 | 100% 2025-03-31 | 100% 2025-03-31
    dust_reviewed        | 100% 2025-08-31 | 100% 2025-08-31 | 100% 2025-08-31
    dust_contract        | 100% 2025-08-31 | 100% 2025-08-31 | 100% 2025-08-31
    dust_insurance       | 100% 2025-08-31 | 100% 2025-08-31 | 100% 2025-08-31
    dust_rectified       | 100% 2025-08-31 | 100% 2025-08-31 | 100% 2025-08-31
    dust_item_notice     | -               | -               | -
    dust_item_records    | -               | -               | -
"""


def target(province: str, measure: str, day: str) -> str:
    plan = measures(province)[measure].plan_on(date.fromisoformat(day))
    return f"{percent(plan.target).replace('.0%', '%')} {plan.window.due}" if plan else "-"


@pytest.mark.parametrize("line", table(TARGETS)[1:], ids=lambda line: line[0])
def test_tianjins_targets_are_its_own(line):
    days = table(TARGETS)[0][1:]
    measure, *wanted = line
    assert [target("天津市", measure, day) for day in days] == wanted
    for province in ("江苏省", "河北省", "陕西省"):
        assert {target(province, measure, day) for day in days} == {"-"}, province


def test_what_tianjin_asks_for_ends_with_the_stage_of_its_plan():
    """自查 with 自查自改, everything else with 检查复查: one reading of the document's years."""
    (plan,) = [one for one in timelines() if one.province == "天津市"]
    ends = {stage.name: stage.end for stage in plan.stages}
    asked = {
        id: measure.plans[-1].window.due
        for id, measure in measures("天津市").items()
        if "天津市" in measure.basis
    }
    assert asked.pop("dust_self_checked") == ends["自查自改"]
    assert set(asked.values()) == {ends["检查复查"]} and len(asked) == 4


def test_the_districts_of_tianjin_are_held_against_the_pace_of_their_own_plan(store):
    """自查率 30/40 on 2025-02-28 of a window of 150 days, 119 of which have passed."""
    tianjin = Province(store, "天津市")
    text = """
        region | self_checked_on | reviewed_on | number
        河西区 | 2025-01-10      | -           | 30
        河西区 | -               | -           | 10
        南开区 | 2025-01-10      | 2025-02-20  | 20
    """
    listed(tianjin, "dust_toxics", text, "2025-02-28")
    found = tianjin.stands("2025-02-28", "dust_self_checked")
    one, other = (found.region(code) for code in ("120103", "120104"))
    assert (one.numerator, one.denominator, one.verdict.title) == (30, 40, "相对滞后")
    assert (other.value, other.verdict.title) == (1, "全面完成")
    assert tianjin.stands("2025-02-28", "dust_reviewed").region("120103").verdict.title == "未到起始日"
