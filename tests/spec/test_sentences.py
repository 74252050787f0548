"""Odd figures and the sentences that a careful clerk would write about them.

Each case is what was reported, report by report, and beside it some of the sentences of the 通报 by the
name of their rule (data/rules/wording.toml). “-” means that the rule has nothing to say.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.books import NOTICE, table
from tests.spec.lists import listed as a_list
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.briefing.text.phrases import change_in_points, counted, kind_of_regions, listed, ordinal

CITIES = [
    "西安市",
    "宝鸡市",
    "咸阳市",
    "铜川市",
    "渭南市",
    "延安市",
    "榆林市",
    "汉中市",
    "安康市",
    "商洛市",
    "杨凌示范区",
    "韩城市",
]

CASES = {
    "one region only": (
        ["2024-03-01: 西安市 40/100"],
        """
        overall    目前，全省纳入治理企业100家，已完成治理40家、占纳入治理企业总数的40.0%。其中，西安市纳入治理100家，完成治理40家。
        missing    截至2024年3月1日，宝鸡市、咸阳市、铜川市、渭南市、延安市、榆林市、汉中市、安康市、商洛市、杨凌示范区、韩城市未报送，以上合计不含未报送地区。
        few        截至2024年3月1日，12个有任务的地区中仅西安市报送了本期数据，全省情况暂不作评价。
        change     -
        ranking    -
        average    -
        remainder  全省尚有60家未完成。
        deadline   距2025年6月30日还有69周，剩余60家，每月至少需完成4家。
        forecast   -
        """,
    ),
    "a previous period, and who stood still": (
        ["2023-12-31: 西安市 40/100, 宝鸡市 20/50, 咸阳市 45/50", "2024-03-01: 西安市 60/100, 宝鸡市 20/50, 咸阳市 45/50"],
        """
        change     较上季度（截至2023年12月31日）新增完成20家，完成率提高10.0个百分点。
        ranking    完成率居前一位的是：咸阳市（90.0%）；居后一位的是：宝鸡市（40.0%）。
        stalled    本季度宝鸡、咸阳两市无新增完成企业。
        remainder  全省尚有75家未完成，其中西安、宝鸡两市合计70家、占93.3%。
        forecast   -
        focus      宝鸡市剩余30家，须每月至少完成2家。
        """,
    ),
    "all complete": (
        ["2024-03-01: 西安市 100/100, 宝鸡市 50/50, 咸阳市 40/40"],
        """
        ranking    9个地区未报送，已报送的地区完成率均为100.0%。
        average    -
        stalled    -
        remainder  -
        deadline   -
        forecast   -
        focus      -
        """,
    ),
    "nothing complete": (
        ["2024-03-01: 西安市 0/100, 宝鸡市 0/50, 咸阳市 0/40"],
        """
        overall    目前，全省纳入治理企业190家，已完成治理0家、占纳入治理企业总数的0.0%。其中，西安市纳入治理100家，完成治理0家；宝鸡市纳入治理50家，完成治理0家；咸阳市纳入治理40家，完成治理0家。
        ranking    9个地区未报送，已报送的地区完成率均为0.0%。
        focus      西安市剩余100家，须每周至少完成2家；宝鸡市剩余50家，须每月至少完成4家；咸阳市剩余40家，须每月至少完成3家。
        """,
    ),
    "ties": (
        ["2024-03-01: 西安市 60/100, 宝鸡市 30/50, 咸阳市 24/40, 铜川市 2/10, 渭南市 4/20, 延安市 9/10, 榆林市 5/10"],
        """
        ranking    完成率居前三位的是：延安市（90.0%），西安市、宝鸡市和咸阳市并列（60.0%）；居后三位的是：榆林市（50.0%），铜川市和渭南市并列（20.0%）。
        average    高于全省平均水平的有4个市（区），低于全省平均水平的有3个市（区）。
        remainder  -
        focus      铜川市剩余8家，须在时限前全部完成；渭南市剩余16家，须每月至少完成2家。
        """,
    ),
    "a cumulative figure that fell": (
        ["2023-12-31: 西安市 60/100, 宝鸡市 20/50", "2024-03-01: 西安市 58/100, 宝鸡市 20/50"],
        """
        change     较上季度（截至2023年12月31日）完成数减少2家，完成率下降1.3个百分点。
        ranking    完成率从高到低依次为：西安市（58.0%）、宝鸡市（40.0%）。
        forecast   -
        """,
    ),
    "one left in the last days": (
        ["2025-06-20: 西安市 1999/2000, 宝鸡市 50/50"],
        """
        overall    目前，全省纳入治理企业2050家，已完成治理2049家、占纳入治理企业总数的99.9%。其中，西安市纳入治理2000家，完成治理1999家；宝鸡市纳入治理50家，完成治理50家。
        remainder  全省尚有1家未完成，均在西安市。
        deadline   距2025年6月30日还有1周，剩余1家，须在时限前全部完成。
        """,
    ),
    "on the very day": (
        ["2025-06-30: 西安市 60/100, 宝鸡市 50/50, 咸阳市 9/10"],
        """
        deadline   2025年6月30日为时限当日，剩余41家，须于当日全部完成。
        focus      西安市剩余40家，须于当日全部完成。
        """,
    ),
    "regions with the same demand are named together": (
        ["2025-07-31: 西安市 60/100, 宝鸡市 20/50, 咸阳市 4/10, 杨凌示范区 4/10, 韩城市 10/10"],
        """
        focus      宝鸡市、咸阳市、杨凌示范区、西安市分别剩余30、6、6、40家，均限期清零。
        """,
    ),
    "and so are those who have as much left": (
        ["2024-03-01: 西安市 90/100, 宝鸡市 10/50, 咸阳市 60/100, 铜川市 10/50"],
        """
        focus      宝鸡、铜川两市各剩余40家，均须每月至少完成3家。
        """,
    ),
    "past the deadline": (
        ["2025-07-31: 西安市 60/100, 宝鸡市 50/50, 咸阳市 9/10"],
        """
        few        截至2025年7月31日，12个有任务的地区中仅西安、宝鸡、咸阳三市报送了本期数据，全省情况暂不作评价。
        remainder  全省尚有41家未完成，其中西安市40家、占97.6%。
        deadline   时限2025年6月30日已过，剩余41家，限期清零。
        focus      西安市剩余40家，限期清零。
        """,
    ),
    "one has done more than it had to": (
        ["2024-03-01: 西安市 104/100, 宝鸡市 20/50, 咸阳市 9/40"],
        """
        overall    目前，全省纳入治理企业190家，已完成治理133家、占纳入治理企业总数的70.0%。其中，西安市纳入治理100家，完成治理104家；宝鸡市纳入治理50家，完成治理20家；咸阳市纳入治理40家，完成治理9家。
        remainder  全省尚有61家未完成（部分地区超额4家，不抵其他地区）。
        """,
    ),
    "nearly everybody shares the last place": (
        ["2024-03-01: 西安市 90/100, 宝鸡市 80/100, 咸阳市 70/100, 铜川市 1/2, 渭南市 1/2, 延安市 1/2, 榆林市 1/2, 汉中市 1/2, 安康市 1/2"],
        """
        ranking    完成率居前三位的是：西安市（90.0%）、宝鸡市（80.0%）、咸阳市（70.0%）；居后三位的是：其余6地并列（50.0%）。
        """,
    ),
    "who ties with the last that is named is named too, or nobody is": (
        ["2024-03-01: 西安市 1/2, 宝鸡市 1/2, 咸阳市 1/2, 铜川市 1/2, 渭南市 1/2, 延安市 5/5"],
        """
        remainder  -
        """,
    ),
    "before the window opens nobody is ahead": (
        ["2022-08-15: 西安市 5/100, 宝鸡市 3/50"],
        """
        change     -
        behind     -
        remainder  全省尚有142家未完成，其中西安市95家、占66.9%。
        """,
    ),
    "a region without a task": (
        ["2024-03-01: 西安市 60/100, 宝鸡市 0/0"],
        """
        overall    目前，全省纳入治理企业100家，已完成治理60家、占纳入治理企业总数的60.0%。其中，西安市纳入治理100家，完成治理60家。
        """,
    ),
}  # fmt: skip


def briefing(province, reports: list[str], kind: str = "quarterly") -> Briefing:
    day = ""
    for report in reports:
        day, said = report.split(": ")
        rows = [re.split(r"[ /]", region) for region in said.split(", ")]
        lines = [f"{name} | {enrolled} | {completed}" for name, completed, enrolled in rows]
        province.reports("region | enrolled | completed\n" + "\n".join(lines), day)
    return compose(
        province.store,
        Request(province=province.name, kind=kind, on=date.fromisoformat(day), campaign="governance"),
    )


def sentences(found: Briefing) -> dict[str, str]:
    return {sentence.rule: sentence.text for part in found.paragraphs for sentence in part.sentences}


@pytest.mark.parametrize("case", CASES)
def test_odd_figures_read_like_correct_official_chinese(shaanxi, case):
    reports, expected = CASES[case]
    said = sentences(briefing(shaanxi, reports))
    wanted = dict(line.split(maxsplit=1) for line in expected.strip().splitlines())
    assert wanted == {rule: said.get(rule, "-") for rule in wanted} != {}


KINDS = {
    "weekly": ("较上期（截至2024年2月29日）新增完成10家", "本期宝鸡市无新增完成企业。"),
    "monthly": ("较上期（截至2024年2月29日）新增完成10家", "本期宝鸡市无新增完成企业。"),
    "quarterly": ("较上季度（截至2023年12月31日）新增完成30家", "-"),
    "yearly": ("较上年（截至2023年12月31日）新增完成30家", "-"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_looks_back_as_far_as_its_kind_does(shaanxi, kind):
    reports = ["2023-12-31: 西安市 30/100, 宝鸡市 10/50", "2024-02-29: 西安市 40/100, 宝鸡市 20/50"]
    said = sentences(briefing(shaanxi, [*reports, "2024-03-31: 西安市 50/100, 宝鸡市 20/50"], kind))
    assert (said["change"].split("，")[0], said.get("stalled", "-")) == KINDS[kind]


def test_a_yearly_report_without_figures_of_last_year_compares_with_nothing(shaanxi):
    said = sentences(briefing(shaanxi, ["2024-02-29: 西安市 40/100", "2024-12-31: 西安市 50/100"], "yearly"))
    assert "change" not in said and "较" not in said["overall"]


BEHIND = """
    53 63 62 20 22 90 80 70 60 50 40 30 | 韩城市、杨凌示范区、商洛市进展相对滞后，分别低于序时进度23.0、13.0、3.0个百分点；铜川、渭南两市进展缓慢，分别低于序时进度33.0、31.0个百分点
    53 63 62 20 20 90 80 70 60 53 53 53 | 铜川、渭南两市进展缓慢，均低于序时进度33.0个百分点
    53 63 62 0 53 90 80 70 60 53 53 53  | 铜川市尚为零进展
    53 63 62 53 53 90 80 70 60 53 53 52 | 韩城市进展相对滞后，低于序时进度1.0个百分点
    53 63 62 53 53 90 80 70 60 53 53 53 | 各地均达到序时进度
    100 100 100 100 100 100 100 100 100 100 100 100 | 各地均已全部完成
"""


@pytest.mark.parametrize("line", [line.strip() for line in BEHIND.strip().splitlines()])
def test_who_is_behind_by_how_much(shaanxi, line):
    shares, wanted = line.split(" | ")
    said = ", ".join(
        f"{city} {share.strip()}/100" for city, share in zip(CITIES, shares.split(), strict=True)
    )
    found = sentences(briefing(shaanxi, [f"2024-03-01: {said}"]))["behind"]
    assert re.sub(r"（进展较快：.+?超过30个百分点）", "", found) == f"对照序时进度，{wanted}。"
    assert "（进展较快：" in found, "the rule stands in brackets at its first use"


def test_the_paragraph_of_the_notice_character_for_character(shaanxi):
    """陕卫办职业发〔2024〕5号 一, as issued; blanks and line breaks aside."""
    reported = ", ".join(f"{name} {done}/{due}" for name, (due, done) in NOTICE.items())
    said = sentences(briefing(shaanxi, [f"2024-03-01: {reported}"]))
    issued = Path(__file__).with_name("notice_2024_5.txt").read_text(encoding="utf-8")
    assert said["overall"] == re.sub(r"\s", "", issued)


def test_what_a_person_wrote_takes_the_place_of_the_campaigns_demands(shaanxi):
    briefing(shaanxi, ["2024-03-01: 西安市 40/100"])
    request = Request(
        province="陕西省",
        kind="quarterly",
        on=date(2024, 3, 1),
        campaign="governance",
        requirements=("请各地于月底前报送整改情况。", " "),
    )
    found = compose(shaanxi.store, request)
    assert found.paragraphs[-1].text == "请各地于月底前报送整改情况。"
    assert "死灰复燃" not in "".join(part.text for part in found.paragraphs)


WORDS = [
    (listed(["西安市", "宝鸡市"]), "西安、宝鸡两市"),
    (listed(["西安市", "宝鸡市", "汉中市"]), "西安、宝鸡、汉中三市"),
    (listed(["西安市", "杨凌示范区"]), "西安市、杨凌示范区"),
    (listed(["西安市"]), "西安市"),
    (counted(2), "两"),
    (ordinal(2), "二"),
    (ordinal(10), "十"),
    (ordinal(12), "十二"),
    (ordinal(20), "二十"),
    (ordinal(21), "二十一"),
    (kind_of_regions(["西安市", "杨凌示范区"]), "市（区）"),
    (kind_of_regions(["西安市"]), "市"),
    (kind_of_regions(["成都市", "阿坝藏族羌族自治州"]), "市（州）"),
    (kind_of_regions(["武汉市", "恩施州", "神农架林区"]), "地区"),
    (change_in_points(Fraction(-3, 1000)), "下降0.3个百分点"),
    (change_in_points(Fraction(3, 100)), "提高3.0个百分点"),
    (change_in_points(Fraction(1, 10000)), "持平"),
]


@pytest.mark.parametrize(("said", "wanted"), WORDS)
def test_the_grammar_of_lists_and_counts(said, wanted):
    assert said == wanted


# -- what stands beside the first measure ---------------------------------------------------------

RATES = "region | assisted | declared | tested | examined | trained\n石家庄 | 100 | 96 | 100 | 80 | 100"
BESIDE = """
    on         | said
    2025-12-31 | 到2025年12月31日，帮扶数与平均每县区20家之比（时限2024年12月31日，全省未报送）已过时限仍未达到目标。
    2026-01-31 | 到2026年1月31日，帮扶企业职业病危害项目申报率（96.0%，目标100%，时限2025年12月31日，石家庄市还差4家，13个地区未报送）、帮扶企业危害因素定期检测率（80.0%，目标100%，时限2025年12月31日，石家庄市还差20家，13个地区未报送）、帮扶企业职业健康检查开展率（100.0%，目标100%，时限2025年12月31日，13个地区未报送）、帮扶企业职业健康培训率（100.0%，目标100%，时限2025年12月31日，13个地区未报送）、帮扶数与平均每县区20家之比（时限2024年12月31日，全省未报送；0.0%，目标100%，时限2025年12月31日，还差3339家）、帮扶任务与每县20家之比（时限2025年12月31日，还差3339家）已过时限仍未达到目标。
"""


@pytest.mark.parametrize(("on", "said"), table(BESIDE)[1:])
def test_of_several_measures_each_that_is_overdue_is_named_with_its_target(hebei, on, said):
    hebei.reports("region | year | target\n石家庄 | 2025 | 1", "2025-01-01", "assistance_targets")
    a_list(hebei, "assistance", "region | number | completed\n石家庄 | 1 | 是", "2025-12-31")
    hebei.reports(RATES.replace("100 | 80", "80 | 100"), "2025-12-31", "assistance_rates")
    report = compose(
        hebei.store,
        Request(province="河北省", kind="quarterly", on=date.fromisoformat(on), campaign="assistance"),
    )
    told = [part.text for part in report.paragraphs]
    assert [text for text in told if "已过时限仍未达到目标" in text] == ([] if said == "-" else [said])
