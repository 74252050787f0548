"""Measures that nothing judges are told apart by their values: classes of one hue, made from what was reported."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests import invented
from tests.books import table
from tests.spec.conftest import Province
from zyb import palette
from zyb.briefing.composing import compose
from zyb.briefing.model import Request, Section
from zyb.deck.legend import classes, ground
from zyb.exports.slides import charts
from zyb.numerals import value_number
from zyb.rulebook.book import using
from zyb.rulebook.measures import measures
from zyb.standing.scales import MOST_CLASSES, value_scale
from zyb.ui.progress.league import league
from zyb.ui.progress.map import map_legend, places

# values in % → the members of each class from low to high, and their shades
CASES = """
    values               | classes     | shades
    ---------------------+-------------+----------
    10 20 30 40 50       | 1 1 1 1 1   | 0 1 2 3 4
    10 20 30 40 50 60    | 1 1 2 1 1   | 0 1 2 3 4
    10 10 10 10 90       | 4 1         | 0 4
    0 0 0 50 60 70       | 3 1 1 1     | 0 1 2 4
    0 0 0 0 1 2 3 4 5    | 4 1 2 2     | 0 1 2 4
    42                   | 1           | 2
    42 42 42             | 3           | 2
    10 - 20 -            | 1 1         | 0 4
    33.333 33.334 50     | 2 1         | 0 4
"""


@pytest.mark.parametrize(("values", "members", "shades"), table(CASES)[1:])
def test_the_classes(values: str, members: str, shades: str) -> None:
    known = [None if text == "-" else Fraction(text) / 100 for text in values.split()]
    found = value_scale(known, "ratio").classes
    assert [one.members for one in found] == list(map(int, members.split()))
    assert [one.shade for one in found] == list(map(int, shades.split()))


def test_without_values_there_are_no_classes() -> None:
    assert value_scale([None, None], "ratio").classes == ()


def test_a_class_says_from_where_to_where() -> None:
    (low, high) = value_scale([Fraction(1, 8), Fraction(1, 8), Fraction(-1, 4)], "growth").classes
    assert (low.words("growth"), high.words("growth")) == ("−25.0%", "+12.5%")
    assert (
        value_scale([Fraction(n, 40) for n in range(20)], "ratio").classes[0].words("ratio") == "0.0%～7.5%"
    )


@pytest.mark.parametrize("seed", range(40))
def test_everyone_is_in_one_class_and_no_number_has_two_colours(seed: int) -> None:
    dice = random.Random(seed)
    values = [Fraction(dice.randint(0, dice.choice([3, 40, 5000])), 5000) for _ in range(dice.randint(1, 25))]
    scale = value_scale(values, "ratio")
    homes = [[one for one in scale.classes if one.low <= value <= one.high] for value in values]
    assert all(len(home) == 1 for home in homes), "no value between two classes or in two of them"
    assert Counter(home[0] for home in homes) == {one: one.members for one in scale.classes}
    printed: dict[str, set[int]] = {}
    for value in values:
        printed.setdefault(value_number(value, "ratio"), set()).add(scale.of(value).shade)
    assert all(len(shades) == 1 for shades in printed.values())
    shades = [one.shade for one in scale.classes]
    assert shades == sorted(set(shades)) and len(shades) <= MOST_CLASSES
    if len(printed) == len(values) >= MOST_CLASSES:
        sizes = [one.members for one in scale.classes]
        assert len(sizes) == MOST_CLASSES and max(sizes) - min(sizes) <= 1


# -- on screens and slides ------------------------------------------------------------------------------

POSTS = "region | posts | exceeding\n西安 | 100 | 1\n宝鸡 | 100 | 8\n咸阳 | 100 | 100\n榆林 | 100 | 0\n韩城 | 0 | 0"


@pytest.fixture
def unjudged(tmp_path: Path, store) -> Iterator[Province]:
    """岗位超标率 without a plan."""
    with using(invented.rules(tmp_path, invented.EXCEEDING, told="posts_exceeding")):
        province = Province(store, "陕西省")
        province.reports(POSTS, "2025-03-31", "posts")
        yield province


def section_of(province: Province) -> tuple[Section, object]:
    request = Request(province=province.name, kind="weekly", on=date(2025, 3, 31), campaign="dust_toxics")
    found = compose(province.store, request)
    return found.sections[0], found


def test_the_map_of_a_measure_without_plan_has_the_colours_of_its_values(unjudged: Province) -> None:
    found = unjudged.stands("2025-03-31", "posts_exceeding")
    colours = {place.name: place.colour for place in places(found)}
    assert [colours[name] for name in ("榆林", "西安", "宝鸡", "咸阳")] == [
        palette.VALUES[n] for n in (0, 1, 2, 4)
    ]
    assert colours["韩城"] == palette.VERDICTS["no_task"]
    legend = map_legend(found)
    assert "0.0% 1" in legend and "100.0% 1" in legend and "不作评价" in legend and "未报送 7" in legend
    assert "未设时序" not in legend and "零进展" not in legend
    assert f"background:{palette.VALUES[4]}" in league(found, None)


def test_slides_and_wall_have_the_same_colours_and_classes(unjudged: Province) -> None:
    section, briefing = section_of(unjudged)
    found = unjudged.stands("2025-03-31", "posts_exceeding")
    on_page = {place.code: place.colour for place in places(found)}
    assert {line.code: ground(section, line).colour for line in section.lines} == on_page
    told = {
        entry.title: (entry.colour, entry.regions) for entry in classes(briefing, section) if entry.regions
    }
    assert told == {
        "0.0%": (palette.VALUES[0], 1), "1.0%": (palette.VALUES[1], 1), "8.0%": (palette.VALUES[2], 1),
        "100.0%": (palette.VALUES[4], 1), "未报送": (palette.VERDICTS["not_reported"], 7),
        "无任务": (palette.VERDICTS["no_task"], 1),
    }  # fmt: skip
    drawn = {one.name: one.colour for one in charts.league(section).series}
    assert (
        drawn["8.0%（1个）"] == palette.VALUES[2]
        and drawn["▨ 未报送（7个）"] == palette.VERDICTS["not_reported"]
    )


def test_what_is_asked_of_the_province_together_colours_its_regions_too(shaanxi: Province) -> None:
    measure = measures("陕西省")["county_average"]
    assert measure.whole and measure.plans
    shaanxi.reports("region | year | declared\n西安 | 2024 | 5", "2024-03-31", "declaration_counts")
    assert not shaanxi.stands("2024-03-31", "county_average").judges
    assert shaanxi.stands("2024-03-31").judges


def test_judged_measures_keep_the_colours_of_their_verdicts(shaanxi: Province) -> None:
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 30\n宝鸡 | 100 | 90", "2024-03-01")
    found = shaanxi.stands("2024-03-01")
    for place, standing in zip(places(found), found.regions, strict=True):
        assert place.colour == palette.VERDICTS[standing.verdict.id]
    assert "不作评价" not in map_legend(found)
