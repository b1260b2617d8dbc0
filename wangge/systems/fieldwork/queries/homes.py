"""Where people live now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Tie

HOMES = Q(kind=TieKind.LIVES, known_to=None, valid_to=None)  # ties to homes that hold and are believed


def present_homes() -> QuerySet[Tie]:
    """Ties to homes that hold and are believed, whatever the reach."""
    return Tie._base_manager.filter(HOMES)


def buildings_of(people: Iterable[int]) -> dict[int, int]:
    """Person -> the building they live in."""
    rows = present_homes().filter(person__in=set(people), room__isnull=False)
    return dict(rows.values_list("person_id", "room__building_id"))
