"""Requests for tables as lists show them."""

from __future__ import annotations

from django.db.models import F, QuerySet

from wangge.foundation.access.models import User

from ..enums import RequestState
from ..models import Fill, TableRequest

OPEN = (RequestState.ASKING, RequestState.READY, RequestState.FILLED)


def requests(state: str = "") -> QuerySet[TableRequest]:
    """All requests of the reach in one state: those with the nearest deadline first, then the newest."""
    found = TableRequest.objects.select_related("created_by").defer("sheets", "mapping")
    found = found.filter(state=state) if state in RequestState.values else found
    return found.order_by(F("deadline").asc(nulls_last=True), "-pk")


def open_requests() -> QuerySet[TableRequest]:
    """Requests of the reach that are not done with."""
    return requests().filter(state__in=OPEN)


def fills_of(request: TableRequest) -> QuerySet[Fill]:
    """All fillings of a request, the newest first."""
    return Fill.objects.filter(request=request).select_related("created_by")


def own_fill(user: User, pk: int) -> Fill | None:
    """A filling that this user asked for; nobody else's exists for them."""
    return Fill.objects.select_related("request", "created_by").filter(pk=pk, created_by=user).first()
