"""Finding the people of a chunk in the register (spec 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wangge.lib.bulk import find_rows
from wangge.lib.linking import name_keys
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.queries.likeness import is_sure

from ..enums import CaseState
from ..models import Case, Row
from .likeness import Doubt, Pair, weigh_pairs
from .offers import File
from .places import Doors
from .register import Held, add_ties, persons_by


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
    """Whoever a row may be shares its phone or its room and a name that is heard or looks alike, so only
    those are weighed; people this very file wrote were compared before. One held to be sure by the evidence
    is the person, unless somebody else comes near; anyone likely is asked about (spec 5.5)."""
    for row, doubts in weigh_pairs(file, doors, _pairs(file, rows, doors, apart)).items():
        if is_sure([doubt.score for doubt in doubts]):
            matches.held[row] = doubts[0].held
        else:
            matches.doubts[row] = doubts[0]


def _pairs(file: File, rows: Sequence[int], doors: Doors, apart: dict[str, set[int]]) -> list[Pair]:
    """Rows beside the persons worth weighing; a row with an id only beside persons who have none."""
    candidates = _candidates(file, rows, doors)
    if not candidates:
        return []
    names, index = file.columns["name"], file.columns["id_index"]
    pairs: list[Pair] = []
    for row in rows:
        known_apart = apart.get(file.keys.get(row, ""), set())
        near = {held.pk: held for key in name_keys(names[row]) for held in candidates.get(key, ())}
        for pk, held in near.items():
            if pk not in known_apart and not (index[row] and held.values["id_index"]):
                pairs.append((row, held))
    return pairs


def _candidates(file: File, rows: Sequence[int], doors: Doors) -> dict[str, list[Held]]:
    """Persons by the keys of their names who share a phone or a room with one of these rows."""
    index, phones, keys = file.columns["id_index"], file.columns["phone_index"], file.columns["door"]
    bare = {phones[row] for row in rows if phones[row] and not index[row]}
    others = {phones[row] for row in rows if phones[row] and index[row]} - bare
    near = dict(_sharing(bare, "phone_index <> ''"))
    near |= dict(_sharing(others, "phone_index <> '' AND id_index IS NULL"))
    rooms = {room for row in rows if keys[row] and (room := doors.standing.get(keys[row]))}
    living = find_rows(Tie, "room", sorted(rooms), ("person",), "known_to IS NULL AND valid_to IS NULL")
    neighbours = {pk for (pk,) in living} - near.keys()
    near |= dict(find_rows(Person, "id", sorted(neighbours), ("id", "name")))
    return _by_name_key(file, rows, near) if near else {}


def _by_name_key(file: File, rows: Sequence[int], near: dict[int, str]) -> dict[str, list[Held]]:
    wanted = {key for row in rows for key in name_keys(file.columns["name"][row])}
    people = persons_by("id", {pk for pk, name in near.items() if not wanted.isdisjoint(name_keys(name))})
    add_ties(people)
    found: dict[str, list[Held]] = {}
    for held in people:
        for key in name_keys(held.values["name"]):
            found.setdefault(key, []).append(held)
    return found


def _sharing(phones: set[str], where: str) -> list[tuple]:
    return find_rows(Person, "phone_index", sorted(phones), ("id", "name"), where)
