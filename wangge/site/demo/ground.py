"""The ground to build on: grids with their names and shapes, as loaded from the district package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from wangge.foundation.territory.models import Area, GridShape

HOME = "丰雅"  # the community the demo logins and the tour are at home in, where the district has it
OFFICE = re.compile(r"(?:居民委员会|居委会|民委员会|委会)$")  # 社区居委会 -> 社区, 村委会 -> 村


@dataclass(frozen=True)
class Size:
    """How many rows to make; ``of`` is the 1.9 demo integer divided by a scale."""

    buildings: int
    rooms: int
    people: int
    firms: int
    self_employed: int

    @classmethod
    def of(cls, part: int) -> Size:
        """1/``part`` of the district of spec §1.9 (104,500 buildings, 321,600 rooms, 780,000 people)."""
        return cls(104_500 // part, 321_600 // part, 780_000 // part, 34_100 // part, 80_100 // part)


SIZES = {"sample": Size.of(20), "full": Size.of(1)}


@dataclass(frozen=True)
class Ground:
    """Grids in code order; every array has one item per grid, ``names`` are its community's without the
    office word (丰雅社区居委会 -> 丰雅社区), ``paths`` the community as written in addresses."""

    codes: list[str]
    communities: list[str]
    names: list[str]
    paths: list[str]
    urban: NDArray[np.bool_]
    shapes: list[shapely.Geometry | None]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def community_numbers(self) -> NDArray[np.int64]:
        """0, 1, 2… per community, one item per grid."""
        return np.unique(self.communities, return_inverse=True)[1].astype(np.int64)


def short_name(name: str) -> str:
    """A community's name as people write it in addresses."""
    return OFFICE.sub("", name)


def load_ground(today: date) -> Ground:
    """The grids in force on ``today`` that have a shape; grids without one when none has."""
    areas = {area.code: area for area in Area.objects.all() if area.in_force(today)}
    shapes = {s.grid_id: s.polygon for s in GridShape.objects.all() if s.in_force(today)}
    grids = sorted(code for code, area in areas.items() if area.level == "grid")
    grids = [code for code in grids if code in shapes] or grids
    communities = [areas[code[:12]] for code in grids]
    return Ground(
        codes=grids,
        communities=[area.code for area in communities],
        names=[short_name(area.name) for area in communities],
        paths=["".join(_names_above(area, areas)) for area in communities],
        urban=np.array([not short_name(area.name).endswith("村") for area in communities], bool),
        shapes=[shapely.from_geojson(shapes[code]) if code in shapes else None for code in grids],
    )


def _names_above(area: Area, areas: dict[str, Area]) -> list[str]:
    parent = areas.get(area.parent_id or "")
    above = _names_above(parent, areas) if parent else []
    return [*above, short_name(area.name) if area.level == "community" else area.name]


def spread_points(
    rng: np.random.Generator, shape: shapely.Geometry | None, clusters: NDArray[np.int64], step: float
) -> NDArray[np.float64]:
    """One (lon, lat) per item inside ``shape``; items of one cluster stand in two rows along a lane.

    Args:
        clusters: the cluster number of each item, ascending.
        step: distance of neighbours in degrees.
    """
    if shape is None:
        return np.full((len(clusters), 2), np.nan)
    where, position = np.unique(clusters, return_inverse=True)
    centres = _scatter(rng, shape, len(where))
    turns = rng.random(len(where)) * np.pi
    first = np.searchsorted(clusters, where)
    order = np.arange(len(clusters)) - first[position]
    along, across = (order // 2) * step, (order % 2) * step
    turn = turns[position]
    points = centres[position] + np.column_stack(
        [along * np.cos(turn) - across * np.sin(turn), along * np.sin(turn) + across * np.cos(turn)]
    )
    outside = ~shapely.contains_xy(shape, points)
    points[outside] = _scatter(rng, shape, int(outside.sum()))
    return points.round(7)


def _scatter(rng: np.random.Generator, shape: shapely.Geometry, count: int) -> NDArray[np.float64]:
    shapely.prepare(shape)
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        tries = np.column_stack(
            [rng.uniform(west, east, count * 3 + 8), rng.uniform(south, north, count * 3 + 8)]
        )
        found = np.vstack([found, tries[shapely.contains_xy(shape, tries)]])
    return found[:count]
