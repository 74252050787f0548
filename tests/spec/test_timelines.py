"""The stages of all documents on one axis of time."""

from __future__ import annotations

from datetime import date

import pytest

from zyb.periods import months_later
from zyb.rulebook.stages import timelines_for
from zyb.ui.progress import stages

DAY = date(2024, 11, 10)


def test_the_axis_has_whole_months_and_holds_the_day_itself():
    axis = stages.axis_of(timelines_for("dust_toxics", "天津市"), date(2024, 8, 15))
    assert (axis.first, axis.end) == (date(2024, 8, 1), date(2026, 1, 1))
    assert (len(axis.months), axis.at(axis.first), axis.at(axis.end)) == (17, 0, 1)


@pytest.mark.parametrize(
    ("months", "named"),
    [(6, 6), (14, 14), (15, 8), (17, 9), (28, 14), (29, 10), (48, 8), (60, 10), (120, 10)],
)
def test_a_campaign_of_years_names_as_many_months_as_have_room(months: int, named: int) -> None:
    axis = stages.MonthAxis(date(2026, 1, 1), months_later(date(2026, 1, 1), months))
    assert (len(axis.months), len(stages.named_months(axis))) == (months, named)


def test_stages_that_overlap_stand_below_one_another():
    (plan,) = timelines_for("dust_toxics", "河北省")
    assert [[stage.name for stage in lane] for lane in stages.lanes(plan.stages)] == [
        ["自查自改"],
        ["动员部署", "检查复查"],
    ]


def test_each_segment_tells_its_state_by_word_and_shape():
    said = stages.chart(timelines_for("dust_toxics", "河北省"), DAY, "数据截至")
    assert "● 动员部署" in said
    assert "▶ 自查自改" in said
    assert "数据截至 2024年11月10日" in said
    assert "自查自改：2024-08-01 至 2024-11-30，进行中" in said


def test_a_place_is_told_with_its_province():
    known = timelines_for("dust_toxics", "陕西省")
    assert [stages.named(one) for one in known] == ["天津市", "江苏省海陵区", "江苏省扬州市", "河北省全乡"]
