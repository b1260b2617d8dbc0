"""The doors that visits go to, in walking order, read once however many months are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from wangge.foundation.territory import queries as territory
from wangge.registry.people.enums import RoomState
from wangge.registry.people.models import Building, Room

from ..models import CarePerson
from ..queries.homes import present_homes
from ..reading.days import DAY, Slot, days_between
from ..reading.walking import along, floor_of

Walk = tuple[int, int, int, str, int]  # along the way, building, floor, door, key
NOWHERE: Walk = (1 << 61, 0, 0, "", 0)
YEAR = 366 * DAY  # no slot is longer


class Door(NamedTuple):
    """One door of a household, or of a care person (``care``)."""

    area_code: str
    room: int | None
    walk: Walk
    care: int | None = None
    person: int | None = None
    care_class: str = ""
    level: str = ""
    begins: date | None = None
    ends: date | None = None

    def looked_after_in(self, slot: Slot) -> bool:
        """Whether the care person is one on any day of the slot."""
        begun = self.begins is None or self.begins <= slot.last
        return begun and (self.ends is None or self.ends > slot.first)


class Doors:
    """All doors; care persons from a year before ``first`` on, so that every slot is known whole."""

    def __init__(self, first: date) -> None:
        self.first = first
        self._worked: dict[Slot, list[date]] = {}
        self._active: dict[tuple[str, str, str, Slot], dict[int | None, tuple[int, Door]]] = {}

    def days_of(self, slot: Slot) -> list[date]:
        """The worked days of a slot; a week that is all holiday has its days, for who is on duty."""
        if slot not in self._worked:
            worked = territory.workdays(slot.first, slot.last)
            self._worked[slot] = worked or days_between(slot.first, slot.last)
        return self._worked[slot]

    def cared_for(
        self, care_class: str, level: str, area: str, slot: Slot
    ) -> dict[int | None, tuple[int, Door]]:
        """Care person -> place in the order of visits and door: those of an area in one slot."""
        key = (care_class, level, area, slot)
        if key not in self._active:
            doors = self.care_groups.get((care_class, level), {}).get(area, [])
            active = [door for door in doors if door.looked_after_in(slot)]
            self._active[key] = {door.care: (rank, door) for rank, door in enumerate(active)}
        return self._active[key]

    @cached_property
    def walks(self) -> dict[int, int]:
        """Building -> its place along the walk."""
        rows = list(Building._base_manager.order_by("pk").values_list("pk", "lon", "lat"))
        keys = along([(lon, lat) for _pk, lon, lat in rows])
        return {pk: key for (pk, _lon, _lat), key in zip(rows, keys, strict=True)}

    @cached_property
    def households(self) -> dict[str, list[Door]]:
        """Area -> the rooms people may live in, in walking order."""
        rows = Room._base_manager.exclude(state__in=[RoomState.VACANT, RoomState.BUSINESS])
        found: dict[str, list[Door]] = defaultdict(list)
        for pk, area, building, floor, door in rows.values_list(
            "pk", "area_code", "building_id", "floor", "door"
        ).iterator(chunk_size=20_000):
            found[area].append(Door(area, pk, self._walk(building, floor, door, pk)))
        for doors in found.values():
            doors.sort(key=lambda one: one.walk)
        return found

    @cached_property
    def care_groups(self) -> dict[tuple[str, str], dict[str, list[Door]]]:
        """Class and level -> area -> doors in walking order."""
        found: dict[tuple[str, str], dict[str, list[Door]]] = defaultdict(lambda: defaultdict(list))
        for door in self._care_doors:
            found[(door.care_class, door.level)][door.area_code].append(door)
        return found

    @cached_property
    def cared_rooms(self) -> dict[int | None, list[Door]]:
        """Room -> the care persons at home there."""
        found: dict[int | None, list[Door]] = defaultdict(list)
        for door in self._care_doors:
            if door.room:
                found[door.room].append(door)
        return dict(found)

    @cached_property
    def beside_care(self) -> dict[str, list[tuple[int, Door]]]:
        """Area -> the households with a care person, with their place in the walk."""
        return {
            area: [(rank, door) for rank, door in enumerate(doors) if door.room in self.cared_rooms]
            for area, doors in self.households.items()
        }

    @cached_property
    def _care_doors(self) -> list[Door]:
        held = CarePerson._base_manager.exclude(ends_on__lte=self.first - YEAR)
        rows = list(
            held.values_list("pk", "area_code", "person_id", "care_class", "level", "begins_on", "ends_on")
        )
        homes = self._homes([person for _pk, _area, person, *_rest in rows])
        doors = []
        for pk, area, person, care_class, level, begins, ends in rows:
            room, walk = homes.get(person, (None, NOWHERE))
            doors.append(Door(area, room, walk, pk, person, care_class, level, begins, ends))
        return sorted(doors, key=lambda door: (door.walk, door.care))

    def _homes(self, people: Sequence[int]) -> dict[int, tuple[int, Walk]]:
        """Person -> room and its place along the walk."""
        found: dict[int, tuple[int, Walk]] = {}
        for start in range(0, len(people), 5_000):
            ties = present_homes().filter(person__in=people[start : start + 5_000], room__isnull=False)
            for person, room, building, floor, door in ties.order_by("pk").values_list(
                "person_id", "room_id", "room__building_id", "room__floor", "room__door"
            ):
                found[person] = (room, self._walk(building, floor, door, room))
        return found

    def _walk(self, building: int, floor: str, door: str, room: int) -> Walk:
        return (self.walks.get(building, 1 << 61), building, _floor(floor), door, room)


_floor = lru_cache(1_000)(floor_of)
