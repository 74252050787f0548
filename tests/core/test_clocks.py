"""Clocks are put back, stand in other zones and tie: the order of acceptance and what was known when hold all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.test_store import LEDGER, progress, save
from zyb.errors import NotPossible
from zyb.records import Part
from zyb.store import Store, database

NOON = datetime(2024, 6, 30, 12, tzinfo=UTC)
XIAN = Part(LEDGER, "610100")


class Clock:
    """What the machine believes the time to be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shows = NOON
        monkeypatch.setattr(database, "now", lambda: self.shows)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def report(store: Store, completed: int) -> int:
    """One region, always the same 数据截至."""
    return save(store, progress("2024年3月1日", {"西安市": (2367, completed)}), b"%d" % completed)


def known(store: Store, moment: datetime | None = None) -> int | None:
    edition = store.edition("610000", NOON.date(), moment)
    return store.totals([edition])[0].amount(XIAN, "completed")


def test_of_two_reports_of_one_day_the_one_accepted_later_holds_whatever_the_clock_says(store, clock):
    report(store, 1)
    clock.shows = NOON - timedelta(hours=1)
    report(store, 2)
    assert known(store) == 2


def test_of_two_reports_of_the_same_moment_the_one_accepted_later_holds(store, clock):
    for completed in (3, 2, 5, 4):
        report(store, completed)
    assert known(store) == 4
    moments = [snapshot.uploaded_at for snapshot in store.snapshots()]
    assert len(moments) == 4 and moments == sorted(set(moments), reverse=True), (
        "each later than the one before"
    )


def test_what_was_known_survives_a_clock_that_went_back(store, clock):
    report(store, 1)
    clock.shows = NOON - timedelta(hours=1)
    then = store.now()
    report(store, 2)
    assert (known(store, then), known(store, store.now()), known(store)) == (1, 2, 2)


def test_it_survives_a_restart_as_well(store, clock):
    report(store, 1)
    store.close()
    clock.shows = NOON - timedelta(days=400)
    again = Store(store.folder)
    then = again.now()
    report(again, 2)
    assert (known(again, then), known(again)) == (1, 2)
    again.close()


def test_a_withdrawal_after_the_clock_went_back_is_later_than_what_it_withdraws(store, clock):
    number = report(store, 1)
    then = store.now()
    clock.shows = NOON - timedelta(hours=1)
    store.withdraw(number, by="李四", reason="填错")
    found = store.snapshot(number)
    assert found.withdrawn_at and found.withdrawn_at > found.uploaded_at
    assert (known(store, then), known(store)) == (1, None)


def test_a_clock_that_was_far_ahead_once_is_told_and_one_that_is_corrected_a_little_is_not(store, clock):
    report(store, 1)
    clock.shows = NOON - timedelta(minutes=30)
    assert store.troubles == []
    clock.shows = NOON - timedelta(hours=3)
    (words,) = store.troubles
    assert words.startswith("本机时钟（2024年6月30日17:00）早于已有记录的时间（2024年6月30日20:00）")
    clock.shows = NOON
    assert store.troubles == []


@given(
    st.lists(st.tuples(st.integers(-300, 300), st.sampled_from(["report", "ask"])), min_size=1, max_size=12)
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_clock_does_a_moment_that_was_asked_for_shows_the_same_for_ever(tmp_path_factory, steps):
    with pytest.MonkeyPatch.context() as patched:
        clock = Clock(patched)
        store = Store(tmp_path_factory.mktemp("clock") / "data")
        asked: list[tuple[datetime, int | None]] = []
        last: int | None = None
        for number, (minutes, act) in enumerate(steps):
            clock.shows += timedelta(minutes=minutes)
            if act == "report":
                report(store, number)
                last = number
            else:
                asked.append((store.now(), last))
        assert [known(store, moment) for moment, _ in asked] == [completed for _, completed in asked]
        assert known(store) == last
        store.close()


def test_a_clock_beyond_all_time_is_told_and_stays_nowhere(store, clock):
    """Every later record would be stamped after it, for good."""
    report(store, 1)
    clock.shows = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    with pytest.raises(NotPossible, match=r"本机时钟显示9999年，明显有误，没有保存。"):
        report(store, 2)
    assert known(store) == 1 and store.troubles == []
    clock.shows = NOON + timedelta(hours=1)
    report(store, 3)
    assert known(store) == 3
