"""Reads of buildings, rooms, households, estates and organisations for their pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from wangge.lib.scoping import prefix_filter, prefix_of

from ..enums import TieKind
from ..models import Building, Estate, Household, Organisation, Room, Tie
from .names import named
from .search import begins

PRESENT = Q(known_to=None, valid_to=None)
_NUMBERS = re.compile(r"\d+|\D+")


def buildings_after(pk: int = 0, *, area: str = "", text: str = "", limit: int = 50) -> QuerySet[Building]:
    """The next buildings in reach after ``pk``, whose name begins with ``text``."""
    rows = Building.objects.filter(prefix_filter("area_code", prefix_of(area)), pk__gt=pk).order_by("pk")
    rows = rows.filter(Q(name__contains=text) | Q(estate__name__contains=text)) if text else rows
    return rows.select_related("estate").annotate(doors=Count("rooms"))[:limit]


def households_after(pk: int = 0, *, area: str = "", text: str = "", limit: int = 50) -> QuerySet[Household]:
    """The next households in reach after ``pk``, by number or by the building's name."""
    rows = Household.objects.filter(prefix_filter("area_code", prefix_of(area)), pk__gt=pk).order_by("pk")
    rows = rows.filter(Q(number=text) | Q(room__building__name__contains=text)) if text else rows
    return rows.select_related("room__building", "head")[:limit]


def organisations_after(
    pk: int = 0, *, area: str = "", text: str = "", closed: bool = False, limit: int = 50
) -> QuerySet[Organisation]:
    """The next organisations in reach after ``pk``, by code or the beginning of the name."""
    rows = Organisation.objects.filter(prefix_filter("area_code", prefix_of(area)), pk__gt=pk).order_by("pk")
    rows = rows.exclude(closed_on=None) if closed else rows.filter(closed_on=None)
    rows = rows.filter(Q(uscc=text.upper()) | begins("name", text)) if text else rows
    return rows.select_related("room__building")[:limit]


def estates_after(
    pk: int = 0, *, area: str = "", text: str = "", closed: bool = False, limit: int = 50
) -> QuerySet[Estate]:
    """The next estates in reach after ``pk``, by a part of the name, each with how many ``houses`` it has."""
    rows = Estate.objects.filter(prefix_filter("area_code", prefix_of(area)), pk__gt=pk).order_by("pk")
    rows = rows.exclude(closed_on=None) if closed else rows.filter(closed_on=None)
    rows = rows.filter(name__contains=text) if text else rows
    return rows.annotate(houses=Count("buildings"))[:limit]


def buildings_for(estate: Estate, text: str = "", limit: int = 100) -> QuerySet[Building]:
    """Buildings in reach of the estate's community that are not its own, those of no estate first."""
    others = Building.objects.filter(prefix_filter("area_code", estate.area_code[:12])).exclude(estate=estate)
    others = others.filter(name__contains=text) if text else others
    return others.select_related("estate").order_by(F("estate").asc(nulls_first=True), "name", "pk")[:limit]


def members_by_household(households: Iterable[Household]) -> dict[int, int]:
    """How many people each household has now; one query."""
    ties = Tie.objects.filter(PRESENT, household__in=list(households))
    counted = ties.values("household").annotate(people=Count("person", distinct=True))
    return {row["household"]: row["people"] for row in counted}


@dataclass(frozen=True)
class Door:
    """One room in the picture of a building."""

    room: Room
    residents: int
    tone: str  # "lived", "empty" or "unknown"


@dataclass(frozen=True)
class UnitPicture:
    """One stairwell: floors from the top, each with its doors."""

    unit: str
    floors: list[tuple[str, list[Door]]]


def building_picture(building: Building) -> list[UnitPicture]:
    """The rooms of a building by unit and floor, as one looks at its front; two queries."""
    living = residents_by_room(Room.objects.filter(building=building))
    units: dict[str, dict[str, list[Door]]] = defaultdict(lambda: defaultdict(list))
    for room in sorted(Room.objects.filter(building=building), key=lambda r: _natural(r.door)):
        people = living.get(room.pk, 0)
        tone = "lived" if people else ("empty" if room.state == "vacant" else "unknown")
        units[room.unit][room.floor or floor_of(room.door)].append(Door(room, people, tone))
    return [
        UnitPicture(unit, sorted(floors.items(), key=lambda f: _natural(f[0]), reverse=True))
        for unit, floors in sorted(units.items(), key=lambda u: _natural(u[0]))
    ]


def residents_by_room(rooms: QuerySet[Room]) -> dict[int, int]:
    """How many people live in each of the rooms now; one query."""
    ties = Tie.objects.filter(PRESENT, kind=TieKind.LIVES, room__in=rooms.values("pk"))
    counted = ties.values("room").annotate(people=Count("person", distinct=True)).order_by()
    return {row["room"]: row["people"] for row in counted}


def floor_of(door: str) -> str:
    """501 is on floor 5, 1203 on 12; "" where a door does not say."""
    return door[:-2] if door.isdecimal() and len(door) in (3, 4) else ""


def _natural(text: str) -> list[tuple[bool, int, str]]:
    parts = _NUMBERS.findall(text)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def ties_to(**target: object) -> QuerySet[Tie]:
    """All believed ties to a place or organisation with their people, present ones first."""
    return (
        Tie.objects.filter(known_to=None, **target)
        .select_related("person")
        .order_by("valid_to", "kind", "pk")
    )


@dataclass(frozen=True)
class EstateProfile:
    """S32: what an estate is made of."""

    estate: Estate
    buildings: Sequence[Building]
    rooms: int
    households: int
    residents: int
    high_rises: int


def estate_counts(estates: Iterable[Estate]) -> dict[int, dict[str, int]]:
    """Buildings, rooms, households and residents of each estate by its key; four queries."""
    told: dict[str, tuple[Any, str, Count]] = {
        "buildings": (Building.objects, "estate", Count("pk")),
        "rooms": (Room.objects, "building__estate", Count("pk")),
        "households": (Household.objects, "room__building__estate", Count("pk")),
        "residents": (
            Tie.objects.filter(PRESENT, kind=TieKind.LIVES), "room__building__estate",
            Count("person", distinct=True),
        ),
    }  # fmt: skip
    found = {estate.pk: dict.fromkeys(told, 0) for estate in estates}
    for name, (rows, path, number) in told.items():
        lines = rows.filter(**{f"{path}__in": list(found)}).order_by().values_list(path).annotate(number)
        for key, many in lines:
            found[key][name] = many
    return found


def estate_profile(estate: Estate) -> EstateProfile:
    """The estate with its buildings and counts; six queries whatever its size."""
    buildings = list(
        Building.objects.filter(estate=estate).annotate(doors=Count("rooms")).order_by("name", "pk")
    )
    named(buildings)
    ties = Tie.objects.filter(PRESENT, kind=TieKind.LIVES, room__building__estate=estate)
    return EstateProfile(
        estate=estate,
        buildings=buildings,
        rooms=sum(b.doors for b in buildings),
        households=Household.objects.filter(room__building__estate=estate).count(),
        residents=ties.values("person").distinct().count(),
        high_rises=sum(b.high_rise for b in buildings),
    )
