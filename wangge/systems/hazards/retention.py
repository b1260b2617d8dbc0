"""What is not kept for ever: inspections five years, pledges three years after their year."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Inspection, Notice, Pledge

INSPECTIONS = timedelta(days=5 * 365 + 2)
PLEDGES = 3  # years after the year they are for
PIECE = 1_000


def forget_old() -> int:
    """Sweep: delete what is too old, a thousand of each at once; hazards are kept by the engine of cases.
    Returns how many rows went."""
    checks = Inspection._base_manager.filter(at__lt=timezone.now() - INSPECTIONS)
    pledges = Pledge._base_manager.filter(year__lt=timezone.localdate().year - PLEDGES)
    gone = 0
    for rows in (checks, pledges):
        keys = list(rows.values_list("pk", flat=True)[:PIECE])
        rows.model._base_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    gone += _notices()
    if gone:
        journal.record("hazard.forgotten", actor="system", area="", data={"rows": gone})
    return gone


def _notices() -> int:
    """Words of notices whose case is forgotten."""
    rows = Notice._base_manager.filter(case__forgotten_at__isnull=False).exclude(content="", receiver="")
    return rows.update(content="", receiver="", name="", standard="")
