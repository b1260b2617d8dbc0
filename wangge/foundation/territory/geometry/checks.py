"""What is wrong with a set of grid shapes: which grid, and where on the ground."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from wangge.foundation.territory.geometry.measures import area_m2

CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north, with the islands
_PLACE = re.compile(r"\[([-\d.e+]+) ([-\d.e+]+)")


@dataclass(frozen=True)
class Problem:
    """One reason to refuse shapes.

    ``kind`` is one of self_intersection, not_a_polygon, swapped, not_degrees, elsewhere, overlap,
    gap, outside; ``codes`` are the grids (or the community of a gap); the place is WGS-84.
    """

    kind: str
    codes: tuple[str, ...]
    longitude: float
    latitude: float
    size_m2: float = 0.0


@dataclass(frozen=True)
class Tolerance:
    """From which size on a fault counts, in square metres (district package, limits)."""

    overlap_m2: float = 1.0
    gap_m2: float = 25.0
    outside_m2: float = 1.0


def faults_of_one(code: str, shape: shapely.Geometry) -> Iterator[Problem]:
    """What is wrong with a shape seen alone."""
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        x, y = (0.0, 0.0) if shape is None or shape.is_empty else shapely.get_coordinates(shape)[0]
        yield Problem("not_a_polygon", (code,), float(x), float(y))
        return
    x, y = (float(value) for value in shapely.get_coordinates(shape)[0])
    place = _misplaced(shape)
    if place:
        yield Problem(place, (code,), x, y)
    elif not shape.is_valid:
        found = _PLACE.search(shapely.is_valid_reason(shape))
        x, y = (float(found[1]), float(found[2])) if found else (x, y)
        yield Problem("self_intersection", (code,), x, y)


def _misplaced(shape: shapely.Geometry) -> str:
    """Whether coordinates are metres, swapped, or in another country."""
    west, south, east, north = shape.bounds
    if not np.isfinite(shapely.get_coordinates(shape)).all() or max(abs(west), abs(east)) > 180:
        return "not_degrees"
    if CHINA[1] <= west and east <= CHINA[3] and CHINA[0] <= south and north <= CHINA[2]:
        return "swapped"
    if max(abs(south), abs(north)) > 90:
        return "not_degrees"
    inside = CHINA[0] <= west and east <= CHINA[2] and CHINA[1] <= south and north <= CHINA[3]
    return "" if inside else "elsewhere"


def overlaps(shapes: Mapping[str, shapely.Geometry], tolerance: Tolerance) -> Iterator[Problem]:
    """Pairs of grids that share ground."""
    codes, polygons = list(shapes), np.array(list(shapes.values()), dtype=object)
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    for one, other in zip(first, second, strict=True):
        if one >= other:
            continue
        common = polygons[one].intersection(polygons[other])
        size = area_m2(common)
        if size > tolerance.overlap_m2:
            yield _at("overlap", (codes[one], codes[other]), common, size)


def outside(
    shapes: Mapping[str, shapely.Geometry], outlines: Mapping[str, shapely.Geometry], tolerance: Tolerance
) -> Iterator[Problem]:
    """Grids that reach beyond their community; a community's code is the first 12 digits."""
    for code, shape in shapes.items():
        outline = outlines.get(code[:12])
        if outline is None:
            continue
        beyond = shape.difference(outline)
        size = area_m2(beyond)
        if size > tolerance.outside_m2:
            yield _at("outside", (code, code[:12]), beyond, size)


def gaps(
    shapes: Mapping[str, shapely.Geometry], outlines: Mapping[str, shapely.Geometry], tolerance: Tolerance
) -> Iterator[Problem]:
    """Ground of a community that no grid covers; without an outline, holes inside its grids."""
    for community, members in _by_community(shapes).items():
        covered = shapely.union_all(members)
        outline = outlines.get(community)
        missing = outline.difference(covered) if outline is not None else _holes(covered)
        for part in shapely.get_parts(missing):
            size = area_m2(part)
            if size > tolerance.gap_m2 and part.geom_type == "Polygon":
                yield _at("gap", (community,), part, size)


def faults_together(
    shapes: Mapping[str, shapely.Geometry],
    outlines: Mapping[str, shapely.Geometry],
    tolerance: Tolerance,
    communities: Iterable[str] = (),
) -> list[Problem]:
    """All faults of grids seen side by side.

    Args:
        shapes: every grid that will be in force, by code; valid polygons only.
        outlines: borders of communities, by code.
        communities: report only faults that touch one of these; all when empty.
    """
    wanted = set(communities)
    found = [
        *overlaps(shapes, tolerance),
        *outside(shapes, outlines, tolerance),
        *gaps(shapes, outlines, tolerance),
    ]
    return [fault for fault in found if not wanted or wanted & {code[:12] for code in fault.codes}]


def _by_community(shapes: Mapping[str, shapely.Geometry]) -> dict[str, list[shapely.Geometry]]:
    members: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in shapes.items():
        members[code[:12]].append(shape)
    return members


def _holes(shape: shapely.Geometry) -> shapely.Geometry:
    rings = [ring for part in shapely.get_parts(shape) for ring in part.interiors]
    return shapely.multipolygons([shapely.Polygon(ring) for ring in rings]) if rings else shapely.Polygon()


def _at(kind: str, codes: tuple[str, ...], place: shapely.Geometry, size: float) -> Problem:
    """A fault at a point of its largest part."""
    part = max(shapely.get_parts(place), key=lambda piece: piece.area)
    point = part.representative_point()
    return Problem(kind, codes, round(point.x, 6), round(point.y, 6), round(size, 1))
