"""What a row of a table speaks of, with all the register says of it. Plain values, no model instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wangge.registry.ledgers.outgoing.limits import Limits
from wangge.registry.ledgers.outgoing.lines import Line


@dataclass(frozen=True, slots=True)
class Who:
    """An owner or renter of a room. person_id: whose data this is."""

    person_id: int = 0
    name: str = ""
    id_no: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A room or a building; "" and None where nobody said. rooms, let, empty, households: of a building."""

    building_id: int | None = None
    room_id: int | None = None
    area_code: str = ""
    estate: str = ""
    building: str = ""
    address: str = ""
    unit: str = ""
    floor: str = ""
    door: str = ""
    state: str = ""
    use: str = ""
    area_m2: Any = None
    floors: int | None = None
    units: int | None = None
    rooms: int = 0
    let: int = 0
    empty: int = 0
    households: int = 0


@dataclass(frozen=True, slots=True)
class Household:
    """Those who live together."""

    key: tuple[str, int] = ("", 0)
    number: str = ""
    head_id: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A firm, shop or office."""

    name: str = ""
    uscc: str = ""
    legal_person: str = ""
    phone: str = ""
    address: str = ""
    staff_number: int | None = None
    scope: str = ""
    area_code: str = ""


@dataclass(slots=True)
class Subject:
    """One row. line: the person, or who speaks for the household; facts: what ledgers do not read of them.

    members: those who live in the household, room or building, the head first; alone: nobody else lives in
    the room, None where no room is known; areas: names by code.
    """

    day: date
    limits: Limits
    line: Line | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    household: Household | None = None
    organisation: Organisation | None = None
    members: Sequence[Subject] = ()
    owners: Sequence[Who] = ()
    renters: Sequence[Who] = ()
    alone: bool | None = None
    areas: Mapping[str, str] = field(default_factory=dict)
    number: int = 0

    @property
    def area_code(self) -> str:
        """The area the row belongs to."""
        if self.line is not None:
            return self.line.place
        if self.place is not None:
            return self.place.area_code
        return self.organisation.area_code if self.organisation else ""

    @property
    def head(self) -> Subject | None:
        """Who heads the household."""
        return self.members[0] if self.members else None

    @property
    def is_head(self) -> bool:
        """Whether this person heads the household."""
        return bool(
            self.head and self.line and self.head.line and self.head.line.person.pk == self.line.person.pk
        )
