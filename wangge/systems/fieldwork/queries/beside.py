"""What the field work adds to the register's rows on phones: a room's last visit, who is looked after."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.sync.sections import Changed, Scope
from wangge.registry.people.models import Room

from ..models import CarePerson, Visit


def last_visits(_scope: Scope, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Room -> when somebody was last there, and what came of it; one statement."""
    newest = Visit._base_manager.filter(room=OuterRef("pk")).order_by("-at", "-op")
    rooms = Room._base_manager.filter(pk__in=[int(key) for key in ids]).order_by()
    rows = rooms.values_list("pk", Subquery(newest.values("at")[:1]), Subquery(newest.values("result")[:1]))
    return {
        str(pk): {"last_visit": timezone.localtime(at).isoformat(), "last_result": result}
        for pk, at, result in rows
        if at
    }


def rooms_visited(scope: Scope) -> set[int]:
    """Rooms of the visits that arrived since."""
    keys = (scope.changed or Changed()).of("fieldwork.visit")
    visits = Visit._base_manager.filter(pk__in=keys, room__isnull=False)
    return set(visits.values_list("room_id", flat=True))


def care_flags(_scope: Scope, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Person -> that somebody looks after them; of what class is not said here."""
    active = CarePerson._base_manager.filter(person__in=[int(key) for key in ids], ends_on=None)
    return {str(pk): {"flags": [_("关爱")]} for pk in active.values_list("person_id", flat=True)}


def people_cared(scope: Scope) -> set[int]:
    """People whose care began or ended since."""
    keys = (scope.changed or Changed()).of("fieldwork.careperson")
    return set(CarePerson._base_manager.filter(pk__in=keys).values_list("person_id", flat=True))
