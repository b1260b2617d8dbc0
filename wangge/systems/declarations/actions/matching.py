"""After the receipt: who it is, which room it is, how the address stands to the register; in batches.

A worker claims rows that wait, others pass over them (``skip_locked``); a killed one leaves them waiting. A
batch asks the database a fixed number of questions, whether it holds one row or hundreds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.lib.bulk import find_rows, update_rows
from wangge.lib.sealing import SealingError, unseal_many
from wangge.registry.people.enums import PersonStatus, TieKind
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.queries.candidates import Asked
from wangge.registry.people.queries.likeness import Likely, is_sure, likely_in_bulk

from ..enums import AddressSays, Clock, Kind, Matched, State
from ..models import Declaration, ReportCode
from ..queries.profile import versions
from ..queries.rooms import Place, rooms_of

BATCH, AT_ONCE = 500, 20
LIVES_THERE = {Kind.COMING, Kind.RETURNING, Kind.STAYING}  # the others name where somebody goes or is a guest
READ = (
    "code_id", "area_code", "kind", "name", "id_sealed", "id_index", "phone_sealed", "sex", "birth",
    "stay_address", "room_id", "state", "state_at", "verify_by", "clock", "matched", "person_id",
    "address_says", "received_at",
)  # fmt: skip
Found = tuple[str, int | None]


def match_waiting(batches: int = AT_ONCE) -> int:
    """The sweep: match what waits; returns how many persons were matched. After some batches other work of
    the worker has its turn."""
    done = 0
    for _turn in range(batches):
        matched = match_batch()
        done += matched
        if matched < BATCH:
            break
    return done


@transaction.atomic
def match_batch(most: int = BATCH) -> int:
    """Claim and match one batch; returns how many rows it held, 0 when nothing waits."""
    rows = _claimed(most)
    if not rows:
        return 0
    rooms = _rooms(rows)
    found = _people(rows, rooms)
    homes = _homes({person for matched, person in found.values() if matched == Matched.FOUND and person})
    clocks = versions()
    for row in rows:
        row.matched, row.person_id = found[row.pk]
        place = rooms.get(row.pk)
        row.room_id = place[0] if place else None
        if place and place[1].startswith(row.area_code):
            row.area_code = place[1]  # from the community down to the grid
        row.address_says = _address_says(row, homes)
        if row.state == State.SUBMITTED:
            held = [
                v for v in clocks if v.begins <= row.received_at and (not v.ends or row.received_at < v.ends)
            ]
            row.state, row.state_at, row.clock = State.TO_VERIFY, timezone.now(), Clock.VERIFY
            row.verify_by = held[-1].profile.verify_by(row.received_at)
    _write(rows)
    return len(rows)


def _claimed(most: int) -> list[Declaration]:
    waiting = Declaration._base_manager.filter(matched=Matched.WAITING).order_by("id").only(*READ)
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    return list(waiting[:most])


def _rooms(rows: Sequence[Declaration]) -> dict[int, Place]:
    """By the address; where none was written and the code hangs on one room, that room."""
    held = rooms_of(rows)
    codes = {
        row.code_id: row.pk for row in rows if row.code_id and row.pk not in held and not row.stay_address
    }
    if not codes:
        return held
    coded = ReportCode._base_manager.filter(pk__in=codes).exclude(room=None)
    places = {pk: (room, area) for pk, room, area in coded.values_list("pk", "room_id", "room__area_code")}
    return held | {
        row.pk: places[row.code_id]
        for row in rows
        if row.code_id in places and row.pk not in held and not row.stay_address
    }


def _people(rows: Sequence[Declaration], rooms: dict[int, Place]) -> dict[int, Found]:
    """By id number, else by the linkage's evidence; two valid numbers are never one person."""
    by_number = _by_number({row.id_index for row in rows if row.id_index})
    found: dict[int, Found] = {
        row.pk: (Matched.FOUND, by_number[row.id_index]) for row in rows if row.id_index in by_number
    }
    rest = [row for row in rows if row.pk not in found]
    numbers = _opened([row.id_sealed for row in rest])
    phones = _opened([row.phone_sealed for row in rest])
    asked = [
        Asked(_facts(row, number, phone), rooms[row.pk][0] if row.pk in rooms else None)
        for row, number, phone in zip(rest, numbers, phones, strict=True)
    ]
    answers = likely_in_bulk(asked) if asked else []
    return found | {row.pk: _judged(likely) for row, likely in zip(rest, answers, strict=True)}


def _opened(sealed: Sequence[str]) -> list[str]:
    """In clear; a value whose key is missing counts as not given, so that it holds up no other row."""
    try:
        return unseal_many(sealed)
    except SealingError:
        return [_opened([value])[0] if len(sealed) > 1 else "" for value in sealed]


def _facts(row: Declaration, number: str, phone: str) -> dict[str, Any]:
    return {"name": row.name, "id_no": number, "sex": row.sex, "birth": row.birth, "phone": phone}


def _by_number(indexes: set[str]) -> dict[str, int]:
    columns = ["id_index", "id", "status", "merged_into_id"]
    rows = find_rows(Person, "id_index", sorted(indexes), columns)
    return {index: into if status == PersonStatus.MERGED and into else pk for index, pk, status, into in rows}


def _judged(likely: Sequence[Likely]) -> Found:
    if not likely:
        return Matched.NEW, None
    sure = is_sure([each.probability for each in likely])
    return (Matched.FOUND if sure else Matched.ASK), likely[0].person.pk


def _homes(people: set[int]) -> dict[int, set[int]]:
    """The rooms in which each lives now."""
    held: dict[int, set[int]] = {}
    lives = (
        f"kind = '{TieKind.LIVES.value}' AND known_to IS NULL AND valid_to IS NULL AND room_id IS NOT NULL"
    )
    for person, room in find_rows(Tie, "person", sorted(people), ["person_id", "room_id"], lives):
        held.setdefault(person, set()).add(room)
    return held


def _address_says(row: Declaration, homes: dict[int, set[int]]) -> str:
    if row.kind not in LIVES_THERE or not (row.stay_address or row.room_id):
        return AddressSays.UNKNOWN
    if row.room_id is None:
        return AddressSays.NO_ROOM
    if row.matched != Matched.FOUND or row.person_id is None:
        return AddressSays.UNKNOWN  # nobody known lives anywhere; the verifier registers
    return AddressSays.SAME if row.room_id in homes.get(row.person_id, ()) else AddressSays.DIFFERS


def _write(rows: Sequence[Declaration]) -> None:
    columns = [
        "id", "matched", "person_id", "room_id", "area_code", "address_says", "state", "state_at", "clock",
        "verify_by",
    ]  # fmt: skip
    update_rows(Declaration, "id", {name: [getattr(row, name) for row in rows] for name in columns})
    label = Declaration._meta.label_lower
    lines = [
        (
            label,
            row.pk,
            row.area_code,
            {"matched": ["waiting", row.matched], "address_says": row.address_says},
        )
        for row in rows
    ]
    journal.record_many("declaration.matched", actor="system", area="", rows=lines)
