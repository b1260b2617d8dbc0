"""What the clock does to orders: warn before the end, close what is overdue, go on with what stands still."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory

from .actions import carry_on, request_closing, verify_order
from .actions.files import FOLDER
from .enums import FileKind, State, Step
from .models import Certificate, Closing, EmergencyOrder, OrderFile
from .queries.orders import WARN_DAYS

SYSTEM = "system"
EXPORTS_KEPT = timedelta(hours=24)
SECOND_AFTER = timedelta(hours=24)  # the digests of erased values live no longer than this
log = logging.getLogger(__name__)


def warn_before_end() -> int:
    """Record once, some days before its end, that an order is about to end; returns how many."""
    soon = timezone.now() + timedelta(days=int(territory.setting(WARN_DAYS, 3)))
    due = EmergencyOrder._base_manager.filter(state=State.ACTIVE, ends__lte=soon, warned_at=None)
    for order in due:
        EmergencyOrder._base_manager.filter(pk=order.pk).update(warned_at=timezone.now())
        data = {"number": order.number, "ends": order.ends.isoformat()}
        journal.record("order.ending", actor=SYSTEM, area=order.area_code, subject=order, data=data)
    return len(due)


def close_overdue() -> int:
    """Close every order whose retention is over, and go on with closings that stand still; returns how many
    came to their end."""
    now = timezone.now()
    for order in EmergencyOrder._base_manager.filter(state=State.ACTIVE, ends__lte=now):
        if order.erase_after <= now:
            request_closing(actor=SYSTEM, order=order, reason="保留期满，自动关闭")
    done = 0
    if connection.in_atomic_block:
        return done
    for closing in Closing.objects.exclude(step=Step.DONE):
        try:
            carry_on(closing)
            done += 1
        except Exception as error:  # the order's page says why; the others go on
            log.warning("Closing %s stands at %s: %s", closing.pk, closing.step, type(error).__qualname__)
    return done


def verify_again() -> int:
    """A day after the certificate the second verification runs by itself; returns how many ran."""
    due = Certificate.objects.filter(second_at=None, issued_at__lte=timezone.now() - SECOND_AFTER)
    certificates = list(due.select_related("order"))
    for certificate in certificates:
        verify_order(actor=SYSTEM, order=certificate.order)
    return len(certificates)


def erase_old_exports() -> int:
    """Files written for download lie a day in the order's folder; the row stays, so that they are counted."""
    before, erased = timezone.now() - EXPORTS_KEPT, 0
    for file in OrderFile._base_manager.filter(kind=FileKind.EXPORT, made_at__lt=before):
        path = Path(settings.HOME) / file.path
        if file.path.startswith(f"{FOLDER}/") and path.is_file():
            path.unlink(missing_ok=True)
            erased += 1
    return erased
