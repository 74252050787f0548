"""质控问题销号 and 违法线索移交: problems put right, struck off and handed over, from the lists that institutions' work leaves."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import sheet, submission, table
from tests.spec.lists import listed
from zyb.alerting import survey
from zyb.alerting.unfinished import Lists
from zyb.rulebook.columns import NO_MATCH
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.lexicon.headings import lexicon, plain_heading
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster

DAY = "2025-12-31"
SHIJIAZHUANG = "130100"


def sides(province, measure: str, region: str = SHIJIAZHUANG) -> str:
    found = province.stands(DAY, measure).region(region)
    return "-" if found.numerator is None else f"{found.numerator}/{found.denominator}"


ISSUES = """
    region | source   | rectified | closed | closed_on  | number
    石家庄 | 质量控制 | 是        | 是     | 2025-11-01 | 6
    石家庄 | 质量控制 | 是        | 否     | -          | 2
    石家庄 | 质量控制 | 否        | 否     | -          | 3
    石家庄 | -        | 是        | 是     | 2025-11-01 | 1
    石家庄 | 评估检查 | 是        | 是     | 2025-11-01 | 4
    石家庄 | 评估检查 | 否        | 否     | -          | 1
    石家庄 | 其他     | 否        | 否     | -          | 7
"""


@pytest.mark.parametrize(
    ("measure", "wanted"),
    table("""
        rectified            | 9/12
        assessment_rectified | 4/5
        quality_closed       | 7/12
    """),
)
def test_each_rate_counts_the_problems_of_its_own_kind(hebei, measure, wanted):
    """附件3 一（三） speaks of 质控问题, 一（二） of what 评估检查 found; a problem of neither is in none of them."""
    listed(hebei, "quality_issues", ISSUES, DAY)
    assert sides(hebei, measure) == wanted


def test_who_sends_the_table_of_indicators_is_held_by_it_and_told_where_the_list_says_otherwise(hebei):
    listed(hebei, "quality_issues", ISSUES, DAY)
    table_of_indicators = "region | indicator | due | done\n石家庄 | 质控问题整改 | 12 | 11"
    listed(hebei, "institutions", table_of_indicators, DAY)
    assert sides(hebei, "rectified") == "11/12"
    assert [region for region, _ in hebei.stands(DAY, "rectified").disagreements] == ["石家庄市"]
    assert sides(hebei, "assessment_rectified") == "4/5", "of which the table says nothing"


def test_struck_off_by_a_tick_or_else_by_the_day(hebei):
    """是否销号 goes before 销号日期; a list with neither tells nothing."""
    dated = """
        region | rectified | closed_on  | number
        石家庄 | 是        | 2025-11-01 | 3
        石家庄 | 是        | -          | 2
        唐山   | 否        | -          | 2
    """
    listed(hebei, "quality_issues", dated, DAY)
    assert sides(hebei, "quality_closed") == "3/5"
    assert sides(hebei, "rectified") == "5/5"


def test_a_list_that_says_nothing_of_striking_off_has_no_rate_of_it(hebei):
    listed(hebei, "quality_issues", "region | rectified | number\n石家庄 | 是 | 3", DAY)
    assert (sides(hebei, "quality_closed"), sides(hebei, "rectified")) == ("-", "3/3")


@pytest.mark.parametrize(
    ("measure", "wanted"),
    table("""
        leads_accepted | 5/7
        leads_resolved | 2/7
    """),
)
def test_what_became_of_what_was_handed_over(hebei, measure, wanted):
    text = """
        region | source   | transferred_on | accepted_on | resolved | number
        石家庄 | 质控     | 2025-03-01     | 2025-03-05  | 是       | 2
        石家庄 | 质控     | 2025-04-01     | 2025-04-02  | 否       | 3
        石家庄 | 举报核查 | 2025-05-01     | -           | 否       | 2
    """
    listed(hebei, "violation_leads", text, DAY)
    assert sides(hebei, measure) == wanted


def test_what_has_no_number_in_a_document_is_shown_and_not_judged():
    for province in ("河北省", "陕西省"):
        known = measures(province)
        assert all(
            known[name].shown_only and not known[name].plans
            for name in ("quality_closed", "leads_accepted", "leads_resolved")
        )
        targets = {known[name].plans[-1].target for name in ("rectified", "assessment_rectified")}
        assert targets == {1}
    assert "《违法线索移交表》" in measures("河北省")["leads_accepted"].basis
    assert "《违法线索移交表》" not in measures("陕西省")["leads_accepted"].basis


def test_what_a_region_has_left_open_are_problems_by_their_own_name(hebei):
    """Not 案件 or 企业, and in the unit of the measure."""
    listed(hebei, "quality_issues", ISSUES, DAY)
    roster = load_roster("河北省")
    seen = survey(hebei.store, "河北省", date.fromisoformat(DAY))
    found = Lists(hebei.store, seen, roster.region(SHIJIAZHUANG)).behind(measures("河北省")["rectified"])
    assert (found.title, found.count, found.unit) == (
        "《质控问题销号台账》：质控问题整改率尚未完成的问题", 3, "项",
    )  # fmt: skip


# -- as offices write them --------------------------------------------------------------------------

HEADINGS = """
    ledger          | column         | heading                | is
    quality_issues  | name           | 被质控机构名称         | yes
    quality_issues  | kind           | 机构类别               | yes
    quality_issues  | issue          | 质控发现的问题         | yes
    quality_issues  | issue          | 是否存在问题           | no
    quality_issues  | found_on       | 问题发现时间           | yes
    quality_issues  | due_on         | 整改时限               | yes
    quality_issues  | rectified      | 整改完成情况           | yes
    quality_issues  | rectified      | 是否下达整改通知       | no
    quality_issues  | rectified_on   | 整改到位日期           | yes
    quality_issues  | rectified_on   | 整改期限               | no
    quality_issues  | closed         | 是否已销号             | yes
    quality_issues  | closed_on      | 销号时间               | yes
    quality_issues  | closed_on      | 销号申请日期           | no
    violation_leads | name           | 涉嫌违法单位名称       | yes
    violation_leads | source         | 线索发现途径           | yes
    violation_leads | receiver       | 移交至                 | yes
    violation_leads | transferred_on | 线索移交时间           | yes
    violation_leads | accepted_on    | 受理（立案）日期       | yes
    violation_leads | resolved       | 办结情况               | yes
    violation_leads | resolved_on    | 办结日期               | yes
    violation_leads | prosecuted     | 是否移送公安机关       | yes
"""


@pytest.mark.parametrize(("ledger", "column", "heading", "is_it"), table(HEADINGS)[1:])
def test_the_usual_headings(ledger, column, heading, is_it):
    wanted = ledgers()[ledger].column(column)
    assert (wanted.match(plain_heading(heading), lexicon().meaning(heading)) > NO_MATCH) == (is_it == "yes")


@pytest.mark.parametrize(
    ("title", "ledger"),
    table("""
        河北省违法线索移交表                     | violation_leads
        石家庄市职业病防治机构违法线索移交台账   | violation_leads
        河北省质控问题销号台账                   | quality_issues
        石家庄市职业健康检查机构质控问题整改台账 | quality_issues
    """),
)
def test_the_titles_tell_the_lists_apart(title, ledger):
    """违法线索 is not yet a case: the list of 专项执法 shares half of its headings."""
    leads = (
        ("机构名称", "地区", "线索来源", "违法行为", "移交日期", "是否查处"),
        ("甲检测公司", "石家庄市", "质控", "涉嫌虚假报告", "2024-05-06", "否"),
    )
    issues = (
        ("机构名称", "地区", "存在问题", "发现日期", "是否整改到位"),
        ("甲医院", "石家庄市", "记录不全", "2024-05-06", "否"),
    )
    rows = leads if ledger == "violation_leads" else issues
    found = submission(sheet([(f"{title}（截至2024年6月30日）",), *rows]), province="河北")
    assert found.ledger and found.ledger.id == ledger
    assert not found.blocked
