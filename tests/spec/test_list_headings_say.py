"""What a heading of a list says: 是否完成治理方案, 复查申请日期 hold a column's word and ask another question."""

from __future__ import annotations

import pytest

from tests.books import codes, sheet, submission, table, uscc
from zyb.rulebook.columns import KNOWN_BY_ALL, NO_MATCH, Column
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.lexicon.headings import lexicon, plain_heading

# ledger | column | heading | whether it is the column
ALONE = """
    ledger                 | column         | heading                | is
    governance_enterprises | completed      | 是否已经完成治理工作   | yes
    governance_enterprises | completed      | 治理完成情况           | yes
    governance_enterprises | completed      | 是否治理               | yes
    governance_enterprises | completed      | 是否完成超标治理       | yes
    governance_enterprises | completed      | 是否已销号             | yes
    governance_enterprises | completed      | 当前是否完成治理       | yes
    governance_enterprises | confirmed_on   | 通过验收时间           | yes
    governance_enterprises | confirmed_on   | 卫健委确认时间         | yes
    governance_enterprises | completed      | 是否开展治理           | no
    governance_enterprises | completed      | 是否启动治理           | no
    governance_enterprises | completed      | 是否完成治理方案       | no
    governance_enterprises | completed      | 是否完成检测           | no
    governance_enterprises | completed      | 是否完成整改方案       | no
    governance_enterprises | completed      | 是否完成帮扶           | no
    governance_enterprises | completed      | 是否完成告知           | no
    governance_enterprises | confirmed_on   | 行政确认完成时间       | yes
    governance_enterprises | confirmed_on   | 完成日期               | no
    governance_enterprises | confirmed_on   | 治理完成时间           | no
    governance_enterprises | confirmed_on   | 销号日期               | no
    governance_enterprises | completed_on   | 治理完成时间           | yes
    governance_enterprises | completed_on   | 销号日期               | yes
    governance_enterprises | completed_on   | 行政确认日期           | no
    governance_enterprises | operating      | 企业生产经营状况       | yes
    governance_enterprises | operating      | 是否停产               | no
    governance_enterprises | confirmed_on   | 申请确认日期           | no
    governance_enterprises | confirmed_on   | 企业确认日期           | no
    governance_enterprises | confirmed_on   | 确认材料提交日期       | no
    governance_enterprises | confirmed_on   | 行政确认截止日期       | no
    employers              | declared       | 是否完成申报           | yes
    employers              | declared       | 是否在系统申报         | yes
    employers              | declared       | 是否首次申报           | no
    employers              | declared       | 是否符合申报条件       | no
    employers              | declared       | 是否重复申报           | no
    employers              | declared       | 是否通知申报           | no
    employers              | declared       | 是否申报合格           | no
    employers              | declared       | 是否纳入申报           | no
    assistance             | remedied       | 是否开展超标岗位治理   | yes
    assistance             | remedied       | 是否有超标岗位         | no
    assistance             | identified     | 是否开展辨识           | yes
    assistance             | identified     | 是否通知辨识           | no
    assistance             | identified     | 是否辨识培训           | no
    assistance             | completed      | 帮扶完成情况           | yes
    assistance             | completed      | 是否开展帮扶           | no
    dust_toxics            | insured        | 参加工伤保险人数       | yes
    dust_toxics            | insured        | 工伤人数               | no
    dust_toxics            | responsibility | 是否建立防治责任制     | yes
    dust_toxics            | responsibility | 是否未建立责任制       | no
    dust_toxics            | responsibility | 防治责任制存在问题     | no
    dust_toxics            | rectified      | 整改落实情况           | yes
    dust_toxics            | rectified      | 是否下达整改通知       | no
    dust_toxics            | self_checked_on | 自查通知日期          | no
    dust_toxics            | reviewed_on    | 复查截止日期           | no
    dust_toxics            | reviewed_on    | 复查申请日期           | no
    enforcement            | rectified_on   | 整改日期               | yes
    enforcement            | rectified_on   | 整改到期日             | no
    enforcement            | disposal       | 拟处置方式             | no
    cdc_guidance           | assisted_on    | 开展帮扶时间           | yes
    cdc_guidance           | assisted_on    | 约定帮扶时间           | no
    cdc_guidance           | assisted_on    | 帮扶截止时间           | no
    exceedances            | size           | 企业规模               | yes
    exceedances            | size           | 生产规模               | no
    exceedances            | size           | 注册资本规模           | no
    exceedances            | size           | 集团规模               | no
"""
# What nobody knows of a heading, before or behind what is known.
BEFORE = ("申请", "通知", "约定", "复核申请", "重复", "协议")
BEHIND = ("通知", "方案", "条件", "申请", "截止", "模板")


def matches(column: Column, heading: str) -> bool:
    return column.match(plain_heading(heading), lexicon().meaning(heading)) > NO_MATCH


@pytest.mark.parametrize(("ledger", "column", "heading", "is_it"), table(ALONE)[1:])
def test_a_heading_of_a_list_is_a_column_only_when_all_that_it_says_is_the_columns(
    ledger, column, heading, is_it
):
    assert matches(ledgers()[ledger].column(column), heading) == (is_it == "yes")


@pytest.mark.parametrize("ledger", [one for one in ledgers().values() if one.is_list], ids=lambda one: one.id)
def test_whatever_is_not_understood_makes_it_another_heading(ledger):
    columns = [
        one for one in ledger.columns if one.type in KNOWN_BY_ALL and not one.sentences and not one.after
    ]
    assert columns and all(matches(one, one.title) for one in columns)
    made = [
        (one, heading)
        for one in columns
        for heading in (*(word + one.title for word in BEFORE), *(one.title + word for word in BEHIND))
    ]
    assert made
    assert not [heading for one, heading in made if matches(one, heading)]


def listed(head: str, value: object, **more: object):
    cells = {
        "企业名称": "甲公司",
        "统一社会信用代码": uscc(1),
        "县区": "雁塔区",
        "是否完成治理": "是",
        **more,
        head: value,
    }
    title = ("西安市专项治理企业台账（截至2024年6月30日）",)
    return submission([title, tuple(cells), tuple(cells.values())], province="陕西")


def test_the_figure_that_will_be_missing_is_named():
    found = listed("行政确认截止日期", "2024-05-01")
    assert not found.blocked
    (said,) = [p.message for p in found.problems if p.code == "near_column"]
    assert "“行政确认截止日期”" in said and "没有当作“行政确认日期”" in said


def test_beside_the_column_itself_it_is_merely_another_one():
    found = listed("行政确认截止日期", "2024-05-01", 行政确认日期="2024-04-01")
    assert "near_column" not in codes(found.problems) and "unknown_column" in codes(found.problems)


def test_what_a_choice_holds_does_not_make_it_the_column_that_its_heading_denies():
    head = ("企业名称", "统一社会信用代码", "县区", "超标危害因素", "注册资本规模")
    rows = [
        ("西安市监测超标企业名单（截至2024年6月30日）",),
        head,
        ("甲公司", uscc(1), "雁塔区", "噪声", "小型"),
    ]
    found = submission([*rows], province="陕西")
    assert found.table and "size" not in found.table.fields and "near_column" in codes(found.problems)


CASES = ("企业名称", "统一社会信用代码", "县区", "违法行为", "是否查处到位")


@pytest.mark.parametrize(
    ("days", "told"),
    [({"检查日期": "2024-03-01"}, True), ({"检查日期": "2024-03-01", "立案日期": "2024-03-09"}, False)],
)
def test_a_day_that_may_be_another_is_taken_where_no_better_stands_and_told(days, told):
    rows = [("西安市专项执法台账（截至2024年6月30日）",), (*CASES, *days)]
    found = submission(
        sheet([*rows, ("甲公司", uscc(1), "雁塔区", "未申报", "是", *days.values())]), province="陕西"
    )
    (row,) = found.body.to_pylist()
    assert str(row["filed_on"]) == max(days.values())
    assert ("taken_for" in codes(found.problems)) == told and not found.blocked
