"""Which door a row speaks of, from its address and the columns for building, unit and room. No database."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import polars as pl

from wangge.lib.addresses import Gazetteer, Shapes, door_key, parse

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


Key = tuple[str | None, ...]


class DoorReader:
    """Reads doors, each spelling once.

    Args:
        names: names and codes of the district's towns and communities.
        home: 12 digits of the community the ledger was given for, "" when it speaks of several.
    """

    def __init__(self, names: Iterable[tuple[str, str]], home: str) -> None:
        self.names, self.home = tuple(names), home
        self.parsed: dict[Key, Door | None] = {}
        self.shapes = Shapes(self._careful)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer(self.names)

    def community(self, name: str | None) -> str:
        """The code of a community as the ledger writes it; the ledger's own where it cannot be told."""
        return (self.gazetteer.find(name) if name else "") or self.home

    def read(self, frame: pl.DataFrame) -> list[Door | None]:
        """The door of every row."""
        known = self.parsed
        columns = [
            frame[p].to_list() if p in frame.columns else [None] * frame.height for p in ("community", *PARTS)
        ]
        doors: list[Door | None] = []
        for key in zip(*columns, strict=True):
            if key not in known:
                known[key] = self._parse(*key)
            doors.append(known[key])
        return doors

    def _parse(self, community: str | None, *parts: str | None) -> Door | None:
        if not community and not any(parts):
            return _whole(self.home) if self.home else None
        residence, *others = parts
        told = self.shapes.read(community, _joined(parts) if any(others) else residence or "")
        return Door(*told) if told else None

    def _careful(self, community: str | None, text: str) -> Door | None:
        address = parse(text, self.gazetteer)
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
