"""By the clock: requests whose time has run out are named once; old ones and old guesses are forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .enums import State
from .models import Miss, RightsRequest

KEPT = timedelta(days=3 * 365)


@transaction.atomic
def note_overdue() -> int:
    """Sweep: write one line of the trail for every request that became overdue; returns how many."""
    late = RightsRequest.objects.select_for_update().filter(
        state=State.OPEN, due_on__lt=timezone.localdate(), overdue_at=None
    )
    rows = list(late)
    for row in rows:
        row.overdue_at = timezone.now()
        row.save(update_fields=["overdue_at"])
        journal.record("rights.overdue", actor="system", area=row.area_code, subject=row)
    return len(rows)


def forget_old() -> int:
    """Sweep: erase requests three years after their answer, and wrong guesses after two days."""
    Miss.objects.filter(day__lt=timezone.localdate() - timedelta(days=1)).delete()
    old = RightsRequest.objects.exclude(state=State.OPEN).filter(answered_at__lt=timezone.now() - KEPT)
    erased, _models = old.delete()
    return erased
