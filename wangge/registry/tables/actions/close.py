"""A request that is done with."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal import actions as journal

from .. import events
from ..enums import RequestState
from ..models import TableRequest


def close_request(*, actor: Any, request: TableRequest, reason: str = "") -> TableRequest:
    """End a request; the blank stays, so that the same table asked for again is answered at once."""
    if request.state == RequestState.CLOSED:
        return request
    with transaction.atomic():
        request.state, request.closed_at = RequestState.CLOSED, timezone.now()
        request.save(update_fields=["state", "closed_at"])
        journal.record(events.CLOSED, actor=actor, area=request.area_code, subject=request, reason=reason)
    return request
