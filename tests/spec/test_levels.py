"""What a value is held against: a task to the time that has passed, a share of a stock to its target, a duty of every day at once.

A share of a stock does not begin at nothing with a new year or a new window, and what was due once stays due.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from tests.books import table
from tests.spec.lists import listed
from zyb.access import on_this_machine
from zyb.alerting import alerts, release
from zyb.numerals import percent
from zyb.rulebook.measures import measures


def severe(hebei, day: str, declared: int, whole: int = 100) -> None:
    """工业领域严重行业 in two regions: one is short of 全覆盖, the other has reached it."""
    listed(hebei, "employers", f"""
        region | risk | declared | number
        石家庄 | 严重 | 是       | {declared}
        石家庄 | 严重 | 否       | {whole - declared}
        承德   | 严重 | 是       | 30
    """, day)  # fmt: skip


def alert(hebei, measure: str, on: str) -> str:
    found = alerts(hebei.store, hebei.name, date.fromisoformat(on))
    own = (one for one in found if (one.measure.id, one.standing.region_code) == (measure, "130100"))
    return next((one.state.title for one in own), "-")


# The same 80 of 100 in every report; before this rule the last two lines read “达到序时”, 25 % of a new window, and no alert.
THE_SAME_FIGURES = """
    reports                            | on         | against  | verdict  | alert
    2024-10-31                         | 2024-10-31 | 低于目标 | 相对滞后 | 观察
    2024-10-31 2024-12-31              | 2024-12-31 | 低于目标 | 相对滞后 | 观察
    2024-10-31 2024-12-31              | 2025-01-01 | 低于目标 | 相对滞后 | 逾期
    2024-10-31 2024-12-31 2025-03-31   | 2025-03-31 | 低于目标 | 相对滞后 | 逾期
    2024-10-31 2024-12-31 2025-03-31   | 2026-01-31 | 低于目标 | 相对滞后 | 逾期
"""


@pytest.mark.parametrize(("reports", "on", "against", "verdict", "state"), table(THE_SAME_FIGURES)[1:])
def test_a_duty_missed_on_its_day_stays_overdue_whatever_window_comes_next(
    hebei, reports, on, against, verdict, state
):
    for day in reports.split():
        severe(hebei, day, 80)
    found = hebei.stands(on, "declaration_severe")
    region = found.region("130100")
    assert (region.value < region.target, region.verdict.title) == (against == "低于目标", verdict)
    assert alert(hebei, "declaration_severe", on) == state


def test_it_is_over_when_it_is_met(hebei):
    severe(hebei, "2024-12-31", 80)
    severe(hebei, "2025-03-31", 100)
    assert hebei.stands("2025-03-31", "declaration_severe").region("130100").verdict.title == "全面完成"
    assert alert(hebei, "declaration_severe", "2025-03-31") == "已解除"


# Hebei's 五个一 has a window in each year. What 石家庄 had trained of its enterprises in December and in March →
# the alert in March, and the day that it is on. A new list in which not all is done yet misses nothing that was met.
TWO_WINDOWS = """
    december | march | alert  | due
    20/20    | 20/20 | -      |
    20/20    | 4/10  | 观察   | 2025-12-31
    16/20    | 16/20 | 逾期   | 2024-12-31
    16/20    | 18/20 | 逾期   | 2024-12-31
    16/20    | 20/20 | 已解除 | 2024-12-31
"""


@pytest.mark.parametrize(("december", "march", "state", "due"), table(TWO_WINDOWS)[1:])
def test_only_a_day_that_was_missed_is_kept_into_the_next_window(hebei, december, march, state, due):
    for day, counts in (("2024-12-31", december), ("2025-01-31", december), ("2025-03-31", march)):
        done, whole = map(int, counts.split("/"))
        text = f"region | training | number\n石家庄 | 是 | {done}\n石家庄 | 否 | {whole - done}"
        if day != "2025-01-31" or march == december:
            listed(hebei, "assistance", text, day)
    found = alerts(hebei.store, hebei.name, date(2025, 3, 31))
    own = [a for a in found if (a.measure.id, a.standing.region_code) == ("assistance_training", "130100")]
    assert [(one.state.title, str(one.due)) for one in own] == ([(state, due)] if due else [])
    assert all(("时限2024年12月31日已过" in one.sentence) == (state == "逾期") for one in own)


# -- duties of every day ----------------------------------------------------------------------

# 技术服务信息报送卡 due and sent by 石家庄, month by month; before this rule each line was 观察 until 2025-12-31.
CARDS = """
    months                       | on         | alert
    2024-07 50/49                | 2024-07-31 | 观察
    2024-07 50/49, 2024-08 60/59 | 2024-08-31 | 预警
    2024-07 50/30                | 2024-07-31 | 预警
    2024-07 50/49, 2024-08 60/60 | 2024-08-31 | -
"""


@pytest.mark.parametrize(("months", "on", "state"), table(CARDS)[1:])
def test_what_is_to_hold_on_every_day_alerts_once_it_is_short_for_the_periods_set(hebei, months, on, state):
    for said in months.split(", "):
        month, counts = said.split()
        due, done = counts.split("/")
        listed(hebei, "institutions", f"""
            region | indicator  | due   | done
            石家庄 | 报送卡上报 | {due} | {done}
        """, f"{month}-31")  # fmt: skip
    assert alert(hebei, "reporting", on) == state


HELD = """
    measure               | held
    governance_completion | pace
    assistance_progress   | pace
    quality_control       | pace
    quality_control_yearly | pace
    declaration_coverage  | target
    declaration_severe    | target
    assistance_identified | target
    assistance_tested     | target
    capability_confirmed  | target
    reporting             | always
    case_reporting        | always
    investigated          | always
    enforcement_resolved  | always
"""


@pytest.mark.parametrize(("measure", "held"), table(HELD)[1:])
def test_what_each_measure_is_held_against(measure, held):
    assert {measures(province)[measure].held for province in ("河北省", "陕西省", "山东省")} == {held}


def test_the_pace_of_a_share_of_a_stock_is_its_target_on_every_day(hebei):
    severe(hebei, "2025-03-31", 80)
    assert percent(hebei.stands("2025-03-31", "declaration_severe").province.pace) == "100.0%"


# -- between New Year and the first report ----------------------------------------------------

# Hebei's 帮扶 has a window in each year: 100 tasks in 2024, 50 in 2025. Before, the two lines of January and February read 未报送,
# and in March nothing was left to be seen of the twenty that 2024 lacked.
NEW_YEAR = """
    on         | done/tasks | due        | verdict  | alert
    2024-12-31 | 80/100     | 2024-12-31 | 相对滞后 | 预警
    2025-01-01 | 80/100     | 2024-12-31 | 相对滞后 | 逾期
    2025-02-28 | 80/100     | 2024-12-31 | 相对滞后 | 逾期
    2025-03-31 | 20/50      | 2025-12-31 | 进展较快 | 逾期
"""


@pytest.mark.parametrize(("on", "counts", "due", "verdict", "state"), table(NEW_YEAR)[1:])
def test_last_years_outcome_stands_until_the_first_report_of_the_year(hebei, on, counts, due, verdict, state):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 100\n石家庄 | 2025 | 50", "2024-01-01", "assistance_targets"
    )
    for day, done in (("2024-11-30", 70), ("2024-12-31", 80), ("2025-03-31", 20)):
        if day <= on:
            listed(hebei, "assistance", f"region | completed | number\n石家庄 | 是 | {done}", day)
    found = hebei.stands(on, "assistance_progress")
    own = found.region("130100")
    assert (f"{own.numerator}/{own.denominator}", str(found.plan.window.due)) == (counts, due)
    assert own.verdict.title == verdict
    assert alert(hebei, "assistance_progress", on) == state


# Nobody reports in 2025, or never did. Before, 2026 knew of no task at all, while the alerts told which day was missed.
SILENT_YEAR = """
    2024 | on         | done/tasks | due        | verdict
    80   | 2025-12-31 | 80/100     | 2024-12-31 | 相对滞后
    80   | 2026-01-01 | -/50       | 2025-12-31 | 未报送
    80   | 2027-02-28 | -/50       | 2025-12-31 | 未报送
    -    | 2024-12-31 | -/100      | 2024-12-31 | 未报送
    -    | 2025-01-01 | -/50       | 2025-12-31 | 未报送
    -    | 2026-06-30 | -/50       | 2025-12-31 | 未报送
"""


@pytest.mark.parametrize(("done", "on", "counts", "due", "verdict"), table(SILENT_YEAR)[1:])
def test_the_task_of_a_silent_year_is_seen_until_somebody_reports(hebei, done, on, counts, due, verdict):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 100\n石家庄 | 2025 | 50", "2024-01-01", "assistance_targets"
    )
    if done != "-":
        listed(hebei, "assistance", f"region | completed | number\n石家庄 | 是 | {done}", "2024-12-31")
    found = hebei.stands(on, "assistance_progress")
    own = found.region("130100")
    told = "-" if own.numerator is None else own.numerator
    assert (f"{told}/{own.denominator}", str(found.plan.window.due)) == (counts, due)
    assert own.verdict.title == verdict


@pytest.mark.parametrize("on", ["2026-01-01", "2027-02-28"])
def test_what_nobody_asks_for_any_more_is_shown_as_it_was_reported_last(hebei, on):
    hebei.reports("region | year | target\n石家庄 | 2025 | 50", "2024-01-01", "assistance_targets")
    listed(hebei, "assistance", "region | completed | number\n石家庄 | 是 | 20", "2025-12-31")
    assert hebei.stands(on, "assistance_progress").region("130100").numerator == 20
    listed(hebei, "assistance", "region | completed | number\n石家庄 | 是 | 5", "2026-01-31")
    found = hebei.stands("2026-02-28", "assistance_progress").region("130100")
    assert (found.numerator, found.verdict.title) == (5, "任务未下达")
    # Nor does the outcome of 2025 come back when the year after that begins.
    assert hebei.stands("2027-02-28", "assistance_progress").region("130100").numerator is None


def test_a_year_that_asked_for_nothing_leaves_no_outcome_to_the_next(shaanxi):
    """陕西 asks for 帮扶 in 2025 alone: on New Year it is this year's task that is seen, and not what was done before it."""
    shaanxi.reports("region | year | target\n西安 | 2025 | 50", "2024-12-01", "assistance_targets")
    listed(shaanxi, "assistance", "region | completed | number\n西安 | 是 | 30", "2024-12-31")
    found = shaanxi.stands("2025-01-31", "assistance_progress").region("610100")
    assert (found.numerator, found.denominator) == (None, 50)


# -- twelve months over a year's end ------------------------------------------------------------

# Two years' tasks of 帮扶, 100 and 60: what was done by 2024-12-31 and by 2025-12-31, and what the alert says of both. No
# notice says whether what is done in 2025 makes up for 2024.
TWO_YEARS = """
    2024 | 2025 | state | said
    100  | 60   | -     | -
    90   | -    | 逾期  | 时限2024年12月31日已过
    90   | 0    | 逾期  | 2024年12月31日到期的任务还差10家未完成
    90   | 5    | 逾期  | 2024年12月31日到期的任务还差10家未完成，2025年完成帮扶的5家可否抵补，文件没有规定，未作抵补
    90   | 60   | 逾期  | 2024年12月31日到期的任务还差10家未完成，2025年完成帮扶的60家可否抵补，文件没有规定，未作抵补
    90   | 70   | 逾期  | 2024年12月31日到期的任务还差10家未完成，2025年完成帮扶的70家可否抵补，文件没有规定，未作抵补
    -    | 60   | 逾期  | 2024年12月31日到期的任务未报送
"""


@pytest.mark.parametrize(("first", "second", "state", "said"), table(TWO_YEARS)[1:])
def test_what_is_done_in_another_year_makes_up_for_nothing_and_the_alert_says_why(
    hebei, first, second, state, said
):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 100\n石家庄 | 2025 | 60", "2024-05-20", "assistance_targets"
    )
    for day, done in (("2024-12-31", first), ("2025-12-31", second)):
        if done != "-":
            rows = f"石家庄 | 是 | {done}" if done != "0" else "石家庄 | 否 | 60"
            listed(hebei, "assistance", f"region | completed | number\n{rows}", day)
    found = [
        one for one in alerts(hebei.store, "河北省", date(2025, 12, 31))
        if (one.measure.id, one.standing.region_code) == ("assistance_progress", "130100")
    ]  # fmt: skip
    assert [one.state.title for one in found] == ([] if state == "-" else [state])
    for one in found:
        assert said in one.sentence and ("抵补" in said) == ("抵补" in one.sentence), one.sentence


# 石家庄's list of Hebei's 帮扶: 100 tasks in 2024, 60 in 2025, monthly from July 2024 on. 月 | 完成（“未”没有报送）| 状态 | 级别 | 句中必有
OVER_THE_YEAR = """
    2024-08 | 30 | 观察   | -    | 还差70家
    2024-09 | 40 | 预警   | 提醒 | 自2024年8月起连续2期滞后
    2024-10 | 未 | 未报送 | 提醒 | 2024年10月未报送，最近数据为2024年9月30日的40.0%
    2024-11 | 75 | 预警   | 督办 | 连续3期滞后
    2024-12 | 90 | 回升   | 督办 | 当日完成剩余10家
    2025-01 | 未 | 逾期   | 督办 | 时限2024年12月31日已过，还差10家，限期清零
    2025-02 | 未 | 逾期   | 督办 | 最近2期未报送
    2025-03 | 6  | 逾期   | 通报 | 2024年12月31日到期的任务还差10家未完成
    2025-04 | 30 | 逾期   | 通报 | 2024年12月31日到期的任务还差10家未完成
    2025-05 | 36 | 已解除 | -    | 预警由李四解除 | 解除
    2025-06 | 40 | 已解除 | -    | 已连续达到序时进度
    2025-07 | 41 | 已解除 | -    | 已连续达到序时进度
"""


def test_an_annual_task_over_the_end_of_its_year(hebei):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 100\n石家庄 | 2025 | 60", "2024-05-20", "assistance_targets"
    )
    for month, done, state, level, words, *said in table(OVER_THE_YEAR):
        year, number = map(int, month.split("-"))
        last = date(year, number, calendar.monthrange(year, number)[1])
        if done != "未":
            listed(
                hebei, "assistance", f"region | completed | number\n石家庄 | 是 | {done}", last.isoformat()
            )
        on = last + timedelta(days=1) if done == "未" else last
        if said:
            release(
                hebei.store,
                "河北省",
                "石家庄",
                "assistance_progress",
                on,
                by=on_this_machine("李四"),
                reason="已补报",
            )
        found = [
            one for one in alerts(hebei.store, "河北省", on)
            if (one.measure.id, one.standing.region_code) == ("assistance_progress", "130100")
        ]  # fmt: skip
        shown = [(one.state.title, one.level.title if one.level else "-") for one in found] or [("-", "-")]
        assert (month, *shown[0]) == (month, state, level), [one.sentence for one in found]
        assert all(words in one.sentence for one in found), [one.sentence for one in found]


def test_a_year_that_is_corrected_is_missed_no_more(hebei):
    hebei.reports(
        "region | year | target\n石家庄 | 2024 | 100\n石家庄 | 2025 | 60", "2024-05-20", "assistance_targets"
    )
    for day, done in (("2024-12-31", 90), ("2025-03-31", 30)):
        listed(hebei, "assistance", f"region | completed | number\n石家庄 | 是 | {done}", day)
    assert alert(hebei, "assistance_progress", "2025-03-31") == "逾期"
    listed(hebei, "assistance", "region | completed | number\n石家庄 | 是 | 100", "2024-12-31")
    assert alert(hebei, "assistance_progress", "2025-03-31") == "-"
