"""The rooms of these tests and how people come into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.registry.people.people_cast import COMMUNITY, GRID
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Person, Room


@pytest.fixture
def room(db: None, everywhere: object) -> Room:
    """甲栋 101, in grid 001."""
    building = Building.objects.create(
        area_code=GRID, community=COMMUNITY, key="甲栋", name="甲栋", lon=113.07, lat=22.6
    )
    return Room.objects.create(area_code=GRID, building=building, key="-1-101", floor="1", door="101")


@pytest.fixture
def other_room(room: Room) -> Room:
    """甲栋 202."""
    return Room.objects.create(area_code=GRID, building=room.building, key="-2-202", floor="2", door="202")


@pytest.fixture
def enrol(room: Room) -> Callable[..., Person]:
    """``enrol("甲一", phone=…)`` registers somebody in 甲栋 101 and returns the person."""

    def one(name: str = "甲一", **facts: Any) -> Person:
        place = facts.pop("room", room)
        answer = register_person(actor="cli", facts={"name": name, **facts}, room=place, answer="new")
        assert answer.person is not None
        return answer.person

    return one
