"""Judged standings as a map: polygons, hatches and labels as a Plotly figure. What colour a region has, the caller decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from zyb import palette
from zyb.html import BREAK, Markup, joined, tag
from zyb.maps import projection
from zyb.maps.labels import Label
from zyb.maps.polygons import GeoJson, ProvinceMap
from zyb.maps.projection import Bounds, Coordinates

JADE_WASH = "rgba(18,118,109,0.08)"
PlottedMap = go.Figure
CLEAR = "rgba(0,0,0,0)"
FADED = 0.45  # share of white mixed into the regions that are not selected
LABEL_SIZE, MARK_SIZE = 12.5, 8.5
WHITE_RIM = ",".join(f"{x}px {y}px 2px #fff" for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)
LABEL_TARGET = 34  # pixels around a label that answer to a click
CONFIG: dict[str, Any] = {
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {
                "Autoscale": "自动缩放",
                "Box Select": "矩形框选",
                "Compare data on hover": "悬停时比较数据",
                "Double-click to zoom back out": "双击返回缩小",
                "Download plot": "下载图表",
                "Download plot as a PNG": "下载图片",
                "Preparing image - this may take a few seconds": "正在生成图片，请稍候",
                "Image download succeeded": "图片已保存",
                "Sorry, there was a problem downloading your image!": "图片没有生成，请再试一次",
                "Lasso Select": "套索选择",
                "Pan": "平移",
                "Reset": "重置",
                "Reset axes": "重置坐标轴",
                "Reset view": "重置视图",
                "Show closest data on hover": "悬停时显示最近的数据",
                "Zoom": "缩放",
                "Zoom in": "放大",
                "Zoom out": "缩小",
            },
            "format": {
                "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
                "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
                "months": [f"{month}月" for month in range(1, 13)],
                "shortMonths": [f"{month}月" for month in range(1, 13)],
                "date": "%Y年%-m月%-d日",
            },
        }
    },
    # The plotting library fetches a base map even for our own polygons: ours is empty and local.
    "topojsonURL": "/zyb-assets/topojson/",
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "showTips": False,
}


PICTURE_SCALE = 2  # sharp on paper and on a slide


NOTES_BELOW = 18


def with_camera(figure: go.Figure, name: str, *notes: str) -> dict[str, Any]:
    """CONFIG with the one button that saves the picture as PNG under this name, in the browser. What is said below a
    figure on the page is no part of the picture: `notes` are written into its corner."""
    if told := "　".join(filter(None, notes)):
        below = any(trace.type == "choropleth" for trace in figure.data)
        if below:  # a map reaches to its edges, where the words would lie on a region; its own room stays as it was laid out
            figure.update_layout(margin_b=NOTES_BELOW, height=figure.layout.height + NOTES_BELOW)
        figure.add_annotation(
            text=joined(told), xref="paper", yref="paper", x=1, y=0, xanchor="right", yanchor="top" if below else "bottom",
            showarrow=False, font={"family": palette.SCREEN_FONT, "size": 9.5, "color": palette.TERTIARY},
        )  # fmt: skip
    figure.update_layout(modebar={"bgcolor": CLEAR, "color": palette.TERTIARY, "activecolor": palette.JADE})
    saved = {"format": "png", "filename": name, "scale": PICTURE_SCALE}
    return {**CONFIG, "displayModeBar": True, "modeBarButtons": [["toImage"]], "toImageButtonOptions": saved}


@dataclass(frozen=True, kw_only=True)
class MapPlace:
    """How one region is shown: `text` is the second line of its label, `hover` plain lines of text.

    `mark` is the shape of its state before the text, for who sees or prints no colours.
    `emphasis` says which lettering stands out on `colour`; a hatched region has not reported.
    """

    code: str
    name: str
    colour: str
    text: str = ""
    hover: tuple[str, ...] = ()
    emphasis: Literal["light", "dark"] = "dark"
    hatched: bool = False
    mark: str = ""


def choropleth(
    shapes: ProvinceMap, places: Sequence[MapPlace], selected: str | None = None, height: int = 400
) -> go.Figure:
    """A map whose regions and labels carry the region code in `customdata[0]`."""
    by_code = {place.code: place for place in places}
    chosen = selected if selected in by_code else None
    colours = {place.code: _shown_colour(place, chosen) for place in places}
    traces = [
        _regions(shapes, places, colours),
        *_hatch(shapes, places),
        *_outline(shapes, chosen),
        *_leaders([label.callout for label in shapes.labels if label.callout and label.code in by_code]),
        *_labels(shapes, by_code, chosen),
    ]
    return go.Figure(traces, _map_layout(shapes.bounds, height))


def county_choropleth(
    shapes: ProvinceMap, places: Sequence[MapPlace], borders: GeoJson, height: int = 400
) -> go.Figure:
    """Counties in their colours, the borders and names of the regions over them; a click gives the county."""
    colours = {place.code: place.colour for place in places}
    rings = [ring for feature in borders["features"] for ring in _exterior_rings(feature["geometry"])]
    traces = [
        _regions(shapes, places, colours, 0.7),
        *_hatch(shapes, places),
        _lines(rings, palette.CARD, 3.4),
        _lines(rings, palette.INK, 1.3),
        *_leaders([label.callout for label in shapes.labels if label.callout]),
        _names(shapes.labels),
    ]
    return go.Figure(traces, _map_layout(shapes.bounds, height))


def _names(labels: Sequence[Label]) -> go.Scattergeo:
    """Names over many colours: ink with a white rim. The county beneath answers to the pointer."""
    return go.Scattergeo(
        lon=[label.x for label in labels],
        lat=[label.y for label in labels],
        mode="text",
        text=[tag("b", label.name) for label in labels],
        textposition="middle center",
        textfont={
            "family": palette.SCREEN_FONT, "size": LABEL_SIZE, "color": palette.INK, "shadow": WHITE_RIM,
        },
        hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def _map_layout(bounds: Bounds, height: int) -> dict[str, Any]:
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    clicks = {"clickmode": "event+select", "dragmode": False}
    return {**plain_layout(height), **clicks, "margin": margin, "geo": _frame(bounds)}


def _frame(bounds: Bounds) -> dict[str, Any]:
    west, south, east, north = bounds
    return {
        "visible": False,
        "bgcolor": CLEAR,
        "projection": {"type": "mercator"},
        "center": {"lon": (west + east) / 2, "lat": _middle(south, north)},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
        "fitbounds": False,
    }


def _middle(south: float, north: float) -> float:
    """The latitude half-way up the drawing; the plain mean lies below and would cut the north off."""
    return projection.latitude((projection.height(south) + projection.height(north)) / 2)


def selected_code(selection: Mapping[str, Any] | None) -> str | None:
    """The region that was clicked, from a selection of the chart ({"points": [...]})."""
    for point in (selection or {}).get("points") or ():
        data = point.get("customdata")
        if data:
            return str(data[0])
    return None


def _shown_colour(place: MapPlace, chosen: str | None) -> str:
    return place.colour if chosen in (None, place.code) else _blend(place.colour, FADED)


def _regions(
    shapes: ProvinceMap, places: Sequence[MapPlace], colours: Mapping[str, str], line: float = 1.4
) -> go.Choropleth:
    shades = sorted(set(colours.values()))
    steps = [[(index + edge) / len(shades), colour] for index, colour in enumerate(shades) for edge in (0, 1)]
    return go.Choropleth(
        geojson=shapes.regions, locations=[place.code for place in places],
        z=[shades.index(colours[place.code]) + 0.5 for place in places], zmin=0, zmax=max(len(shades), 1),
        colorscale=steps or None, showscale=False, marker={"line": {"color": palette.CARD, "width": line}},
        **_unmoved_by_clicks({"opacity": 1}), customdata=[[place.code] for place in places],
        text=[_hover(place) for place in places], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _unmoved_by_clicks(marker: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A click fades everything else in the browser unless told not to; we fade by ourselves, evenly."""
    return {"selected": {"marker": marker, **more}, "unselected": {"marker": marker, **more}}


def _hover(place: MapPlace) -> Markup:
    return joined(tag("b", place.name), *place.hover, between=BREAK)


def _hatch(shapes: ProvinceMap, places: Sequence[MapPlace]) -> list[go.Scattergeo]:
    lines = [line for place in places if place.hatched for line in shapes.hatches.get(place.code, ())]
    return [_lines(lines, palette.HATCH, 1.0)] if lines else []


def _outline(shapes: ProvinceMap, chosen: str | None) -> list[go.Scattergeo]:
    rings = [
        ring
        for feature in shapes.regions["features"]
        if feature["id"] == chosen
        for ring in _exterior_rings(feature["geometry"])
    ]
    return [_lines(rings, palette.INK, 2.8)] if rings else []


def _exterior_rings(geometry: Mapping[str, Any]) -> list[Any]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _lines(lines: Sequence[Sequence[Sequence[float]]], colour: str, width: float) -> go.Scattergeo:
    """Many lines as one trace, with gaps between them."""
    return go.Scattergeo(
        lon=[value for line in lines for value in (*(point[0] for point in line), None)],
        lat=[value for line in lines for value in (*(point[1] for point in line), None)],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        showlegend=False,
    )


def _labels(shapes: ProvinceMap, places: Mapping[str, MapPlace], chosen: str | None) -> list[go.Scattergeo]:
    by_colour: dict[str, list[Label]] = {}
    for label in (label for label in shapes.labels if label.code in places):
        by_colour.setdefault(_lettering(label, places[label.code], chosen), []).append(label)
    return [_texts(labels, places, colour) for colour, labels in sorted(by_colour.items())]


def _leaders(leaders: Sequence[tuple[Coordinates, Coordinates]]) -> list[go.Scattergeo]:
    """Thin lines with a white rim, so that they show on every colour, from a dot in the region."""
    if not leaders:
        return []
    dots = go.Scattergeo(
        lon=[start[0] for start, _ in leaders],
        lat=[start[1] for start, _ in leaders],
        mode="markers",
        marker={"size": 5, "color": palette.INK, "opacity": 1, "line": {"color": palette.CARD, "width": 1}},
        hoverinfo="skip",
        showlegend=False,
    )
    return [_lines(leaders, palette.CARD, 3.0), _lines(leaders, palette.INK, 1.1), dots]


def _lettering(label: Label, place: MapPlace, chosen: str | None) -> str:
    if label.callout:
        return palette.INK
    if chosen in (None, place.code):
        return palette.CARD if place.emphasis == "light" else palette.INK
    faded = _blend(place.colour, FADED)
    return max((palette.INK, palette.CARD), key=lambda lettering: _contrast(lettering, faded))


def _texts(labels: Sequence[Label], places: Mapping[str, MapPlace], colour: str) -> go.Scattergeo:
    shown = [places[label.code] for label in labels]
    return go.Scattergeo(
        lon=[label.x for label in labels], lat=[label.y for label in labels], mode="markers+text",
        marker={"size": LABEL_TARGET, "color": colour, "opacity": 0},
        text=[_label_text(label, place) for label, place in zip(labels, shown, strict=True)],
        textposition="middle center", textfont={"family": palette.SCREEN_FONT, "size": LABEL_SIZE, "color": colour},
        **_unmoved_by_clicks({"opacity": 0}, textfont={"color": colour}),
        customdata=[[label.code] for label in labels], hovertext=[_hover(place) for place in shown],
        hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
    )  # fmt: skip


def _label_text(label: Label, place: MapPlace) -> Markup:
    mark = tag("span", place.mark, style=f"font-size:{MARK_SIZE}px") if place.mark else ""
    below = joined(mark, place.text)
    return joined(tag("b", label.name), *([below] if below else []), between=BREAK)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _blend(colour: str, white: float) -> str:
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in _rgb(colour))


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.03928 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def plain_layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "font": {"family": palette.SCREEN_FONT, "size": 12, "color": palette.SECONDARY},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "hoverlabel": {
            "bgcolor": palette.CARD,
            "bordercolor": palette.HAIRLINE,
            "align": "left",
            "font": {"family": palette.SCREEN_FONT, "size": 13, "color": palette.INK},
        },
        "template": "none",
    }
