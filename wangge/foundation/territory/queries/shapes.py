"""Grids as GeoJSON, for maps and for export."""

from __future__ import annotations

import datetime
from typing import Any

import shapely
from django.db.models import Q

from wangge.foundation.territory.geometry.measures import collection, feature, from_text
from wangge.foundation.territory.models import GridShape, valid_on
from wangge.lib.scoping import prefix_filter, prefix_of


def features_on(
    day: datetime.date, area: str = "", *, simplify: float = 0.0, digits: int | None = None
) -> dict[str, Any]:
    """The grids in force on a day inside the reach, as a GeoJSON feature collection.

    Args:
        area: only grids inside this area.
        simplify: how far a border may be off, in degrees; shared borders stay shared.
        digits: after the point; all when None, so that an export can be imported unchanged.
    """
    inside = prefix_filter("grid_id", prefix_of(area)) if area else Q()
    shapes = GridShape.objects.filter(valid_on(day)).filter(inside).select_related("grid").order_by("grid_id")
    rows = list(shapes)
    polygons = [from_text(row.polygon) for row in rows]
    if simplify and polygons:
        polygons = list(shapely.coverage_simplify(polygons, simplify))
    pairs = zip(rows, polygons, strict=True)
    return collection(feature(polygon, _properties(row), digits) for row, polygon in pairs)


def _properties(shape: GridShape) -> dict[str, Any]:
    grid = shape.grid
    return {
        "code": grid.code,
        "name": grid.name,
        "community": grid.code[:12],
        "town": grid.code[:9] + "000",
        "kind": grid.kind,
        "area_m2": round(shape.area_m2),
        "valid_from": shape.valid_from.isoformat(),
        "demo": shape.demo,
    }
