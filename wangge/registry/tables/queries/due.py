"""Which periodic requests fall due, and on which day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.utils import timezone

from ..enums import Frequency, RequestState
from ..models import TableRequest

MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}  # fmt: skip


def last_due(request: TableRequest, today: date) -> date | None:
    """The last day on which the request fell due, None when that is still to come or it is asked once.

    Its days are counted from the deadline; without one, from a period after the day it was made.
    """
    if request.frequency == Frequency.ONCE:
        return None
    anchor = request.deadline or timezone.localtime(request.created_at).date()
    number = _passed(request, anchor, today)
    return nth_day(request, anchor, number) if number >= (0 if request.deadline else 1) else None


def nth_day(request: TableRequest, anchor: date, number: int) -> date:
    """The day so many periods after ``anchor``; a month without that day gives its last."""
    if request.frequency == Frequency.WEEKLY:
        return anchor + timedelta(weeks=number)
    count = anchor.year * 12 + anchor.month - 1 + number * MONTHS[Frequency(request.frequency)]
    year, month = divmod(count, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def _passed(request: TableRequest, anchor: date, today: date) -> int:
    """How many whole periods lie between; negative before ``anchor``."""
    if request.frequency == Frequency.WEEKLY:
        return (today - anchor).days // 7
    step = MONTHS[Frequency(request.frequency)]
    number = ((today.year - anchor.year) * 12 + today.month - anchor.month) // step
    return number if nth_day(request, anchor, number) <= today else number - 1


def requests_due(today: date) -> list[tuple[TableRequest, date]]:
    """Open periodic requests whose last due day has no filling begun on it or since."""
    periodic = TableRequest.objects.exclude(frequency=Frequency.ONCE).exclude(
        state__in=(RequestState.CLOSED, RequestState.ASKING)
    )
    found = []
    for request in periodic.order_by("pk"):
        day = last_due(request, today)
        if day is not None and not filled_since(request, day):
            found.append((request, day))
    return found


def filled_since(request: TableRequest, day: date) -> bool:
    """Whether a filling was begun on ``day`` or later, whatever became of it."""
    start = timezone.make_aware(datetime(day.year, day.month, day.day))
    return request.fills.filter(created_at__gte=start).exists()
