"""Names of places in invented dress: every region of every province is found, and nothing else is."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import sheet, submission
from zyb.intake.remedies import unknown_place
from zyb.rulebook.places.counties import former_counties
from zyb.rulebook.places.divisions import divisions, places_elsewhere, provinces
from zyb.rulebook.places.placenames import LONGEST_WRITTEN, place_words, short_name
from zyb.rulebook.regions import Region, Roster, load_roster

PROVINCES = [name for _, name in provinces()]
BEFORE = ["", "1.", "12、", "（3）", "(一)", "十一、", "①", "⑿", "㈡", "第2、", "7", "01 ", "B.", "Ⅱ、"]
MARKS = ["", "*", "※", "★", "▲", " ", "　", "·"]
AUTHORITIES = ["", "卫生健康委员会", "卫健委", "疾控局", "疾病预防控制中心", "人民政府", "卫健局职业健康科"]
REMARKS = [
    "",
    "（省直管）",
    "(三县)",
    "【12个县区】",
    "（共8家）",
    "[2]",
    "（注1）",
    "（含12个县区）",
    "（疾控局）",
    "（合计）",
]
BEHIND = ["", "：", "*", "²", "、", "③", " 。"]

dress = st.tuples(*map(st.sampled_from, (BEFORE, MARKS, AUTHORITIES, REMARKS, BEHIND)))
Dress = tuple[str, str, str, str, str]
provincial = st.sampled_from(PROVINCES).map(load_roster)
thorough = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])


def dressed(name: str, worn: Dress) -> str:
    before, mark, authority, remark, behind = worn
    return f"{before}{mark}{name}{authority}{remark}{behind}"


@thorough
@given(provincial, st.data(), dress)
def test_a_region_is_found_whatever_stands_around_its_name(
    roster: Roster, data: st.DataObject, worn: Dress
) -> None:
    region: Region = data.draw(st.sampled_from(roster.regions))
    name = data.draw(
        st.sampled_from([region.name, roster.province + region.name, f"{region.name}（{region.code}）"])
    )
    assert roster.find(dressed(name, worn)) == region


@thorough
@given(provincial, st.data(), dress)
def test_a_city_of_another_province_is_never_ours(roster: Roster, data: st.DataObject, worn: Dress) -> None:
    ours = set(roster.names)
    theirs = sorted({d.name for d in divisions() if d.level == "prefecture"} - ours)
    name = data.draw(st.sampled_from(theirs))
    assert roster.find(dressed(name, worn)) is None


@thorough
@given(provincial, st.sampled_from(["合计", "全省", "全省合计", "总计", "小计", "province"]), dress)
def test_a_total_is_no_region_in_any_dress(roster: Roster, total: str, worn: Dress) -> None:
    name = roster.province if total == "province" else total
    assert roster.find(dressed(name, worn)) is None
    before, mark, _, _, behind = worn
    assert roster.is_total(f"{before}{mark}{name}{behind}")


@thorough
@given(provincial, st.data(), dress)
def test_a_county_is_found_within_its_region(roster: Roster, data: st.DataObject, worn: Dress) -> None:
    county = data.draw(st.sampled_from(roster.counties))
    home = roster.region_of_county(county.code)
    assert roster.county(dressed(county.name, worn), home) == county


@thorough
@given(provincial, st.data(), dress)
def test_the_digits_of_a_code_beside_a_name_are_its_own(
    roster: Roster, data: st.DataObject, worn: Dress
) -> None:
    """A code that is another region's makes two of it."""
    ours, other = data.draw(st.sampled_from(roster.regions)), data.draw(st.sampled_from(roster.regions))
    found = roster.find(dressed(f"{ours.name}（{other.code}）", worn))
    assert found == (ours if ours == other else None)


@thorough
@given(provincial, st.data())
def test_the_whole_without_what_was_cut_out_is_ours_and_with_it_is_not(
    roster: Roster, data: st.DataObject
) -> None:
    carved = [region for region in roster.regions if region.carved]
    around = [region for region in roster.regions if not region.carved]
    region = data.draw(st.sampled_from(around))
    own = {unit.name for unit in carved if unit.members[0][:4] == region.code[:4]}
    said = (
        data.draw(st.sets(st.sampled_from([unit.name for unit in carved]), min_size=1))
        if carved
        else {"西咸新区"}
    )
    left_out = roster.find(f"{region.name}（不含{'、'.join(said)}）")
    assert left_out == (region if carved and own <= said else None)
    assert roster.find(f"{region.name}（含{'、'.join(said)}）") == (None if carved else region)


@thorough
@given(st.text(max_size=60), provincial)
def test_any_text_is_a_region_of_the_roster_or_none(text: str, roster: Roster) -> None:
    for said in (text, roster.regions[0].name + text, text + roster.regions[-1].name):
        found = roster.find(said)
        assert found is None or found in roster.regions
        roster.county(said)
        assert found is None or not roster.is_total(said)


def test_every_former_county_is_now_one_of_the_list_and_bears_another_name() -> None:
    names = {(d.code[:2], d.parent, d.name) for d in divisions() if d.level == "county"}
    codes = {d.code: d for d in divisions() if d.level == "county"}
    cities = {d.code: d.name for d in divisions() if d.level != "county"}
    earlier = [county for name in PROVINCES for county in former_counties(name)]
    assert len(earlier) > 250
    for county in earlier:
        present = codes[county.present]
        assert cities[present.parent] == county.parent, county
        assert (present.code[:2], present.parent, county.name) not in names, county
        assert 2009 <= county.year <= place_words().divisions_year, county
    assert len({(county.province, county.parent, county.name) for county in earlier}) == len(earlier)


def test_every_former_county_is_found_with_its_city() -> None:
    earlier = [(load_roster(name), county) for name in PROVINCES for county in former_counties(name)]
    assert earlier
    for roster, county in earlier:
        for text in (county.parent + county.name, f"1.{county.name}卫健局"):
            read = roster.county_read(text, roster.find(county.parent))
            assert read.county and read.county.code == county.present, (text, read)
            # 沙县区 is called 沙县 to this day.
            assert read.former == (None if short_name(read.county.name) == county.name else county)


def test_no_derived_name_is_that_of_a_place_elsewhere() -> None:
    rosters = [load_roster(name) for name in PROVINCES]
    assert len(rosters) == 31
    for roster in rosters:
        strangers = {d.name for d in divisions() if d.level == "prefecture"} & places_elsewhere(
            roster.province_code
        )
        taken = {name for name in strangers & set(roster.names) if roster.names[name].name != name}
        assert taken == set(), roster.province


def test_no_text_takes_long_to_be_no_place() -> None:
    roster = load_roster("陕西")
    texts = [
        "西安(不含" * 60,
        "(" * LONGEST_WRITTEN,
        "1." * 20,
        "西安市" + "卫健委" * 11,
        "（西安）" * 10,
        "不含" * 20,
    ]
    texts += [
        "西安市（" * 10 + "）" * 10,
        "610100" * 6,
        "和及与" * 13,
        "西安和" * 13,
        "(含" + "安和" * 19 + ")",
    ]
    for text in [*texts, *("西安市(含" + text for text in texts)]:
        began = perf_counter()
        for _ in range(20):
            roster.find(text)
            roster.county(text)
        assert perf_counter() - began < 1, text


@pytest.mark.parametrize(("province", "county", "said"), [
    ("江苏", "鼓楼区", "南京市、徐州市都有鼓楼区"), ("陕西", "雁塔区", "雁塔区属于西安市"), ("陕西", "火星市", "请改为名册中的地区"),
])  # fmt: skip
def test_a_county_among_cities_is_told_whose_it_is(province: str, county: str, said: str) -> None:
    assert unknown_place(load_roster(province), county).startswith(said)


def test_a_prefecture_called_as_a_province_is_its_own() -> None:
    head = ("企业名称", "县区", "是否完成治理")
    found = submission(
        sheet([("海南州专项治理企业台账（截至2024年3月1日）",), head, ("甲公司", "共和县", "是")])
    )
    assert found.roster and (found.roster.province, found.blocked) == ("青海省", False)
