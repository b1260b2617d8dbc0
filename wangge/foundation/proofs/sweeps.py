"""What is forgotten by the clock."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wangge.foundation.territory.queries import setting
from wangge.gateways.sms.outbox import forget

from .models import Allowance, Proof

PROOFS_KEPT, ALLOWANCES_KEPT = timedelta(days=1), timedelta(days=2)


def forget_old() -> int:
    """Erase proofs, allowances and outbox files past their time; returns how many rows."""
    now = timezone.now()
    proofs, _by_model = Proof.objects.filter(made_at__lt=now - PROOFS_KEPT).delete()
    oldest = timezone.localdate(now - ALLOWANCES_KEPT)
    allowances, _by_model = Allowance.objects.filter(day__lt=oldest).delete()
    forget(timezone.localdate(now) - timedelta(days=int(setting("proof.outbox_days", 7))))
    return proofs + allowances
