"""Maps dissolved from counties: complete, clockwise, labelled without collisions, kept on disk."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from functools import cache

import pytest
import shapely
from shapely.geometry import Point, box, shape

from tests import boundaries
from zyb.errors import ZybError
from zyb.maps import polygons
from zyb.maps.labels import FRAME, LINE_HEIGHT, Label
from zyb.maps.polygons import ProvinceMap, county_map, province_map, region_map
from zyb.maps.tiles import map_of
from zyb.rulebook.places.divisions import provinces
from zyb.rulebook.regions import load_roster

# 辽宁 has hairline gaps in the source, 北京 and 上海 many small districts.
PROVINCES = ["陕西省", "河北省", "北京市", "上海市", "辽宁省"]


@pytest.fixture(scope="module", autouse=True)
def polygons_read_once():
    """The same few provinces are asked for again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(polygons, "_county_polygons", cache(polygons._county_polygons))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("boundaries")


@pytest.fixture(scope="module", params=PROVINCES)
def drawn(request, folder):
    roster = load_roster(request.param)
    return roster, province_map(roster, folder)


@pytest.fixture
def shaanxi(folder):
    return province_map(load_roster("陕西"), folder)


def areas(collection):
    found = {feature["id"]: shape(feature["geometry"]) for feature in collection["features"]}
    assert found
    return found


def square_kilometres(area):
    """Equal-area (Lambert cylindrical) on a sphere of 6,371 km."""
    level = shapely.transform(
        area, lambda points: [(6371 * math.radians(x), 6371 * math.sin(math.radians(y))) for x, y in points]
    )
    return level.area


def pixels(shapes: ProvinceMap, x: float, y: float) -> tuple[float, float]:
    """Where a page draws a point when the map fills a card of FRAME."""
    height_of = {y: math.degrees(math.asinh(math.tan(math.radians(y)))) for y in (y, *shapes.bounds[1::2])}
    west, south, east, north = shapes.bounds
    scale = min(FRAME[0] / (east - west), FRAME[1] / (height_of[north] - height_of[south]))
    return (x - west) * scale, (height_of[y] - height_of[south]) * scale


def lettering(shapes: ProvinceMap, label: Label):
    """The ink of a label: two lines, names 12.5 pixels a character, at least “58.2” wide."""
    x, y = pixels(shapes, label.x, label.y)
    width = max(12.5 * len(label.name), 28)
    return box(x - width / 2, y - LINE_HEIGHT + 1.5, x + width / 2, y + LINE_HEIGHT - 1.5)


def test_features_follow_the_roster(drawn):
    roster, shapes = drawn
    assert [f["id"] for f in shapes.regions["features"]] == [r.code for r in roster.regions]
    assert [f["properties"]["name"] for f in shapes.regions["features"]] == [r.name for r in roster.regions]
    assert {f["id"]: f["properties"]["region"] for f in shapes.counties["features"]} == {
        member: region.code for region in roster.regions for member in region.members
    }


def test_polygons_fit_together_without_gap_or_overlap(drawn):
    _, shapes = drawn
    for collection in (shapes.regions, shapes.counties):
        polygons = list(areas(collection).values())
        assert all(polygon.is_valid for polygon in polygons)
        assert shapely.coverage_is_valid(polygons)


def test_regions_are_exactly_their_counties(drawn):
    roster, shapes = drawn
    counties, regions = areas(shapes.counties), areas(shapes.regions)
    assert len(regions) == len(roster.regions)
    for region in roster.regions:
        members = shapely.union_all([counties[member] for member in region.members])
        assert members.symmetric_difference(regions[region.code]).area < 1e-9


def test_exterior_rings_run_clockwise_and_holes_the_other_way(drawn):
    _, shapes = drawn
    polygons = [*areas(shapes.regions).values(), *areas(shapes.counties).values()]
    parts = [part for polygon in polygons for part in shapely.get_parts(polygon)]
    assert len(parts) >= len(polygons)
    for part in parts:
        assert not part.exterior.is_ccw
        assert all(hole.is_ccw for hole in part.interiors)


@pytest.mark.parametrize(("province", "official"), [("陕西", 205_600), ("河北", 188_800), ("北京", 16_410)])
def test_a_province_keeps_its_size(folder, province, official):
    shapes = province_map(load_roster(province), folder)
    assert sum(map(square_kilometres, areas(shapes.regions).values())) == pytest.approx(official, rel=0.01)


def test_special_units_are_holes_in_their_parents(folder):
    for province, parent, unit in (
        ("陕西", "610400", "610403"),
        ("陕西", "610500", "610581"),
        ("河北", "130600", "130682"),
        ("河北", "130600", "133100"),
        ("河北", "130100", "130181"),
    ):
        regions = areas(province_map(load_roster(province), folder).regions)
        assert regions[parent].touches(regions[unit])


def test_every_region_has_one_label_with_its_short_name(drawn):
    roster, shapes = drawn
    assert [(label.code, label.name) for label in shapes.labels] == [
        (r.code, r.short) for r in roster.regions
    ]


def test_labels_do_not_touch_each_other(drawn):
    _, shapes = drawn
    boxes = {label.name: lettering(shapes, label) for label in shapes.labels}
    assert boxes
    touching = [
        (one, other) for one, other in itertools.combinations(boxes, 2) if boxes[one].intersects(boxes[other])
    ]
    assert touching == []


def test_a_label_stands_in_its_region_or_outside_the_province(drawn):
    _, shapes = drawn
    regions = areas(shapes.regions)
    assert {label.code for label in shapes.labels} == set(regions)
    for label in shapes.labels:
        inside = [code for code, area in regions.items() if area.contains(Point(label.x, label.y))]
        assert inside == ([] if label.callout else [label.code]), label.name


def test_leader_lines_start_in_the_region_and_cross_nothing_written(drawn):
    _, shapes = drawn
    regions = areas(shapes.regions)
    assert shapes.labels
    leaders = {}
    for label in shapes.labels:
        if label.callout:
            start, end = label.callout
            assert regions[label.code].contains(Point(start))
            leaders[label.name] = shapely.LineString([pixels(shapes, *start), pixels(shapes, *end)])
    for name, leader in leaders.items():
        written = [lettering(shapes, label) for label in shapes.labels if label.name != name]
        assert not any(leader.intersects(text) for text in written), name
        assert not any(leader.crosses(other) for other in leaders.values() if other is not leader), name


def test_special_units_are_called_out(folder):
    called = {
        label.name
        for province in ("陕西", "河北")
        for label in province_map(load_roster(province), folder).labels
        if label.callout
    }
    assert {"杨凌", "韩城", "定州", "辛集", "雄安"} <= called
    assert called.isdisjoint({"西安", "咸阳", "渭南", "保定", "石家庄", "廊坊", "秦皇岛"})


def test_the_bounds_hold_everything(drawn):
    _, shapes = drawn
    frame = box(*shapes.bounds)
    assert all(frame.contains(area) for area in areas(shapes.regions).values())
    assert all(frame.contains(Point(label.x, label.y)) for label in shapes.labels)


def test_hatching_stays_in_its_region(shaanxi):
    for code, area in areas(shaanxi.regions).items():
        lines = shapely.MultiLineString(shaanxi.hatches[code])
        assert len(lines.geoms) > 1
        assert area.buffer(0.001).covers(lines)


def test_a_second_look_comes_from_disk(folder, shaanxi, monkeypatch):
    monkeypatch.setattr(polygons, "_county_polygons", lambda code: pytest.fail("built again"))
    again = province_map(load_roster("陕西"), folder)
    assert again.labels == shaanxi.labels
    assert again.regions == shaanxi.regions


def test_a_changed_roster_is_drawn_anew_and_the_old_map_goes(tmp_path):
    roster = load_roster("陕西")
    province_map(roster, tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    merged = [
        replace(region, members=(*region.members, "610403")) if region.code == "610400" else region
        for region in roster.regions
        if region.code != "610403"
    ]
    shapes = province_map(replace(roster, regions=tuple(merged)), tmp_path)
    assert len(shapes.regions["features"]) == 11
    assert {path.name for path in tmp_path.iterdir()}.isdisjoint(before)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("content", ["", '{"regions": ', "[]", "{}"])
def test_a_damaged_file_is_replaced(tmp_path, content):
    roster = load_roster("上海")
    shapes = province_map(roster, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text(content, encoding="utf-8")
    assert province_map(roster, tmp_path).labels == shapes.labels
    assert kept.stat().st_size > 1000


def test_without_a_place_to_keep_it_the_map_is_drawn_all_the_same(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert len(province_map(load_roster("上海"), blocked / "boundaries").labels) == 16


def test_without_the_shipped_boundaries_the_administrator_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(polygons, "SHIPPED", tmp_path / "nothing")
    with pytest.raises(ZybError, match="缺少行政区划边界数据") as refusal:
        province_map(load_roster("青海"), tmp_path)
    assert refusal.value.remedy


@pytest.mark.parametrize("content", [None, "", "[]", "{", '{"630102": 7}', "{}"])
def test_without_its_boundaries_a_province_is_drawn_as_tiles(tmp_path, monkeypatch, content):
    """Lost, cut short or without a county: each region has its place all the same, and it is said why there is no map."""
    monkeypatch.setattr(polygons, "SHIPPED", tmp_path)
    monkeypatch.setattr(polygons, "_county_polygons", polygons._county_polygons.__wrapped__)
    if content is not None:
        (tmp_path / "630000.json").write_text(content, encoding="utf-8")
    roster = load_roster("青海")
    found = map_of(roster, tmp_path / "kept")
    assert set(areas(found.regions)) == {region.code for region in roster.regions}
    counties = areas(found.counties)
    assert set(counties) == {code for region in roster.regions for code in region.members}
    assert not any(a.overlaps(b) for a, b in itertools.combinations(areas(found.regions).values(), 2))
    assert all(
        areas(found.regions)[one["properties"]["region"]].buffer(1e-6).covers(counties[one["id"]])
        for one in found.counties["features"]
    )
    assert "以方格示意各地" in found.sketch and "审图号" not in found.sketch
    assert region_map(roster, found, roster.regions[0].code).sketch == found.sketch


@pytest.mark.parametrize("code", ["610000", "210000", "110000"])
def test_what_is_shipped_is_what_the_script_makes_of_the_package(code):
    assert (polygons.SHIPPED / f"{code}.json").read_text(encoding="utf-8") == boundaries.shipped_text(code)


def test_every_province_with_counties_has_its_file():
    shipped = {file.stem for file in polygons.SHIPPED.glob("*.json")}
    assert shipped == {roster[0] for roster in provinces()} and len(shipped) == 31


# -- counties -------------------------------------------------------------------------------------


def test_the_county_map_has_every_county_and_the_names_of_the_regions(shaanxi):
    found = county_map(shaanxi)
    assert len(found.regions["features"]) == 107 == len(found.hatches)
    assert found.labels == shaanxi.labels and found.bounds == shaanxi.bounds


@pytest.mark.parametrize("name", ["西安市", "渭南市", "韩城市"])
def test_a_regions_map_has_its_counties_each_with_a_label(shaanxi, name):
    roster = load_roster("陕西")
    region = roster.find(name)
    found = region_map(roster, shaanxi, region.code)
    assert {feature["id"] for feature in found.regions["features"]} == set(region.members)
    assert [label.code for label in found.labels] == sorted(region.members)
    west, south, east, north = found.bounds
    assert all(west < label.x < east and south < label.y < north for label in found.labels)


def test_counties_are_labelled_by_the_names_people_say(shaanxi):
    labels = region_map(load_roster("陕西"), shaanxi, "610500").labels
    assert {"临渭", "华阴", "潼关"} <= {label.name for label in labels}
