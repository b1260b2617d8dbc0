"""Doors, forms and visits for the tests of campaigns; all invented."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.cast import COMMUNITY, GRID
from wangge.engines.forms.models import Form, FormVersion
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Building, Organisation, Person, Room
from wangge.systems.fieldwork.actions import campaigns as actions
from wangge.systems.fieldwork.actions.campaigns import Said
from wangge.systems.fieldwork.models import Campaign, Visit

_numbers = count(1)


def a_form(area: str = "440703000000", state: str = "published") -> Form:
    """A form with one version."""
    number = next(_numbers)
    form = Form._base_manager.create(
        key=f"check{number}", title=f"检查{number}", area_code=area, made_by="test"
    )
    FormVersion._base_manager.create(
        form=form,
        number=1,
        label="1",
        workbook=b"",
        xform="<x/>",
        digest="0" * 32,
        made_by="test",
        state=state,
    )
    return form


def a_room(door: str, state: str = "", grid: str = GRID) -> Room:
    """A door of 虚构花园1栋 in a grid."""
    building, _new = Building._base_manager.get_or_create(
        community=grid[:12], key="虚构花园1栋", defaults={"area_code": grid, "name": "虚构花园1栋"}
    )
    return Room._base_manager.create(building=building, key=door, door=door, area_code=grid, state=state)


def somebody(room: Room, name: str = "司马试", **facts: Any) -> Person:
    """Somebody registered in a room."""
    done = register_person(actor="cli", facts={"name": name, **facts}, room=room, answer="new")
    assert done.person is not None
    return done.person


def a_firm(name: str, category: str = "firm", grid: str = GRID, **more: Any) -> Organisation:
    """An organisation in a grid."""
    return Organisation._base_manager.create(
        area_code=grid, community=grid[:12], name=name, category=category, **more
    )


def said(areas: Sequence[str] = (COMMUNITY,), **more: Any) -> Said:
    """What somebody wants: a fortnight from today over the community, rooms that are lived in."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "name": "虚构行动", "form": more.pop("form", None) or a_form(), "begins_on": today,
        "ends_on": today + timedelta(days=13), "areas": list(areas),
    }  # fmt: skip
    return Said(**given | more)


def drafted(area: str = COMMUNITY, areas: Sequence[str] = (), **more: Any) -> Campaign:
    """A draft."""
    return actions.draft_campaign(actor="test", area_code=area, said=said(areas or [area], **more))


def started(area: str = COMMUNITY, areas: Sequence[str] = (), **more: Any) -> Campaign:
    """A campaign under way."""
    campaign = drafted(area, areas, **more)
    actions.start_campaign(actor="test", campaign=campaign)
    campaign.refresh_from_db()
    return campaign


def a_visit(room: Room | None = None, result: str = "done", at: datetime | None = None, **more: Any) -> Visit:
    """A visit that somebody made, now unless said otherwise."""
    given = {"area_code": room.area_code if room else GRID, "worker": "wangge", **more}
    return Visit._base_manager.create(
        op=uuid.uuid4(), room=room, at=at or timezone.now(), result=result, **given
    )


def days_ago(days: int) -> datetime:
    """This time of day, so many days ago."""
    return timezone.now() - timedelta(days=days)


def day(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)
