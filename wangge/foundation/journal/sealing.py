"""The worker's part of the trail: rows become segments, segments a chain.

Rows are sealed some seconds after they were written, in whatever order their transactions
ended; a row that commits late simply goes into a later segment.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from wangge.foundation.journal.digests import FIRST, leaves_of, segment_root
from wangge.foundation.journal.models import Entry, Segment

SETTLED = timedelta(seconds=5)
SEGMENT_ROWS = 5_000  # below SQLite's 32,766 variables of one statement


def seal_pending(*, settled: timedelta = SETTLED) -> int:
    """Seal every row older than ``settled``; returns how many. Two sealers at once do no harm."""
    sealed = 0
    while count := _seal_one(settled):
        sealed += count
    return sealed


def _seal_one(settled: timedelta) -> int:
    try:
        with transaction.atomic():
            return _seal_next(settled)
    except IntegrityError:  # another sealer took this number; its segment stands, ours never was
        return 0


def _seal_next(settled: timedelta) -> int:
    now = timezone.now()
    waiting = Entry._base_manager.filter(segment=None, at__lte=now - settled).order_by("id")
    rows = list(waiting.values_list("id", "digest")[:SEGMENT_ROWS])
    if not rows:
        return 0
    last = _last()
    number, previous = (last.number + 1, last.root) if last else (1, FIRST)
    leaves = leaves_of(rows)
    segment = Segment.objects.create(
        number=number,
        from_id=rows[0][0],
        to_id=rows[-1][0],
        count=len(rows),
        leaves=leaves,
        previous=previous,
        root=segment_root(number, previous, now, leaves),
        sealed_at=now,
    )
    Entry._base_manager.filter(id__in=[pk for pk, _digest in rows]).update(segment=segment)
    return len(rows)


def _last() -> Segment | None:
    return Segment.objects.defer("leaves").order_by("-number").first()
