"""Whether somebody was where they say."""

from __future__ import annotations

from datetime import date

import shapely

from wangge.foundation.territory import queries as territory

METRE = 1 / 111_000  # degrees of latitude; good enough for how far off a phone may be
MOST_OFF = 100.0  # metres that a phone's own doubt is believed


def inside(
    area_code: str, lon: float | None, lat: float | None, accuracy_m: float | None, day: date
) -> bool | None:
    """Whether a point lies in the grid, the phone's doubt allowed for; None where nobody can say: there is
    no point, or the grid has no shape.

    Args:
        accuracy_m: how far off the phone thinks it may be; believed up to ``MOST_OFF`` metres.
    """
    if lon is None or lat is None:
        return None
    shape = territory.shape_on(area_code, day)
    if shape is None:
        return None
    doubt = min(accuracy_m or 0.0, MOST_OFF) * METRE
    return bool(shape.distance(shapely.Point(lon, lat)) <= doubt)
