"""What the register holds of some doors and their people, in memory: a fixed number of statements however
many doors there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from wangge.lib.sealing import unseal_many
from wangge.registry.ledgers.queries.kept import RECORD, Kept
from wangge.registry.people.enums import ContradictionState, PersonStatus
from wangge.registry.people.models import Contradiction, Organisation, Person, Room

from ..homes import present_homes
from .parts import Doors

AT_ONCE = 5_000
SEALED = {"id_no": "id_sealed", "phone": "phone_sealed", "phone2": "phone2_sealed"}
OF_TIE = {"residence_way": "way", "reason_come": "reason"}  # facts of the home that a tie holds
COLUMNS = {field.name for field in Person._meta.concrete_fields}
BESIDE = ("pk", "name", "birth", "source", "confirmed_at")
# as they are written: those of all people are read in one go
TEXTS = {
    "told_text": Cast("provenance", TextField()),
    "facts_text": Cast("facts", TextField()),
}


class Home(NamedTuple):
    """A present tie of somebody to a home."""

    pk: int
    person: int
    room: int | None
    area: str
    way: str
    reason: str
    confirmed: date | None


@dataclass
class Held:
    """One person: the values of the facts looked at, sealed ones still sealed."""

    pk: int
    name: str
    birth: date | None
    source: int
    confirmed: date | None
    provenance: dict[str, Any]
    values: dict[str, Any]
    home: Home | None = None
    disputed: dict[str, tuple[int, int]] = field(default_factory=dict)  # fact -> (held, offered) source

    def told(self, fact: str) -> date | None:
        """When the fact was last confirmed."""
        if fact == "residence":  # as the ledgers count freshness: by the tie or by the person
            home = self.home.confirmed if self.home else None
            return max(filter(None, (home, self.confirmed)), default=None)
        if fact in OF_TIE:
            return self.home.confirmed if self.home else None
        if fact not in self.provenance:
            return self.confirmed
        day = self.provenance[fact][1]
        return date.fromisoformat(day) if day else None


@dataclass
class Ground:
    """Doors with who lives behind them."""

    doors: Doors
    rooms: dict[int, dict[str, Any]]
    organisations: dict[int, Organisation]
    people: dict[int, Held]
    living: dict[int, list[int]]  # room -> people, in the order of the household
    areas: dict[int, str]  # person -> area of the home

    def __post_init__(self) -> None:
        self._homes = {room: [self.people[one] for one in those] for room, those in self.living.items()}

    def residents(self, kind: str, key: int) -> list[Held]:
        """Who is asked at a door."""
        if kind == "room":
            return self._homes.get(key, [])
        return [self.people[key]] if kind == "person" and key in self.people else []


def ground_of(doors: Doors, kept: dict[str, Kept]) -> Ground:
    """Read it: six statements, and one more for every five thousand doors or people."""
    rooms = {row["pk"]: row for row in _rows(Room, doors.rooms, ("pk", "area_code", "state", "use"))}
    organisations = {
        row.pk: row
        for part in _parts(doors.organisations)
        for row in Organisation._base_manager.filter(pk__in=part)
    }
    homes = list(_homes(doors))
    held = _people({home.person for home in homes}, kept)
    living: dict[int, list[int]] = defaultdict(list)
    for home in homes:
        if home.person not in held:
            continue
        if home.room is not None and home.room in rooms:
            living[home.room].append(home.person)
        held[home.person].home = held[home.person].home or home
    areas = {home.person: home.area for home in homes}
    return Ground(doors, rooms, organisations, held, dict(living), areas)


def _parts(keys: Iterable[int]) -> Iterator[Sequence[int]]:
    every = sorted(keys)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def _rows(model: Any, keys: Iterable[int], fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    for part in _parts(keys):
        yield from model._base_manager.filter(pk__in=part).values(*fields)


def _homes(doors: Doors) -> Iterator[Home]:
    fields = ("pk", "person_id", "room_id", "area_code", "way", "reason", "confirmed_at")
    for part in _parts(doors.rooms):
        rows = present_homes().filter(room__in=part).order_by("room_id", "relation", "pk")
        yield from (Home(*row) for row in rows.values_list(*fields))
    for part in _parts(doors.people):
        rows = present_homes().filter(person__in=part, room=None).order_by("pk")
        yield from (Home(*row) for row in rows.values_list(*fields))


def columns_for(kept: dict[str, Kept]) -> dict[str, str]:
    """Facts of a person's record that stand in a column of their own -> the column."""
    record = (code for code, fact in kept.items() if fact.target in RECORD)
    return {
        code: SEALED.get(code, code)
        for code in record
        if SEALED.get(code, code) in COLUMNS and code != "name"
    }


def _people(keys: Iterable[int], kept: dict[str, Kept]) -> dict[int, Held]:
    columns = columns_for(kept)
    fields = (*BESIDE, *(column for column in columns.values() if column not in BESIDE))
    found: dict[int, Held] = {}
    for part in _parts(keys):
        rows = Person._base_manager.filter(pk__in=part).exclude(
            status__in=(PersonStatus.MERGED, PersonStatus.DEAD, PersonStatus.LEFT)
        )
        listed = list(rows.annotate(**TEXTS).values_list(*fields, *TEXTS))
        read = json.loads(f"[{','.join(text for row in listed for text in row[-2:])}]")
        for at, row in enumerate(listed):
            named = dict(zip(fields, row, strict=False))
            values = {code: named[column] for code, column in columns.items()} | read[2 * at + 1]
            found[named["pk"]] = Held(
                named["pk"], named["name"], named["birth"], named["source"], named["confirmed_at"],
                read[2 * at], values,
            )  # fmt: skip
        _disputes(part, found)
    return found


def _disputes(part: Sequence[int], found: dict[int, Held]) -> None:
    rows = Contradiction._base_manager.filter(person__in=part, state=ContradictionState.OPEN)
    for person, fact, held, offered in rows.values_list(
        "person_id", "field", "held_source", "offered_source"
    ):
        if person in found:
            found[person].disputed[fact] = (held, offered)


def opened(people: Iterable[tuple[Held, str]]) -> dict[tuple[int, str], str]:
    """The sealed values of these facts in clear, by person and fact; opened together."""
    wanted = list(people)
    texts = unseal_many([one.values.get(fact) or "" for one, fact in wanted])
    return {(one.pk, fact): text for (one, fact), text in zip(wanted, texts, strict=True)}
