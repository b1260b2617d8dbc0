"""Which scripts a phone must be sent anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...models import CallBack, CampaignTarget, CarePerson, Duty, Visit
from ..homes import present_homes
from . import Script, doors_in, scripts_of
from .parts import Doors

Changed = Mapping[str, set[str]]


def due_scripts(areas: Sequence[str], changed: Changed | None) -> list[Script]:
    """The scripts of these areas; on a delta those of doors whose ground changed."""
    every = doors_in(areas)
    return scripts_of(every if changed is None else touched(every, changed))


def gone_scripts(scope: Any) -> list[str]:
    """Doors whose ground changed and where nothing is due any more, or that are no doors here any more."""
    if scope.changed is None:
        return []
    every = doors_in(scope.areas)
    doors = touched(every, scope.changed)
    due = {script.door for script in scripts_of(doors) if script.blocks}
    named = Doors.of(
        _keys(scope.changed, "people.room"), _keys(scope.changed, "people.organisation"),
        _keys(scope.changed, "people.person"),
    )  # fmt: skip
    return sorted({*doors.names(), *named.names()} - due)


def touched(every: Doors, changed: Changed) -> Doors:
    """Those of the doors that what changed speaks of."""
    people = _keys(changed, "people.person") | _cared(changed)
    rooms, firms = _keys(changed, "people.room"), _keys(changed, "people.organisation")
    rooms |= set(
        present_homes().filter(person__in=people, room__isnull=False).values_list("room_id", flat=True)
    )
    for model, kind, at in ROWS:
        if keys := _keys(changed, kind):
            rows = model._base_manager.filter(pk__in=keys)
            for room, firm, person in rows.values_list(
                f"{at}room_id", f"{at}organisation_id", f"{at}person_id"
            ):
                rooms, firms, people = rooms | {room}, firms | {firm}, people | {person}
    if keys := _keys(changed, "fieldwork.campaign"):
        for room, firm, person in CampaignTarget._base_manager.filter(
            campaign__in=keys, room__in=every.rooms
        ).values_list("room_id", "organisation_id", "person_id"):
            rooms, firms, people = rooms | {room}, firms | {firm}, people | {person}
    return Doors(every.rooms & rooms, every.organisations & firms, every.people & people)


ROWS: tuple[tuple[Any, str, str], ...] = (
    (Visit, "fieldwork.visit", ""), (Duty, "fieldwork.duty", ""), (CallBack, "fieldwork.callback", "visit__"),
)  # fmt: skip


def _cared(changed: Changed) -> set[int]:
    keys = _keys(changed, "fieldwork.careperson")
    return set(CarePerson._base_manager.filter(pk__in=keys).values_list("person_id", flat=True))


def _keys(changed: Changed, kind: str) -> set[int]:
    return {int(key) for key in changed.get(kind, ()) if str(key).isdecimal()}
