"""The doors of visits, care, captains and commuters."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.walls.row import Row
from wangge.lib.serials import new_code_number
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Person, Room
from wangge.systems.fieldwork.models import CallBack, Captain, CarePerson, Commuter, Visit

_numbers = count(1)


def building(area: str) -> Building:
    name = f"走访楼{next(_numbers)}"
    return Building.objects.create(area_code=area, community=area[:12], key=name, name=name)


def room(area: str) -> Room:
    return Room.objects.create(area_code=area, building=building(area), key="101", door="101")


def person(area: str) -> Person:
    done = register_person(actor="test", facts={"name": "欧阳走"}, room=room(area), answer="new")
    assert done.person is not None
    return done.person


def visit(area: str) -> dict[str, Any]:
    return {"pk": _visit(area).pk}


def _visit(area: str) -> Visit:
    return Visit.objects.create(
        op=uuid4(), area_code=area, room=room(area), at=timezone.now(), worker="x", result="nobody"
    )


def card(area: str) -> dict[str, Any]:
    row = CallBack.objects.create(
        number=new_code_number(), area_code=area, visit=_visit(area), until=timezone.localdate(), tries=1
    )
    return {"pk": row.pk}


def door(area: str) -> dict[str, Any]:
    return {"kind": "room", "pk": room(area).pk}


def care(area: str) -> dict[str, Any]:
    row = CarePerson.objects.create(
        person=person(area), area_code=area, care_class="other", level="green", begins_on=timezone.localdate()
    )
    return {"pk": row.pk}


def to_lead(area: str) -> dict[str, Any]:
    return {"building": building(area).pk}


def captain(area: str) -> dict[str, Any]:
    row = Captain.objects.create(
        building=building(area), person=person(area), came_from="party", named_by="self",
        begins_on=timezone.localdate(),
    )  # fmt: skip
    return {"pk": row.pk}


def commuter(area: str) -> dict[str, Any]:
    row = Commuter.objects.create(
        person=person(area), area_code=area, city="佛山", begins_on=timezone.localdate()
    )
    return {"pk": row.pk}


VISITS = [
    Row("visits:list", "duty.view"),
    Row("visits:visit", "duty.view", visit),
    Row("visits:odds", "duty.view"),
    Row("visits:settle", "campaign.manage", visit, "POST"),
    Row("visits:topics", "duty.view"),
    Row("visits:search", "duty.view"),
    Row("visits:door", "duty.view", door),
    Row("visits:card", "duty.view", card),
    Row("visits:card_file", "duty.view", card),
    Row("visits:care", "care.manage", rights_too=("duty.do",)),
    Row("visits:care_new", "care.manage"),
    Row("visits:pairing", "care.manage"),
    Row("visits:care_one", "care.manage", care, rights_too=("duty.do",)),
    Row("visits:care_change", "care.manage", care, "POST"),
    Row("visits:care_serve", "duty.do", care, "POST"),
    Row("visits:captains", "duty.view"),
    Row("visits:captain_new", "care.manage", to_lead),
    Row("visits:captain_change", "care.manage", captain, "POST"),
    Row("visits:commuters", "duty.view"),
    Row("visits:commuter_new", "duty.do"),
    Row("visits:commuter_end", "duty.do", commuter, "POST"),
]
