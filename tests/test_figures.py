"""Figures: colours as given, names harmless, nothing asked of another host."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyb import palette
from zyb.maps import plotted, trend_chart
from zyb.maps.labels import Label
from zyb.maps.plotted import CONFIG, MapPlace, choropleth, county_choropleth, selected_code
from zyb.maps.polygons import ProvinceMap
from zyb.maps.trend_chart import PlottedPoint, TrendBar, trend

RED, AMBER, JADE = "#9E1B1B", "#F2A93B", "#0B7A75"
PACE = [PlottedPoint(date(2025, 6, 30), 4699), PlottedPoint(date(2022, 9, 1), 0)]
START_OF_MARCH = PlottedPoint(date(2024, 3, 1), 2575)


def square(code, west):
    ring = [[west, 34], [west, 35], [west + 1, 35], [west + 1, 34], [west, 34]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": code, "properties": {"name": code}, "geometry": geometry}


@pytest.fixture
def shapes():
    """Three squares side by side; the third is called out."""
    return ProvinceMap(
        regions={"type": "FeatureCollection", "features": [square(c, 108 + i) for i, c in enumerate("abc")]},
        counties={"type": "FeatureCollection", "features": []},
        labels=(
            Label("a", "甲", 108.5, 34.5),
            Label("b", "乙", 109.5, 34.5),
            Label("c", "丙", 112.5, 34.5, ((110.5, 34.5), (112.0, 34.5))),
        ),
        bounds=(108, 34, 113, 35),
        hatches={code: [[(108.1, 34.1), (108.9, 34.9)]] for code in "abc"},
    )


@pytest.fixture
def places():
    return [
        MapPlace(
            code="a", name="甲市", colour=RED, text="18.1", hover=("完成 84／463 家",), emphasis="light"
        ),
        MapPlace(code="b", name="乙市", colour=AMBER, text="58.2"),
        MapPlace(code="c", name="丙市", colour=palette.MISSING, text="未报", hatched=True),
    ]


def drawn_colours(figure):
    """code → colour, worked out from z and the colour scale as a browser does."""
    trace = figure.data[0]
    shown = {}
    for code, z in zip(trace.locations, trace.z, strict=True):
        share = z / trace.zmax
        below = [colour for stop, colour in trace.colorscale if stop <= share]
        shown[code] = below[-1]
    return shown


def traces(figure, mode):
    return [trace for trace in figure.data[1:] if trace.mode == mode]


def letterings(figure):
    return {
        data[0]: trace.textfont.color for trace in traces(figure, "markers+text") for data in trace.customdata
    }


def test_each_region_has_the_colour_it_was_given(shapes, places):
    assert drawn_colours(choropleth(shapes, places)) == {"a": RED, "b": AMBER, "c": palette.MISSING}


def test_labels_are_the_short_name_and_the_text_below(shapes, places):
    shown = {text for trace in traces(choropleth(shapes, places), "markers+text") for text in trace.text}
    assert shown == {"<b>甲</b><br>18.1", "<b>乙</b><br>58.2", "<b>丙</b><br>未报"}


def test_lettering_follows_the_emphasis_and_is_dark_beside_the_map(shapes, places):
    places[2] = MapPlace(code="c", name="丙市", colour=RED, text="8.3", emphasis="light")
    assert letterings(choropleth(shapes, places)) == {"a": palette.CARD, "b": palette.INK, "c": palette.INK}


def test_the_selected_region_keeps_its_colour_and_gets_an_ink_outline(shapes, places):
    figure = choropleth(shapes, places, selected="a")
    colours = drawn_colours(figure)
    assert colours["a"] == RED
    assert colours["b"] not in (AMBER, RED)
    (outline,) = [t for t in traces(figure, "lines") if t.line.color == palette.INK and t.line.width > 2]
    assert {lon for lon in outline.lon if lon} == {108, 109}


@pytest.mark.parametrize("colour", [RED, AMBER, JADE, palette.MISSING, "#2f5f8a", "#000000", "#ffffff"])
def test_labels_of_faded_regions_stay_readable(shapes, places, colour):
    places[1] = MapPlace(code="b", name="乙市", colour=colour, text="58.2", emphasis="light")
    figure = choropleth(shapes, places, selected="a")
    assert plotted._contrast(letterings(figure)["b"], drawn_colours(figure)["b"]) >= 4.5


def test_an_unknown_selection_changes_nothing(shapes, places):
    assert choropleth(shapes, places, selected="zzz") == choropleth(shapes, places)


def test_a_click_does_not_fade_anything_in_the_browser(shapes, places):
    figure = choropleth(shapes, places)
    assert figure.data[0].unselected.marker.opacity == figure.data[0].selected.marker.opacity == 1
    for trace in traces(figure, "markers+text"):
        assert trace.unselected.textfont.color == trace.textfont.color


def test_only_regions_without_a_report_are_hatched(shapes, places):
    hatched = [t for t in traces(choropleth(shapes, places), "lines") if t.line.color == palette.HATCH]
    assert [tuple(trace.lon) for trace in hatched] == [(108.1, 108.9, None)]
    none = choropleth(shapes, places[:2])
    assert [t for t in traces(none, "lines") if t.line.color == palette.HATCH] == []


def test_the_shape_of_a_state_stands_small_before_the_figure(shapes):
    shown = choropleth(
        shapes,
        [
            MapPlace(code="a", name="甲市", colour=RED, text="18.1", mark="▼"),
            MapPlace(code="b", name="乙", colour=RED),
        ],
    )
    (labels,) = traces(shown, "markers+text")
    assert labels.text[0].startswith("<b>甲</b><br><span") and labels.text[0].endswith("▼</span>18.1")
    assert labels.text[1] == "<b>乙</b>"


def test_leader_lines_belong_to_the_regions_shown(shapes, places):
    assert len(traces(choropleth(shapes, places), "markers")) == 1
    assert traces(choropleth(shapes, places[:2]), "markers") == []


def test_a_map_without_places_is_an_empty_frame(shapes):
    figure = choropleth(shapes, [])
    assert list(figure.data[0].locations) == []
    assert figure.layout.geo.lonaxis.range == (108, 113)


def test_names_and_texts_cannot_become_markup(shapes):
    evil = '<img src=x onerror="alert(1)">'
    places = [MapPlace(code="a", name=evil, colour=RED, text=evil, hover=(evil,))]
    text = choropleth(shapes, places).to_json() + trend([PlottedPoint(date(2024, 3, 1), 1, evil)]).to_json()
    assert "img src=x" in text
    assert "<img" not in text and "\\u003cimg" not in text


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        (None, None),
        ({}, None),
        ({"points": []}, None),
        ({"points": [{"location": "a", "customdata": ["610100"]}]}, "610100"),
        ({"points": [{"lon": 1, "lat": 2}, {"customdata": ["610403"]}]}, "610403"),
    ],
)
def test_a_click_on_region_or_label_gives_the_code(selection, code):
    assert selected_code(selection) == code


def test_regions_and_labels_carry_their_code(shapes, places):
    figure = choropleth(shapes, places)
    assert (
        [data[0] for data in figure.data[0].customdata] == list(figure.data[0].locations) == ["a", "b", "c"]
    )
    assert set(letterings(figure)) == {"a", "b", "c"}


def test_no_figure_asks_another_host(shapes, places):
    content = choropleth(shapes, places, "a").to_json() + trend([START_OF_MARCH], PACE).to_json()
    assert re.findall(r"(?:https?:)?//[\w.]+", content + json.dumps(CONFIG)) == []
    assert CONFIG["topojsonURL"].startswith("/zyb-assets/")


def test_the_toolbar_speaks_chinese():
    words = CONFIG["locales"][CONFIG["locale"]]["dictionary"].values()
    assert all(re.search("[\u4e00-\u9fff]", word) for word in words)
    assert CONFIG["displaylogo"] is False


def test_one_point_is_a_lone_dot_with_its_figure_and_the_pace():
    figure = trend([START_OF_MARCH], PACE)
    pace, completed = figure.data
    assert list(pace.x) == ["2022-09-01", "2025-06-30"]
    assert (list(completed.x), list(completed.y), completed.fill) == (["2024-03-01"], [2575], "none")
    assert [note.text for note in figure.layout.annotations] == ["<b>完成 2,575</b>", "序时目标 2,488"]


def test_the_higher_figure_stands_above_and_the_lower_below():
    for value, places in ((2575, ["bottom", "top"]), (1000, ["top", "bottom"])):
        notes = trend([PlottedPoint(date(2024, 3, 1), value)], PACE).layout.annotations
        assert [note.yanchor for note in notes] == places


def test_points_are_drawn_in_the_order_of_their_days():
    figure = trend([START_OF_MARCH, PlottedPoint(date(2024, 1, 1), 2000)])
    assert list(figure.data[0].x) == ["2024-01-01", "2024-03-01"]
    assert figure.layout.annotations[0].text == "<b>完成 2,575</b>"


def test_without_points_the_pace_stands_alone_and_without_pace_the_points():
    assert [trace.name for trace in trend([], PACE).data] == ["序时目标"]
    assert [trace.name for trace in trend([START_OF_MARCH]).data] == ["完成"]
    assert len(trend([]).data) == 0


def test_after_the_deadline_no_pace_figure_is_invented():
    figure = trend([PlottedPoint(date(2025, 7, 15), 4000)], PACE)
    assert [note.text for note in figure.layout.annotations] == ["<b>完成 4,000</b>"]


def test_hovering_says_day_and_count_in_chinese():
    (completed,) = trend([START_OF_MARCH]).data
    assert completed.hovertext == ("2024年3月1日<br>完成 2,575 家",)


def test_months_are_written_in_chinese_with_the_year_where_it_changes():
    axis = trend([START_OF_MARCH], PACE).layout.xaxis
    assert list(axis.ticktext) == ["1月<br>2023年", "7月", "1月<br>2024年", "7月", "1月<br>2025年"]


def test_within_a_month_the_days_are_written():
    axis = trend([START_OF_MARCH, PlottedPoint(date(2024, 3, 15), 2600)]).layout.xaxis
    assert list(axis.ticktext) == ["2024年3月1日", "2024年3月15日"]


def test_there_is_room_for_the_figures_on_both_sides_of_the_last_point():
    for day in (date(2022, 9, 1), date(2022, 10, 1), date(2024, 3, 1), date(2025, 6, 30)):
        first, last = map(date.fromisoformat, trend([PlottedPoint(day, 2575)], PACE).layout.xaxis.range)
        assert min(day - first, last - day) >= (last - first) * 0.2


def test_a_figure_close_to_zero_stays_above_the_axis():
    notes = trend([PlottedPoint(date(2022, 10, 1), 20)], PACE).layout.annotations
    assert [note.yanchor for note in notes] == ["bottom", "bottom"]
    assert [note.xanchor for note in notes] == ["left", "right"]


def test_on_a_county_map_the_names_of_the_regions_let_the_pointer_through(shapes, places):
    """The labels are those of the regions above; a click belongs to the county beneath."""
    figure = county_choropleth(shapes, places, shapes.regions)
    assert drawn_colours(figure) == {"a": RED, "b": AMBER, "c": palette.MISSING}
    (names,) = traces(figure, "text")
    assert (names.hoverinfo, names.customdata) == ("skip", None)
    assert set(names.text) == {"<b>甲</b>", "<b>乙</b>", "<b>丙</b>"}
    assert [trace.line.color for trace in traces(figure, "lines")][:3] == [
        palette.HATCH,
        palette.CARD,
        palette.INK,
    ]


# -- what each period brought ---------------------------------------------------------------------

MONTHS = [
    TrendBar(
        first=date(2024, 1, 1),
        last=date(2024, 1, 31),
        added=90,
        needed=100,
        hover=("2024年1月", "新增 90 家"),
    ),
    TrendBar(
        first=date(2024, 2, 1),
        last=date(2024, 2, 29),
        added=None,
        needed=101,
        hover=("2024年2月", "未报送"),
        silent=True,
    ),
    TrendBar(
        first=date(2024, 3, 1),
        last=date(2024, 3, 31),
        added=300,
        needed=112,
        hover=("2024年3月",),
        covers_silence=True,
    ),
    TrendBar(first=date(2024, 4, 1), last=date(2024, 4, 30), added=None, needed=98, hover=("2024年4月",)),
]


def bars_of(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_silence_is_hatched_and_never_a_bar_of_zero():
    hatched, _, added = bars_of(trend([START_OF_MARCH], PACE, MONTHS))
    assert len(hatched.x) == 1 and hatched.hovertext == ("2024年2月<br>未报送",)
    assert list(added.y) == [90, 300]
    assert list(added.marker.pattern.shape) == ["", "/"]


def test_each_period_has_the_tick_of_what_it_had_to_bring():
    ticks = trend([START_OF_MARCH], PACE, MONTHS).data[-1]
    assert list(ticks.y) == [100, 100, None, 101, 101, None, 112, 112, None, 98, 98, None]
    assert list(ticks.x[:2]) == ["2024-01-01", "2024-02-01"]


def test_the_heading_of_the_bars_stays_text():
    notes = trend([START_OF_MARCH], PACE, MONTHS, note="<b>本月").layout.annotations
    assert notes[-1].text == "&lt;b&gt;本月"


def test_a_line_is_broken_where_nobody_reported():
    figure = trend(
        [PlottedPoint(date(2024, 1, 31), 10), PlottedPoint(date(2024, 3, 31), 30, after_silence=True)]
    )
    (line,) = figure.data
    assert list(line.y) == [10, None, 30]
    assert (line.connectgaps, line.fill) == (None, "none")
    assert line.marker.size[0] == 7


def test_a_figure_that_fell_hangs_below_the_axis():
    fallen = [TrendBar(first=date(2024, 1, 1), last=date(2024, 1, 31), added=-20, needed=100)]
    low, high = trend([START_OF_MARCH], PACE, fallen).layout.yaxis2.range
    assert low < -20 and high > 100


def test_time_is_cut_to_the_frame_and_the_pace_with_it():
    figure = trend([START_OF_MARCH], PACE, frame=(date(2024, 1, 1), date(2024, 6, 30)))
    pace = figure.data[0]
    assert (pace.x[0], pace.x[-1]) == ("2024-01-01", "2024-06-30")
    assert pace.y[0] == pytest.approx(4699 * 487 / 1033)
    first, last = map(date.fromisoformat, figure.layout.xaxis.range)
    assert first > date(2023, 9, 1) and last < date(2024, 10, 1)


def test_pace_bends_at_a_milestone():
    milestones = [
        PlottedPoint(date(2025, 1, 1), 0),
        PlottedPoint(date(2025, 1, 11), 100),
        PlottedPoint(date(2025, 1, 21), 120),
    ]
    assert trend_chart.pace_on(milestones, date(2025, 1, 6)) == 50
    assert trend_chart.pace_on(milestones, date(2025, 1, 16)) == 110
    assert trend_chart.pace_on(milestones, date(2025, 1, 21)) == 120
    assert trend_chart.pace_on(milestones, date(2024, 12, 31)) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 12000))
def test_there_are_never_more_than_seven_months_on_the_axis(first, days):
    last = min(date.fromordinal(first.toordinal() + days), date(2150, 1, 1))
    ticks = trend_chart._month_ticks(first, last)
    assert len(ticks) <= 7
    assert all(first <= tick <= last and tick.day == 1 for tick in ticks)
    assert ticks == sorted(set(ticks))
