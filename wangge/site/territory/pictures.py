"""A map as plain SVG: it prints, needs no script, and stands in where the browser has no WebGL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wangge.foundation.territory.geometry.measures import metres_per_degree

WIDTH = 1000
MOST_LABELS = 40
COLOURS = ("#cfe3f5", "#d9ecd0", "#f6e6c5", "#ead9f0", "#f8d9d3", "#d3ebea", "#e6e6d2", "#dfe0f2")
Ring = list[list[float]]


@dataclass(frozen=True)
class Picture:
    """Shapes in SVG units, and how to get back from units to degrees; falsy when empty."""

    count: int = 0
    height: int = 0
    west: float = 0.0
    north: float = 0.0
    per_x: float = 1.0  # degrees of longitude per unit
    per_y: float = 1.0  # degrees of latitude per unit, downwards
    shapes: str = ""  # safe markup
    labels: str = ""
    width: int = WIDTH

    def __bool__(self) -> bool:
        return self.count > 0


def picture_of(collection: dict[str, Any], by: str = "town", links: bool = True) -> Picture:
    """Draw a feature collection; shapes with the same property ``by`` have the same colour."""
    features = collection["features"]
    points = [point for feature in features for ring in _rings(feature["geometry"]) for point in ring]
    if not points:
        return Picture()
    west, north = min(x for x, _y in points), max(y for _x, y in points)
    width, height = max(x for x, _y in points) - west, north - min(y for _x, y in points)
    across, up = metres_per_degree(north - height / 2)
    per_x = max(width, 1e-9) / WIDTH
    per_y = per_x * across / up
    rings = [_in_units(feature["geometry"], west, north, per_x, per_y) for feature in features]
    named = [feature["properties"] for feature in features]
    labels = _labels(named, rings) if len(features) <= MOST_LABELS else SafeString("")
    shapes = format_html_join("", _pattern(links), _rows(named, rings, _colours(named, by)))
    tall = max(1, round(height / per_y))
    return Picture(len(features), tall, west, north, per_x, per_y, shapes, labels)


def _pattern(links: bool) -> str:
    """The markup of one shape, with places for address, path, colour, name and code."""
    patch = (
        '<path data-code="{4}" d="{1}" fill="{2}" stroke="#5b6b7f" stroke-width="1.2"'
        ' vector-effect="non-scaling-stroke"><title>{3}（{4}）</title></path>'
    )
    return f'<a href="{{0}}">{patch}</a>' if links else patch


def _rows(
    named: list[dict[str, Any]], rings: list[list[Ring]], fills: list[str]
) -> Iterator[tuple[str, ...]]:
    top = reverse("territory:areas")
    for at, fill in enumerate(fills):
        code = str(named[at]["code"])
        yield f"{top}{code}/", _path(rings[at]), fill, str(named[at]["name"]), code


def _colours(named: list[dict[str, Any]], by: str) -> list[str]:
    groups = sorted({properties.get(by) or "" for properties in named})
    return [COLOURS[groups.index(properties.get(by) or "") % len(COLOURS)] for properties in named]


def _labels(named: list[dict[str, Any]], rings: list[list[Ring]]) -> SafeString:
    place = '<text x="{}" y="{}" text-anchor="middle" font-size="22"'
    middles = [_middle(shape) for shape in rings]
    rows = ((x, y, properties["name"]) for (x, y), properties in zip(middles, named, strict=True))
    return format_html_join("", place + ' fill="#1d2b3a" pointer-events="none">{}</text>', rows)


def _middle(rings: list[Ring]) -> tuple[str, str]:
    corners = rings[0][:-1]
    x, y = (sum(values) / len(corners) for values in zip(*corners, strict=True))
    return f"{x:.1f}", f"{y:.1f}"


def _path(rings: list[Ring]) -> str:
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring[:-1]) + "Z" for ring in rings)


def _in_units(geometry: dict[str, Any], west: float, north: float, per_x: float, per_y: float) -> list[Ring]:
    return [[[(x - west) / per_x, (north - y) / per_y] for x, y in ring] for ring in _rings(geometry)]


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for polygon in polygons:
        yield from polygon
