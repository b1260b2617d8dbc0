"""Which area and which days a page of figures is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.lib.asked import LONGEST, day_of


def area_of(request: HttpRequest) -> Area:
    """The area asked for, the highest in reach without one.

    Raises:
        Http404: it lies outside the reach.
    """
    area = territory.area_asked_for(request.GET.get("area", "") or request.POST.get("area", ""))
    if area is None:
        raise Http404
    return area


def up_of(area: Area) -> Area | None:
    """The area above, while the reader may see it."""
    return territory.area_by_code(area.parent_id) if area.parent_id else None


def days_of(request: HttpRequest, usual: int = 30) -> tuple[date, date]:
    """The first and the last day asked for, in order, not in the future and a year at most; the last
    ``usual`` days without any."""
    today = timezone.localdate()
    last = min(day_of(request.GET.get("until", "")) or today, today)
    first = day_of(request.GET.get("since", "")) or last - timedelta(days=usual - 1)
    first, last = min(first, last), min(max(first, last), today)
    return max(first, last - timedelta(days=LONGEST - 1)), last
