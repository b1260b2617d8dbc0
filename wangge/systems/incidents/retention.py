"""What is forgotten by the clock."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from .enums import BatchState
from .models import Alike, HotlineBatch, Report

READ = timedelta(days=1)  # rows of a file that was read and not written
ALIKE = timedelta(days=2)


def forget_old() -> int:
    """Sweep: rows of files nobody wrote within a day, what reports had in common, and which photos a report
    had whose case is forgotten; returns how many."""
    now = timezone.now()
    old = HotlineBatch._base_manager.filter(state=BatchState.PLANNED, at__lt=now - READ)
    dropped = old.update(state=BatchState.DROPPED, rows_sealed="")
    gone, _of = Alike.objects.filter(since__lt=now - ALIKE).delete()
    return dropped + gone + _of_forgotten_cases()


def _of_forgotten_cases() -> int:
    rows = Report._base_manager.filter(case__forgotten_at__isnull=False).exclude(photos=[])
    return rows.update(photos=[])
