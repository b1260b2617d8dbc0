"""What is forgotten by the clock: what old operations said, and whose old phones were."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Operation, Phone

KEPT = timedelta(days=3 * 365)
PHONES_KEPT = timedelta(days=365)
AT_ONCE = 1_000


def forget_old() -> int:
    """Empty operations older than three years (their receipts and counts stay), and take the names off phones
    that did not call for a year; returns how many operations."""
    now, forgotten = timezone.now(), 0
    Phone._base_manager.filter(seen_at__lt=now - PHONES_KEPT).exclude(name="").update(name="")
    rows = Operation._base_manager.filter(received_at__lt=now - KEPT).exclude(payload_sealed="")
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        Operation._base_manager.filter(pk__in=keys).update(payload_sealed="", result={}, photos=[])
        forgotten += len(keys)
    if forgotten:
        journal.record("operations.forgotten", actor="system", area="", data={"operations": forgotten})
    return forgotten
