"""Whether a worker is alive, for whoever examines the installation from another process or machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from wangge.foundation.journal.models import Delivery, State

KEY = "flows.worker.alive"
EVERY = 20.0  # seconds; each sign is one small write, and SQLite has one writer
SILENT = timedelta(minutes=2)


class Pulse:
    """Signs of life of one worker, at most every ``EVERY`` seconds."""

    def __init__(self) -> None:
        self.beaten = -EVERY

    def beat(self) -> None:
        """Leave a sign, unless the last one is recent."""
        if time.monotonic() - self.beaten >= EVERY:
            cache.set(KEY, timezone.now().timestamp(), 7 * 24 * 3600)
            self.beaten = time.monotonic()


def last_sign() -> datetime | None:
    """When a worker was last known alive. While it runs a long reaction its lease is the sign."""
    if Delivery.objects.filter(state=State.RUNNING, lease_until__gt=timezone.now()).exists():
        return timezone.now()
    told = cache.get(KEY)
    return datetime.fromtimestamp(told, UTC) if told else None
