"""A border between two neighbouring shapes drawn anew: along a line, or around points that change sides."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely

from wangge.foundation.territory.geometry.cuts import CannotCut, cut
from wangge.foundation.territory.geometry.measures import area_m2

_SLIVER_M2 = 1.0
_MARGIN = 3e-4  # degrees, about thirty metres: a building stands on ground of its own
_ONE_PLACE = 9  # decimals of degrees, a tenth of a millimetre: what lies closer cannot be parted
Pair = tuple[shapely.Polygon, shapely.Polygon]


def redraw(one: shapely.Polygon, other: shapely.Polygon, points: Sequence[tuple[float, float]]) -> Pair:
    """Both shapes with the line over ``points`` as the border between them; ends that lie inside are
    drawn out straight until they leave the ground. Each shape keeps the side it has more of.

    Raises:
        CannotCut: fewer than two points, the shapes do not touch, or the line does not make two pieces.
    """
    whole = shapely.union_all([one, other])
    if whole.geom_type != "Polygon":
        raise CannotCut("not neighbours")
    parts = cut(whole, _across(points, whole))
    if len(parts) != 2:
        raise CannotCut("more than two pieces")
    left, right = parts
    straight = one.intersection(left).area + other.intersection(right).area
    crossed = one.intersection(right).area + other.intersection(left).area
    return (left, right) if straight >= crossed else (right, left)


def _across(points: Sequence[tuple[float, float]], whole: shapely.Polygon) -> shapely.LineString:
    line = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    if len(line) < 2:
        raise CannotCut("fewer than two points")
    x0, y0, x1, y1 = whole.bounds
    far = 2 * math.hypot(x1 - x0, y1 - y0)
    return shapely.LineString(
        [*_drawn_out(line[1], line[0], whole, far), *line, *_drawn_out(line[-2], line[-1], whole, far)]
    )


def _drawn_out(
    before: tuple[float, float], end: tuple[float, float], whole: shapely.Polygon, far: float
) -> list[tuple[float, float]]:
    if not whole.covers(shapely.Point(end)):
        return []
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = math.hypot(dx, dy)
    return [(end[0] + dx / length * far, end[1] + dy / length * far)]


def hand_over(
    one: shapely.Polygon,
    other: shapely.Polygon,
    points: Sequence[tuple[float, float]],
    moving: Sequence[bool],
) -> Pair:
    """Both shapes after the ground around the ``moving`` points changed sides: of every point that
    ground which is nearer to it than to any other point of its side, as far as the other side and a
    little beyond. The rest of the border stays as it was.

    Args:
        points: all points of both shapes. moving: for each whether it goes to the other side.

    Raises:
        CannotCut: nothing moves, everything does, or what moves does not touch the other side.
    """
    places = np.asarray(points, dtype=float).reshape(-1, 2)
    chosen = np.asarray(moving, dtype=bool)
    if not chosen.any():
        raise CannotCut("nothing moves")
    here = shapely.intersects_xy(one, places[:, 0], places[:, 1])
    going = one.intersection(_nearest_ground(places[here], chosen[here], other))
    coming = other.intersection(_nearest_ground(places[~here], chosen[~here], one))
    first = shapely.union_all([one.difference(going), coming])
    second = shapely.union_all([other.difference(coming), going])
    return _whole(first, second, places)


def _nearest_ground(places: np.ndarray, chosen: np.ndarray, towards: shapely.Polygon) -> shapely.Geometry:
    """The ground that is nearest to a chosen point and lies between it and the shape it goes to; of
    several points at one place, one chosen is enough."""
    if not chosen.any():
        return shapely.Polygon()
    distinct, which = np.unique(places.round(_ONE_PLACE), axis=0, return_inverse=True)
    wanted = np.zeros(len(distinct), dtype=bool)
    wanted[which.reshape(-1)[chosen]] = True
    points = shapely.points(distinct)
    around = shapely.buffer(points, shapely.distance(points, towards) + _MARGIN, quad_segs=4)
    if len(distinct) == 1:
        return around[0]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(distinct), extend_to=shapely.union_all(around))
    )
    cell, point = shapely.STRtree(points).query(cells, predicate="contains")
    kept = wanted[point]
    return shapely.union_all(shapely.intersection(cells[cell[kept]], around[point[kept]]))


def _whole(first: shapely.Geometry, second: shapely.Geometry, places: np.ndarray) -> Pair:
    """Each in one piece: a piece that was cut off and holds no point goes to the other shape."""
    first, lost = _largest(first, places)
    second, lost_too = _largest(shapely.union_all([second, *lost]), places)
    first, rest = _largest(shapely.union_all([first, *lost_too]), places)
    if rest:
        raise CannotCut("more than two pieces")
    return first, second


def _largest(shape: shapely.Geometry, places: np.ndarray) -> tuple[shapely.Polygon, list[shapely.Polygon]]:
    """The largest piece, and the others, in which no point may stand."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    if not parts or area_m2(shape) < _SLIVER_M2:
        raise CannotCut("nothing is left")
    parts.sort(key=lambda part: part.area)
    largest, rest = parts[-1], parts[:-1]
    if any(shapely.intersects_xy(part, places[:, 0], places[:, 1]).any() for part in rest):
        raise CannotCut("more than two pieces")
    return largest, rest
