"""What a report must admit: old figures, other figures in another list, verdicts that a person set, headings alone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.lists import listed
from tests.spec.test_overrides import put
from tests.spec.test_sentences import briefing, sentences
from tests.spec.test_sources import LIST
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.rulebook.measures import measures
from zyb.standing.silence import is_stale
from zyb.wording.templates import shipped

EMPLOYERS = """
    region | risk | staff | declared | number
    石家庄 | 严重 | 20      | 是       | 3
    石家庄 | 严重 | 20      | 否       | 1
"""
MARCH = "2024-03-31: 西安市 50/100, 宝鸡市 20/50, 安康市 10/50"
# 安康 says nothing after March.
APRIL = "2024-04-30: 西安市 60/100, 宝鸡市 30/50"


def checked(found: Briefing, check_id: str) -> tuple[bool, str]:
    (check,) = (check for check in found.checks if check.id == check_id)
    return check.passed, check.detail


def headings(found: Briefing) -> list[str]:
    return [part.text for part in found.paragraphs if part.role != "body"]


# -- old figures ------------------------------------------------------------------------------

STALE = """
    governance_progress 2024-03-31 2024-04-30 True
    governance_progress 2024-02-29 2024-03-01 False
    governance_progress 2024-01-31 2024-02-29 True
    governance_progress 2024-04-01 2024-04-30 False
    governance_progress 2023-12-31 2024-01-31 True
    employers           2024-03-31 2024-06-29 False
    employers           2024-03-31 2024-06-30 True
    assistance_targets  2024-03-31 2025-03-30 False
    assistance_targets  2024-03-31 2025-03-31 True
    demonstration_quota 2024-03-31 2030-03-31 False
"""


@pytest.mark.parametrize("line", STALE.strip().splitlines())
def test_figures_are_old_when_they_were_due_anew(line):
    ledger, as_of, newest, wanted = line.split()
    assert str(is_stale(ledger, date.fromisoformat(as_of), date.fromisoformat(newest))) == wanted


def test_who_did_not_report_this_time_is_named_with_the_day_of_the_old_figures(shaanxi):
    found = briefing(shaanxi, [MARCH, APRIL], "monthly")
    said = sentences(found)
    assert said["overall"].endswith(
        "宝鸡市纳入治理50家，完成治理30家；安康市纳入治理50家，完成治理10家（截至2024年3月31日）。"
    )
    assert said["missing"].endswith("安康市本期未报送，沿用2024年3月31日数据。")
    passed, detail = checked(found, "reported")
    assert not passed and detail.endswith("；安康市本期未报送，沿用2024年3月31日数据")
    assert "安康市本期未报送，沿用2024年3月31日数据。" in found.annexes[0].notes
    assert any("安康市本期未报送" in point for slide in found.slides for point in slide.points)


def test_whoever_carries_old_figures_is_not_said_to_have_stood_still(shaanxi):
    everybody = "铜川市 1/2, 咸阳市 1/2, 渭南市 1/2, 延安市 1/2, 榆林市 1/2, 汉中市 1/2, 商洛市 1/2, 杨凌示范区 1/2, 韩城市 1/2"
    found = briefing(shaanxi, [f"{MARCH}, {everybody}", f"{APRIL}, {everybody}"], "monthly")
    assert "其余各地" not in sentences(found)["stalled"] and "安康" not in sentences(found)["stalled"]


def test_a_day_earlier_is_told_but_is_no_silence(shaanxi):
    shaanxi.reports("region | enrolled | completed\n安康市 | 50 | 20", "2024-04-29")
    found = briefing(shaanxi, [APRIL], "monthly")
    assert checked(found, "same_day") == (False, "专项治理完成率：安康市为2024年4月29日数据")
    assert "本期未报送" not in sentences(found)["missing"]


def test_a_report_on_one_region_admits_its_old_figures(shaanxi):
    briefing(shaanxi, [MARCH, APRIL])
    request = Request(
        province="陕西省", kind="monthly", on=date(2024, 4, 30), campaign="governance", region_code="610900"
    )
    found = compose(shaanxi.store, request)
    assert sentences(found)["missing"] == "安康市本期未报送，沿用2024年3月31日数据。"
    assert checked(found, "reported") == (False, "专项治理完成率：安康市本期未报送，沿用2024年3月31日数据")


# -- two ledgers ------------------------------------------------------------------------------


def test_two_ledgers_that_differ_are_told_with_region_and_tally(shaanxi):
    listed(shaanxi, "governance_enterprises", LIST, "2024-02-29")
    found = briefing(shaanxi, ["2024-03-01: 西安市 5/10, 宝鸡市 1/4"])
    assert checked(found, "agreement") == (
        False,
        "西安市专项治理完成率：完成治理《专项治理进展汇总表》（截至2024年3月1日）为5家、"
        "《专项治理企业台账》（截至2024年2月29日）为6家，两者不一致，本件采用前者，请核对",
    )


# -- verdicts that a person set -----------------------------------------------------------------


def test_titles_speak_of_verdicts_as_they_are_set(shaanxi):
    """杨凌 is 13 points below the pace; a person lets it count as keeping it."""
    said = ["2024-03-01: 西安市 60/100, 宝鸡市 30/50, 杨凌示范区 4/10"]
    assert "1个市（区）进展滞后" in slide(briefing(shaanxi, said), "headline")
    put(shaanxi, "杨凌示范区", "达到序时", reason="设备已到货")
    found = compose(
        shaanxi.store,
        Request(province="陕西省", kind="quarterly", on=date(2024, 3, 1), campaign="governance"),
    )
    assert "进展滞后" not in slide(found, "headline")
    assert slide(found, "map") == "已报送的地区均未评定为进展滞后"
    assert slide(found, "league") == "3个市（区）达到序时进度，杨凌示范区仅40.0%"
    assert "均未评定为进展滞后" in sentences(found)["behind"]


def test_the_reason_for_a_verdict_stands_in_annex_and_notes(shaanxi):
    briefing(shaanxi, ["2024-03-01: 西安市 60/100, 宝鸡市 30/50, 杨凌示范区 4/10"])
    put(shaanxi, "杨凌示范区", "达到序时", reason="设备已到货")
    found = compose(
        shaanxi.store,
        Request(province="陕西省", kind="quarterly", on=date(2024, 3, 1), campaign="governance"),
    )
    told = "*杨凌示范区专项治理完成率：按规则为“相对滞后”，人工调整为“达到序时”，理由：设备已到货。"
    assert told in found.notes and told in found.annexes[0].notes


def slide(found: Briefing, kind: str) -> str:
    return next(slide.title for slide in found.slides if slide.kind == kind)


def test_whoever_shares_the_last_place_is_named_with_it(shaanxi):
    found = briefing(shaanxi, ["2024-03-01: 西安市 60/100, 宝鸡市 5/50, 韩城市 1/10"])
    assert slide(found, "league") == "1个市（区）达到序时进度，宝鸡、韩城两市仅10.0%"


# -- titles that name no rate -----------------------------------------------------------------------

FLOORS = {
    "county_floor": ("帮扶不少于20家的县区占30.8%", "达标县区占比"),
    "cdc_floor": ("帮扶50家以上的疾控机构占30.8%", "达标机构占比"),
    "governance_completion": ("专项治理完成率30.8%", "专项治理完成率"),
}


@pytest.mark.parametrize("measure", FLOORS)
def test_a_title_that_names_no_rate_is_put_into_words(measure):
    known = measures("陕西省")[measure]
    value = shipped().say("rate", {"指标": known.before_value, "比率": "30.8%"}, measure)
    assert (value, shipped().say("short", {"指标": known.title}, measure)) == FLOORS[measure]


# -- headings and notes ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["monthly", "quarterly", "yearly"])
def test_there_is_no_first_subheading_without_a_second(shaanxi, kind):
    found = headings(briefing(shaanxi, [MARCH, APRIL], kind))
    firsts = [place for place, text in enumerate(found) if text.startswith("（一）")]
    assert firsts
    for place in firsts:
        assert found[place + 1].startswith("（二）"), found


def test_a_lone_subheading_keeps_its_words(shaanxi):
    assert headings(briefing(shaanxi, [MARCH, APRIL], "monthly"))[-1] == "严格验收，确保质量。"


@pytest.mark.parametrize(("kind", "region"), [("monthly", "610100"), ("quarterly", "610100"), ("yearly", "")])
def test_one_region_is_not_set_beside_others(shaanxi, kind, region):
    said = headings(briefing(shaanxi, ["2024-04-30: 西安市 40/100"], kind))
    request = Request(
        province="陕西省", kind=kind, on=date(2024, 4, 30), campaign="governance", region_code=region
    )
    for found in (said, headings(compose(shaanxi.store, request))):
        assert not [text for text in found if "各地" in text or "分地区" in text]
        assert "二、任务完成情况" in found


def test_a_note_on_a_date_says_which_measure_it_speaks_of(hebei):
    listed(hebei, "employers", EMPLOYERS, "2024-10-31")
    found = compose(
        hebei.store, Request(province="河北省", kind="monthly", on=date(2024, 10, 31), campaign="declaration")
    )
    wanted = "应报尽报率：原文“2024年9月31日”不存在，按2024年9月30日执行。"
    assert wanted in found.notes
    assert any("时限依据：冀卫办职健函〔2024〕5号 二（一）" in note for note in found.notes)
