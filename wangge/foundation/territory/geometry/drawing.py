"""Made-up shapes for the demo: a territory cut into parts that share their borders exactly.

A seeded outline is cut by straight lines, down to the leaves; then all lines are noded together,
their pieces bent a little, and the faces between them taken. As every border is one line of that
drawing, neighbours have the very same vertices: nothing overlaps and nothing is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from wangge.foundation.territory.geometry.measures import metres_per_degree

_STEP = 1e-7  # degrees, about a centimetre: where vertices may lie
Tree = Sequence[Any]  # a part is a number of leaves or again a sequence of parts


def outline(
    centre: tuple[float, float], radius_m: float, rng: np.random.Generator, corners: int = 14
) -> shapely.Polygon:
    """An irregular convex outline around ``centre`` (longitude, latitude)."""
    angles = np.sort(rng.uniform(0, 2 * math.pi, corners))
    radii = radius_m * rng.uniform(0.85, 1.15, corners)
    east, north = metres_per_degree(centre[1])
    points = np.column_stack(
        [centre[0] + np.cos(angles) * radii / east, centre[1] + np.sin(angles) * radii / north]
    )
    return shapely.convex_hull(shapely.multipoints(points))


def leaves_of(part: Any) -> int:
    """How many smallest parts a tree of parts has."""
    return part if isinstance(part, int) else sum(leaves_of(inner) for inner in part)


def divide(shape: shapely.Polygon, tree: Any, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Cut a convex shape into as many parts as the tree has leaves, parts of one branch together."""
    parts = [1] * tree if isinstance(tree, int) else list(tree)
    if len(parts) == 1:
        return [shape] if parts[0] == 1 else divide(shape, parts[0], rng)
    half = _middle(parts)
    first, second = _halve(shape, sum(map(leaves_of, parts[:half])) / leaves_of(parts), rng)
    return divide(first, parts[:half], rng) + divide(second, parts[half:], rng)


def draw(shape: shapely.Polygon, tree: Any, rng: np.random.Generator) -> list[shapely.Polygon]:
    """``divide``, with borders that bend and are shared vertex by vertex.

    Raises:
        RuntimeError: no clean drawing was found (never seen; the shape is far too small).
    """
    rough = divide(shape, tree, rng)
    lines = shapely.union_all(shapely.boundary(np.array(rough, dtype=object)), grid_size=_STEP)
    for bend in (0.06, 0.03, 0.0):
        faces = _faces(_bent(lines, bend, rng))
        drawn = _matched(faces, rough)
        if drawn is not None and shapely.coverage_is_valid(np.array(drawn, dtype=object)):
            return drawn
    raise RuntimeError("the demo's shapes cannot be drawn in so small a place")


def _middle(parts: list[Any]) -> int:
    """Where to cut a row of parts so that both halves weigh about the same."""
    weights = np.cumsum([leaves_of(part) for part in parts])
    return int(np.clip(np.searchsorted(weights, weights[-1] / 2) + 1, 1, len(parts) - 1))


def _halve(shape: shapely.Polygon, share: float, rng: np.random.Generator) -> tuple[Any, Any]:
    """Cut across the longer side, at a slight angle, so that the first part has ``share`` of the area."""
    x0, y0, x1, y1 = shape.bounds
    east, north = metres_per_degree((y0 + y1) / 2)
    across = 0.0 if (x1 - x0) * east >= (y1 - y0) * north else -math.pi / 2
    angle = across + rng.uniform(-0.3, 0.3)
    way = np.array([math.cos(angle), math.sin(angle)])  # from the first part to the second
    points = shapely.get_coordinates(shape)[:-1]
    along = points @ way
    low, high = along.min(), along.max()
    for _round in range(40):
        middle = (low + high) / 2
        first = _side(points, along - middle)
        low, high = (low, middle) if first.area > share * shape.area else (middle, high)
    return first, _side(points, middle - along)


def _side(points: np.ndarray, distance: np.ndarray) -> shapely.Polygon:
    """The part of a convex ring where ``distance`` is not above zero."""
    after, ahead = np.roll(points, -1, axis=0), np.roll(distance, -1)
    kept: list[np.ndarray] = []
    for point, here, following, there in zip(points, distance, after, ahead, strict=True):
        if here <= 0:
            kept.append(point)
        if (here < 0 < there) or (there < 0 < here):
            kept.append(point + (following - point) * (here / (here - there)))
    return shapely.Polygon(kept) if len(kept) > 2 else shapely.Polygon()


def _bent(lines: shapely.Geometry, bend: float, rng: np.random.Generator) -> list[shapely.LineString]:
    """Every straight piece with up to three inner vertices moved aside by at most ``bend`` of its length."""
    pieces = []
    for line in shapely.get_parts(shapely.node(lines)):
        points = shapely.get_coordinates(line)
        for start, end in pairwise(points):
            pieces.append(shapely.linestrings(_wobble(start, end, bend, rng)))
    return pieces


def _wobble(start: np.ndarray, end: np.ndarray, bend: float, rng: np.random.Generator) -> np.ndarray:
    way = end - start
    if not bend or math.hypot(*way) < 1e-3:  # shorter than a hundred metres stays straight
        return np.round(np.array([start, end]), 7)
    aside = np.array([-way[1], way[0]])
    inner = [
        start + way * at + aside * bend * rng.uniform(-1, 1) * math.sin(math.pi * at)
        for at in (0.25, 0.5, 0.75)
    ]
    return np.round(np.array([start, *inner, end]), 7)


def _faces(pieces: list[shapely.LineString]) -> np.ndarray:
    faces = shapely.get_parts(shapely.polygonize(pieces))
    return shapely.transform(faces, lambda points: np.round(points, 7))


def _matched(faces: np.ndarray, rough: list[shapely.Polygon]) -> list[shapely.Polygon] | None:
    """The faces in the order of the rough parts they came from; None when they do not pair off."""
    if len(faces) != len(rough):
        return None
    found, part = shapely.STRtree(rough).query(shapely.point_on_surface(faces), predicate="intersects")
    overlap = shapely.area(shapely.intersection(faces[found], np.array(rough, dtype=object)[part]))
    order = np.full(len(rough), -1)
    for at in np.argsort(overlap):
        order[part[at]] = found[at]
    return None if len(set(order)) != len(rough) or -1 in order else [faces[at] for at in order]
