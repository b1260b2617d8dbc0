"""Dated relations: beginning, ending, moving (the world changed) and correcting (we were wrong)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal

from ..enums import PersonStatus, Source, TieKind
from ..models import Departure, Household, Organisation, Person, Room, Tie
from ..rules import Declined

CORRECTABLE = frozenset(
    [
        "area_code",
        "room",
        "household",
        "organisation",
        "other",
        "relation",
        "way",
        "reason",
        "job",
        "planned_until",
        "valid_from",
        "valid_to",
    ]
)


def present(person: Person, *kinds: str) -> QuerySet[Tie]:
    """The ties that hold and are believed now, whatever the caller's reach."""
    ties = Tie._base_manager.filter(person=person, known_to=None, valid_to=None)
    return ties.filter(kind__in=kinds) if kinds else ties


def _area_of(
    room: Room | None, household: Household | None, organisation: Organisation | None, area: str
) -> str:
    place = room or organisation or household
    return place.area_code if place is not None else area


@transaction.atomic
def begin_tie(
    *,
    actor: Any,
    person: Person,
    kind: str,
    on: date | None = None,
    area: str = "",
    room: Room | None = None,
    household: Household | None = None,
    organisation: Organisation | None = None,
    other: Person | None = None,
    source: int = Source.VISIT,
    confirmed_on: date | None = None,
    **details: Any,
) -> Tie:
    """From day ``on`` (None = nobody knows since when) the person is tied to the target.

    ``area`` is needed only without room, household and organisation. A tie to the same target that
    holds already is confirmed and returned, not doubled. ``details``: relation, way, reason, job,
    planned_until, batch.

    Raises:
        Declined: no target and no area, or the person was merged away.
    """
    code = _area_of(room, household, organisation, area)
    if not code:
        raise Declined("no_place", _("请选择房屋、单位，或至少选择所在社区。"))
    if person.status == PersonStatus.MERGED:
        raise Declined("already_merged", _("此人已并入另一条记录，请在合并后的记录上修改。"))
    targets = {"room": room, "organisation": organisation, "other": other}
    same = present(person, kind).filter(**targets)
    if not any(targets.values()):
        same = same.filter(area_code=code)
    if (held := same.first()) is not None:
        return _confirm(held, source, confirmed_on)
    tie = Tie._base_manager.create(
        person=person,
        kind=kind,
        area_code=code,
        household=household,
        valid_from=on,
        known_from=timezone.now(),
        source=source,
        confirmed_at=confirmed_on or timezone.localdate(),
        **targets,
        **details,
    )
    person.__dict__.pop("area_code", None)
    _journal("tie.begun", actor, tie)
    return tie


def _confirm(tie: Tie, source: int, day: date | None) -> Tie:
    tie.confirmed_at = max(day or timezone.localdate(), tie.confirmed_at or date.min)
    tie.source = max(source, tie.source)
    tie.save(update_fields=["confirmed_at", "source"])
    return tie


def restate(tie: Tie, now: datetime, **changes: Any) -> Tie:
    """Stop believing ``tie`` at ``now`` and believe a copy with ``changes`` instead."""
    Tie._base_manager.filter(pk=tie.pk).update(known_to=now)
    fresh = Tie(
        **{f.attname: getattr(tie, f.attname) for f in Tie._meta.concrete_fields if not f.primary_key}
    )
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.known_from, fresh.known_to = now, None
    fresh.save(force_insert=True)
    return fresh


def _believed(tie: Tie) -> Tie:
    row = Tie._base_manager.select_for_update().get(pk=tie.pk)
    if row.known_to is not None:
        raise Declined("outdated", _("这条关系已被更正过，请刷新页面后再试。"))
    return row


def _check_end(tie: Tie, on: date) -> None:
    if tie.valid_from is not None and on < tie.valid_from:
        raise Declined("ends_before_begin", _("结束日期不能早于开始日期，请检查日期。"))


def _journal(kind: str, actor: Any, tie: Tie, reason: str = "", **changes: Any) -> None:
    journal.record(
        kind,
        actor=actor,
        area=tie.area_code,
        subject=tie.person,
        changes={"tie": tie.pk, "kind": tie.kind, **changes},
        reason=reason,
    )


@transaction.atomic
def end_tie(*, actor: Any, tie: Tie, on: date, source: int = Source.VISIT, reason: str = "") -> Tie:
    """The relation held until the day before ``on``, as ``source`` says. Returns the row now believed.

    Raises:
        Declined: corrected meanwhile, ended already, or ``on`` lies before its beginning.
    """
    row = _believed(tie)
    if row.valid_to is not None:
        raise Declined("ended", _("这条关系已经结束；如日期有误，请用“更正”。"))
    _check_end(row, on)
    ended = restate(row, timezone.now(), valid_to=on, source=source)
    _journal("tie.ended", actor, ended, reason, on=on.isoformat())
    return ended


@transaction.atomic
def correct_tie(*, actor: Any, tie: Tie, reason: str, **changes: Any) -> Tie:
    """We were wrong about this relation: what was believed until now stays answerable.

    ``changes`` are fields of a tie (dates, target, relation…). Not for a move, which is a new fact.

    Raises:
        Declined: corrected meanwhile, no reason, or dates out of order.
        TypeError: a field that cannot be corrected.
    """
    if wrong := set(changes) - CORRECTABLE:
        raise TypeError(f"not correctable: {sorted(wrong)}")
    if len(reason.strip()) < 2:
        raise Declined("no_reason", _("更正历史需要写明理由。"))
    row = _believed(tie)
    place = changes.get("room") or changes.get("organisation")
    if place is not None:
        changes.setdefault("area_code", place.area_code)
    ends = changes.get("valid_to", row.valid_to)
    begins = changes.get("valid_from", row.valid_from)
    if ends and begins and ends < begins:
        raise Declined("ends_before_begin", _("结束日期不能早于开始日期，请检查日期。"))
    corrected = restate(row, timezone.now(), **changes)
    _journal("tie.corrected", actor, corrected, reason, fields=sorted(changes))
    return corrected


@transaction.atomic
def move_person(
    *,
    actor: Any,
    person: Person,
    on: date,
    room: Room | None = None,
    area: str = "",
    household: Household | None = None,
    source: int = Source.VISIT,
    reason: str = "",
    kind: str = TieKind.LIVES,
    **details: Any,
) -> Tie:
    """From ``on`` the person lives elsewhere: the ties of ``kind`` end that day, a new one begins.

    Raises:
        Declined: already there, or ``on`` lies before the present tie's beginning.
    """
    now = timezone.now()
    Person._base_manager.select_for_update().get(pk=person.pk)
    for tie in present(person, kind).select_for_update():
        if room is not None and tie.room_id == room.pk:
            raise Declined("already_there", _("此人现在已登记在这间房屋，无需迁移。"))
        _check_end(tie, on)
        _journal("tie.ended", actor, restate(tie, now, valid_to=on, source=source), reason, on=on.isoformat())
    tie = begin_tie(
        actor=actor, person=person, kind=kind, on=on, room=room, area=area, household=household,
        source=source, **details,
    )  # fmt: skip
    _journal("person.moved", actor, tie, reason, on=on.isoformat())
    return tie


@transaction.atomic
def record_death(
    *, actor: Any, person: Person, on: date, source: int = Source.VISIT, reason: str = ""
) -> None:
    """The person died on ``on``; what belonged to them stays until somebody inherits."""
    kinds = set(TieKind.values) - {TieKind.OWNS}
    _depart(actor, person, on, PersonStatus.DEAD, kinds, source, reason)


@transaction.atomic
def record_leave(
    *, actor: Any, person: Person, on: date, source: int = Source.VISIT, reason: str = ""
) -> None:
    """The person lives here no more from ``on``; hukou, property and work stay as they are."""
    _depart(actor, person, on, PersonStatus.LEFT, {TieKind.LIVES, TieKind.RENTS}, source, reason)


@transaction.atomic
def record_return(
    *, actor: Any, person: Person, on: date, source: int = Source.VISIT, reason: str = ""
) -> None:
    """Who had left is here again from ``on``; that the departure was believed stays answerable. The home is a
    tie of its own. Of somebody who has not left it says nothing."""
    row = Person._base_manager.select_for_update().get(pk=person.pk)
    if row.status != PersonStatus.LEFT:
        return
    now = timezone.now()
    for gone in Departure._base_manager.filter(person=row, known_to=None, valid_to=None):
        Departure._base_manager.filter(pk=gone.pk).update(known_to=now)
        until = max(on, gone.valid_from) if gone.valid_from else on
        Departure._base_manager.create(
            person=row, status=gone.status, valid_from=gone.valid_from, valid_to=until, known_from=now,
            source=source,
        )  # fmt: skip
    row.status = PersonStatus.ACTIVE
    row.save(update_fields=["status", "updated_at"])
    person.status = row.status
    changes = {"on": on.isoformat(), "source": int(source)}
    journal.record(
        "person.returned", actor=actor, area=person.area_code, subject=row, changes=changes, reason=reason
    )


def _depart(
    actor: Any, person: Person, on: date, status: str, kinds: set[str], source: int, reason: str
) -> None:
    row = Person._base_manager.select_for_update().get(pk=person.pk)
    if row.status == PersonStatus.MERGED:
        raise Declined("already_merged", _("此人已并入另一条记录，请在合并后的记录上修改。"))
    area, now = person.area_code, timezone.now()
    for tie in present(row, *kinds).select_for_update():
        _check_end(tie, on)
        restate(tie, now, valid_to=on, source=source)
    Departure._base_manager.filter(person=row, known_to=None).update(known_to=now)
    Departure._base_manager.create(person=row, status=status, valid_from=on, known_from=now, source=source)
    row.status = status
    row.save(update_fields=["status", "updated_at"])
    person.status = row.status
    changes = {"on": on.isoformat(), "source": int(source)}
    event = "person.died" if status == PersonStatus.DEAD else "person.left"
    journal.record(event, actor=actor, area=area, subject=row, changes=changes, reason=reason)
