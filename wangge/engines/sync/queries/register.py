"""The register's own sections: people, rooms, buildings and organisations of the worker's areas.

People are those who live there now, named in full, because the worker knows them at the door; of their
numbers only a masked phone travels.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.lib.masking import mask_phone
from wangge.lib.sealing import unseal_many
from wangge.registry.ledgers.enums import Outcome
from wangge.registry.ledgers.models import Row
from wangge.registry.people.enums import OrganisationStatus, PersonStatus, TieKind
from wangge.registry.people.models import Building, Merge, Organisation, Room, Tie

from ..sections import Changed, Scope, extended, touched_beside

IMPORTED = "ledger.imported"  # its places have no lines of their own in the trail
GONE = (PersonStatus.LEFT, PersonStatus.DEAD, PersonStatus.MERGED)
OF_ROOM = ("area_code", "building_id", "unit", "door", "floor", "state")
OF_PERSON = (
    "person_id", "area_code", "room_id", "household_id", "relation", "household__kind", "person__name",
    "person__sex", "person__birth", "person__phone_sealed", "person__confirmed_at", "valid_from", "pk",
)  # fmt: skip


def people(scope: Scope) -> list[dict[str, Any]]:
    """Who lives in the areas; on a delta those whose record or home was touched."""
    rows = _homes(scope.areas)
    if scope.changed is not None:
        rows = rows.filter(person__in=_people_touched(scope))
    return extended("people", scope, _people_rows(rows))


def people_gone(scope: Scope) -> list[str]:
    """Whoever was touched and does not live in the areas (any more)."""
    touched = _people_touched(scope)
    still = set(_homes(scope.areas).filter(person__in=touched).values_list("person_id", flat=True))
    return [str(pk) for pk in sorted(touched - still)]


def _homes(areas: Iterable[str]) -> QuerySet[Tie]:
    lives = Tie._base_manager.filter(kind=TieKind.LIVES, area_code__in=list(areas), known_to=None)
    open_ended = Q(valid_to=None) | Q(valid_to__gt=timezone.localdate())
    return lives.filter(open_ended).exclude(person__status__in=GONE)


def _people_rows(rows: QuerySet[Tie]) -> list[dict[str, Any]]:
    found = {row[0]: row for row in rows.order_by("pk").values_list(*OF_PERSON)}  # the newest home wins
    phones = unseal_many([row[9] or None for row in found.values()])
    return [_person(row, phone) for row, phone in zip(found.values(), phones, strict=True)]


def _person(row: tuple, phone: str | None) -> dict[str, Any]:
    person, area, room, household, relation, kind, name, sex, birth, _sealed, confirmed, _since, _tie = row
    return {
        "id": str(person), "area": area, "name": name, "sex": sex, "birth_year": birth and birth.year,
        "room": _key(room), "household": _key(household), "relation": relation, "kind": kind or "",
        "phone": mask_phone(phone), "confirmed": confirmed.isoformat() if confirmed else None, "flags": [],
    }  # fmt: skip


def _key(pk: int | None) -> str | None:
    return None if pk is None else str(pk)


def _people_touched(scope: Scope) -> set[int]:
    found: set[int] = (
        scope.changed.once("people", lambda: _touched(scope)) if scope.changed is not None else set()
    )
    return found


def _touched(scope: Scope) -> set[int]:
    """By the trail, ties of the areas learned or given up, imports, merges, and days that passed."""
    changed, since = scope.changed or Changed(), scope.since
    found = changed.of("people.person")
    ties = Tie._base_manager.filter(area_code__in=list(scope.areas))
    if since is not None:
        learned = Q(known_from__gte=since) | Q(known_to__gte=since)
        found.update(ties.filter(learned).values_list("person_id", flat=True))
        found.update(_ended(ties, timezone.localdate(since), timezone.localdate()))
    if found:
        merged = Merge._base_manager.filter(kept__in=found).values_list("absorbed_id", flat=True)
        found.update(merged)
    if batches := changed.get(IMPORTED):
        found.update(_imported(batches, scope.areas))
    return found | touched_beside("people", scope)


def _ended(ties: QuerySet[Tie], after: date, until: date) -> QuerySet[Any]:
    """Whose stay was known to end on a day that has come."""
    ended = ties.filter(known_to=None, valid_to__gt=after, valid_to__lte=until, kind=TieKind.LIVES)
    return ended.values_list("person_id", flat=True)


def _imported(keys: set[str], areas: Iterable[str]) -> set[int]:
    """Who of the areas stands in what was written by these imports."""
    rows = Row._base_manager.filter(batch__in=[int(key) for key in keys], person__isnull=False)
    rows = rows.exclude(outcome=Outcome.UNCHANGED)
    return set(_homes(areas).filter(person__in=rows.values("person")).values_list("person_id", flat=True))


def _touched_only(rows: QuerySet[Any], kind: str, name: str, scope: Scope) -> QuerySet[Any]:
    """On a delta only what was touched; after an import all, since it brings places without naming them."""
    if scope.changed is None or IMPORTED in scope.changed:
        return rows
    return rows.filter(pk__in=scope.changed.of(kind) | touched_beside(name, scope))


def rooms(scope: Scope) -> list[dict[str, Any]]:
    """The doors of the areas."""
    rows = Room._base_manager.filter(area_code__in=scope.areas)
    return extended("rooms", scope, rooms_as_sent(_touched_only(rows, "people.room", "rooms", scope)))


def rooms_as_sent(rows: QuerySet[Room]) -> list[dict[str, Any]]:
    """Doors as they travel, without what other systems add."""
    return [
        {
            "id": str(row.pk), "area": row.area_code, "building": str(row.building_id), "label": row.label,
            "floor": row.floor, "state": row.state, "last_visit": None, "last_result": "",
        }
        for row in rows.only(*OF_ROOM).order_by("pk")
    ]  # fmt: skip


def buildings(scope: Scope) -> list[dict[str, Any]]:
    """The buildings of the areas."""
    rows = Building._base_manager.filter(area_code__in=scope.areas)
    rows = _touched_only(rows, "people.building", "buildings", scope)
    return extended("buildings", scope, buildings_as_sent(rows))


def buildings_as_sent(rows: QuerySet[Building]) -> list[dict[str, Any]]:
    """Buildings as they travel, without what other systems add."""
    names = ("pk", "area_code", "name", "lon", "lat", "floors")
    return [
        {"id": str(pk), "area": area, "name": name, "lon": lon, "lat": lat, "floors": floors}
        for pk, area, name, lon, lat, floors in rows.order_by("pk").values_list(*names)
    ]


def organisations(scope: Scope) -> list[dict[str, Any]]:
    """Firms, shops and offices of the areas that are not closed."""
    rows = _touched_only(_organisations(scope), "people.organisation", "organisations", scope)
    names = ("pk", "area_code", "name", "category", "address")
    held = [
        {"id": str(pk), "area": area, "name": name, "category": category, "address": address}
        for pk, area, name, category, address in rows.order_by("pk").values_list(*names)
    ]
    return extended("organisations", scope, held)


def organisations_gone(scope: Scope) -> list[str]:
    """Those touched that closed or moved away."""
    touched = scope.changed.of("people.organisation") if scope.changed else set()
    still = set(_organisations(scope).filter(pk__in=touched).values_list("pk", flat=True))
    return [str(pk) for pk in sorted(touched - still)]


def _organisations(scope: Scope) -> QuerySet[Organisation]:
    rows = Organisation._base_manager.filter(area_code__in=scope.areas)
    return rows.exclude(status=OrganisationStatus.CLOSED)
