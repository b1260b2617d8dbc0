"""What a map asks for: a window and a zoom."""

from __future__ import annotations

from math import isfinite

from django.http import QueryDict

from ..queries.mapping import Box
from ..queries.mapping.clusters import ZOOMS

NEAR = 30  # degrees; a district is less than one wide, and nobody looks at half the earth


def box_of(asked: QueryDict) -> Box | None:
    """``box=west,south,east,north`` in degrees; None for what is no window."""
    try:
        west, south, east, north = (float(part) for part in asked.get("box", "").split(","))
    except ValueError:
        return None
    if not all(map(isfinite, (west, south, east, north))):
        return None
    return Box(west, south, east, north) if _stands(west, south, east, north) else None


def _stands(west: float, south: float, east: float, north: float) -> bool:
    on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return on_earth and east - west <= NEAR and north - south <= NEAR


def zoom_of(asked: QueryDict) -> int:
    """A whole zoom as the map says it; the middle of the district where it says none."""
    text = asked.get("zoom", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 and int(text) in ZOOMS else 11
