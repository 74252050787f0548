"""The trend in words: a bar that covers several periods is their average, and says so."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from zyb.rulebook.measures import measures
from zyb.standing.standings import Standing, Standings
from zyb.standing.trends import MONTH, WEEK, TrendPeriod
from zyb.ui.progress import trend

FOUND = cast(
    Standings, SimpleNamespace(measure=measures("陕西省")["governance_completion"], on=date(2024, 12, 31))
)
ALONE = TrendPeriod(
    name="本期",
    first=date(2024, 3, 4),
    last=date(2024, 3, 10),
    reported=date(2024, 3, 8),
    completed=400,
    added=31,
    needed=28,
)
TOGETHER = TrendPeriod(
    name="本期",
    first=date(2024, 3, 4),
    last=date(2024, 3, 10),
    reported=date(2024, 3, 8),
    completed=400,
    added=111,
    covers=4,
    needed=28,
)


def test_a_bar_of_several_weeks_is_as_high_as_their_average():
    alone, together = trend.trend_bars(FOUND, WEEK, [ALONE, TOGETHER])
    assert (alone.added, together.added) == (31, 27.75)
    assert alone.hover[1] == "新增 ＋31 家"
    assert together.hover[1:3] == (
        "4 周合计新增 ＋111 家（此前 3 周未报送）",
        "平均每周 27.8 家，柱高为平均数",
    )


def test_the_caption_compares_one_week_with_one_week():
    assert trend.trend_heading(FOUND, WEEK, [ALONE], None) == "本周新增 31 家，需完成 28 家"
    words = trend.trend_heading(FOUND, WEEK, [TOGETHER], ALONE)
    assert words == "4 周合计新增 111 家，平均每周 27.8 家，本周需完成 28 家；下周需完成 28 家"
    assert trend.trend_heading(FOUND, MONTH, [TOGETHER], None).startswith(
        "4 个月合计新增 111 家，平均每月 27.8 家"
    )


def test_the_legend_says_what_striped_bars_are():
    bars = trend.trend_bars(FOUND, WEEK, [TOGETHER])
    found = cast(Standings, SimpleNamespace(measure=FOUND.measure, plan=None))
    assert "平均每周（含未报送期间）" in trend.trend_legend(found, WEEK, bars)


# Measure of a province, denominator of the day → what is drawn beside the cumulative counts, and its name.
GOALS = {
    ("陕西省", "governance_completion", 4699): ("序时目标", [0, 4699]),
    ("陕西省", "enforcement_resolved", 129): ("目标", [129, 129]),
    ("河北省", "declaration_growth", 48960): ("目标", [63648, 63648]),
}


@pytest.mark.parametrize(("province", "measure", "denominator"), GOALS)
def test_what_has_no_pace_draws_its_target_as_a_level_line(
    province: str, measure: str, denominator: int
) -> None:
    known = measures(province)[measure]
    day = date(2024, 12, 31)
    found = cast(Standings, SimpleNamespace(measure=known, plan=known.plan_on(day), on=day, closing=None))
    standing = cast(Standing, SimpleNamespace(denominator=denominator, short="全省"))
    name, ends = GOALS[province, measure, denominator]
    drawn = [point.value for point in trend.pace_points(found, standing)]
    assert (trend.goal_name(found), [drawn[0], drawn[-1]]) == (name, ends)
    assert name in trend.trend_legend(found, WEEK, []) and f"累计与{name}" in trend.trend_title(
        found, standing
    )
