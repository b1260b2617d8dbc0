"""What is not kept for ever: the words of a tour, five years after its day."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .models import Stop, Tour

WORDS = timedelta(days=5 * 365 + 2)
PIECE = 500


def forget_old() -> int:
    """Sweep: empty who led, who came along, topics and notes of what is too old, so many at once; day, places
    and matters stay. Returns how many tours were emptied."""
    old = Tour._base_manager.filter(day__lt=timezone.localdate() - WORDS)
    told = ~Q(lead="") | ~Q(participants="") | ~Q(topics="")
    noted = Stop._base_manager.filter(tour__in=old).exclude(notes="").values("tour")
    keys = list(old.filter(told | Q(pk__in=noted)).values_list("pk", flat=True)[:PIECE])
    Tour._base_manager.filter(pk__in=keys).update(lead="", participants="", topics="")
    Stop._base_manager.filter(tour__in=keys).update(notes="")
    if keys:
        journal.record("tour.forgotten", actor="system", area="", data={"tours": len(keys)})
    return len(keys)
