"""A request that asks again what another was given: answered from that one at once (减负)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from wangge.registry.ledgers.dictionary import facts
from wangge.registry.ledgers.outgoing.limits import limits_on

from ..enums import FillState
from ..models import Fill, TableRequest


@dataclass(frozen=True)
class Repeat:
    """former: the request that had it before; fill: its newest filling; same: all columns are the same, else
    these are among the former's; days: how old the filling is; at_hand: its file can still be fetched."""

    former: TableRequest
    fill: Fill
    same: bool
    days: int

    @property
    def at_hand(self) -> bool:
        return self.fill.state == FillState.DONE and bool(self.fill.stored)


def repeat_of(request: TableRequest, today: date | None = None) -> Repeat | None:
    """The former request this one repeats, None when it asks something new: same area, rows, conditions and
    day, its fields the same or among the former's, and the former's filling still fresh. One with the same
    fields is preferred, then the newest. Two queries."""
    today = today or timezone.localdate()
    if not request.fields:
        return None
    found = [former for former in _alike(request) if set(request.fields) <= set(former.fields)]
    newest = _newest_fills(found)
    fresh = freshness_of(request.fields, today)
    candidates = [
        Repeat(former, fill, set(former.fields) == set(request.fields), (today - fill.day).days)
        for former in found
        if (fill := newest.get(former.pk)) and _answers(request, fill, today, fresh)
    ]
    return max(candidates, key=lambda one: (one.same, one.fill.day, one.fill.pk), default=None)


def freshness_of(fields: list[str], today: date) -> int:
    """How many days a filling answers for: as long as the fact that goes stale first, and never longer than
    the district calls a confirmation fresh."""
    days = [fact.fresh_days for code in fields if (fact := facts().get(code)) and fact.fresh_days]
    return min([*days, limits_on(today).fresh_days])


def _alike(request: TableRequest) -> list[TableRequest]:
    same = TableRequest.objects.filter(
        area_code=request.area_code, unit=request.unit, ledger=request.ledger, filled_at__isnull=False
    ).exclude(pk=request.pk)
    return [former for former in same if sorted(former.filters) == sorted(request.filters)]


def _newest_fills(requests: list[TableRequest]) -> dict[int, Fill]:
    done = (FillState.DONE, FillState.EXPIRED)
    fills = Fill.objects.filter(request__in=requests, state__in=done, finished_at__isnull=False).order_by(
        "day", "pk"
    )
    return {fill.request_id: fill for fill in fills}


def _answers(request: TableRequest, fill: Fill, today: date, fresh: int) -> bool:
    """A table of a given day is answered by a filling of that day only."""
    if request.as_of:
        return fill.day == request.as_of
    return today - timedelta(days=fresh) <= fill.day <= today
