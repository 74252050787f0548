"""One Mercator for labels, pages, slides and the wall."""

from __future__ import annotations

import pytest

from zyb.maps.projection import fitted, height, latitude

BOUNDS = (105.0, 31.0, 111.0, 39.0)


def square(code: str, west: float, south: float, side: float) -> dict[str, object]:
    east, north = west + side, south + side
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {"id": code, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.mark.parametrize("degrees", [-40.0, 0.0, 18.2, 34.3, 53.5])
def test_a_latitude_comes_back_from_its_height(degrees: float) -> None:
    assert latitude(height(degrees)) == pytest.approx(degrees)


def test_the_farther_north_the_farther_apart() -> None:
    assert height(40) - height(39) > height(31) - height(30) > 1


@pytest.mark.parametrize("box", [(400.0, 400.0), (200.0, 900.0), (900.0, 200.0)])
def test_a_map_touches_two_sides_of_its_box_and_leaves_none(box: tuple[float, float]) -> None:
    west, south, east, north = BOUNDS
    drawn = fitted(BOUNDS, *box)
    assert drawn.place((west, north)) == pytest.approx((0, 0))
    assert drawn.place((east, south)) == pytest.approx((drawn.width, drawn.height))
    assert drawn.width == pytest.approx(box[0]) or drawn.height == pytest.approx(box[1])
    assert drawn.width <= box[0] + 1e-9 and drawn.height <= box[1] + 1e-9


def test_what_is_cut_out_of_a_region_is_drawn_after_it_and_who_is_not_asked_for_is_not() -> None:
    features = [square("small", 107, 34, 0.5), square("large", 106, 33, 3), square("other", 110, 31, 1)]
    areas = fitted(BOUNDS, 400, 400).areas(features, {"small", "large"})
    assert [code for code, _ in areas] == ["large", "small"]
    assert all(len(ring) == 4 for _, rings in areas for ring in rings)
