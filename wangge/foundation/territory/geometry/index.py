"""Which polygon holds each of a million points.

A raster is laid over the polygons once. A cell that no border crosses answers by itself; only
points in border cells are compared with polygons. The answer is exact, because border cells are
taken a hair too wide and inside them GEOS's robust predicate decides. A point on a shared
border belongs to the first polygon of those that touch it, so every point has one answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

NOWHERE = -1
_CHUNK = 1 << 15  # the temporaries of one chunk stay in the processor's second cache
_HAIR = 1e-6  # of a cell: far above rounding, far below any effect on speed
_CELLS_PER_POLYGON = 40
_FEWEST, _MOST = 1 << 20, 1 << 23
_ONE = 1 << 30  # counts polygons above the bits that hold a polygon's number


class PointIndex:
    """Answers ``locate`` for a fixed set of polygons that do not overlap.

    Args:
        polygons: Shapely polygons or multipolygons, all with the same coordinates (WGS-84 degrees).
        cells: about how many raster cells to lay; by default after the number of polygons.
    """

    def __init__(self, polygons: Sequence[shapely.Geometry] | np.ndarray, cells: int | None = None):
        self.polygons = np.asarray(polygons, dtype=object)
        self.empty = not len(self.polygons)
        if self.empty:
            return
        shapely.prepare(self.polygons)
        self._frame(cells or min(max(_CELLS_PER_POLYGON * len(self.polygons), _FEWEST), _MOST))
        edges = _Edges.of(self.polygons, (self.x0, self.y0), (self.per_x, self.per_y))
        self._mark_borders(edges, self._fill_inside(edges))

    def _frame(self, cells: int) -> None:
        """Lay the raster: one spare row and column at the far side takes the rounding."""
        x0, y0, x1, y1 = shapely.total_bounds(self.polygons)
        width, height = max(x1 - x0, 1e-12), max(y1 - y0, 1e-12)
        columns = int(np.clip(np.sqrt(cells * width / height), 1, cells))
        rows = max(1, cells // columns)
        self.bounds = (x0, y0, x1, y1)
        self.x0, self.y0 = x0, y0
        self.per_x, self.per_y = columns / width, rows / height
        self.columns, self.rows = columns + 1, rows + 1

    def _fill_inside(self, edges: _Edges) -> np.ndarray:
        """Give every cell the polygon at its centre, by scan lines through the rows' middles.

        Each polygon adds its number where a scan line enters it and takes it away where the line
        leaves it, so that a running sum holds the number of the polygon one is in.

        Returns: the cells whose centre lies in more than one polygon, none in checked data.
        """
        first = np.ceil(edges.y1 - 0.5).astype(np.int64)
        last = np.ceil(edges.y2 - 0.5).astype(np.int64)  # half-open: y1 <= row + ½ < y2
        which, row = _expand(first, last)
        x = edges.x1[which] + (row + 0.5 - edges.y1[which]) * edges.slope[which]
        cell = row * self.columns + np.clip(np.ceil(x - 0.5), 0, self.columns - 1).astype(np.int64)
        number = (edges.owner + 1 + _ONE) * edges.sign
        steps = np.bincount(cell, weights=number[which], minlength=self.columns * self.rows)
        depth, number = np.divmod(np.cumsum(steps).astype(np.int64), _ONE)
        self.table = np.where(depth == 1, number - 1, NOWHERE).astype(np.int32)
        return np.flatnonzero(depth > 1)

    def _mark_borders(self, edges: _Edges, overlaps: np.ndarray) -> None:
        """List for every cell that a border touches the polygons of these borders."""
        first = np.maximum(np.floor(edges.y1 - _HAIR), 0).astype(np.int64)
        last = np.minimum(np.floor(edges.y2 + _HAIR), self.rows - 1).astype(np.int64) + 1
        which, row = _expand(first, last)
        left, right = edges.span(which, row - _HAIR, row + 1 + _HAIR)
        low = np.maximum(np.floor(left - _HAIR), 0).astype(np.int64)
        high = np.minimum(np.floor(right + _HAIR), self.columns - 1).astype(np.int64) + 1
        strip, column = _expand(low, high)
        cell = row[strip] * self.columns + column
        pairs = cell * len(self.polygons) + edges.owner[which][strip]
        pairs = _sorted_once(np.concatenate([pairs, self._pairs_around(cell), self._pairs_of(overlaps)]))
        cell, self.candidates = np.divmod(pairs, len(self.polygons))
        self.starts = np.flatnonzero(np.append(True, cell[1:] != cell[:-1]))
        self.table[cell[self.starts]] = -2 - np.arange(len(self.starts), dtype=np.int32)
        self.starts = np.append(self.starts, len(pairs))

    def _pairs_around(self, border: np.ndarray) -> np.ndarray:
        """Cell and polygon at its centre: one that covers the cell whole has no border in it."""
        border = _sorted_once(border)
        owner = self.table[border].astype(np.int64)
        return (border * len(self.polygons) + owner)[owner > NOWHERE]

    def _pairs_of(self, cells: np.ndarray) -> np.ndarray:
        """Cell and polygon in one number, for cells that lie inside several polygons."""
        if not len(cells):
            return cells
        row, column = np.divmod(cells, self.columns)
        centres = shapely.points((column + 0.5) / self.per_x + self.x0, (row + 0.5) / self.per_y + self.y0)
        which, polygon = shapely.STRtree(self.polygons).query(centres, predicate="intersects")
        return cells[which] * len(self.polygons) + polygon

    def locate(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The position of each point's polygon, ``NOWHERE`` (-1) outside all of them or for NaN."""
        x, y = np.ascontiguousarray(x, dtype=float), np.ascontiguousarray(y, dtype=float)
        found = np.full(len(x), NOWHERE, dtype=np.int32)
        if self.empty:
            return found
        for at in range(0, len(x), _CHUNK):
            part = slice(at, at + _CHUNK)
            self._locate(x[part], y[part], found[part])
        doubtful = np.flatnonzero(found < NOWHERE)
        if len(doubtful):
            found[doubtful] = self._decide(x[doubtful], y[doubtful], -2 - found[doubtful])
        return found

    def _locate(self, x: np.ndarray, y: np.ndarray, found: np.ndarray) -> None:
        x0, y0, x1, y1 = self.bounds
        within = (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
        if not within.all():
            keep = np.flatnonzero(within)
            part = np.empty(len(keep), dtype=np.int32)
            self._look_up(x[keep], y[keep], part)
            found[keep] = part
        else:
            self._look_up(x, y, found)

    def _look_up(self, x: np.ndarray, y: np.ndarray, found: np.ndarray) -> None:
        column = ((x - self.x0) * self.per_x).astype(np.int32)
        row = ((y - self.y0) * self.per_y).astype(np.int32)
        row *= self.columns
        row += column
        np.take(self.table, row, out=found, mode="clip")

    def _decide(self, x: np.ndarray, y: np.ndarray, border: np.ndarray) -> np.ndarray:
        """Compare points of border cells with each of the cell's polygons, the first one first."""
        answer = np.full(len(x), NOWHERE, dtype=np.int32)
        at, stop = self.starts[border], self.starts[border + 1]
        # Points with the same polygon one after the other: four times quicker than as they come.
        open_points = np.argsort(self.candidates[at].astype(np.int32))
        while len(open_points):
            candidate = self.candidates[at[open_points]]
            hit = shapely.intersects_xy(self.polygons[candidate], x[open_points], y[open_points])
            answer[open_points[hit]] = candidate[hit]
            at[open_points] += 1
            open_points = open_points[~hit & (at[open_points] < stop[open_points])]
        return answer


class _Edges:
    """All borders as straight pieces, lower end first, in raster coordinates."""

    def __init__(self, begin: np.ndarray, end: np.ndarray, owner: np.ndarray, sign: np.ndarray):
        self.x1, self.y1, self.x2, self.y2 = begin[:, 0], begin[:, 1], end[:, 0], end[:, 1]
        self.owner, self.sign = owner, sign
        level = self.y2 == self.y1
        self.slope = (self.x2 - self.x1) / np.where(level, 1.0, self.y2 - self.y1)

    @classmethod
    def of(cls, polygons: np.ndarray, origin: tuple[float, float], scale: tuple[float, float]) -> _Edges:
        """The edges of the polygons; ``sign`` is 1 where a line to the right enters, else -1."""
        pieces, owner = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
        rings, piece = shapely.get_rings(pieces, return_index=True)
        ring_owner = owner[piece]
        points, ring = shapely.get_coordinates(rings, return_index=True)
        points = (points - np.array(origin)) * np.array(scale)
        same = ring[1:] == ring[:-1]
        begin, end = points[:-1][same], points[1:][same]
        upward = begin[:, 1] <= end[:, 1]
        low, high = np.where(upward[:, None], begin, end), np.where(upward[:, None], end, begin)
        # Counter-clockwise rings have the inside on their left: going down, it lies to the right.
        return cls(low, high, ring_owner[ring[:-1][same]], np.where(upward, -1, 1))

    def span(self, which: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The smallest and largest x of each edge between two heights."""
        x1, y1, x2, slope = self.x1[which], self.y1[which], self.x2[which], self.slope[which]
        level = self.y2[which] == y1
        begin = np.where(level, x1, x1 + (np.maximum(low, y1) - y1) * slope)
        end = np.where(level, x2, x1 + (np.minimum(high, self.y2[which]) - y1) * slope)
        return np.minimum(begin, end), np.maximum(begin, end)


def _expand(first: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For ranges ``first[i]..stop[i]``: the number of the range and the value, one row per value."""
    lengths = stop - first
    which = np.repeat(np.arange(len(first)), lengths)
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return which, np.arange(len(which)) - before + first[which]


def _sorted_once(numbers: np.ndarray) -> np.ndarray:
    """Sorted and without repeats; quicker than ``np.unique`` on millions."""
    numbers = np.sort(numbers)
    return numbers[np.append(True, numbers[1:] != numbers[:-1])]
