"""Mercator, the one way in which maps are drawn: degrees → places in a drawing, from its upper left corner."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Coordinates = tuple[float, float]
Bounds = tuple[float, float, float, float]
Rings = list[list[Coordinates]]


def height(latitude: float) -> float:
    """How far from the equator a latitude is drawn, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def latitude(height: float) -> float:
    """Back again."""
    return math.degrees(math.atan(math.sinh(math.radians(height))))


@dataclass(frozen=True, kw_only=True)
class Projection:
    """`scale` is how long a degree of longitude is; `left` and `top` are the corner, in the drawing's own measure."""

    west: float
    north: float
    scale: float
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0

    def place(self, point: Sequence[float]) -> Coordinates:
        return (
            self.left + (point[0] - self.west) * self.scale,
            self.top + (self.north - height(point[1])) * self.scale,
        )

    def rings(self, feature: Any) -> Rings:
        """The outlines of a GeoJSON feature and its holes; a shape is closed by itself, so no end is its beginning."""
        return [[self.place(point) for point in ring[:-1]] for ring in _rings(feature["geometry"])]

    def areas(self, features: Sequence[Any], codes: Collection[str]) -> list[tuple[str, Rings]]:
        """The features with these codes, the largest first: what is cut out of a region lies over it."""
        drawn = [(str(one["id"]), self.rings(one)) for one in features if one["id"] in codes]
        return sorted(drawn, key=lambda item: -_extent(item[1]))


def fitted(bounds: Bounds, width: float, height_of_box: float) -> Projection:
    """As large as a box allows, in its upper left corner."""
    west, south, east, north = bounds
    upper = height(north)
    wide, tall = east - west, upper - height(south)
    scale = min(width / wide, height_of_box / tall)
    return Projection(west=west, north=upper, scale=scale, width=wide * scale, height=tall * scale)


def _rings(geometry: Any) -> Iterator[Sequence[Sequence[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def _extent(rings: Rings) -> float:
    """Of the box around it."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
