"""县区地图: a county reaches the floor, is below it, has none, or its region has not reported."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed
from zyb.answers.counties import CountyFloor, county_floors, county_verdict, floor_measures
from zyb.answers.drilling import CountyFigure
from zyb.answers.progress import standings, view

HELPED = """
    region | county | completed | number
    渭南   | 临渭区 | 是        | 20
    渭南   | 华州区 | 是        | 19
    渭南   | 华州区 | 否        | 30
    渭南   | -      | 是        | 40
    韩城   | -      | 是        | 20
    杨凌   | 杨陵区 | 是        | 19
"""


def floors(province, on: str, measure: str = "county_floor") -> dict[str, CountyFloor]:
    seen = view(province.store, province.name, measure, date.fromisoformat(on))
    found = county_floors(province.store, seen, standings(province.store, seen))
    return {floor.county: floor for floor in found}


@pytest.mark.parametrize(
    ("county", "amount", "state", "missing"),
    table("""
        临渭区 | 20   | reached | 0
        华州区 | 19   | below   | 1
        潼关县 | 0    | none    | 20
        韩城市 | 20   | reached | 0
        杨陵区 | 19   | below   | 1
        雁塔区 | None | silent  | None
    """),
)
def test_each_county_of_the_province_has_its_class(shaanxi, county, amount, state, missing):
    """Exactly 20 reaches it; what names no county counts for none, unless the region is one county."""
    listed(shaanxi, "assistance", HELPED, "2025-09-30")
    found = floors(shaanxi, "2025-09-30")[county]
    assert (str(found.amount), found.state, str(found.missing)) == (amount, state, missing)


def test_the_map_shows_as_many_counties_as_the_figure_counts(shaanxi):
    listed(shaanxi, "assistance", HELPED, "2025-09-30")
    found = floors(shaanxi, "2025-09-30").values()
    reported = shaanxi.stands("2025-09-30", "county_floor").reported
    assert len(reported) == 3
    for standing in reported:
        own = [floor for floor in found if floor.region_code == standing.region_code]
        assert sum(floor.state == "reached" for floor in own) == standing.numerator
        assert len(own) == standing.denominator
    assert len(list(found)) == 107


def test_last_years_list_says_nothing_of_this_year(shaanxi):
    listed(shaanxi, "assistance", HELPED, "2024-12-31")
    assert {floor.state for floor in floors(shaanxi, "2025-01-31").values()} == {"silent"}


def test_the_campaign_with_a_floor_for_each_county_is_known():
    assert [m.id for m in floor_measures("陕西省", "assistance")] == ["county_floor"]
    assert floor_measures("陕西省", "governance") == []


@pytest.mark.parametrize(
    ("done", "enrolled", "verdict"),
    table("""
        10 | 10   | 全面完成
        7  | 10   | 进展较快
        6  | 10   | 达到序时
        5  | 10   | 相对滞后
        1  | 10   | 进展缓慢
        0  | 10   | 零进展
        0  | 0    | 无任务
    """),
)
def test_a_county_is_judged_as_a_region_is(shaanxi, done, enrolled, verdict):
    """On 2024-03-01 the pace is 53.0 %."""
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 50", "2024-03-01")
    found = shaanxi.stands("2024-03-01")
    value = Fraction(int(done), int(enrolled)) if int(enrolled) else None
    figure = CountyFigure("610113", "雁塔区", int(done), int(enrolled), value)
    assert county_verdict(found, figure).title == verdict
