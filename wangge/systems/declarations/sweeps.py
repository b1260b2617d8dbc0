"""What the clock does to declarations: a stay that is over is ended. Looks at rows, so it catches up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .enums import LIVE, OPEN, State
from .models import Declaration
from .queries.profile import Version, versions

AT_ONCE = 500


def end_due(now: datetime | None = None) -> int:
    """End every declaration whose stay is over; returns how many.

    The end lies where the stay ended, not where this ran: retention counts from there. One that nobody
    verified until then ends as not verified in time.
    """
    now = now or timezone.now()
    return sum(_end_all(version, now) for version in versions())


def came_within(version: Version) -> Q:
    """Declarations that live by this version of the profile."""
    begun = Q(received_at__gte=version.begins)
    return begun & Q(received_at__lt=version.ends) if version.ends else begun


def _due(version: Version, now: datetime) -> QuerySet[Declaration]:
    today = timezone.localtime(now).date()
    lived = timedelta(days=version.profile.release_days)
    open_end = Q(stay_until=None, arrived__lt=now - lived)
    rows = Declaration._base_manager.filter(came_within(version), state__in=LIVE)
    arrived = Coalesce(F("arrive_at"), F("received_at"))
    return rows.alias(arrived=arrived).filter(Q(stay_until__lt=today) | open_end).order_by("pk")


def _end_all(version: Version, now: datetime) -> int:
    ended = 0
    while batch := list(_due(version, now).values_list("pk", flat=True)[:AT_ONCE]):
        ended += _end(batch, version, now)
    return ended


@transaction.atomic
def _end(keys: list[int], version: Version, now: datetime) -> int:
    rows = list(Declaration._base_manager.select_for_update().filter(pk__in=keys, state__in=LIVE))
    for row in rows:
        if row.state in OPEN:
            row.on_time = False
        row.state, row.state_at = State.ENDED, min(_over_at(row, version), now)
        row.verify_by, row.clock = None, ""
    Declaration._base_manager.bulk_update(rows, ["state", "state_at", "on_time", "verify_by", "clock"])
    told = [("declarations.declaration", row.pk, row.area_code, None) for row in rows]
    journal.record_many("declaration.ended", actor="system", area="", rows=told)
    return len(rows)


def _over_at(row: Declaration, version: Version) -> datetime:
    if row.stay_until:
        return _morning(row.stay_until + timedelta(days=1))
    return (row.arrive_at or row.received_at) + timedelta(days=version.profile.release_days)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
