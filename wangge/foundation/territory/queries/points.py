"""Which grid a point lies in: one at a time or by the million."""

from __future__ import annotations

import bisect
import datetime
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from django.utils import timezone

from wangge.foundation.territory.geometry.index import PointIndex
from wangge.foundation.territory.models import GridShape, ShapeVersion, valid_on
from wangge.lib.scoping import EVERYWHERE, within

_KEPT = 8  # indexes of different days; a day is as good as another while no shape changes in between
_lock = threading.Lock()
_days: dict[str, list[datetime.date]] = {}
_indexes: OrderedDict[tuple[str, datetime.date], GridIndex] = OrderedDict()


class GridIndex:
    """The point index of one day with the grids' codes; the last code is "" for nowhere."""

    def __init__(self, codes: Sequence[str], polygons: np.ndarray):
        self.points = PointIndex(polygons)
        self.codes = np.array([*codes, ""], dtype=object)

    @classmethod
    def of_day(cls, day: datetime.date) -> GridIndex:
        shapes = GridShape.objects.filter(valid_on(day)).order_by("grid_id")
        rows = list(shapes.values_list("grid_id", "polygon"))
        texts = np.array([text for _code, text in rows], dtype=object)
        return cls([code for code, _text in rows], shapely.from_geojson(texts))

    def grids_at(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return self.codes[self.points.locate(x, y)]


def grids_at(
    points: Sequence[tuple[float, float]] | np.ndarray, day: datetime.date | None = None
) -> np.ndarray:
    """The codes of the grids that hold the points on ``day`` (today), "" where there is none.

    A point on a border belongs to the grid with the lowest code of those that touch it.

    Args:
        points: longitude and latitude (WGS-84 degrees), one row per point; NaN is nowhere.
    """
    places = np.asarray(points, dtype=float).reshape(-1, 2)
    return index_for(day or timezone.localdate()).grids_at(places[:, 0], places[:, 1])


def locate(shapes: Mapping[str, shapely.Geometry], points: Sequence[tuple[float, float]]) -> np.ndarray:
    """The codes of those of the ``shapes`` that hold the points, by the same rule as ``grids_at``."""
    codes = sorted(shapes)
    places = np.asarray(points, dtype=float).reshape(-1, 2)
    index = GridIndex(codes, np.array([shapes[code] for code in codes], dtype=object))
    return index.grids_at(places[:, 0], places[:, 1])


def grid_at(longitude: float, latitude: float, day: datetime.date | None = None) -> str:
    """The code of the grid that holds a point on ``day`` (today), "" where there is none."""
    return str(grids_at([(longitude, latitude)], day)[0])


def index_for(day: datetime.date) -> GridIndex:
    """The index of a day, shared by the whole process until a shape changes."""
    token = ShapeVersion.objects.values_list("token", flat=True).first()
    with within(EVERYWHERE), _lock:
        if token is None:  # shapes that did not come through the actions: nothing says when they change
            return GridIndex.of_day(day)
        key = (token, _era(token, day))
        if key not in _indexes:
            _indexes[key] = GridIndex.of_day(day)
            while len(_indexes) > _KEPT:
                _indexes.popitem(last=False)
        _indexes.move_to_end(key)
        return _indexes[key]


def _era(token: str, day: datetime.date) -> datetime.date:
    """The last day up to ``day`` on which any shape began or ended."""
    if token not in _days:
        _days.clear()
        begun = GridShape.objects.values_list("valid_from", flat=True).distinct()
        ended = GridShape.objects.exclude(valid_to=None).values_list("valid_to", flat=True).distinct()
        days = {*begun.order_by(), *ended.order_by()}
        _days[token] = sorted(day for day in days if day is not None)
    at = bisect.bisect_right(_days[token], day)
    return _days[token][at - 1] if at else datetime.date.min
