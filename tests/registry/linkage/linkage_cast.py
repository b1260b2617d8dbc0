"""Invented people registered twice, and what the tests of the linkage ask of them."""

from __future__ import annotations

import json
from datetime import date
from itertools import count
from typing import Any

from tests.cast import COMMUNITY, GRID
from wangge.lib.identifiers import make_demo_id
from wangge.lib.sealing import blind, seal
from wangge.registry.ledgers.models import Batch, Case
from wangge.registry.linkage.actions import run_now
from wangge.registry.linkage.models import LinkRun, Pair
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Person, Room

DISTRICT = "440703000000"
BORN = date(1971, 3, 4)
PHONE = "10000000001"
_numbers = count(1)


def number(serial: int, birth: date = BORN) -> str:
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


def somebody(name: str, *, room: Room | None = None, area: str = GRID, **facts: Any) -> Person:
    """A record of its own, whoever else looks like it."""
    answer = register_person(
        actor="cli", facts={"name": name, **facts}, room=room, area="" if room else area, answer="new"
    )
    assert answer.person is not None
    return answer.person


def strangers(howmany: int = 12) -> list[Person]:
    """People who are like nobody, so that the others are not all there is."""
    names, made = "赵钱孙李周吴郑王冯陈褚卫", []
    for index in range(howmany):
        serial, birth = Person.objects.count() + 101, date(1950 + index, 1 + index % 12, 1 + index % 27)
        name = f"{names[index % 12]}{'甲乙丙丁戊己庚辛壬癸子丑'[index % 12]}"
        phone, room = f"1000077{index:02d}{serial % 100:02d}", a_room(f"9{index:02d}", estate="别处花园")
        made.append(somebody(name, id_no=number(2 * serial % 800 + 101, birth), phone=phone, room=room))
    return made


def twice(name: str = "欧阳试", **differs: Any) -> tuple[Person, Person]:
    """One person registered with a number, and again without one."""
    room, phone = a_room(), f"10000{next(_numbers):06d}"
    one = somebody(name, room=room, birth=BORN, sex="1", phone=phone, id_no=number(31))
    told = {"room": room, "birth": BORN, "sex": "1", **differs}
    return one, somebody(name, **told)


def doubtful() -> tuple[Person, Person]:
    """Two records whose names sound alike and whose births differ in a digit; they live apart."""
    one = somebody("慕容疑", room=a_room("305"), birth=date(1980, 5, 6), sex="2", phone="10000400001")
    away = a_room("707", estate="远方花园")
    other = somebody("慕容宜", room=away, birth=date(1980, 5, 16), sex="2", phone="10000500002")
    return one, other


def run(area: str = DISTRICT, **more: Any) -> LinkRun:
    """A run over the register, here and now."""
    return run_now(actor="cli", area_code=area, engine=more.pop("engine", "duckdb"), **more)


def the_pair(one: Person, other: Person) -> Pair | None:
    """The pair of these two, whichever stands first."""
    return Pair._base_manager.filter(one__in=[one, other], other__in=[one, other]).first()


def a_pair(one: Person, other: Person, probability: float = 0.6, **more: Any) -> Pair:
    """A question about two persons."""
    values = {
        "area_code": COMMUNITY,
        "weight": 0.6,
        "findings": [["name_same_home", 9.8]],
        "gain": 1.0,
        **more,
    }
    return Pair.objects.create(one=one, other=other, probability=probability, **values)


def a_waiting_row(person: Person, key: str = "k1", **facts: Any) -> Case:
    """A row of an import that waits beside a person."""
    batch, _new = Batch.objects.get_or_create(
        area_code=COMMUNITY, file_hash="h", defaults={"file_name": "台账.csv"}
    )
    room = person.ties.filter(kind="lives").latest("pk").room_id
    given = {"name": person.name, **facts}
    if "phone" in given:
        given["phone_index"] = blind(given["phone"])
    ties = [{"kind": "lives", "area_code": GRID, "room": room}]
    return Case.objects.create(
        area_code=COMMUNITY, batch=batch, sheet="表", number=next(_numbers), key=key, person=person,
        score=0.9, offered_sealed=seal(json.dumps({"facts": given, "ties": ties, "day": "2026-01-01"})),
    )  # fmt: skip
