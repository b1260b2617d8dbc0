"""SQLite: the same as ``submit_statement`` in a few statements of one short transaction. There are no round
trips to save and one writer at a time, so what counts is how seldom writers have to wait for each other.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from wangge.foundation.journal.models import Delivery, Entry

from ..models import Declaration, ReportCode
from ..queries.codes import live
from .submit_statement import Item


def execute(items: Sequence[Item]) -> set[str]:
    """Write reports; returns the receipts of those that were written (``submit_statement.execute``)."""
    with _turn(), transaction.atomic():
        return _execute(items)


@contextmanager
def _turn() -> Iterator[None]:
    """Processes take turns by a lock of the system, which wakes the next one at once; SQLite alone lets who
    finds the file taken sleep up to a tenth of a second. Inside somebody's transaction the file is ours."""
    if connection.in_atomic_block:
        yield
        return
    with open(Path(settings.HOME) / "declare.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # let go when the file is closed, also by a kill
        yield


def _execute(items: Sequence[Item]) -> set[str]:
    reports = [item.rows[0]["report"] for item in items]
    seen: set[UUID] = set(
        Declaration._base_manager.filter(report__in=reports).values_list("report", flat=True).distinct()
    )
    codes = _as_they_are(items)
    writing = []
    for item in items:
        report = item.rows[0]["report"]
        if report not in seen and (
            item.code is None or (item.code.pk, item.code.round, item.code.area_code) in codes
        ):
            seen.add(report)
            writing.append(item)
    _insert(writing)
    return {item.receipt for item in writing}


def _as_they_are(items: Sequence[Item]) -> set[tuple[int, int, str]]:
    keys = {item.code.pk for item in items if item.code}
    rows = ReportCode._base_manager.filter(live(), pk__in=keys) if keys else ReportCode._base_manager.none()
    return set(rows.values_list("pk", "round", "area_code"))


def _insert(items: Sequence[Item]) -> None:
    for item in items:
        item.entry.pk = None  # an attempt that was rolled back left a number that is somebody else's by now
    Declaration._base_manager.bulk_create([Declaration(**row) for item in items for row in item.rows])
    entries = Entry._base_manager.bulk_create([item.entry for item in items])
    owed = [
        Delivery(entry=entry, reaction=reaction)
        for entry, item in zip(entries, items, strict=True)
        for reaction in item.reactions
    ]
    if owed:
        Delivery.objects.bulk_create(owed)
