"""What is not kept for ever: five years after a case is closed only what it counts for stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Case, Clock, Follower, Step

KEPT = timedelta(days=5 * 365 + 2)
PIECE = 500
GONE = "已按保存期限清除"  # a list still shows the number
EMPTY: dict[str, Any] = {
    "title": GONE, "words": "", "address": "", "reporter_sealed": "", "receipt": "", "lon": None, "lat": None,
    "data": {}, "room": None, "building": None, "organisation": None, "launcher": None,
    "head": "", "digest": "",
}  # fmt: skip


def forget_old(now: datetime | None = None) -> int:
    """Sweep: of cases closed five years ago steps, clocks, followers, words and places go; number, kind,
    area, days and results stay, so that the kept counts are still the sum of the rows. Returns how many."""
    now, forgotten = now or timezone.now(), 0
    old = Case._base_manager.filter(closed_at__lt=now - KEPT, forgotten_at=None).order_by("closed_at")
    while keys := list(old.values_list("pk", flat=True)[:PIECE]):
        _forget(keys, now)
        forgotten += len(keys)
    return forgotten


@transaction.atomic
def _forget(keys: list[int], now: datetime) -> None:
    for model in (Follower, Clock, Step):
        model._base_manager.filter(case__in=keys).delete()
    Follower.objects.filter(came_with__in=keys).delete()
    Case._base_manager.filter(pk__in=keys).update(**EMPTY, forgotten_at=now)
    journal.record("case.forgotten", actor="system", area="", data={"cases": len(keys)})
