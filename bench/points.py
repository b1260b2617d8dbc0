"""Which grid holds each of 1,000,000 points: ours beside plain Shapely and GeoPandas, in one run.

All get the same polygons and points and answer the position of a polygon for every point. Times are
processor seconds: every way runs on one thread, and other work on the machine shall not count. With a
ready index they are the best of three, building is the best of two; the second row of each size counts
building the index too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any

import numpy as np
import shapely

from wangge.foundation.territory.geometry.index import PointIndex

POINTS = 1_000_000
SIZES = (410, 100_000)
SEED = 440703
Answer = np.ndarray


def territory(number: int, rng: np.random.Generator) -> np.ndarray:
    """So many grids near Pengjiang that share their borders: cells around random seats."""
    box = shapely.box(112.96, 22.53, 113.16, 22.73)
    seats = rng.random((number, 2)) * 0.2 + (112.96, 22.53)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seats), extend_to=box))
    return shapely.intersection(cells, box)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = process_time()
    result = work()
    return process_time() - begun, result


def best(work: Callable[[], Answer], rounds: int = 3) -> tuple[float, Answer]:
    runs = [timed(work) for _round in range(rounds)]
    return min(seconds for seconds, _answer in runs), runs[-1][1]


def spread(point: np.ndarray, polygon: np.ndarray) -> Answer:
    """Pairs of a join as one answer per point, -1 where there is none."""
    answer = np.full(POINTS, -1, dtype=np.int64)
    answer[point] = polygon
    return answer


class Ours:
    name = "wangge"

    def __init__(self, polygons: np.ndarray, x: np.ndarray, y: np.ndarray):
        self.x, self.y = x, y
        self.index = PointIndex(polygons)

    def answer(self) -> Answer:
        return self.index.locate(self.x, self.y)


class ShapelyByPoints:
    """The tree holds the polygons and is asked with a million point geometries."""

    name = "shapely STRtree of polygons"

    def __init__(self, polygons: np.ndarray, x: np.ndarray, y: np.ndarray):
        self.x, self.y = x, y
        self.tree = shapely.STRtree(polygons)
        self.tree.query(shapely.points(0, 0))  # the tree is built by its first question

    def answer(self) -> Answer:
        return spread(*self.tree.query(shapely.points(self.x, self.y), predicate="intersects"))


class ShapelyPrepared:
    """The tree holds the points and is asked with prepared polygons."""

    name = "shapely prepared polygons"

    def __init__(self, polygons: np.ndarray, x: np.ndarray, y: np.ndarray):
        self.polygons = polygons
        shapely.prepare(self.polygons)
        self.tree = shapely.STRtree(shapely.points(x, y))
        self.tree.query(shapely.points(0, 0))

    def answer(self) -> Answer:
        return spread(*self.tree.query(self.polygons, predicate="intersects")[::-1])


class ShapelyBoxes:
    """Boxes by the tree, then the vectorised test of prepared polygons on coordinates."""

    name = "shapely boxes + contains_xy"

    def __init__(self, polygons: np.ndarray, x: np.ndarray, y: np.ndarray):
        self.polygons, self.x, self.y = polygons, x, y
        shapely.prepare(self.polygons)
        self.tree = shapely.STRtree(polygons)
        self.tree.query(shapely.points(0, 0))

    def answer(self) -> Answer:
        point, polygon = self.tree.query(shapely.points(self.x, self.y))
        hit = shapely.intersects_xy(self.polygons[polygon], self.x[point], self.y[point])
        return spread(point[hit], polygon[hit])


class GeoPandas:
    name = "geopandas sjoin"

    def __init__(self, polygons: np.ndarray, x: np.ndarray, y: np.ndarray):
        import geopandas  # type: ignore[import-untyped]

        self.join = geopandas.sjoin
        self.points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y))
        self.grids = geopandas.GeoDataFrame(geometry=polygons)
        _ = self.grids.sindex

    def answer(self) -> Answer:
        found = self.join(self.points, self.grids, predicate="within", how="inner")
        return spread(found.index.to_numpy(), found["index_right"].to_numpy())


PEERS = (ShapelyByPoints, ShapelyPrepared, ShapelyBoxes, GeoPandas)


def measure(kind: Any, polygons: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[float, float, Answer]:
    """Seconds to build, seconds to answer, and the answer; every way gets its own polygons."""
    builds = []
    for _round in range(2):  # the first one pays for fresh memory
        own = shapely.from_wkb(shapely.to_wkb(polygons))
        build, way = timed(partial(kind, own, x, y))
        builds.append(build)
    seconds, answer = best(way.answer)
    return min(builds), seconds, answer


def rows_for(number: int) -> list[dict[str, Any]]:
    """Both rows of one size, points per second; every peer must give our answer."""
    rng = np.random.default_rng(SEED)
    polygons = territory(number, rng)
    x, y = rng.random((2, POINTS)) * 0.2 + np.array([[112.96], [22.53]])
    x, y = np.ascontiguousarray(x), np.ascontiguousarray(y)
    build, seconds, answer = measure(Ours, polygons, x, y)
    peers = []
    for kind in PEERS:
        peer_build, peer_seconds, peer_answer = measure(kind, polygons, x, y)
        differing = int((peer_answer != answer).sum())
        if differing > POINTS // 100_000:  # points within a rounding of a border may fall to either side
            raise AssertionError(f"{kind.name} differs from ours on {differing} points")
        peers.append((kind.name, peer_build, peer_seconds))
    note = ", ".join(f"{name} {POINTS / spent / 1e6:.2f} M/s" for name, _built, spent in peers)
    quick = min(peers, key=lambda peer: peer[2])
    whole = min(peers, key=lambda peer: peer[1] + peer[2])
    return [
        row(f"1,000,000 points into {number:,} grids, index ready", seconds, quick[2], quick[0], note),
        row(
            f"1,000,000 points into {number:,} grids, with building the index",
            build + seconds,
            whole[1] + whole[2],
            whole[0],
            f"index built in {build:.2f} s",
        ),
    ]


def row(name: str, ours: float, peer: float, peer_name: str, note: str) -> dict[str, Any]:
    return {
        "name": name,
        "ours": round(POINTS / ours),
        "peer": round(POINTS / peer),
        "ratio": round(peer / ours, 2),
        "unit": "points/s",
        "note": f"best peer: {peer_name}; {note}",
    }


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """The rows of this benchmark; with ``quick`` of the first size only."""
    return [line for number in SIZES[: 1 if quick else None] for line in rows_for(number)]


if __name__ == "__main__":
    for line in run():
        print(json.dumps(line, ensure_ascii=False))
