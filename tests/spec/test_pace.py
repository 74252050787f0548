"""序时进度: the share of the window that has passed, straight between dated milestones."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.books import table
from zyb.briefing import in_months
from zyb.periods import Milestone, Window
from zyb.rulebook.measures import measures
from zyb.standing.arithmetic import pace as expected

GOVERNANCE = Window(date(2022, 9, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("day", "pace"),
    table("""
        2021-01-01 | -
        2022-08-31 | -
        2022-09-01 | 0
        2022-09-02 | 1/1033
        2024-03-01 | 547/1033
        2025-06-29 | 1032/1033
        2025-06-30 | 1
        2026-01-01 | 1
    """),
)
def test_the_pace_of_the_governance_campaign(day, pace):
    assert GOVERNANCE.pace(date.fromisoformat(day)) == (None if pace == "-" else Fraction(pace))


@pytest.mark.parametrize(
    ("day", "pace"),
    table("""
        2024-01-01 | 0
        2024-01-06 | 2/5
        2024-01-11 | 4/5
        2024-01-21 | 9/10
        2024-01-31 | 1
    """),
)
def test_between_milestones_the_line_is_straight_and_on_them_exact(day, pace):
    stone = Milestone(date(2024, 1, 11), Fraction(4, 5), "文号")
    window = Window(date(2024, 1, 1), date(2024, 1, 31), (stone,))
    assert window.pace(date.fromisoformat(day)) == Fraction(pace)


@pytest.mark.parametrize(
    ("day", "pace"),
    table("""
        2024-04-30 | -
        2024-05-01 | 0
        2024-06-30 | 60/244
        2024-12-31 | 1
        2025-01-01 | 0
        2025-12-31 | 1
    """),
)
def test_the_pace_of_hebeis_assistance_begins_with_the_national_plan_that_its_notice_hands_on(day, pace):
    """国卫办职健函〔2024〕146号 was issued on 2024-04-30; from New Year on, 2024-06-30 would have been 181/365."""
    plan = measures("河北省")["assistance_progress"].plan_on(date.fromisoformat(day))
    assert plan.window.pace(date.fromisoformat(day)) == (None if pace == "-" else Fraction(pace))


def test_gap_and_shortfall_are_held_against_the_pace_of_the_day_of_the_figures(shaanxi):
    """Ten of a hundred on a day when 547/1033 should be done: 43 short."""
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10", "2024-03-01")
    found = shaanxi.stands("2024-03-31").region("610100")
    assert found.gap == Fraction(10, 100) - Fraction(547, 1033)
    assert (found.shortfall, found.remaining) == (43, 90)


def test_who_reported_earlier_is_held_against_the_newest_figures_day(shaanxi):
    """Silence gains nothing: 宝鸡's old figure meets the pace of 西安's new one."""
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 10\n宝鸡 | 100 | 10", "2023-03-01")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 50", "2024-03-01")
    found = shaanxi.stands("2024-03-01")
    assert {s.pace for s in found.reported} == {Fraction(547, 1033)}
    assert str(found.region("610300").as_of) == "2023-03-01"


def test_a_target_below_all_makes_the_pace_lower_in_proportion(hebei):
    """+30 % is not paced: it is held against the target itself."""
    for year, number in (("2023", "100"), ("2024", "120")):
        hebei.reports(f"region | year | declared\n承德 | {year} | {number}", f"{year}-06-30")
    found = hebei.stands("2024-06-30", "declaration_growth").region("130800")
    assert (found.pace, found.gap) == (Fraction(3, 10), Fraction(-1, 10))


# -- the gap as time ---------------------------------------------------------------------


MONTHS = """
    report     | completed of 1000 | told
    2024-03-01 | 548               | 约快 0.7 个月
    2024-03-01 | 530               | -
    2024-03-01 | 300               | 约慢 7.8 个月
    2024-03-01 | 0                 | 约慢 18.0 个月
    2024-03-01 | 1000              | -
    2022-09-01 | 100               | -
    2025-09-30 | 900               | 约慢 3.4 个月
"""


@pytest.mark.parametrize(("report", "completed", "told"), table(MONTHS)[1:])
def test_the_gap_in_months_is_the_day_on_which_the_pace_was_there(shaanxi, report, completed, told):
    """专项治理 runs from 2022-09-01 to 2025-06-30; 548/1000 was due on 2024-03-21."""
    shaanxi.reports(f"region | enrolled | completed\n西安 | 1000 | {completed}", report)
    found = shaanxi.stands(report)
    assert in_months(found, found.province) == told.replace("-", "")


def test_the_pace_read_backwards_across_a_milestone():
    stone = Milestone(date(2024, 3, 1), Fraction(3, 5))
    window = Window(date(2024, 1, 1), date(2024, 12, 31), (stone,))
    assert window.day_at(Fraction(0)) == date(2024, 1, 1)
    assert window.day_at(Fraction(3, 5)) == date(2024, 3, 1)
    reached = window.pace(window.day_at(Fraction(4, 5)))
    assert reached is not None and reached >= Fraction(4, 5)
    assert window.day_at(Fraction(1)) == date(2024, 12, 31)


def test_a_share_at_which_the_pace_stands_still_is_reached_on_the_first_of_its_days():
    stones = tuple(Milestone(date(2024, month, 1), Fraction(3, 5)) for month in (3, 6))
    window = Window(date(2024, 1, 1), date(2024, 12, 31), stones)
    assert (window.pace(date(2024, 4, 15)), window.day_at(Fraction(3, 5))) == (
        Fraction(3, 5),
        date(2024, 3, 1),
    )


# 专项治理 begins on 2022-09-01: nobody can be ahead of it or behind it before, and on that day nothing is due.
BEFORE = """
    report     | completed of 100 | pace | gap | short | verdict
    2022-08-31 | 0                | -    | -   | -     | 未到起始日
    2022-08-31 | 40               | -    | -   | -     | 未到起始日
    2022-08-31 | 100              | -    | -   | -     | 全面完成
    2022-09-01 | 0                | 0    | 0   | 0     | 零进展
    2022-09-01 | 5                | 0    | 5   | 0     | 达到序时
    2022-09-01 | 40               | 0    | 40  | 0     | 进展较快
"""


@pytest.mark.parametrize(("report", "completed", "pace", "gap", "short", "verdict"), table(BEFORE)[1:])
def test_before_its_window_opens_a_task_is_not_judged(shaanxi, report, completed, pace, gap, short, verdict):
    shaanxi.reports(f"region | enrolled | completed\n西安 | 100 | {completed}", report)
    found = shaanxi.stands(report)
    own = found.region("610100")
    said = (own.pace, own.gap and 100 * own.gap, own.shortfall)
    assert said == tuple(None if cell == "-" else Fraction(cell) for cell in (pace, gap, short))
    assert (found.province.pace, found.province.gap) == (own.pace, None)
    assert found.region("610100").verdict.title == verdict
    # The others are silent: the province has not finished yet, and once it has begun one alone is too few to judge it by.
    assert found.province.verdict.title == ("未到起始日" if pace == "-" else "报送不足")
    assert found.begun == (pace != "-")


def test_what_does_not_grow_with_time_is_held_against_its_target_before_its_window_opens_too():
    """Whether the tasks handed out make 20 a county is known before their year begins."""
    measure = measures("河北省")["assistance_task_floor"]
    plan = measure.plans[0]
    assert not measure.paced
    assert expected(measure, plan, plan.window.start - timedelta(days=1)) == plan.target
