"""Today's list, as it goes ahead of everything else to a phone that holds nothing yet."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wangge.engines.sync.queries.register import buildings_as_sent, rooms_as_sent
from wangge.engines.sync.sections import Scope
from wangge.registry.people.models import Building, Room

from . import for_phones


def duties(scope: Scope) -> list[dict[str, Any]]:
    """Those of today; their titles name no person."""
    today = timezone.localdate().isoformat()
    return [row for row in for_phones.duties(scope) if row["begins"] <= today]


def scenes(scope: Scope) -> list[dict[str, Any]]:
    """The scenes those are done by."""
    used = {row.get("scene") for row in duties(scope)}
    return [row for row in for_phones.scenes(scope) if row["id"] in used]


def rooms(scope: Scope) -> list[dict[str, Any]]:
    """The doors they are at."""
    return rooms_as_sent(Room.objects.filter(pk__in=_rooms(scope)))


def buildings(scope: Scope) -> list[dict[str, Any]]:
    """And the buildings of these, under whose names a list stands."""
    return buildings_as_sent(Building.objects.filter(rooms__in=_rooms(scope)).distinct())


def _rooms(scope: Scope) -> list[int]:
    return [int(row["room"]) for row in duties(scope) if "room" in row]
