"""Doors of a ledger: which community, which building, which room, made once and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from wangge.lib.addresses import Gazetteer, door_key, parse
from wangge.lib.bulk import find_rows, reserve_ids, update_rows, write_rows
from wangge.registry.people.models import Building, Household, Room

PARTS = ("residence", "estate", "building", "unit", "floor", "room_no")


class Door(NamedTuple):
    """Where a row's person lives: community code, building key and name, room key and its parts; ``key``
    names the door in the district."""

    community: str
    building: str
    building_name: str
    room: str
    unit: str
    floor: str
    door: str
    key: str


def _whole(community: str) -> Door:
    """Somewhere in the community, no more is known."""
    return Door(community, "", "", "", "", "", "", f"{community}||")


def _joined(parts: Iterable[str | None]) -> str:
    """One address from the address column and the columns for building, unit and room, which fill what the
    address leaves out."""
    residence, estate, building, unit, floor, room = (part or "" for part in parts)
    written = parse(residence)
    text = residence
    if estate and not written.estate and estate not in residence:
        text += estate
    if building and not written.building:
        text += building if building[-1:] in "栋幢座楼号" else f"{building}栋"
    if unit and not written.unit:
        text += unit if unit[-1:] in "元梯洞门" else f"{unit}单元"
    if written.room or not room:
        return text
    if floor and len(room) <= 2:
        text += floor if floor[-1:] in "层楼" else f"{floor}层"
    return text + (room if room[-1:] in "室房号" else f"{room}室")


@dataclass
class Doors:
    """Every distinct door of a file by its row text, and their rooms once they are known."""

    gazetteer: Gazetteer
    home: str  # 12 digits of the community the ledger was given for, "" when it speaks of several
    grids: dict[str, str] = field(default_factory=dict)  # "community|grid as ledgers write it" → code
    placed: dict[tuple[str, str], str] = field(default_factory=dict)  # building → grid the ledger names
    rooms: dict[str, int] = field(default_factory=dict)  # Door.key → Room id
    areas: dict[str, str] = field(default_factory=dict)  # Door.key → area code
    standing: dict[str, int] = field(default_factory=dict)  # rooms that were there before this file
    households: dict[tuple[int, str], int] = field(default_factory=dict)
    buildings: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)  # → id, area code
    _parsed: dict[tuple, Door | None] = field(default_factory=dict)

    def columns(self, frame: pl.DataFrame) -> tuple[list[str], list[str | None], list[Door | None]]:
        """Community, door key and door for every row (community "" where it cannot be told)."""
        parts = [frame[p].to_list() if p in frame.columns else [None] * frame.height for p in PARTS]
        named = frame["community"].to_list() if "community" in frame.columns else [None] * frame.height
        doors = [self._door(*row) for row in zip(named, *parts, strict=True)]
        if "grid" in frame.columns:
            self._place(doors, frame["grid"].to_list())
        communities = [
            door.community if door else self._community(name) for door, name in zip(doors, named, strict=True)
        ]
        return communities, [door.key if door and door.building else None for door in doors], doors

    def _place(self, doors: Iterable[Door | None], grids: Iterable[str | None]) -> None:
        for door, grid in zip(doors, grids, strict=True):
            if door and grid:
                digits = "".join(ch for ch in grid if ch.isdigit())
                code = self.grids.get(f"{door.community}|{grid}") or (
                    self.grids.get(f"{door.community}|{int(digits)}") if digits else None
                )
                if code:
                    self.placed.setdefault((door.community, door.building), code)

    def _community(self, name: str | None) -> str:
        return (self.gazetteer.find(name) if name else "") or self.home

    def _door(self, community: str | None, *parts: str | None) -> Door | None:
        key = (community, *parts)
        if key not in self._parsed:
            self._parsed[key] = self._parse(community, *parts)
        return self._parsed[key]

    def _parse(self, community: str | None, *parts: str | None) -> Door | None:
        if not community and not any(parts):
            return _whole(self.home) if self.home else None
        residence, *others = parts
        address = parse(_joined(parts) if any(others) else residence or "", self.gazetteer)
        named = self.gazetteer.find(community) if community else ""
        code = named or address.community_code or self.home
        key = door_key(address)
        if not code or key is None:
            return _whole(code) if code else None
        building, room = key.building[:120], key.room[:60]
        return Door(
            code, building, key.name[:120], room, key.unit[:20], key.floor[:10], key.door[:30],
            f"{code}|{building}|{room}",
        )  # fmt: skip

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
        for community, key, pk, area in find_rows(
            Building, "key", keys, ("community", "key", "id", "area_code")
        ):
            if (community, key) in wanted:
                self.buildings[community, key] = (pk, area)

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
