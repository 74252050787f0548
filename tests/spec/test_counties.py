"""县区地图: a county reaches the floor, is below it, has none, or its region has not reported."""

from __future__ import annotations

import itertools
import random
from datetime import date
from fractions import Fraction

import pytest

from tests.books import table
from tests.spec.lists import listed
from zyb.answers.counties import CountyFloor, county_floors, county_verdict, floor_measures
from zyb.answers.drilling import CountyFigure, counties
from zyb.answers.progress import standings, view
from zyb.rulebook.regions import Region
from zyb.standing.counting import counties_reaching

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
        华州区 | 19   | open    | 1
        潼关县 | 0    | open    | 20
        韩城市 | 20   | reached | 0
        杨陵区 | 19   | below   | 1
        雁塔区 | None | silent  | None
    """),
)
def test_each_county_of_the_province_has_its_class(shaanxi, county, amount, state, missing):
    """Exactly 20 reaches it; what names no county counts for none, unless the region is one county. Of 渭南 40 name none and
    may be those that 华州 and 潼关 lack: before, one was 未达到 and the other 尚无."""
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
    figure = CountyFigure(
        county_code="610113", county="雁塔区", numerator=int(done), denominator=int(enrolled), value=value
    )
    assert county_verdict(found, figure).title == verdict


# -- enterprises that name no county ------------------------------------------------------------

# done in 华州区 | done in 渭南 without a county | state of 华州区, of 潼关县 (none of its own)
UNPLACED = """
    19 | 0  | below   | none
    19 | 1  | open    | below
    5  | 14 | below   | below
    5  | 15 | open    | below
    0  | 19 | below   | below
    0  | 20 | open    | open
    20 | 5  | reached | below
"""


@pytest.mark.parametrize(("own", "without", "huazhou", "tongguan"), table(UNPLACED))
def test_a_county_is_not_below_the_floor_while_those_that_name_none_may_lift_it(
    shaanxi, own, without, huazhou, tongguan
):
    lines = f"渭南 | 临渭区 | 是 | 1\n渭南 | 华州区 | 是 | {own}\n渭南 | - | 是 | {without}"
    listed(shaanxi, "assistance", f"region | county | completed | number\n{lines}", "2025-09-30")
    found = floors(shaanxi, "2025-09-30")
    assert (found["华州区"].state, found["潼关县"].state) == (huazhou, tongguan)


# 雁塔 and 长安 as they stand on 2024-03-01 (pace 53 %), and those of 西安 that name no county → judged how; before, by
# their own alone.
JUDGED = """
    雁塔  | 长安  | without | 雁塔     | 长安
    0/10  | 6/10  | 0/0     | 零进展   | 达到序时
    0/10  | 60/100 | 1/1     | 待核实   | 达到序时
    0/10  | 6/10  | 0/9     | 零进展   | 待核实
    10/10 | 5/10  | 1/1     | 全面完成 | 待核实
    10/10 | 1/100 | 0/1     | 待核实   | 进展缓慢
"""


@pytest.mark.parametrize(("one", "other", "without", "yanta", "changan"), table(JUDGED)[1:])
def test_a_county_is_judged_where_those_that_name_none_change_nothing(
    shaanxi, one, other, without, yanta, changan
):
    lines = []
    for county, said in (("雁塔区", one), ("长安区", other), ("-", without)):
        done, whole = map(int, said.split("/"))
        lines += [f"西安 | {county} | 是 | {done}", f"西安 | {county} | 否 | {whole - done}"]
    text = "\n".join(["region | county | completed | number", *lines])
    listed(shaanxi, "governance_enterprises", text, "2024-03-01")
    seen = view(shaanxi.store, "陕西省", "governance_completion", date(2024, 3, 1))
    found = standings(shaanxi.store, seen)
    figures = {figure.county: figure for figure in counties(shaanxi.store, seen, "610100")}
    judged = {name: county_verdict(found, figure).title for name, figure in figures.items() if figure.placed}
    assert judged == {"雁塔区": yanta, "长安区": changan}
    own = figures.get("未写明县区")
    assert (f"{own.numerator}/{own.denominator}" if own else "0/0") == without
    assert own is None or list(figures)[-1] == "未写明县区"


@pytest.mark.parametrize("seed", range(20))
def test_how_many_counties_may_reach_the_floor_equals_trying_every_way(seed):
    """Each way of giving those that name no county to the counties, tried one by one."""
    chance = random.Random(seed)
    region = Region("610500", "渭南市", "渭南", ("a", "b", "c", "d"))
    own = {code: chance.randrange(0, 6) for code in region.members}
    left, floor = chance.randrange(0, 9), chance.randrange(2, 6)
    split = {(code, ""): n for code, n in own.items()} | {("", ""): left}
    ways = (given for given in itertools.product(range(left + 1), repeat=len(own)) if sum(given) <= left)
    most = max(sum(n + more >= floor for n, more in zip(own.values(), given, strict=True)) for given in ways)
    least = sum(n >= floor for n in own.values())
    assert counties_reaching(floor, region, split) == (least, most)
