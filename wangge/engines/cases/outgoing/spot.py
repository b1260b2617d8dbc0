"""Where a case is: its grid with a dot, as plain SVG that needs no script and prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wangge.foundation.territory.geometry.measures import metres_per_degree

WIDTH = 1000.0
Place = tuple[float, float]
OWN, OTHER = "#cfe3f5", "#eef2f5"


@dataclass(frozen=True)
class Spot:
    """A picture and how its units are degrees; falsy where there is nothing to draw."""

    height: float = 0.0
    west: float = 0.0
    north: float = 0.0
    per_x: float = 1.0
    per_y: float = 1.0
    body: str = ""  # safe markup

    def __bool__(self) -> bool:
        return bool(self.body)


def spot_of(
    shapes: Mapping[str, Any], names: Mapping[str, str], own: str = "", place: Place | None = None
) -> Spot:
    """Draw grids, one of them marked, and the place.

    Args:
        shapes: polygons (shapely) by grid code, in degrees. own: the code that is marked.
        place: longitude and latitude.
    """
    bounds = [shape.bounds for shape in shapes.values()]
    if not bounds:
        return Spot()
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    across, up = metres_per_degree((north + south) / 2)
    per_x = max(east - west, 1e-9) / WIDTH
    per_y = per_x * across / up
    frame = Spot((north - south) / per_y, west, north, per_x, per_y)
    drawn = format_html_join("", PATCH, _patches(frame, shapes, names, own)) + _dot(frame, place)
    return Spot(frame.height, west, north, per_x, per_y, drawn)


PATCH = (
    '<path d="{}" fill="{}" stroke="#5b6b7f" stroke-width="1.2" vector-effect="non-scaling-stroke">'
    "<title>{}</title></path>"
)


def _patches(
    frame: Spot, shapes: Mapping[str, Any], names: Mapping[str, str], own: str
) -> Iterator[tuple[str, str, str]]:
    for code, shape in shapes.items():
        rings = [part.exterior.coords for part in getattr(shape, "geoms", [shape])]
        fill = OWN if code == own else OTHER
        yield " ".join(_ring(frame, ring) for ring in rings), fill, names.get(code, code)


def _ring(frame: Spot, points: Iterable[tuple[float, ...]]) -> str:
    return "M" + "L".join(f"{_x(frame, p[0]):.1f} {_y(frame, p[1]):.1f}" for p in points) + "Z"


def _x(frame: Spot, longitude: float) -> float:
    return (longitude - frame.west) / frame.per_x


def _y(frame: Spot, latitude: float) -> float:
    return (frame.north - latitude) / frame.per_y


def _dot(frame: Spot, place: Place | None) -> SafeString:
    if place is None:
        return SafeString("")
    x, y = _x(frame, place[0]), _y(frame, place[1])
    if not (0 <= x <= WIDTH and 0 <= y <= frame.height):
        return SafeString("")
    spot = '<circle cx="{}" cy="{}" r="16" fill="#d63939" stroke="#fff" stroke-width="5"/>'
    return format_html(spot, f"{x:.1f}", f"{y:.1f}")
