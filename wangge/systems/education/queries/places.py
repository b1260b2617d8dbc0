"""The estate, building or organisation of the register at which a session is held."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Building, Estate, Organisation

SOME = 8  # names that are told at most


@dataclass(frozen=True)
class Linked:
    """What the register knows; at most one of them is set."""

    estate: Estate | None = None
    building: Building | None = None
    organisation: Organisation | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it lies, where the register says."""
        house = self.building
        if self.organisation is not None and self.organisation.room is not None:
            house = self.organisation.room.building
        return (house.lon, house.lat) if house and house.lon is not None and house.lat is not None else None


def linked_to(area: str, name: str) -> tuple[Linked | None, list[str]]:
    """What is called so in an area inside the reach; None where there is none or several, with the names that
    it could be."""
    inside = prefix_filter("area_code", prefix_of(area))
    estates = Estate.objects.filter(inside, closed_on=None)
    firms = Organisation.objects.filter(inside, closed_on=None).select_related("room__building")
    buildings = Building.objects.filter(inside)
    found = [Linked(estate=row) for row in estates.filter(name=name)[:2]]
    found += [Linked(building=row) for row in buildings.filter(name=name)[:2]]
    found += [Linked(organisation=row) for row in firms.filter(name=name)[:2]]
    if len(found) == 1:
        return found[0], []
    return None, [] if found else _alike((estates, buildings, firms), name)


def _alike(kinds: tuple[QuerySet, ...], name: str) -> list[str]:
    names: list[str] = []
    for rows in kinds:
        names += rows.filter(name__contains=name).order_by("name").values_list("name", flat=True)[:SOME]
    return list(dict.fromkeys(names))[:SOME]
