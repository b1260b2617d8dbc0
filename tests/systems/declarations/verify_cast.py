"""Declarations in every state, and the register beside them, for the tests of verifying."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.cast import COMMUNITY, GRID
from wangge.foundation.territory.models import Setting
from wangge.lib.identifiers import make_demo_id
from wangge.lib.sealing import blind, seal
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Person, Room
from wangge.systems.declarations.enums import Clock, Kind, Matched, State
from wangge.systems.declarations.models import Declaration

BORN = date(1988, 5, 6)
PHONE = "10000012345"
_numbers = count(1)


def an_id(serial: int, birth: date = BORN) -> str:
    """A number that no real person can hold."""
    return make_demo_id("999703", birth, serial)


def a_room(door: str = "101", grid: str = GRID, estate: str = "虚构花园") -> Room:
    """A door of 1栋 of an invented estate."""
    building, _new = Building.objects.get_or_create(
        community=grid[:12], key=f"{estate}1栋", defaults={"area_code": grid, "name": f"{estate}1栋"}
    )
    return Room.objects.get_or_create(
        building=building, key=door, defaults={"area_code": grid, "door": door}
    )[0]


def somebody(name: str = "欧阳试", *, room: Room | None = None, **facts: Any) -> Person:
    """A registered person of her own."""
    on = facts.pop("on", None)
    done = register_person(
        actor="cli", facts={"name": name, **facts}, room=room, area="" if room else GRID, answer="new", on=on
    )
    assert done.person is not None
    return done.person


def a_declaration(name: str = "令狐报", **values: Any) -> Declaration:
    """One line of a report; it came an hour ago and must be verified within twelve."""
    received = values.pop("received_at", None) or timezone.now() - timedelta(hours=1)
    number = next(_numbers)
    id_no, phone = values.pop("id_no", ""), values.pop("phone", "")
    given: dict[str, Any] = {
        "report": uuid4(), "receipt": f"R{number:09d}", "area_code": COMMUNITY, "kind": Kind.COMING,
        "channel": "scan", "name": name, "notice_version": "1", "consented_at": received,
        "received_at": received, "state": State.TO_VERIFY, "state_at": received,
        "verify_by": received + timedelta(hours=12), "clock": Clock.VERIFY, "matched": Matched.NEW,
        "arrive_at": received, "stay_address": "虚构花园1栋101",
    }  # fmt: skip
    if id_no:
        given |= {"id_sealed": seal(id_no), "id_index": blind(id_no), "id_type": "111"}
    if phone:
        given |= {"phone_sealed": seal(phone), "phone_index": blind(phone)}
    return Declaration.objects.create(**given | values)


def known(person: Person, **values: Any) -> Declaration:
    """A declaration that matching found in the register."""
    return a_declaration(person.name, person=person, matched=Matched.FOUND, **values)


def hours_ago(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def limit(name: str, value: float, since: date = date(2000, 1, 1)) -> None:
    """A limit of the district from a day on."""
    Setting.objects.create(key=f"declarations.{name}", value=value, valid_from=since)
