"""What is not kept for ever: the notes of a session, five years after its day."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Session

NOTES = timedelta(days=5 * 365 + 2)
PIECE = 500


def forget_old() -> int:
    """Sweep: empty the notes of what is too old, so many at once; day, place and numbers stay. Returns how
    many sessions were emptied."""
    old = Session._base_manager.filter(begins_at__lt=timezone.now() - NOTES).exclude(notes="")
    keys = list(old.values_list("pk", flat=True)[:PIECE])
    Session._base_manager.filter(pk__in=keys).update(notes="")
    if keys:
        journal.record("education.forgotten", actor="system", area="", data={"sessions": len(keys)})
    return len(keys)
