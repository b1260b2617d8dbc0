"""The group arrives at a stop."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused
from wangge.foundation.journal import actions as journal

from ..models import Stop
from ..rules import may_raise


@transaction.atomic
def note_arrival(*, actor: Any, stop: Stop, place: tuple[float, float] | None = None) -> Stop:
    """Note when, and where the phone says; noted again nothing changes.

    Args:
        place: longitude and latitude of the phone, which is where the stop is on the map from then on.

    Raises:
        Refused: the stop is not in the actor's areas.
    """
    row = Stop._base_manager.select_for_update().get(pk=stop.pk)
    if not may_raise(actor, row.area_code):
        raise Refused(_("这个调研点不在您的辖区。"))
    if row.arrived_at is not None:
        return row
    row.arrived_at = timezone.now()
    row.lon, row.lat = place or (row.lon, row.lat)
    row.save(update_fields=["arrived_at", "lon", "lat"])
    journal.record("tour.arrived", actor=actor, area=row.area_code, subject=row)
    return row
