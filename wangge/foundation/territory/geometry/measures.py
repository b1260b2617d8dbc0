"""Degrees to metres, shapes to text and back."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """How long one degree of longitude and of latitude is at a latitude (WGS-84 ellipsoid), in metres."""
    phi = math.radians(latitude)
    east = 111412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    north = 111132.92 - 559.82 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
    return east, north


def area_m2(shape: shapely.Geometry) -> float:
    """The ground area of a shape of a district's size, in square metres, to about 0.1 %."""
    if shape.is_empty:
        return 0.0
    east, north = metres_per_degree(shape.centroid.y)
    return float(shape.area * east * north)


def areas_m2(shapes: np.ndarray) -> np.ndarray:
    """``area_m2`` for many shapes at once, with the scale at their common middle."""
    if not len(shapes):
        return np.empty(0)
    _, low, _, high = shapely.total_bounds(shapes)
    east, north = metres_per_degree((low + high) / 2)
    return shapely.area(shapes) * east * north


def as_text(shape: shapely.Geometry) -> str:
    """The GeoJSON geometry of a shape, as it is stored; every digit is kept."""
    return str(shapely.to_geojson(shape))


def from_text(text: str) -> shapely.Geometry:
    """A stored shape."""
    return shapely.from_geojson(text)


def feature(shape: shapely.Geometry, properties: dict[str, Any], digits: int | None = None) -> dict[str, Any]:
    """A GeoJSON feature; ``digits`` after the point are kept, all when None."""
    if digits is not None:
        shape = shapely.transform(shape, lambda points: np.round(points, digits))
    return {"type": "Feature", "properties": properties, "geometry": json.loads(as_text(shape))}


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON feature collection (RFC 7946: WGS-84, longitude first)."""
    return {"type": "FeatureCollection", "features": list(features)}
