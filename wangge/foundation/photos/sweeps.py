"""What is forgotten by the clock: photos that never became whole, and those of matters long past."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .actions import UNFINISHED_KEPT
from .models import Photo

AT_ONCE = 500
KEPT = timedelta(days=3 * 365)


def forget_unfinished() -> int:
    """Erase what came of photos that were begun long ago and never ended; returns how many.

    A phone that still has one announces it again with its operation and sends it from the beginning.
    """
    before, forgotten = timezone.now() - UNFINISHED_KEPT, 0
    while rows := list(_unfinished().filter(begun_at__lt=before).order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            names = [str(row.content.name) for row in rows if row.content]
            Photo._base_manager.filter(pk__in=[row.pk for row in rows], complete_at=None).delete()
            data = {"photos": len(rows)}
            journal.record("photos.forgotten", actor="system", area="", data=data)
        for name in names:
            default_storage.delete(name)
        forgotten += len(rows)
    return forgotten


def forget_old() -> int:
    """Erase photos after three years; who and when stay. Returns how many."""
    before, forgotten = timezone.now() - KEPT, 0
    rows = Photo._base_manager.filter(complete_at__lt=before).exclude(content="").order_by("pk")
    while batch := list(rows[:AT_ONCE]):
        with transaction.atomic():
            names = [str(row.content.name) for row in batch]
            Photo._base_manager.filter(pk__in=[row.pk for row in batch]).update(content="")
            journal.record("photos.forgotten", actor="system", area="", data={"photos": len(batch)})
        for name in names:
            default_storage.delete(name)
        forgotten += len(batch)
    return forgotten


def _unfinished() -> QuerySet[Photo]:
    return Photo._base_manager.filter(complete_at=None, refused="")
