"""Imports that wait for somebody."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ..enums import BatchState
from ..models import Batch

LATELY = timedelta(days=7)
ASKS = (BatchState.ASKING, BatchState.PLANNED)


def imports_waiting() -> QuerySet[Batch]:
    """Those that ask about a column or for a yes, in reach."""
    return Batch.objects.filter(state__in=ASKS)


def imports_failed_lately() -> QuerySet[Batch]:
    """Those that failed in the last seven days, in reach."""
    return Batch.objects.filter(state=BatchState.FAILED, created_at__gte=timezone.now() - LATELY)


def imports_in_state(state: str) -> QuerySet[Batch]:
    """Those of a state; "waiting" and "failed_lately" are states here too; any other word is no condition."""
    if state == "waiting":
        return imports_waiting()
    if state == "failed_lately":
        return imports_failed_lately()
    return Batch.objects.filter(state=state) if state in BatchState.values else Batch.objects.all()
