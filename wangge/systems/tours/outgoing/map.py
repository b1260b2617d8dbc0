"""The stops of a tour on the grids around them: plain SVG that needs no script and prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_of

from ..models import Stop

WIDTH, TALLEST = 1000.0, 620.0
EDGE, LEAST = 0.12, 0.004  # blank around as a share; degrees that the picture spans at least
OFF = 0.0001  # degrees a border may be off
OWN, OTHER, LINE, DOT = "#cfe3f5", "#f1f4f6", "#8a99a8", "#c92a2a"
PATH = (
    '<path d="{}" fill="{}" stroke="' + LINE + '" stroke-width="1" vector-effect="non-scaling-stroke">'
    "<title>{}</title></path>"
)
MARK = (
    '<a href="#stop-{}"><g><title>{}</title><circle cx="{}" cy="{}" r="19" fill="' + DOT + '" stroke="#fff" '
    'stroke-width="4"/><text x="{}" y="{}" font-size="23" font-weight="700" fill="#fff" '
    'text-anchor="middle" dominant-baseline="central">{}</text></g></a>'
)


@dataclass(frozen=True)
class Map:
    """A picture; falsy where there is nothing to draw."""

    height: float = 0.0
    body: str = ""  # safe markup
    missing: tuple[str, ...] = ()  # stops whose place is not known

    def __bool__(self) -> bool:
        return bool(self.body)


@dataclass(frozen=True)
class _Frame:
    west: float
    north: float
    per_x: float
    per_y: float
    height: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) / self.per_x, (self.north - lat) / self.per_y


def map_of(stops: Sequence[Stop], names: Mapping[int, str]) -> Map:
    """Numbered dots, one a stop, on the grids around; the areas of the stops are coloured."""
    placed = [(stop, stop.lon, stop.lat) for stop in stops if stop.lon is not None and stop.lat is not None]
    missing = tuple(names[stop.pk] for stop in stops if stop.lon is None or stop.lat is None)
    if not placed:
        return Map(missing=missing)
    shapes = territory.shapes_on(timezone.localdate(), stops[0].area_code[:6])
    own = {code for code in shapes if any(code.startswith(prefix_of(stop.area_code)) for stop in stops)}
    frame = _frame([(lon, lat) for _stop, lon, lat in placed], [shapes[code] for code in own])
    drawn = format_html_join("", PATH, _paths(frame, shapes, own)) + _marks(frame, placed, names)
    return Map(frame.height, drawn, missing)


def _frame(points: Sequence[tuple[float, float]], shapes: Sequence[shapely.Geometry]) -> _Frame:
    """Around the stops and their areas, at least so wide; a unit is as many metres both ways."""
    boxes = [shape.bounds for shape in shapes] + [(x, y, x, y) for x, y in points]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    wide, high = max(east - west, LEAST) * (1 + 2 * EDGE), max(north - south, LEAST) * (1 + 2 * EDGE)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    squeeze = cos(radians(middle_y))
    per_x = max(wide / WIDTH, high / squeeze / TALLEST)
    per_y = per_x * squeeze
    height = max(min(high / per_y, TALLEST), TALLEST * 0.45)
    return _Frame(middle_x - per_x * WIDTH / 2, middle_y + per_y * height / 2, per_x, per_y, height)


def _paths(
    frame: _Frame, shapes: Mapping[str, shapely.Geometry], own: set[str]
) -> Iterable[tuple[str, str, str]]:
    """What lies in the picture, borders simplified."""
    south = frame.north - frame.per_y * frame.height
    window = shapely.box(frame.west, south, frame.west + frame.per_x * WIDTH, frame.north)
    inside = {code: shape for code, shape in shapes.items() if shape.intersects(window)}
    names = territory.names_of(inside)
    for code, shape in inside.items():
        cut = shape.simplify(OFF).intersection(window)
        yield _ring(frame, cut), OWN if code in own else OTHER, names.get(code, code)


def _ring(frame: _Frame, shape: shapely.Geometry) -> str:
    rings = [part.exterior for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    points = ((frame.at(*point) for point in ring.coords) for ring in rings)
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in points)


def _marks(
    frame: _Frame, placed: Sequence[tuple[Stop, float, float]], names: Mapping[int, str]
) -> SafeString:
    """Dots that would cover each other are moved beside each other."""
    drawn = SafeString("")
    taken: list[tuple[float, float]] = []
    for stop, lon, lat in placed:
        x, y = frame.at(lon, lat)
        while any(abs(x - other) < 40 and abs(y - beside) < 40 for other, beside in taken):
            x += 42
        taken.append((x, y))
        drawn += format_html(
            MARK, stop.pk, names[stop.pk], f"{x:.1f}", f"{y:.1f}", f"{x:.1f}", f"{y:.1f}", stop.order
        )
    return drawn
