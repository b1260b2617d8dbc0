"""我的这个月: what one worker did and has to do; for herself, not to rank her (product decision 1)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from ..enums import ABNORMAL, DutyState
from ..models import Duty, Finding, ItemResult, Visit
from ..reading.days import period_of


def my_month(user: Any, day: date | None = None) -> dict[str, Any]:
    """Counts of the month that holds ``day`` (today), within the reach.

    Returns:
        ``month`` ("2026-11"); ``visits``, ``items``, ``abnormal``, ``findings`` that the worker recorded;
        ``duties_due``, ``duties_done``, ``duties_open``, ``duties_missed`` of those given to the worker and
        due this month; ``duties_helped``: done by the worker though given to somebody else.
    """
    month = period_of(day or timezone.localdate(), "month")
    begin, end = _morning(month.first), _morning(month.last + timedelta(days=1))
    name, within = user.get_username(), {"at__gte": begin, "at__lt": end}
    items = ItemResult.objects.filter(worker=name, **within).aggregate(
        items=Count("pk"), abnormal=Count("pk", filter=Q(outcome__in=ABNORMAL))
    )
    mine = Duty.objects.filter(worker=user.pk, due_on__gte=month.first, due_on__lte=month.last)
    states = {
        f"duties_{state.value}": Count("pk", filter=Q(state=state))
        for state in (DutyState.DONE, DutyState.OPEN, DutyState.MISSED)
    }
    due = Count("pk", filter=~Q(state=DutyState.CANCELLED))
    helped = Duty.objects.filter(done_by=name, done_at__gte=begin, done_at__lt=end).exclude(worker=user.pk)
    return {
        "month": f"{month.first:%Y-%m}",
        "visits": Visit.objects.filter(worker=name, **within).count(),
        **items,
        "findings": Finding.objects.filter(worker=name, **within).count(),
        **mine.aggregate(duties_due=due, **states),
        "duties_helped": helped.count(),
    }


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
