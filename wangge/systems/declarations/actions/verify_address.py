"""What a declaration says about where somebody lives goes into the register, when a verifier says so."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.addresses import parse
from wangge.lib.sealing import seal, unseal
from wangge.registry.people import actions as people
from wangge.registry.people.enums import Source, TieKind
from wangge.registry.people.models import Person, Room, Tie
from wangge.registry.people.rules import Declined

from ..enums import AddressSays, Kind, Matched, ReportedBy, Verb
from ..models import Decision, Declaration
from ..rules.states import may
from .verify import taken
from .verify_step import locked, take_step

# Who is trusted how far: what a landlord or hotel says counts as what the person herself says.
SOURCE = {
    ReportedBy.SELF: Source.SELF,
    ReportedBy.RELATIVE: Source.SELF,
    ReportedBy.LANDLORD: Source.SELF,
    ReportedBy.EMPLOYER: Source.EMPLOYER,
    ReportedBy.WORKER: Source.VISIT,
}
MOVES = (Kind.COMING, Kind.RETURNING)  # the old home is left; the others stay beside it
GUESTS = (Kind.VISITING, Kind.STAYING)


@dataclass
class Taken:
    """What became of it: ``decision``, or nobody knows who it is and a human chooses among ``candidates``."""

    decision: Decision | None = None
    candidates: list[Person] = field(default_factory=list)


@transaction.atomic
def accept_address(
    *,
    actor: Any,
    declaration: Declaration,
    answer: Person | Literal["new"] | None = None,
    at: datetime | None = None,
) -> Taken:
    """The person lives where it was declared, from the day of arrival: the register says so from now on.

    Somebody known moves (or, as a guest, stays there beside the home); somebody new is registered. Values of
    emergency orders are never written. ``answer`` says who it is when that was asked.

    Raises:
        Declined: leaving is no address, it was taken over before, or the register refuses.
    """
    row = locked(declaration)
    if row.kind not in (*MOVES, *GUESTS):
        raise Declined("no_address", _("离江、举家外出不改住址；确已搬走的，请在人员页面登记离开。"))
    if row.address_says == AddressSays.CONFIRMED:
        raise Declined("taken", _("这条报备的住址已写入登记册。"))
    room = _room_of(actor, row)
    person = answer or _known(row)
    if isinstance(person, Person):
        written: Taken | tuple[Person, dict[str, Any], bool] = _moved(actor, row, person, room)
    else:
        written = _registered(actor, row, room, person)
    if isinstance(written, Taken):
        return written
    who, step, new = written
    said = seal(json.dumps({**step, "registered": new}))
    return Taken(
        take_step(
            actor=actor, row=row, verb=Verb.ADDRESS, step_sealed=said, address_says=AddressSays.CONFIRMED,
            matched=Matched.FOUND, person_id=who.pk, room_id=room.pk if room else row.room_id, at=at,
            **taken(row),
        )
    )  # fmt: skip


@transaction.atomic
def accept_family(*, actor: Any, declaration: Declaration) -> tuple[list[Decision], list[Declaration]]:
    """The same for everybody of one report in the caller's reach: what was written, and of whom a human must
    first say who they are. Undone together.

    Raises:
        Declined: the register refuses one of them; then nobody moves.
    """
    now, done, asked = timezone.now(), [], []
    for row in Declaration.objects.filter(report=declaration.report).order_by("line"):
        if row.address_says == AddressSays.CONFIRMED or not may(row.state, Verb.ADDRESS):
            continue
        written = accept_address(actor=actor, declaration=row, at=now)
        if written.decision is None:
            asked.append(row)
        else:
            done.append(written.decision)
    return done, asked


@transaction.atomic
def keep_address(*, actor: Any, declaration: Declaration) -> Decision:
    """The register is right; the declared address is only where the person said to stay.

    Raises:
        Declined: the declaration is over.
    """
    row = locked(declaration)
    return take_step(actor=actor, row=row, verb=Verb.KEEP, address_says=AddressSays.KEPT, **taken(row))


def _known(row: Declaration) -> Person | None:
    if row.matched != Matched.FOUND or row.person_id is None:
        return None
    return Person._base_manager.filter(pk=row.person_id).first()


def _room_of(actor: Any, row: Declaration) -> Room | None:
    if row.room_id:
        return Room._base_manager.get(pk=row.room_id)
    grid = row.area_code if len(row.area_code) == 15 else ""
    return people.find_or_register_room(
        actor=actor, community=row.area_code[:12], address=parse(row.stay_address), area=grid, demo=row.demo
    )


def _day(row: Declaration) -> date:
    """The day of arrival; a day still to come is today."""
    arrived = timezone.localtime(row.arrive_at or row.received_at).date()
    return min(arrived, timezone.localdate())


def _moved(
    actor: Any, row: Declaration, person: Person, room: Room | None
) -> tuple[Person, dict[str, Any], bool]:
    before = people.picture_of(Person._base_manager.select_for_update().get(pk=person.pk).pk)
    held = Tie._base_manager.filter(person=person, kind=TieKind.LIVES, known_to=None, valid_to=None)
    there = held.filter(room=room) if room else held.filter(room=None, area_code=row.area_code)
    details: dict[str, Any] = {
        "room": room,
        "area": row.area_code,
        "source": SOURCE[ReportedBy(row.reported_by)],
    }
    if row.kind in MOVES and not there.exists():
        people.move_person(actor=actor, person=person, on=_day(row), reason=_("报备"), **details)
    else:
        until = row.stay_until if row.kind in GUESTS else None
        people.begin_tie(
            actor=actor, person=person, kind=TieKind.LIVES, on=_day(row), planned_until=until, **details
        )
    return person, people.step_between(person.pk, before, people.picture_of(person.pk)), False


def _registered(
    actor: Any, row: Declaration, room: Room | None, answer: Any
) -> Taken | tuple[Person, dict[str, Any], bool]:
    facts = {
        "name": row.name,
        "id_type": row.id_type,
        "id_no": unseal(row.id_sealed) if row.id_sealed else "",
        "phone": unseal(row.phone_sealed) if row.phone_sealed else "",
        "sex": row.sex,
        "birth": row.birth,
    }
    with transaction.atomic():  # of somebody found here the picture before is needed: looked up first
        done = people.register_person(
            actor=actor, facts=facts, source=SOURCE[ReportedBy(row.reported_by)], kind=TieKind.LIVES,
            room=room, area=row.area_code, on=_day(row), answer=answer, demo=row.demo,
            planned_until=row.stay_until if row.kind in GUESTS else None,
        )  # fmt: skip
        if done.outcome == "same":
            transaction.set_rollback(True)
    if done.outcome == "ask":
        return Taken(candidates=done.candidates)
    assert done.person is not None
    if done.outcome == "same":
        return _moved(actor, row, done.person, room)
    after = people.picture_of(done.person.pk)
    return done.person, people.step_between(done.person.pk, people.NOBODY, after), True
