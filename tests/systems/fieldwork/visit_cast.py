"""Doors, people and campaigns for the tests of visits; all invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.cast import COMMUNITY, DISTRICT, GRID
from wangge.engines.forms.models import Form, FormVersion
from wangge.lib.identifiers import make_demo_id
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Person, Room, Tie
from wangge.systems.fieldwork.actions.visits import Recorded, record_visit
from wangge.systems.fieldwork.enums import CareClass, Level
from wangge.systems.fieldwork.models import Campaign, CampaignTarget, CarePerson, VisitRule

_numbers = count(1)
PHONE, OTHER_PHONE = "10000012345", "10000054321"
XFORM = """<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"
xmlns="http://www.w3.org/2002/xforms">
<h:head><h:title>三问</h:title><model><instance><data id="ask3" version="1"/></instance>
<instance id="yn"><choices><item><name>yes</name><label>有</label></item>
<item><name>no</name><label>没有</label></item>
</choices></instance></model></h:head><h:body>
<group ref="/data/ask2"><label>居家安全</label><select1 ref="/data/ask2/gas"><label>气瓶</label>
<itemset nodeset="instance('yn')/choices/item"><value ref="name"/><label ref="label"/></itemset>
</select1></group>
<group ref="/data/ask3"><label>困难诉求</label>
<input ref="/data/ask3/need"><label>困难</label></input></group>
</h:body></h:html>"""
QUESTIONS = [
    {"path": "/data/hello", "name": "hello", "type": "note", "label": "您好", "fact": ""},
    {"path": "/data/ask1/phone", "name": "phone", "type": "text", "label": "电话", "fact": "phone"},
    {"path": "/data/ask2/gas", "name": "gas", "type": "select one", "label": "有没有气瓶", "fact": ""},
    {"path": "/data/ask3/need", "name": "need", "type": "text", "label": "有什么困难", "fact": ""},
]
GAS, NEED = "form:ask3:/data/ask2/gas", "form:ask3:/data/ask3/need"


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def a_room(door: str = "101", grid: str = GRID) -> Room:
    """A door of 1栋 of an invented estate, whose state a visit has just confirmed when ``fresh`` is asked."""
    building, _new = Building.objects.get_or_create(
        community=grid[:12], key="虚构花园1栋", defaults={"area_code": grid, "name": "虚构花园1栋"}
    )
    return Room.objects.get_or_create(
        building=building, key=door, defaults={"area_code": grid, "door": door, "state": "own", "use": ""}
    )[0]


def lives(room: Room | None, name: str = "欧阳试", seen: int = 0, **facts: Any) -> Person:
    """Somebody registered in the room, everything of whom was confirmed ``seen`` days ago."""
    serial = next(_numbers)
    born = facts.pop("birth", date(1980, 5, 6))
    given = {"name": name, "id_no": make_demo_id("999703", born, serial % 900 + 1), "phone": PHONE} | facts
    done = register_person(
        actor="cli", facts=given, room=room, area="" if room else GRID, answer="new",
        confirmed_on=days_ago(seen), source=10,
    )  # fmt: skip
    assert done.person is not None
    return done.person


def confirmed(person: Person, **days: int) -> Person:
    """Say how many days ago facts of a person were confirmed."""
    row = Person.objects.get(pk=person.pk)
    for fact, ago in days.items():
        if fact == "residence":
            Tie.objects.filter(person=row, kind="lives").update(confirmed_at=days_ago(ago))
        else:
            row.provenance[fact] = [10, days_ago(ago).isoformat()]
    row.save()
    return row


def a_campaign(room: Room | None = None, *, key: str = "ask3") -> Campaign:
    """三问一完善 with an outstanding door."""
    form, _new = Form.objects.get_or_create(
        key=key, defaults={"title": "三问一完善", "area_code": DISTRICT, "made_by": "test"}
    )
    FormVersion.objects.get_or_create(
        form=form, number=1,
        defaults={"label": "1", "workbook": b"", "xform": XFORM, "digest": "0" * 32, "made_by": "test",
                  "questions": QUESTIONS, "state": "published"},
    )  # fmt: skip
    today = timezone.localdate()
    row = Campaign.objects.create(
        name="三问一完善", kind="three_asks", area_code=COMMUNITY, form=form, target="rooms",
        scope={"areas": [COMMUNITY]}, begins_on=today, ends_on=today + timedelta(days=30), state="running",
        made_by="test", started_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    if room is not None:
        CampaignTarget.objects.create(campaign=row, area_code=room.area_code, room=room)
    return row


def cared(person: Person, care_class: str = CareClass.ELDERLY, level: str = Level.RED) -> CarePerson:
    """Looked after since a month, once a week by an example rule."""
    VisitRule.objects.get_or_create(
        area_code=DISTRICT, care_class="", level=level,
        defaults={"name": "示例", "period": "week", "times": 1, "valid_from": days_ago(400), "example": True},
    )  # fmt: skip
    return CarePerson.objects.create(
        person=person, area_code=GRID, care_class=care_class, level=level, begins_on=days_ago(30)
    )


def visited(
    door: Any, result: str = "done", *, actor: Any = "cli", at: datetime | None = None, **said: Any
) -> Recorded:
    """A visit just now, of its own."""
    return record_visit(
        actor=actor,
        op=said.pop("op", None) or uuid4(),
        at=at or timezone.now(),
        result=result,
        door=door,
        **said,
    )
