"""What is forgotten by the clock: old readings, dead sessions, old failed logins."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.utils import timezone

from wangge.foundation.access.models import Reading

READINGS_KEPT = timedelta(days=3 * 365)  # PIPL 56 asks for three years of records of sensitive processing
LOGINS_KEPT = timedelta(days=183)  # GB/T 22239: at least six months


def forget_old_readings() -> int:
    """Erase readings older than three years; returns how many."""
    erased, _by_model = Reading._base_manager.filter(at__lt=timezone.now() - READINGS_KEPT).delete()
    return erased


def clear_dead_sessions() -> int:
    """Erase ended sessions and logins older than six months; returns how many logins."""
    call_command("clearsessions")
    before = timezone.now() - LOGINS_KEPT
    AccessAttempt.objects.filter(attempt_time__lt=before).delete()
    erased, _by_model = AccessLog.objects.filter(attempt_time__lt=before).delete()
    return erased
