"""Units, their people and who is on duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, is_trusted
from wangge.foundation.journal import actions as journal

from ..models import RosterDay, Unit, UnitMember

FIELDS = ("name", "kind", "area_code", "classes", "active")
Day = tuple[date, User]


@transaction.atomic
def save_unit(*, actor: Any, unit: Unit | None = None, **told: Any) -> Unit:
    """A new unit, or another name, area, kind or classes of one.

    Args:
        told: ``name``, ``kind``, ``area_code``, ``classes``, ``active``.

    Raises:
        Refused: not in the actor's area, neither before nor after.
    """
    row = unit or Unit(key=uuid4().hex[:12])
    _must_manage(actor, told["area_code"])
    if unit is not None:
        _must_manage(actor, unit.area_code)
    changes = {name: [getattr(row, name), told[name]] for name in FIELDS if getattr(row, name) != told[name]}
    for name in FIELDS:
        setattr(row, name, told[name])
    row.save()
    if changes:
        journal.record("unit.changed", actor=actor, area=row.area_code, subject=row, changes=changes)
    return row


def _must_manage(actor: Any, area_code: str) -> None:
    if not is_trusted(actor) and not may(actor, "unit.manage", area_code):
        raise Refused(_("您不能管理这个区域的处置单位。"))


@transaction.atomic
def add_member(*, actor: Any, unit: Unit, user: User, since: date | None = None) -> UnitMember:
    """She handles for the unit from a day on (today); adding her again changes nothing.

    Raises:
        Refused: not in the actor's area. Unacceptable: her account is closed.
    """
    _must_manage(actor, unit.area_code)
    if not user.is_active:
        raise Unacceptable(_("这个账号已停用。"))
    since = since or timezone.localdate()
    Unit._base_manager.select_for_update().get(pk=unit.pk)
    held = unit.members.filter(Q(until=None) | Q(until__gt=since), user=user).first()
    if held is not None:
        return held
    row, _new = UnitMember.objects.update_or_create(
        unit=unit, user=user, since=since, defaults={"until": None}
    )
    changes = {"user": user.username, "since": since}
    journal.record("unit.staffed", actor=actor, area=unit.area_code, subject=unit, changes=changes)
    return row


@transaction.atomic
def end_member(*, actor: Any, member: UnitMember) -> None:
    """From today on she does not handle for it; her days on the roster from today on go too."""
    unit, today = member.unit, timezone.localdate()
    _must_manage(actor, unit.area_code)
    if member.until is not None and member.until <= today:
        return
    member.until = max(today, member.since)
    member.save(update_fields=["until"])
    unit.roster.filter(user=member.user, day__gte=today).delete()
    changes = {"user": member.user.username, "until": member.until}
    journal.record("unit.staffed", actor=actor, area=unit.area_code, subject=unit, changes=changes)


@transaction.atomic
def set_roster(*, actor: Any, unit: Unit, first: date, last: date, days: Iterable[Day]) -> int:
    """Who is on duty from ``first`` to ``last``, both included: exactly what is told; returns how many lines
    changed.

    Raises:
        Refused: not in the actor's area. Unacceptable: somebody does not handle for the unit.
    """
    _must_manage(actor, unit.area_code)
    Unit._base_manager.select_for_update().get(pk=unit.pk)
    wanted = {(day, user.pk) for day, user in days if first <= day <= last}
    members = set(unit.members.values_list("user_id", flat=True))
    if not {user for _day, user in wanted} <= members:
        raise Unacceptable(_("值班的人要先是本单位的成员。"))
    held = set(unit.roster.filter(day__range=(first, last)).values_list("day", "user_id"))
    for day, user in held - wanted:
        unit.roster.filter(day=day, user_id=user).delete()
    RosterDay.objects.bulk_create(RosterDay(unit=unit, day=day, user_id=user) for day, user in wanted - held)
    changed = len(held ^ wanted)
    if changed:
        changes = {"first": first, "last": last, "days": len(wanted)}
        journal.record("unit.rostered", actor=actor, area=unit.area_code, subject=unit, changes=changes)
    return changed
