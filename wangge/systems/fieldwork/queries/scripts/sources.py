"""Who else wants something at a door: campaigns, care, re-checks, call-backs, departments' questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from wangge.registry.people.models import Discrepancy
from wangge.registry.people.rules import Fault
from wangge.registry.people.rules.finding import faults_among, mark_of
from wangge.registry.tables.models import TableRequest
from wangge.registry.tables.queries.questions import questions_within

from ...enums import CallBackState, CampaignState, DutyKind, DutyState, TargetState
from ...models import CallBack, Campaign, CampaignTarget, CarePerson, Duty
from ..care import Cared, cared_for
from .formed import Formed, formed_of
from .parts import ORGANISATION, PERSON, ROOM, Doors

OUTSTANDING = (TargetState.OUTSTANDING, TargetState.PARTLY, TargetState.NOBODY, TargetState.WRONG)
Door = tuple[str, int]


@dataclass
class Sources:
    """What is wanted, by door or by person."""

    campaigns: dict[Door, list[Campaign]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[int, Formed] = field(default_factory=dict)
    care: dict[int, list[Cared]] = field(default_factory=lambda: defaultdict(list))
    duties: dict[Door, list[Duty]] = field(default_factory=lambda: defaultdict(list))
    call_backs: dict[Door, list[CallBack]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[int, list[tuple[Discrepancy, Fault]]] = field(default_factory=lambda: defaultdict(list))
    requests: dict[int, dict[TableRequest, set[str]]] = field(default_factory=lambda: defaultdict(dict))


def sources_for(doors: Doors, people: dict[int, str], today: date) -> Sources:
    """Read them for these doors and the people behind them (person -> area of the home)."""
    found = Sources()
    _campaigns(found, doors, today)
    _care(found, people, today)
    _duties(found, doors, people, today)
    _call_backs(found, doors)
    _faults(found, people, today)
    for area in sorted(set(people.values())):
        inside = {person for person, at in people.items() if at == area}
        for request, due in questions_within(inside, area).items():
            for one in due:
                found.requests[one.person].setdefault(request, set()).add(one.fact)
    return found


def _at(doors: Doors) -> Q:
    """Rows that name one of the doors. The keys travel as they are: some hundreds a grid."""
    return (
        Q(room__in=doors.rooms) | Q(organisation__in=doors.organisations)
        | Q(person__in=doors.people, room=None, organisation=None)
    )  # fmt: skip


def door_of(row: Any) -> Door | None:
    """The door a row with room, organisation and person names."""
    if row.room_id:
        return ROOM, row.room_id
    if row.organisation_id:
        return ORGANISATION, row.organisation_id
    return (PERSON, row.person_id) if row.person_id else None


def _campaigns(found: Sources, doors: Doors, today: date) -> None:
    running = {
        row.pk: row
        for row in Campaign._base_manager.filter(
            state=CampaignState.RUNNING, begins_on__lte=today, ends_on__gte=today
        )
    }
    if not running:
        return
    rows = CampaignTarget._base_manager.filter(_at(doors), campaign__in=running, state__in=OUTSTANDING)
    for target in rows.order_by("campaign_id"):
        if (door := door_of(target)) is not None:
            found.campaigns[door].append(running[target.campaign_id])
    found.forms = formed_of({row.form_id for rows in found.campaigns.values() for row in rows})


def _care(found: Sources, people: Iterable[int], today: date) -> None:
    rows = CarePerson._base_manager.filter(person__in=set(people), ends_on=None).order_by("pk")
    for cared in cared_for(rows, today):
        if cared.due_on(today):
            found.care[cared.row.person_id].append(cared)


def _duties(found: Sources, doors: Doors, people: dict[int, str], today: date) -> None:
    rows = Duty._base_manager.filter(
        _at(doors), kind=DutyKind.RECHECK, state=DutyState.OPEN, begins_on__lte=today
    )
    for duty in rows.order_by("pk"):
        if (door := door_of(duty)) is not None:
            found.duties[door].append(duty)


def _call_backs(found: Sources, doors: Doors) -> None:
    at = (
        Q(visit__room__in=doors.rooms) | Q(visit__organisation__in=doors.organisations)
        | Q(visit__person__in=doors.people, visit__room=None, visit__organisation=None)
    )  # fmt: skip
    rows = CallBack._base_manager.filter(at, state__in=(CallBackState.WAITING, CallBackState.ANSWERED))
    for row in rows.select_related("visit").order_by("pk"):
        if (door := door_of(row.visit)) is not None:
            found.call_backs[door].append(row)


def _faults(found: Sources, people: Iterable[int], today: date) -> None:
    """Records at odds with what would mend them; looked for only among those who have any."""
    waiting = list(Discrepancy._base_manager.filter(person__in=set(people), state="open"))
    if not waiting:
        return
    rows = {(row.person_id, row.rule, row.mark): row for row in waiting}
    for fault in faults_among({row.person_id for row in waiting}, today).faults:
        if row := rows.get((fault.person, fault.rule, mark_of(fault))):
            found.faults[fault.person].append((row, fault))
