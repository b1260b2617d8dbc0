"""What became of the worker's operations after their receipts: those that were handled again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wangge.foundation.journal.models import Entry

from ..models import Operation
from ..sections import Scope
from .cursor import OLDEST


def receipt_of(row: Operation) -> dict[str, Any]:
    """A receipt as it travels; the number is the one the phone gave."""
    return {
        "op": str(row.copy_of or row.op), "seq": row.seq, "state": str(row.state), "receipt": row.receipt,
        "at": row.received_at.isoformat(), "reason": row.reason, "result": row.result,
    }  # fmt: skip


def receipts(scope: Scope) -> list[dict[str, Any]]:
    """Operations of this worker that somebody handled again since, wherever they belong; from the beginning,
    those of as long as a cursor lives."""
    since = scope.since or timezone.now() - OLDEST
    lines = Entry._base_manager.filter(kind="operation.retried", at__gte=since).order_by()
    keys = {int(key) for key in lines.values_list("subject_id", flat=True)}
    rows = Operation._base_manager.filter(pk__in=keys, phone__user=scope.user, copy_of=None)
    return [{"id": str(row.op), **receipt_of(row)} for row in rows.order_by("pk")]
