"""Somebody was found at a door whom nobody knew; somebody has left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Unacceptable, is_trusted
from wangge.registry.people.actions import Registration, record_leave, register_person
from wangge.registry.people.actions.ties import present
from wangge.registry.people.enums import PersonStatus, Source, TieKind
from wangge.registry.people.models import Person, Room
from wangge.registry.people.rules import Declined

from ...queries.homes import present_homes

ALLOWED = ("name", "sex", "birth", "phone", "id_no")


def _mine(actor: Any, area: str) -> None:
    if not is_trusted(actor) and not may(actor, "duty.do", area):
        raise Unacceptable(_("这一户不在您负责的网格里，请交给那里的网格员。"))


@transaction.atomic
def person_found(
    *, actor: Any, room: Room, facts: Mapping[str, Any], relation: str = "", on: date | None = None
) -> tuple[Registration, bool]:
    """Register somebody who lives in the room, once: who is surely known already is only tied to it.

    Returns:
        What became of it, and whether somebody like them is registered elsewhere: nobody at a door can
        decide that, so they are registered and the same-person check asks later.

    Raises:
        Unacceptable: not the worker's area, no name, or a number that cannot be right.
    """
    _mine(actor, room.area_code)
    known = {name: facts.get(name) for name in ALLOWED if facts.get(name) not in ("", None)}
    day = on or timezone.localdate()
    household = present_homes().filter(room=room, household__isnull=False).select_related("household").first()
    given: dict[str, Any] = {
        "actor": actor, "facts": known, "room": room, "relation": relation[:2], "source": Source.VISIT,
        "on": None, "confirmed_on": day, "household": household.household if household else None,
    }  # fmt: skip
    try:
        done = register_person(**given)
        alike = done.outcome == "ask"
        return (register_person(**given, answer="new") if alike else done), alike
    except Declined as why:
        raise Unacceptable(why.message) from why
    except ValueError as why:  # a date that is none
        raise Unacceptable(_("出生日期要写成 1980-05-06 这样。")) from why


@transaction.atomic
def person_left(*, actor: Any, person: Person, on: date | None = None) -> bool:
    """The person lives here no more; whether that was news.

    Raises:
        Unacceptable: not the worker's area, or a day before they came.
    """
    _mine(actor, person.area_code)
    if person.status in (PersonStatus.LEFT, PersonStatus.DEAD):
        return False
    day = min(on or timezone.localdate(), timezone.localdate())
    since = [tie.valid_from for tie in present(person, TieKind.LIVES, TieKind.RENTS) if tie.valid_from]
    try:
        record_leave(actor=actor, person=person, on=max([day, *since]), source=Source.VISIT)
    except Declined as why:
        raise Unacceptable(why.message) from why
    return True
