"""What is forgotten by the clock: of a declaration that is over only what can be counted stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .enums import OVER, AddressSays, Matched, State
from .models import Amendment, Decision, Declaration
from .queries.profile import Version, versions
from .sweeps import AT_ONCE, came_within

# Everything that says who it was; kind, area, channel, states and times stay for the counts.
ERASED: dict[str, Any] = {
    "reporter_name": "", "reporter_phone_sealed": "", "name": "", "id_type": "", "id_sealed": "",
    "id_index": "", "phone_sealed": "", "phone_index": "", "sex": "", "birth": None, "from_text": "",
    "via": [], "trip_no": "", "stay_address": "", "room": None, "host_name": "", "purpose": "",
    "raw_sealed": "", "note": "", "person": None, "address_says": AddressSays.UNKNOWN, "matched": Matched.NEW,
}  # fmt: skip


def archive_due(now: datetime | None = None) -> int:
    """Archive what has been over for the profile's retention, and erase who it was; returns how many.

    A declaration of an emergency order is erased by the order's own close; until then this keeps its clock.
    """
    now = now or timezone.now()
    return sum(_archive_all(version, now) for version in versions())


def _archive_all(version: Version, now: datetime) -> int:
    before = now - timedelta(days=version.profile.retention_days)
    due = Declaration._base_manager.filter(came_within(version), state__in=OVER, state_at__lt=before)
    done = 0
    while batch := list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        done += _archive(batch, now)
    return done


@transaction.atomic
def _archive(keys: list[int], now: datetime) -> int:
    rows = Declaration._base_manager.select_for_update().filter(pk__in=keys, state__in=OVER)
    told = [("declarations.declaration", pk, area, None) for pk, area in rows.values_list("pk", "area_code")]
    keys = [pk for _what, pk, _area, _changes in told]
    Declaration._base_manager.filter(pk__in=keys).update(**ERASED, state=State.ARCHIVED, state_at=now)
    Amendment._base_manager.filter(declaration__in=keys).delete()
    Decision._base_manager.filter(declaration__in=keys).update(note="", step_sealed="", before={}, fields=[])
    journal.record_many("declaration.archived", actor="system", area="", rows=told)
    return len(keys)
