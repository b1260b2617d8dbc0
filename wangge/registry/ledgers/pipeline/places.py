"""Doors of a ledger: which community, which building, which room, made once and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from wangge.lib.bulk import find_rows, reserve_ids, update_rows, write_rows
from wangge.registry.people.models import Building, Household, Room

from .doors import Door, DoorReader


@dataclass
class Doors:
    """Every distinct door of a file by its row text, and their rooms once they are known."""

    reader: DoorReader
    grids: dict[str, str] = field(default_factory=dict)  # "community|grid as ledgers write it" → code
    placed: dict[tuple[str, str], str] = field(default_factory=dict)  # building → grid the ledger names
    rooms: dict[str, int] = field(default_factory=dict)  # Door.key → Room id
    areas: dict[str, str] = field(default_factory=dict)  # Door.key → area code
    standing: dict[str, int] = field(default_factory=dict)  # rooms that were there before this file
    households: dict[tuple[int, str], int] = field(default_factory=dict)
    buildings: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)  # → id, area code

    @property
    def home(self) -> str:
        return self.reader.home

    def columns(
        self, frame: pl.DataFrame, doors: Sequence[Door | None]
    ) -> tuple[list[str], list[str | None]]:
        """Community and door key for every row and its door (community "" where it cannot be told)."""
        named = frame["community"].to_list() if "community" in frame.columns else [None] * frame.height
        if "grid" in frame.columns:
            self._place(doors, frame["grid"].to_list())
        communities = [
            door.community if door else self.reader.community(name)
            for door, name in zip(doors, named, strict=True)
        ]
        return communities, [door.key if door and door.building else None for door in doors]

    def _place(self, doors: Iterable[Door | None], grids: Iterable[str | None]) -> None:
        for door, grid in zip(doors, grids, strict=True):
            if door and grid:
                digits = "".join(ch for ch in grid if ch.isdigit())
                code = self.grids.get(f"{door.community}|{grid}") or (
                    self.grids.get(f"{door.community}|{int(digits)}") if digits else None
                )
                if code:
                    self.placed.setdefault((door.community, door.building), code)

    def find(self, doors: Iterable[Door]) -> list[Door]:
        """Look up the rooms of these doors; returns those the register lacks."""
        missing = {door.key: door for door in doors if door.building and door.key not in self.rooms}
        self._find_buildings(missing.values())
        known = {self.buildings.get((door.community, door.building), (0, ""))[0] for door in missing.values()}
        held = find_rows(
            Room,
            "building",
            sorted(known - {0}),
            ("building", "key", "id", "area_code"),
        )
        rooms = {(building, key): (pk, area) for building, key, pk, area in held}
        for door in list(missing.values()):
            pk, _area = self.buildings.get((door.community, door.building), (0, ""))
            if (pk, door.room) in rooms:
                self.rooms[door.key], self.areas[door.key] = rooms[pk, door.room]
                self.standing[door.key] = self.rooms[door.key]
                del missing[door.key]
        return list(missing.values())

    def make(self, doors: Iterable[Door], demo: bool) -> None:
        """Make the rooms, and their buildings, that ``find`` did not know."""
        new = [door for door in doors if door.key not in self.rooms]
        if new:
            lacking = [door for door in new if (door.community, door.building) not in self.buildings]
            self.buildings |= _make_buildings(lacking, self.placed, demo)
            self._make_rooms(new, demo)

    def _find_buildings(self, doors: Iterable[Door]) -> None:
        wanted = {(door.community, door.building) for door in doors} - set(self.buildings)
        keys = sorted({key for _community, key in wanted})
        came: dict[tuple[str, str], tuple[int, str]] = {}  # the ground came from another community
        for community, key, pk, area in find_rows(
            Building, "key", keys, ("community", "key", "id", "area_code")
        ):
            if (community, key) in wanted:
                self.buildings[community, key] = (pk, area)
            elif (area[:12], key) in wanted:
                came[area[:12], key] = (pk, area)
        self.buildings = came | self.buildings

    def _make_rooms(self, new: list[Door], demo: bool) -> None:
        ids = reserve_ids(Room, len(new))
        places = [self.buildings[door.community, door.building] for door in new]
        write_rows(
            Room,
            {
                "id": ids,
                "area_code": [area for _pk, area in places],
                "building": [pk for pk, _area in places],
                "key": [door.room for door in new],
                "unit": [door.unit for door in new],
                "floor": [door.floor for door in new],
                "door": [door.door for door in new],
                "state": [""] * len(new),
                "use": [""] * len(new),
                "demo": [demo] * len(new),
            },
        )
        for door, pk, (_building, area) in zip(new, ids, places, strict=True):
            self.rooms[door.key], self.areas[door.key] = pk, area

    def describe(self, told: Mapping[str, Mapping[str, str]]) -> None:
        """State and use of rooms as a ledger tells them: {Door.key: {"state": …, "use": …}}."""
        for fact in ("state", "use"):
            rows = {self.rooms[key]: facts[fact] for key, facts in told.items() if fact in facts}
            update_rows(Room, "id", {"id": list(rows), fact: list(rows.values())})

    def ensure_households(self, wanted: Iterable[tuple[int, str, str, str]], demo: bool) -> None:
        """Find or make the households (room id, number or ordinal, area code, kind)."""
        missing = {(room, number): (area, kind) for room, number, area, kind in wanted}
        missing = {key: value for key, value in missing.items() if key not in self.households}
        if not missing:
            return
        held = find_rows(Household, "room", sorted({room for room, _n in missing}), ("room", "number", "id"))
        known = {(room, number): pk for room, number, pk in sorted(held, key=lambda row: -row[2])}
        for key in [key for key in missing if key in known]:
            self.households[key] = known[key]
            del missing[key]
        if missing:
            self._make_households(missing, demo)

    def _make_households(self, missing: dict[tuple[int, str], tuple[str, str]], demo: bool) -> None:
        ids = reserve_ids(Household, len(missing))
        write_rows(
            Household,
            {
                "id": ids,
                "area_code": [area for area, _kind in missing.values()],
                "room": [room for room, _number in missing],
                "number": [number for _room, number in missing],
                "kind": [kind for _area, kind in missing.values()],
                "demo": [demo] * len(missing),
            },
        )
        self.households.update(zip(missing, ids, strict=True))


def _make_buildings(
    doors: Iterable[Door], placed: Mapping[tuple[str, str], str], demo: bool
) -> dict[tuple[str, str], tuple[int, str]]:
    new = {(door.community, door.building): door for door in doors}
    if not new:
        return {}
    ids = reserve_ids(Building, len(new))
    names = [door.building_name for door in new.values()]
    write_rows(
        Building,
        {
            "id": ids,
            "area_code": [placed.get(key, key[0]) for key in new],
            "community": [community for community, _key in new],
            "key": [key for _community, key in new],
            "name": names,
            "address": names,
            "high_rise": [False] * len(new),
            "demo": [demo] * len(new),
        },
    )
    return {key: (pk, placed.get(key, key[0])) for key, pk in zip(new, ids, strict=True)}
