"""倒排工期: what each week, or each month, must bring until the deadline of 2025-06-30."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import table
from tests.spec.lists import listed
from zyb.briefing import deadline_sentence
from zyb.periods import schedule, time_left, weeks_left
from zyb.ui.progress.attention import attention
from zyb.wording.schedules import task, task_of

DUE = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("remaining", "day", "demand"),
    table("""
        2124 | 2024-03-01 | 每周至少完成31家
        989  | 2024-03-01 | 每周至少完成15家
        70   | 2024-03-01 | 每周至少完成2家
        69   | 2024-03-01 | 每月至少完成5家
        44   | 2024-03-01 | 每月至少完成3家
        16   | 2024-03-01 | 每月至少完成2家
        15   | 2024-03-01 | 时限前完成剩余15家
        1    | 2025-06-23 | 每周至少完成1家
        1    | 2025-06-20 | 时限前完成剩余1家
        3    | 2025-06-27 | 时限前完成剩余3家
        3    | 2025-06-30 | 当日完成剩余3家
        3    | 2025-07-01 | 已超时限，限期清零
        0    | 2024-03-01 | 已全部完成
        0    | 2025-07-01 | 已全部完成
    """),
)
def test_the_demand_in_the_words_of_a_notice(remaining, day, demand):
    """Fewer than one a week is asked for by the month, fewer than one a month (or when no week is left) by the deadline."""
    plan = schedule(int(remaining), DUE, date.fromisoformat(day), "家")
    assert task_of(plan, "governance_completion", "ratio") == demand


def test_the_demand_suffices():
    """Whoever brings what is asked for in every whole week is done by the deadline."""
    weekly = monthly = 0
    for remaining in range(1, 200):
        for day in (date(2025, 1, 1), date(2025, 5, 5), date(2025, 6, 20)):
            plan = schedule(remaining, DUE, day, "家")
            if plan.per_week is not None:
                weekly += 1
                assert plan.per_week * max(plan.weeks_left, 1) >= remaining
            elif plan.per_month is not None:
                monthly += 1
                assert plan.per_month * plan.days_left * 12 >= remaining * 365
    assert weekly > 100 and monthly > 20


@pytest.mark.parametrize(
    ("day", "weeks"), [("2025-06-16", 2), ("2025-06-17", 1), ("2025-06-30", 0), ("2025-08-01", 0)]
)
def test_a_begun_week_is_not_counted(day, weeks):
    assert weeks_left(DUE, date.fromisoformat(day)) == weeks


# 西安 reported on 1 March alone: from that day while it speaks for the month, and from the day asked for once the months are
# over in which nobody has. Before, a paper of December still had 69 weeks.
WEEKS_LEFT = """
    on         | weeks | a week
    2024-03-01 | 69    | 15
    2024-03-31 | 69    | 15
    2024-12-31 | 25    | 40
"""


@pytest.mark.parametrize(("on", "weeks", "a_week"), table(WEEKS_LEFT)[1:])
def test_the_schedule_runs_from_the_day_of_the_figures_while_they_speak_for_the_day(
    shaanxi, on, weeks, a_week
):
    shaanxi.reports("region | enrolled | completed\n西安 | 2367 | 1378", "2024-03-01")
    found = shaanxi.stands(on)
    plan = found.schedule(found.region("610100"))
    assert (plan.remaining, plan.weeks_left, plan.per_week) == (989, int(weeks), int(a_week))
    assert found.schedule(found.region("610300")) is None


@pytest.mark.parametrize(
    ("done", "demand", "said"), table("""
        500 | 每周至少完成30项 | 平均每周至少需完成30项
        990 | 每月至少完成3项 | 每月至少需完成3项
        999 | 时限前完成剩余1项 | 剩余1项，须在时限前全部完成
    """)
)  # fmt: skip
def test_the_demand_counts_in_the_unit_of_the_measure(hebei, done, demand, said):
    """A problem that was found is no enterprise: 项 in the demand, and in every sentence that quotes it."""
    text = f"region | indicator | due | done\n石家庄 | 质控问题整改 | 1000 | {done}"
    listed(hebei, "institutions", text, "2025-09-01")
    found = hebei.stands("2025-09-01", "rectified")
    standing = found.region("130100")
    assert task(found.schedule(standing), found.measure) == demand
    assert said in deadline_sentence(found, standing)
    assert "家" not in deadline_sentence(found, standing) + attention(found)[0].sentence


def test_what_is_to_hold_on_every_day_has_no_weeks(hebei):
    """案件查处率达到100%: who is short of it is late already, and no week of two years has a share of it."""
    listed(hebei, "enforcement", "region | resolved | number\n石家庄 | 是 | 5\n石家庄 | 否 | 3", "2025-09-01")
    found = hebei.stands("2025-09-01", "enforcement_resolved")
    standing = found.region("130100")
    plan = found.schedule(standing)
    assert (plan.remaining, plan.weeks_left, plan.per_week, plan.per_month) == (3, 0, None, None)
    assert (plan.time_left, task(plan, found.measure)) == ("应始终达到", "限期达到目标")
    assert deadline_sentence(found, standing) == "任何时候都应达到目标，现还差3件，须限期达到。"


@pytest.mark.parametrize(("day", "wanted"), [
    ("2025-06-20", "距2025年6月30日还有1周，剩余20家，平均每周至少需完成20家。"),
    ("2025-06-25", "距2025年6月30日不足一周，剩余20家，须在时限前全部完成。"),
    ("2025-06-30", "2025年6月30日为时限当日，剩余20家，须于当日全部完成。"),
    ("2025-07-01", "时限2025年6月30日已过，剩余20家，限期清零。"),
])  # fmt: skip
def test_the_last_days_are_said_as_they_are(shaanxi, day, wanted):
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 80", day)
    found = shaanxi.stands(day)
    assert deadline_sentence(found, found.province) == wanted


def test_a_page_words_the_deadline_as_the_reports_of_the_installation_do(shaanxi, tmp_path, monkeypatch):
    monkeypatch.setenv("ZYB_DATA", str(tmp_path))
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 80", "2025-06-30")
    found = shaanxi.stands("2025-06-30")
    own = tmp_path / "wording.toml"
    own.write_text('[deadline]\ndefault = "余{{ 剩余 }}{{ 单位 }}。"', encoding="utf-8")
    assert deadline_sentence(found, found.province) == "余20家。"
    own.write_text('[deadline]\ndefault = "余{{ 不明 }}。"', encoding="utf-8")
    assert deadline_sentence(found, found.province).startswith("2025年6月30日为时限当日，")


@pytest.mark.parametrize(
    ("day", "left"),
    table("""
        2024-03-01 | 距时限69周
        2025-06-23 | 距时限1周
        2025-06-24 | 距时限不足一周
        2025-06-29 | 距时限不足一周
        2025-06-30 | 时限当日
        2025-07-01 | 时限已过
    """),
)
def test_the_time_that_is_left_never_says_no_weeks(day, left):
    assert time_left(DUE, date.fromisoformat(day)) == left
