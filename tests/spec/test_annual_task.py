"""年度任务完成率＝当年新增完成÷当年目标任务; what was done until last year's end does not count."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.test_overrides import put
from tests.spec.test_sentences import sentences
from zyb.alerting import survey
from zyb.briefing.composing import compose
from zyb.briefing.model import Request

TARGETS = """
    region | year | target
    西安   | 2023 | 500
    西安   | 2024 | 400
    宝鸡   | 2024 | 100
"""


def annual(shaanxi, on):
    found = shaanxi.stands(on, "governance_annual")
    return {s.short: (s.numerator, s.denominator) for s in found.regions if s.denominator is not None}


def test_only_what_was_added_since_last_years_end_counts(shaanxi):
    shaanxi.reports(TARGETS, "2023-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1278\n宝鸡 | 554 | 300", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1378\n宝鸡 | 554 | 360", "2024-03-01")
    found = shaanxi.stands("2024-03-01", "governance_annual")
    assert annual(shaanxi, "2024-03-01") == {"西安": (100, 400), "宝鸡": (60, 100)}
    assert (found.province.value, found.region("610100").rank) == (Fraction(160, 500), 2)


def test_without_last_years_figures_nobody_knows_what_was_added(shaanxi):
    shaanxi.reports(TARGETS, "2024-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1378", "2024-03-01")
    assert annual(shaanxi, "2024-03-01") == {"西安": (None, 400), "宝鸡": (None, 100)}
    assert shaanxi.stands("2024-03-01", "governance_annual").region("610100").verdict.title == "无法计算"


def test_a_figure_of_last_march_is_none_of_last_years_end(shaanxi):
    """It would count what was done from March to December twice."""
    shaanxi.reports(TARGETS, "2023-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1000", "2023-03-01")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1378", "2024-03-01")
    assert annual(shaanxi, "2024-03-01")["西安"] == (None, 400)


@pytest.mark.parametrize(
    ("last", "added"), table("""
    2022-12-31 | -
    2023-11-30 | -
    2023-12-01 | 378
    2023-12-31 | 378
    """),
)  # fmt: skip
def test_the_years_end_is_last_december_and_no_other(shaanxi, last, added):
    shaanxi.reports(TARGETS, "2022-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1000", last)
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1378", "2024-03-01")
    assert annual(shaanxi, "2024-03-01")["西安"] == (None if added == "-" else int(added), 400)


def test_who_has_not_reported_this_year_has_not_made_zero_progress(shaanxi):
    shaanxi.reports(TARGETS, "2023-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1278\n宝鸡 | 554 | 300", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1278", "2024-03-01")
    found = shaanxi.stands("2024-03-01", "governance_annual")
    assert [found.region(code).verdict.title for code in ("610100", "610300")] == ["零进展", "未报送"]


def test_the_first_report_of_a_year_is_compared_with_the_years_beginning(shaanxi):
    shaanxi.reports(TARGETS, "2023-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1278", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1300", "2024-01-31")
    assert shaanxi.stands("2024-01-31", "governance_annual").region("610100").added == 22


def test_more_than_the_task_is_more_than_one_hundred_percent(shaanxi):
    shaanxi.reports(TARGETS, "2023-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 554 | 300", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 554 | 450", "2024-06-30")
    found = shaanxi.stands("2024-06-30", "governance_annual").region("610300")
    assert (found.value, found.verdict.title, found.remaining) == (Fraction(3, 2), "全面完成", 0)


def yearly(shaanxi):
    request = Request(province="陕西省", kind="yearly", on=date(2024, 12, 31), campaign="governance")
    return sentences(compose(shaanxi.store, request))


def test_the_yearly_report_states_the_task_and_presses_those_whom_it_calls_slow(shaanxi):
    shaanxi.reports(TARGETS, "2024-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 1000 | 700\n宝鸡 | 200 | 100", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 1000 | 800\n宝鸡 | 200 | 200", "2024-12-31")
    said = yearly(shaanxi)
    assert said["annual"] == (
        "2024年度目标任务500家，当年新增完成200家、占40.0%；"
        "除宝鸡市完成年度目标任务外，其余各地进展相对滞后，西安市进展缓慢。"
    )
    assert said["focus"].startswith("西安市剩余200家"), "by the pace alone it would not be slow"
    assert said["remainder"].startswith("从累计看，全省尚有200家未完成")


def test_whom_a_person_judged_to_keep_pace_is_not_called_behind_by_the_year(shaanxi):
    shaanxi.reports(TARGETS, "2024-01-01", "governance_targets")
    shaanxi.reports("region | enrolled | completed\n西安 | 1000 | 600\n宝鸡 | 200 | 100", "2023-12-31")
    shaanxi.reports("region | enrolled | completed\n西安 | 1000 | 700\n宝鸡 | 200 | 120", "2024-12-31")
    put(shaanxi, "西安市", "达到序时", "2024-12-31")
    said = yearly(shaanxi)
    assert "除西安市评定为达到序时进度外，其余各地进展相对滞后，宝鸡市进展缓慢。" in said["annual"]
    assert "西安" not in said["focus"]


# 韩城 has reported month by month since January, 西安 with last year's end before that.
MONTHS = ("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31", "2024-06-30", "2024-07-31")
STARTLESS = "缺2023年末累计数，无法计算"


@pytest.fixture
def startless(shaanxi):
    shaanxi.reports(
        "region | year | target\n西安 | 2024 | 400\n韩城 | 2024 | 5", "2024-01-10", "governance_targets"
    )
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1300", "2023-12-31")
    for place, day in enumerate(MONTHS):
        text = f"region | enrolled | completed\n西安 | 2367 | {1340 + 40 * place}\n韩城 | 70 | {30 + place}"
        shaanxi.reports(text, day)
    return shaanxi


def test_who_has_reported_and_lacks_last_years_end_is_not_silent(startless):
    found = startless.stands("2024-07-31", "governance_annual")
    own, whole = found.region("610581"), found.province
    assert (own.verdict.title, own.numerator, own.denominator, own.stale) == ("无法计算", None, 5, False)
    assert found.caveats_of(own) == [f"{STARTLESS}，请补报2023年12月31日的累计数"]
    assert (whole.numerator, whole.denominator) == (280, 400)
    assert found.caveats_of(whole) == [f"韩城市{STARTLESS}，不计入合计，请补报2023年12月31日的累计数"]
    assert [one.region_code for one in found.missing if one.denominator is not None] == []


# No period of silence is counted, whatever the day; who falls silent after a report is silent.
ALERTS = """
    on         | alert
    2024-03-05 | -
    2024-08-05 | -
    2025-01-06 | 逾期
"""


@pytest.mark.parametrize(("on", "state"), table(ALERTS)[1:])
def test_no_silence_is_counted_of_them(startless, on, state):
    if on > "2024-12-31":
        text = "region | enrolled | completed\n西安 | 2367 | 1700\n韩城 | 70 | 60"
        startless.reports(text, "2024-12-31")
    seen = survey(startless.store, "陕西省", date.fromisoformat(on))
    own = [one for one in seen.alerts if (one.region_code, one.measure.id) == ("610581", "governance_annual")]
    assert [one.state.title for one in own] == ([] if state == "-" else [state])
    assert all("未报送" not in one.sentence and STARTLESS in one.sentence for one in own)
    (doubt,) = [one for one in seen.faults if one.kind == "startless"]
    assert doubt.sentence == f"韩城市专项治理年度任务完成率：{STARTLESS}，请补报2023年12月31日的累计数。"


def test_the_paper_says_what_to_send_and_is_not_held_back(startless):
    report = compose(
        startless.store,
        Request(province="陕西省", kind="monthly", on=date(2024, 7, 31), campaign="governance"),
    )
    (told,) = [part.text for part in report.paragraphs if "年度目标任务" in part.text]
    assert f"（韩城市{STARTLESS}，不计入合计，请补报2023年12月31日的累计数）" in told
    (check,) = [one for one in report.checks if one.id == "reported"]
    assert "专项治理年度任务完成率：韩城市" not in check.told


# Everybody reports in November 2024 and again in 2025, and nobody told what 2024 ended with: none of it can be counted, and
# nobody was silent in the months in which it came. Before, the months of 2025 that brought nothing were 连续3期未报送.
WITHOUT_AN_END = """
    on         | state  | silent | said
    2025-02-10 | -      | 0      | -
    2025-05-10 | 未报送 | 1      | 2025年4月未报送
    2025-07-10 | 逾期   | 0      | 缺2024年末累计数，无法计算
    2025-09-30 | 逾期   | 0      | 时限2025年6月30日已过
"""


@pytest.mark.parametrize(("on", "state", "silent", "said"), table(WITHOUT_AN_END)[1:])
def test_a_report_that_cannot_be_counted_is_a_report(shaanxi, on, state, silent, said):
    shaanxi.reports(
        "region | year | target\n西安 | 2024 | 40\n西安 | 2025 | 30", "2024-02-01", "governance_targets"
    )
    for day, done in (
        ("2023-12-31", 30),
        ("2024-11-30", 70),
        ("2025-01-31", 80),
        ("2025-03-31", 85),
        ("2025-06-30", 90),
    ):
        if day <= on:
            shaanxi.reports(f"region | enrolled | completed\n西安 | 100 | {done}", day)
    seen = survey(shaanxi.store, "陕西省", date.fromisoformat(on), measure_id="governance_annual")
    found = [one for one in seen.alerts if one.region == "西安市" and one.open]
    if state == "-":
        assert found == []
        return
    (alert,) = found
    assert (alert.state.title, str(alert.history[-1].course.silent)) == (state, silent)
    assert said in alert.sentence and "连续3期" not in alert.sentence
