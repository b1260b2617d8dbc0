"""What is not kept for ever: what the field asked for, two years. Calls and scores go with their case."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Hint

HINTS = timedelta(days=2 * 365)
PIECE = 1_000


def forget_old() -> int:
    """Sweep: delete what is too old, a thousand at once. Returns how many rows went."""
    rows = Hint._base_manager.filter(at__lt=timezone.now() - HINTS)
    keys = list(rows.values_list("pk", flat=True)[:PIECE])
    Hint._base_manager.filter(pk__in=keys).delete()
    if keys:
        journal.record("whistle.forgotten", actor="system", area="", data={"rows": len(keys)})
    return len(keys)
