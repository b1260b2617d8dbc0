"""What is forgotten by the clock: messages after a quarter, counts of calls after three years."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wangge.foundation.clients.models import Sending, Usage

SENDINGS_KEPT = timedelta(days=90)
USAGE_KEPT = timedelta(days=3 * 365)


def forget_old_sendings() -> int:
    """Sweep: erase messages older than a quarter and counts older than three years; returns how many."""
    erased, _models = Sending.objects.filter(made_at__lt=timezone.now() - SENDINGS_KEPT).delete()
    Usage.objects.filter(day__lt=timezone.localdate() - USAGE_KEPT).delete()
    return erased
