"""What is looked at: a room, a building or a firm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from wangge.registry.people.models import Building, Organisation, Room

from ..enums import Kind

MODELS: dict[str, Any] = {"rooms": Room, "buildings": Building, "organisations": Organisation}
SUITS = {
    "rooms": (Kind.RENTAL, Kind.GAS, Kind.OTHER),
    "buildings": (Kind.HIGH_RISE, Kind.RENTAL, Kind.OTHER),
    "organisations": (Kind.NINE_SMALL, Kind.FIRM, Kind.GAS, Kind.OTHER),
}
MOST = 30


@dataclass(frozen=True)
class About:
    """One of the three; a room's building and a firm's room and building are known from it."""

    what: str  # a key of ``MODELS``
    row: Any

    @property
    def room(self) -> Room | None:
        """The room itself, or the one a firm is in."""
        return self.row if self.what == "rooms" else getattr(self.row, "room", None)

    @property
    def building(self) -> Building | None:
        """The building itself, or the one around the room."""
        return self.row if self.what == "buildings" else self.room.building if self.room else None

    @property
    def organisation(self) -> Organisation | None:
        """The firm, when it is about one."""
        return self.row if self.what == "organisations" else None

    @property
    def area_code(self) -> str:
        """Where it is."""
        return str(self.row.area_code)

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the building stands, longitude and latitude."""
        house = self.building
        return (house.lon, house.lat) if house and house.lon is not None and house.lat is not None else None

    @property
    def address(self) -> str:
        """As a case shows it."""
        return str(getattr(self.row, "address", "") or self.row)[:200]

    @property
    def columns(self) -> dict[str, Any]:
        """As cases and inspections name it."""
        firm = self.organisation
        return {"room": None if firm else self.room, "building": self.building, "organisation": firm}


def about(what: str, pk: int) -> About | None:
    """One in reach."""
    model = MODELS.get(what)
    rows = model.objects.filter(pk=pk) if model else None
    if rows is None:
        return None
    inside = {"rooms": ("building",), "organisations": ("room__building",)}.get(what, ())
    row = rows.select_related(*inside).first()
    return About(what, row) if row else None


def buildings_named(text: str, high_rise: bool = False) -> QuerySet[Building]:
    """Buildings in reach by a part of the name or address."""
    rows = (
        Building.objects.filter(Q(name__contains=text) | Q(address__contains=text))
        if text
        else Building.objects
    )
    rows = rows.filter(high_rise=True) if high_rise else rows
    return rows.order_by("area_code", "name")[:MOST]


def rooms_of(building: Building) -> QuerySet[Room]:
    """The rooms of a building."""
    return Room.objects.filter(building=building).order_by("unit", "key")
