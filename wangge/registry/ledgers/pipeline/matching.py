"""Finding the people of a chunk in the register (spec 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wangge.lib.bulk import find_rows
from wangge.registry.people.models import Person, Tie

from ..enums import CaseState
from ..models import Case, Row
from .offers import File
from .places import Doors
from .register import Held, add_ties, persons_by

CERTAIN = 0.95  # spec 5.5


@dataclass(frozen=True)
class Doubt:
    """A row that may be a held person: waits for a human."""

    held: Held
    score: float
    reasons: tuple[str, ...]


@dataclass
class Matches:
    """row → person held; row → who it may be; rows whose question is already waiting."""

    held: dict[int, Held] = field(default_factory=dict)
    doubts: dict[int, Doubt] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)


def match(file: File, rows: Sequence[int], doors: Doors) -> Matches:
    """Find leading rows in the register, in a fixed number of queries."""
    matches = Matches()
    if file.first_of_all:
        return matches
    apart = _remembered(file, rows, matches)
    _by_id(file, rows, matches)
    unknown = [row for row in rows if row not in matches.held and row not in matches.waiting]
    _by_likeness(file, unknown, doors, matches, apart)
    add_ties(matches.held.values())
    return matches


def _ids_of(file: File, rows: Sequence[int]) -> dict[str, list[int]]:
    """Every id number any row of these persons gives → leading rows."""
    index = file.columns["id_index"]
    found: dict[str, list[int]] = {}
    for row in rows:
        for member in (row, *file.repeats.get(row, ())):
            if index[member]:
                found.setdefault(index[member], []).append(row)
    return found


def _by_id(file: File, rows: Sequence[int], matches: Matches) -> None:
    ids = _ids_of(file, [row for row in rows if row not in matches.held])
    if not ids:
        return
    for held in persons_by("id_index", ids):
        for row in ids.get(held.values["id_index"], ()):
            matches.held[row] = held


def _remembered(file: File, rows: Sequence[int], matches: Matches) -> dict[str, set[int]]:
    """Rows seen before, and questions answered before, are never asked twice. Returns the pairs that were
    found to be different people: row key → persons."""
    keys = {file.keys[row]: row for row in rows if row in file.keys}
    seen = find_rows(Row, "key", list(keys), ("key", "person"), "person_id IS NOT NULL AND key <> ''")
    people = {held.pk: held for held in persons_by("id", {pk for _key, pk in seen})}
    for key, pk in seen:
        if pk in people:
            matches.held.setdefault(keys[key], people[pk])
    apart: dict[str, set[int]] = {}
    for key, person, state in find_rows(Case, "key", list(keys), ("key", "person", "state")):
        if state == CaseState.OPEN and keys[key] not in matches.held:
            matches.waiting.add(keys[key])
        elif state == CaseState.DIFFERENT:
            apart.setdefault(key, set()).add(person)
    return apart


def _by_likeness(
    file: File, rows: Sequence[int], doors: Doors, matches: Matches, apart: dict[str, set[int]]
) -> None:
    """Whoever a row may be shares its name and its phone or its room, so only those are looked at. Rows with
    an id are only compared with persons who have none; people this very file wrote were compared before."""
    candidates = _candidates(file, rows, doors)
    if not candidates:
        return
    names = file.columns["name"]
    for row in rows:
        best = _best(
            file, row, doors, candidates.get(names[row], ()), apart.get(file.keys.get(row, ""), set())
        )
        if best and best.score >= CERTAIN:
            matches.held[row] = best.held
        elif best:
            matches.doubts[row] = best


def _candidates(file: File, rows: Sequence[int], doors: Doors) -> dict[str, list[Held]]:
    """Persons by name who share a phone or a room with one of these rows."""
    index, phones, keys = file.columns["id_index"], file.columns["phone_index"], file.columns["door"]
    names = {file.columns["name"][row] for row in rows}
    bare = {phones[row] for row in rows if phones[row] and not index[row]}
    others = {phones[row] for row in rows if phones[row] and index[row]} - bare
    found = {pk for name, pk in _sharing(bare, "phone_index <> ''") if name in names}
    found |= {pk for name, pk in _sharing(others, "phone_index <> '' AND id_index IS NULL") if name in names}
    rooms = {room for row in rows if keys[row] and (room := doors.standing.get(keys[row]))}
    living = find_rows(Tie, "room", sorted(rooms), ("person",), "known_to IS NULL AND valid_to IS NULL")
    neighbours = {pk for (pk,) in living} - found
    found |= {pk for name, pk in find_rows(Person, "id", sorted(neighbours), ("name", "id")) if name in names}
    people = persons_by("id", found) if found else []
    add_ties(people)
    by_name: dict[str, list[Held]] = {}
    for held in people:
        by_name.setdefault(held.values["name"], []).append(held)
    return by_name


def _sharing(phones: set[str], where: str) -> list[tuple]:
    return find_rows(Person, "phone_index", sorted(phones), ("name", "id"), where)


def _best(file: File, row: int, doors: Doors, candidates: Sequence[Held], apart: set[int]) -> Doubt | None:
    doubts = [
        doubt for held in candidates if held.pk not in apart and (doubt := weigh(file, row, doors, held))
    ]
    return max(doubts, key=lambda doubt: (doubt.score, -doubt.held.pk), default=None)


def weigh(file: File, row: int, doors: Doors, held: Held) -> Doubt | None:
    """How likely a row with the same name is this person; None when it is not, or too little speaks for it.
    Known births that differ speak against: grandfather and grandson share name, flat and phone."""
    columns = file.columns
    if columns["id_index"][row] and held.values["id_index"]:
        return None
    birth, phone, door = columns["birth"][row], columns["phone_index"][row], columns["door"][row]
    if birth and held.values["birth"] and birth != held.values["birth"]:
        return None
    same_birth = bool(birth) and birth == held.values["birth"]
    same_phone = bool(phone) and phone == held.values["phone_index"]
    room = doors.rooms.get(door) if door else None
    tie = next((t for t in held.ties if room is not None and t.room == room), None)
    relation = file.value("relation", row)
    same_relation = bool(tie and relation and tie.values["relation"] == relation)
    landlord = bool(file.value("owns", row)) and any(tie.kind == "owns" for tie in held.ties)
    evidence = {
        "birth": same_birth, "phone": same_phone, "room": bool(tie) or landlord, "relation": same_relation,
    }  # fmt: skip
    score = _score(**evidence)
    reasons = ("same_name", *[f"same_{what}" for what, agrees in evidence.items() if agrees])
    return Doubt(held, score, reasons) if score else None


def _score(birth: bool, phone: bool, room: bool, relation: bool) -> float:
    """Spec 5.5: name + birth + phone at least 0.95; name + room + relation at least 0.9 and asked."""
    if birth and (phone or room):
        return 0.97
    if phone and room:
        return 0.95
    if room and relation:
        return 0.90
    return 0.85 if room or phone else 0.0
