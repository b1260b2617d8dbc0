"""Cutting a grid in two or more, and putting grids together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry import LineString
from shapely.ops import split as split_along

from wangge.foundation.territory.geometry.measures import area_m2, metres_per_degree

_SEAM = 1e-12  # degrees, a tenth of a micrometre: a vertex that only a former cut put on a straight edge
_SMALLEST_PART_M2 = 1.0


class CannotCut(ValueError):
    """The line does not divide the shape as asked."""


def through(start: tuple[float, float], end: tuple[float, float], shape: shapely.Geometry) -> LineString:
    """The straight line over two points, long enough to cross the whole shape.

    Raises:
        CannotCut: the points are the same.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if not length:
        raise CannotCut("two equal points")
    x0, y0, x1, y1 = shape.union(LineString([start, end])).bounds
    reach = 2 * math.hypot(x1 - x0, y1 - y0) / length
    return LineString(
        [(start[0] - dx * reach, start[1] - dy * reach), (end[0] + dx * reach, end[1] + dy * reach)]
    )


def bearing_line(shape: shapely.Geometry, bearing: float, share: float = 0.5) -> LineString:
    """A line in the direction ``bearing`` that leaves ``share`` of the area on its left side.

    Args:
        bearing: degrees clockwise from north, as on a compass.
        share: more than 0 and less than 1.
    """
    east, north = metres_per_degree(shape.centroid.y)
    way = (math.sin(math.radians(bearing)) / east, math.cos(math.radians(bearing)) / north)
    aside = (-way[1] * north / east, way[0] * east / north)  # a quarter turn to the left, on the ground
    centre = shape.centroid
    spread = max(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1]) * east * 2
    low, high = -spread, spread
    for _round in range(50):
        middle = (low + high) / 2
        at = (centre.x + aside[0] * middle, centre.y + aside[1] * middle)
        line = through(at, (at[0] + way[0] * 100, at[1] + way[1] * 100), shape)
        left = shape.intersection(_left_of(line, aside, spread * 2)).area
        low, high = (middle, high) if left > share * shape.area else (low, middle)
    return line


def _left_of(line: LineString, aside: tuple[float, float], width: float) -> shapely.Polygon:
    (ax, ay), (bx, by) = line.coords
    return shapely.Polygon(
        [
            (ax, ay),
            (bx, by),
            (bx + aside[0] * width, by + aside[1] * width),
            (ax + aside[0] * width, ay + aside[1] * width),
        ]
    )


def cut(shape: shapely.Polygon, line: LineString) -> list[shapely.Polygon]:
    """The parts of a shape on the sides of a line, in reading order; borders are shared exactly.

    Raises:
        CannotCut: the line misses the shape, or leaves a sliver below one square metre.
    """
    parts = [part for part in split_along(shape, line).geoms if not part.is_empty]
    if len(parts) < 2:
        raise CannotCut("the line does not cross the shape")
    if min(area_m2(part) for part in parts) < _SMALLEST_PART_M2:
        raise CannotCut("the line leaves a sliver")
    return reading_order(parts)


def join(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """The shapes as one, without the vertices that a former cut left on straight edges."""
    joined = shapely.union_all(list(shapes))
    if joined.geom_type != "Polygon":
        return joined
    cleaned = joined.simplify(_SEAM, preserve_topology=True)
    return cleaned if cleaned.is_valid and not cleaned.is_empty else joined


def reading_order(shapes: Sequence[shapely.Polygon]) -> list[shapely.Polygon]:
    """West to east, then north to south: how grids are numbered (spec §3.2)."""
    return sorted(shapes, key=lambda shape: (round(shape.centroid.x, 5), -shape.centroid.y))
