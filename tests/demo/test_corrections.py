"""The invented year's alerts and corrections: the monthly books of Shaanxi through the real intake, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.books import table
from zyb import demo
from zyb.alerting import survey
from zyb.answers.progress import standings, view
from zyb.demo.reports import InventedFile
from zyb.demo.story import claims, stories
from zyb.store import Snapshot, Store

OPENING = date(2023, 12, 31)
# Files of which summary, and of Hebei only the month in which a city sends its table twice.
WANTED = ("governance_progress", "governance_targets", "declaration_counts")


def is_wanted(report: InventedFile) -> bool:
    own = report.province == "陕西省" or report.as_of == date(2024, 7, 31)
    return own and report.ledgers[0] in WANTED


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    patched = pytest.MonkeyPatch()
    patched.setattr(
        "zyb.demo.building.reports", lambda months, scale: list(filter(is_wanted, demo.reports(months, 0.02)))
    )
    ours = [claim for claim in claims() if claim.measure.startswith("governance")]
    patched.setattr("zyb.demo.building.claims", lambda: ours)
    folder = tmp_path_factory.mktemp("corrected")
    demo.build(folder, scale=0.02)
    patched.undo()
    with closing(Store(folder)) as store:
        yield store


def sent_by(store: Store, city: str) -> list[Snapshot]:
    return [snapshot for snapshot in reversed(store.snapshots()) if snapshot.file_name.startswith(city)]


def told_progress(province: str, city: str, month: int) -> tuple[int, int]:
    story = next(story for story in stories() if story.roster.province == province)
    return next(one for one in story.regions if one.region.name == city).progress(month)


def progress(store: Store, province: str, city: str, on: date) -> tuple[int | None, int | None]:
    found = standings(store, view(store, province, "governance_completion", on))
    standing = next(s for s in found.regions if s.region == city)
    return standing.denominator, standing.numerator


def falls(store: Store, province: str, on: date) -> list[str]:
    return [fault.sentence for fault in survey(store, province, on).faults if fault.kind == "fell"]


# -- corrections --------------------------------------------------------------------------


def test_a_table_taken_back_stays_in_the_register_and_leaves_the_figures_alone(store: Store) -> None:
    (wrong,) = sent_by(store, "汉中市")
    assert wrong.withdrawal_reason and wrong.withdrawal_reason.startswith("误将当月计划")
    assert wrong.withdrawn_at and wrong.withdrawn_at.date() == wrong.uploaded_at.date(), (
        "in the invented year"
    )
    day = date(2024, 8, 31)
    assert progress(store, "陕西省", "汉中市", day) == told_progress("陕西省", "汉中市", 8)
    assert falls(store, "陕西省", date(2024, 9, 30)) == []


def test_a_table_sent_again_for_its_day_holds_in_place_of_the_first(store: Store) -> None:
    first, again = sent_by(store, "沧州市")
    assert (first.as_of, first.withdrawn, first.reason) == (again.as_of, False, "")
    assert "改正" in again.file_name and again.reason.startswith("前一份表")
    day = date(2024, 7, 31)
    assert progress(store, "河北省", "沧州市", day) == told_progress("河北省", "沧州市", 7)
    assert falls(store, "河北省", day) == []


def test_a_count_that_was_lowered_with_a_reason_is_a_doubt_that_tells_it(store: Store) -> None:
    (fall,) = falls(store, "陕西省", date(2024, 12, 31))
    assert fall.startswith("商洛市申报数由2024年11月30日的")
    assert fall.endswith("，原因：年终核对，剔除重复申报40家。")


def test_an_interrupted_withdrawal_is_made_good_by_the_next_run(tmp_path: Path) -> None:
    told = [r for r in demo.reports([8], 0.02) if r.withdrawn or r.file_name.startswith("陕西省职业健康")]
    patched = pytest.MonkeyPatch()
    patched.setattr("zyb.demo.building.reports", lambda months, scale: told)
    patched.setattr("zyb.demo.building.claims", list)
    patched.setattr("zyb.demo.building.judgements", list)
    with patched.context() as until_then:
        until_then.setattr("zyb.demo.building.take_back", lambda store, sent: None)
        demo.build(tmp_path / "demo", months=[8])
    demo.build(tmp_path / "demo", months=[8])
    patched.undo()
    with closing(Store(tmp_path / "demo")) as store:
        assert [s.withdrawn for s in sent_by(store, "汉中市")] == [True]


# -- alerts: open, claimed, recovering, cleared ----------------------------------------------

CLAIMED = """
    地区       | 指标                  | 全年经过
    延安市     | governance_completion | 预警 已认领 回升
    榆林市     | governance_completion | 预警 已认领 逾期
    渭南市     | governance_completion | 正常 观察 已认领 回升 已解除
    杨凌示范区 | governance_completion | 预警 已认领
    咸阳市     | governance_annual     | 观察 预警 回升 预警 已认领 回升 已解除
"""


def test_claimed_alerts_recover_are_cleared_or_run_out_of_time(store: Store) -> None:
    courses = {}
    for alert in survey(store, "陕西省", date(2024, 12, 31)).alerts:
        if any(record.kind == "claim" for record in alert.records):
            states = [step.state for step in alert.history]
            courses[alert.region, alert.measure.id] = [
                state for n, state in enumerate(states) if n == 0 or states[n - 1] != state
            ]
    titles = {"watch": "观察", "warning": "预警", "claimed": "已认领", "recovering": "回升", "cleared": "已解除",
              "overdue": "逾期", "normal": "正常"}  # fmt: skip
    _, *told = table(CLAIMED)
    assert {key: " ".join(titles[state] for state in states) for key, states in courses.items()} == {
        (region, measure): words for region, measure, words in told
    }


def test_the_year_shows_every_state_by_its_end(store: Store) -> None:
    seen: Counter[str] = Counter()
    for month in (6, 9, 12):
        seen.update(alert.state.title for alert in survey(store, "陕西省", date(2024, month, 28)).alerts)
    assert set(seen) == {"观察", "预警", "未报送", "已认领", "回升", "已解除", "逾期"}
