"""A sensible order to walk from door to door. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

CELLS = 1 << 14  # across one degree of longitude: some seven metres
_NUMBER = re.compile(r"-?\d+")


def along(points: Sequence[tuple[float | None, float | None]]) -> list[int]:
    """A key for each point: neighbours on the ground have near keys (a Hilbert curve over the district);
    a point that is not known comes last.

    Args:
        points: longitude and latitude in degrees.
    """
    nowhere = float("nan")
    asked = np.array(
        [(nowhere, nowhere) if lon is None or lat is None else (lon, lat) for lon, lat in points], dtype=float
    ).reshape(-1, 2)
    known = ~np.isnan(asked).any(axis=1)
    keys = np.full(len(asked), 1 << 60, dtype=np.int64)
    if known.any():
        cells = np.floor((asked[known] % 4.0) * CELLS).astype(np.int64)
        keys[known] = _hilbert(cells[:, 0], cells[:, 1], 16)
    return [int(key) for key in keys]


def _hilbert(x: np.ndarray, y: np.ndarray, bits: int) -> np.ndarray:
    """The distance along a Hilbert curve of the cells, by the usual turning of quadrants."""
    x, y = x.copy(), y.copy()
    found = np.zeros_like(x)
    step = 1 << (bits - 1)
    while step:
        right, upper = (x & step) > 0, (y & step) > 0
        found += step * step * ((3 * right.astype(np.int64)) ^ upper.astype(np.int64))
        turn = ~upper
        flip = turn & right
        x[flip], y[flip] = step - 1 - (x[flip] & (step - 1)), step - 1 - (y[flip] & (step - 1))
        x[turn], y[turn] = y[turn], x[turn].copy()
        step >>= 1
    return found


def nearest_first(points: Sequence[tuple[float | None, float | None]]) -> list[int]:
    """The positions in walking order: from the north-western point always on to the nearest that is left,
    points that are not known last. Meant for one day's list."""
    known = [at for at, (lon, lat) in enumerate(points) if lon is not None and lat is not None]
    unknown = [at for at in range(len(points)) if at not in set(known)]
    if not known:
        return unknown
    places = np.array([points[at] for at in known], dtype=float)
    scaled = places * np.array([np.cos(np.radians(places[:, 1].mean())), 1.0])
    here = int(np.argmin(scaled[:, 0] - scaled[:, 1]))
    left, walked = np.ones(len(known), dtype=bool), []
    for _stop in known:
        walked.append(known[here])
        left[here] = False
        away = np.where(left, ((scaled - scaled[here]) ** 2).sum(axis=1), np.inf)
        here = int(np.argmin(away))
    return walked + unknown


def floor_of(text: str) -> int:
    """A floor as a number, for sorting: "3", "3层", "-1"; 0 where none is written."""
    found = _NUMBER.search(text)
    return int(found[0]) if found else 0
