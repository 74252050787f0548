"""Rosters, spellings, totals and suggestions; what ships is checked against its sources."""

from __future__ import annotations

import csv
import json
from collections import Counter
from importlib.metadata import distribution
from pathlib import Path

import pytest

from zyb.errors import RulesError, ZybError
from zyb.rulebook import regions
from zyb.rulebook.book import rules_file
from zyb.rulebook.places.divisions import divisions, province_of, provinces
from zyb.rulebook.regions import Roster, load_roster

REFERENCE = Path(__file__).parent / "data" / "gbt2260-shaanxi-hebei.csv"
PROVINCES = [name for _, name in provinces()]


@pytest.fixture
def shaanxi() -> Roster:
    return load_roster("陕西")


@pytest.fixture
def hebei() -> Roster:
    return load_roster("河北省")


def packaged(level: str) -> set[tuple[str, str]]:
    """(code, name) of the mainland divisions in the boundary package."""
    data = Path(str(distribution("geotool-cn").locate_file(f"GeoToolCN/data/china_{level}.geojson")))
    places = (f["properties"] for f in json.loads(data.read_text(encoding="utf-8"))["features"])
    return {
        (place["gb"][3:], place["name"])
        for place in places
        if len(place["gb"] or "") == 9 and place["gb"][3:5] not in ("71", "81", "82")
    }


@pytest.mark.parametrize(
    ("level", "source", "count"), [("county", "district", 2852), ("province", "province", 31)]
)
def test_the_list_of_divisions_is_that_of_the_boundary_package(level, source, count):
    listed = [(d.code, d.name) for d in divisions() if d.level == level]
    assert len(listed) == count
    assert set(listed) == packaged(source)


def test_the_prefectures_are_those_of_the_boundary_package():
    listed = {(d.code, d.name) for d in divisions() if d.level == "prefecture"}
    assert listed == {
        (code, name) for code, name in packaged("city") if code.endswith("00") and not code.endswith("0000")
    }


def test_both_provinces_agree_with_gbt2260_line_by_line():
    levels = {"省": "province", "市": "prefecture", "县区": "county"}
    names = {d.code: d.name for d in divisions() if d.level != "county"}
    ours = {
        (d.code, d.name, d.level, names.get(d.parent, "")) for d in divisions() if d.code[:2] in ("61", "13")
    }
    with REFERENCE.open(encoding="utf-8-sig", newline="") as file:
        theirs = {(r["代码"], r["名称"], levels[r["级别"]], r["上级"]) for r in csv.DictReader(file)}
    assert ours == theirs


def test_every_division_has_its_parent():
    codes = {d.code for d in divisions()}
    assert len(codes) > 3000
    assert [d for d in divisions() if d.level != "province" and d.parent not in codes] == []


def test_there_are_31_provinces_and_each_loads():
    assert len(PROVINCES) == 31
    assert all(load_roster(name).regions for name in PROVINCES)


@pytest.mark.parametrize("province", PROVINCES)
def test_every_county_lies_in_exactly_one_region(province):
    roster = load_roster(province)
    members = Counter(code for region in roster.regions for code in region.members)
    assert set(members.values()) == {1}
    assert set(members) == {
        d.code for d in divisions() if d.level == "county" and d.code[:2] == roster.province_code[:2]
    }


@pytest.mark.parametrize("province", PROVINCES)
def test_every_region_is_found_by_its_own_names(province):
    roster = load_roster(province)
    assert roster.regions
    for region in roster.regions:
        for text in (region.code, region.name, region.short, province + region.name):
            assert roster.find(text) == region, text


@pytest.mark.parametrize("province", PROVINCES)
def test_no_total_is_a_region_and_no_region_a_total(province):
    roster = load_roster(province)
    assert roster.is_total(province)
    assert not [region.name for region in roster.regions if roster.is_total(region.name)]
    assert not [region.short for region in roster.regions if roster.is_total(region.short)]


@pytest.mark.parametrize("province", PROVINCES)
def test_a_county_is_never_taken_for_a_region_it_is_not(province):
    roster = load_roster(province)
    assert roster.counties
    for county in roster.counties:
        found = roster.find(county.name)
        if found is not None:
            assert county.code in found.members
            assert len(found.members) == 1 or found.name == county.name


def test_shaanxi_reports_in_the_order_of_its_commission(shaanxi):
    listed = "西安市 宝鸡市 咸阳市 铜川市 渭南市 延安市 榆林市 汉中市 安康市 商洛市 杨凌示范区 韩城市"
    assert " ".join(region.name for region in shaanxi.regions) == listed
    assert len(shaanxi.counties) == 107


def test_hebei_reports_in_the_order_of_its_commission(hebei):
    listed = "石家庄 承德 张家口 秦皇岛 唐山 廊坊 保定 沧州 衡水 邢台 邯郸 定州 辛集 雄安"
    assert " ".join(region.short for region in hebei.regions) == listed
    assert len(hebei.counties) == 167


def test_special_units_are_cut_out_of_their_prefectures(shaanxi, hebei):
    carved = {r.name: r.members for roster in (shaanxi, hebei) for r in roster.regions if r.carved}
    assert carved == {
        "杨凌示范区": ("610403",),
        "韩城市": ("610581",),
        "定州市": ("130682",),
        "辛集市": ("130181",),
        "雄安新区": ("130629", "130632", "130638"),
    }
    assert shaanxi.region_of_county("610403").name == "杨凌示范区"
    assert shaanxi.region_of_county("610404").name == "咸阳市"
    assert shaanxi.region_of_county("130638") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("西安", "西安市"),
        (" 西　安 市 ", "西安市"),
        ("陕西省西安市", "西安市"),
        ("陕西西安", "西安市"),
        ("商洛地区", "商洛市"),
        ("６１０１００", "西安市"),
        ("杨凌", "杨凌示范区"),
        ("杨凌区", "杨凌示范区"),
        ("杨陵区", "杨凌示范区"),
        ("杨陵", "杨凌示范区"),
        ("咸阳市杨陵区", "杨凌示范区"),
        ("杨凌农业高新技术产业示范区", "杨凌示范区"),
        ("渭南市韩城市", "韩城市"),
        ("渭南市（不含韩城）", "渭南市"),
        ("渭南市（含韩城）", None),
        ("渭南市（不含华阴市）", None),
        ("神木市", None),
        ("石家庄", None),
        ("", None),
        (None, None),
        (42, None),
        ("西安(不含" * 6000 + ")" * 6000, None),
    ],
)
def test_a_region_is_found_as_people_write_it(shaanxi, text, name):
    found = shaanxi.find(text)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("雄安", "雄安新区"),
        ("河北雄安新区", "雄安新区"),
        ("定州", "定州市"),
        ("保定市定州市", "定州市"),
        ("保定市（不含定州市、雄安新区）", "保定市"),
        ("保定市（不含定州市）", None),
        ("承德", "承德市"),
        ("承德县", None),
    ],
)
def test_hebei_units_are_found_as_people_write_them(hebei, text, name):
    found = hebei.find(text)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("province", "text", "name"),
    [
        ("新疆", "伊犁州", "伊犁哈萨克自治州"),
        ("湖北", "恩施", "恩施土家族苗族自治州"),
        ("湖北省", "神农架", "神农架林区"),
        ("内蒙古自治区", "锡林郭勒", "锡林郭勒盟"),
        ("北京", "密云县", "密云区"),
        ("重庆市", "石柱县", "石柱土家族自治县"),
        ("440000", "东莞", "东莞市"),
        ("河南", "济源", "济源市"),
    ],
)
def test_other_provinces_need_no_list_of_spellings(province, text, name):
    assert load_roster(province).find(text).name == name


def test_a_spelling_that_would_mean_two_regions_is_refused():
    province = province_of("陕西")
    with pytest.raises(RulesError, match="同时指向"):
        regions.build_roster(province, load_roster("陕西").regions, {"西安": "咸阳市"})


def test_an_alias_of_no_region_is_refused():
    with pytest.raises(RulesError, match="名册中没有“西咸新区”"):
        regions.build_roster(province_of("陕西"), load_roster("陕西").regions, {"西咸": "西咸新区"})


def test_the_aliases_that_ship_belong_to_provinces_and_are_not_repeated():
    with rules_file(regions.ALIASES).open(encoding="utf-8", newline="") as file:
        rows = [(row["alias"], row["province"]) for row in csv.DictReader(file)]
    assert {province for _, province in rows} <= {*PROVINCES, "全国"}
    assert [row for row, count in Counter(rows).items() if count > 1] == []


@pytest.mark.parametrize(
    "text",
    [
        "合计",
        "合  计",
        "合　计",
        "总计",
        "小 计",
        "全省",
        "全省合计",
        "省合计",
        "陕西省",
        "陕西",
        "陕西省合计",
        "合计：",
    ],
)
def test_a_total_is_known_by_its_label(shaanxi, text):
    assert shaanxi.is_total(text)
    assert shaanxi.find(text) is None


@pytest.mark.parametrize("text", ["", None, "西安市", "省", "省直", "其中", "合计金额", "陕西省西安市"])
def test_other_labels_are_no_totals(shaanxi, text):
    assert not shaanxi.is_total(text)


def test_jilin_is_the_city_and_jilin_province_the_total():
    jilin = load_roster("吉林")
    assert jilin.find("吉林").name == "吉林市"
    assert not jilin.is_total("吉林")
    assert jilin.is_total("吉林省")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("杨林", "杨凌示范区"),
        ("汉仲市", "汉中市"),
        ("韩成", "韩城市"),
        ("榆林是", "榆林市"),
        ("西安高新区", "西安市"),
        ("神木市", "榆林市"),
        ("渭南市（含韩城）", None),
        ("太原市", None),
        ("安阳市", None),
        ("广州", None),
        ("合计", None),
        ("备注", None),
        ("", None),
    ],
)
def test_the_nearest_region_is_suggested_or_none(shaanxi, text, name):
    nearest = shaanxi.nearest(text)
    assert (nearest and nearest.name) == name


def test_a_county_is_found_by_code_name_or_region_and_name(hebei):
    codes = [
        hebei.county(text) for text in ("130104", "正定县", "正定", "石家庄市桥西区", "河北省张家口市桥西区")
    ]
    assert [county and county.code for county in codes] == ["130104", "130123", "130123", "130104", "130703"]


def test_a_county_name_borne_twice_needs_its_region(hebei):
    assert hebei.county("桥西区") is None
    assert hebei.county("桥西区", hebei.find("张家口")).code == "130703"
    assert hebei.county("正定县", hebei.find("张家口")) is None


def test_an_unknown_province_is_refused_with_a_remedy():
    with pytest.raises(ZybError, match="没有名为“东京”的省级行政区") as refusal:
        load_roster("东京")
    assert "全称" in refusal.value.remedy


def test_provinces_with_a_roster_of_their_own_are_known():
    assert {name for name in PROVINCES if regions.roster_file(name).exists()} == {"陕西省", "河北省"}


HEADER = "code,name,short_name,members\n"
NINGXIA = (
    "640100,银川市,银川,6401\n640200,石嘴山市,石嘴山,6402\n640300,吴忠市,吴忠,6403\n640400,固原市,固原,6404\n"
)
ZHONGWEI = "640500,中卫市,中卫,6405\n"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("code,name\n", "表头", "缺少列：short_name、members。"),
        (HEADER + NINGXIA, "members", "有 3 个县区不属于任何地区：640502、640521、640522。"),
        (HEADER + NINGXIA + "640500,,中卫,6405\n", "第 6 行", "以下列为空：name。"),
        (
            HEADER + NINGXIA + "640500,中卫市,中卫,6101\n",
            "第 6 行",
            "成员代码“6101”不是本省的县区或地市代码。",
        ),
        (HEADER + NINGXIA + ZHONGWEI + "640502,沙坡头,沙坡头,6405\n", "第 7 行", "成员代码“6405”列了两次。"),
        (HEADER + NINGXIA + ZHONGWEI.replace("中卫市", "固原市"), "第 6 行", "“固原市”出现了两次。"),
        (
            HEADER + NINGXIA + ZHONGWEI + "640001,空,空,640502 640521 640522\n",
            "第 6 行",
            "“中卫市”没有任何县区。",
        ),
    ],
)
def test_a_faulty_roster_names_the_place_and_the_fault(tmp_path, text, place, message):
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as fault:
        regions.read_regions(path, province_of("宁夏"))
    assert str(fault.value).startswith(f"规则文件 roster.csv 的 [{place}]：{message}")


def test_a_new_province_needs_only_a_file(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(HEADER + NINGXIA + ZHONGWEI + "640181,灵武市,灵武,640181\n", encoding="utf-8")
    province = province_of("宁夏")
    roster = regions.build_roster(province, regions.read_regions(path, province), {})
    assert roster.find("银川市灵武市").carved
    assert "640181" not in roster.find("银川").members
