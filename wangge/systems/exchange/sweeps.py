"""By the clock: what is past its day is closed."""

from __future__ import annotations

from django.db import transaction

from .actions.asking import close
from .enums import OPEN, State
from .models import ShareRequest
from .queries.requests import expired

PIECE = 200


def close_expired() -> int:
    """Sweep: close requests whose last day is over, so many at once; returns how many."""
    return sum(_closed(pk) for pk in list(expired().values_list("pk", flat=True)[:PIECE]))


@transaction.atomic
def _closed(pk: int) -> bool:
    row = ShareRequest._base_manager.select_for_update().filter(pk=pk, state__in=OPEN).first()
    if row is None:
        return False
    close("system", row, State.EXPIRED)
    return True
