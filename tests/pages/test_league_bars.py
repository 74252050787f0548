"""The bars of the league table: one axis for all, and none where there is no task."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from zyb.rulebook.measures import measures
from zyb.rulebook.verdicts import verdicts
from zyb.standing.standings import Standing, Standings
from zyb.ui.progress import league

MEASURE = measures("陕西省")["governance_completion"]
DAY = date(2024, 6, 30)


def standing(name: str, value: Fraction | None, verdict: str) -> Standing:
    return Standing(
        region_code=name,
        region=name,
        short=name,
        numerator=1,
        denominator=1,
        value=value,
        target=Fraction(1),
        pace=Fraction(1, 2),
        gap=None,
        shortfall=None,
        remaining=None,
        verdict=verdicts("")[verdict],
    )


def drawn(*regions: Standing) -> list[str]:
    whole = standing("全省", Fraction(4, 5), "on_pace")
    found = Standings(
        measure=MEASURE,
        plan=MEASURE.plan_on(DAY),
        on=DAY,
        as_of=DAY,
        previous_as_of=None,
        province=whole,
        regions=regions,
        verdicts=verdicts(""),
    )
    return str(league.league(found, None)).split("<tr")[2:]


def test_the_tick_of_the_pace_stands_in_one_line_when_somebody_is_beyond_all():
    rows = drawn(standing("西安", Fraction(5, 4), "finished"), standing("宝鸡", Fraction(2, 5), "lagging"))
    ticks = {tick for row in rows for tick in re.findall(r'<b style="left:([\d.]+%)"', row)}
    assert len(rows) == 3 and ticks == {"40.00%"}


def test_who_has_no_task_has_no_bar_and_who_is_silent_a_hatched_one():
    _, idle, silent = drawn(standing("铜川", None, "no_task"), standing("咸阳", None, "not_reported"))
    assert "z-bullet" not in idle
    assert "z-bullet z-missing" in silent
