"""A worker's phone is registered, revoked, and says that it wiped itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.foundation.access.queries import home_of
from wangge.foundation.journal import actions as journal

from ..models import Phone
from ..queries.areas import WORK

SEEN_EVERY = timedelta(minutes=1)  # a write per request would queue readers behind SQLite's one writer


class AnothersPhone(PermissionError):
    """The installation belongs to somebody else, who has to sign out on it first."""


def register_phone(*, actor: User, device: UUID, name: str = "", app: str = "") -> Phone:
    """This installation of the app is the actor's; once more, it is told how far it was.

    Raises:
        AnothersPhone: somebody else registered this installation.
    """
    phone = Phone._base_manager.filter(device=device).first() or _new(actor, device, name, app)
    if phone.user_id != actor.pk:
        raise AnothersPhone(str(device))
    if phone.app != app or phone.name != name:
        Phone._base_manager.filter(pk=phone.pk).update(app=app, name=name)
    return _followed(actor, phone)


@transaction.atomic
def _followed(actor: User, phone: Phone) -> Phone:
    """The phone stands where its owner works now, so that whoever is responsible there can stop it."""
    area = home_of(actor, WORK) or phone.area_code
    if area != phone.area_code:
        phone.area_code = area
        phone.save(update_fields=["area_code"])
        journal.record("phone.registered", actor=actor, area=area, subject=phone)
    return phone


def _new(actor: User, device: UUID, name: str, app: str) -> Phone:
    area = home_of(actor, WORK) or actor.area_code
    made = Phone(device=device, user=actor, area_code=area, name=name, app=app)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            journal.record("phone.registered", actor=actor, area=area, subject=made)
    except IntegrityError:  # its first two requests came at once
        return Phone._base_manager.get(device=device)
    return made


def note_seen(phone: Phone, *, pulled: bool = False, now: datetime | None = None) -> None:
    """The phone called."""
    moment = now or timezone.now()
    last = phone.pulled_at if pulled else phone.seen_at
    if last is None or moment - last > SEEN_EVERY:
        seen = {"seen_at": moment} | ({"pulled_at": moment} if pulled else {})
        Phone._base_manager.filter(pk=phone.pk).update(**seen)


@transaction.atomic
def revoke_phone(*, actor: Any, phone: Phone, reason: str = "") -> None:
    """The phone wipes itself the next time it calls; what it still sends is kept for a decision."""
    row = Phone._base_manager.select_for_update().get(pk=phone.pk)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        journal.record("phone.revoked", actor=actor, area=row.area_code, subject=row, reason=reason)


@transaction.atomic
def note_wiped(*, actor: Any, phone: Phone) -> None:
    """The phone says that nothing is on it any more."""
    row = Phone._base_manager.select_for_update().get(pk=phone.pk)
    if row.wiped_at is None:
        row.wiped_at = timezone.now()
        row.save(update_fields=["wiped_at"])
        journal.record("phone.wiped", actor=actor, area=row.area_code, subject=row)
