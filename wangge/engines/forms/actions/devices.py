"""Phones that fill in forms without an account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from ..models import Device


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def add_device(*, actor: Any, area_code: str, name: str, ends_on: date) -> tuple[Device, str]:
    """A device and its token; the token is shown once and kept as a hash."""
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        area_code=area_code,
        name=name[:60],
        token_hash=hashed(token),
        made_by=journal.account_of(actor),
        ends_on=ends_on,
    )
    journal.record("form.device_added", actor=actor, area=area_code, subject=device)
    return device, token


@transaction.atomic
def revoke_device(*, actor: Any, device: Device) -> None:
    """The device is let in no more; twice is once."""
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=timezone.now()):
        journal.record("form.device_revoked", actor=actor, area=device.area_code, subject=device)
