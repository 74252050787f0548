"""全国 as a roster above the provinces: who is on it, what its members are, and how they are written."""

from __future__ import annotations

from collections import Counter

import pytest

from zyb.rulebook.places.divisions import county_divisions, provinces
from zyb.rulebook.regions import Roster, load_roster

CORPS = "660000"


@pytest.fixture
def nation() -> Roster:
    return load_roster("全国")


def test_the_nation_has_all_provinces_in_their_order_and_the_corps(nation):
    assert [(region.code, region.name) for region in nation.regions] == [
        *provinces(),
        (CORPS, "新疆生产建设兵团"),
    ]


def test_every_county_belongs_to_its_own_province_or_to_the_corps(nation):
    homes = Counter(code for region in nation.regions for code in region.members)
    assert set(homes.values()) == {1}
    for code, _ in provinces():
        counties = {county.code for county in county_divisions(code)}
        region = nation.region(code)
        assert region is not None
        assert counties == set(region.members) | {
            county for county in nation.region(CORPS).members if county[:2] == code[:2]
        }


def test_the_corps_are_the_cities_that_the_list_has_of_them(nation):
    names = {county.code: county.name for county in nation.counties}
    assert [names[code] for code in nation.region(CORPS).members][:2] == ["石河子市", "阿拉尔市"]
    assert not any(code.startswith("6590") for code in nation.region("650000").members)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("陕西", "陕西省"), ("陕西省", "陕西省"), ("北京", "北京市"), ("610000", "陕西省"), ("1.北京", "北京市"),
        ("内蒙古", "内蒙古自治区"), ("内蒙", "内蒙古自治区"), ("广西", "广西壮族自治区"), ("西藏", "西藏自治区"),
        ("宁夏", "宁夏回族自治区"), ("新疆", "新疆维吾尔自治区"), ("新疆（不含兵团）", "新疆维吾尔自治区"),
        ("兵团", "新疆生产建设兵团"), ("新疆兵团", "新疆生产建设兵团"), ("吉林省卫生健康委", "吉林省"), ("海南", "海南省"),
        # A city or prefecture of the same name, and a province with another's figures, are asked about.
        ("吉林市", None), ("海南州", None), ("西安市", None), ("新疆（含兵团）", None), ("台湾省", None),
    ],
)  # fmt: skip
def test_a_province_is_found_by_any_reviewed_name(nation, written, meant):
    found = nation.find(written)
    assert (found.name if found else None) == meant


def test_the_sum_of_all_provinces_is_no_province(nation):
    assert [nation.is_total(text) for text in ("全国", "全国合计", "合  计", "陕西省")] == [True] * 3 + [
        False
    ]
