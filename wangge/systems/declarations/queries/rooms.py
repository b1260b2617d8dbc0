"""The rooms of the register that declared addresses name, for many declarations in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from wangge.lib.addresses import DoorKey, Gazetteer, door_key, parse
from wangge.lib.bulk import find_rows
from wangge.registry.people.models import Building, Room

from ..models import Declaration
from .places import gazetteer

Place = tuple[int, str]  # key of the room's row and its area


def rooms_of(rows: Sequence[Declaration]) -> dict[int, Place]:
    """Room and area by declaration, where the address names a door that is registered. The community is
    that of the address, else of the declaration; a building whose ground changed hands counts for both."""
    doors: dict[int, tuple[str, DoorKey]] = {}
    names = gazetteer()
    for row in rows:
        if row.stay_address and (named := _door(row, names)):
            doors[row.pk] = named
    buildings = _buildings({door.building[:120] for _community, door in doors.values()})
    wanted: dict[int, tuple[int, str]] = {}
    for pk, (community, door) in doors.items():
        if (building := _standing(buildings.get(door.building[:120], ()), community)) is not None:
            wanted[pk] = (building, door.room[:60])
    held = _rooms(
        {building for building, _room in wanted.values()}, {room for _building, room in wanted.values()}
    )
    return {pk: held[place] for pk, place in wanted.items() if place in held}


def _door(row: Declaration, names: Gazetteer) -> tuple[str, DoorKey] | None:
    address = parse(row.stay_address, names)
    community = address.community_code or (row.area_code[:12] if row.area_code[9:12] != "000" else "")
    key = door_key(address)
    return (community, key) if community and key else None


def _buildings(keys: set[str]) -> dict[str, list[tuple[int, str, str]]]:
    held: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for key, pk, community, area in find_rows(
        Building, "key", sorted(keys), ["key", "id", "community", "area_code"]
    ):
        held[key].append((pk, community, area))
    return held


def _standing(buildings: Sequence[tuple[int, str, str]], community: str) -> int | None:
    own = [pk for pk, registered, _area in buildings if registered == community]
    came = [pk for pk, _registered, area in buildings if area.startswith(community)]
    return next(iter([*own, *came]), None)


def _rooms(buildings: set[int], keys: set[str]) -> dict[tuple[int, str], Place]:
    """One query by building; the doors of a house are few, and only those asked for are kept."""
    rows = find_rows(Room, "building", sorted(buildings), ["building_id", "key", "id", "area_code"])
    return {(building, key): (pk, area) for building, key, pk, area in rows if key in keys}
