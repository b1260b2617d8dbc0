"""Cases that stand close to each other on the screen are one cluster: whatever their number, a map of a
window is a few hundred rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    """The clusters of a window, the largest first; one query."""
    cell = cell_at(zoom)
    late = Count("pk", filter=Q(closed_at=None, due_at__lt=now))
    found = (
        inside(rows, box)
        .order_by()
        .annotate(x=Floor(F("lon") / cell), y=Floor(F("lat") / cell))
        .values("x", "y")
        .annotate(n=Count("pk"), late=late, at_lon=Avg("lon"), at_lat=Avg("lat"), first=Min("number"))
        .order_by("-n", "x", "y")[:MOST]
    )
    return [
        Cluster(
            round(line["at_lon"], 6), round(line["at_lat"], 6), line["n"], line["late"],
            Box(line["x"] * cell, line["y"] * cell, (line["x"] + 1) * cell, (line["y"] + 1) * cell),
            line["first"] if line["n"] == 1 else "",
        )
        for line in found
    ]  # fmt: skip
