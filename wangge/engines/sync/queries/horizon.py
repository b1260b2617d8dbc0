"""Up to where the trail is read for good.

On PostgreSQL a line gets its number when it is written and becomes visible when its transaction commits: a
long import may commit number 100 after 200 was read. A reader who remembers "200" would never see 100. So
what is remembered lies before the beginning of the oldest writing transaction still under way: no line that
is invisible now can have a smaller number or an earlier time. Everything after it is delivered again the
next time, which changes nothing on a phone. (``pg_snapshot_xmin`` would need the transaction's number on
every line; an advisory lock would make all writers wait for readers.)

On SQLite one transaction writes at a time, so numbers become visible in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from wangge.foundation.journal.models import Entry

# A line's time is taken before its number is drawn, by at most the time a batch of lines takes to prepare.
MARGIN = timedelta(seconds=30)
# Sessions of another database role do not show when they began; the product has one.
OLDEST = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Horizon:
    """Every line up to number ``entry``, and everything written before ``moment``, can be seen already."""

    entry: int
    moment: datetime


def horizon() -> Horizon:
    """The present one; asked before what it guards is read."""
    moment = timezone.now() - MARGIN
    lines = Entry._base_manager.order_by("-id")
    if connection.vendor != "postgresql":
        return Horizon(lines.values_list("id", flat=True).first() or 0, moment)
    with connection.cursor() as cursor:
        cursor.execute(OLDEST)
        (oldest,) = cursor.fetchone()
    if oldest is not None:
        moment = min(moment, oldest - MARGIN)
    seen = Entry._base_manager.filter(at__lt=moment).order_by("-at", "-id")
    return Horizon(seen.values_list("id", flat=True).first() or 0, moment)
