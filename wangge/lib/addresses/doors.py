"""An address split where the register splits it: the building, and the door inside it."""

from __future__ import annotations

from typing import NamedTuple

from .keys import road_key, room_key
from .parsing import Address


class DoorKey(NamedTuple):
    """``building`` and ``room`` are the keys of Building and Room inside one community ("" room = the whole
    house); ``name`` is how people call the building; ``unit`` and ``door`` stand on the room."""

    building: str
    name: str
    room: str
    unit: str
    floor: str
    door: str


def door_key(address: Address) -> DoorKey | None:
    """The keys of the door an address names; None when it names no door.

    The keys are those of ``room_key`` without the community, cut after the building.
    """
    key = room_key(address, "-")
    if not key:
        return None
    _community, place, building, unit, door = key.split("|")
    name = place + (f"{building}栋" if building else "")
    if address.number and place == f"{road_key(address.road)}{address.number}":
        house = _house(address.number)
        name = f"{address.road}{house}" + (f"{building}栋" if building else "")
    return DoorKey(
        building=f"{place}|{building}" if building else place,
        name=name or f"{building}栋",
        room=f"{unit}-{door}" if unit else door,
        unit=unit,
        floor=address.floor,
        door=door,
    )


def _house(number: str) -> str:
    """A door number as it is said: 12 → 12号, 12之3 → 12号之3, 12附3 → 12号附3号."""
    if "附" in number:
        return number.replace("附", "号附") + "号"
    return number.replace("之", "号之") if "之" in number else f"{number}号"
