"""Whom and what an answer is about, and what the register holds of them for a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from wangge.foundation.territory.queries import names_of
from wangge.registry.ledgers.dictionary import admitted
from wangge.registry.people.enums import RoomState, TieKind
from wangge.registry.people.models import Household, Organisation, Person, Room, Tie

MOST_MEMBERS = 60
_OF_PERSON = """name former_name id_type id_no sex birth nationality education marriage phone phone2
    hukou_region hukou_address hukou_nature occupation employment school residence_code_status guardian
    emergency_contact native_place work_address"""
OF_PERSON = frozenset(_OF_PERSON.split())
SEALED = frozenset(("id_no", "phone", "phone2"))
OF_HOME = {
    "relation": "relation",
    "residence_way": "way",
    "reason_come": "reason",
    "planned_until": "planned_until",
    "residence_since": "valid_from",
    "arrive_date": "valid_from",
}
OF_ROOM = {"room_state": "state", "room_use": "use", "room_area": "area_m2", "floor": "floor"}
OF_ORGANISATION = {
    "org_name": "name",
    "org_uscc": "uscc",
    "legal_person": "legal_person",
    "org_phone": "phone",
    "org_address": "address",
    "staff_number": "staff_number",
    "scope": "scope",
}
# the dictionary's code list room_state → the register's
ROOM_STATES = dict(zip("123456", (state.value for state in RoomState), strict=True))
_STATE_CODES = {state: code for code, state in ROOM_STATES.items()}


@dataclass(frozen=True)
class About:
    """Who is asked about what. Everything is optional."""

    person: Person | None = None
    household: Household | None = None
    room: Room | None = None
    organisation: Organisation | None = None

    @classmethod
    def of(cls, row: Person | Household | Room | Organisation | About | None) -> About:
        """What one row brings with it: a person their home, a household its room."""
        if isinstance(row, About):
            return row
        if isinstance(row, Person):
            home = _home(row)
            return cls(row, home.household if home else None, home.room if home else None)
        if isinstance(row, Household):
            return cls(household=row, room=row.room)
        if isinstance(row, Organisation):
            return cls(organisation=row, room=row.room)
        return cls(room=row)

    @property
    def area_code(self) -> str:
        """Where it is: the door's grid before the person's."""
        row = self.room or self.household or self.organisation or self.person
        return row.area_code if row else ""

    @cached_property
    def home(self) -> Tie | None:
        """The person's present home."""
        return _home(self.person) if self.person else None

    def members(self, *, gone: bool = False) -> list[Person]:
        """Who lives in the household or the room now, in the order they were registered; with ``gone`` also
        who lived there: somebody an answer names may have left before it arrived."""
        if not (self.household or self.room):
            return []
        where: dict[str, Any] = {"household": self.household} if self.household else {"room": self.room}
        where |= {} if gone else {"valid_to": None}
        ties = Tie.objects.filter(kind=TieKind.LIVES, known_to=None, **where)
        rows = ties.select_related("person").order_by("person_id")[: None if gone else MOST_MEMBERS]
        return list({tie.person_id: tie.person for tie in rows}.values())


def _home(person: Person) -> Tie | None:
    ties = Tie.objects.filter(person=person, kind=TieKind.LIVES, known_to=None, valid_to=None)
    return ties.select_related("room__building", "household").order_by("-id").first()


def writable(fact: str) -> bool:
    """Whether an answer to a question bound to this fact is written back; others are only shown."""
    known = (OF_PERSON, OF_HOME, OF_ROOM, OF_ORGANISATION, admitted().of_persons)
    return any(fact in facts for facts in known)


def held(fact: str, about: About) -> str:
    """What the register holds of a fact, as text: days as ISO, codes as the dictionary has them."""
    person, room, organisation = about.person, about.room, about.organisation
    if fact in _SHOWN:
        return _text(_SHOWN[fact](about))
    if fact in OF_HOME:
        return _text(getattr(about.home, OF_HOME[fact], "")) if about.home else ""
    if fact == "room_state":
        return _STATE_CODES.get(room.state, "") if room else ""
    if fact in OF_ROOM:
        return _text(getattr(room, OF_ROOM[fact])) if room else ""
    if fact in OF_ORGANISATION:
        return _text(getattr(organisation, OF_ORGANISATION[fact])) if organisation else ""
    if person is None:
        return ""
    return _text(getattr(person, fact) if hasattr(person, fact) else person.facts.get(fact))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _age(about: About) -> int | None:
    return about.person.age_on(timezone.localdate()) if about.person else None


def _area(about: About, length: int) -> str:
    code = about.area_code[:length]
    return names_of([code]).get(code, "") if len(code) == length else ""


_SHOWN: dict[str, Callable[[About], Any]] = {  # worked out, or kept elsewhere: never written back
    "age": _age,
    "community": lambda about: _area(about, 12),
    "grid": lambda about: _area(about, 15),
    "residence": lambda about: about.room,
    "building": lambda about: about.room.building if about.room else "",
    "unit": lambda about: about.room.unit if about.room else "",
    "room_no": lambda about: about.room.door if about.room else "",
    "household_no": lambda about: about.household.number if about.household else "",
}
