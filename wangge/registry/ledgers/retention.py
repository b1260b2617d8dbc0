"""What is forgotten by the clock: the row behind a decided adjudication, and what takes the decision back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .enums import CaseState
from .models import Case

ROW_KEPT = timedelta(days=180)
SYSTEM = "system"


@transaction.atomic
def forget_decided_rows() -> int:
    """Erase the sealed row of every adjudication decided 180 days ago, and what would take it back; returns
    how many. The decision stays, so that the pair is not asked about again."""
    decided = Case._base_manager.filter(decided_at__lt=timezone.now() - ROW_KEPT).exclude(
        state=CaseState.OPEN
    )
    forgotten = decided.exclude(offered_sealed="", undo_sealed="").update(offered_sealed="", undo_sealed="")
    if forgotten:
        journal.record("register.undo_forgotten", actor=SYSTEM, area="", data={"cases": forgotten})
    return forgotten
