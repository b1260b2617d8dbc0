"""The district's communities as an SVG whose pixels can be told back into degrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from math import cos, radians

import shapely
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import ShapeVersion
from wangge.lib.scoping import EVERYWHERE, within

WIDTH, EDGE = 1000.0, 0.02  # units of the picture; blank around as a share
OFF = 0.0002  # degrees a border may be off, twenty metres


@dataclass(frozen=True)
class Frame:
    """How degrees lie in the picture."""

    west: float
    north: float
    per_x: float  # degrees of longitude a unit
    per_y: float
    height: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies in the picture."""
        return (lon - self.west) / self.per_x, (self.north - lat) / self.per_y


@dataclass(frozen=True)
class Dot:
    """Something on the picture: where, what a reader is told, and its look (a class of the style)."""

    lon: float
    lat: float
    words: str
    look: str = ""


def ground_picture(dots: Iterable[Dot] = ()) -> str:
    """The whole district with dots; "" where no borders are known. Names of communities are titles."""
    day, version = timezone.localdate(), _version()
    frame, paths = _kept(day, version) if version else _drawn(day)
    if frame is None:
        return ""
    marks = "".join(_mark(frame, dot) for dot in dots)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" '
        f'class="ground" '
        f'data-west="{frame.west:.6f}" data-north="{frame.north:.6f}" data-per-x="{frame.per_x:.9f}" '
        f'data-per-y="{frame.per_y:.9f}" role="img">'
        f'<g fill="#eef3e6" stroke="#6b7a60" stroke-width="1.2">{paths}</g>{marks}</svg>'
    )


def _mark(frame: Frame, dot: Dot) -> str:
    x, y = frame.at(dot.lon, dot.lat)
    title = escape(dot.words)
    return f'<circle class="dot {dot.look}" cx="{x:.1f}" cy="{y:.1f}" r="10"><title>{title}</title></circle>'


def _version() -> str:
    """When shapes last changed; "" where nothing says so."""
    return ShapeVersion.objects.values_list("token", flat=True).first() or ""


@lru_cache(maxsize=2)
def _kept(day: date, version: str) -> tuple[Frame | None, str]:
    """Drawn once a day and process, until a shape changes."""
    return _drawn(day)


def _drawn(day: date) -> tuple[Frame | None, str]:
    shapes = _shapes(day)
    if not shapes:
        return None, ""
    frame = _frame(shapely.total_bounds(list(shapes.values())))
    names = territory.names_of(shapes)
    drawn = [_path(frame, shape, names.get(code, "")) for code, shape in sorted(shapes.items())]
    return frame, "".join(drawn)


def _shapes(day: date) -> dict[str, shapely.Geometry]:
    """Borders of communities; where none are known, their grids put together."""
    with within(EVERYWHERE):
        codes = list(territory.areas_in_reach(Level.COMMUNITY, day).values_list("code", flat=True))
        known = territory.outlines_on(day, codes) or _united(day)
    return {code: shape.simplify(OFF) for code, shape in known.items()}


def _united(day: date) -> dict[str, shapely.Geometry]:
    grids: dict[str, list[shapely.Geometry]] = {}
    for code, shape in territory.shapes_on(day).items():
        grids.setdefault(code[:12], []).append(shape)
    return {code: shapely.union_all(several) for code, several in grids.items()}


def _frame(bounds: Iterable[float]) -> Frame:
    west, south, east, north = map(float, bounds)
    wide, high = (east - west) * (1 + 2 * EDGE), (north - south) * (1 + 2 * EDGE)
    per_x = wide / WIDTH
    per_y = per_x * cos(radians((south + north) / 2))  # a unit is as many metres both ways
    return Frame(west - EDGE * (east - west), north + EDGE * (north - south), per_x, per_y, high / per_y)


def _path(frame: Frame, shape: shapely.Geometry, name: str) -> str:
    rings = []
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            points = (frame.at(*point) for point in ring.coords)
            rings.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return f'<path d="{"".join(rings)}"><title>{escape(name)}</title></path>'
