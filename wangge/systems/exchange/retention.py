"""What is not kept for ever: requests and what their comparisons came to, five years after they are over."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import ShareRequest

KEPT = timedelta(days=5 * 365 + 2)
PIECE = 500


@transaction.atomic
def forget_old() -> int:
    """Sweep: delete what is too old, so many at once; returns how many requests."""
    old = ShareRequest._base_manager.filter(closed_at__lt=timezone.now() - KEPT)
    keys = list(old.values_list("pk", flat=True)[:PIECE])
    if keys:
        ShareRequest._base_manager.filter(pk__in=keys).delete()
        journal.record("exchange.forgotten", actor="system", area="", data={"requests": len(keys)})
    return len(keys)
