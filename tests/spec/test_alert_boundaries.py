"""滞后预警 on the boundaries: exactly on pace, exactly thirty points, exactly one point nearer, the day itself, the second time.

A line is a story of one region: the gap of each month in percentage points (“未” no report, “完” finished), who
claims or releases after which month, and what the alert is after the last one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import table
from zyb.records import AlertRecord
from zyb.standing.alert_course import RAISED, AlertStep, Signal, alert_rules, follow

DUE = date(2025, 6, 30)
FIRST_OF_MONTHS = [date(2024, month, 1) for month in range(1, 13)]


@dataclass(frozen=True)
class Story:
    """`due` of each month's task; `records` in the order in which they were written."""

    signals: list[Signal]
    records: list[AlertRecord]

    def after(self, on: date | None = None) -> AlertStep:
        return follow(self.signals, self.records, on or self.signals[-1].day, alert_rules(""))[-1]


def signals(text: str, due: date = DUE) -> Iterator[Signal]:
    for day, said in zip(FIRST_OF_MONTHS, text.split(), strict=False):
        if said == "未":
            yield Signal(day=day, reported=False, gap=None, remaining=None, due=due)
        else:
            gap, left = (Fraction(0), 0) if said == "完" else (Fraction(said) / 100, 10)
            yield Signal(day=day, reported=True, gap=gap, remaining=left, due=due)


def record(number: int, kind: str, month: str, until: str = "") -> AlertRecord:
    return AlertRecord(
        province_code="610000", region_code="610100", measure="governance_completion", kind=kind, as_of=date(2024, int(month), 1), recorded_by="李四", id=number,
        due=date.fromisoformat(until) if until else None,
    )  # fmt: skip


def story(text: str, said: str = "-") -> Story:
    written = [] if said == "-" else [one.split("@") for one in said.split()]
    return Story(
        list(signals(text)),
        [
            record(n, "claim" if what == "认领" else "release", *rest)
            for n, (what, *rest) in enumerate(written, 1)
        ],
    )


@pytest.mark.parametrize(
    ("name", "gaps", "said", "state", "level"), table("""
    差值恰为0，不算滞后              | 0                  | -                  | -      | -
    差值恰为0，观察即止              | -5 0               | -                  | -      | -
    差值低于0一点，观察              | -0.001             | -                  | 观察   | -
    差值恰为-30，不算差距过大        | -30                | -                  | 观察   | -
    差值低于-30一点，首期即预警      | -30.001            | -                  | 预警   | 提醒
    两期各缩小恰好1，回升            | -10 -10 -9 -8      | -                  | 回升   | 督办
    一期缩小不足1，不算回升          | -10 -10 -9 -8.001  | -                  | 预警   | 通报
    解除后仍滞后，从观察重新算起     | -10 -10 -10 -10    | 解除@3             | 观察   | -
    解除后连续滞后两期，预警         | -10 -10 -10 -10 -10 | 解除@3            | 预警   | 提醒
    认领期限当天，不算逾期           | -10 -10 -10        | 认领@2@2024-03-01  | 已认领 | 督办
    认领期限次日，逾期               | -10 -10 -10        | 认领@2@2024-02-29  | 逾期   | 督办
    两次各达到一期，中间又落后，未解除 | -10 -10 0 -10 0  | -                  | 回升   | 提醒
    连续达到两期，解除               | -10 -10 0 -10 0 0  | -                  | 已解除 | -
    两次认领，以后一次的期限为准     | -10 -10 -10        | 认领@2@2024-02-29 认领@2@2024-04-30 | 已认领 | 督办
    两次认领，后一次期限更短         | -10 -10 -10        | 认领@2@2024-04-30 认领@2@2024-02-29 | 逾期   | 督办
    认领后又解除                     | -10 -10            | 认领@2@2024-04-30 解除@2 | 已解除 | -
    解除后认领，不再生效             | -10 -10            | 解除@2 认领@2@2024-04-30 | 已解除 | -
    未报送，经人工解除               | 0 未               | 解除@2             | 已解除 | -
    未报送，解除后又未报送           | 0 未 未            | 解除@2             | 未报送 | 提醒
    """),
)  # fmt: skip
def test_what_an_alert_is_on_the_boundary(name, gaps, said, state, level):
    step = story(gaps, said).after()
    titles = {"normal": "-"} | {one.id: one.title for one in alert_rules("").states.values()}
    reached = alert_rules("").level(step.rank)
    assert (titles[step.state], reached.title if reached else "-") == (state, level), name


# The month since which the present run lasts, and its periods.
RUNS = """
    -10              | 1 | 1
    -10 -10 -10      | 1 | 3
    -10 未 -10       | 1 | 2
    -10 0 -10 -10    | 3 | 2
    -10 -10 0 -10    | 4 | 1
    -10 -10 0 0      | 1 | 2
    -10 -10 0 0 -10  | 5 | 1
"""


@pytest.mark.parametrize(("gaps", "since", "behind"), table(RUNS))
def test_a_run_lasts_from_its_first_month_until_pace_is_reached_and_a_second_one_begins_anew(
    gaps, since, behind
):
    course = story(gaps).after().course
    assert (course.since, course.behind) == (date(2024, int(since), 1), int(behind))


def test_a_release_after_the_deadline_holds_until_the_next_report():
    late = list(signals("-10 -10 -10", due=date(2024, 2, 15)))
    told = Story(late[:2], [record(1, "release", "2")])
    assert told.after(date(2024, 2, 29)).state == "cleared"
    assert Story(late, told.records).after().state == "overdue"


@pytest.mark.parametrize(
    ("day", "state"), table("""
    2025-06-30 | -
    2025-07-01 | overdue
    """),
)  # fmt: skip
def test_the_day_of_the_deadline_is_not_past_it(day, state):
    told = story("0").after(date.fromisoformat(day))
    assert told.state == (state if state != "-" else "normal")


@pytest.mark.parametrize(
    ("deadline", "quiet", "silent"), table("""
    2024-02-01 | 否    | 1
    2024-01-31 | 否    | 0
    2024-02-01 | 是    | 0
    """),
)  # fmt: skip
def test_who_has_finished_owes_a_report_until_the_deadline_day_unless_nobody_reports(deadline, quiet, silent):
    due = date.fromisoformat(deadline)
    finished, (_, unheard) = next(signals("完", due)), signals("完 未", due)
    unheard = Signal(day=unheard.day, reported=False, gap=None, remaining=None, due=due, quiet=quiet == "是")
    (_, step) = follow([finished, unheard], [], unheard.day, alert_rules(""))
    assert step.course.silent == int(silent)


def test_another_deadline_begins_anew_but_does_not_forget_silence():
    first, second = signals("未 未")
    other = Signal(day=second.day, reported=False, gap=None, remaining=None, due=date(2026, 6, 30))
    (_, step) = follow([first, other], [], second.day, alert_rules(""))
    assert (step.course.silent, step.course.silent_since) == (2, first.day)
    behind = [
        *signals("-10 -10"),
        Signal(
            day=FIRST_OF_MONTHS[2], reported=True, gap=Fraction(-1, 10), remaining=10, due=date(2026, 6, 30)
        ),
    ]
    assert follow(behind, [], behind[-1].day, alert_rules(""))[-1].course.behind == 1


MONTH = st.one_of(st.just("未"), st.just("完"), st.integers(-60, 20).map(str))


@given(st.lists(MONTH, min_size=12, max_size=12))
def test_an_alert_that_is_open_never_falls_to_a_lower_level(months):
    """Two years' tasks one after the other, so that what the first has left goes on beside the second. A level is one of
    whoever was warned; what was only watched, or only silent, has none to keep."""
    first, second = (
        list(signals(" ".join(months), date(2024, 6, 30))),
        list(signals(" ".join(months), date(2024, 12, 31))),
    )
    steps = follow([*first[:6], *second[6:]], [], date(2024, 12, 1), alert_rules(""))
    assert fallen(steps) == []


def fallen(steps: list[AlertStep]) -> list[tuple[int, int]]:
    """The levels before and after, where an open one is lower than it was."""
    both = [(one.course, other.course) for one, other in itertools.pairwise(steps)]
    still = [pair for pair in both if pair[1].missed or {pair[0].state, pair[1].state} <= RAISED]
    return [(before.rank, after.rank) for before, after in still if after.rank < before.rank]
