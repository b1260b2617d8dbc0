"""Scenes, rooms, workers and care persons of these tests; invented."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests import cast
from wangge.foundation.access.models import Grant, User
from wangge.foundation.orders.models import EmergencyOrder, OrderArea
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Person, Room
from wangge.systems.fieldwork.actions.scenes import SceneDraft, create_scene
from wangge.systems.fieldwork.actions.scenes_pack import load_pack
from wangge.systems.fieldwork.models import CarePerson, Duty, Scene, VisitRule

MONDAY = date(2026, 11, 23)
LONG_AGO = date(2026, 1, 1)
_numbers = count(1)


def the_pack(on: date = LONG_AGO) -> None:
    """The shipped scenes and frequencies, in force since ``on``."""
    load_pack(actor="test", area_code=cast.DISTRICT, on=on)


def a_scene(name: str = "道路", *, area: str = cast.DISTRICT, on: date = LONG_AGO, **said: Any) -> Scene:
    """A daily scene with two items."""
    draft = SceneDraft(**{"kind": "daily", "name": name, "items": [("井盖缺损", ""), ("乱堆放", "")], **said})
    return create_scene(actor="test", area_code=area, draft=draft, on=on)


def a_rule(times: int, period: str, care_class: str = "", level: str = "green", **said: Any) -> VisitRule:
    return VisitRule.objects.create(
        **{"area_code": cast.DISTRICT, "valid_from": LONG_AGO, "name": "示例", **said},
        times=times, period=period, care_class=care_class, level=level,
    )  # fmt: skip


def an_order(area: str) -> EmergencyOrder:
    """An order that holds there now."""
    now = timezone.now()
    order = EmergencyOrder._base_manager.create(
        number=f"示例〔{next(_numbers)}〕号", title="台风", basis="示例", issuer="示例", area_code=area,
        starts=now - timedelta(hours=1), ends=now + timedelta(hours=8), state="active", drafted_by="test",
    )  # fmt: skip
    OrderArea.objects.create(order=order, area_code=area)
    return order


def rooms(many: int, grid: str = cast.GRID) -> list[Room]:
    """A building with so many rooms, four a floor."""
    number = next(_numbers)
    building = Building.objects.create(
        area_code=grid, community=grid[:12], key=f"{number}栋", name=f"{number}栋",
        lon=113.0 + number / 1000, lat=22.6,
    )  # fmt: skip
    return [
        Room.objects.create(
            area_code=grid, building=building, key=f"-{at // 4 + 1}-{at}", floor=str(at // 4 + 1),
            door=f"{at // 4 + 1}{at % 4 + 1:02}",
        )
        for at in range(many)
    ]  # fmt: skip


def somebody(room: Room) -> Person:
    answer = register_person(actor="cli", facts={"name": f"测试{next(_numbers)}"}, room=room, answer="new")
    assert answer.person is not None
    return answer.person


def cared_for(room: Room, level: str = "red", care_class: str = "elderly", **said: Any) -> CarePerson:
    return CarePerson.objects.create(
        **{"begins_on": LONG_AGO, "area_code": room.area_code, **said},
        person=somebody(room), level=level, care_class=care_class,
    )  # fmt: skip


def two_workers(grid: str = cast.GRID) -> tuple[User, User]:
    """Two grid workers who have worked there for long."""
    both = cast.worker(grid), cast.worker(grid)
    Grant.objects.filter(user__in=both).update(valid_from=LONG_AGO)
    return both


def duties() -> list[tuple[Any, ...]]:
    """Everything that distinguishes the duties that stand."""
    rows = Duty.objects.order_by("key")
    return list(
        rows.values_list(
            "key", "kind", "area_code", "begins_on", "due_on", "worker_id", "room_id", "care_id", "scene_id"
        )
    )
