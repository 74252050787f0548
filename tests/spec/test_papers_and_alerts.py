"""A paper takes missed deadlines, and what nobody has reported, from where the alerts take them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.books import table
from tests.spec.conftest import Province
from tests.spec.lists import listed as a_list
from tests.spec.test_sentences import sentences
from zyb.access import on_this_machine
from zyb.alerting import claim, survey
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.errors import NotPossible
from zyb.periods import chinese_day

KINDS = ("weekly", "monthly", "quarterly", "yearly")
# The task of 2024 is missed by 300 and by 40, that of 2025 by 120 and by none.
TARGETS = """
    region | year | target
    西安   | 2024 | 400
    宝鸡   | 2024 | 100
    西安   | 2025 | 300
    宝鸡   | 2025 | 50
"""
FIGURES = {
    "2023-12-31": "region | enrolled | completed\n西安 | 2000 | 1000\n宝鸡 | 500 | 300",
    "2024-12-31": "region | enrolled | completed\n西安 | 2000 | 1100\n宝鸡 | 500 | 360",
    "2025-03-31": "region | enrolled | completed\n西安 | 2000 | 1200\n宝鸡 | 500 | 420",
    "2025-06-30": "region | enrolled | completed\n西安 | 2000 | 1280\n宝鸡 | 500 | 500",
}


def paper(province: Province, on: str, campaign: str = "governance", kind: str = "quarterly", region: str = "") -> Briefing:  # fmt: skip
    return compose(
        province.store,
        Request(province=province.name, kind=kind, on=date.fromisoformat(on), campaign=campaign, region_code=region),
    )  # fmt: skip


@pytest.fixture
def years(shaanxi: Province) -> Province:
    shaanxi.reports(TARGETS, "2023-01-01", "governance_targets")
    for day, figures in FIGURES.items():
        shaanxi.reports(figures, day)
    return shaanxi


# The year's task in 2024 is over on its last day; it stays told beside that of 2025, and beside the whole task.
MISSED = """
    on         | said
    2024-12-31 | -
    2025-01-01 | 专项治理年度任务完成率（32.0%，目标100%，时限2024年12月31日，西安、宝鸡两市还差340家）
    2025-04-01 | 专项治理年度任务完成率（时限2024年12月31日，西安、宝鸡两市还差340家）
    2025-06-30 | 专项治理年度任务完成率（时限2024年12月31日，西安、宝鸡两市还差340家）
    2025-07-01 | 专项治理完成率（71.2%，目标100%，时限2025年6月30日，西安市还差720家，10个地区未报送）、专项治理年度任务完成率（时限2024年12月31日，西安、宝鸡两市还差340家；91.4%，目标100%，时限2025年6月30日，西安市还差120家）
"""


def told_late(found: Briefing) -> str:
    said = sentences(found).get("overdue", "-")
    bare = re.fullmatch(r"到.+?日，(.+)已过时限仍未达到目标。", said)
    return bare[1] if bare else said


@pytest.mark.parametrize(("on", "said"), table(MISSED)[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_first_the_day_that_was_missed_and_then_the_present_one(years, kind, on, said):
    assert told_late(paper(years, on, kind=kind)) == said


@pytest.mark.parametrize("campaign", ["governance", ""])
@pytest.mark.parametrize("on", [row[0] for row in table(MISSED)[1:]])
def test_what_the_alerts_call_overdue_the_paper_calls_so_and_nothing_else(years, on, campaign):
    late = [alert for alert in survey(years.store, "陕西省", date.fromisoformat(on)).alerts if alert.state.id == "overdue"]  # fmt: skip
    said = told_late(paper(years, on, campaign))
    told = set(re.findall(r"(专项治理\w+)（", said))
    assert told == {alert.measure.title for alert in late if alert.measure.campaign == "governance"}
    assert all(f"时限{chinese_day(alert.due)}" in said for alert in late if alert.measure.id in ("governance_completion", "governance_annual"))  # fmt: skip


def test_a_report_on_one_region_tells_its_own(years):
    said = told_late(paper(years, "2025-07-01", region="610300"))
    assert said == "专项治理年度任务完成率（时限2024年12月31日，宝鸡市还差40家）"


# -- what holds always, and what somebody promised ------------------------------------------------


def cards(province: Province, counts: str, on: str) -> None:
    due, done = counts.split("/")
    a_list(province, "institutions", f"""
        region | indicator  | due   | done
        石家庄 | 报送卡上报 | {due} | {done}
    """, on)  # fmt: skip


# Cards of 石家庄, due on every day and by 2025-12-31 at the latest. Before, no paper named them whatever the alerts said.
ALWAYS = """
    cards   | on         | said
    100/99  | 2025-12-31 | -
    100/99  | 2026-01-01 | 技术服务信息报送卡上报率（99.0%，目标100%，时限2025年12月31日，石家庄市还差1份，13个地区未报送）
    100/100 | 2026-01-01 | 技术服务信息报送卡上报率（100.0%，目标100%，时限2025年12月31日，13个地区未报送）
"""


@pytest.mark.parametrize(("counts", "on", "said"), table(ALWAYS)[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_always_is_named_once_the_alerts_call_it_overdue(hebei, kind, counts, on, said):
    cards(hebei, counts, "2025-12-31")
    late = [one.measure.id for one in survey(hebei.store, "河北省", date.fromisoformat(on)).alerts if one.state.id == "overdue"]  # fmt: skip
    assert late == (["reporting"] if "还差" in said else [])
    assert told_late(paper(hebei, on, "institutions", kind)) == said


# 西安 is behind from December on and promises to catch up by a day of its own; the task itself is due in June 2025.
PROMISED = """
    on         | said
    2024-02-15 | -
    2024-02-16 | 专项治理完成率（认领期限2024年2月15日，西安市还差1000家）
"""


@pytest.mark.parametrize(("on", "said"), table(PROMISED)[1:])
def test_a_promise_that_was_not_kept_is_overdue_by_its_own_day(shaanxi, on, said):
    shaanxi.reports("region | enrolled | completed\n西安 | 2000 | 990", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 2000 | 1000", "2024-01-31")
    claim(
        shaanxi.store, "陕西省", "610100", "governance_completion", date(2024, 1, 31), by=on_this_machine("张三"),
        cause="企业停产", action="逐家督导", due=date(2024, 2, 15),
    )  # fmt: skip
    late = [
        one
        for one in survey(shaanxi.store, "陕西省", date.fromisoformat(on)).alerts
        if one.state.id == "overdue"
    ]
    assert len(late) == (said != "-")
    assert told_late(paper(shaanxi, on)) == said


# -- the day that a paper bears -------------------------------------------------------------------

BORNE = """
    on         | figures    | made
    2025-06-30 | 2025年6月30日 | 2025年6月30日
    2025-07-31 | 2025年6月30日 | 2025年7月31日
    2025-12-31 | 2025年6月30日 | 2025年12月31日
"""


@pytest.mark.parametrize(("on", "figures", "made"), table(BORNE)[1:])
@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_bears_the_day_asked_for_and_says_of_when_its_figures_are(years, kind, on, figures, made):
    found = paper(years, on, kind=kind)
    assert (chinese_day(found.as_of), chinese_day(found.made)) == (figures, made)
    assert f"截至{figures}" in sentences(found)["lead"]


# -- a campaign of which nobody has sent anything -------------------------------------------------

QUOTAS = "region | year | quota\n西安 | 2025 | 3\n榆林 | 2025 | 2"
YULIN = "610800"
UNHEARD = (
    "截至2025年6月30日，以下指标已到报送时间，各地均未报送：帮扶数与平均每县区20家之比（应自2024年12月起报送，时限2024年12月31日已过）、县区帮扶不少于20家（应自2025年3月起报送）、"
    "示范帮扶名额完成率（应自2025年3月起报送，时限2025年3月31日已过）。"
)
PRESSED = "各地要立即核实情况，抓紧报送；报送前不作评价和排名。"


@pytest.fixture
def silent(years: Province) -> Province:
    """Of 帮扶 there are quotas alone."""
    years.reports(QUOTAS, "2025-03-12")
    return years


@pytest.mark.parametrize("kind", KINDS)
def test_a_silent_campaign_has_its_chapter_beside_the_others(silent, kind):
    found = paper(silent, "2025-06-30", "", kind)
    chapters = [part.text for part in found.paragraphs if part.role == "heading"]
    assert [chapter.split("、")[1] for chapter in chapters] == [
        "职业病危害专项治理", "职业病危害项目申报扩面行动", "中小微企业职业健康帮扶行动", "职业病防治机构提质合规行动",
    ]  # fmt: skip
    assert UNHEARD + PRESSED in [part.text for part in found.paragraphs]
    assert found.as_of == date(2025, 6, 30)


def test_the_figures_of_others_keep_their_day_beside_a_silent_campaign(silent):
    found = paper(silent, "2025-07-31", "")
    assert (found.as_of, found.made) == (date(2025, 6, 30), date(2025, 7, 31))
    assert "截至2025年7月31日，以下指标" in found.paragraphs[-1].text
    assert "截至2025年6月30日全省" in sentences(found)["lead"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_on_a_silent_campaign_presses_for_reports_and_is_not_blocked(silent, kind):
    found = paper(silent, "2025-06-30", "assistance", kind)
    said = sentences(found)
    assert said["unheard"] == UNHEARD + PRESSED
    assert "数据报送情况" in said["lead"] and "统计数据" not in said["lead"]
    assert {"missing", "overdue", "overall"}.isdisjoint(said)
    assert not found.blocked
    assert not [annex for annex in found.annexes if annex.section is not None]
    assert {slide.kind for slide in found.slides} == {"cover", "alerts"}


@pytest.mark.parametrize("campaign", ["assistance", ""])
def test_a_region_is_supervised_for_not_reporting(silent, campaign):
    found = paper(silent, "2025-06-30", campaign, "supervision", YULIN)
    text = "".join(part.text for part in found.paragraphs)
    assert (
        "示范帮扶名额完成率。现列为未报送（通报），自2025年3月起一直未报送。没有可用的数据，请尽快报送。"
        in text
    )
    assert not found.blocked
    assert ("未按规定报送数据，现予督办" in text) == (campaign == "assistance")


def test_a_campaign_of_which_nothing_is_due_has_no_paper(silent):
    with pytest.raises(NotPossible, match="没有可写的数据"):
        paper(silent, "2024-06-30", "assistance")
