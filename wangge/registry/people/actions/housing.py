"""What buildings and rooms are like: state, use, size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal

from ..models import Building, Room
from ..rules import Declined

OF_BUILDING = ("name", "address", "floors", "units", "high_rise")
OF_ROOM = ("state", "use", "area_m2", "floor")


def update_building(*, actor: Any, building: Building, facts: Mapping[str, Any]) -> list[str]:
    """Change what a building is like; returns the names of what changed. Its key and grid stay.

    Raises:
        Declined: no name.
    """
    if not facts.get("name", building.name):
        raise Declined("no_name", _("请填写楼栋名称。"))
    return _update(actor, "building.updated", building, facts, OF_BUILDING)


def update_room(*, actor: Any, room: Room, facts: Mapping[str, Any]) -> list[str]:
    """Change state, use, size or floor of a room; returns the names of what changed."""
    return _update(actor, "room.updated", room, facts, OF_ROOM)


@transaction.atomic
def _update(
    actor: Any, kind: str, place: Building | Room, facts: Mapping[str, Any], allowed: tuple[str, ...]
) -> list[str]:
    if wrong := set(facts) - set(allowed):
        raise KeyError(f"not facts of a {kind}: {sorted(wrong)}")
    row = type(place)._base_manager.select_for_update().get(pk=place.pk)
    before = {name: getattr(row, name) for name, value in facts.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, facts[name])
    if before:
        row.save(update_fields=list(before))
        changes = {name: _told(name, old, facts[name]) for name, old in before.items()}
        journal.record(kind, actor=actor, area=row.area_code, subject=row, changes=changes)
    return sorted(before)


def _told(name: str, before: Any, after: Any) -> list[str]:
    """Before and after; free text, which may hold anything, stays out of the trail."""
    return [] if name in ("name", "address") else [str(before), str(after)]
