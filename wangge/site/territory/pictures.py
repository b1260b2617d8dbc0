"""A map as plain SVG: it prints, needs no script, and stands in where the browser has no WebGL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wangge.foundation.territory.geometry.measures import metres_per_degree

WIDTH = 1000
COLOURS = ("#cfe3f5", "#d9ecd0", "#f6e6c5", "#ead9f0", "#f8d9d3", "#d3ebea", "#e6e6d2", "#dfe0f2")


@dataclass
class Patch:
    """One shape of a picture."""

    code: str
    name: str
    d: str
    fill: str
    x: float
    y: float


@dataclass
class Picture:
    """Shapes in SVG units, and how to get back from units to degrees."""

    height: int = 0
    west: float = 0.0
    north: float = 0.0
    per_x: float = 0.0  # degrees of longitude per unit
    per_y: float = 0.0  # degrees of latitude per unit, downwards
    patches: list[Patch] = field(default_factory=list)
    width: int = WIDTH

    def __bool__(self) -> bool:
        return bool(self.patches)


def picture_of(collection: dict[str, Any], by: str = "town") -> Picture:
    """Draw a feature collection; shapes with the same property ``by`` have the same colour."""
    features = collection["features"]
    points = [point for feature in features for ring in _rings(feature["geometry"]) for point in ring]
    if not points:
        return Picture()
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    across, up = metres_per_degree((south + north) / 2)
    per_x = max(east - west, 1e-9) / WIDTH
    per_y = per_x * across / up
    picture = Picture(max(1, round((north - south) / per_y)), west, north, per_x, per_y)
    kinds = sorted({feature["properties"].get(by) or "" for feature in features})
    colours = {kind: COLOURS[at % len(COLOURS)] for at, kind in enumerate(kinds)}
    for feature in features:
        picture.patches.append(_patch(picture, feature, colours[feature["properties"].get(by) or ""]))
    return picture


def _patch(picture: Picture, feature: dict[str, Any], fill: str) -> Patch:
    rings = [
        [((x - picture.west) / picture.per_x, (picture.north - y) / picture.per_y) for x, y in ring]
        for ring in _rings(feature["geometry"])
    ]
    path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring[:-1]) + "Z" for ring in rings)
    corners = rings[0][:-1]
    middle = [sum(values) / len(corners) for values in zip(*corners, strict=True)]
    named = feature["properties"]
    return Patch(named["code"], named["name"], path, fill, round(middle[0], 1), round(middle[1], 1))


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for polygon in polygons:
        yield from polygon
