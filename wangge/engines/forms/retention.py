"""What is forgotten by the clock: what old answers said, whom they were about, and their files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Attachment, Submission

KEPT = timedelta(days=3 * 365)
AT_ONCE = 500
# The instance and its digest stay, so that a phone that sends it again is not taken for a new answer.
ERASED: dict[str, Any] = {
    "xml_sealed": "", "files": [], "person": None, "household": None, "room": None, "organisation": None,
}  # fmt: skip


def forget_old() -> int:
    """Empty answers that came more than three years ago and erase their files; form, area, sender and time
    stay for the counts. Returns how many answers."""
    files = Attachment._base_manager.filter(submission=OuterRef("pk"))
    old = Submission._base_manager.filter(received_at__lt=timezone.now() - KEPT)
    due = old.filter(~Q(xml_sealed="") | Exists(files)).order_by("pk")
    forgotten = 0
    while keys := list(due.values_list("pk", flat=True)[:AT_ONCE]):
        _forget(keys)
        forgotten += len(keys)
    return forgotten


def _forget(keys: list[int]) -> None:
    with transaction.atomic():
        files = Attachment._base_manager.filter(submission__in=keys)
        names = [name for name in files.values_list("content", flat=True) if name]
        files.delete()
        Submission._base_manager.filter(pk__in=keys).update(**ERASED)
        data = {"answers": len(keys), "files": len(names)}
        journal.record("form.forgotten", actor="system", area="", data=data)
    for name in names:
        default_storage.delete(name)
