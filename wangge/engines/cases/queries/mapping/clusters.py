"""Cases that stand close to each other on the screen are one cluster: whatever their number, a map of a
window is a few hundred rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, F, Min, Q, QuerySet
from django.db.models.functions import Floor

from ...models import Case

CELL = 56  # pixels a cluster takes
WORLD = 512  # pixels around the earth at zoom 0, as maplibre-gl counts
MOST = 1_200  # clusters of one window; a screen holds fewer
ZOOMS = range(23)


@dataclass(frozen=True)
class Box:
    """A window in degrees; ``west`` < ``east``, ``south`` < ``north``."""

    west: float
    south: float
    east: float
    north: float

    @property
    def q(self) -> Q:
        """Rows whose place lies in it."""
        return Q(lon__gte=self.west, lon__lte=self.east, lat__gte=self.south, lat__lte=self.north)


@dataclass(frozen=True)
class Cluster:
    """How many there are, how many of them late, their middle, and the box they lie in; ``number`` of the
    only one."""

    lon: float
    lat: float
    n: int
    late: int
    box: Box
    number: str = ""


def cell_at(zoom: int) -> float:
    """Degrees a cluster takes at a zoom (0–22)."""
    return CELL * 360 / (WORLD * 2**zoom)


def inside(rows: QuerySet[Case], box: Box) -> QuerySet[Case]:
    """Those in a window."""
    return rows.filter(box.q)


def clusters(rows: QuerySet[Case], box: Box, zoom: int, now: datetime) -> list[Cluster]:
    """The clusters of a window, the largest first; two queries. It asks for nothing but what stands in
    the index of open cases by place: a closed one has no end that could be late."""
    cell = cell_at(zoom)
    found = (
        inside(rows, box)
        .order_by()
        .annotate(x=Floor(F("lon") / cell), y=Floor(F("lat") / cell))
        .values("x", "y")
        .annotate(
            n=Count("*"), late=Count("due_at", filter=Q(due_at__lt=now)),
            at_lon=Avg("lon"), at_lat=Avg("lat"), first=Min("pk"),
        )
        .order_by("-n", "x", "y")[:MOST]
    )  # fmt: skip
    lines = list(found)
    numbers = _numbers(line["first"] for line in lines if line["n"] == 1)
    return [_cluster(line, cell, numbers) for line in lines]


def _numbers(keys: Iterable[int]) -> dict[int, str]:
    return dict(Case._base_manager.filter(pk__in=list(keys)).values_list("pk", "number"))


def _cluster(line: Mapping[str, Any], cell: float, numbers: dict[int, str]) -> Cluster:
    x, y = line["x"], line["y"]
    return Cluster(
        round(line["at_lon"], 6), round(line["at_lat"], 6), line["n"], line["late"],
        Box(x * cell, y * cell, (x + 1) * cell, (y + 1) * cell),
        numbers.get(line["first"], "") if line["n"] == 1 else "",
    )  # fmt: skip
