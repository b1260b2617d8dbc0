"""Finding a household by whatever is known: bits of a name, initials, a phone, a building and door."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wangge.lib.masking import mask_name
from wangge.lib.sealing import unseal_many
from wangge.registry.people.models import Organisation, Person, Room, Tie
from wangge.registry.people.queries import kind_of_text, organisations_after, search_people

from .homes import HOMES

MOST = 50
TAIL = re.compile(r"\d{4}")
DOOR = re.compile(r"^(?P<building>.*?)\s*(?P<door>[A-Za-z]?\d{2,5}[A-Za-z]?)\s*(?:室|房|号)?$")
SCANNED = 4_000  # people of a reach whose phones are opened to compare the last digits: a grid


@dataclass(frozen=True)
class Hit:
    """A door that may be meant; ``who`` is masked. kind, key: what a script is asked for."""

    kind: str
    key: int
    place: str
    who: tuple[str, ...]
    why: str = ""


def search_doors(text: str) -> list[Hit]:
    """Doors in reach, at most fifty: by building and door, by the last four digits of a phone (in a reach as
    small as a grid), else by whatever ``search_people`` understands, and firms by name."""
    text = text.strip()
    if not text:
        return []
    hits = {(hit.kind, hit.key): hit for hit in [*_by_door(text), *_by_people(text), *_firms(text)]}
    return list(hits.values())[:MOST]


def _by_door(text: str) -> list[Hit]:
    found = DOOR.match(text)
    if found is None or kind_of_text(text) in ("phone", "id"):
        return []
    rooms = Room.objects.filter(door__iexact=found["door"])
    if found["building"]:
        rooms = rooms.filter(building__name__contains=found["building"].strip())
    listed = list(rooms.select_related("building").order_by("building__name", "pk")[:MOST])
    return _of_rooms(listed)


def _of_rooms(rooms: list[Room]) -> list[Hit]:
    names: dict[int, list[str]] = {}
    ties = Tie.objects.filter(HOMES, room__in=rooms)
    for room, name in ties.order_by("relation", "pk").values_list("room_id", "person__name"):
        names.setdefault(room, []).append(mask_name(name))
    return [
        Hit("room", row.pk, f"{row.building.name}{row.label}", tuple(names.get(row.pk, ()))) for row in rooms
    ]


def _by_people(text: str) -> list[Hit]:
    people = list(_with_tail(text) if TAIL.fullmatch(text) else search_people(text))
    homes: dict[int, Room] = {}
    ties = Tie.objects.filter(HOMES, person__in=people)
    for tie in ties.select_related("room__building"):
        if tie.room is not None:
            homes.setdefault(tie.person_id, tie.room)
    rooms = {hit.key: hit for hit in _of_rooms(list({room.pk: room for room in homes.values()}.values()))}
    return [_hit(person, homes.get(person.pk), rooms) for person in people]


def _hit(person: Person, room: Room | None, rooms: dict[int, Hit]) -> Hit:
    if room is None:
        return Hit("person", person.pk, "", (mask_name(person.name),))
    return rooms[room.pk]


def _with_tail(digits: str) -> list[Person]:
    """People whose phone ends so. Sealed numbers have no index of their ends: only few are opened."""
    ties = Tie.objects.filter(HOMES)
    people = Person._base_manager.filter(pk__in=ties.values("person")).exclude(phone_sealed="")
    rows = list(people.values_list("pk", "phone_sealed")[: SCANNED + 1])
    if len(rows) > SCANNED:
        return []
    phones = unseal_many([sealed for _pk, sealed in rows])
    keys = [pk for (pk, _sealed), phone in zip(rows, phones, strict=True) if phone.endswith(digits)]
    return list(Person.objects.filter(pk__in=keys[:MOST]))


def _firms(text: str) -> list[Hit]:
    if kind_of_text(text) != "name" or len(text) < 2:
        return []
    rows = organisations_after(text=text, limit=20)
    return [Hit("organisation", row.pk, _at(row), (row.name,)) for row in rows]


def _at(row: Organisation) -> str:
    return f"{row.room.building.name}{row.room.label}" if row.room else row.address
