"""People and places of the ledger tests; all invented (prefix 999703, phones beginning 100)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_COMMUNITY, OTHER_GRID, OTHER_TOWN, TOWN
from wangge.foundation.territory.models import Area
from wangge.lib.bulk import reserve_ids, write_rows
from wangge.lib.identifiers import make_demo_id
from wangge.lib.sealing import blind, seal
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Filters, Selection, as_of
from wangge.registry.ledgers.queries.ledgers import Page, page_of
from wangge.registry.people.models import Building, Organisation, Person, Room, Tie

TODAY = timezone.localdate
_serial = count(1)
GUANGXI, OTHER_DISTRICT, HERE = "450127", "440704", "440703"


def ago(days: int) -> date:
    """The day so many days before today."""
    return timezone.localdate() - timedelta(days=days)


def make_areas() -> None:
    """Two towns with a community and a grid each."""
    rows = [
        (DISTRICT, "district", "示范区", None),
        (TOWN, "town", "甲镇", DISTRICT),
        (OTHER_TOWN, "town", "乙街", DISTRICT),
        (COMMUNITY, "community", "甲社区", TOWN),
        (OTHER_COMMUNITY, "community", "乙社区", OTHER_TOWN),
        (GRID, "grid", "东片网格", COMMUNITY),
        (OTHER_GRID, "grid", "西片网格", OTHER_COMMUNITY),
    ]
    for code, level, name, parent in rows:
        kind = "general" if level == "grid" else ""
        Area.objects.get_or_create(
            code=code, defaults={"level": level, "name": name, "parent_id": parent, "kind": kind}
        )


def a_person(name: str = "", **facts: Any) -> Person:
    """An invented person from Guangxi."""
    number = next(_serial)
    born = facts.pop("birth", date(1980, 5, 6))
    id_no = facts.pop("id_no", make_demo_id("999703", born or date(1980, 5, 6), number))
    phone = facts.pop("phone", f"100{number:08d}")
    sealed: dict[str, Any] = {}
    if id_no:
        sealed |= {"id_sealed": seal(id_no), "id_index": blind(id_no), "id_type": "111"}
    if phone:
        sealed |= {"phone_sealed": seal(phone), "phone_index": blind(phone)}
    held = {"birth": born, "sex": "1", "hukou_region": GUANGXI, "demo": True} | sealed | facts
    return Person.objects.create(name=name or f"甲{number}", **held)


def a_room(grid: str = GRID, door: str = "101", **facts: Any) -> Room:
    """A room in 甲栋 of a grid."""
    building, _new = Building.objects.get_or_create(
        community=grid[:12],
        key="甲栋",
        defaults={"area_code": grid, "name": "甲栋", "address": "示范路1号甲栋"},
    )
    return Room.objects.get_or_create(
        building=building, key=door, defaults={"area_code": grid, "door": door} | facts
    )[0]


def a_firm(grid: str = GRID, name: str = "示范厂") -> Organisation:
    """A firm of the grid's community."""
    return Organisation.objects.get_or_create(community=grid[:12], name=name, defaults={"area_code": grid})[0]


def tie(
    person: Person, kind: str, grid: str = GRID, *, known_from: datetime | None = None, **facts: Any
) -> Tie:
    """A tie of the person to a grid."""
    return Tie.objects.create(
        person=person,
        kind=kind,
        area_code=grid,
        known_from=known_from or timezone.now() - timedelta(days=1000),
        **facts,
    )


def lives(
    person: Person, grid: str = GRID, *, since: date | None = None, room: Room | None = None, **facts: Any
) -> Tie:
    """The person lives in a room of the grid."""
    return tie(person, "lives", grid, valid_from=since, room=room or a_room(grid), **facts)


def hukou(person: Person, grid: str = GRID, *, room: Room | None = None, **facts: Any) -> Tie:
    """The person's hukou lies in the grid."""
    return tie(person, "hukou", grid, room=room, **facts)


def works(person: Person, grid: str = GRID, *, firm: Organisation | None = None, **facts: Any) -> Tie:
    """The person works for a firm of the grid."""
    return tie(person, "works", grid, organisation=firm or a_firm(grid), **facts)


def select(
    ledger: str = "resident",
    area: str = COMMUNITY,
    *,
    day: date | None = None,
    known_at: datetime | None = None,
    sort: str = "place",
    **filters: Any,
) -> Selection:
    """A selection with the limits in force."""
    moment = as_of(day, known_at)
    return Selection(ledger_named(ledger), area, moment, limits_on(moment.day), Filters(**filters), sort)


def names_in(ledger: str, area: str = COMMUNITY, **asked: Any) -> list[str]:
    """Who stands in a ledger, in order."""
    page: Page = page_of(select(ledger, area, **asked), size=500)
    return [line.person.name for line in page.lines]


def town_of(number: int) -> None:
    """So many residents of a grid, as an import writes them; every third works."""
    one, room, firm = a_person("甲样"), a_room(), a_firm()
    ids, now, none = reserve_ids(Person, number), timezone.now(), [None] * number
    blank = {
        field.attname: [getattr(one, field.attname)] * number
        for field in Person._meta.concrete_fields
        if not field.generated
    }
    names = [f"=甲{at}" if at % 2 else f"甲{at}" for at in range(number)]
    mine = {
        "id": ids,
        "name": names,
        "id_index": none,
        "id_sealed": [""] * number,
        "phone_index": [""] * number,
    }
    write_rows(Person, blank | mine)
    one.delete()
    for kind, people, where in (
        ("lives", ids, {"room_id": room.pk}),
        ("works", ids[::3], {"organisation_id": firm.pk}),
    ):
        many = len(people)
        fixed = {"kind": kind, "area_code": GRID, "known_from": now, "source": 10, "relation": "", "way": ""}
        fixed |= {"reason": "", "job": "焊工" if kind == "works" else ""} | where
        write_rows(Tie, {name: [value] * many for name, value in fixed.items()} | {"person_id": people})
