"""What is forgotten by the clock: what a decision could be taken back with, and the two sides of a decided
contradiction. The models promise 180 days; the decisions themselves stay, without values."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .enums import ContradictionState
from .models import Contradiction, Discrepancy, Merge

UNDO_KEPT = timedelta(days=180)
SYSTEM = "system"


@transaction.atomic
def forget_undo() -> int:
    """Erase both values of contradictions, what repairs replaced and what merges restore from, 180 days after
    the decision; returns how many rows. Undoing is declined from then on (code "forgotten")."""
    before = timezone.now() - UNDO_KEPT
    told = Contradiction._base_manager.filter(decided_at__lt=before).exclude(state=ContradictionState.OPEN)
    counts = {
        "contradictions": told.exclude(held_sealed="", offered_sealed="").update(
            held_sealed="", offered_sealed=""
        ),
        "repairs": Discrepancy._base_manager.filter(decided_at__lt=before)
        .exclude(undo_sealed="")
        .update(undo_sealed=""),
        "merges": Merge._base_manager.filter(at__lt=before)
        .exclude(before_sealed="")
        .update(before_sealed=""),
    }
    if any(counts.values()):
        journal.record("register.undo_forgotten", actor=SYSTEM, area="", data=counts)
    return sum(counts.values())
