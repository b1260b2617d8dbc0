"""Visits by the frequencies in force: care persons by class and level, every household in turn.

A visit falls on one worked day of its slot (a week, a month, half a year …). The doors of a grid are spread
over the slot's days in walking order, so every day has as many, next to each other; the household of a care
person is visited on a day its care person is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..enums import DutyKind
from ..models import VisitRule
from ..queries.scenes import covers
from ..reading.days import Slot, end_of_week, slots_of
from .generate_doors import YEAR, Door, Doors


class Planned(NamedTuple):
    """A visit of a slot and the day it falls on."""

    door: Door
    slot: Slot
    day: date

    @property
    def key(self) -> str:
        """Once for each door and slot, whatever the day."""
        door, stamp = self.door, _stamp(self.slot.first)
        return f"{LETTER}:c{door.care}:{stamp}" if door.care else f"{LETTER}:r{door.room}:{stamp}"

    @property
    def due(self) -> date:
        """By the end of the week, and of the slot."""
        last, sunday = self.slot.last, _sunday(self.day)
        return last if last < sunday else sunday


LETTER = DutyKind.VISIT.value[0]
_sunday = lru_cache(1_000)(end_of_week)


@lru_cache(1_000)
def _stamp(day: date) -> str:
    return f"{day:%Y%m%d}"


class Visits:
    """What falls on the days from ``first`` to ``last``. Places in the order are counted over a whole slot,
    so that they do not depend on which days are made together."""

    def __init__(self, first: date, last: date, doors: Doors) -> None:
        self.first, self.last, self.doors = first, last, doors
        rows = VisitRule._base_manager.filter(valid_from__lte=last).exclude(valid_to__lte=first - YEAR)
        self.rules = list(rows.order_by("pk"))
        self.several = len({rule.area_code for rule in self.rules}) > 1

    def planned(self) -> Iterator[Planned]:
        """Every visit that falls on one of the days."""
        for rule in self.rules:
            yield from self._households(rule) if not rule.care_class else self._cared_for(rule)

    def _counts(self, rule: VisitRule, area: str, day: date) -> bool:
        """Whether the day is asked for and the rule decides there then: in force, and none nearer to it."""
        if not self.first <= day <= self.last or not rule.holds_on(day):
            return False
        return not self.several or not any(
            len(other.area_code.rstrip("0")) > len(rule.area_code.rstrip("0"))
            and _same_people(other, rule)
            and covers(other, area)
            and other.holds_on(day)
            for other in self.rules
        )

    def _cared_for(self, rule: VisitRule) -> Iterator[Planned]:
        for area in self.doors.care_groups.get((rule.care_class, rule.level), ()):
            if not covers(rule, area):
                continue
            for slot in slots_of(rule.period, rule.times, self.first, self.last):
                active = self.doors.cared_for(rule.care_class, rule.level, area, slot)
                for rank, door in active.values():
                    day = self._care_day(door, slot, rank, len(active))
                    if day and self._counts(rule, area, day):
                        yield Planned(door, slot, day)

    def _care_day(self, door: Door, slot: Slot, rank: int, among: int) -> date | None:
        """The day in the slot; who was listed later in it is visited next."""
        days = self.doors.days_of(slot)
        day: date | None = days[rank * len(days) // among]
        if day and door.begins and day < door.begins:
            day = next((later for later in days if later >= door.begins), None)
        return day if day and (door.ends is None or day < door.ends) else None

    def _households(self, rule: VisitRule) -> Iterator[Planned]:
        slots = slots_of(rule.period, rule.times, self.first, self.last)
        for area, doors in self.doors.households.items():
            if covers(rule, area):
                for slot in slots:
                    yield from self._of_slot(rule, area, doors, slot)

    def _of_slot(self, rule: VisitRule, area: str, doors: Sequence[Door], slot: Slot) -> Iterator[Planned]:
        days, among, cared = self.doors.days_of(slot), len(doors), self.doors.cared_rooms
        for at, day in enumerate(days):
            if self._counts(rule, area, day):
                of_day = doors[-(-at * among // len(days)) : -(-(at + 1) * among // len(days))]
                yield from (Planned(door, slot, day) for door in of_day if door.room not in cared)
        for rank, door in self.doors.beside_care[area]:
            near = self._near(door, slot, days[rank * len(days) // among])
            if self._counts(rule, area, near):
                yield Planned(door, slot, near)

    def _near(self, door: Door, slot: Slot, day: date) -> date:
        """The day the room's care person is visited around that day, if it lies in the slot."""
        for care in self.doors.cared_rooms[door.room]:
            for rule in self.rules:
                if (rule.care_class, rule.level) != (care.care_class, care.level) or not rule.holds_on(day):
                    continue
                for around in slots_of(rule.period, rule.times, day, day):
                    active = self.doors.cared_for(care.care_class, care.level, care.area_code, around)
                    if care.care in active:
                        found = self._care_day(care, around, active[care.care][0], len(active))
                        if found and slot.first <= found <= slot.last:
                            return found
        return day


def _same_people(other: VisitRule, rule: VisitRule) -> bool:
    """A household has no level."""
    return other.care_class == rule.care_class and (not rule.care_class or other.level == rule.level)
