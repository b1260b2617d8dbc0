"""The visit composes itself: everything due at a door is one list of questions, each asked once, and only if
the fact is missing, contradicted or past its freshness (product, "what none of the peers has", 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from wangge.lib.garbage import kept
from wangge.registry.ledgers.queries.kept import kept_facts
from wangge.registry.people.models import Organisation, Person, Room

from ...models import Visit
from ..homes import present_homes
from .composing import ROOM_FACTS, Composer, room_labels
from .facts import Asker
from .ground import Ground, ground_of
from .parts import ORGANISATION, PERSON, ROOM, Block, Doors, Question, Script
from .sources import sources_for

__all__ = [
    "ORGANISATION", "PERSON", "ROOM", "Block", "Doors", "Question", "Script", "doors_in", "room_labels",
    "script_for", "scripts_of",
]  # fmt: skip


def script_for(door: Room | Organisation | Person, day: date | None = None) -> Script:
    """The script of one door on ``day`` (today when None). Somebody who lives in a room is visited there."""
    if isinstance(door, Person):
        room = present_homes().filter(person=door, room__isnull=False).values_list("room", flat=True).first()
        doors = Doors.of(rooms=[room]) if room else Doors.of(people=[door.pk])
    elif isinstance(door, Room):
        doors = Doors.of(rooms=[door.pk])
    else:
        doors = Doors.of(organisations=[door.pk])
    found = scripts_of(doors, day)
    return found[0] if found else Script(doors.names()[0], "")


def doors_in(areas: Sequence[str]) -> Doors:
    """Every door of exactly these areas: rooms, organisations at work, people without a known room."""
    rooms = Room._base_manager.filter(area_code__in=areas).values_list("pk", flat=True)
    firms = Organisation._base_manager.filter(area_code__in=areas, closed_on=None)
    loose = present_homes().filter(area_code__in=areas, room=None).values_list("person", flat=True)
    return Doors.of(rooms, firms.values_list("pk", flat=True), loose)


@kept()
def scripts_of(doors: Doors, day: date | None = None) -> list[Script]:
    """The scripts of these doors, those where nothing is due too, in the order of kind and key. The
    statements do not grow with the doors."""
    today = day or timezone.localdate()
    facts = kept_facts()
    ground = ground_of(doors, facts)
    people = {key: area for key, area in ground.areas.items() if key in ground.people}
    composer = Composer(
        ground, sources_for(doors, people, today), Asker(facts, today), _confirmed(doors.rooms, today)
    )
    places = list(_places(ground))
    dues = [composer.dues(kind, key) for kind, key, _area in places]
    composer.asker.open_for([due for some in dues for due, _who in some])
    return [
        composer.script(kind, key, area, due) for (kind, key, area), due in zip(places, dues, strict=True)
    ]


def _places(ground: Ground) -> Iterable[tuple[str, int, str]]:
    for key in sorted(ground.rooms):
        yield ROOM, key, ground.rooms[key]["area_code"]
    for key in sorted(ground.organisations):
        yield ORGANISATION, key, ground.organisations[key].area_code
    for key in sorted(ground.doors.people & ground.people.keys()):
        yield PERSON, key, ground.areas[key]


def _confirmed(rooms: Iterable[int], today: date) -> dict[tuple[int, str], date]:
    """When a visit last said something of a room; further back than a year and a half nothing is fresh."""
    since = today - timedelta(days=550)
    rows = Visit._base_manager.filter(Q(at__date__gte=since), room__in=set(rooms)).order_by("at")
    found: dict[tuple[int, str], date] = {}
    for room, at, changed, confirmed in rows.values_list("room_id", "at", "changed", "confirmed"):
        for fact in ROOM_FACTS:
            if fact in changed or fact in confirmed:
                found[(room, fact)] = timezone.localtime(at).date()
    return found


@kept()
def told(scripts: Iterable[Script]) -> list[dict[str, Any]]:
    """The scripts in which anything is due, as they travel to a phone."""
    return [script.told() for script in scripts if script.blocks]
