"""Which doors a campaign goes to: the rooms, organisations or people that its scope means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from wangge.foundation.territory.models import Area
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.enums import OrganisationStatus, RoomState
from wangge.registry.people.models import Organisation, Room, Tie

from ..enums import TargetKind
from ..models import CarePerson
from .homes import HOMES

DOORS = ("occupied", "rented", "all")  # which rooms
LIVED_IN = (RoomState.OWN, RoomState.RENTED, RoomState.LENT)
OLDEST = 150


def in_areas(codes: Iterable[str], lookup: str = "area_code") -> Q:
    """Rows in any of the areas; nothing without one."""
    found, grids = Q(pk__in=[]), []
    for code in codes:
        if len(code) == 15:
            grids.append(code)
        else:
            found |= prefix_filter(lookup, prefix_of(code))
    return found | Q(**{f"{lookup}__in": grids}) if grids else found


def occupied(rooms: QuerySet[Room], inside: Q) -> QuerySet[Room]:
    """Of the rooms those that are lived in: somebody is registered there, or the register says so.

    Args:
        inside: where the rooms lie, so that only the homes there are read.
    """
    homes = Tie.objects.filter(inside, HOMES, room__isnull=False).values("room_id")
    return rooms.filter(Q(state__in=LIVED_IN) | Q(pk__in=homes))


def doors_of(target: str, areas: Iterable[str], filters: Mapping[str, Any]) -> QuerySet[Any]:
    """The doors as rows of ``whom`` (its key) and ``area_code``.

    Args:
        target: a ``TargetKind``.
        filters: for rooms ``doors``; for organisations ``categories``; for people ``age_from``, ``age_to``
            (full years, both inside) and ``levels`` of care. What is not given lets all through.
    """
    inside = in_areas(areas)
    if target == TargetKind.ROOMS:
        rows: QuerySet[Any] = _rooms(inside, str(filters.get("doors", "occupied")))
        return rows.values("area_code", whom=F("pk"))
    if target == TargetKind.ORGANISATIONS:
        return _organisations(inside, filters.get("categories") or []).values("area_code", whom=F("pk"))
    return _people(inside, filters).values("area_code", whom=F("person_id"))


def _rooms(inside: Q, which: str) -> QuerySet[Room]:
    rooms = Room.objects.filter(inside)
    if which == "rented":
        return rooms.filter(state=RoomState.RENTED)
    return occupied(rooms, inside) if which == "occupied" else rooms


def _organisations(inside: Q, categories: list[str]) -> QuerySet[Organisation]:
    found = Organisation.objects.filter(inside, closed_on=None).exclude(status=OrganisationStatus.CLOSED)
    return found.filter(category__in=categories) if categories else found


def _people(inside: Q, filters: Mapping[str, Any]) -> QuerySet[Tie]:
    homes, today = Tie.objects.filter(inside, HOMES), timezone.localdate()
    if (youngest := filters.get("age_from")) is not None:
        homes = homes.filter(person__birth__lte=years_before(today, youngest))
    if (oldest := filters.get("age_to")) is not None:
        homes = homes.filter(person__birth__gt=years_before(today, oldest + 1))
    if levels := filters.get("levels"):
        cared_for = CarePerson.objects.filter(ends_on=None, level__in=levels).values("person_id")
        homes = homes.filter(person_id__in=cared_for)
    return homes


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def counted(target: str, areas: Iterable[str], filters: Mapping[str, Any]) -> dict[str, int]:
    """How many doors each grid has (a community's own code: doors without a grid); one query."""
    rows = doors_of(target, areas, filters).order_by().values("area_code")
    grouped = rows.annotate(doors=Count("person_id" if target == TargetKind.PEOPLE else "pk", distinct=True))
    return dict(Counter({row["area_code"]: row["doors"] for row in grouped}))


def shortened(codes: Iterable[str], known: Mapping[str, list[str]]) -> list[str]:
    """The fewest codes that mean the same: an area whose parts were all picked stands for them.

    Args:
        known: code of an area -> codes of all areas directly below it.
    """
    picked = set(codes)
    for parent in sorted(known, key=lambda code: -len(prefix_of(code))):
        below = known[parent]
        if below and picked.issuperset(below):
            picked.add(parent)
    prefixes = {prefix_of(code): code for code in picked}
    return sorted(
        code
        for prefix, code in prefixes.items()
        if not any(prefix != other and prefix.startswith(other) for other in prefixes)
    )


def tree(areas: Iterable[Area]) -> dict[str, list[str]]:
    """Code of an area -> codes directly below it, of the areas given."""
    below: dict[str, list[str]] = {}
    for area in areas:
        if area.parent_id:
            below.setdefault(area.parent_id, []).append(area.code)
    return below
