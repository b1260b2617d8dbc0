"""Captains by building, commuters by grid and city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Building

from ..enums import CaptainFrom
from ..models import Captain, Commuter

PAGE = 50


def buildings_with_captains(
    area: str = "", text: str = "", *, without: bool = False, after: int = 0
) -> QuerySet[Building]:
    """Buildings in reach, each with its present ``captains_now``; ``without``: only those that have none."""
    rows = Building.objects.filter(prefix_filter("area_code", prefix_of(area)), pk__gt=after)
    if text:
        rows = rows.filter(name__contains=text)
    present = Captain._base_manager.filter(ends_on=None).select_related("person").order_by("pk")
    if without:
        rows = rows.exclude(pk__in=present.values("building"))
    return rows.prefetch_related(Prefetch("captains", present, to_attr="captains_now")).order_by("pk")


@dataclass(frozen=True)
class CaptainCount:
    """How many buildings have a captain, of how many; captains by the group they come from."""

    buildings: int
    led: int
    groups: list[tuple[str, int]] = field(default_factory=list)
    council: int = 0

    def __str__(self) -> str:
        return f"{100 * self.led / self.buildings:.1f}%" if self.buildings else "—"


def captain_counts(area: str = "") -> CaptainCount:
    """Of an area in reach; three statements."""
    inside = prefix_filter("area_code", prefix_of(area))
    rows = Captain.objects.filter(prefix_filter("building__area_code", prefix_of(area)), ends_on=None)
    listed = list(rows.values_list("building_id", "came_from", "council"))
    counted = Counter(group for _building, group, _council in listed)
    groups = [(str(label), counted[value]) for value, label in CaptainFrom.choices]
    led = len({building for building, _group, _council in listed})
    return CaptainCount(
        Building.objects.filter(inside).count(), led, groups, sum(council for *_rest, council in listed)
    )


def commuters(area: str = "", city: str = "") -> QuerySet[Commuter]:
    """Who works in another city now, in reach, by grid and city."""
    rows = Commuter.objects.filter(Q(ends_on=None), prefix_filter("area_code", prefix_of(area)))
    rows = rows.filter(city=city) if city else rows
    return rows.select_related("person").order_by("area_code", "city", "pk")


def commuter_counts(area: str = "") -> list[tuple[str, str, int]]:
    """(grid, city, how many), for the list "works in 广州/佛山" per grid."""
    counted = Counter(commuters(area).values_list("area_code", "city"))
    return [(grid, city, number) for (grid, city), number in sorted(counted.items())]


def cities(area: str = "") -> Sequence[str]:
    """Cities anybody of the area works in."""
    return sorted(set(commuters(area).values_list("city", flat=True)))
