"""Which area, days and things a page is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.figures import Period
from wangge.lib.scoping import current_reach

from ..queries.about import About, about

LONGEST = 366
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped


def area_of(request: HttpRequest) -> str:
    """The area asked for, "" for all of the reach.

    Raises:
        Http404: it lies outside.
    """
    area = request.GET.get("area", "") or request.POST.get("area", "")
    if area and not (area.isascii() and area.isdecimal() and current_reach().covers(area)):
        raise Http404
    return area


def where(area: str) -> str:
    """The area by name, or the reader's own areas."""
    if area:
        return territory.area_name_path(area)
    return "、".join(territory.tops_in_reach().order_by("code").values_list("name", flat=True)[:5])


def day_of(text: str) -> date | None:
    """A day as addresses write it, None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def period_of(request: HttpRequest) -> Period:
    """The days asked for, a year at most; this month without any."""
    until = day_of(request.GET.get("until", "")) or timezone.localdate()
    since = min(day_of(request.GET.get("since", "")) or until.replace(day=1), until)
    return Period(max(since, until - timedelta(days=LONGEST - 1)), until)


def subject_of(what: str, pk: int) -> About:
    """What an address names.

    Raises:
        Http404: there is none in reach.
    """
    found = about(what, pk)
    if found is None:
        raise Http404
    return found
