"""Homes, people and firms that phones pull."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.registry.people import actions as register
from wangge.registry.people.models import Building, Organisation, Person, Room

SECOND = cast.COMMUNITY + "002"


def home(area: str = cast.GRID, key: str = "甲栋", lon: float = 113.055) -> Room:
    building = Building.objects.create(
        area_code=area, community=area[:12], key=key, name=key, lon=lon, lat=22.61, floors=3
    )
    journal.record("building.registered", actor="test", area=area, subject=building)
    return Room.objects.create(
        area_code=area, building=building, key="1-101", unit="1", floor="1", door="101"
    )


def lives(name: str, room: Room, **facts: Any) -> Person:
    found = register.register_person(actor="test", facts={"name": name, **facts}, room=room, answer="new")
    assert found.person
    return found.person


def firm(name: str, area: str = cast.GRID) -> Organisation:
    made = Organisation.objects.create(
        area_code=area, community=area[:12], name=name, category="firm", address="一街"
    )
    journal.record("organisation.registered", actor="test", area=area, subject=made)
    return made


def later(**fields: Any) -> None:
    """Let what was written so far lie before the next horizon."""
    moved = timezone.now() - timedelta(minutes=2)
    Entry._base_manager.filter(at__gt=moved).update(at=moved)
